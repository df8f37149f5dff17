/* System call filters: compiled with libseccomp, loaded without it. */
#ifndef VIVA_JUDGE_BOX_FILTER_H
#define VIVA_JUDGE_BOX_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

enum { FILTER_MAX = 1200 };

/* What the filter is for; each forbids what those before it forbid. */
enum filter_kind {
	FILTER_BASE,   /* compilers and the zygote: processes are allowed */
	FILTER_SHARED, /* ditto where other processes of the same user are around (tier C) */
	FILTER_TEST,   /* a test or server: threads only, signals only to itself */
	FILTER_FORKED  /* a zygote's child: no exec either, no signal but SIGABRT */
};

struct filter {
	unsigned short length; /* 0: not made yet */
	struct sock_filter code[FILTER_MAX];
};

/* False with errno when it cannot be made, such as on an unknown architecture. */
bool filter_make(struct filter *filter, enum filter_kind kind);

/*
 * Loads it into the calling process, which has no_new_privs. Where it says "to itself" it
 * means the process with this pid. False with errno.
 */
bool filter_load(struct filter *filter, int pid);

/* A sealed memfd with the program, or -1 with errno. */
int filter_export(const struct filter *filter);

#endif
