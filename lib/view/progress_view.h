/* The progress page: what all finished interviews of a person show together. */
#ifndef VIVA_VIEW_PROGRESS_VIEW_H
#define VIVA_VIEW_PROGRESS_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/progress.h"

/* Everything that was read for the page. */
struct progress_rows {
	struct progress_score_list scores;
	struct progress_answer_list answers;
	struct progress_attempt_list attempts;
	struct progress_point_list points;
	struct progress_time_list times;
	struct progress_question_list questions;
	int due;     /* key points to be reviewed now */
	int64_t now; /* milliseconds since 1970 UTC; days are those of the thread's zone */
};

/*
 * The members of templates/progress.html: has_progress, facts, the charts as ready-made
 * HTML (null without data), weak points, and those of partials/review_due. Sorts rows.
 */
cJSON *progress_view(struct arena *arena, struct progress_rows *rows, enum language language);

/* Adds `due` and `due_text` of partials/review_due for so many key points. */
void progress_view_add_due(struct arena *arena, cJSON *page, int due, enum language language);

#endif
