/* The words by which the bank is searched: stems of all that an item says, by language. */
#ifndef VIVA_BANK_SEARCH_H
#define VIVA_BANK_SEARCH_H

#include "store/bank_search.h"

/*
 * Brings the index up to date with the bank, in the caller's transaction if there is one: what is
 * new, changed, or was stemmed by an older scorer. Nothing to do costs one look at the bank's rows.
 */
enum err search_renew(struct store *store, struct arena *arena);

/* What somebody typed, as struct bank_query's `match`: every word of it, in any language. */
const char *search_typed(struct arena *arena, const char *typed);

#endif
