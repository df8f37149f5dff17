#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "pdf/writer.h"

/* Characters of a cell, so that a row stays much shorter than a page. */
enum { CELL_MAX = 160, ATTEMPTS_MOST = 60 };

/* A value on one line, its line ends as signs. */
static const char *cell(const struct writer *writer, const char *value)
{
	struct buf out;

	buf_init(&out, writer->arena);
	for (; *value != '\0'; value++) {
		if (*value == '\n' && value[1] != '\0')
			buf_str(&out, "↵ ");
		else if (*value != '\n')
			buf_char(&out, *value);
	}
	return text_shortened(writer->arena, out.data, CELL_MAX);
}

/* --- attempts ------------------------------------------------------------------------------ */

static void write_attempt(const struct writer *writer, const cJSON *attempt)
{
	const char *message =
	        json_bool(attempt, "is_judged", false)
	                ? N_("Attempt {{number}} ({{code_language}}): public tests {{public}}, "
	                     "hidden "
	                     "tests {{hidden}}, execution errors {{errors}}, hints {{level}}, time "
	                     "{{spent}}, points {{points}}")
	                : N_("Attempt {{number}} ({{code_language}}): {{state}}, hints {{level}}, "
	                     "time {{spent}}");

	writer_item(writer, SHEET_BODY, writer_words(writer, message, attempt));
}

/* The last of them, should there be very many. */
static void write_attempts(const struct writer *writer, const cJSON *code)
{
	int left_out = (int)json_count(code, "attempts") - ATTEMPTS_MOST, index = 0;
	const cJSON *attempt;

	if (!json_bool(code, "has_attempts", false))
		return;
	sheet_heading(writer->sheet, SHEET_LABEL, i18n(writer->language, "Attempts"), 24);
	cJSON_ArrayForEach(attempt, json_get(code, "attempts"))
	{
		if (index++ >= left_out)
			write_attempt(writer, attempt);
	}
}

/* --- the best one -------------------------------------------------------------------------- */

static void write_test(const struct writer *writer, const cJSON *test)
{
	static const double shares[] = { 0.06, 0.2, 0.3, 0.22, 0.22 };
	const char *got = json_string(test, "got", json_string(test, "exception", ""));
	const char *const cells[] = {
		writer_words(writer, "{{number}}", test),
		json_string(test, "verdict", ""),
		cell(writer, json_string(test, "input", "")),
		cell(writer, json_string(test, "expected", "")),
		cell(writer, got),
	};

	sheet_add_row(writer->sheet,
	              &(struct sheet_row){ .cells = cells, .shares = shares, .count = 5 });
}

static void write_tests(const struct writer *writer, const cJSON *best)
{
	static const double shares[] = { 0.06, 0.2, 0.3, 0.22, 0.22 };
	const enum language language = writer->language;
	const char *const head[] = { "", i18n(language, "Public test"), i18n(language, "Input"),
		                     i18n(language, "Expected"), i18n(language, "Got") };
	const cJSON *test;

	if (!json_bool(best, "is_judged", false))
		return;
	if (json_bool(best, "has_tests", false))
		sheet_add_row(writer->sheet, &(struct sheet_row){ .cells = head,
		                                                  .shares = shares,
		                                                  .count = 5,
		                                                  .is_head = true });
	cJSON_ArrayForEach(test, json_get(best, "tests")) write_test(writer, test);
	writer_text(writer, SHEET_BODY, best, "hidden_sentence");
}

static void write_source(const struct writer *writer, const char *heading, const char *source)
{
	sheet_heading(writer->sheet, SHEET_LABEL, heading, 36);
	sheet_indent(writer->sheet, 10);
	sheet_rule(writer->sheet, SHEET_LINE);
	sheet_text(writer->sheet, SHEET_CODE, source);
	sheet_rule(writer->sheet, 0);
	sheet_indent(writer->sheet, -10);
}

static void write_best(const struct writer *writer, const cJSON *best)
{
	if (!cJSON_IsObject(best))
		return;
	write_source(writer, writer_words(writer, N_("Code of attempt {{number}}"), best),
	             json_string(best, "source", ""));
	if (json_string(best, "compile_error", NULL) != NULL)
		sheet_text(writer->sheet, SHEET_BODY,
		           arena_printf(writer->arena, "%s %s",
		                        i18n(writer->language, "The code does not compile:"),
		                        json_string(best, "compile_error", "")));
	write_tests(writer, best);
	writer_text(writer, SHEET_BODY, json_get(best, "growth"), "sentence");
	writer_text(writer, SHEET_SMALL, json_get(best, "growth"), "line");
}

/* --- help ---------------------------------------------------------------------------------- */

static void write_hints(const struct writer *writer, const cJSON *code)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, json_get(code, "hints"))
	{
		sheet_heading(
		        writer->sheet, SHEET_LABEL,
		        writer_words(writer,
		                     N_("Hint {{hint_level}} (price with the levels before it: "
		                        "{{hint_price}})"),
		                     row),
		        24);
		writer_text(writer, SHEET_BODY, row, "hint_text");
		writer_text(writer, SHEET_SMALL, row, "author");
	}
	cJSON_ArrayForEach(row, json_get(code, "explanations"))
	{
		sheet_heading(writer->sheet, SHEET_LABEL, json_string(row, "where", ""), 24);
		writer_text(writer, SHEET_BODY, row, "words");
		writer_text(writer, SHEET_SMALL, row, "author");
	}
}

void code_write(const struct writer *writer, const cJSON *code)
{
	markup_write(writer, json_string(code, "description", ""));
	writer_text(writer, SHEET_CODE, code, "signature");
	if (json_bool(code, "is_unjudged", false))
		writer_say(writer, SHEET_BODY,
		           N_("The code was stored but not judged, so it has no score."), NULL);
	if (json_string(code, "computation", NULL) != NULL)
		sheet_text(writer->sheet, SHEET_BODY,
		           arena_printf(writer->arena, "%s %s",
		                        i18n(writer->language, "How it was computed:"),
		                        json_string(code, "computation", "")));
	write_attempts(writer, code);
	write_best(writer, json_get(code, "best"));
	write_hints(writer, code);
}
