/*
 * What a person's finished interviews show together: pure functions of stored rows, for
 * the progress page.
 */
#ifndef VIVA_REPORT_GROWTH_H
#define VIVA_REPORT_GROWTH_H

#include "store/progress.h"

/* A question as the bank has it now, in one language. */
struct growth_question {
	const char *id, *track;
	const char *text; /* of the question; of a coding task its title */
	double max_score;
	const char **tags;
	size_t tag_count;
	const struct growth_point {
		const char *id, *text;
	} * points;
	size_t point_count;
};

/* Ordered by id. */
struct growth_bank {
	struct growth_question *items;
	size_t count;
};

/* Reads the bodies; one that cannot be read is left out with a line in the log. */
struct growth_bank growth_read_bank(struct arena *arena, const struct progress_question_list *list,
                                    enum language language);

/* The question of that id, NULL when the bank has none. */
const struct growth_question *growth_find(const struct growth_bank *bank, const char *id);

/* One question's score under a name: of its track, of one of its tags. */
struct growth_sample {
	const char *name;
	double score, max_score;
	int64_t at; /* when it was left */
};

struct growth_sample_list {
	struct arena *arena;
	struct growth_sample *items;
	size_t count, capacity;
};

/* The samples of all answers and coding tasks, by track and by skill tag. */
struct growth_samples {
	struct growth_sample_list tracks, skills;
};
void growth_sample_all(struct arena *arena, const struct growth_bank *bank,
                       const struct progress_answer_list *answers,
                       const struct progress_attempt_list *attempts,
                       struct growth_samples *ret_samples);

enum { GROWTH_TREND_MIN = 4, GROWTH_TREND_MOST = 5 };

struct growth_group {
	const char *name;
	double ratio; /* of all points to all that could be had; NaN when there were none */
	int questions;
	/*
	 * By how much the mean ratio of the latest questions, half of them and at most
	 * GROWTH_TREND_MOST, is above that of as many before; NaN below GROWTH_TREND_MIN.
	 */
	double trend;
};

struct growth_group_list {
	struct growth_group *items;
	size_t count;
};

/* Adds up samples of one name; most questions first, then by name. Sorts the samples. */
struct growth_group_list growth_groups(struct growth_sample_list *samples);

/* The means of the rubric's five dimensions over the graded answers; false without one. */
bool growth_rubric(const struct progress_answer_list *answers, double ret_means[5]);

/* Days in a row, by numbers of calendar days, that have at least one entry. */
struct growth_streak {
	int days;    /* up to today, or to yesterday as long as today has none */
	int longest; /* ever */
};

/* `days` are sorted in place. */
struct growth_streak growth_streak(int64_t *days, size_t count, int64_t today);

/* A key point that was not said the last time it was asked for. */
struct growth_weak {
	const struct growth_question *question;
	const char *text;
	struct progress_point point; /* its own, with what was given up of its question */
};

struct growth_weak_list {
	struct growth_weak *items;
	size_t count;  /* all of them, the weakest first */
	size_t mended; /* points that were missed once and said the last time */
};

/* Weakest: most often not said, half said counting half; then the one asked for last. */
struct growth_weak_list growth_weak_points(struct arena *arena, const struct growth_bank *bank,
                                           const struct progress_point_list *points);

#endif
