/*
 * What a PDF costs beside the TXT of the same report, each made anew, and how much memory many
 * of them leave behind. Medians of interleaved rounds. Run in the folder with templates.
 *   pdf_bench REPORT.json
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "pdf/pdf.h"
#include "report/report.h"

enum { ROUNDS = 201, REPORT_MAX = 4 << 20 };

static int by_value(const void *a, const void *b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), by_value);
	return values[ROUNDS / 2];
}

struct bench {
	struct mustache *templates;
	struct press *press;
	struct report_row row;
};

/* Milliseconds to make the form from the stored text on. */
static double time_of(const struct bench *bench, struct arena *arena, bool is_pdf)
{
	const int64_t start = clock_monotonic_us();
	struct buf out;
	cJSON *document;
	enum err err;

	json_bind(arena);
	buf_init(&out, arena);
	if (is_pdf)
		err = json_parse(bench->row.body, strlen(bench->row.body), &document) == OK
		              ? pdf_report(bench->press, arena,
		                           &(struct pdf_subject){ .document = document,
		                                                  .for_admin = true },
		                           &out)
		              : ERR_INVALID;
	else
		err = report_txt(bench->templates, arena, &bench->row, true, &out);
	if (err != OK) {
		fprintf(stderr, "pdf_bench: %s\n", err_name(err));
		exit(1);
	}
	arena_reset(arena);
	return (double)(clock_monotonic_us() - start) / 1000;
}

static long resident_kib(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long size, pages = 0;

	if (file == NULL || fscanf(file, "%ld %ld", &size, &pages) != 2)
		exit(1);
	fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int argc, char **argv)
{
	struct arena *lasting = arena_create(), *arena = arena_create();
	struct bench bench = { .press = pdf_open(lasting), .row = { .id = "bench" } };
	static double pdf[ROUNDS], txt[ROUNDS];
	char *body;
	size_t len;
	long before = 0;
	double first;

	json_bind(lasting);
	if (argc != 2 || i18n_load("build/locale") != OK ||
	    mustache_load(lasting, "templates", &bench.templates) != OK ||
	    file_read(lasting, argv[1], REPORT_MAX, &body, &len) != OK)
		return 1;
	bench.row.body = body;
	first = time_of(&bench, arena, true);
	for (int i = 0; i < ROUNDS; i++) {
		txt[i] = time_of(&bench, arena, false);
		pdf[i] = time_of(&bench, arena, true);
		if (i == 10)
			before = resident_kib();
	}
	printf("%-52s %12.1f\n", "report PDF made / TXT made", median(pdf) / median(txt));
	printf("%-52s %12.1f\n", "the PDF alone, ms", median(pdf));
	printf("%-52s %12.1f\n", "the first of a process, with its fonts, ms", first);
	printf("%-52s %12ld\n", "resident memory after 190 more of them, KiB",
	       resident_kib() - before);
	arena_destroy(arena);
	arena_destroy(lasting);
	return 0;
}
