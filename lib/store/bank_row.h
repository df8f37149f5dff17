/* Private to lib/store: bank questions as rows, and the hash that tells a change. */
#ifndef VIVA_STORE_BANK_ROW_H
#define VIVA_STORE_BANK_ROW_H

#include "store/bank.h"
#include "store/statement.h"

/* The columns that bank_read_all expects, of `bank_questions b`. */
#define BANK_COLUMNS                                                                    \
	"b.id, b.type, b.track, b.category, b.level, b.difficulty, b.body, b.enabled, " \
	"b.q_type, b.source, b.edited_at, b.answers, b.code_languages"

/* The same where body and answers are not read: the index bank_outlines has the rest. */
#define BANK_OUTLINE                                                                  \
	"b.id, b.type, b.track, b.category, b.level, b.difficulty, NULL, b.enabled, " \
	"b.q_type, b.source, b.edited_at, NULL, b.code_languages"

/* All rows of a query. */
enum err bank_read_all(struct store *store, struct arena *arena, const char *sql,
                       const struct value *values, struct bank_question_list *ret_list);

/* Start of a hash. */
#define BANK_HASH_START UINT64_C(0xcbf29ce484222325)

/*
 * Adds a text, its end included, to a hash (FNV-1a, 64 bits). It tells one wording
 * from the next, it is no defence against somebody who wants two to be equal.
 */
uint64_t bank_hash(uint64_t hash, const char *text);

#endif
