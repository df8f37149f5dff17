/*
 * What a CV costs: pdftotext in a fresh box and reading its text, beside pdftotext alone.
 * Medians of interleaved rounds.
 *   cv_bench FOLDER-OF-PROGRAMS CV.pdf
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "profile/cv.h"
#include "profile/extract.h"

enum { ROUNDS = 41, PDF_MAX = 1 << 20 };

static const char *file;
static struct judge *judge;

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), by_value);
	return values[ROUNDS / 2];
}

static void fail(const char *what)
{
	fprintf(stderr, "cv_bench: %s\n", what);
	exit(1);
}

static double ms_since(int64_t start)
{
	return (double)(clock_monotonic_us() - start) / 1000;
}

static double run_bare(void)
{
	static char *const environment[] = { NULL };
	char *argv[] = { "/usr/bin/pdftotext", "-enc", "UTF-8", (char *)file, "-", NULL };
	const int64_t start = clock_monotonic_us();
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environment) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0)
		fail("pdftotext does not run");
	posix_spawn_file_actions_destroy(&actions);
	return ms_since(start);
}

static double run_boxed(const struct buf *pdf, struct arena *arena, const char **ret_text)
{
	const int64_t start = clock_monotonic_us();

	const enum cv_fault fault = cv_text(judge, arena, pdf, ret_text);

	if (fault != CV_FINE)
		fail(cv_fault_text(fault, LANG_EN));
	return ms_since(start);
}

static double run_extract(const char *text)
{
	const int64_t start = clock_monotonic_us();
	struct arena *arena = arena_create();

	if (extract_read(arena, text, clock_now_ms()).proposal.position.value == NULL)
		fail("the CV has no position");
	arena_destroy(arena);
	return ms_since(start);
}

static void read_file(struct buf *pdf)
{
	FILE *in = fopen(file, "rb");
	char *bytes = arena_alloc(pdf->arena, PDF_MAX);
	size_t len = in == NULL ? 0 : fread(bytes, 1, PDF_MAX, in);

	if (len == 0)
		fail("no such file");
	fclose(in);
	buf_add(pdf, bytes, len);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_create();
	char folder[] = "/tmp/viva-cv-bench-XXXXXX";
	struct judge_setup setup = { .tiers = "A1,A2,B,C", .folder = mkdtemp(folder) };
	double bare[ROUNDS], boxed[ROUNDS], extract[ROUNDS], reference;
	const char *text = "";
	struct buf pdf;

	if (argc != 3 || setup.folder == NULL)
		fail("FOLDER-OF-PROGRAMS CV.pdf");
	setup.programs = argv[1];
	file = argv[2];
	json_bind(arena);
	log_open("cv_bench", folder, 0);
	judge = judge_create(arena, &setup);
	buf_init(&pdf, arena);
	read_file(&pdf);
	for (int i = 0; i < ROUNDS; i++) {
		bare[i] = run_bare();
		boxed[i] = run_boxed(&pdf, arena, &text);
		extract[i] = run_extract(text);
	}
	reference = median(bare);
	printf("%-52s %12.2f   %s\n", "pdftotext on a CV as it is, ms", reference, "the reference");
	printf("%-52s %12.2f   %s\n", "pdftotext in a fresh box / as it is",
	       median(boxed) / reference, "");
	printf("%-52s %12.2f   (%.2f ms of %zu bytes)\n", "reading its text / pdftotext",
	       median(extract) / reference, median(extract), strlen(text));
	arena_destroy(arena);
	return 0;
}
