/*
 * The normalized report: the same document whatever engine graded. Facts are pure
 * functions of stored raw data; the finished document is stored and never changes.
 * JSON values live in the arena that the thread is bound to (base/json).
 */
#ifndef VIVA_REPORT_REPORT_H
#define VIVA_REPORT_REPORT_H

#include <cjson/cJSON.h>

#include "base/mustache.h"
#include "store/interview.h"
#include "store/ruling.h"
#include "store/submission.h"
#include "store/user.h"
#include "witness/model.h"

/*
 * What lib/interview applied to the stored scores, for the reader to check: the most a
 * question scores once its model answer was shown, and the price of a hint, in points.
 * They equal FLOW_MODEL_ANSWER_CAP and FLOW_HINT_PRICE; a unit test holds them together.
 */
#define REPORT_MODEL_ANSWER_CAP 3.0
#define REPORT_HINT_PRICE       0.5

/* What a candidate did on a coding question. */
struct code_work {
	struct submission_list submissions; /* runs and attempts, oldest first */
	struct hint_list hints;
};

/* The raw data of one interview. */
struct report_source {
	struct interview interview;
	struct role_facts {
		const char *track, *title; /* title in the interview's language */
	} role;
	const char *owner_name; /* full name, or the user name */
	const char *invitation; /* its title; NULL: practice */
	const struct question *questions;
	const struct evaluation *evaluations; /* parallel; question_id NULL: not graded */
	const struct code_work *works;        /* parallel; NULL: no question has code */
	size_t count;
	const struct turn *turns;
	size_t turn_count;
	const struct ruling *rulings;   /* parallel; NULL: no person decided anything */
	const struct event_row *events; /* only how many of which kind is told */
	size_t event_count;
};

/* One normalized question report; `index` < source->count. */
cJSON *report_question(struct arena *arena, const struct report_source *source, size_t index);

/*
 * Session metrics (overall, by_type, by_track, by_skill, by_focus, rubric, anti_cheat) of
 * the source's normalized questions. The rubric averages the graded answers to theory;
 * scores and ratios count every question but those whose code nobody judged.
 */
cJSON *report_metrics(struct arena *arena, const struct report_source *source,
                      const cJSON *questions);

/* The whole document of product section 7 without the texts and recommendations. */
cJSON *report_summary(struct arena *arena, const struct report_source *source);

/* next_recommendations: difficulty, tracks, topics_to_improve (tags, then key points). */
cJSON *report_recommendations(struct arena *arena, const cJSON *summary);

/*
 * The two texts with their four headed blocks, in the interview's language. A block is a
 * heading line and its lines, "- " before items of a list; an empty line parts blocks.
 */
struct report_texts {
	const char *candidate, *admin;
};
void report_write_texts(struct arena *arena, const cJSON *summary, struct report_texts *ret_texts);

/*
 * The whole document. Texts, recommendations and assessment are written by the models at
 * `desk` and checked against the data; what no model writes, or none writes well, the
 * built-in writer does (NULL: all of it; the assessment is null then). `written_by` says
 * who wrote what.
 */
cJSON *report_build(struct arena *arena, const struct report_source *source,
                    const struct agent_desk *desk);

/*
 * The stored report of a completed interview, built and stored now if it has none, with the
 * texts of the built-in writer: it takes no longer than a page. With a model (NULL: none) its
 * texts are to follow (report_row.texts_due), unless there is nothing it could write about.
 * ERR_CONFLICT: the interview is not completed. ERR_BUSY: code of it is still being judged, or
 * somebody else is at it. ERR_NOT_FOUND: no such interview. Not to be called inside a transaction.
 */
enum err report_ensure(struct store *store, struct arena *arena, const char *interview_id,
                       const struct model *model, struct report_row *ret_row);

/*
 * The report of one interview that ended more than five minutes and less than a week ago without
 * getting one. It is written when somebody first asks for it, and a program that waits to be told
 * would wait for ever when nobody does: the tab was closed while code was judged. ERR_NOT_FOUND:
 * there is none. Else as report_ensure.
 */
enum err report_write_late(struct store *store, struct arena *arena);

/*
 * Has the model write the texts of a stored report that are due, which may take minutes, and
 * makes them the next revision (cause "texts"); what the model fails at keeps the built-in
 * writer's words and says why. Nothing when no texts are due. ERR_BUSY: somebody else is at it.
 * ERR_CONFLICT: the report was made anew meanwhile; its texts are due still. ERR_NOT_FOUND: there
 * is no report. Not to be called inside a transaction.
 */
enum err report_finish(struct store *store, struct arena *arena, const char *interview_id,
                       const struct model *model, struct report_row *ret_row);

/* Why a report is made anew: one of reports.cause, and more of that in words. */
struct report_cause {
	const char *cause; /* "texts", "rescored", "override", "appeal" */
	const char *note;  /* in the interview's language or as typed; "" for none */
};

/*
 * Makes the report anew from the stored rows and rulings as its next revision, signed; the one
 * before goes to report_revisions. Texts are the built-in writer's. In the caller's transaction
 * if there is one, so that what made it necessary and the revision come to be together. When
 * the interview has no report yet there is nothing to make anew: OK, and *ret_row is all zero.
 * Where a model wrote the texts before, it is to write them again (texts_due).
 * ERR_CONFLICT, ERR_BUSY and ERR_NOT_FOUND as of report_ensure.
 */
enum err report_revise(struct store *store, struct arena *arena, const char *interview_id,
                       const struct report_cause *cause, struct report_row *ret_row);

/*
 * The document of a completed interview, built from the stored rows and what the desk says
 * (NULL: built in). Nothing is stored or changed. Errors as of report_ensure.
 */
enum err report_rebuild(struct store *store, struct arena *arena, const char *interview_id,
                        const struct agent_desk *desk, cJSON **ret_document);

/*
 * Makes the document the one that its candidate may have, in place, for page, downloads and
 * API alike: without the recruiter's text, the level it speaks for, the assessment but for
 * its roadmap, events, the second scorer's marks, the reasons why a model failed and the
 * names of who ruled on scores; of an invited interview also without the questions that were
 * not asked. All that explains the candidate's own marks stays.
 */
void report_for_candidate(cJSON *document);

/*
 * Takes out of an invited interview's document, in place, what would tell of questions that were
 * not asked: their words, and skills that only they have. Figures stay.
 */
void report_withhold(cJSON *document);

/*
 * Appends the text form (template report.txt) of a stored report to `out`; for an admin with
 * the recruiter's text, the assessment and the questions that a person should look at.
 */
enum err report_txt(const struct mustache *templates, struct arena *arena,
                    const struct report_row *row, bool for_admin, struct buf *out);

/*
 * "<participant>_<YYYY-MM-DD>_<role>.<ending>" for a report document; characters that a
 * file system or a reader could stumble over are replaced.
 */
char *report_file_name(struct arena *arena, const cJSON *document, const char *ending);

#endif
