/* Candidates side by side: every value is of its report, whoever stands beside whom. */
#include "report_fixture.h"

#include "report/side_by_side.h"

static const char *const statuses[] = { "missing", "partial", "covered" };

/* A question's report as far as the table reads it; `points` are digits of `statuses`. */
static void add_question(cJSON *questions, const char *bank_id, double score, const char *points)
{
	cJSON *item = json_add_object(questions), *metrics, *theory, *list;

	json_set_string(item, "bank_id", bank_id);
	json_set_string(item, "q_type", "theory");
	json_set_string(item, "state", score < 0 ? "unanswered" : "answered");
	json_set_string(item, "title", bank_id);
	json_set_null(item, "ruling");
	metrics = json_set_object(item, "metrics");
	json_set_string(metrics, "started_at", score < 0 ? NULL : "2026-11-21T01:20:00Z");
	theory = json_set_object(metrics, "theory");
	json_set_number(theory, "score", score < 0 ? 0 : score);
	json_set_number(theory, "max_score", 10);
	list = json_set_array(theory, "key_points");
	for (int i = 0; score >= 0 && points[i] != '\0'; i++) {
		cJSON *point = json_add_object(list);

		json_set_string(point, "id", arena_printf(arena, "p%d", i));
		json_set_string(point, "text", arena_printf(arena, "point %d", i));
		json_set_string(point, "status", statuses[points[i] - '0']);
	}
}

/* Two questions: the second was not asked where its score is below 0. */
static cJSON *document(double first, double second, const char *points)
{
	cJSON *item = cJSON_CreateObject(), *metrics, *overall, *questions;
	const double total = first + (second < 0 ? 0 : second);

	json_set_string(json_set_object(item, "scoring"), "version", "builtin-2");
	metrics = json_set_object(item, "metrics");
	overall = json_set_object(metrics, "overall");
	json_set_number(overall, "total_score", total);
	json_set_number(overall, "score_ratio", total / 20);
	json_set_number(overall, "time_total_sec", 60 * first);
	json_set_number(json_set_object(json_set_object(metrics, "by_skill"),
	                                second < 0 ? "only-here" : "sql"),
	                "score_ratio", total / 20);
	questions = json_set_array(item, "questions");
	add_question(questions, "a", first, points);
	add_question(questions, "b", second, "2");
	return item;
}

static const cJSON *row(const cJSON *table, const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(table, "rows"))
	{
		if (strcmp(json_string(item, "name", ""), name) == 0)
			return item;
	}
	return NULL;
}

static double value(const cJSON *row, int index)
{
	const cJSON *item = cJSON_GetArrayItem(json_get(row, "values"), index);

	return cJSON_IsNumber(item) ? item->valuedouble : -1;
}

static bool is_best(const cJSON *row, int index)
{
	return cJSON_IsTrue(cJSON_GetArrayItem(json_get(row, "best"), index));
}

static void the_best_of_a_row_is_marked_unless_all_are_alike(void)
{
	const cJSON *const three[] = { document(8, 4, "22"), document(8, -1, "01"),
		                       document(2, 4, "10") };
	const cJSON *table = side_by_side(three, 3), *total = row(table, "total_score");
	const cJSON *first = json_get(cJSON_GetArrayItem(json_get(table, "questions"), 0), "row");
	const cJSON *second = json_get(cJSON_GetArrayItem(json_get(table, "questions"), 1), "row");

	CHECK(value(total, 0) == 12 && value(total, 1) == 8 && value(total, 2) == 6);
	CHECK(is_best(total, 0) && !is_best(total, 1) && !is_best(total, 2));
	CHECK(is_best(first, 0) && is_best(first, 1) && !is_best(first, 2));
	CHECK(value(second, 1) == -1);
	CHECK(!is_best(second, 0) && !is_best(second, 2)); /* alike: none is */
	CHECK(!is_best(row(table, "time_total_sec"), 0));  /* no score */
	CHECK(value(row(table, "only-here"), 0) == -1);
	CHECK(value(row(table, "only-here"), 1) == 0.4);
}

static void points_are_told_of_who_was_asked_only(void)
{
	const cJSON *const two[] = { document(8, -1, "20"), document(3, 9, "12") };
	const cJSON *questions = json_get(side_by_side(two, 2), "questions");
	const cJSON *points = json_get(cJSON_GetArrayItem(questions, 0), "points");
	const cJSON *later = json_get(cJSON_GetArrayItem(questions, 1), "points");
	const cJSON *statuses_of = json_get(cJSON_GetArrayItem(points, 0), "statuses");

	CHECK_INT(cJSON_GetArraySize(questions), 2);
	CHECK_INT(cJSON_GetArraySize(points), 2);
	CHECK_STR(cJSON_GetStringValue(cJSON_GetArrayItem(statuses_of, 0)), "covered");
	CHECK_STR(cJSON_GetStringValue(cJSON_GetArrayItem(statuses_of, 1)), "partial");
	statuses_of = json_get(cJSON_GetArrayItem(later, 0), "statuses");
	CHECK(cJSON_IsNull(cJSON_GetArrayItem(statuses_of, 0)));
	CHECK_STR(cJSON_GetStringValue(cJSON_GetArrayItem(statuses_of, 1)), "covered");
}

/* Nobody's column depends on whose stands beside it. */
static void changing_places_changes_nothing_else(void)
{
	const cJSON *const there[] = { document(8, 4, "22"), document(1, 9, "01") };
	const cJSON *const back[] = { there[1], there[0] };
	const cJSON *one = side_by_side(there, 2), *other = side_by_side(back, 2), *item;

	cJSON_ArrayForEach(item, json_get(one, "rows"))
	{
		const cJSON *same = row(other, json_string(item, "name", ""));

		for (int i = 0; i < 2; i++) {
			CHECK(value(item, i) == value(same, 1 - i));
			CHECK(is_best(item, i) == is_best(same, 1 - i));
		}
	}
}

static void other_rules_do_not_compare(void)
{
	cJSON *const older = document(8, 4, "22");
	const cJSON *const three[] = { document(8, 4, "22"), document(1, 1, "0"), older };

	CHECK(side_by_side_is_fair(three, 3));
	cJSON_ReplaceItemInObjectCaseSensitive(cJSON_GetObjectItemCaseSensitive(older, "scoring"),
	                                       "version", cJSON_CreateString("builtin-1"));
	CHECK(side_by_side_is_fair(three, 2));
	CHECK(!side_by_side_is_fair(three, 3));
}

int main(void)
{
	RUN(the_best_of_a_row_is_marked_unless_all_are_alike);
	RUN(points_are_told_of_who_was_asked_only);
	RUN(changing_places_changes_nothing_else);
	RUN(other_rules_do_not_compare);
	return check_done();
}
