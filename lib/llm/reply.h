/*
 * What an endpoint's events or body say, put together: text, reasoning, finish, usage,
 * errors. Pure: no network. Answers to stream:true and stream:false both work.
 */
#ifndef VIVA_LLM_REPLY_H
#define VIVA_LLM_REPLY_H

#include "base/buf.h"
#include "llm/llm.h"
#include "llm/think.h"

struct llm_reply {
	struct arena *arena;
	struct buf text, reasoning, refusal;
	struct llm_think think;
	/* Bytes of a character that is not whole yet: of the content, of the reasoning. */
	struct buf partial, partial_reasoning;
	size_t told;        /* bytes of `text` that on_text has had */
	const char *finish; /* NULL: none yet */
	bool is_done;       /* [DONE] came, or a whole body */
	bool saw_event;     /* at least one event or body was understood */
	bool saw_delta;     /* the content comes in pieces: a whole message repeats it */
	bool saw_tool_call;
	struct llm_usage usage;
	const char *error, *code; /* NULL: none */
	int error_status;         /* HTTP status the error stands for; 0: unknown */
	int64_t retry_after_ms;   /* that an error body names (Gemini's retryDelay); -1: none */
	int context_limit;        /* tokens, when the error names it; else 0 */
	const char *broken;       /* excerpt of a chunk that is no JSON, or NULL */
	bool (*on_text)(void *context, const char *text, size_t len); /* may be NULL */
	void *context;
	bool is_cancelled; /* on_text returned false */
};

/*
 * Makes `reply` empty; it lives in `arena`. The two functions below leave the thread's cJSON
 * arena (json_bind) at `arena`, for what they parse goes at once.
 */
void llm_reply_init(struct llm_reply *reply, struct arena *arena);

/* One event's data. True while more is wanted: false after [DONE], an error, a cancellation. */
bool llm_reply_event(struct llm_reply *reply, const char *name, const char *data, size_t len);

/*
 * A whole JSON body, as answers to stream:false and errors have it. False: it is no JSON.
 * JSON that is neither an answer nor an error leaves saw_event false and error NULL.
 */
bool llm_reply_body(struct llm_reply *reply, const char *body, size_t len);

/*
 * The end: flushes what was held back and decides the class by rows 5-10, 12-14, 19-24 of
 * a stream's ends: LLM_OK only with finish_reason or [DONE], text, and no unclosed thought.
 * `was_cut`: the connection broke off. Sets `error` when the class is not LLM_OK. Tokens of
 * completion and reasoning that the endpoint did not count are estimated. Text before a
 * closing tag that nothing opened has been told to on_text, but is not in `text`.
 */
enum llm_class llm_reply_end(struct llm_reply *reply, bool was_cut);

/*
 * The class of an HTTP status with that error code and message: 408, 409, 429, 5xx are
 * LLM_RETRYABLE but for quotas that are used up; everything else is LLM_PERMANENT.
 */
enum llm_class llm_status_class(int status, const char *code, const char *message);

/* True if the error says that the conversation is too long for the model. */
bool llm_is_context_overflow(int status, const char *code, const char *message);

#endif
