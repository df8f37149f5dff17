/*
 * Variants of a coding task (bank/README.md): names, constants and data that stand as {{name}} in
 * its texts, code and tests. A task with variants is one item of the bank; which of them
 * somebody gets is decided when it is asked, and their question keeps that one.
 */
#ifndef VIVA_JUDGE_VARIANTS_H
#define VIVA_JUDGE_VARIANTS_H

#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"

enum { VARIANTS_LEAST = 2, VARIANTS_MOST = 8 };

/* How many variants the task has; 0: it is asked as it stands. */
size_t variants_count(const cJSON *task);

/*
 * The task with the values of variant `number`, from 1, and its expected answers if they were
 * computed; it says its number as `variant`. What has no value stays as it is.
 */
cJSON *variants_expand(struct arena *arena, const cJSON *task, size_t number);

/*
 * The body as it is asked: that of a variant, the same text if the task has none or cannot be
 * read. A number beyond the last begins anew.
 */
const char *variants_asked(struct arena *arena, const char *body, size_t number);

/* The variant that the seed chooses, the same for the same task and seed. */
const char *variants_draw(struct arena *arena, const char *body, uint64_t seed);

/* The number of the variant that somebody was asked; 0: the task had none. */
int variants_number(const char *asked);

/*
 * Tells what is wrong with the variants themselves, English sentences: their number, members,
 * languages, names that are not used, placeholders without a value.
 */
void variants_check(struct arena *arena, const cJSON *task,
                    void (*tell)(void *context, const char *fault), void *context);

#endif
