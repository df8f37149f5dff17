/*
 * What signatures cost beside what is done to a report anyway: its canonical form beside
 * cJSON's compact text, signing and checking beside parsing it. Processor time, medians.
 *   seal_bench
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "seal/canonical.h"
#include "seal/seal.h"

enum { ROUNDS = 101, QUESTIONS = 15, POINTS = 12 };

struct bench {
	struct arena *arena;
	struct store *store;
	const char *text; /* a signed report in canonical form */
	size_t len;
	cJSON *document;
};

static double now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void must(bool is_right, const char *what)
{
	if (is_right)
		return;
	fprintf(stderr, "seal_bench: %s\n", what);
	exit(1);
}

/* Milliseconds of one run, the median of many; each begins with an empty arena. */
static double median(struct bench *bench, void (*run)(struct bench *, struct arena *))
{
	struct arena *arena = arena_create();
	double times[ROUNDS];

	json_bind(arena);
	for (int i = 0; i < ROUNDS; i++) {
		const double start = now_ms();

		run(bench, arena);
		times[i] = now_ms() - start;
		arena_reset(arena);
	}
	json_bind(bench->arena);
	arena_destroy(arena);
	qsort(times, ROUNDS, sizeof(*times), by_value);
	return times[ROUNDS / 2];
}

static void run_text(struct bench *bench, struct arena *arena)
{
	(void)arena;
	must(json_text(bench->document) != NULL, "no text");
}

static void run_canonical(struct bench *bench, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	must(canonical_write(bench->document, &out) == OK, "no canonical form");
}

static void run_parse(struct bench *bench, struct arena *arena)
{
	cJSON *document;

	(void)arena;
	must(json_parse(bench->text, bench->len, &document) == OK, "no JSON");
}

static void run_sign(struct bench *bench, struct arena *arena)
{
	cJSON *document;

	must(json_parse(bench->text, bench->len, &document) == OK, "no JSON");
	must(seal_sign(bench->store, arena, document) == OK, "not signed");
}

static void run_check(struct bench *bench, struct arena *arena)
{
	struct seal_check check;

	must(seal_check(bench->store, arena, bench->text, bench->len, &check) == OK &&
	             check.state == SEAL_VALID,
	     "not valid");
}

/* About as long and as deep as a report of fifteen questions. */
static cJSON *report(void)
{
	cJSON *document = cJSON_CreateObject(), *questions = json_set_array(document, "questions");

	for (int i = 0; i < QUESTIONS; i++) {
		cJSON *question = json_add_object(questions), *points;

		json_set_number(question, "order", i + 1);
		json_set_number(question, "score", i * 0.7);
		points = json_set_array(question, "key_points");
		for (int j = 0; j < POINTS; j++) {
			cJSON *point = json_add_object(points);

			json_set_string(
			        point, "text",
			        "Ключ повідомлення не змінюється, коли його надсилають удруге; "
			        "an index on (owner_id, created_at) serves both, says “who” and "
			        "“when”.");
			json_set_number(point, "coverage", json_rounded(j / 13.0));
			json_set_number(point, "start", 40 * j);
			json_set_bool(point, "is_covered", j % 2 == 0);
		}
	}
	return document;
}

static void row(const char *name, double value, double base)
{
	char figure[64];

	snprintf(figure, sizeof(figure), "%.2f: %.2f ms", value / base, value);
	printf("%-52s %18s\n", name, figure);
}

int main(void)
{
	struct bench bench = { .arena = arena_create() };
	char folder[] = "/tmp/viva-seal-XXXXXX", path[64];
	struct buf text;

	must(mkdtemp(folder) != NULL, "no folder");
	snprintf(path, sizeof(path), "%s/viva.db", folder);
	json_bind(bench.arena);
	must(store_migrate(path, "schema.sql") == OK && store_open(path, &bench.store) == OK,
	     "no database");
	bench.document = report();
	must(seal_sign(bench.store, bench.arena, bench.document) == OK, "not signed");
	buf_init(&text, bench.arena);
	must(canonical_write(bench.document, &text) == OK, "no canonical form");
	bench.text = text.data;
	bench.len = text.len;
	printf("a report of %zu bytes\n", bench.len);
	row("canonical form / compact text of cJSON", median(&bench, run_canonical),
	    median(&bench, run_text));
	row("report parsed and signed / parsed", median(&bench, run_sign),
	    median(&bench, run_parse));
	row("report checked / parsed", median(&bench, run_check), median(&bench, run_parse));
	store_close(bench.store);
	arena_destroy(bench.arena);
	snprintf(path, sizeof(path), "rm -rf '%s'", folder);
	return system(path);
}
