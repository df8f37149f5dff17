/*
 * Wrong variants of a solution: each has one small change of the kind that people make by
 * mistake. Good tests tell nearly all of them from the solution.
 */
#ifndef VIVA_TOOLS_MUTANTS_H
#define VIVA_TOOLS_MUTANTS_H

#include <stddef.h>

#include "base/arena.h"

struct mutant {
	const char *code;
	const char *change; /* "line 4: < becomes <=" */
};

struct mutant_list {
	struct mutant *items;
	size_t count;
};

/*
 * At most `most` variants of code in "python", "javascript" or "sql"; the same code gives
 * the same ones, none for other languages. Strings, comments, imports and the heads of
 * functions stay as they are. Some variants may not parse.
 */
void mutants_make(struct arena *arena, const char *language, const char *code, size_t most,
                  struct mutant_list *ret_mutants);

#endif
