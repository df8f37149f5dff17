/* Items of the bank's documents as rows of the database. */
#ifndef VIVA_BANK_ROWS_H
#define VIVA_BANK_ROWS_H

#include <cjson/cJSON.h>

#include "store/bank.h"

/* A theory question; the row points into the item. */
struct bank_question rows_question(const cJSON *item);

/* A coding task with the body that is to be stored. */
struct bank_question rows_task(const cJSON *item, const char *body);

#endif
