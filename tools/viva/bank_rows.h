/* Items of the bank's documents as rows of the database. */
#ifndef VIVA_TOOLS_BANK_ROWS_H
#define VIVA_TOOLS_BANK_ROWS_H

#include <cjson/cJSON.h>

#include "store/bank.h"

/* A theory question; the row points into the item. */
struct bank_question bank_row_of(const cJSON *item);

/* A coding task with the body that is to be stored. */
struct bank_question bank_task_row_of(const cJSON *item, const char *body);

#endif
