/* Words by which facts are found: patterns as in examiner/utterance.h, NULL-terminated. */
#ifndef VIVA_EXAMINER_FACTS_WORDS_H
#define VIVA_EXAMINER_FACTS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct facts_technology {
	const char *name, *pattern;
	bool is_word; /* an English word as well: only as the name is written */
};
extern const struct facts_technology facts_technologies[]; /* ends with a NULL name */

/* "junior", "middle", "senior" and how people say it. */
struct facts_level {
	const char *name, *pattern;
};
extern const struct facts_level facts_levels[]; /* ends with a NULL name */

extern const char *const facts_jobs[];       /* what somebody is, the last word of a position */
extern const char *const facts_fillers[];    /* no part of a position though before it */
extern const char *const facts_name_leads[]; /* stand before somebody's name */
extern const char *const facts_numbers[];    /* one, two, ... */
extern const char *const facts_periods[];    /* years, months */
extern const char *const facts_ages[];       /* make a number of years an age, before it */

#endif
