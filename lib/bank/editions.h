/* The roles' question sets, as the stored bank makes them. */
#ifndef VIVA_BANK_EDITIONS_H
#define VIVA_BANK_EDITIONS_H

#include "store/store.h"

/*
 * Makes the enabled questions that serve a role its set, a new edition where that changes
 * anything, for every role, and renews the index of the bank's words (bank/search.h). To be
 * called inside a transaction.
 */
enum err editions_renew(struct store *store, struct arena *arena);

#endif
