#include "judge_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

enum { ROUNDS = 60, WARM_UP = 20, THREADS = 4, THREAD_JOBS = 8 };

/* Runs a job in the first free slot. */
static struct judge_result run(const struct judge *judge, const struct judge_job *job)
{
	struct judge_result result = { .compile_message = "" };
	int slot = -1;

	CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(judge_run(judge, arena, slot, job, &result), OK);
	judge_leave(judge, slot);
	return result;
}

static void verdicts_of_a_function(void)
{
	static const char code[] = "import sys, time\n"
	                           "def f(what):\n"
	                           "    if what == 'loop':\n"
	                           "        while True: pass\n"
	                           "    if what == 'sleep': time.sleep(60)\n"
	                           "    if what == 'raise': return [][1]\n"
	                           "    if what == 'exit': sys.exit(0)\n"
	                           "    if what == 'flood':\n"
	                           "        while True: print('x' * 1000)\n"
	                           "    if what == 'eat':\n"
	                           "        return len([0] * 10 ** 9)\n"
	                           "    print('said')\n"
	                           "    return what\n";
	static const struct {
		const char *args, *expected;
		enum judge_verdict verdict;
	} rows[] = {
		{ "[1]", "1", JUDGE_ACCEPTED },
		{ "[1]", "true", JUDGE_WRONG_ANSWER },
		{ "[\"loop\"]", "1", JUDGE_TIME_LIMIT },
		{ "[\"sleep\"]", "1", JUDGE_TIME_LIMIT },
		{ "[\"raise\"]", "1", JUDGE_RUNTIME_ERROR },
		{ "[\"exit\"]", "1", JUDGE_RUNTIME_ERROR },
		{ "[\"flood\"]", "1", JUDGE_OUTPUT_LIMIT },
		{ "[\"eat\"]", "1", JUDGE_MEMORY_LIMIT },
		{ "[[2]]", "[2.0]", JUDGE_ACCEPTED },
	};
	enum { COUNT = sizeof(rows) / sizeof(rows[0]) };
	struct judge *judge = fixture_judge();
	struct judge_case cases[COUNT];
	struct judge_job job = fixture_job("python", code, cases, COUNT);
	struct judge_result result;

	if (judge == NULL)
		return;
	for (size_t i = 0; i < COUNT; i++)
		cases[i] = (struct judge_case){ .args = fixture_json(rows[i].args),
			                        .expected = fixture_json(rows[i].expected) };
	job.limits.cpu_ms = 400;
	job.limits.wall_ms = 4000; /* enough for 400 ms of work on a busy machine */
	result = run(judge, &job);
	CHECK(result.compiled);
	CHECK_INT((int)result.passed, 2);
	for (size_t i = 0; i < COUNT; i++)
		CHECK_STR(judge_verdict_name(result.outcomes[i].verdict),
		          judge_verdict_name(rows[i].verdict));
	CHECK_STR(result.outcomes[0].stdout_text, "said\n");
	CHECK(result.outcomes[2].cpu_ms >= 400);
	CHECK(result.outcomes[3].cpu_ms < 200);
	CHECK(result.outcomes[3].wall_ms >= 4000);
	CHECK_STR(result.outcomes[4].exception.class, "IndexError");
	CHECK_INT(result.outcomes[4].exception.line, 6);
	CHECK_STR(result.outcomes[5].exception.class, "NoAnswer");
}

static void a_server_is_started_again(void)
{
	static const char code[] = "function f(x) {\n"
	                           "  if (x === 'exit') process.exit(0);\n"
	                           "  if (x === 'loop') for (;;);\n"
	                           "  if (x === 'flood') for (;;) console.log('x'.repeat(1000));\n"
	                           "  return x;\n"
	                           "}\n";
	static const char *const args[] = { "[1]", "[\"exit\"]", "[2]",         "[\"loop\"]",
		                            "[3]", "[4]",        "[\"flood\"]", "[5]" };
	static const enum judge_verdict verdicts[] = {
		JUDGE_ACCEPTED, JUDGE_RUNTIME_ERROR, JUDGE_ACCEPTED,     JUDGE_TIME_LIMIT,
		JUDGE_ACCEPTED, JUDGE_ACCEPTED,      JUDGE_OUTPUT_LIMIT, JUDGE_ACCEPTED,
	};
	enum { COUNT = sizeof(args) / sizeof(args[0]) };
	struct judge *judge = fixture_judge();
	struct judge_case cases[COUNT];
	struct judge_job job = fixture_job("javascript", code, cases, COUNT);
	struct judge_result result;

	if (judge == NULL || !judge_has_language(judge, "javascript"))
		return;
	for (size_t i = 0; i < COUNT; i++)
		cases[i] = (struct judge_case){ .args = fixture_json(args[i]),
			                        .expected = cJSON_GetArrayItem(
			                                fixture_json(args[i]), 0) };
	job.limits.cpu_ms = 1000;
	result = run(judge, &job);
	for (size_t i = 0; i < COUNT; i++)
		CHECK_STR(judge_verdict_name(result.outcomes[i].verdict),
		          judge_verdict_name(verdicts[i]));
}

