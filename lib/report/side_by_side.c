#include "report/side_by_side.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/facts.h"

enum { RUBRIC_MAX = 5 };

struct table {
	const cJSON *const *documents;
	size_t count; /* at most SIDE_BY_SIDE_MAX */
};

bool side_by_side_is_fair(const cJSON *const *documents, size_t count)
{
	const char *version = json_string(json_get(documents[0], "scoring"), "version", "");

	for (size_t i = 1; i < count; i++)
		if (strcmp(json_string(json_get(documents[i], "scoring"), "version", ""),
		           version) != 0)
			return false;
	return true;
}

/* --- rows --------------------------------------------------------------------------------- */

/* Differences below what is shown are none. */
static bool is_alike(double a, double b)
{
	return fabs(a - b) < 0.0005;
}

static void add_best(cJSON *row, const double *values, size_t count, bool is_score)
{
	cJSON *best = json_set_array(row, "best");
	double highest = -INFINITY, lowest = INFINITY;

	for (size_t i = 0; i < count; i++) {
		if (isnan(values[i]))
			continue;
		highest = fmax(highest, values[i]);
		lowest = fmin(lowest, values[i]);
	}
	for (size_t i = 0; i < count; i++)
		json_add(best, cJSON_CreateBool(is_score && !is_alike(highest, lowest) &&
		                                is_alike(values[i], highest)));
}

/* The full mark of a row of numbers, where all have the same one. */
static double full_mark(const struct table *table, const char *group, const char *name)
{
	double mark = NAN;

	if (strcmp(group, "rubric") == 0 && strcmp(name, "overall") != 0)
		return RUBRIC_MAX;
	if (strcmp(name, "total_score") != 0)
		return NAN;
	for (size_t i = 0; i < table->count; i++) {
		const cJSON *overall = json_get(json_get(table->documents[i], "metrics"),
		                                "overall");
		const double max = json_number(overall, "max_total_score", NAN);

		if (i > 0 && !is_alike(max, mark))
			return NAN;
		mark = max;
	}
	return mark;
}

static void fill_row(cJSON *row, const double *values, size_t count, bool is_score)
{
	cJSON *list = json_set_array(row, "values");

	for (size_t i = 0; i < count; i++)
		json_add(list,
		         isnan(values[i]) ? cJSON_CreateNull() : cJSON_CreateNumber(values[i]));
	add_best(row, values, count, is_score);
}

struct row {
	const char *group, *name, *unit;
};

static void add_row(const struct table *table, cJSON *rows, const struct row *of,
                    const double *values)
{
	bool is_there = false;
	cJSON *row;

	for (size_t i = 0; i < table->count; i++)
		is_there = is_there || !isnan(values[i]);
	if (!is_there)
		return;
	row = json_add_object(rows);
	json_set_string(row, "group", of->group);
	json_set_string(row, "name", of->name);
	json_set_string(row, "unit", of->unit);
	json_set_number(row, "max", full_mark(table, of->group, of->name));
	fill_row(row, values, table->count, strcmp(of->group, "work") != 0);
}

/* A number that each document has in that place of its metrics. */
static void add_metric(const struct table *table, cJSON *rows, const struct row *of,
                       const char *const place[2])
{
	double values[SIDE_BY_SIDE_MAX];

	for (size_t i = 0; i < table->count; i++) {
		const cJSON *part = json_get(json_get(table->documents[i], "metrics"), place[0]);

		if (place[1] != NULL)
			part = json_get(part, place[1]);
		values[i] = json_number(part, place[1] != NULL ? "score_ratio" : of->name, NAN);
	}
	add_row(table, rows, of, values);
}

static void add_results(const struct table *table, cJSON *rows)
{
	static const char *const overall[] = { "overall", NULL };
	static const char *const theory[] = { "by_type", "theory" };
	static const char *const coding[] = { "by_type", "coding" };

	add_metric(table, rows, &(struct row){ "result", "score_ratio", "ratio" }, overall);
	add_metric(table, rows, &(struct row){ "result", "total_score", "number" }, overall);
	add_metric(table, rows, &(struct row){ "result", "theory", "ratio" }, theory);
	add_metric(table, rows, &(struct row){ "result", "coding", "ratio" }, coding);
}

