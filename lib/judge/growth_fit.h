/*
 * How time grew with the size of the input: processor times of a few sizes, fitted by least
 * squares to a + b·f(n) for the usual classes f. Pure. It says what it saw, or that it cannot
 * tell; it proves nothing about sizes beyond those. n and n log n are never told apart.
 */
#ifndef VIVA_JUDGE_GROWTH_FIT_H
#define VIVA_JUDGE_GROWTH_FIT_H

#include <stdbool.h>
#include <stddef.h>

enum growth_class {
	GROWTH_CONSTANT,
	GROWTH_LOGARITHM,
	GROWTH_LINEAR,
	GROWTH_LINEAR_LOGARITHM,
	GROWTH_SQUARE,
	GROWTH_CUBE,
	GROWTH_EXPONENTIAL, /* of base 2 */
	GROWTH_CLASSES
};

/* "1", "log n", "n", "n log n", "n^2", "n^3", "2^n" */
const char *growth_class_name(enum growth_class class);

/* False: it is none of these names. */
bool growth_class_parse(const char *name, enum growth_class *ret_class);

struct growth_point {
	double n;  /* size, greater than that of the point before */
	double us; /* processor time, microseconds */
};

enum growth_sight {
	GROWTH_SEEN,
	GROWTH_FEW,    /* fewer than three points */
	GROWTH_SHORT,  /* the times hardly differ and are as short as a program's start */
	GROWTH_UNCLEAR /* no class fits, or very different ones fit as well */
};

/* "seen", "few", "short", "unclear" */
const char *growth_sight_name(enum growth_sight sight);

struct growth_fit {
	enum growth_sight sight;
	enum growth_class least, most; /* SEEN: that fit about as well, at most two neighbours */
};

/* What the points show; there may be none. */
struct growth_fit growth_fit(const struct growth_point *points, size_t count);

/* True unless something else than `class` was seen. */
bool growth_allows(const struct growth_fit *fit, enum growth_class class);

#endif
