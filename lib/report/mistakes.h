/* What of a finished interview is worth another try. */
#ifndef VIVA_REPORT_MISTAKES_H
#define VIVA_REPORT_MISTAKES_H

#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/arena.h"

struct mistakes {
	const char **question_ids; /* in the order they were asked */
	size_t count;
};

/*
 * The questions of a report document whose score is not full: unanswered ones and code that
 * nobody judged as well. The ids point into the document.
 */
struct mistakes mistakes_of(struct arena *arena, const cJSON *document);

#endif
