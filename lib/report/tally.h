/* Scores added up by name: of tracks, skill tags, kinds of question. */
#ifndef VIVA_REPORT_TALLY_H
#define VIVA_REPORT_TALLY_H

#include <cjson/cJSON.h>

#include "base/arena.h"

struct tally {
	const char *name;
	double score, max_score;
	double lowest, highest; /* ratios of single questions; NaN when none has one */
	int questions, scored;  /* all of them, and those that have a score */
};

struct tally_list {
	struct arena *arena;
	struct tally *items;
	size_t count, capacity;
};

/* An empty tally. */
void tally_init(struct tally_list *list, struct arena *arena);

/* Counts one question; a `score` of NaN is none, nothing else of it is added up then. */
void tally_count(struct tally *tally, double score, double max_score);

/* The same under `name`, which must outlive the list. */
void tally_add(struct tally_list *list, const char *name, double score, double max_score);

/* Adds up what has the same name; afterwards the list is sorted by name. */
void tally_merge(struct tally_list *list);

/* score / max_score, NaN when nothing could be scored. */
double tally_ratio(const struct tally *tally);

/*
 * Sets `name` of `object` to { score, max_score, score_ratio, avg_score_per_question }; the
 * average is that of the questions that have a score.
 */
cJSON *tally_set(cJSON *object, const char *name, const struct tally *tally);

#endif
