/* Measured growth: lib/judge/growth_fit.c on synthetic times, growth.c on generators. */
#include <math.h>
#include <stdint.h>

#include "check.h"
#include "base/json.h"
#include "judge/growth.h"

enum { RUNS = 200, MOST = GROWTH_MOST_SIZES };

/* Times as a judge measures them: the least of three runs, each late by chance. */
struct machine {
	double start_us; /* before the work begins */
	double read_us;  /* of each unit of the input, whatever the work is */
	double noise;    /* share of a time that it is late by, mostly */
};

static uint64_t random_state = 1;

static double chance(void)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (double)(random_state >> 33) / 0x1p31;
}

/* Half of a normal distribution, roughly: the sum of twelve, turned positive. */
static double lateness(void)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += chance();
	return fabs(sum);
}

static double measured(const struct machine *machine, double us)
{
	double least = INFINITY;

	for (int i = 0; i < 3; i++)
		least = fmin(least, us * (1 + machine->noise * lateness()) + 200 * lateness());
	return least;
}

static double work(enum growth_class class, double n)
{
	switch (class) {
	case GROWTH_LOGARITHM:
		return log2(n);
	case GROWTH_LINEAR:
		return n;
	case GROWTH_LINEAR_LOGARITHM:
		return n * log2(n);
	case GROWTH_SQUARE:
		return n * n;
	case GROWTH_CUBE:
		return n * n * n;
	case GROWTH_EXPONENTIAL:
		return exp2(n);
	default:
		return 1;
	}
}

/* What is measured of work that takes `longest_us` for the last size. */
struct trial {
	enum growth_class class;
	double longest_us;
	double sizes[MOST];
	size_t count;
};

static struct growth_fit fit_of(const struct machine *machine, const struct trial *trial)
{
	struct growth_point points[MOST];
	const double last = work(trial->class, trial->sizes[trial->count - 1]);

	for (size_t i = 0; i < trial->count; i++) {
		const double n = trial->sizes[i];
		const double us = machine->start_us + machine->read_us * n +
		                  trial->longest_us * work(trial->class, n) / last;

		points[i] = (struct growth_point){ n, measured(machine, us) };
	}
	return growth_fit(points, trial->count);
}

/* Of RUNS measurements, how many name the class, and how many name only others. */
static void count_sights(const struct machine *machine, const struct trial *trial, int *ret_right,
                         int *ret_wrong)
{
	*ret_right = *ret_wrong = 0;
	for (int i = 0; i < RUNS; i++) {
		const struct growth_fit fit = fit_of(machine, trial);

		*ret_right += fit.sight == GROWTH_SEEN && growth_allows(&fit, trial->class);
		*ret_wrong += !growth_allows(&fit, trial->class);
	}
}

#define DOUBLING                                     \
	{                                            \
		1000, 2000, 4000, 8000, 16000, 32000 \
	}

static void what_grows_is_seen_in_spite_of_noise(void)
{
	static const struct machine machines[] = { { 4000, 0, 0.03 },
		                                   { 15000, 0.1, 0.05 },
		                                   { 1000, 0.3, 0.08 } };
	static const struct trial trials[] = {
		{ GROWTH_LINEAR, 60000, DOUBLING, 6 },
		{ GROWTH_LINEAR_LOGARITHM, 100000, DOUBLING, 6 },
		{ GROWTH_SQUARE, 900000, DOUBLING, 6 },
		{ GROWTH_CUBE, 900000, { 50, 100, 200, 400 }, 4 },
		{ GROWTH_EXPONENTIAL, 900000, { 10, 12, 14, 16, 18, 20 }, 6 },
		{ GROWTH_LOGARITHM, 300000, { 10, 100, 1000, 10000 }, 4 },
	};

	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		for (size_t j = 0; j < sizeof(trials) / sizeof(*trials); j++) {
			int right, wrong;

			count_sights(&machines[i], &trials[j], &right, &wrong);
			if (right < RUNS * 95 / 100 || wrong > RUNS / 100)
				printf("# machine %zu, %s: %d right, %d wrong\n", i,
				       growth_class_name(trials[j].class), right, wrong);
			CHECK(right >= RUNS * 95 / 100);
			CHECK(wrong <= RUNS / 100);
		}
	}
}

