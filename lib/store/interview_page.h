/* The interviews of a person page by page, each with how far it came. */
#ifndef VIVA_STORE_INTERVIEW_PAGE_H
#define VIVA_STORE_INTERVIEW_PAGE_H

#include "store/interview.h"

struct interview_entry {
	const char *id;
	int64_t created_at;
	int current;  /* position of the active question, 0: none */
	int answered; /* questions that are closed */
	bool has_report;
	double total_score, max_score; /* of the report */
};

struct interview_page {
	struct interview_entry *items;
	size_t count;
};

struct interview_page_query {
	const char *owner_id;
	const char *status, *role_id; /* "": any */
	int64_t before;               /* rows behind this start … */
	const char *before_id;        /* … and, of the same start, behind this id */
	int most;                     /* 1..1000 */
};

/* The next page, newest first. */
enum err interview_page(struct store *store, struct arena *arena,
                        const struct interview_page_query *query, struct interview_page *ret_page);

#endif
