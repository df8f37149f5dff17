/*
 * A one-page test kit. Each test program is a list of cases; it prints TAP and
 * ends with 1 when a check failed.
 */
#ifndef VIVA_TESTS_CHECK_H
#define VIVA_TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"

static int check_failures, check_cases;
static struct arena *arena; /* fresh for every case */

#define CHECK(condition)                                                         \
	do {                                                                     \
		if (!(condition)) {                                              \
			printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition); \
			check_failures++;                                        \
		}                                                                \
	} while (0)

#define CHECK_STR(got, expected) check_str(__FILE__, __LINE__, got, expected)
#define CHECK_INT(got, expected) check_int(__FILE__, __LINE__, got, expected)
#define CHECK_NEAR(got, expected, tolerance) \
	check_near(__FILE__, __LINE__, got, expected, tolerance)

static inline void check_str(const char *file, int line, const char *got, const char *expected)
{
	if (got != NULL && expected != NULL && strcmp(got, expected) == 0)
		return;
	printf("# %s:%d: got \"%s\", expected \"%s\"\n", file, line, got ? got : "(null)",
	       expected ? expected : "(null)");
	check_failures++;
}

static inline void check_int(const char *file, int line, long long got, long long expected)
{
	if (got == expected)
		return;
	printf("# %s:%d: got %lld, expected %lld\n", file, line, got, expected);
	check_failures++;
}

static inline void check_near(const char *file, int line, double got, double expected,
                              double tolerance)
{
	if (got >= expected - tolerance && got <= expected + tolerance)
		return;
	printf("# %s:%d: got %g, expected %g\n", file, line, got, expected);
	check_failures++;
}

/* Runs one case, a function without arguments, in a fresh arena. */
#define RUN(test_case) check_run(#test_case, test_case)

static inline void check_run(const char *name, void (*test_case)(void))
{
	int before = check_failures;

	arena = arena_create();
	json_bind(arena);
	test_case();
	json_bind(NULL);
	arena_destroy(arena);
	printf("%s %d - %s\n", check_failures == before ? "ok" : "not ok", ++check_cases, name);
}

static inline int check_done(void)
{
	printf("1..%d\n", check_cases);
	return check_failures == 0 ? 0 : 1;
}

#endif
