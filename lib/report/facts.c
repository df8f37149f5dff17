#include "report/facts.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "report/ruling.h"
#include "store/interview.h"

static bool is_practice_category(const char *category)
{
	static const char *const names[] = { "practical", "situational", "behavioural",
		                             "problem_solving", "system_design" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(category, names[i]) == 0)
			return true;
	return false;
}

static int count_of(const cJSON *object, const char *name)
{
	return (int)json_number(object, name, 0);
}

static struct code_facts code_facts_of(const cJSON *question, const cJSON *coding)
{
	struct code_facts code = {
		.attempts = count_of(coding, "attempts"),
		.hints = count_of(coding, "hints_used"),
		.errors = count_of(coding, "errors_count"),
		.failures = count_of(json_get(coding, "computation"), "failed_attempts"),
		.first_success = count_of(coding, "first_success_attempt"),
		.public_passed = count_of(coding, "public_tests_passed"),
		.public_total = count_of(coding, "public_tests_total"),
		.hidden_passed = count_of(coding, "hidden_tests_passed"),
		.hidden_total = count_of(coding, "hidden_tests_total"),
	};

	code.is_assisted = code.first_success > 0 &&
	                   json_bool(question, "model_answer_shown", false);
	code.is_solved = code.first_success > 0 && !code.is_assisted;
	/* What a person gave a score counts with it, judged or not. */
	code.is_unjudged = code.attempts == 0 && json_count(question, "code_attempts") > 0 &&
	                   !isfinite(json_number(coding, "score_code", NAN));
	return code;
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
		.title = json_string(question, "title", ""),
		.score = json_number(part, is_coding ? "score_code" : "score", 0),
		.max_score = json_number(part, is_coding ? "max_score_code" : "max_score", 0),
		.seconds = json_number(metrics, "time_spent_sec", 0),
		.hints = (int)json_number(question, "hints_used", 0),
		.model_answer = json_bool(question, "model_answer_shown", false),
		.tags = json_get(question, "skill_tags"),
		.points = json_get(part, "key_points"),
		.rubric = cJSON_IsObject(rubric) ? rubric : NULL,
		.graded_by = json_string(part, "graded_by", NULL),
		.builtin_score = json_number(part, "builtin_score", NAN),
	};

	if (is_coding)
		facts.code = code_facts_of(question, part);
	facts.is_disputed = !cJSON_IsObject(json_get(json_get(question, "ruling"), "override")) &&
	                    fabs(ruling_by_examiner(question) - facts.builtin_score) >=
	                            EVALUATION_DISAGREEMENT;
	facts.ratio = facts.max_score > 0 ? facts.score / facts.max_score : NAN;
	return facts;
}