/* The quick solution and the slow one are never taken for one another. */
static void classes_that_lie_apart_are_told_apart(void)
{
	static const struct machine machine = { 5000, 0.2, 0.08 };
	static const struct trial quick = { GROWTH_LINEAR_LOGARITHM, 50000, DOUBLING, 6 };
	static const struct trial slow = { GROWTH_SQUARE, 1500000, DOUBLING, 6 };
	/* It was stopped before the larger sizes came to an end. */
	static const struct trial stopped = { GROWTH_SQUARE, 400000, { 1000, 2000, 4000 }, 3 };

	for (int i = 0; i < RUNS; i++) {
		struct growth_fit fit = fit_of(&machine, &quick);

		CHECK(!(fit.sight == GROWTH_SEEN && fit.most >= GROWTH_SQUARE));
		fit = fit_of(&machine, &slow);
		CHECK(!growth_allows(&fit, GROWTH_LINEAR_LOGARITHM));
		fit = fit_of(&machine, &stopped);
		CHECK(!growth_allows(&fit, GROWTH_LINEAR_LOGARITHM));
	}
}

/* A linear program whose sets outgrow the caches looks like n log n: nobody is blamed for that. */
static void linear_and_linear_logarithmic_are_one(void)
{
	static const struct machine machine = { 1000, 0, 0.01 };
	static const struct trial trials[] = { { GROWTH_LINEAR, 60000, DOUBLING, 6 },
		                               { GROWTH_LINEAR_LOGARITHM, 60000, DOUBLING, 6 } };

	for (size_t i = 0; i < 2; i++) {
		const struct growth_fit fit = fit_of(&machine, &trials[i]);

		CHECK_INT(fit.sight, GROWTH_SEEN);
		CHECK_INT(fit.least, GROWTH_LINEAR);
		CHECK_INT(fit.most, GROWTH_LINEAR_LOGARITHM);
	}
}

static enum growth_sight sight_of(const double *us, size_t count)
{
	struct growth_point points[MOST];

	for (size_t i = 0; i < count; i++)
		points[i] = (struct growth_point){ 1000 * exp2((double)i), us[i] };
	return growth_fit(points, count).sight;
}

static void what_cannot_be_told_is_not_told(void)
{
	static const double brief[] = { 1000, 1100, 900, 1500, 2100 };
	static const double uneven[] = { 90000, 5000, 70000, 6000, 200000 };
	static const double jump[] = { 9000, 9000, 9000, 900000, 9000 };
	static const double lasting[] = { 30000, 30500, 30200, 31000, 30100 };
	static const double zero[] = { 0, 0, 0, 0, 0 };

	CHECK_INT(sight_of(brief, 5), GROWTH_SHORT);
	CHECK_INT(sight_of(zero, 5), GROWTH_SHORT);
	CHECK_INT(sight_of(uneven, 5), GROWTH_UNCLEAR);
	CHECK_INT(sight_of(jump, 5), GROWTH_UNCLEAR);
	CHECK_INT(sight_of(lasting, 5), GROWTH_SEEN);
	CHECK_INT(sight_of(lasting, 2), GROWTH_FEW);
	CHECK_INT(sight_of(lasting, 0), GROWTH_FEW);
}

static void what_was_not_seen_accuses_nobody(void)
{
	const struct growth_fit unclear = { .sight = GROWTH_UNCLEAR };
	const struct growth_fit square = { GROWTH_SEEN, GROWTH_SQUARE, GROWTH_CUBE };

	CHECK(growth_allows(&unclear, GROWTH_CONSTANT));
	CHECK(!growth_allows(&square, GROWTH_LINEAR));
	CHECK(growth_allows(&square, GROWTH_CUBE));
}

