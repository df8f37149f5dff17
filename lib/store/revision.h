/*
 * Reports as they stood before they were made anew. The newest one is in `reports`, and the
 * functions here that read give it as well.
 */
#ifndef VIVA_STORE_REVISION_H
#define VIVA_STORE_REVISION_H

#include "store/interview.h"
#include "store/record.h"
#include "store/ruling.h"

/*
 * What of the raw records may be replaced by later ones, as it stood: the records of kind
 * evaluation, mark, evidence, override and appeal. As JSON it is an array of { kind, id, row }.
 */
struct revision_grades {
	struct record_list records;
};

/* As they stand now. */
enum err revision_grades_read(struct store *store, struct arena *arena, const char *interview_id,
                              struct revision_grades *ret_grades);

/* That JSON. */
const char *revision_grades_text(struct arena *arena, const struct revision_grades *grades);

/* ERR_INVALID: it is none. */
enum err revision_grades_parse(struct arena *arena, const char *text,
                               struct revision_grades *ret_grades);

/* The question's evaluation in it; question_id NULL: it was not graded. */
struct evaluation revision_evaluation(struct arena *arena, const struct revision_grades *grades,
                                      const char *question_id);

/* What persons had decided about the question; nobody's name is kept. */
struct ruling revision_ruling(struct arena *arena, const struct revision_grades *grades,
                              const char *question_id);

struct revision_list {
	struct report_row *items;
	size_t count;
};

/*
 * Archives the interview's report with `grades`, those it was made of, and puts `report` in its
 * place (id and revision are set here, created_at unless it is set). ERR_NOT_FOUND: it has none.
 */
enum err revision_add(struct store *store, struct arena *arena, struct report_row *report,
                      const struct revision_grades *grades);

/* The next interview with a report by its id; "" is before the first. ERR_NOT_FOUND: the end. */
enum err revision_next(struct store *store, struct arena *arena, const char *after,
                       const char **ret_interview_id);

/* All of an interview, oldest first, the newest included; their body and records are NULL. */
enum err revision_list(struct store *store, struct arena *arena, const char *interview_id,
                       struct revision_list *ret_list);

/* One of them; ERR_NOT_FOUND when there is none. */
enum err revision_get(struct store *store, struct arena *arena, const char *interview_id,
                      int revision, struct report_row *ret_report);

/* What an earlier one was made of. ERR_NOT_FOUND: there is none; ERR_INVALID: it is unreadable. */
enum err revision_kept(struct store *store, struct arena *arena, const char *interview_id,
                       int revision, struct revision_grades *ret_grades);

#endif
