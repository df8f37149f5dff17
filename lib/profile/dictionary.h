/* Finds the rows of the technologies by their aliases. */
#ifndef VIVA_PROFILE_DICTIONARY_H
#define VIVA_PROFILE_DICTIONARY_H

#include "profile/page.h"
#include "profile/technologies_rows.h"

enum { DICTIONARY_WORDS = 4 }; /* of the longest alias */

struct dictionary;

/* All rows of the table, found by hash; lives in `arena`. */
struct dictionary *dictionary_create(struct arena *arena);

/* The row with that alias in folded words, NULL when there is none. */
const struct technology *dictionary_find(const struct dictionary *dictionary, const char *alias);

/* The row whose longest alias stands at word `at`, and behind its last word; or NULL. */
const struct technology *dictionary_at(const struct dictionary *dictionary, const struct page *page,
                                       size_t at, size_t *ret_end);

/* The table's groups, NULL-ended. */
extern const struct technology *const dictionary_groups[];

#endif
