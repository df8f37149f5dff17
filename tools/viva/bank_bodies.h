/* What is stored of coding tasks: the bank's text with the expected answers. */
#ifndef VIVA_TOOLS_BANK_BODIES_H
#define VIVA_TOOLS_BANK_BODIES_H

#include <cjson/cJSON.h>

#include "store/store.h"

struct task_bodies {
	const char **items;
	int unjudged; /* without expected answers */
};

/*
 * The body of each task of the array. A task that the database already has from the same
 * text keeps its body; for the others the reference solutions are run, and a fault of
 * one is told and gives ERR_CONFLICT or ERR_INVALID. Without a sandbox they have no
 * expected answers, which is told.
 */
enum err bank_bodies(struct store *store, struct arena *arena, const cJSON *tasks,
                     struct task_bodies *ret_bodies);

#endif
