/* A part of `viva backup --check` and `viva restore`: does what a database holds hold together? */
#ifndef VIVA_TOOLS_RECHECK_H
#define VIVA_TOOLS_RECHECK_H

#include <stdbool.h>

#include "store/store.h"

/*
 * The newest report is verified as `viva verify` does it, the key in use signs and its signature
 * is right, and every report's key is there. Says what was found; false: not all is right.
 */
bool recheck_store(struct store *store, struct arena *arena);

/* The same of a file of the current edition that nobody changes. */
bool recheck_file(struct arena *arena, const char *path);

#endif
