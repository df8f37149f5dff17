/*
 * The mentors that ask a model: one explains an execution error, one fits a hint to the code
 * that the candidate has. They are told no hidden test, no expected value and no reference
 * solution; what they say is checked, and where they fail the built-in words stay.
 */
#ifndef VIVA_EXAMINER_MENTOR_LLM_H
#define VIVA_EXAMINER_MENTOR_LLM_H

#include "examiner/agent.h"
#include "score/score.h"

/* The task and the code that both mentors look at. */
struct mentor_scene {
	enum language language;     /* of the words */
	const char *question_id;    /* of the call's record */
	const char *code_language;  /* "python" */
	const char *code;           /* the candidate's */
	const char *description;    /* of the task */
	struct score_texts known;   /* what the candidate is shown as well: starters, signature */
	struct score_texts secrets; /* reference solutions in all languages, hints not taken */
};

/* An execution error as the judge saw it. */
struct mentor_error {
	const char *verdict;         /* "runtime_error", ..., "compile_error" */
	const char *class, *message; /* as in struct mentor_case; NULL: none */
	int line;                    /* in the code, 0: unknown */
	const char *builtin;         /* the built-in explanation */
};

/* The hint that is due; `texts` are the bank's of levels 1 to `level`. */
struct mentor_hint {
	int level;
	const char *const *texts;
};

struct mentor_words {
	const char *text;   /* Markdown; NULL: none that may be shown */
	const char *engine; /* the model's name */
};

/* True if that mentor would be heard now: there is a desk, a prompt, a model that answers. */
bool mentor_llm_is_ready(const struct agent_desk *desk, enum agent agent);

/* Cause and next step in about a hundred words. Never fails otherwise than without a text. */
void mentor_llm_explain(const struct agent_desk *desk, struct arena *arena,
                        const struct mentor_scene *scene, const struct mentor_error *error,
                        struct mentor_words *ret_words);

/* The hint's thought said about this code; likewise. */
void mentor_llm_hint(const struct agent_desk *desk, struct arena *arena,
                     const struct mentor_scene *scene, const struct mentor_hint *hint,
                     struct mentor_words *ret_words);

#endif
