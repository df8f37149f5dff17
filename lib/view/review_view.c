#include "view/review_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/zone.h"
#include "report/segments.h"
#include "report/terms.h"
#include "view/progress_view.h"

/* --- what is due --------------------------------------------------------------------- */

static void add_item(struct arena *arena, cJSON *list, const struct review_item *item,
                     enum language language)
{
	cJSON *object = json_add_object(list), *points = json_set_array(object, "points");

	json_set_string(object, "question", item->exam.score.text);
	json_set_string(object, "count_text",
	                arena_printf(arena,
	                             i18n_plural(language, "%d key point", "%d key points",
	                                         (long long)item->count),
	                             (int)item->count));
	for (size_t i = 0; i < item->count; i++)
		json_set_string(json_add_object(points), "text",
		                item->exam.score.points[item->points[i]].text);
}

static void add_next_due(struct arena *arena, cJSON *page, int64_t next_due_at)
{
	json_set_string(page, "next_due",
	                next_due_at > 0 ? zone_text(arena, next_due_at, CLOCK_DATE_TIME) : NULL);
}

cJSON *review_view(struct arena *arena, const struct review_view_due *due, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *list = json_set_array(page, "items");

	for (size_t i = 0; i < due->items->count; i++)
		add_item(arena, list, &due->items->items[i], language);
	progress_view_add_due(arena, page, due->due, language);
	add_next_due(arena, page, due->next_due_at);
	json_set_string(page, "start_text",
	                arena_printf(arena,
	                             i18n_plural(language, "Review for %d minute",
	                                         "Review for %d minutes", REVIEW_MINUTES),
	                             REVIEW_MINUTES));
	return page;
}

/* --- a question ---------------------------------------------------------------------- */

cJSON *review_view_question(struct arena *arena, const struct review_view_question *question)
{
	const struct review_item *item = question->item;
	const enum language language = item->exam.score.language;
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "bank_id", item->bank_id);
	json_set_string(page, "question", item->exam.score.text);
	json_set_string(
	        page, "wanted",
	        arena_printf(arena,
	                     i18n_plural(language, "%d key point of it is due.",
	                                 "%d key points of it are due.", (long long)item->count),
	                     (int)item->count));
	json_set_string(page, "time_left",
	                arena_printf(arena,
	                             i18n_plural(language, "%d minute left", "%d minutes left",
	                                         question->minutes_left),
	                             question->minutes_left));
	json_set_string(page, "typed", question->typed);
	json_set_string(page, "nonce", question->nonce);
	json_set_number(page, "since", (double)question->since);
	json_set_number(page, "max_length", REVIEW_MAX_ANSWER);
	return page;
}

/* --- an answer ----------------------------------------------------------------------- */

/* An empty object for a result that cannot be read: the answer is shown all the same. */
static const cJSON *result_of(const struct review_answer *answer)
{
	cJSON *result;

	if (json_parse(answer->result, strlen(answer->result), &result) != OK)
		return cJSON_CreateObject();
	return result;
}

static const char *again_text(struct arena *arena, enum language language, const cJSON *point)
{
	const int days = (int)json_number(point, "days", 0);

	if (days == 0)
		return arena_printf(arena,
		                    i18n_plural(language, "comes again in %d minute",
		                                "comes again in %d minutes", MEMORY_AGAIN_MIN),
		                    MEMORY_AGAIN_MIN);
	return arena_printf(arena,
	                    i18n_plural(language, "comes again in %1$d day, on %2$s",
	                                "comes again in %1$d days, on %2$s", days),
	                    days,
	                    zone_text(arena, (int64_t)json_number(point, "due_at", 0), CLOCK_DATE));
}

static void add_point(struct arena *arena, cJSON *list, const cJSON *point, enum language language)
{
	const char *status = json_string(point, "status", "missing");
	cJSON *item = json_add_object(list);

	json_set_string(item, "text", json_string(point, "text", ""));
	json_set_string(item, "status", terms_status(language, status));
	json_set_string(item, "status_code", status);
	json_set_string(item, "wrong", json_string(point, "wrong", NULL));
	json_set_string(item, "again", again_text(arena, language, point));
}

cJSON *review_view_answer(struct arena *arena, const struct review_answer *answer)
{
	const enum language language = answer->language;
	const cJSON *result = result_of(answer), *point;
	cJSON *page = cJSON_CreateObject(), *points = json_set_array(page, "points");

	json_set_string(page, "question", answer->question);
	json_set_bool(page, "has_answer", answer->answer[0] != '\0');
	json_set(page, "segments",
	         segments_of(arena, answer->answer, json_get(result, "points"), NULL));
	cJSON_ArrayForEach(point, json_get(result, "points"))
	        add_point(arena, points, point, language);
	json_set_string(page, "model_answer", json_string(result, "model_answer", ""));
	json_set_string(page, "date", zone_text(arena, answer->created_at, CLOCK_DATE_TIME));
	return page;
}

/* --- the end of a session ------------------------------------------------------------ */

struct counts {
	int covered, partial, missing;
};

static void count_points(const cJSON *result, struct counts *counts)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(result, "points"))
	{
		const char *status = json_string(point, "status", "");

		counts->covered += strcmp(status, "covered") == 0;
		counts->partial += strcmp(status, "partial") == 0;
		counts->missing += strcmp(status, "missing") == 0;
	}
}

static void set_counts(cJSON *object, const struct counts *counts)
{
	json_set_number(object, "covered", counts->covered);
	json_set_number(object, "partial", counts->partial);
	json_set_number(object, "missing", counts->missing);
}

cJSON *review_view_done(struct arena *arena, const struct review_answer_list *answers,
                        const struct review_view_due *due, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *list = json_set_array(page, "answers");
	struct counts all = { 0 };

	for (size_t i = 0; i < answers->count; i++) {
		const struct review_answer *answer = &answers->items[i];
		struct counts counts = { 0 };
		cJSON *item = json_add_object(list);

		count_points(result_of(answer), &counts);
		count_points(result_of(answer), &all);
		json_set_string(item, "id", answer->id);
		json_set_string(item, "question", answer->question);
		json_set_string(item, "lang", language_code(answer->language));
		set_counts(item, &counts);
	}
	set_counts(json_set_object(page, "total"), &all);
	json_set_number(page, "questions", (double)answers->count);
	progress_view_add_due(arena, page, due->due, language);
	add_next_due(arena, page, due->next_due_at);
	return page;
}
