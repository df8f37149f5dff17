/*
 * The installation's model: client and agents as configured, shared by all threads of a
 * program, and desks at which one piece of work asks it, each call recorded.
 */
#ifndef VIVA_WITNESS_MODEL_H
#define VIVA_WITNESS_MODEL_H

#include "examiner/agent.h"
#include "store/llm_call.h"

struct model;

/*
 * Makes it from the configuration. OK with NULL: no endpoint is configured. ERR_INVALID
 * (logged): the configuration cannot be used.
 */
enum err model_open(struct arena *lasting, struct model **ret_model);

/*
 * How the configured endpoint is, as all processes of this installation know it; nobody is
 * asked. OPEN: its circuit is, or it cannot be used as configured.
 */
enum model_state { MODEL_NONE, MODEL_READY, MODEL_PAUSED, MODEL_OPEN };
enum model_state model_state(struct arena *arena);

/* "none", "ready", "paused", "open" */
const char *model_state_name(enum model_state state);

/* Its agents. */
const struct agent_kit *model_kit(const struct model *model);

/* What a desk needs beside the model. */
struct model_work {
	struct store *store;      /* calls are recorded here, each in its own transaction */
	const char *interview_id; /* NULL: of no interview */
	const char *user_id;      /* then: whose words are sent; NULL: nobody's */
	int budget_ms;            /* for all calls of this piece of work together */
	/* A reader, or none: see struct llm_request. The fd ends speech only. */
	bool (*on_text)(void *context, const char *text, size_t len);
	bool (*on_wait)(void *context);
	void *listener;
	int cancel_fd; /* -1: none */
};

/*
 * A desk for one piece of work; it lives in `arena`. NULL when `model` is NULL. A call that
 * cannot be recorded still counts; the log says so.
 */
struct agent_desk *model_desk(struct arena *arena, const struct model *model,
                              const struct model_work *work);

/*
 * A desk that answers from the records of an interview: by agent, subject and prompt hash,
 * each record once, in order. An ask without a record gives LLM_PERMANENT and is counted.
 * The caller sets the calls, the desk the rest.
 */
struct replay {
	struct llm_call_list calls;
	bool *used;
	size_t missing;    /* asks without a record */
	size_t changed;    /* of them: there is a record, but of another prompt */
	const char *model; /* that gave the last answer; NULL: none did */
};
struct agent_desk *replay_desk(struct arena *arena, const struct agent_kit *kit,
                               struct replay *replay);

#endif
