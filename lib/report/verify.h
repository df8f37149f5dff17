/*
 * Whether a stored report is what the raw records give: its signature, the hash of every record,
 * and all its facts computed anew. What is found is data; `viva verify` adds the grades.
 */
#ifndef VIVA_REPORT_VERIFY_H
#define VIVA_REPORT_VERIFY_H

#include "report/report.h"
#include "store/revision.h"

struct verify {
	struct store *store;
	struct arena *arena;
	const char *interview_id;
	struct report_row row;         /* the revision that is verified */
	bool is_newest;                /* of the interview's */
	struct revision_grades grades; /* it was made of */
	struct record_list now;        /* all records as they stand */
	cJSON *stored;                 /* its body; NULL: unreadable */
	cJSON *document;               /* the same, or a copy or part that somebody brought */
	struct report_source source;   /* as the revision had it; count 0 when it cannot be read */
	cJSON *findings; /* what is wrong: { part, what, stored, recomputed }, the last two may be
	                    null */
	cJSON *remarks;  /* what could not be looked at, in English */
};

/*
 * Reads what there is of a revision (0: the newest) in the caller's transaction, if any.
 * ERR_NOT_FOUND: there is no such report or revision.
 */
enum err verify_open(struct store *store, struct arena *arena, const char *interview_id,
                     int revision, struct verify *ret_verify);

/* `part` is a word of ours, `what` a sentence or a path in the document; values may be NULL. */
void verify_find(struct verify *verify, const char *part, const char *what, const cJSON *stored,
                 const cJSON *recomputed);
void verify_remark(struct verify *verify, const char *text);

/* Signature and columns of the stored row. */
enum err verify_seal(struct verify *verify);

/* The stored body against what the audit log says was stored. */
enum err verify_log(struct verify *verify);

/*
 * Whether the stored revisions (revision_list) are all that were ever made. Only findings and
 * remarks are given; row.revision is 0. ERR_NOT_FOUND: there is nothing to make a report of.
 */
enum err verify_revisions(struct store *store, struct arena *arena, const char *interview_id,
                          const struct revision_list *list, struct verify *ret_verify);

/* The manifest against the document, and each record against the manifest. */
void verify_records(struct verify *verify);

/*
 * Every number, status and quotation of the document against what the records give. Of a part of
 * the document (a candidate's, or the numbers of a link) what is not in it is not missed.
 */
void verify_facts(struct verify *verify, bool is_part);

/* Answers are the candidate's turns; every credited point has words that stand in its answer. */
void verify_answers(struct verify *verify);

/* The arithmetic of marks: from the kept steps, of a model from its proven points. */
void verify_marks(struct verify *verify);

/* Counts of judged code are those of the judge's results; attempts are numbered in order. */
void verify_code(struct verify *verify);

/* "question 3", "turn 7", "key point 2 of question 3": a record for people. */
const char *verify_name(const struct verify *verify, const char *kind, const char *id);

#endif
