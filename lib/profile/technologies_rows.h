/* The rows of lib/profile/technologies.c, a file for each group. */
#ifndef VIVA_PROFILE_TECHNOLOGIES_ROWS_H
#define VIVA_PROFILE_TECHNOLOGIES_ROWS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Aliases are parted by '|', each in folded words with a space between them: lower case, io as
 * ie, no apostrophes. One with '*' may have a Cyrillic ending. A word that means something else
 * as well (Go, Spring, Charles) counts only where its surroundings say that it is meant.
 */
struct technology {
	const char *name, *aliases;
	bool is_word;
};

/* Each ends with a NULL name. */
extern const struct technology technologies_languages[];
extern const struct technology technologies_frontend[];
extern const struct technology technologies_backend[];
extern const struct technology technologies_mobile[];
extern const struct technology technologies_databases[];
extern const struct technology technologies_cloud[];
extern const struct technology technologies_data[];
extern const struct technology technologies_testing[];
extern const struct technology technologies_tools[];

#endif
