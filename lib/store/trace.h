/* How far the traces of interviews were exported, and what an exporter reads of them. */
#ifndef VIVA_STORE_TRACE_H
#define VIVA_STORE_TRACE_H

#include <stdbool.h>

#include "store/llm_call.h"

/* What of an interview's end was sent. */
enum trace_end {
	TRACE_OPEN,  /* nothing */
	TRACE_ENDED, /* the root span and the scores */
	TRACE_WHOLE  /* the report as well */
};

/* How far the trace of one interview was sent, and whether it waits after failures. */
struct trace_cursor {
	const char *interview_id;
	int turn_seq;    /* last turn that was sent */
	int64_t call_id; /* last call of a model that was sent */
	enum trace_end end;
	int failures;     /* in a row */
	int64_t retry_at; /* not before that */
};

/* What is due when. Times are milliseconds since 1970. */
struct trace_clock {
	int64_t now;
	int64_t silent_since;   /* an interview whose last turn is older has ended */
	int64_t finished_since; /* one that finished earlier ends without waiting for its report */
};

/*
 * The next interview of whose trace something is to be sent, those that never failed first
 * and of them the newest; ERR_NOT_FOUND: none. `ret_is_over` says whether its end is due.
 */
enum err trace_next(struct store *store, struct arena *arena, const struct trace_clock *clock,
                    struct trace_cursor *ret_cursor, bool *ret_is_over);

/* Stores the cursor; nothing when the interview is gone. */
enum err trace_save(struct store *store, const struct trace_cursor *cursor);

/*
 * At most `most` calls after `after_id` in order of id. Without `has_content` prompt, reply,
 * reasoning, error and note are "": they may hold a candidate's words.
 */
struct trace_calls {
	const char *interview_id;
	int64_t after_id;
	int most;
	bool has_content;
};
enum err trace_call_list(struct store *store, struct arena *arena, const struct trace_calls *calls,
                         struct llm_call_list *ret_list);

/* The reply of the agent's last call that was answered; ERR_NOT_FOUND: there is none. */
enum err trace_last_reply(struct store *store, struct arena *arena, const char *interview_id,
                          const char *agent, const char **ret_reply);

/* Counters of all time, and what there is to do. */
struct trace_counts {
	int64_t sent;     /* spans that the collector took */
	int64_t rejected; /* spans that it answered with success but did not take */
	int64_t failed;   /* requests that failed; what they carried is sent again */
	int64_t waiting;  /* turns and calls that were not sent yet */
};

/* Adds all but `waiting` to what is stored; in the transaction that is open, if one is. */
enum err trace_count(struct store *store, const struct trace_counts *more);
enum err trace_counts(struct store *store, struct trace_counts *ret_counts);

#endif
