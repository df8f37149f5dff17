/* Private to lib/web: what the API's files note about a request, and the steps of dispatch. */
#ifndef VIVA_WEB_API_INTERNAL_H
#define VIVA_WEB_API_INTERNAL_H

#include "web/api.h"
#include "web/app.h"
#include "web/rate.h"

struct api_notes {
	bool has_bad_token; /* a token was given and does not hold */
	const char *body;   /* as sent; "" without one */
	size_t len;         /* of the body */
	cJSON *faults;      /* [{ pointer, detail }]; NULL: none */
	cJSON *extra;       /* further members of the problem; NULL: none */
	const char *detail; /* of the problem; NULL: what is said of every such error */
	int status;         /* of the problem, with `type`; 0: those of the error */
	const char *type;
	struct rate rate;        /* limit 0: not counted */
	const char *claimed_key; /* Idempotency-Key that this request claimed; NULL: none */
};

/* Readies a request below /api, whatever will come of it. */
void api_begin(struct request *request);

/*
 * All that is to be done for a request below /api when `found` came of looking for its route
 * (NULL when there is none): counts, checks, calls the handler.
 */
enum err api_answer(struct request *request, const struct route *route, enum err found);

/* After the answer or problem is there: keeps it for a repeat and adds the counter's headers. */
void api_finish(struct request *request);

/* Parses the body into request->json and refuses members that are not in `fields`. */
enum err api_read_body(struct request *request, const char *fields);

/*
 * Claims the request's Idempotency-Key when it has one. `ret_is_answered`: the answer of the
 * first such request is in the reply. ERR_CONFLICT: that one is still at work; ERR_LIMITED: too
 * many keys; ERR_INVALID.
 */
enum err api_once_claim(struct request *request, bool *ret_is_answered);

/* Keeps the reply under the claimed key, or frees the key when a repeat should try again. */
void api_once_settle(struct request *request);

#endif
