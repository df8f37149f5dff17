/* Which roles of the catalogue the title means that somebody gives their work. Pure. */
#ifndef VIVA_PROFILE_TITLE_H
#define VIVA_PROFILE_TITLE_H

#include "store/bank.h"

enum { TITLE_MOST = 80, TITLE_NEAREST = 3 };

enum title_fit {
	TITLE_FITS,    /* the first of the nearest roles is meant */
	TITLE_UNCLEAR, /* one of them may be meant */
	TITLE_STRANGE  /* none: no work in IT, or none that can be told */
};

struct title_match {
	enum title_fit fit;
	const struct role *nearest[TITLE_NEAREST]; /* of the list, the nearest first */
	size_t count;                              /* 0 for TITLE_STRANGE */
};

/*
 * Compares the title with the roles' own and other titles in all languages and with their tags,
 * by the cosine of their words; a word that few roles have weighs more (inverse document
 * frequency: Sparck Jones 1972). Levels such as "senior" say nothing. `title` is valid UTF-8.
 */
struct title_match title_match(struct arena *arena, const struct role_list *roles,
                               const char *title);

#endif
