/* Words that stand in statements about anything: "use", "случай", "можна". */
#ifndef VIVA_SCORE_GENERIC_H
#define VIVA_SCORE_GENERIC_H

#include <stdbool.h>

/* True for a stem, as the stemmers leave it, that tells no key point from another. */
bool generic_stem(const char *stem);

#endif
