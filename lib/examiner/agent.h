/*
 * The agents: what each of them is told, what it is asked, in which shape it answers.
 * A prompt is templates/prompts/<agent>.md (the system message, no candidate's word in it);
 * candidate text only ever stands in the user message, as strings of one JSON document.
 * An agent knows neither network nor database: its desk asks for it.
 */
#ifndef VIVA_EXAMINER_AGENT_H
#define VIVA_EXAMINER_AGENT_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/i18n.h"
#include "llm/llm.h"

/* agent, its name, default temperature, default max_tokens */
#define AGENTS(X)                                              \
	X(OBSERVER, "observer", 0.0, 700)                      \
	X(INTERVIEWER, "interviewer", 0.6, 400)                \
	X(EVALUATOR, "evaluator", 0.0, 1500)                   \
	X(ASSESSOR, "assessor", 0.0, 1500)                     \
	X(QUESTION_GENERATOR, "question_generator", 0.7, 3000) \
	X(TASK_GENERATOR, "task_generator", 0.5, 4000)         \
	X(HINT_MENTOR, "hint_mentor", 0.3, 400)                \
	X(ERROR_MENTOR, "error_mentor", 0.3, 400)              \
	X(CANDIDATE_WRITER, "candidate_writer", 0.4, 1500)     \
	X(RECRUITER_WRITER, "recruiter_writer", 0.3, 1500)     \
	X(RECOMMENDER, "recommender", 0.2, 700)                \
	X(PROFILE_EXTRACTOR, "profile_extractor", 0.0, 500)

enum agent {
#define AGENT_MEMBER(id, name, temperature, max_tokens) AGENT_##id,
	AGENTS(AGENT_MEMBER)
#undef AGENT_MEMBER
	        AGENT_COUNT
};

/* "observer", ...; the other way round, false for a name that is none. */
const char *agent_name(enum agent agent);
bool agent_parse(const char *name, enum agent *ret_agent);

/* Prompts, schemas and parameters of all agents; read-only once loaded. */
struct agent_kit;

/*
 * Reads "<folder>/<agent>.md" and, where the agent answers in JSON, "<agent>.json", and the
 * configuration's model, VIVA_AGENT_MODELS, _TEMPERATURES and _MAX_TOKENS ("evaluator=0.2
 * observer=0"). ERR_INTERNAL (logged) for a folder or file that is broken, ERR_INVALID
 * (logged) for a setting. An agent without a prompt is not there: nobody asks it. The
 * thread's cJSON arena (json_bind) must be one that lives as long as `arena`.
 */
enum err agent_kit_load(struct arena *arena, const char *folder, struct agent_kit **ret_kit);

/*
 * NULL, or what is wrong with VIVA_AGENT_MODELS, _TEMPERATURES or _MAX_TOKENS: the variable,
 * the word in it and the agents there are.
 */
const char *agent_settings_fault(struct arena *arena);

/* Model that speaks for the agent. */
const char *agent_model(const struct agent_kit *kit, enum agent agent);

/* True if the agent has a prompt. */
bool agent_is_there(const struct agent_kit *kit, enum agent agent);

/* One question to a model, complete; also what is recorded and replayed. */
struct agent_ask {
	enum agent agent;
	const char *subject; /* id of the question it is about, or "" */
	const char *model;
	double temperature;
	int max_tokens;
	const char *system, *user; /* the two messages */
	const char *schema;        /* NULL: plain text */
	const char *prompt_hash;   /* SHA-256 of system, user and schema, hexadecimal */
	bool (*on_text)(void *context, const char *text, size_t len); /* NULL but for speech */
	void *context;
};

/* How agents reach a model: over the network, from records, from a test's script. */
struct agent_desk {
	const struct agent_kit *kit;
	/* Fills the result in; answers that come over a network are recorded by it. */
	void (*ask)(void *context, struct arena *arena, const struct agent_ask *ask,
	            struct llm_result *ret_result);
	/* False: no model would answer now (circuit open, budget spent). NULL: always ready. */
	bool (*is_ready)(void *context);
	void *context;
	/* Where speech goes while it comes; NULL: nowhere. False: the reader left. */
	bool (*on_text)(void *context, const char *text, size_t len);
	void *listener;
};

struct agent_task {
	enum agent agent;
	enum language language; /* of the words it is to write: {{language}} in the prompt */
	const char *subject;    /* as in struct agent_ask; NULL: "" */
	const cJSON *params;    /* further values of the prompt; no candidate's word; or NULL */
	const cJSON *data;      /* the user message */
	bool is_speech;         /* streamed to the desk's listener */
};

/* The system message of a task: what a model must not say aloud. ERR_INTERNAL (logged). */
enum err agent_system(const struct agent_kit *kit, struct arena *arena,
                      const struct agent_task *task, const char **ret_system);

/*
 * Asks. OK: `ret_result` is LLM_OK, its json fits the agent's schema. ERR_UPSTREAM: it is
 * of another class (text of a speech may be partial). ERR_BUSY: the desk is NULL or not
 * ready or the agent is not there; nothing was asked, `ret_result` is as it was.
 */
enum err agent_run(const struct agent_desk *desk, struct arena *arena,
                   const struct agent_task *task, struct llm_result *ret_result);

#endif