static void add_rubric(const struct table *table, cJSON *rows)
{
	static const char *const names[] = { "structure", "relevance",     "technical_accuracy",
		                             "depth",     "communication", "overall" };
	static const char *const rubric[] = { "rubric", NULL };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_metric(table, rows, &(struct row){ "rubric", names[i], "number" }, rubric);
}

static const cJSON *skills_of(const cJSON *document)
{
	return json_get(json_get(document, "metrics"), "by_skill");
}

static bool has_skill_before(const struct table *table, size_t end, const char *name)
{
	for (size_t i = 0; i < end; i++)
		if (json_get(skills_of(table->documents[i]), name) != NULL)
			return true;
	return false;
}

static void add_skills(const struct table *table, cJSON *rows)
{
	for (size_t i = 0; i < table->count; i++) {
		const cJSON *skill;

		cJSON_ArrayForEach(skill, skills_of(table->documents[i]))
		{
			const char *const place[] = { "by_skill", skill->string };

			if (!has_skill_before(table, i, skill->string))
				add_metric(table, rows,
				           &(struct row){ "skills", skill->string, "ratio" },
				           place);
		}
	}
}

static bool is_ruled(const cJSON *question)
{
	const cJSON *ruling = json_get(question, "ruling");

	return ruling != NULL && !cJSON_IsNull(ruling);
}

static double count_ruled(const cJSON *document)
{
	const cJSON *question;
	double count = 0;

	cJSON_ArrayForEach(question, json_get(document, "questions")) count += is_ruled(question);
	return count;
}

static void add_work(const struct table *table, cJSON *rows)
{
	static const struct {
		const char *name, *part, *member, *unit;
	} of[] = {
		{ "answered", "status", "answered", "count" },
		{ "hints_used", "status", "hints_used", "count" },
		{ "model_answers_shown", "status", "model_answers_shown", "count" },
		{ "time_total_sec", "overall", "time_total_sec", "seconds" },
		{ "suspicious_events", "anti_cheat", "suspicious_events", "count" },
		{ "ruled", NULL, NULL, "count" },
	};
	double values[SIDE_BY_SIDE_MAX];

	for (size_t row = 0; row < sizeof(of) / sizeof(of[0]); row++) {
		for (size_t i = 0; i < table->count; i++) {
			const cJSON *document = table->documents[i];

			values[i] = of[row].part == NULL ? count_ruled(document)
			            : strcmp(of[row].part, "status") == 0
			                    ? json_number(json_get(document, "status"),
			                                  of[row].member, NAN)
			                    : json_number(json_get(json_get(document, "metrics"),
			                                           of[row].part),
			                                  of[row].member, NAN);
		}
		add_row(table, rows, &(struct row){ "work", of[row].name, of[row].unit }, values);
	}
}

/* --- questions ---------------------------------------------------------------------------- */

/* The element whose member `name` is `value`; NULL when there is none. */
static const cJSON *find(const cJSON *items, const char *name, const char *value)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, items)
	{
		if (strcmp(json_string(item, name, ""), value) == 0)
			return item;
	}
	return NULL;
}

static const cJSON *question_of(const cJSON *document, const char *bank_id)
{
	return find(json_get(document, "questions"), "bank_id", bank_id);
}

static bool is_asked(const cJSON *question)
{
	return json_string(json_get(question, "metrics"), "started_at", NULL) != NULL;
}

static int count_points(const cJSON *points, const char *status)
{
	const cJSON *point;
	int count = 0;

	cJSON_ArrayForEach(point, points)
	        count += strcmp(json_string(point, "status", ""), status) == 0;
	return count;
}

