#include "view/api_report.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/blocks.h"

enum { MOST_STRENGTHS = 3, MOST_WEAKNESSES = 5 };

/* Where the blocks stand in the candidate's text. */
enum { BLOCK_STRENGTHS = 1, BLOCK_WEAKNESSES = 2 };

static void add_items(cJSON *object, const char *name, const cJSON *block, int most)
{
	cJSON *array = json_set_array(object, name);
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(block, "items"))
	{
		if (most-- > 0)
			json_add_string(array, json_string(item, "text", ""));
	}
}

static void add_feedback(struct arena *arena, cJSON *object, const cJSON *document)
{
	const cJSON *blocks = blocks_of(arena, json_string(document, "llm_summary_candidate", ""));

	add_items(object, "strengths", cJSON_GetArrayItem(blocks, BLOCK_STRENGTHS), MOST_STRENGTHS);
	add_items(object, "weaknesses", cJSON_GetArrayItem(blocks, BLOCK_WEAKNESSES),
	          MOST_WEAKNESSES);
}

static void add_skills(cJSON *object, const cJSON *metrics)
{
	cJSON *rows = json_set_array(object, "skill_breakdown");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, json_get(metrics, "by_skill"))
	{
		cJSON *row = json_add_object(rows);

		json_set_string(row, "skill", skill->string);
		json_set_number(row, "score_ratio", json_number(skill, "score_ratio", NAN));
		json_set_number(row, "questions", json_number(skill, "questions", 0));
	}
}

static void add_summary(cJSON *rows, const cJSON *question)
{
	const bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(json_get(question, "metrics"),
	                             is_coding ? "coding" : "theory");
	cJSON *row = json_add_object(rows);

	json_set_string(row, "question_id", json_string(question, "question_id", ""));
	json_set_number(row, "order", json_number(question, "order", 0));
	json_set_string(row, "q_type", is_coding ? "coding" : "theory");
	json_set_string(row, "title", json_string(question, "title", ""));
	json_set_string(row, "state", json_string(question, "state", "unanswered"));
	json_set_number(row, "score", json_number(part, is_coding ? "score_code" : "score", NAN));
	json_set_number(row, "max_score",
	                json_number(part, is_coding ? "max_score_code" : "max_score", NAN));
	json_set_number(row, "score_ratio",
	                json_number(part, is_coding ? "score_ratio_code" : "score_ratio", NAN));
	json_set_string(row, "verdict", json_string(part, "verdict", NULL));
	json_set_string(row, "feedback", json_string(part, "llm_feedback_short", NULL));
}

cJSON *api_report(struct arena *arena, const cJSON *document)
{
	const cJSON *metrics = json_get(document, "metrics"), *question, *rubric;
	const cJSON *overall = json_get(metrics, "overall");
	const double score = json_number(overall, "total_score", NAN);
	const double max = json_number(overall, "max_total_score", NAN);
	cJSON *object = cJSON_CreateObject(), *rows;

	json_set_string(object, "interview_id", json_string(document, "session_id", ""));
	json_set_string(object, "status", "completed");
	json_set_number(object, "overall_score", max > 0 ? json_rounded(100 * score / max) : NAN);
	json_set_number(object, "score", score);
	json_set_number(object, "max_score", max);
	json_set_string(object, "ended_at", json_string(document, "finished_at", NULL));
	add_feedback(arena, object, document);
	rubric = json_get(metrics, "rubric");
	json_set(object, "rubric_breakdown",
	         rubric != NULL ? cJSON_Duplicate(rubric, true) : cJSON_CreateNull());
	add_skills(object, metrics);
	rows = json_set_array(object, "answer_summaries");
	cJSON_ArrayForEach(question, json_get(document, "questions")) add_summary(rows, question);
	json_set(object, "report", cJSON_Duplicate(document, true));
	return object;
}
