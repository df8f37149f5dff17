/* The page on which an admin sets the score of a question. */
#ifndef VIVA_VIEW_SCORE_VIEW_H
#define VIVA_VIEW_SCORE_VIEW_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "store/ruling.h"

struct score_page {
	const cJSON *question; /* normalized */
	const char *interview_id, *candidate;
	const struct override_list *history;
	const char *score, *reason; /* as typed */
};

/*
 * interview_id, question_id, number, title, candidate, by_examiner, by_appeals, counts,
 * max_score, score, reason, newest (id of the newest override, 0: none), stands (one does) and
 * history [{ score, reason, by, date, withdrawn }], the newest first.
 */
cJSON *score_view(struct arena *arena, const struct score_page *page, enum language language);

#endif