static void code_that_cannot_be_read(void)
{
	struct judge *judge = fixture_judge();
	struct judge_case test = { .args = fixture_json("[]") };
	struct judge_job job = fixture_job("python", "def f():\n    return (1\n", &test, 1);
	struct judge_result result;

	if (judge == NULL)
		return;
	result = run(judge, &job);
	CHECK(!result.compiled);
	CHECK(strstr(result.compile_message, "SyntaxError") != NULL);
	CHECK_INT(result.compile_line, 2);
	CHECK_INT(result.outcomes[0].verdict, JUDGE_COMPILE_ERROR);
	job.code = "def f():\n    return '\0'\n";
	job.code_len = 24;
	result = run(judge, &job);
	CHECK(!result.compiled);
	CHECK_INT(result.compile_line, 2);
	job.code_len = 0;
	result = run(judge, &job);
	CHECK(!result.compiled);
	CHECK(result.compile_message[0] != '\0');
}

static void endless_loops_do_not_hold_the_judge(void)
{
	enum { COUNT = 4 };
	struct judge *judge = fixture_judge();
	struct judge_case cases[COUNT];
	struct judge_job job = fixture_job("python", "def f(x):\n    while x:\n        pass\n",
	                                   cases, COUNT);
	struct judge_result result;

	if (judge == NULL)
		return;
	for (size_t i = 0; i < COUNT; i++)
		cases[i] = (struct judge_case){ .args = fixture_json(i < 2 ? "[1]" : "[0]") };
	job.limits.cpu_ms = 100;
	job.limits.wall_ms = 4000;
	result = run(judge, &job);
	CHECK_STR(judge_verdict_name(result.outcomes[3].verdict), "accepted");
	job.time_limits = 2;
	result = run(judge, &job);
	for (size_t i = 0; i < COUNT; i++)
		CHECK_STR(judge_verdict_name(result.outcomes[i].verdict), "time_limit");
	CHECK(result.outcomes[1].cpu_ms >= 100);
	CHECK_INT(result.outcomes[2].cpu_ms, 0);
}

static void jobs_that_make_no_sense(void)
{
	struct judge *judge = fixture_judge();
	struct judge_case test = { .args = fixture_json("[]") };
	const struct judge_job good = fixture_job("python", "def f(): pass", &test, 1);
	struct judge_job job = good;
	struct judge_result result;

	if (judge == NULL)
		return;
	job.language = "cobol";
	CHECK_INT(judge_run(judge, arena, 0, &job, &result), ERR_INVALID);
	CHECK(result.compile_message[0] != '\0');
	job = good;
	job.function = "";
	CHECK_INT(judge_run(judge, arena, 0, &job, &result), ERR_INVALID);
	job = good;
	job.kind = JUDGE_SQL;
	CHECK_INT(judge_run(judge, arena, 0, &job, &result), ERR_INVALID);
	job = good;
	job.limits.cpu_ms = 0;
	CHECK_INT(judge_run(judge, arena, 0, &job, &result), ERR_INVALID);
	job = good;
	job.count = 0;
	result = run(judge, &job);
	CHECK(result.compiled);
	CHECK_INT((int)result.count, 0);
}

/* --- a box that breaks ------------------------------------------------------------- */

/* True if the file of that process in /proc holds the text. */
static bool holds(const char *process, const char *file, const char *text)
{
	char path[300], bytes[2048];
	size_t len = 0;
	FILE *stream;

	snprintf(path, sizeof(path), "/proc/%s/%s", process, file);
	stream = fopen(path, "re");
	if (stream == NULL)
		return false;
	len = fread(bytes, 1, sizeof(bytes), stream);
	fclose(stream);
	return memmem(bytes, len, text, strlen(text)) != NULL;
}

/* A process of a box of this test, 0 if there is none; only a child of this process or any. */
static pid_t find_box(bool is_child)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;
	char parent[40];

	snprintf(parent, sizeof(parent), "PPid:\t%d\n", (int)getpid());
	while (found == 0 && (entry = readdir(processes)) != NULL)
		if (holds(entry->d_name, "cmdline", fixture_folder) &&
		    (!is_child || holds(entry->d_name, "status", parent)))
			found = (pid_t)atoi(entry->d_name);
	closedir(processes);
	return found;
}

/* Kills so many boxes, one after the other. */
static void *kill_boxes(void *count)
{
	for (int left = *(int *)count; left > 0; left--) {
		pid_t pid;

		while ((pid = find_box(true)) == 0)
			usleep(1000);
		usleep(20000); /* it is in the middle of a test then */
		kill(pid, SIGKILL);
		while (find_box(true) == pid)
			usleep(500);
	}
	return NULL;
}

