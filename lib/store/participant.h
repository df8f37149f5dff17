/*
 * The recruiter's list of candidates: found, filtered, sorted, paged. However many there are, a
 * page takes about the same time: few matches are gathered through the rarest of the filters and
 * sorted, many are met soon by a walk along the index of the order. A walk that met none for
 * long stops and says where it can go on.
 */
#ifndef VIVA_STORE_PARTICIPANT_H
#define VIVA_STORE_PARTICIPANT_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

/* The newest interview of a participant that fits the filters. */
struct participant_match {
	const char *interview_id, *role_title, *type, *level, *status;
	int64_t created_at;
	double share; /* of the full mark; below 0: no report */
};

/* A row of the participants table: candidates with what they did. */
struct participant {
	int64_t number; /* names the row in `after` and `before` */
	const char *user_id, *username, *full_name;
	int interviews, finished;              /* started in all; completed */
	int64_t last_at;                       /* start of the latest, 0 when none */
	bool is_disabled;                      /* no log-in */
	bool has_report;                       /* a finished one has its report */
	double total_score, max_score;         /* of the latest one with a report */
	const struct participant_match *match; /* NULL: no filter on interviews */
};

enum participant_state { PARTICIPANT_ANY, PARTICIPANT_ENABLED, PARTICIPANT_DISABLED };

/*
 * Who is wanted; zero is any. All but `state` are about one and the same interview: candidates
 * are found who have one that fits them all.
 */
struct participant_filter {
	const char *role_id, *level, *type, *invitation_id; /* NULL, "": any */
	const char *status; /* "finished", "running", "none" (no interview); NULL, "": any */
	int64_t from, to;   /* started at `from` or later, before `to`; 0: any time */
	bool has_share;     /* the report's score is in these shares of the full mark */
	double share_from, share_to;
	enum participant_state state; /* of the account */
};

struct participant_query {
	const char *search; /* part of the user name or full name, "" for all */
	const char *sort;   /* "name", "interviews", "last" or "score" */
	bool descending;
	int page, page_size;   /* from 1 */
	int64_t after, before; /* participant_page: the rows behind or before that one; 0: from the
	                          start */
	struct participant_filter filter;
	enum language titles; /* of the roles' titles in matches */
};

struct participant_list {
	struct participant *items;
	size_t count;
	int total;     /* over all pages; participant_page: -1 when it is not known */
	bool has_more; /* participant_page: there are more than `total` */
	bool is_cut;   /* the walk stopped before the page was full */
	int64_t next,
	        previous; /* of participant_page: `after` and `before` of these pages; 0: none */
};

/*
 * Page number `page` of the candidates and how many there are, however long that takes.
 * ERR_INVALID: an unknown sort, a page below 1, a page size outside 1..1000 or a search of more
 * than 200 bytes.
 */
enum err participant_find(struct store *store, struct arena *arena,
                          const struct participant_query *query, struct participant_list *ret_list);

/* The page behind `after` or before `before`, in bounded time. Errors as of participant_find. */
enum err participant_page(struct store *store, struct arena *arena,
                          const struct participant_query *query, struct participant_list *ret_list);

/* Participants by number, in the order of a query. */
struct participant_numbers {
	int64_t *items;
	size_t count;
};

/* All who fit, at once: eight bytes each. Errors as of participant_find. */
enum err participant_all(struct store *store, struct arena *arena,
                         const struct participant_query *query,
                         struct participant_numbers *ret_numbers);

/* Their rows; who is gone meanwhile has none. */
enum err participant_rows(struct store *store, struct arena *arena,
                          const struct participant_query *query,
                          const struct participant_numbers *numbers,
                          struct participant_list *ret_list);

/* A question of an interview as it ended. */
struct participant_result {
	const char *interview_id, *role_id, *type, *level, *language, *status;
	int64_t started_at, finished_at;
	int position;
	const char *bank_id, *q_type, *state;
	int follow_ups, hints_used;
	bool model_answer;
	bool is_graded;
	const char *engine, *verdict; /* of a graded one */
	double score, max_score;      /* of the examiner */
	bool is_overridden;
	double override_score; /* a person's instead */
};

/* An event of an interview. */
struct participant_event {
	const char *interview_id, *kind, *evidence;
	int64_t created_at;
	int position; /* of the question; 0: none was active */
};

struct participant_sink {
	void *context;
	bool (*result)(void *context, const struct participant_result *result); /* false: stop */
	bool (*event)(void *context, const struct participant_event *event);
};

/*
 * Gives the sink what is of the participant's interviews that fit the query: results in the order
 * of interviews and questions, events by time. What a row points to lives until the next.
 * ERR_CONFLICT: the sink stopped it.
 */
enum err participant_results(struct store *store, struct arena *arena,
                             const struct participant_query *query, int64_t number,
                             const struct participant_sink *sink);
enum err participant_events(struct store *store, struct arena *arena,
                            const struct participant_query *query, int64_t number,
                            const struct participant_sink *sink);

/* An invitation's title; ERR_NOT_FOUND when there is none. */
enum err participant_invitation(struct store *store, struct arena *arena, const char *id,
                                const char **ret_title);

/* What the recruiter is told of an interview beside struct history_row. */
struct participant_interview {
	int never_asked;              /* questions of a finished one that were not reached */
	const char *invitation_id;    /* that opened it; NULL: practice */
	const char *invitation_title; /* NULL without one */
};

/* ERR_NOT_FOUND: no such interview. */
enum err participant_interview(struct store *store, struct arena *arena, const char *id,
                               struct participant_interview *ret_interview);

#endif
