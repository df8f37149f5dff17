/*
 * A client for OpenAI-compatible chat endpoints over libcurl. Always streams. One call
 * never outlives its deadline, ends within 200 ms of a cancellation, and comes back with
 * one of six classes; the caller never meets a half answer that looks whole.
 */
#ifndef VIVA_LLM_LLM_H
#define VIVA_LLM_LLM_H

#include <stdbool.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

struct llm_client;

/* Where the model is and how patient to be. Strings are copied. */
struct llm_settings {
	const char *base_url;   /* "http://host:11434/v1"; "/v1" is added when there is no path */
	const char *api_key;    /* "" for none; never logged */
	int connect_ms;         /* 10000 */
	int first_byte_ms;      /* 300000: a queued request may get no byte for long */
	int idle_ms;            /* 60000: between two events */
	int total_ms;           /* one call with all its tries */
	int tries;              /* 3: of a call that fails in a retryable way */
	int parallel;           /* calls at once in this process; 0: any number */
	int max_retry_after_ms; /* 120000: a longer wait fails at once and is reported */
	const char
	        *state_path; /* file shared by all processes: pauses, circuits; NULL: own memory */
};

/*
 * A client, shared by all threads of a process; NULL (logged) when the address is none or
 * the state file cannot be made.
 */
struct llm_client *llm_client_create(const struct llm_settings *settings);

/* Closes idle connections; no call may be running. NULL is allowed; suits arena_defer. */
void llm_client_destroy(void *client);

enum llm_class {
	LLM_OK,
	LLM_INCOMPLETE, /* partial text kept, flagged */
	LLM_RETRYABLE,  /* all tries used up */
	LLM_PERMANENT,  /* authorization, quota, bad request, refusal */
	LLM_CANCELLED,
	LLM_TIMEOUT
};

struct llm_message {
	const char *role, *content; /* "system", "user", "assistant" */
};

struct llm_request {
	const struct llm_message *messages;
	size_t message_count;
	const char *model;
	double temperature; /* below 0: not sent */
	int max_tokens;     /* 0: not sent */

	/* JSON wanted: a JSON Schema (llm/schema.h) and its name; NULL: plain text. */
	const char *schema_name, *schema;

	/*
	 * Gets the text as it comes, whole characters only, reasoning left out; not called
	 * when JSON is wanted. False cancels the call. May be NULL.
	 */
	bool (*on_text)(void *context, const char *text, size_t len);
	/* Called about every 200 ms while nothing else happens; false cancels. May be NULL. */
	bool (*on_wait)(void *context);
	void *context;
	int cancel_fd; /* the call is cancelled when it gets readable or hangs up; -1: none */
	int total_ms;  /* less than the client's; 0: the client's */
};

struct llm_usage {
	bool is_known; /* by the endpoint; otherwise estimated: code points / 4 */
	int prompt_tokens, completion_tokens, reasoning_tokens;
};

struct llm_result {
	enum llm_class class;
	const char *text;      /* the answer, valid UTF-8 without NUL; partial unless LLM_OK */
	const char *reasoning; /* kept apart; "" for none */
	const char *finish;    /* "stop", "length", ...; "unknown"; "" when nothing came */
	cJSON *json;           /* LLM_OK and JSON wanted: validated */
	const char *note;  /* what was unusual of an answer ("json found in reasoning"), or "" */
	const char *error; /* the server's message or ours, English; "" for LLM_OK */
	/*
	 * The server's error code or ""; ours are "context_length", "invalid_json",
	 * "unreachable", "tls", "redirect" and "not_a_model" (HTML or the like came).
	 */
	const char *code;
	int status;             /* HTTP; 0 when there was none */
	int64_t retry_after_ms; /* what the server asked for, when that was too long; else 0 */
	int context_limit;      /* tokens, when a context overflow names it; else 0 */
	int requests;           /* HTTP requests sent */
	struct llm_usage usage;
	int64_t latency_ms, first_token_ms; /* first_token_ms -1: none came */
	int64_t record;                     /* set by who records it: the row's id; 0: none */
};

/*
 * One call with its tries: connects, streams, checks, asks again (a wrong JSON at most
 * twice). Never fails otherwise than by its class. Strings and JSON live in `arena`, which
 * is the thread's cJSON arena (json_bind) from then on; the same holds for llm_embed.
 */
void llm_chat(struct llm_client *client, struct arena *arena, const struct llm_request *request,
              struct llm_result *ret_result);

/*
 * True while calls are worth trying: the circuit of the endpoint is closed or due for a
 * probe, and no 429 pauses it for longer than `patience_ms`.
 */
bool llm_is_open_for_calls(struct llm_client *client, int patience_ms);

/* The result of a call that was not made: no text, no requests. `error` is not copied. */
struct llm_result llm_unasked(enum llm_class class, const char *error);

/* "ok", "incomplete", ... */
const char *llm_class_name(enum llm_class class);
bool llm_class_parse(const char *name, enum llm_class *ret_class);

/* What llm_embed is given. */
struct llm_texts {
	const char *model;
	const char *const *items;
	size_t count;
};

/* Vectors of texts by the endpoint's /embeddings; see llm_embed. */
struct llm_vectors {
	float *values; /* text i has values[i * dimension ...] */
	size_t count, dimension;
};

/*
 * One vector for each text, in order; a batch that is refused as too large is halved.
 * A wrong count, index, mixed dimension or number that is not finite is LLM_PERMANENT,
 * and so is a vector of zeros; `ret_result` says what (text and json unused).
 */
void llm_embed(struct llm_client *client, struct arena *arena, const struct llm_texts *texts,
               struct llm_vectors *ret_vectors, struct llm_result *ret_result);

/*
 * Posts bytes as they are, for exporters and webhooks: no stream, no circuit, one try, no
 * redirect followed. `headers` are whole lines, NULL-terminated. The beginning of the answer is
 * given as text, and retry_after_ms is what it asks for. The code of a host that was refused
 * because of is_public_only is "not_public".
 */
struct llm_post {
	const char *url, *content_type, *body;
	size_t len;
	const char *const *headers;
	int total_ms;
	size_t answer_most;  /* bytes of the answer that are waited for; 0: all, 64 KiB are kept */
	bool is_direct;      /* no proxy of the environment is asked */
	bool is_public_only; /* a host that is not on the public internet is refused */
};
void llm_post(struct arena *arena, const struct llm_post *post, struct llm_result *ret_result);

#endif
