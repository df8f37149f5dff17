/* Orders to hire or to reject, in English, Russian and Ukrainian. Pure. */
#ifndef VIVA_EXAMINER_WRITERS_HIRE_H
#define VIVA_EXAMINER_WRITERS_HIRE_H

#include <stdbool.h>

#include "base/arena.h"

/* True if a sentence is an order as writers_words_fault tells. */
bool writers_hire_orders(struct arena *arena, const char *text);

#endif
