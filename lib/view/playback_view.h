/* An interview told again step by step: what was said, sent, hinted and noted, in its order. */
#ifndef VIVA_VIEW_PLAYBACK_VIEW_H
#define VIVA_VIEW_PLAYBACK_VIEW_H

#include <cjson/cJSON.h>

#include "report/report.h"

/* The interview's rows as they are stored. */
struct playback {
	struct interview interview;
	struct question_list questions;
	const struct code_work *works; /* parallel to the questions */
	struct turn_list turns;
	struct event_list events;
};

/*
 * The page's members: `number` of `total` steps, `first`, `previous`, `next` and `last` where
 * there is one to go to, `jumps` to the first step of each question, and `step`: when and how
 * long after the start, what it is, its words, or its code with what changed since the code
 * before and what the judge said. A `number` beyond the steps means the last one.
 */
cJSON *playback_view(struct arena *arena, const struct playback *playback, long long number,
                     enum language language);

#endif
