#include "report/compare.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/facts.h"

/* --- the two as wholes -------------------------------------------------------------- */

static const cJSON *metrics_of(const cJSON *document, const char *part)
{
	return json_get(json_get(document, "metrics"), part);
}

static void add_head(cJSON *comparison, const char *name, const cJSON *document)
{
	static const char *const texts[] = { "session_id", "created_at", "type", "level",
		                             "language" };
	const cJSON *overall = metrics_of(document, "overall");
	cJSON *head = json_set_object(comparison, name);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		json_set_string(head, texts[i], json_string(document, texts[i], NULL));
	json_set_string(head, "role", json_string(json_get(document, "role"), "title", ""));
	json_set_number(head, "score", json_number(overall, "total_score", NAN));
	json_set_number(head, "max_score", json_number(overall, "max_total_score", NAN));
	json_set_number(head, "score_ratio", json_number(overall, "score_ratio", NAN));
}

static void add_pair(cJSON *rows, const char *name, double first, double second)
{
	cJSON *row;

	if (isnan(first) && isnan(second))
		return;
	row = json_add_object(rows);
	json_set_string(row, "name", name);
	json_set_number(row, "first", first);
	json_set_number(row, "second", second);
}

static double ratio_of(const cJSON *groups, const char *name)
{
	return json_number(json_get(groups, name), "score_ratio", NAN);
}

static void add_types(cJSON *comparison, const cJSON *first, const cJSON *second)
{
	static const char *const names[] = { "theory", "coding" };
	const cJSON *before = metrics_of(first, "by_type"), *after = metrics_of(second, "by_type");
	cJSON *rows = json_set_array(comparison, "by_type");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_pair(rows, names[i], ratio_of(before, names[i]), ratio_of(after, names[i]));
}

static void add_rubric(cJSON *comparison, const cJSON *first, const cJSON *second)
{
	static const char *const names[] = { "structure", "relevance",     "technical_accuracy",
		                             "depth",     "communication", "overall" };
	const cJSON *before = metrics_of(first, "rubric"), *after = metrics_of(second, "rubric");
	cJSON *rows = json_set_array(comparison, "rubric");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_pair(rows, names[i], json_number(before, names[i], NAN),
		         json_number(after, names[i], NAN));
}

static void add_skills(cJSON *comparison, const cJSON *first, const cJSON *second)
{
	const cJSON *before = metrics_of(first, "by_skill"),
	            *after = metrics_of(second, "by_skill");
	cJSON *rows = json_set_array(comparison, "by_skill");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, after)
	        add_pair(rows, skill->string, ratio_of(before, skill->string),
	                 ratio_of(after, skill->string));
	cJSON_ArrayForEach(skill, before)
	{
		if (json_get(after, skill->string) == NULL)
			add_pair(rows, skill->string, ratio_of(before, skill->string), NAN);
	}
}

/* --- key points ----------------------------------------------------------------------- */

static int rank(const char *status)
{
	if (strcmp(status, "covered") == 0)
		return 2;
	return strcmp(status, "partial") == 0 ? 1 : 0;
}

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

static void add_evidence(cJSON *row, const cJSON *point)
{
	cJSON *words = json_set_array(row, "evidence");
	const cJSON *piece;

	cJSON_ArrayForEach(piece, json_get(point, "evidence"))
	{
		const char *text = json_string(piece, "text", NULL);

		if (text != NULL)
			json_add_string(words, text);
	}
}

static void add_change(cJSON *rows, const cJSON *before, const cJSON *after)
{
	const char *first = json_string(before, "status", "missing");
	const char *second = json_string(after, "status", "missing");
	const bool is_gain = rank(second) > rank(first);
	cJSON *row = json_add_object(rows);

	json_set_string(row, "id", json_string(after, "id", ""));
	json_set_string(row, "text", json_string(after, "text", ""));
	json_set_string(row, "first", first);
	json_set_string(row, "second", second);
	json_set_string(row, "change", is_gain ? "gained" : "lost");
	add_evidence(row, is_gain ? after : before);
}

/* A point that only one of the two wordings of the question has says nothing of a change. */
static void add_points(cJSON *row, const struct facts *first, const struct facts *second)
{
	cJSON *rows = json_set_array(row, "points");
	const cJSON *after;
	int kept = 0;

	cJSON_ArrayForEach(after, second->points)
	{
		const cJSON *before = find(first->points, "id", json_string(after, "id", ""));
		int was, is;

		if (before == NULL)
			continue;
		was = rank(json_string(before, "status", "missing"));
		is = rank(json_string(after, "status", "missing"));
		if (was != is)
			add_change(rows, before, after);
		else if (is == 2)
			kept++;
	}
	json_set_number(row, "kept", kept);
}

/* --- questions ------------------------------------------------------------------------ */

static void add_side(cJSON *row, const char *name, const cJSON *question, const struct facts *facts)
{
	const struct code_facts *code = &facts->code;
	const bool has_tests = code->public_total + code->hidden_total > 0;
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory");
	cJSON *side = json_set_object(row, name);

	json_set_number(side, "order", json_number(question, "order", 0));
	json_set_string(side, "state", facts->state);
	json_set_number(side, "score", facts->score);
	json_set_number(side, "max_score", facts->max_score);
	json_set_number(side, "score_ratio", json_rounded(facts->ratio));
	json_set_string(side, "verdict", json_string(theory, "verdict", NULL));
	json_set_number(side, "tests_passed",
	                has_tests ? (double)(code->public_passed + code->hidden_passed)
	                          : (double)NAN);
	json_set_number(side, "tests_total",
	                has_tests ? (double)(code->public_total + code->hidden_total)
	                          : (double)NAN);
}

static void add_question(cJSON *rows, const cJSON *before, const cJSON *after)
{
	const struct facts first = facts_of(before), second = facts_of(after);
	cJSON *row = json_add_object(rows);

	json_set_string(row, "bank_id", json_string(after, "bank_id", ""));
	json_set_bool(row, "is_coding", second.is_coding);
	json_set_string(row, "title",
	                second.is_coding ? second.title
	                                 : json_string(after, "raw_prompt", second.title));
	add_side(row, "first", before, &first);
	add_side(row, "second", after, &second);
	add_points(row, &first, &second);
}

static void add_questions(cJSON *comparison, const cJSON *first, const cJSON *second)
{
	const cJSON *before = json_get(first, "questions"), *after = json_get(second, "questions");
	cJSON *rows = json_set_array(comparison, "questions");
	const cJSON *question;
	int common;

	cJSON_ArrayForEach(question, after)
	{
		const char *id = json_string(question, "bank_id", "");
		const cJSON *same = find(before, "bank_id", id);

		/* Without an id: withheld, whatever it is. */
		if (same != NULL && id[0] != '\0')
			add_question(rows, same, question);
	}
	common = cJSON_GetArraySize(rows);
	json_set_number(comparison, "only_first", cJSON_GetArraySize(before) - common);
	json_set_number(comparison, "only_second", cJSON_GetArraySize(after) - common);
}

cJSON *compare_reports(const cJSON *first, const cJSON *second)
{
	cJSON *comparison = cJSON_CreateObject();

	add_head(comparison, "first", first);
	add_head(comparison, "second", second);
	add_types(comparison, first, second);
	add_rubric(comparison, first, second);
	add_skills(comparison, first, second);
	add_questions(comparison, first, second);
	return comparison;
}
