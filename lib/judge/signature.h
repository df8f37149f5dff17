/* Typed signatures of function tasks: "two_sum(nums: int[], target: int) -> int[]". */
#ifndef VIVA_JUDGE_SIGNATURE_H
#define VIVA_JUDGE_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * int is 32 bits wide, long 64. T[] and T[][] of these; list_node and tree_node hold
 * ints and stand in JSON as arrays (a tree level by level, null for a missing child).
 */
enum type_base {
	TYPE_VOID,
	TYPE_INT,
	TYPE_LONG,
	TYPE_DOUBLE,
	TYPE_BOOL,
	TYPE_STRING,
	TYPE_LIST_NODE,
	TYPE_TREE_NODE
};

struct type {
	enum type_base base;
	int dimensions; /* 0, 1, 2 */
};

enum { SIGNATURE_MAX_PARAMS = 8 };

struct signature {
	const char *name; /* snake_case */
	struct parameter {
		const char *name;
		struct type type;
	} params[SIGNATURE_MAX_PARAMS];
	size_t count;
	struct type returns; /* void: the first argument is changed in place */
};

/*
 * Reads "name(a: int[], b: string) -> bool"; also "bool name(int[] a, string b)".
 * ERR_INVALID when it is neither; `*ret_fault` then names the fault in English.
 */
enum err signature_parse(struct arena *arena, const char *text, struct signature *ret_signature,
                         const char **ret_fault);

struct signature_sample {
	const cJSON *args;     /* array */
	const cJSON *expected; /* NULL: unknown */
};

/* A signature whose types all samples fit; ERR_INVALID when there is none. */
enum err signature_infer(struct arena *arena, const char *name,
                         const struct signature_sample *samples, size_t count,
                         struct signature *ret_signature);

/* True if the value can be passed as that type. */
bool signature_fits(const struct type *type, const cJSON *value);

/* "two_sum(nums: int[], target: int) -> int[]" */
char *signature_text(struct arena *arena, const struct signature *signature);

#endif
