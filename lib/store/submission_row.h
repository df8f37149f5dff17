/* Private to lib/store: submissions as rows. */
#ifndef VIVA_STORE_SUBMISSION_ROW_H
#define VIVA_STORE_SUBMISSION_ROW_H

#include "store/statement.h"
#include "store/submission.h"

/* The columns that the two functions below expect, of `submissions s`. */
#define SUBMISSION_COLUMNS                                                                    \
	"s.id, s.question_id, s.owner_id, s.kind, s.code_language, s.code, s.custom_input, "  \
	"s.state, s.attempt_number, s.slot, s.worker, s.public_passed, s.public_total, "      \
	"s.hidden_passed, s.hidden_total, s.errors, s.result, s.explanation, "                \
	"s.hints_used, s.time_spent_ms, s.nonce, s.created_at, s.started_at, s.finished_at, " \
	"s.explanation_engine, s.explanation_asks"

/* The first row of a query; ERR_NOT_FOUND without one. */
enum err submission_read_one(struct store *store, struct arena *arena, const char *sql,
                             const struct value *values, struct submission *ret_submission);

/* All rows of a query. */
enum err submission_read_all(struct store *store, struct arena *arena, const char *sql,
                             const struct value *values, struct submission_list *ret_list);

#endif
