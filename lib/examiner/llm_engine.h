/* Inside of the engine that asks models: its three duties, each checked and with a fallback. */
#ifndef VIVA_EXAMINER_LLM_ENGINE_H
#define VIVA_EXAMINER_LLM_ENGINE_H

#include "examiner/agent.h"
#include "examiner/examiner.h"

struct llm_engine {
	const struct agent_desk *desk;
	struct examiner examiner;
};

/* As struct examiner's functions, `context` being the engine; never fail. */
enum err llm_observe_message(void *context, struct arena *arena,
                             const struct exam_situation *situation, const char *message,
                             struct observation *ret_observation);

/*
 * The model says a lead-in; questions, facts and announcements are said word for word after
 * it. Hints, model answers, the greeting and what is about the editor are the built-in's.
 * What the desk's listener gets is exactly the speech that is returned.
 */
enum err llm_speak_cue(void *context, struct arena *arena, const struct cue_facts *facts,
                       struct speech *ret_speech);

/*
 * The model says which points are covered and quotes the proof; the score is not the model's:
 * max_score * (covered + partial / 2) / points, rounded to 0.1, over the points whose
 * quotation stands in the answer. Rubric dimensions stay within 1 + 4 * score / max_score.
 * Answers that the built-in finds to be none (copied, empty, a list of words, ...) are never
 * sent, their grade is the built-in's; so it is, with the reason in `fallback`, where a model
 * failed: the class of its result, "nonsense", or "not_ready" when there was nobody to ask.
 */
enum err llm_grade_answer(void *context, struct arena *arena,
                          const struct exam_situation *situation, struct grade *ret_grade);

#endif