static void add_side(cJSON *sides, const cJSON *question)
{
	const struct facts facts = facts_of(question);
	const struct code_facts *code = &facts.code;
	cJSON *side = json_add_object(sides);

	json_set_string(side, "state", facts.state);
	json_set_bool(side, "is_asked", is_asked(question));
	json_set_number(side, "hints", facts.is_coding ? code->hints : facts.hints);
	json_set_bool(side, "model_answer", facts.model_answer);
	json_set_number(side, "covered", count_points(facts.points, "covered"));
	json_set_number(side, "partial", count_points(facts.points, "partial"));
	json_set_number(side, "missing", count_points(facts.points, "missing"));
	json_set_number(side, "tests_passed", code->public_passed + code->hidden_passed);
	json_set_number(side, "tests_total", code->public_total + code->hidden_total);
	json_set_number(side, "attempts", code->attempts);
	json_set_bool(side, "is_ruled", is_ruled(question));
}

static void add_point(const struct table *table, cJSON *points, const char *bank_id,
                      const cJSON *point)
{
	cJSON *row = json_add_object(points), *statuses;

	json_set_string(row, "id", json_string(point, "id", ""));
	json_set_string(row, "text", json_string(point, "text", ""));
	statuses = json_set_array(row, "statuses");
	for (size_t i = 0; i < table->count; i++) {
		const cJSON *question = question_of(table->documents[i], bank_id);
		const struct facts facts = facts_of(question);
		const cJSON *same = find(facts.points, "id", json_string(point, "id", ""));
		const char *status = json_string(same, "status", NULL);

		json_add(statuses, question != NULL && is_asked(question) && status != NULL
		                           ? cJSON_CreateString(status)
		                           : cJSON_CreateNull());
	}
}

/* Whoever was asked has the points; those of who was not are withheld. */
static void add_points(const struct table *table, cJSON *row, const char *bank_id)
{
	cJSON *points = json_set_array(row, "points");

	for (size_t i = 0; i < table->count; i++) {
		const struct facts facts = facts_of(question_of(table->documents[i], bank_id));
		const cJSON *point;

		cJSON_ArrayForEach(point, facts.points)
		{
			if (find(points, "id", json_string(point, "id", "")) == NULL)
				add_point(table, points, bank_id, point);
		}
	}
}

static void add_question(const struct table *table, cJSON *questions, const cJSON *question)
{
	const char *bank_id = json_string(question, "bank_id", "");
	const struct facts facts = facts_of(question);
	double values[SIDE_BY_SIDE_MAX], max = 0;
	cJSON *item = json_add_object(questions), *sides;

	json_set_string(item, "bank_id", bank_id);
	json_set_bool(item, "is_coding", facts.is_coding);
	json_set_string(item, "title",
	                facts.is_coding ? facts.title
	                                : json_string(question, "raw_prompt", facts.title));
	sides = json_set_array(item, "sides");
	for (size_t i = 0; i < table->count; i++) {
		const cJSON *same = question_of(table->documents[i], bank_id);
		const struct facts its = facts_of(same);
		const bool is_there = same != NULL && is_asked(same) && isfinite(its.ratio);

		add_side(sides, same);
		values[i] = is_there ? its.score : NAN;
		max = fmax(max, same != NULL && isfinite(its.max_score) ? its.max_score : 0);
	}
	json_set_number(item, "max_score", max);
	fill_row(json_set_object(item, "row"), values, table->count, true);
	add_points(table, item, bank_id);
}

static cJSON *all_questions(const struct table *table)
{
	cJSON *questions = cJSON_CreateArray();

	for (size_t i = 0; i < table->count; i++) {
		const cJSON *question;

		cJSON_ArrayForEach(question, json_get(table->documents[i], "questions"))
		{
			if (find(questions, "bank_id", json_string(question, "bank_id", "")) ==
			    NULL)
				add_question(table, questions, question);
		}
	}
	return questions;
}

cJSON *side_by_side(const cJSON *const *documents, size_t count)
{
	const struct table table = { documents, count };
	cJSON *result = cJSON_CreateObject(), *rows = json_set_array(result, "rows");

	add_results(&table, rows);
	add_rubric(&table, rows);
	add_skills(&table, rows);
	add_work(&table, rows);
	json_set(result, "questions", all_questions(&table));
	return result;
}
