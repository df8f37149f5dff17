/*
 * What the judge costs: a program in a fresh box beside the same program started as it
 * is, and a whole Python function task. Medians of interleaved rounds.
 *   judge_bench FOLDER-OF-PROGRAMS HELLO
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "judge/attempt.h"

enum { ROUNDS = 201, TASKS = 21, TESTS = 20, MANY = 100, HELLO_MAX = 4 << 20 };

static struct judge *judge;
static struct judge_limits limits = JUDGE_DEFAULT_LIMITS;
static const char *hello;
static char *hello_bytes;
static size_t hello_size;

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_value);
	return values[count / 2];
}

static void row(const char *name, double value, const char *bar)
{
	printf("%-52s %12.2f   %s\n", name, value, bar);
}

static void fail(const char *what)
{
	fprintf(stderr, "judge_bench: %s\n", what);
	exit(1);
}

/* Starts a program and waits for it. */
static void run_bare(const char *const *argv)
{
	static char *const no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
	if (posix_spawn(&pid, argv[0], &actions, NULL, (char *const *)argv, no_environment) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0)
		fail(argv[0]);
	posix_spawn_file_actions_destroy(&actions);
}

static void run_hello(void)
{
	run_bare((const char *const[]){ hello, NULL });
}

static void run_bubblewrap(void)
{
	run_bare((const char *const[]){ "/usr/bin/bwrap", "--unshare-all", "--die-with-parent",
	                                "--ro-bind", hello, "/hello", "/hello", NULL });
}

/* The program so many times in one box. */
static void run_boxed(size_t count)
{
	static const char *const argv[] = { "/box/hello", NULL };
	static const struct judge_language language = { .name = "hello" };
	struct arena *arena = arena_create();
	struct judge_case *cases = arena_array(arena, count, sizeof(*cases));
	struct judge_job job = {
		.kind = JUDGE_STDIN,
		.cases = cases,
		.count = count,
		.limits = limits,
	};
	struct plan plan = {
		.judge = judge,
		.arena = arena,
		.job = &job,
		.language = &language,
		.program = { .files = { { "hello", hello_bytes, hello_size, true } },
		             .file_count = 1,
		             .run = argv,
		             .style = RUN_EXEC,
		             .threads = 16 },
	};
	struct judge_result result = { .count = count };

	json_bind(arena);
	result.outcomes = arena_array(arena, count, sizeof(*result.outcomes));
	plan.inputs = arena_array(arena, count, sizeof(*plan.inputs));
	plan.input_lens = arena_array(arena, count, sizeof(*plan.input_lens));
	for (size_t i = 0; i < count; i++)
		plan.inputs[i] = "";
	if (!attempt_run(&plan, &result))
		fail("the box broke");
	for (size_t i = 0; i < count; i++)
		if (result.outcomes[i].verdict != JUDGE_ACCEPTED)
			fail("the program did not run in the box");
	json_bind(NULL);
	arena_destroy(arena);
}

static void run_once(void)
{
	run_boxed(1);
}

static void run_python(void)
{
	static const char code[] = "def f(a, b):\n    return a + b\n";
	struct arena *arena = arena_create();
	struct judge_case *cases = arena_array(arena, TESTS, sizeof(*cases));
	struct judge_job job = {
		.language = "python",
		.kind = JUDGE_FUNCTION,
		.function = "f",
		.code = code,
		.code_len = strlen(code),
		.cases = cases,
		.count = TESTS,
		.limits = limits,
	};
	struct judge_result result;

	json_bind(arena);
	for (int i = 0; i < TESTS; i++) {
		const int args[] = { i, 2 };

		cases[i].args = cJSON_CreateIntArray(args, 2);
		cases[i].expected = cJSON_CreateNumber(i + 2);
	}
	if (judge_run(judge, arena, 0, &job, &result) != OK || result.passed != TESTS)
		fail("the Python task was not accepted");
	json_bind(NULL);
	arena_destroy(arena);
}

static double milliseconds(void (*run)(void))
{
	int64_t start = clock_monotonic_us();

	run();
	return (double)(clock_monotonic_us() - start) / 1000;
}

static void measure_boxes(void)
{
	static double bare[ROUNDS], boxed[ROUNDS], wrapped[ROUNDS];
	bool has_bubblewrap = access("/usr/bin/bwrap", X_OK) == 0;
	double reference, once;
	int64_t start;

	for (int i = 0; i < ROUNDS; i++) {
		bare[i] = milliseconds(run_hello);
		boxed[i] = milliseconds(run_once);
		if (has_bubblewrap)
			wrapped[i] = milliseconds(run_bubblewrap);
	}
	reference = median(bare, ROUNDS);
	once = median(boxed, ROUNDS);
	row("C hello started as it is, ms", reference, "the reference");
	row("C hello in a fresh box, more than that, ms", once - reference, "bar: 3");
	if (has_bubblewrap)
		row("C hello in bubblewrap, more than that, ms",
		    median(wrapped, ROUNDS) - reference, "for comparison");
	start = clock_monotonic_us();
	run_boxed(MANY);
	row("one more test in that box, ms",
	    ((double)(clock_monotonic_us() - start) / 1000 - once) / (MANY - 1), "");
}

static void measure_python(void)
{
	static double tasks[TASKS];

	for (int i = 0; i < TASKS; i++)
		tasks[i] = milliseconds(run_python);
	row("Python function task of 20 tests, whole, ms", median(tasks, TASKS), "bar: 150");
}

static void read_hello(struct arena *arena)
{
	FILE *file = fopen(hello, "re");

	hello_bytes = arena_alloc(arena, HELLO_MAX);
	hello_size = file == NULL ? 0 : fread(hello_bytes, 1, HELLO_MAX, file);
	if (hello_size == 0 || hello_size == HELLO_MAX)
		fail("no program hello");
	fclose(file);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_create();
	char folder[] = "/tmp/viva-judge-bench-XXXXXX";
	struct judge_setup setup = { .tiers = "A1,A2,B,C", .slots = 1 };
	int slot;

	if (argc != 3 || mkdtemp(folder) == NULL)
		fail("usage: judge_bench FOLDER HELLO");
	log_open("judge_bench", NULL, 0);
	json_bind(arena);
	setup.programs = argv[1];
	setup.folder = folder;
	hello = argv[2];
	read_hello(arena);
	judge = judge_create(arena, &setup);
	if (judge_tier(judge) == NULL || judge_enter(judge, arena, &slot) != OK)
		fail("no sandbox here");
	measure_boxes();
	measure_python();
	arena_destroy(arena);
	fflush(stdout);
	execl("/bin/rm", "rm", "-r", folder, (char *)NULL);
	return 1;
}
