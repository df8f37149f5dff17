/* The harness files of lib/judge/harness, embedded by harness.c. */
#ifndef VIVA_JUDGE_HARNESS_H
#define VIVA_JUDGE_HARNESS_H

#include <stddef.h>

struct harness {
	const char *name; /* "zygote.py" */
	const char *bytes;
	size_t size;
};

/* The file of that name; asserts that it exists. */
const struct harness *harness_file(const char *name);

#endif
