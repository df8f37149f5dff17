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

extern const char *const facts_jobs[];     /* what somebody is, the last word of a position */
extern const char *const facts_job_ends[]; /* belong to a position behind it */
extern const char *const facts_heads[];    /* somebody who leads: level and position in one */
extern const char *const facts_left[];     /* behind a job that is no longer theirs */
extern const char *const facts_denials[];  /* before what somebody is not */
extern const char *const facts_fillers[];  /* no part of a position though before it */

extern const char *const facts_name_leads[];   /* only somebody's name follows */
extern const char *const facts_name_labels[];  /* the same, even behind a colon */
extern const char *const facts_name_openers[]; /* "меня", with ... */
extern const char *const facts_name_closers[]; /* ... "зовут" behind the name */
extern const char *const facts_name_hints[];   /* a name may follow */
extern const char *const facts_name_tails[];   /* may follow a name in its clause */
extern const char *const facts_no_names[];     /* no names though with a capital */

extern const char *const facts_numbers[]; /* one, two, ... */
extern const char *const facts_halves[];  /* "and a half" */
extern const char *const facts_periods[]; /* years, months */
extern const char *const facts_spells[];  /* "a year", "полгода" */
extern const char *const facts_about[];   /* before a single period */
extern const char *const facts_since[];   /* before the year in which somebody began */
extern const char *const facts_works[];   /* experience and work, so that years are no age */
extern const char *const facts_ages[];    /* make a number of years an age, before it */

#endif