static void classes_have_names(void)
{
	for (enum growth_class class = 0; class < GROWTH_CLASSES; class ++) {
		enum growth_class same = GROWTH_CLASSES;

		CHECK(growth_class_parse(growth_class_name(class), &same));
		CHECK_INT(same, class);
	}
	CHECK(!growth_class_parse("n!", &(enum growth_class){ 0 }));
	CHECK(!growth_class_parse(NULL, &(enum growth_class){ 0 }));
}

/* --- generators -------------------------------------------------------------------------- */

static struct growth growth_of(const char *arguments)
{
	char *text = arena_printf(arena,
	                          "{\"complexity\":\"n\",\"sizes\":[4,8,16,1000],\"arguments\":%s}",
	                          arguments);
	struct growth growth = { 0 };
	const char *fault = "";
	cJSON *json = NULL;

	json_bind(arena);
	CHECK_INT(json_parse(text, strlen(text), &json), OK);
	CHECK_INT(growth_read(arena, json, &growth, &fault), OK);
	CHECK_STR(fault, "");
	return growth;
}

static const char *made(const char *arguments, double n)
{
	const struct growth growth = growth_of(arguments);
	const cJSON *list = growth_arguments(&growth, n);

	return list != NULL ? json_text(list) : "none";
}

static void generators_make_what_they_say(void)
{
	CHECK_STR(made("[{\"value\":[1,\"x\"]},{\"size\":true}]", 8), "[[1,\"x\"],8]");
	CHECK_STR(made("[{\"integers\":\"n\",\"from\":1,\"to\":\"n\",\"order\":\"ascending\","
	               "\"distinct\":true}]",
	               5),
	          "[[1,2,3,4,5]]");
	CHECK_STR(made("[{\"integers\":3,\"from\":\"-n\",\"to\":\"-n\",\"order\":\"descending\"}]",
	               7),
	          "[[-7,-7,-7]]");
	CHECK_STR(made("[{\"intervals\":2,\"from\":3,\"to\":4}]", 7), "[[[3,4],[3,4]]]");
	CHECK_STR(made("[{\"text\":\"n/2\",\"alphabet\":\"a\"}]", 9), "[\"aaaa\"]");
	CHECK_STR(made("[{\"list\":2,\"of\":{\"tuple\":[{\"integer\":true,\"from\":\"2n\",\"to\":"
	               "\"2n\"},{\"size\":true}]}}]",
	               3),
	          "[[[6,3],[6,3]]]");
}

static void the_same_size_makes_the_same_input(void)
{
	static const char *const some = "[{\"integers\":\"n\",\"from\":0,\"to\":\"10n\"},"
	                                "{\"text\":\"n\",\"alphabet\":\"abc\"}]";
	const char *first = made(some, 50);

	CHECK_STR(made(some, 50), first);
	CHECK(strcmp(made(some, 51), first) != 0);
}

static void distinct_numbers_keep_their_bounds(void)
{
	const struct growth growth = growth_of("[{\"integers\":\"n\",\"from\":5,\"to\":\"2n\","
	                                       "\"distinct\":true}]");
	const cJSON *list = growth_arguments(&growth, 1000)->child, *number;
	bool seen[2001] = { false };
	int steps = 0;

	CHECK_INT(cJSON_GetArraySize(list), 1000);
	cJSON_ArrayForEach(number, list)
	{
		const int value = number->valueint;

		CHECK(value >= 5 && value <= 2000);
		if (value < 5 || value > 2000)
			return;
		CHECK(!seen[value]);
		seen[value] = true;
		steps += number->next != NULL && number->next->valueint > value;
	}
	CHECK(steps > 400 && steps < 600);
}

