/* Events of an interview for the admin: what was seen, when, with its evidence. */
#ifndef VIVA_VIEW_REPORT_EVENTS_H
#define VIVA_VIEW_REPORT_EVENTS_H

#include <cjson/cJSON.h>

#include "store/history.h"
#include "store/interview.h"
#include "store/submission.h"

struct report_events {
	const struct event_list *list;
	const struct question_list *questions; /* of the interview */
	const struct history_row *interview;   /* to be named in each row; NULL: it is not */
};

/*
 * Adds the events as rows of `events` to the page, after those that are there, for
 * templates/partials/report_events; sets has_events when there are any.
 */
void report_events_add(struct arena *arena, cJSON *page, const struct report_events *events,
                       enum language language);

#endif
