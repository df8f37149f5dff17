/* The comparison of candidates as people read it. */
#ifndef VIVA_VIEW_SIDE_BY_SIDE_VIEW_H
#define VIVA_VIEW_SIDE_BY_SIDE_VIEW_H

#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/* One candidate of it. */
struct side_by_side_person {
	const char *name, *interview_id;
	const char *decision;  /* in words; NULL: not yet */
	const char *graded_by; /* in words */
	int64_t finished_at;
};

/*
 * The page's members for what side_by_side found about these people: people, groups of rows
 * with cells, questions. The best value of a row has is_best; every cell has the person's name
 * for readers of narrow screens.
 */
cJSON *side_by_side_view(struct arena *arena, const cJSON *table,
                         const struct side_by_side_person *people, enum language language);

/*
 * The same for a spreadsheet: a column for each of them; titles of rows name the unit; what is
 * not there is empty. Key points stand below their question.
 */
char *side_by_side_view_csv(struct arena *arena, const cJSON *table,
                            const struct side_by_side_person *people, enum language language);

#endif
