/*
 * The normalized report: the same document whatever engine graded. Facts are pure
 * functions of stored raw data; the finished document is stored and never changes.
 */
#ifndef VIVA_REPORT_REPORT_H
#define VIVA_REPORT_REPORT_H

#include <cjson/cJSON.h>

#include "base/mustache.h"
#include "store/interview.h"
#include "store/user.h"

/* The raw data of one interview. */
struct report_source {
	struct interview interview;
	struct role_facts {
		const char *track, *title; /* title in the interview's language */
	} role;
	const char *owner_name; /* full name, or the user name */
	const struct question *questions;
	const struct evaluation *evaluations; /* parallel; question_id NULL: not graded */
	size_t count;
	const struct turn *turns;
	size_t turn_count;
};

/* One normalized question report; `index` < source->count. */
cJSON *report_question(struct arena *arena, const struct report_source *source, size_t index);

/* Session metrics (overall, by_type, by_track, by_skill, rubric, anti_cheat) of such questions. */
cJSON *report_metrics(const cJSON *questions);

/* The whole document of product section 7 without the texts and recommendations. */
cJSON *report_summary(struct arena *arena, const struct report_source *source);

/* next_recommendations: difficulty, tracks, topics_to_improve. */
cJSON *report_recommendations(const cJSON *summary);

/* The two texts with their four headed blocks, in the interview's language. */
struct report_texts {
	const char *candidate, *admin;
};
void report_write_texts(struct arena *arena, const cJSON *summary, struct report_texts *ret_texts);

/*
 * The stored report of a completed interview, built and stored now if it has none.
 * ERR_CONFLICT: the interview is not completed. Two callers at once get the same one.
 */
enum err report_ensure(struct store *store, struct arena *arena, const char *interview_id,
		       struct report_row *ret_row);

/* Appends the text form (template report.txt) of a stored report to `out`. */
enum err report_txt(const struct mustache *templates, struct arena *arena,
		    const struct report_row *row, struct buf *out);

#endif
