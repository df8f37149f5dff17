/* Events that another program is to be told by HTTP, and what came of it. */
#ifndef VIVA_STORE_WEBHOOK_H
#define VIVA_STORE_WEBHOOK_H

#include "store/interview.h"

/* One event for the other side. Times are milliseconds since 1970, 0 when not yet. */
struct webhook_delivery {
	const char *id; /* the same at each try */
	const char *interview_id, *event;
	const char *body;     /* JSON as sent; NULL in lists */
	const char *state;    /* waiting, delivered, failed (given up) */
	int tries;            /* so far */
	int64_t next_at;      /* not before that; it changes with whatever happens but a delivery */
	int status;           /* HTTP, of the last try; 0: no answer */
	const char *error;    /* of the last try, English; "" for none */
	const char *username; /* of the candidate, in lists */
	const char *full_name;
	int64_t created_at, delivered_at;
};

/*
 * Adds the event that the interview has its report, when a webhook is configured; otherwise, or
 * when it is there already, nothing. report_add calls it in its own transaction.
 */
enum err webhook_add(struct store *store, struct arena *arena, const struct report_row *report);

/* The delivery that is due at `now` and waits longest; ERR_NOT_FOUND: none. */
enum err webhook_next(struct store *store, struct arena *arena, int64_t now,
                      struct webhook_delivery *ret_delivery);

/*
 * Stores state, tries, next_at, status, error and delivered_at of a try. Nothing is changed when
 * the delivery is gone or, since it was read with `read_next_at`, was asked for again.
 */
enum err webhook_note(struct store *store, const struct webhook_delivery *delivery,
                      int64_t read_next_at);

struct webhook_query {
	const char *state; /* as above; "": any */
	int page, page_size;
};

struct webhook_list {
	struct webhook_delivery *items;
	size_t count;
	int total; /* on all pages */
};

/* A page of deliveries, newest first. ERR_INVALID: the query makes no sense. */
enum err webhook_find(struct store *store, struct arena *arena, const struct webhook_query *query,
                      struct webhook_list *ret_list);

/*
 * Has the delivery sent again now, with all its tries before it, if it is still as it was seen:
 * in that state with that next_at. ERR_NOT_FOUND: there is no such delivery.
 */
enum err webhook_again(struct store *store, const struct webhook_delivery *seen, int64_t now);

/* How many wait. */
enum err webhook_waiting(struct store *store, int *ret_count);

#endif
