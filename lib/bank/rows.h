/* Items of the bank's documents as rows of the database. */
#ifndef VIVA_BANK_ROWS_H
#define VIVA_BANK_ROWS_H

#include <cjson/cJSON.h>

#include "store/bank.h"

/* A theory question; its stored answers are kept apart from what is asked. */
struct bank_question rows_question(const cJSON *item);

/* A coding task with the body that is to be stored. */
struct bank_question rows_task(struct arena *arena, const cJSON *item, const char *body);

/* Notes in which languages tasks can be solved, of rows from before that was noted. */
enum err rows_fill_languages(struct store *store, struct arena *arena);

/* The item of a row, its stored answers in it; NULL: the row cannot be read. */
cJSON *rows_item(const struct bank_question *row);

#endif
