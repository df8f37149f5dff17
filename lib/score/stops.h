/* The function words of English, Russian and Ukrainian, which carry no content. */
#ifndef VIVA_SCORE_STOPS_H
#define VIVA_SCORE_STOPS_H

#include <stdbool.h>

/* strcmp without a call, since the first letters mostly decide. */
static inline int stops_compare(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

/* True for such a word, given as fold_letter leaves it and without apostrophes. */
bool stops_has(const char *word);

#endif
