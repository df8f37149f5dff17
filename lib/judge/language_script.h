/* What the rows of the untyped languages share: how a call is told to their harness. */
#ifndef VIVA_JUDGE_LANGUAGE_SCRIPT_H
#define VIVA_JUDGE_LANGUAGE_SCRIPT_H

#include "judge/language.h"

/* ERR_INVALID with `*ret_fault` unless a function job names what can be a function. */
enum err script_check(const struct judge_job *job, const char **ret_fault);

/* An encode(): the call as JSON for a function, nothing for a program. */
enum err script_encode(struct arena *arena, const struct judge_job *job,
                       const struct judge_case *test, const char **ret_bytes, size_t *ret_len);

/* A compile_line() for languages without a compile step: 0. */
int script_compile_line(const char *message);

/* "int[]", "list_node": as signatures spell a type. */
const char *script_type(struct arena *arena, const struct type *type);

/*
 * A type's name in a language: `names` by enum type_base, and around it once a dimension
 * `open` and `close`: "list[", "]".
 */
const char *script_type_name(struct arena *arena, const struct type *type, const char *const *names,
                             const char *open, const char *close);

#endif
