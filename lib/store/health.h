/* What the database tells of how the installation is: queues, last runs, last failures. */
#ifndef VIVA_STORE_HEALTH_H
#define VIVA_STORE_HEALTH_H

#include <stdbool.h>

#include "store/store.h"

/* Notes that programs leave; each is one value with the time it was written. */
#define HEALTH_HOUSEKEEPING "health_housekeeping" /* of the program account: the last round */
#define HEALTH_ERRANDS      "health_errands"      /* of the program admin: the last look */
#define HEALTH_JUDGE        "health_judge"        /* of the program code: the tier, "" for none */

/* Leaves a note, waiting for other writers; ERR_BUSY: in vain. */
enum err health_note(struct store *store, const char *name, const char *value);

struct health {
	int edition;                         /* of the schema */
	int64_t housekeeping_at, errands_at; /* last rounds; 0: none is known */
	const char *judge;        /* tier, "" for none; NULL: the program code never said */
	int queued, running;      /* code that waits to be judged, and that is being */
	int64_t oldest_queued_at; /* 0: nothing is queued */
	int deliveries_waiting, deliveries_failed, traces_failing;
	int reports_missing; /* interviews that ended without a report yet */
	int64_t error_at;    /* of the last call of a model that failed; 0: none */
	const char *error_agent, *error_outcome;
	int64_t refreshed_at; /* the last refresh of questions; 0: none */
	bool refresh_failed;  /* it made no new edition */
	int64_t audit_head;   /* newest row of the audit log; 0: none */
};

/* Counts and times as they are now, in a few milliseconds. */
enum err health_read(struct store *store, struct arena *arena, struct health *ret_health);

struct health_counts {
	int64_t sessions;   /* log-ins of browsers that are not over */
	int64_t interviews; /* that are under way */
};

/* Read for machines only: it takes longer where there are many. */
enum err health_count(struct store *store, struct health_counts *ret_counts);

/* True if the schema in the file is the one that this program knows. */
bool health_edition_fits(const struct health *health);

/*
 * OK: the database takes writes. ERR_BUSY: others wrote for as long as `wait_ms`. Else it is
 * damaged or may only be read; the log says why.
 */
enum err health_try_writing(struct store *store, int wait_ms);

/*
 * "ok", or what is wrong with the database first; `is_whole`: every index against its table as
 * well, which takes longer.
 */
enum err health_integrity(struct store *store, struct arena *arena, bool is_whole,
                          const char **ret_found);

#endif
