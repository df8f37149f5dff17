/*
 * Where this Viva stands. A tree works wherever it was moved to as a whole, because the folders
 * follow from the running program:
 *
 *   source tree      <root>/build/viva, <root>/build/san/account; the root is its home
 *   installed tree   <prefix>/bin/viva, <prefix>/lib/viva/account; home is <prefix>/share/viva
 */
#ifndef VIVA_BASE_PLACE_H
#define VIVA_BASE_PLACE_H

#include <stdbool.h>

#include "base/arena.h"

struct place {
	const char *home;     /* the folder with schema.sql, templates/ and bank/ */
	const char *programs; /* the folder with judge-box */
	const char *var;      /* where data lies unless a setting says otherwise */
	const char *settings; /* a file of settings beside <home>/.env; NULL in a source tree */
};

/*
 * The place of a program with this absolute path, which need not exist itself. Of an installed
 * tree below /usr data and settings are where Debian has them (/var/lib/viva,
 * /etc/viva/viva.env), else within the prefix (var/, etc/viva.env). False: the program is in no
 * tree of Viva's.
 */
bool place_of(struct arena *arena, const char *program, struct place *ret_place);

/* The place of the running program. */
bool place_of_this(struct arena *arena, struct place *ret_place);

#endif
