#include "interview/steps.h"

#include <math.h>

#include "base/json.h"

static void set_span(cJSON *item, const struct score_span *span)
{
	json_set_number(item, "start", (double)span->start);
	json_set_number(item, "end", (double)span->end);
}

static void add_point(cJSON *points, const char *id, const struct score_point *point)
{
	cJSON *item = json_add_object(points), *evidence;

	json_set_string(item, "id", id);
	json_set_string(item, "text", point->text);
	json_set_string(item, "status", score_status_name(point->status));
	json_set_number(item, "coverage", point->coverage);
	json_set_number(item, "full", point->full);
	json_set_number(item, "credit", point->credit);
	json_set_number(item, "weight", point->weight);
	json_set_bool(item, "denied", point->denied);
	json_set_string(item, "wording", point->wording);
	json_set_string(item, "wrong", point->wrong);
	if (point->wrong_span.end > point->wrong_span.start)
		set_span(json_set_object(item, "denial"), &point->wrong_span);
	else
		json_set_null(item, "denial");
	evidence = json_set_array(item, "evidence");
	for (size_t i = 0; i < point->span_count; i++)
		set_span(json_add_object(evidence), &point->spans[i]);
}

static void add_points(cJSON *object, const struct score_question *question,
                       const struct score_result *result)
{
	cJSON *points = json_set_array(object, "key_points");

	for (size_t i = 0; i < result->point_count; i++)
		add_point(points, i < question->point_count ? question->points[i].id : "",
		          &result->points[i]);
}

static void add_arithmetic(cJSON *object, const struct score_steps *steps)
{
	json_set_number(object, "credit_power", steps->credit_power);
	json_set_number(object, "covered_min", steps->covered_min);
	json_set_number(object, "partial_min", steps->partial_min);
	json_set_number(object, "points", steps->points);
	json_set_number(object, "likeness", steps->likeness);
	json_set_number(object, "point_share", steps->point_share);
	json_set_number(object, "power", steps->power);
	json_set_number(object, "agreement", steps->agreement);
	json_set_number(object, "denied", steps->denied);
	json_set_number(object, "penalty", steps->penalty);
	json_set_number(object, "cap", steps->cap);
	json_set_number(object, "share", steps->share);
}

static void add_flags(cJSON *object, unsigned flags)
{
	cJSON *names = json_set_array(object, "flags");

	for (unsigned bit = 0; bit < 32; bit++) {
		const char *name = score_flag_name((enum score_flag)(flags & 1u << bit));

		if (name != NULL)
			json_add_string(names, name);
	}
}

const char *steps_text(const struct score_question *question, const struct score_result *result,
                       const struct steps_toll *toll)
{
	cJSON *object = cJSON_CreateObject();

	json_set_string(object, "version", SCORE_VERSION);
	add_points(object, question, result);
	add_arithmetic(object, &result->steps);
	add_flags(object, result->flags);
	json_set_number(object, "score", result->score);
	json_set_number(object, "max_score", result->max_score);
	json_set_number(object, "hints", toll->hints);
	json_set_number(object, "hints_price", toll->price);
	json_set_number(object, "model_answer_cap", toll->is_limited ? toll->most : NAN);
	return json_text(object);
}
