/*
 * The member `growth` of a coding task (bank/README.md): which complexity it asks for, and how
 * inputs of growing sizes are made. The same size makes the same input, always.
 */
#ifndef VIVA_JUDGE_GROWTH_H
#define VIVA_JUDGE_GROWTH_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"
#include "judge/growth_fit.h"
#include "judge/signature.h"

enum { GROWTH_LEAST_SIZES = 4, GROWTH_MOST_SIZES = 7, GROWTH_MOST_SIZE = 200000 };

struct growth {
	enum growth_class asked;
	double sizes[GROWTH_MOST_SIZES]; /* ascending */
	size_t count;
	const cJSON *arguments; /* generators, one a parameter */
};

/*
 * ERR_INVALID: `*ret_fault` (English, for authors) says what is wrong. Points into `json`; that
 * every input can be made and fits the signature is growth_check's to find out.
 */
enum err growth_read(struct arena *arena, const cJSON *json, struct growth *ret_growth,
                     const char **ret_fault);

/* The arguments for that size, an array in the thread's bound arena; NULL: a generator is wrong. */
cJSON *growth_arguments(const struct growth *growth, double n);

/* What is wrong with the inputs, English; NULL: nothing. `is_typed`: the signature has types. */
const char *growth_check(struct arena *arena, const struct growth *growth,
                         const struct signature *signature, bool is_typed);

#endif
