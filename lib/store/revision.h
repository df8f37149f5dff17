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
 * Archives the interview's report with `grades`, those it was made of, puts `report` in its
 * place (id is set here, created_at unless it is set) and notes that in the audit log.
 * ERR_NOT_FOUND: it has none. ERR_CONFLICT: another one is kept under its number.
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

/* --- what the audit log knows ------------------------------------------------------- */

struct revision_made {
	int revision;       /* 0: the row cannot be read */
	const char *sha256; /* of the body as it was stored */
};

struct revision_made_list {
	struct revision_made *items;
	size_t count;
};

/* Notes in the log that the report was made; report_add and revision_add do it themselves. */
enum err revision_log_add(struct store *store, struct arena *arena,
                          const struct report_row *report);

/* Oldest first. */
enum err revision_log_list(struct store *store, struct arena *arena, const char *interview_id,
                           struct revision_made_list *ret_list);

/* The highest revision that is stored or that the log tells of; 0: none was ever made. */
enum err revision_log_highest(struct store *store, struct arena *arena, const char *interview_id,
                              int *ret_revision);

/*
 * The next interview by its id, also one of which only a report or a revision is left; "" is
 * before the first. ERR_NOT_FOUND: the end.
 */
enum err revision_log_next(struct store *store, struct arena *arena, const char *after,
                           const char **ret_interview_id);

/* The interview of the newest report. ERR_NOT_FOUND: there is none. */
enum err revision_log_newest(struct store *store, struct arena *arena,
                             const char **ret_interview_id);

/* Reports, of all revisions, that are signed with a key that is not there. */
enum err revision_log_keyless(struct store *store, int64_t *ret_count);

/*
 * The next report by its interview's id that nobody signed: interview_id, revision and body.
 * ERR_NOT_FOUND: the end.
 */
enum err revision_log_unsigned(struct store *store, struct arena *arena, const char *after,
                               struct report_row *ret_report);

/* Puts the signed body, key_id and signature in the place of the unsigned ones and notes it. */
enum err revision_log_sign(struct store *store, struct arena *arena,
                           const struct report_row *report);

#endif
