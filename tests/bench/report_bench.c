/*
 * What making a report costs as interviews grow: processor time for 3,000 questions beside that
 * for 1,500, of whole documents with their texts, in rounds that take turns.
 */
#include "../unit/report_generator.h"

#include <stdlib.h>
#include <time.h>

enum { SMALL = 1500, LARGE = 3000, ROUNDS = 7 };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

/* Milliseconds to build one. */
static double build(const struct report_source *source)
{
	struct arena *own = arena_create();
	double start = now(), took;

	json_bind(own);
	report_build(own, source, NULL);
	took = now() - start;
	json_bind(arena);
	arena_destroy(own);
	return took;
}

int main(void)
{
	double small[ROUNDS], large[ROUNDS];
	struct report_source sources[2];
	char text[32];

	arena = arena_create();
	json_bind(arena);
	generator_state = 1;
	sources[0] = generator_interview(GENERATE_MIXED, SMALL);
	generator_state = 1;
	sources[1] = generator_interview(GENERATE_MIXED, LARGE);
	for (int i = 0; i < ROUNDS; i++) {
		small[i] = build(&sources[0]);
		large[i] = build(&sources[1]);
	}
	qsort(small, ROUNDS, sizeof(double), by_value);
	qsort(large, ROUNDS, sizeof(double), by_value);
	snprintf(text, sizeof(text), "%.2f", large[ROUNDS / 2] / small[ROUNDS / 2]);
	printf("%-52s %12s   %s\n", "report of 3,000 questions / of 1,500", text,
	       "about 2: linear");
	snprintf(text, sizeof(text), "%.3f ms", large[ROUNDS / 2] / LARGE);
	printf("%-52s %12s   %s\n", "a question in a report", text, "");
	return 0;
}
