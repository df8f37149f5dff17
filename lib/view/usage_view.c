#include "view/usage_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/examiner.h"
#include "view/labels.h"

enum { MAX_TITLE = 160 };

static const struct period {
	const char *code, *title;
	int hours;
} periods[] = {
	{ "day", N_("24 hours"), 24 },
	{ "week", N_("7 days"), 7 * 24 },
	{ "month", N_("30 days"), 30 * 24 },
};

enum { PERIOD_COUNT = sizeof(periods) / sizeof(*periods) };

int64_t usage_view_period_ms(const char *period)
{
	for (size_t i = 0; i < PERIOD_COUNT; i++)
		if (strcmp(periods[i].code, period) == 0)
			return periods[i].hours * INT64_C(3600000);
	return 0;
}

static void add_periods(cJSON *page, const char *current, enum language language)
{
	cJSON *array = json_set_array(page, "periods");

	for (size_t i = 0; i < PERIOD_COUNT; i++) {
		cJSON *item = json_add_object(array);

		json_set_string(item, "code", periods[i].code);
		json_set_string(item, "title", i18n(language, periods[i].title));
		json_set_bool(item, "current", strcmp(periods[i].code, current) == 0);
	}
}

static const char *state_text(enum language language, enum model_state state)
{
	static const char *const texts[] = {
		[MODEL_NONE] = N_("No model is configured: the built-in examiner asks and grades."),
		[MODEL_READY] = N_("The endpoint of the model is ready."),
		[MODEL_PAUSED] = N_("The endpoint of the model asked for a pause: calls wait, or "
		                    "the built-in examiner takes their place."),
		[MODEL_OPEN] = N_("The endpoint of the model does not work: the built-in examiner "
		                  "takes its place, and it is tried again from time to time."),
	};

	return i18n(language, texts[state]);
}

/* --- calls -------------------------------------------------------------------- */

static const char *seconds(struct arena *arena, enum language language, double ms)
{
	if (!isfinite(ms))
		return format_number(arena, language, ms);
	if (ms < 1000)
		return arena_printf(arena, i18n(language, "%s ms"),
		                    format_number(arena, language, round(ms)));
	return arena_printf(arena, i18n(language, "%s s"),
	                    format_number(arena, language, ms / 1000));
}

/* "≈" stands before a sum in which calls are that did not tell their tokens. */
static const char *tokens(struct arena *arena, enum language language, int64_t count,
                          int64_t estimated)
{
	return arena_printf(arena, "%s%s", estimated > 0 ? "≈\xC2\xA0" : "",
	                    format_number(arena, language, (double)count));
}

static void set_counts(struct arena *arena, cJSON *item, const struct llm_usage_row *row,
                       enum language language)
{
	json_set_string(item, "calls", format_number(arena, language, (double)row->calls));
	json_set_string(item, "errors", format_number(arena, language, (double)row->errors));
	json_set_bool(item, "has_errors", row->errors > 0);
	json_set_string(item, "prompt_tokens",
	                tokens(arena, language, row->prompt_tokens, row->estimated));
	json_set_string(item, "completion_tokens",
	                tokens(arena, language, row->completion_tokens, row->estimated));
}

static void add_row(struct arena *arena, cJSON *rows, const struct llm_usage_row *row,
                    enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "agent", label_agent(language, row->agent));
	json_set_string(item, "model", row->model);
	set_counts(arena, item, row, language);
	json_set_string(item, "latency", seconds(arena, language, row->latency_ms));
	json_set_string(item, "p95", seconds(arena, language, (double)row->latency_p95_ms));
	json_set_string(item, "slowest", seconds(arena, language, (double)row->latency_max_ms));
	json_set_string(item, "first_token", seconds(arena, language, row->first_token_ms));
}

static void add_usage(struct arena *arena, cJSON *page, const struct llm_usage_list *usage,
                      enum language language)
{
	cJSON *rows = json_set_array(page, "usage");
	struct llm_usage_row total = { 0 };

	for (size_t i = 0; i < usage->count; i++) {
		const struct llm_usage_row *row = &usage->items[i];

		add_row(arena, rows, row, language);
		total.calls += row->calls;
		total.errors += row->errors;
		total.prompt_tokens += row->prompt_tokens;
		total.completion_tokens += row->completion_tokens;
		total.estimated += row->estimated;
	}
	json_set_bool(page, "has_usage", usage->count > 0);
	json_set_bool(page, "has_estimates", total.estimated > 0);
	set_counts(arena, json_set_object(page, "total"), &total, language);
}

/* --- disagreements ------------------------------------------------------------ */

static const char *title_of(struct arena *arena, const struct disagreement *row)
{
	struct exam_question question;

	if (exam_question_parse(arena, row->snapshot, row->language, &question) != OK)
		return "–";
	return text_shortened(arena, text_one_line(arena, question.score.text), MAX_TITLE);
}

static void add_disagreement(struct arena *arena, cJSON *rows, const struct disagreement *row,
                             enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "interview_id", row->interview_id);
	json_set_string(item, "date", format_date(arena, row->created_at));
	json_set_string(item, "candidate", row->candidate);
	json_set_number(item, "position", row->position);
	json_set_string(item, "title", title_of(arena, row));
	json_set_string(item, "title_language", language_code(row->language));
	json_set_string(item, "engine", row->engine);
	json_set_string(item, "score", format_number(arena, language, row->score));
	json_set_string(item, "builtin_score", format_number(arena, language, row->builtin_score));
	json_set_string(item, "max_score", format_number(arena, language, row->max_score));
	json_set_bool(item, "has_report", row->has_report);
}

cJSON *usage_view_page(struct arena *arena, const struct usage_page *usage, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows;

	add_periods(page, usage->period, language);
	json_set_string(page, "state", state_text(language, usage->state));
	json_set_bool(page, "is_broken", usage->state == MODEL_OPEN);
	add_usage(arena, page, &usage->usage, language);
	rows = json_set_array(page, "disagreements");
	for (size_t i = 0; i < usage->disagreements.count; i++)
		add_disagreement(arena, rows, &usage->disagreements.items[i], language);
	json_set_bool(page, "has_disagreements", usage->disagreements.count > 0);
	json_set_string(page, "disagreement",
	                format_number(arena, language, EVALUATION_DISAGREEMENT));
	return page;
}