static void wrong_generators_make_nothing(void)
{
	static const char too_deep[] =
	        "[{\"list\":1,\"of\":{\"list\":1,\"of\":{\"list\":1,\"of\":{\"list\":1,\"of\":"
	        "{\"size\":true}}}}}]";
	static const char *const wrong[] = {
		"[{\"integers\":\"m\"}]",
		"[{\"integers\":\"n\",\"from\":5,\"to\":4}]",
		"[{\"integers\":\"n\",\"from\":1,\"to\":3,\"distinct\":true}]",
		"[{\"integers\":\"n\",\"order\":\"sorted\"}]",
		"[{\"integers\":\"n\",\"oder\":\"shuffled\"}]",
		"[{\"integers\":9e99}]",
		"[{\"integers\":\"99999999n\"}]",
		"[{\"intervals\":2,\"from\":3,\"to\":4,\"longest\":2}]",
		"[{\"text\":\"n\",\"alphabet\":\"\"}]",
		"[{\"text\":\"n\",\"alphabet\":\"ж\"}]",
		"[{\"list\":1000,\"of\":{\"list\":1000,\"of\":{\"size\":true}}}]",
		"[{\"list\":200000,\"of\":{\"value\":[1,2,3]}}]",
		"[{\"list\":200000,\"of\":{\"value\":\"as long as three values\"}}]",
		too_deep,
		"[{\"list\":1}]",
		"[{}]",
		"[3]",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK_STR(made(wrong[i], 10), "none");
}

static void check_refused(const char *text, const char *start)
{
	struct growth growth;
	const char *fault = "";
	cJSON *json = NULL;

	json_bind(arena);
	CHECK_INT(json_parse(text, strlen(text), &json), OK);
	CHECK_INT(growth_read(arena, json, &growth, &fault), ERR_INVALID);
	if (strncmp(fault, start, strlen(start)) != 0)
		CHECK_STR(fault, start);
}

static void authors_are_told_what_is_wrong(void)
{
	check_refused("{}", "growth: complexity is none of");
	check_refused("3", "growth: complexity is none of");
	check_refused("{\"complexity\":\"n\"}", "growth: sizes are fewer than 4");
	check_refused("{\"complexity\":\"n\",\"sizes\":[1,2,3,4],\"arguments\":[]}",
	              "growth: sizes are not");
	check_refused("{\"complexity\":\"n\",\"sizes\":[2,3,3,4],\"arguments\":[]}",
	              "growth: sizes are not");
	check_refused("{\"complexity\":\"n\",\"sizes\":[2,3,4,1e6],\"arguments\":[]}",
	              "growth: sizes are not");
	check_refused("{\"complexity\":\"n\",\"sizes\":[2,3,4,5]}", "growth: arguments");
	check_refused("{\"complexity\":\"n\",\"sizes\":[2,3,4,5],\"arguments\":[],\"size\":1}",
	              "growth: size: unknown member");
}

static void inputs_must_fit_the_signature(void)
{
	const struct growth growth = growth_of("[{\"integers\":\"n\"}]");
	struct signature signature;
	const char *fault = "";

	CHECK_INT(signature_parse(arena, "f(a: int[]) -> int", &signature, &fault), OK);
	CHECK(growth_check(arena, &growth, &signature, true) == NULL);
	CHECK_INT(signature_parse(arena, "f(a: string) -> int", &signature, &fault), OK);
	CHECK_STR(growth_check(arena, &growth, &signature, true),
	          "growth: the input of size 4 does not fit the signature");
	CHECK(growth_check(arena, &growth, &signature, false) == NULL);
	CHECK_INT(signature_parse(arena, "f(a: int[], b: int) -> int", &signature, &fault), OK);
	CHECK_STR(growth_check(arena, &growth, &signature, true),
	          "growth: not one generator a parameter");
}

int main(void)
{
	RUN(what_grows_is_seen_in_spite_of_noise);
	RUN(classes_that_lie_apart_are_told_apart);
	RUN(linear_and_linear_logarithmic_are_one);
	RUN(what_cannot_be_told_is_not_told);
	RUN(what_was_not_seen_accuses_nobody);
	RUN(classes_have_names);
	RUN(generators_make_what_they_say);
	RUN(the_same_size_makes_the_same_input);
	RUN(distinct_numbers_keep_their_bounds);
	RUN(wrong_generators_make_nothing);
	RUN(authors_are_told_what_is_wrong);
	RUN(inputs_must_fit_the_signature);
	return check_done();
}
