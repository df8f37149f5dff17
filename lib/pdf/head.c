#include "base/config.h"
#include "base/json.h"
#include "pdf/writer.h"

static void add_fact(const struct writer *writer, const char *name, const char *value)
{
	static const double shares[] = { 0.3, 0.7 };
	const char *const cells[] = { name, value };

	if (value[0] != '\0')
		sheet_add_row(writer->sheet,
		              &(struct sheet_row){ .cells = cells, .shares = shares, .count = 2 });
}

static void add_member(const struct writer *writer, const char *name, const cJSON *page,
                       const char *member)
{
	add_fact(writer, name, json_string(page, member, ""));
}

/* Who graded how many questions, each with its version. */
static void add_engines(const struct writer *writer, const cJSON *scoring)
{
	const cJSON *engine;

	cJSON_ArrayForEach(engine, json_get(scoring, "engines")) add_fact(
	        writer, i18n(writer->language, "Graded by"),
	        arena_printf(writer->arena, "%s (%s): %s", json_string(engine, "engine", ""),
	                     json_string(engine, "version", ""),
	                     json_string(engine, "questions", "")));
}

static void add_facts(const struct writer *writer, const cJSON *page)
{
	const enum language language = writer->language;

	add_member(writer, i18n(language, "Participant"), page, "participant");
	add_member(writer, i18n(language, "Role"), page, "role");
	add_member(writer, i18n(language, "Level"), page, "level");
	add_member(writer, i18n(language, "Type"), page, "type");
	add_member(writer, i18n(language, "Language"), page, "language");
	add_member(writer, i18n(language, "Date"), page, "date");
	add_member(writer, i18n(language, "Time"), page, "duration");
	add_engines(writer, json_get(page, "scoring"));
	add_member(writer, i18n(language, "Report"), page, "report_id");
	add_member(writer, i18n(language, "Revision"), page, "revision");
	add_fact(writer, i18n(language, "How to check it"),
	         arena_printf(writer->arena,
	                      i18n(language, "Download this report as JSON and open the file on "
	                                     "the page %s of the site it comes from."),
	                      arena_printf(writer->arena, "%s/verify", config()->base_path)));
}

static void add_counts(const struct writer *writer, const cJSON *progress)
{
	static const struct {
		const char *name, *member;
	} counts[] = {
		{ N_("Skipped"), "skipped" },
		{ N_("“I don't know”"), "dont_know" },
		{ N_("Not reached"), "unanswered" },
		{ N_("Hints"), "hints_used" },
		{ N_("Model answers"), "model_answers_shown" },
	};
	struct buf line;

	buf_init(&line, writer->arena);
	buf_printf(&line, "%s: %s / %s", i18n(writer->language, "Answered"),
	           json_string(progress, "answered", ""), json_string(progress, "questions", ""));
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		buf_printf(&line, " · %s: %s", i18n(writer->language, counts[i].name),
		           json_string(progress, counts[i].member, ""));
	sheet_text(writer->sheet, SHEET_BODY, line.data);
}

static void add_result(const struct writer *writer, const cJSON *page)
{
	const char *verdict = json_string(page, "verdict", NULL);

	sheet_heading(writer->sheet, SHEET_PART, i18n(writer->language, "Result"), 80);
	sheet_text(writer->sheet, SHEET_FIGURE,
	           arena_printf(writer->arena, "%s / %s", json_string(page, "score", ""),
	                        json_string(page, "max_score", "")));
	sheet_text(writer->sheet, SHEET_STRONG,
	           arena_printf(writer->arena, "%s%s%s", json_string(page, "percent", ""),
	                        verdict != NULL ? " · " : "", verdict != NULL ? verdict : ""));
	add_counts(writer, json_get(page, "progress"));
	if (writer->for_admin && json_string(page, "level_fit", NULL) != NULL)
		sheet_text(writer->sheet, SHEET_BODY,
		           arena_printf(writer->arena, "%s: %s",
		                        i18n(writer->language, "Fit for the level"),
		                        json_string(page, "level_fit", "")));
}

void head_write(const struct writer *writer, const cJSON *page)
{
	sheet_text(writer->sheet, SHEET_TITLE, i18n(writer->language, "Interview report"));
	sheet_space(writer->sheet, 10);
	add_facts(writer, page);
	add_result(writer, page);
}
