#include "judge/growth_fit.h"

#include <math.h>
#include <string.h>

enum { LEAST_POINTS = 3 };

/*
 * Microseconds: below the first, times differ by chance; a growth of less than the second
 * is no growth; and what takes as long as the third is not a program's start.
 */
#define CHANCE_US 500.0
#define GROWN_US  2000.0
#define START_US  20000.0

/* Of the shortest time: less growth than that is none. */
#define GROWN_SHARE 0.1

/*
 * Root mean square of the relative residuals. Above the first no class fits; a class fits
 * about as well as the best one up to so many times its residual, and some more. Chosen
 * on synthetic times with noise of 3 to 10 %, see tests/unit/growth_test.c.
 */
#define MOST_RESIDUAL 0.12
#define NEAR_TIMES    1.3
#define NEAR_MORE     0.015

static const char *const names[] = { "1", "log n", "n", "n log n", "n^2", "n^3", "2^n" };

const char *growth_class_name(enum growth_class class)
{
	return names[class];
}

bool growth_class_parse(const char *name, enum growth_class *ret_class)
{
	for (int i = 0; name != NULL && i < GROWTH_CLASSES; i++) {
		if (strcmp(names[i], name) == 0) {
			*ret_class = (enum growth_class)i;
			return true;
		}
	}
	return false;
}

const char *growth_sight_name(enum growth_sight sight)
{
	static const char *const sights[] = { "seen", "few", "short", "unclear" };

	return sights[sight];
}

/* f(n), as a share of f(largest), so that powers of two stay finite. */
static double share_of(enum growth_class class, double n, double largest)
{
	switch (class) {
	case GROWTH_LOGARITHM:
		return log2(n) / log2(largest);
	case GROWTH_LINEAR:
		return n / largest;
	case GROWTH_LINEAR_LOGARITHM:
		return n * log2(n) / (largest * log2(largest));
	case GROWTH_SQUARE:
		return pow(n / largest, 2);
	case GROWTH_CUBE:
		return pow(n / largest, 3);
	case GROWTH_EXPONENTIAL:
		return exp2(n - largest);
	default:
		return 1;
	}
}

/* Weighted sums of f, t and their products. */
struct sums {
	double w, f, ff, t, ft;
};

/* Long times vary more than short ones, and all of them by some chance. */
static double weight_of(const struct growth_point *point)
{
	return 1 / pow(point->us + CHANCE_US, 2);
}

static struct sums sums_of(const struct growth_point *points, size_t count, enum growth_class class)
{
	struct sums sums = { 0 };

	for (size_t i = 0; i < count; i++) {
		const double f = share_of(class, points[i].n, points[count - 1].n);
		const double w = weight_of(&points[i]), t = points[i].us;

		sums.w += w;
		sums.f += w * f;
		sums.ff += w * f * f;
		sums.t += w * t;
		sums.ft += w * f * t;
	}
	return sums;
}

/* The residual of the best a + b·f(n) with a, b >= 0: neither start nor work is less than none. */
static double residual_of(const struct growth_point *points, size_t count, enum growth_class class)
{
	const struct sums s = sums_of(points, count, class);
	const double determinant = s.w * s.ff - s.f * s.f;
	double b = determinant > 0 ? (s.w * s.ft - s.f * s.t) / determinant : 0;
	double a = (s.t - b * s.f) / s.w, sum = 0;

	if (b < 0) {
		b = 0;
		a = s.t / s.w;
	}
	if (a < 0) {
		a = 0;
		b = s.ft / s.ff;
	}
	for (size_t i = 0; i < count; i++) {
		const double f = share_of(class, points[i].n, points[count - 1].n);

		sum += weight_of(&points[i]) * pow(points[i].us - a - b * f, 2);
	}
	return sqrt(sum / (double)count);
}

static struct growth_fit seen(enum growth_class least, enum growth_class most)
{
	return (struct growth_fit){ GROWTH_SEEN, least, most };
}

static struct growth_fit nearest(const struct growth_point *points, size_t count)
{
	double residuals[GROWTH_CLASSES], best = INFINITY;
	enum growth_class least = GROWTH_CLASSES, most = GROWTH_CONSTANT;

	for (enum growth_class class = GROWTH_LOGARITHM; class < GROWTH_CLASSES; class ++) {
		residuals[class] = residual_of(points, count, class);
		best = fmin(best, residuals[class]);
	}
	for (enum growth_class class = GROWTH_LOGARITHM; class < GROWTH_CLASSES; class ++) {
		if (residuals[class] > best * NEAR_TIMES + NEAR_MORE)
			continue;
		most = class;
		if (least == GROWTH_CLASSES)
			least = class;
	}
	/* What reading the input and caches add is more than what tells these two apart. */
	if (least == GROWTH_LINEAR_LOGARITHM)
		least = GROWTH_LINEAR;
	if (most == GROWTH_LINEAR)
		most = GROWTH_LINEAR_LOGARITHM;
	if (!(best <= MOST_RESIDUAL) || most > least + 1)
		return (struct growth_fit){ .sight = GROWTH_UNCLEAR };
	return seen(least, most);
}

struct growth_fit growth_fit(const struct growth_point *points, size_t count)
{
	double shortest = INFINITY, longest = 0;

	if (count < LEAST_POINTS)
		return (struct growth_fit){ .sight = GROWTH_FEW };
	for (size_t i = 0; i < count; i++) {
		shortest = fmin(shortest, points[i].us);
		longest = fmax(longest, points[i].us);
	}
	if (longest - shortest >= fmax(GROWN_US, GROWN_SHARE * shortest))
		return nearest(points, count);
	if (shortest >= START_US)
		return seen(GROWTH_CONSTANT, GROWTH_CONSTANT);
	return (struct growth_fit){ .sight = GROWTH_SHORT };
}

bool growth_allows(const struct growth_fit *fit, enum growth_class class)
{
	return fit->sight != GROWTH_SEEN || (class >= fit->least && class <= fit->most);
}