static struct judge_result run_and_kill(const struct judge *judge, int kills)
{
	static const char code[] = "import time\ndef f():\n    time.sleep(0.1)\n    return 5\n";
	struct judge_case *cases = arena_array(arena, 2, sizeof(*cases));
	struct judge_job job = fixture_job("python", code, cases, 2);
	struct judge_result result;
	pthread_t killer;

	cases[0].args = cases[1].args = fixture_json("[]");
	cases[0].expected = cases[1].expected = fixture_json("5");
	CHECK_INT(pthread_create(&killer, NULL, kill_boxes, &kills), 0);
	result = run(judge, &job);
	pthread_join(killer, NULL);
	return result;
}

static void a_broken_box_is_tried_once_more(void)
{
	struct judge *judge = fixture_judge();
	struct judge_result result;

	if (judge == NULL)
		return;
	result = run_and_kill(judge, 1);
	CHECK_INT((int)result.passed, 2);
	result = run_and_kill(judge, 2);
	CHECK_INT((int)result.passed, 0);
	CHECK(result.compiled);
	CHECK_INT(result.outcomes[0].verdict, JUDGE_ERROR);
	CHECK_INT(result.outcomes[1].verdict, JUDGE_ERROR);
	for (int i = 0; i < 50 && find_box(false) != 0; i++)
		usleep(1000);
	CHECK_INT(find_box(false), 0);
}

/* --- many jobs --------------------------------------------------------------------- */

static int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;

	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count;
}

static long resident_kb(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (fscanf(file, "%*d %ld", &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void one_round(const struct judge *judge, struct arena *memory, int number)
{
	struct judge_case test = { .args = fixture_json("[3]"), .expected = fixture_json("4") };
	struct judge_job job = fixture_job("python", "def f(x):\n    return x + 1\n", &test, 1);
	struct judge_result result;
	int slot;

	if (number % 10 == 9)
		job.code = "import os\ndef f(x):\n    os._exit(x)\n";
	job.code_len = strlen(job.code);
	CHECK_INT(judge_enter(judge, memory, &slot), OK);
	CHECK_INT(judge_run(judge, memory, slot, &job, &result), OK);
	CHECK_INT((int)result.passed, number % 10 != 9);
}

/* VIVA_JUDGE_ROUNDS=1000 for the whole of it. */
static void nothing_is_left_behind(void)
{
	struct judge *judge = fixture_judge();
	struct arena *memory = arena_create();
	const char *wanted = getenv("VIVA_JUDGE_ROUNDS");
	int rounds = wanted == NULL ? ROUNDS : atoi(wanted), descriptors = 0;
	long resident = 0;

	for (int i = 0; judge != NULL && i < rounds; i++) {
		if (i == WARM_UP) {
			descriptors = count_descriptors();
			resident = resident_kb();
		}
		json_bind(memory);
		one_round(judge, memory, i);
		json_bind(arena);
		arena_reset(memory);
	}
	if (judge != NULL && rounds > WARM_UP) {
		CHECK_INT(count_descriptors(), descriptors);
		CHECK_INT(waitpid(-1, NULL, WNOHANG), -1); /* no child, not even a dead one */
		CHECK_INT(find_box(false), 0);
#ifndef __SANITIZE_ADDRESS__ /* which keeps freed memory for a while */
		CHECK(resident_kb() - resident < 1024);
#endif
		CHECK(resident > 0);
	}
	arena_destroy(memory);
}

struct worker {
	const struct judge *judge;
	int number, passed;
};

/* Answers that only this worker's tests expect. */
static void *work(void *object)
{
	struct worker *worker = object;

	for (int i = 0; i < THREAD_JOBS; i++) {
		struct arena *memory = arena_create();
		char code[100];
		struct judge_case test;
		struct judge_job job;
		struct judge_result result;
		int slot;

		json_bind(memory);
		snprintf(code, sizeof(code), "def f(x):\n    return x * %d\n", worker->number);
		test.args = fixture_json("[1000]");
		test.expected = cJSON_CreateNumber(1000 * worker->number);
		job = fixture_job("python", code, &test, 1);
		if (judge_enter(worker->judge, memory, &slot) == OK &&
		    judge_run(worker->judge, memory, slot, &job, &result) == OK)
			worker->passed += (int)result.passed;
		json_bind(NULL);
		arena_destroy(memory);
	}
	return NULL;
}

static void threads_do_not_mix(void)
{
	struct judge *judge = fixture_judge();
	struct worker workers[THREADS];
	pthread_t threads[THREADS];

	if (judge == NULL)
		return;
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ judge, i + 1, 0 };
		CHECK_INT(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(workers[i].passed, THREAD_JOBS);
	}
}

int main(void)
{
	fixture_open();
	RUN(verdicts_of_a_function);
	RUN(a_server_is_started_again);
	RUN(code_that_cannot_be_read);
	RUN(endless_loops_do_not_hold_the_judge);
	RUN(jobs_that_make_no_sense);
	RUN(a_broken_box_is_tried_once_more);
	RUN(nothing_is_left_behind);
	RUN(threads_do_not_mix);
	fixture_close();
	return check_done();
}
