/* Jobs and their results as JSON documents, for `viva judge`; man/viva.1 describes them. */
#ifndef VIVA_JUDGE_DOCUMENT_H
#define VIVA_JUDGE_DOCUMENT_H

#include "judge/judge.h"

enum { DOCUMENT_MAX = 4 * 1024 * 1024 /* bytes */ };

/*
 * Reads a job; limits are brought into their ranges, a missing signature of a typed
 * language is inferred from the tests. ERR_INVALID with `*ret_fault` (English). The
 * thread must be bound to `arena`.
 */
enum err document_read(struct arena *arena, const char *text, size_t len, struct judge_job *ret_job,
                       const char **ret_fault);

/* The result as one line of JSON, without the line end. */
char *document_result(const struct judge_result *result);

/* {"error": message} */
char *document_error(const char *message);

#endif
