#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "examiner/examiner.h"
#include "report/terms.h"
#include "view/bank_view.h"
#include "view/code_results.h"
#include "report/segments.h"

/* --- an answer ----------------------------------------------------------------------- */

/* The points as a report has them: the same view shows their evidence. */
static cJSON *points_of(const struct score_result *result)
{
	cJSON *points = cJSON_CreateArray();

	for (size_t i = 0; i < result->point_count; i++) {
		const struct score_point *point = &result->points[i];
		cJSON *item = json_add_object(points), *evidence = json_set_array(item, "evidence");

		json_set_string(item, "text", point->text);
		json_set_string(item, "status", score_status_name(point->status));
		json_set_string(item, "wording", point->wording);
		json_set_string(item, "wrong", point->wrong);
		json_set_number(item, "credit", point->credit);
		for (size_t j = 0; j < point->span_count; j++) {
			cJSON *span = json_add_object(evidence);

			json_set_number(span, "start", (double)point->spans[j].start);
			json_set_number(span, "end", (double)point->spans[j].end);
		}
	}
	return points;
}

static void name_points(struct arena *arena, cJSON *points, enum language language)
{
	cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		const char *status = json_string(point, "status", "");

		json_set_string(point, "status_text", terms_status(language, status));
		json_set_string(point, "percent",
		                format_percent(arena, language, json_number(point, "credit", 0)));
	}
}

enum err bank_view_try(struct arena *arena, cJSON *page, const struct bank_question *question,
                       const struct bank_reader *reader, const char *answer)
{
	struct exam_question exam;
	struct score_result result;
	cJSON *trial, *points;
	enum err err = exam_question_parse(arena, question->body, reader->asked, &exam);

	if (err != OK)
		return err;
	score_answer(arena, &exam.score, answer, strlen(answer), &result);
	trial = json_set_object(page, "trial");
	json_set_string(trial, "score", format_number(arena, reader->language, result.score));
	json_set_string(trial, "max_score",
	                format_number(arena, reader->language, result.max_score));
	json_set_string(trial, "verdict",
	                terms_verdict(reader->language, score_verdict_name(result.verdict)));
	points = points_of(&result);
	json_set(trial, "segments", segments_of(arena, answer, points, NULL));
	name_points(arena, points, reader->language);
	json_set(trial, "points", points);
	return OK;
}

/* --- code ---------------------------------------------------------------------------- */

void bank_view_run(struct arena *arena, cJSON *page, const struct bank_run *run,
                   enum language language)
{
	const struct judge_result *result = run->result;
	cJSON *view = json_set_object(page, "run"), *tests;

	json_set_string(view, "code", run->code);
	json_set_string(view, "code_language", terms_code_language(run->language));
	json_set_string(view, "passed",
	                arena_printf(arena, "%zu / %zu", result->passed, result->count));
	if (!result->compiled)
		json_set_string(view, "compile_message", result->compile_message);
	tests = json_set_array(view, "tests");
	for (size_t i = 0; i < result->count; i++) {
		const struct judge_outcome *outcome = &result->outcomes[i];
		cJSON *test = json_add_object(tests);

		json_set_number(test, "number", (double)i + 1);
		json_set_bool(test, "is_hidden", i >= run->task->public_tests.count);
		json_set_string(test, "verdict",
		                code_verdict_text(language, judge_verdict_name(outcome->verdict)));
		json_set_string(test, "got",
		                outcome->got != NULL ? json_text(outcome->got)
		                                     : outcome->exception.message);
		json_set_number(test, "cpu_ms", outcome->cpu_ms);
	}
}
