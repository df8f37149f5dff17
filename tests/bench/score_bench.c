/*
 * What grading an answer costs, beside stemming the answer's words once with libstemmer,
 * which no lexical grader can do without; and what the worst answers of a megabyte cost.
 * Processor time, but for the command's, which is that of the clock.
 *   score_bench VIVA LINES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libstemmer.h>

#include "base/buf.h"
#include "base/json.h"
#include "score/line.h"
#include "score/recent.h"

enum { ANSWERS = 2000, ROUNDS = 5, MEGABYTE = 1000000 };

/* Milliseconds of one thing for every answer. */
struct series {
	double values[ANSWERS];
	size_t count;
};

static void fail(const char *what)
{
	fprintf(stderr, "score_bench: %s\n", what);
	exit(1);
}

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

/* The value that this share of the series does not exceed. */
static double quantile(struct series *series, double share)
{
	qsort(series->values, series->count, sizeof(double), by_value);
	return series->values[(size_t)(share * (double)(series->count - 1))];
}

static void row(const char *name, double value, const char *format, const char *bar)
{
	char text[32];

	snprintf(text, sizeof(text), format, value);
	printf("%-52s %12s   %s\n", name, text, bar);
}

/* Stems every run of bytes between blanks; returns how many bytes the stems have. */
static size_t stem_words(struct sb_stemmer *stemmer, const char *text)
{
	size_t sum = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ,.;:");

		if (len > 0 && sb_stemmer_stem(stemmer, (const sb_symbol *)text, (int)len) != NULL)
			sum += (size_t)sb_stemmer_length(stemmer);
		text += len;
		text += strspn(text, " ,.;:");
	}
	return sum;
}

