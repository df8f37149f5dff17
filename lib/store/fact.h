/* What a candidate told about themselves in an interview. */
#ifndef VIVA_STORE_FACT_H
#define VIVA_STORE_FACT_H

#include "store/store.h"

struct fact {
	const char *name; /* name, position, level, experience, technologies */
	const char *value;
};

struct fact_list {
	struct fact *items;
	size_t count;
};

/* Stores one; a later value takes the place of an earlier one. */
enum err fact_save(struct store *store, const char *interview_id, const struct fact *fact,
                   const char *engine);

/* All of an interview. */
enum err fact_list(struct store *store, struct arena *arena, const char *interview_id,
                   struct fact_list *ret_list);

/* The value of that name, or NULL. */
const char *fact_value(const struct fact_list *list, const char *name);

#endif
