/* One request of a call: sends it, follows redirects, and says what came of it. */
#ifndef VIVA_LLM_TRIAL_H
#define VIVA_LLM_TRIAL_H

#include "llm/client.h"
#include "llm/reply.h"
#include "llm/sse.h"

struct trial {
	/* Set by the caller. */
	struct llm_client *client;
	struct arena *arena;
	struct llm_wait *wait;
	const char *url, *body;
	size_t len;
	bool is_raw; /* the answer is JSON for the caller to read, from `held` */

	/* What came. */
	struct llm_reply reply;
	enum llm_class class;
	const char *error, *code; /* "" for none */
	int status;               /* HTTP, or what an error in a 200 stands for; 0: none */
	int64_t retry_after_ms;   /* -1: the server names none */
	int should_retry;         /* x-should-retry: 1 true, 0 false, -1 absent */
	int requests;
	int64_t first_token_us; /* 0: none */
	bool is_junk;           /* an answer, but of no model: worth one more try */
	bool is_final;          /* whatever the class, another try would give the same */
	bool is_fault;          /* the endpoint is to blame: connection, time-out, 5xx, junk */
	bool is_loading;        /* the server is there, its model not yet */
	struct buf held;        /* the body, when it is no stream */

	/* Inside. */
	enum { ANSWER_UNKNOWN, ANSWER_EVENTS, ANSWER_BODY } kind;
	size_t skipped; /* bytes of `held` that say nothing of the kind */
	struct sse sse;
	struct http_exchange http;
	enum http_end end;
	struct buf start; /* the first bytes, to show */
};

/* Does it; `on_text` may be NULL. Time spent is the wait's. */
void trial_run(struct trial *trial, bool (*on_text)(void *context, const char *text, size_t len),
               void *context);

#endif
