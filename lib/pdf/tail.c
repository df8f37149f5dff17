#include "base/json.h"
#include "pdf/writer.h"

static void write_scoring(const struct writer *writer, const cJSON *page)
{
	const cJSON *scoring = json_get(page, "scoring"), *engine;
	const bool has_theory = json_bool(page, "has_theory", false);

	sheet_heading(writer->sheet, SHEET_PART,
	              i18n(writer->language, "How this score came about"), 50);
	if (has_theory) {
		writer_say(
		        writer, SHEET_SMALL,
		        N_("Each answer is compared with the key points of its question. A point "
		           "counts as said [+], half said [~] or not said [-]."),
		        NULL);
		writer_say(
		        writer, SHEET_SMALL,
		        N_("Each hint lowers the score of its question by {{hint_price}} points. "
		           "Once the model answer was shown, a question scores at most "
		           "{{model_answer_cap}} points."),
		        scoring);
	}
	if (json_bool(page, "has_coding", false) && cJSON_IsObject(json_get(scoring, "coding")))
		writer_say(
		        writer, SHEET_SMALL,
		        N_("A coding task: {{max_score}} × ({{public_weight}} × share of public "
		           "tests passed + {{hidden_weight}} × share of hidden tests passed) of "
		           "the "
		           "best attempt. Hints cost {{hint_prices}} points by the highest level "
		           "taken, each failed submission before the first full pass "
		           "{{failure_price}}, at most {{failures_price_max}} in all. Never below "
		           "0, "
		           "rounded to 0.1."),
		        json_get(scoring, "coding"));
	if (has_theory)
		sheet_text(writer->sheet, SHEET_SMALL,
		           arena_printf(writer->arena, "%s %s",
		                        i18n(writer->language, "Quality of the answers, overall:"),
		                        json_string(scoring, "rubric_formula", "")));
	sheet_text(writer->sheet, SHEET_SMALL,
	           arena_printf(writer->arena, "%s %s", i18n(writer->language, "Scoring version:"),
	                        json_string(scoring, "version", "")));
	cJSON_ArrayForEach(engine, json_get(scoring, "engines")) writer_say(
	        writer, SHEET_SMALL,
	        N_("Graded by {{engine}} ({{version}}), questions: {{questions}}"), engine);
}

static void write_list(const struct writer *writer, const char *heading, const cJSON *rows)
{
	const cJSON *row;

	sheet_heading(writer->sheet, SHEET_STRONG, heading, 28);
	cJSON_ArrayForEach(row, rows) writer_item(writer, SHEET_BODY, json_string(row, "text", ""));
}

/* A report of before it was told has none. */
static void write_basis(const struct writer *writer, const cJSON *basis)
{
	if (!cJSON_IsObject(basis))
		return;
	sheet_heading(writer->sheet, SHEET_PART,
	              i18n(writer->language, "What was used and what was not"), 50);
	if (json_bool(basis, "has_used", false))
		write_list(writer, i18n(writer->language, "The marks rest on"),
		           json_get(basis, "used"));
	write_list(writer, i18n(writer->language, "These have no part in the marks"),
	           json_get(basis, "not_used"));
}

void tail_write(const struct writer *writer, const cJSON *page)
{
	write_scoring(writer, page);
	write_basis(writer, json_get(page, "basis"));
}
