#include "report/facts.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/json.h"

static bool is_practice_category(const char *category)
{
	static const char *const names[] = { "practical", "situational", "behavioural",
		                             "problem_solving", "system_design" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(category, names[i]) == 0)
			return true;
	return false;
}

struct facts facts_of(const cJSON *question)
{
	const cJSON *metrics = json_get(question, "metrics");
	bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(metrics, is_coding ? "coding" : "theory");
	const char *state = json_string(question, "state", "unanswered");
	const cJSON *rubric = json_get(part, "rubric");
	struct facts facts = {
		.is_coding = is_coding,
		.is_practice = is_coding ||
		               is_practice_category(json_string(question, "bank_category", "")),
		.is_measured = strcmp(state, "unanswered") != 0,
		.is_answered = strcmp(state, "answered") == 0,
		.track = json_string(question, "track", ""),
		.state = state,
		.score = json_number(part, is_coding ? "score_code" : "score", 0),
		.max_score = json_number(part, is_coding ? "max_score_code" : "max_score", 0),
		.seconds = json_number(metrics, "time_spent_sec", 0),
		.hints = (int)json_number(question, "hints_used", 0),
		.model_answer = json_bool(question, "model_answer_shown", false),
		.tags = json_get(question, "skill_tags"),
		.points = json_get(part, "key_points"),
		.rubric = cJSON_IsObject(rubric) ? rubric : NULL,
	};

	facts.ratio = facts.max_score > 0 ? facts.score / facts.max_score : NAN;
	return facts;
}