static double time_stemming(struct sb_stemmer *stemmer, const char *answer)
{
	double start = now(CLOCK_PROCESS_CPUTIME_ID);

	if (stem_words(stemmer, answer) == 0)
		fail("an answer without words");
	return now(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static double time_grading(const struct score_key *key, const struct score_line *line)
{
	struct arena *arena = arena_create();
	struct score_result result;
	double start = now(CLOCK_PROCESS_CPUTIME_ID), taken;

	score_grade(arena, key, line->answer, strlen(line->answer), &result);
	taken = now(CLOCK_PROCESS_CPUTIME_ID) - start;
	arena_destroy(arena);
	return taken;
}

static double time_alone(const struct score_line *line)
{
	struct arena *arena = arena_create();
	struct score_result result;
	double start = now(CLOCK_PROCESS_CPUTIME_ID), taken;

	score_answer(arena, &line->question, line->answer, strlen(line->answer), &result);
	taken = now(CLOCK_PROCESS_CPUTIME_ID) - start;
	arena_destroy(arena);
	return taken;
}

static void note(struct series *series, double value)
{
	series->values[series->count++] = value;
}

/* Reads the next request; the document lives in the bound arena. */
static bool read_line(FILE *file, struct arena *arena, struct score_line *ret_line)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len = getline(&text, &room, file);
	const char *fault;

	if (len <= 0) {
		free(text);
		return false;
	}
	if (score_line_read(arena, text, (size_t)len, ret_line, &fault) != OK)
		fail(fault);
	free(text);
	return true;
}

static void measure_answers(FILE *file, struct arena *arena)
{
	static struct series stemming, prepared, alone;
	struct sb_stemmer *english = sb_stemmer_new("english", NULL);
	struct sb_stemmer *russian = sb_stemmer_new("russian", NULL);
	struct recent *recent = recent_create(arena);
	struct score_line line;
	double reference;

	while (stemming.count < ANSWERS && read_line(file, arena, &line)) {
		const struct score_key *key = recent_key(recent, &line.question);
		bool latin = line.question.language == LANG_EN;

		note(&stemming, time_stemming(latin ? english : russian, line.answer));
		note(&prepared, time_grading(key, &line));
		note(&alone, time_alone(&line));
	}
	sb_stemmer_delete(english);
	sb_stemmer_delete(russian);
	reference = quantile(&stemming, 0.5);
	row("an answer's words stemmed once, ms (median)", reference, "%.4f", "the reference");
	row("answer graded, question prepared / that", quantile(&prepared, 0.5) / reference, "%.1f",
	    "");
	row("  ms (median)", quantile(&prepared, 0.5), "%.3f", "bar: 0.1");
	row("  ms (p99)", quantile(&prepared, 0.99), "%.3f", "");
	row("answer graded with its question / stemming", quantile(&alone, 0.5) / reference, "%.1f",
	    "");
	row("  ms (median)", quantile(&alone, 0.5), "%.3f", "bar: 1");
	row("  ms (p99)", quantile(&alone, 0.99), "%.3f", "");
}

static double time_command(const char *command)
{
	double start = now(CLOCK_MONOTONIC);

	if (system(command) != 0)
		fail(command);
	return now(CLOCK_MONOTONIC) - start;
}

/* The whole command, JSON included. */
static void measure_command(struct arena *arena, const char *viva, const char *lines, FILE *file)
{
	static struct series whole;
	const char *command = arena_printf(arena, "%s score <%s >/dev/null", viva, lines);
	size_t count = 0;

	rewind(file);
	for (int c = getc(file); c != EOF; c = getc(file))
		count += c == '\n';
	for (int i = 0; i < ROUNDS; i++)
		note(&whole, time_command(command));
	row("viva score, answers a second", 1000 * (double)count / quantile(&whole, 0.5), "%.0f",
	    "bar: at least 5000");
}

/* The unit again and again until the text has a megabyte. */
static const char *filled(struct arena *arena, const char *unit)
{
	struct buf text;

	buf_init(&text, arena);
	while (text.len + strlen(unit) <= MEGABYTE)
		buf_str(&text, unit);
	return text.data;
}

/* Words that are all different, with what stands before and after each. */
static const char *distinct(struct arena *arena, const char *before, const char *after)
{
	struct buf text;

	buf_init(&text, arena);
	for (unsigned number = 0; text.len < MEGABYTE - 64; number++) {
		buf_str(&text, before);
		for (unsigned rest = number, i = 0; i < 5; i++, rest /= 26)
			buf_char(&text, (char)('a' + rest % 26));
		buf_str(&text, after);
	}
	return text.data;
}

static void measure_worst(struct arena *arena, const struct score_line *line)
{
	const char *reference = arena_printf(arena, "%s ", line->question.references.items[0]);
	const struct {
		const char *name, *answer;
	} texts[] = {
		{ "one word", filled(arena, "server ") },
		{ "distinct words", distinct(arena, "", " ") },
		{ "sentences of one distinct word", distinct(arena, "", ". ") },
		{ "distinct words that begin alike", distinct(arena, "inter", " ") },
		{ "negators", filled(arena, "not never no without ") },
		{ "line ends", filled(arena, "\n") },
		{ "tags", filled(arena, "<p>") },
		{ "open tags", filled(arena, "<p ") },
		{ "nested tags", filled(arena, "<div><b>") },
		{ "the reference", filled(arena, reference) },
		{ "the question", filled(arena, line->question.text) },
		{ "contractions", filled(arena, "don't can't ") },
		{ "one letter", filled(arena, "a") },
	};
	const struct score_key *key = score_prepare(arena, &line->question);
	const char *name = "";
	double worst = 0;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		static struct series times;
		struct score_line long_line = *line;

		long_line.answer = texts[i].answer;
		times.count = 0;
		for (int round = 0; round < ROUNDS; round++)
			note(&times, time_grading(key, &long_line));
		if (quantile(&times, 0.5) > worst) {
			worst = quantile(&times, 0.5);
			name = texts[i].name;
		}
	}
	row(arena_printf(arena, "1 MB of %s, ms", name), worst, "%.0f", "bar: 100");
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_create();
	struct score_line line;
	FILE *file;

	if (argc != 3 || (file = fopen(argv[2], "re")) == NULL)
		fail("usage: score_bench VIVA LINES");
	json_bind(arena);
	measure_answers(file, arena);
	measure_command(arena, argv[1], argv[2], file);
	rewind(file);
	if (!read_line(file, arena, &line))
		fail("no lines");
	measure_worst(arena, &line);
	fclose(file);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
