#include "report_fixture.h"

#include "interview/flow.h"
#include "score/score.h"

static void question_has_every_field(void)
{
	struct report_source source = fixture_source();
	cJSON *q = report_question(arena, &source, 0);

	CHECK_TEXT(q, "question_id", "q1");
	CHECK_NUMBER(q, "order", 1);
	CHECK_TEXT(q, "q_type", "theory");
	CHECK_TEXT(q, "state", "answered");
	CHECK_TEXT(q, "track", "backend");
	CHECK_TEXT(q, "level", "junior");
	CHECK_TEXT(q, "title", "What is idempotent?");
	CHECK_NULL(q, "category");
	CHECK_TEXT(q, "bank_category", "core");
	CHECK_TEXT(q, "skill_tags.1", "api-design");
	CHECK_TEXT(q, "raw_prompt", "What is idempotent?");
	CHECK_TEXT(q, "raw_llm_question", "Let us begin: idempotent?");
	CHECK_TEXT(q, "answer", "The effect stays the same");
	CHECK_TEXT(q, "model_answer", "A repeat changes nothing.");
	CHECK_NUMBER(q, "metrics.time_spent_sec", 90);
	CHECK_TEXT(q, "metrics.started_at", "2023-11-14T22:13:30Z");
	CHECK_TEXT(q, "metrics.finished_at", "2023-11-14T22:15:00Z");
	CHECK_TEXT(q, "llm_evaluation.engine", "builtin");
	CHECK_TEXT(q, "llm_evaluation.version", SCORE_VERSION);
	CHECK_TEXT(q, "llm_evaluation.flags.0", "keyword_list");
	CHECK_TEXT(q, "llm_evaluation.flags.1", "dump");
	CHECK_SIZE(q, "llm_evaluation.flags", 2);
	CHECK_NULL(q, "code_task");
	CHECK_SIZE(q, "code_attempts", 0);
	CHECK_SIZE(q, "hints", 0);
	CHECK_SIZE(q, "error_explanations", 0);
}

static void theory_is_as_graded(void)
{
	struct report_source source = fixture_source();
	const cJSON *theory = at(report_question(arena, &source, 0), "metrics.theory");

	CHECK_NUMBER(theory, "score", 8);
	CHECK_NUMBER(theory, "max_score", 10);
	CHECK_NUMBER(theory, "score_ratio", 0.8);
	CHECK_TEXT(theory, "verdict", "good");
	CHECK_TEXT(theory, "llm_feedback_short", "Short.");
	CHECK_TEXT(theory, "llm_feedback_detailed", "Detailed.");
	CHECK_NUMBER(theory, "rubric.structure", 4);
	CHECK_NUMBER(theory, "rubric.overall", 80); /* 20 * (.8 + 1 + 1 + .6 + .6) */
	CHECK_SIZE(theory, "key_points", 3);
	CHECK_TEXT(theory, "key_points.0.id", "same");
	CHECK_TEXT(theory, "key_points.0.status", "covered");
	CHECK_NUMBER(theory, "key_points.0.coverage", 0.912);
	CHECK_TEXT(theory, "key_points.0.wording", "effect same");
	CHECK_TEXT(theory, "key_points.0.matched", "rule alias");
	CHECK_TEXT(theory, "key_points.1.matched", "rule union");
	CHECK_NULL(theory, "key_points.2.matched");
	CHECK_SIZE(theory, "key_points.0.evidence", 2);
	CHECK_NUMBER(theory, "key_points.0.evidence.0.start", 0);
	CHECK_NUMBER(theory, "key_points.0.evidence.0.end", 10);
	CHECK_TEXT(theory, "key_points.0.evidence.0.text", "The effect");
	CHECK_TEXT(theory, "key_points.1.evidence.0.text", "ffect sta");
	CHECK_NULL(theory, "key_points.1.wrong");
	CHECK_TEXT(theory, "key_points.2.wrong", "POST is idempotent");
	CHECK_SIZE(theory, "key_points.2.evidence", 0);
}

static void coding_shape_is_there_but_empty(void)
{
	struct report_source source = fixture_source();
	const cJSON *coding = at(report_question(arena, &source, 0), "metrics.coding");

	CHECK_NUMBER(coding, "attempts", 0);
	CHECK_NULL(coding, "score_code");
	CHECK_NULL(coding, "max_score_code");
	CHECK_NULL(coding, "score_ratio_code");
	CHECK_NUMBER(coding, "public_tests_total", 0);
	CHECK_NUMBER(coding, "public_tests_passed", 0);
	CHECK_NUMBER(coding, "hidden_tests_total", 0);
	CHECK_NUMBER(coding, "hidden_tests_passed", 0);
	CHECK_NUMBER(coding, "hints_used", 0);
	CHECK_NUMBER(coding, "errors_count", 0);
	CHECK_NULL(coding, "first_success_attempt");
	CHECK_NULL(coding, "computation");
}

static void unreached_question_misses_every_point(void)
{
	struct report_source source = fixture_source();
	cJSON *q = report_question(arena, &source, 2);

	CHECK_TEXT(q, "state", "unanswered");
	CHECK_NULL(q, "raw_llm_question");
	CHECK_NUMBER(q, "metrics.time_spent_sec", 0);
	CHECK_NULL(q, "metrics.started_at");
	CHECK_NUMBER(q, "metrics.theory.score", 0);
	CHECK_NUMBER(q, "metrics.theory.max_score", 10);
	CHECK_NUMBER(q, "metrics.theory.score_ratio", 0);
	CHECK_TEXT(q, "metrics.theory.verdict", "incorrect");
	CHECK_SIZE(q, "metrics.theory.key_points", 1);
	CHECK_TEXT(q, "metrics.theory.key_points.0.status", "missing");
	CHECK_TEXT(q, "metrics.theory.key_points.0.text", "Talk to each other.");
	CHECK_NULL(q, "metrics.theory.rubric");
	CHECK_NULL(q, "llm_evaluation");
}

static void texts_come_in_the_interviews_language(void)
{
	struct report_source source = fixture_source();
	cJSON *q;

	source.interview.language = LANG_RU;
	q = report_question(arena, &source, 2);
	CHECK_TEXT(q, "raw_prompt", "Конфликт?");
	CHECK_TEXT(q, "metrics.theory.key_points.0.text", "Поговорить.");
}

static void false_evidence_is_left_out(void)
{
	static struct span spans[] = { { 1, 4 }, { 0, 4 }, { 0, 900 }, { 6, 6 }, { -2, 4 } };
	static struct mark mark = {
		"same", "Same", "covered", 1, "x", NULL, spans, 5, "rule point"
	};
	struct report_source source = fixture_source();
	cJSON *q;

	fixture_questions[0].answer = "Да, да";
	fixture_evaluations[0].marks = &mark;
	fixture_evaluations[0].mark_count = 1;
	q = report_question(arena, &source, 0);
	CHECK_SIZE(q, "metrics.theory.key_points.0.evidence", 1);
	CHECK_TEXT(q, "metrics.theory.key_points.0.evidence.0.text", "Да");
}

static void broken_snapshot_does_no_harm(void)
{
	struct report_source source = fixture_source();
	cJSON *q;

	fixture_questions[2].snapshot = "{\"track\":";
	q = report_question(arena, &source, 2);
	CHECK_NUMBER(q, "metrics.theory.max_score", 10);
	CHECK_SIZE(q, "metrics.theory.key_points", 0);
	CHECK_SIZE(q, "skill_tags", 0);
}

static void metrics_are_as_by_hand(void)
{
	struct report_source source = fixture_source();
	const cJSON *m = at(report_summary(arena, &source), "metrics");

	CHECK_NUMBER(m, "overall.total_questions", 3);
	CHECK_NUMBER(m, "overall.theory_questions", 3);
	CHECK_NUMBER(m, "overall.coding_questions", 0);
	CHECK_NUMBER(m, "overall.total_score", 8.5);
	CHECK_NUMBER(m, "overall.max_total_score", 30);
	CHECK_NUMBER(m, "overall.score_ratio", 0.283);
	CHECK_NUMBER(m, "overall.time_total_sec", 120.5);
	CHECK_NUMBER(m, "overall.avg_time_per_question_sec", 40.167);
	CHECK_NUMBER(m, "by_type.theory.score", 8.5);
	CHECK_NUMBER(m, "by_type.theory.max_score", 30);
	CHECK_NUMBER(m, "by_type.theory.score_ratio", 0.283);
	CHECK_NUMBER(m, "by_type.theory.avg_score_per_question", 2.833);
	CHECK_NUMBER(m, "by_type.coding.score", 0);
	CHECK_NUMBER(m, "by_type.coding.max_score", 0);
	CHECK_NULL(m, "by_type.coding.score_ratio");
	CHECK_NULL(m, "by_type.coding.avg_attempts");
	CHECK_NULL(m, "by_type.coding.avg_hints_used");
	CHECK_NUMBER(m, "anti_cheat.suspicious_events", 0);
	CHECK_TEXT(m, "anti_cheat.notes", "no suspicious activity recorded");
}

static void groups_are_as_by_hand(void)
{
	struct report_source source = fixture_source();
	const cJSON *m = at(report_summary(arena, &source), "metrics");

	CHECK_NUMBER(m, "by_track.backend.score", 8.5);
	CHECK_NUMBER(m, "by_track.backend.score_ratio", 0.425);
	CHECK_NUMBER(m, "by_track.backend.avg_score_per_question", 4.25);
	CHECK_NUMBER(m, "by_track.hr.score_ratio", 0);
	CHECK_NUMBER(m, "by_skill.http.score_ratio", 0.8);
	CHECK_NUMBER(m, "by_skill.http.questions", 1);
	CHECK_NUMBER(m, "by_skill.api-design.score_ratio", 0.4);
	CHECK_NUMBER(m, "by_skill.api-design.questions", 2);
	CHECK_NUMBER(m, "by_skill.databases.score_ratio", 0.05);
	CHECK_NUMBER(m, "by_focus.knowledge.score", 8);
	CHECK_NUMBER(m, "by_focus.practice.max_score", 20);
	CHECK_NUMBER(m, "rubric.structure", 2.5);
	CHECK_NUMBER(m, "rubric.relevance", 2.5);
	CHECK_NUMBER(m, "rubric.technical_accuracy", 2);
	CHECK_NUMBER(m, "rubric.depth", 1.5);
	CHECK_NUMBER(m, "rubric.communication", 2);
	CHECK_NUMBER(m, "rubric.overall", 42); /* 20 * (.5 + .5 + .5 + .3 + .3) */
}

static void summary_tells_how_it_was_scored(void)
{
	struct report_source source = fixture_source();
	cJSON *d = report_summary(arena, &source);

	CHECK_TEXT(d, "session_id", "i1");
	CHECK_TEXT(d, "owner_id", "u1");
	CHECK_TEXT(d, "track", "backend");
	CHECK_TEXT(d, "level", "middle");
	CHECK_TEXT(d, "type", "mixed");
	CHECK_TEXT(d, "language", "en");
	CHECK_TEXT(d, "role.title", "Backend developer");
	CHECK_TEXT(d, "created_at", "2023-11-14T22:16:40Z");
	CHECK_TEXT(d, "scoring.version", SCORE_VERSION);
	CHECK_SIZE(d, "scoring.engines", 1);
	CHECK_TEXT(d, "scoring.engines.0.engine", "builtin");
	CHECK_NUMBER(d, "scoring.engines.0.questions", 2);
	CHECK_NUMBER(d, "scoring.rubric_weights.technical_accuracy", 0.25);
	CHECK_NUMBER(d, "scoring.rubric_weights.communication", 0.15);
	CHECK_NUMBER(d, "scoring.model_answer_cap", FLOW_MODEL_ANSWER_CAP);
	CHECK_NUMBER(d, "scoring.hint_price", FLOW_HINT_PRICE);
	CHECK_NUMBER(d, "status.answered", 2);
	CHECK_NUMBER(d, "status.unanswered", 1);
	CHECK_NUMBER(d, "status.hints_used", 1);
	CHECK_NUMBER(d, "status.model_answers_shown", 1);
	CHECK_NUMBER(d, "status.key_points_of_answers.total", 5);
	CHECK_NUMBER(d, "status.key_points_of_answers.covered", 1);
	CHECK_NUMBER(d, "status.key_points_of_answers.partial", 1);
	CHECK_NUMBER(d, "status.key_points_of_answers.missing", 3);
	CHECK_NULL(d, "level_fit");
	CHECK_TEXT(d, "questions.0.raw_llm_question", "Let us begin: idempotent?");
	CHECK_NULL(d, "questions.1.raw_llm_question");
}

static void two_engines_are_both_named(void)
{
	struct report_source source = fixture_source();
	cJSON *d;

	fixture_evaluations[1].engine = "a-model";
	fixture_evaluations[1].version = "llm-1";
	d = report_summary(arena, &source);
	CHECK_SIZE(d, "scoring.engines", 2);
	CHECK_TEXT(d, "scoring.engines.0.engine", "a-model");
	CHECK_TEXT(d, "scoring.engines.1.version", SCORE_VERSION);
}

static void no_questions_give_nulls(void)
{
	struct report_source source = fixture_source();
	cJSON *d;

	source.count = 0;
	d = report_build(arena, &source, NULL);
	CHECK_NUMBER(d, "metrics.overall.total_questions", 0);
	CHECK_NULL(d, "metrics.overall.score_ratio");
	CHECK_NULL(d, "metrics.overall.avg_time_per_question_sec");
	CHECK_NULL(d, "metrics.by_type.theory.score_ratio");
	CHECK_NULL(d, "metrics.by_type.theory.avg_score_per_question");
	CHECK_NULL(d, "metrics.rubric.structure");
	CHECK_NULL(d, "metrics.rubric.overall");
	CHECK_TEXT(d, "next_recommendations.difficulty", "same");
	CHECK_TEXT(d, "next_recommendations.tracks.0", "backend");
	CHECK_SIZE(d, "next_recommendations.topics_to_improve", 0);
	CHECK(strstr(json_text(d), ":nan") == NULL);
}

static void zero_max_score_gives_null_ratio(void)
{
	struct report_source source = fixture_source();
	cJSON *d;

	source.count = 1;
	fixture_evaluations[0].score = 0;
	fixture_evaluations[0].max_score = 0;
	d = report_build(arena, &source, NULL);
	CHECK_NULL(d, "questions.0.metrics.theory.score_ratio");
	CHECK_NULL(d, "metrics.overall.score_ratio");
	CHECK_NULL(d, "metrics.by_skill.http.score_ratio");
	CHECK_NUMBER(d, "metrics.overall.max_total_score", 0);
}

static void recommendations_follow_what_was_met(void)
{
	struct report_source source = fixture_source();
	cJSON *r = report_recommendations(arena, report_summary(arena, &source));

	CHECK_TEXT(r, "difficulty", "same"); /* 8.5 of 20 */
	CHECK_SIZE(r, "tracks", 1);
	CHECK_TEXT(r, "tracks.0", "backend");
	CHECK_TEXT(r, "topics_to_improve.0", "databases");
	CHECK_TEXT(r, "topics_to_improve.1", "Look at the plan.");
	CHECK_TEXT(r, "topics_to_improve.2", "Add an index.");
	CHECK_TEXT(r, "topics_to_improve.3", "POST makes duplicates.");
	CHECK_SIZE(r, "topics_to_improve", 4);
	fixture_evaluations[1].score = 9;
	r = report_recommendations(arena, report_summary(arena, &source));
	CHECK_TEXT(r, "difficulty", "increase"); /* 17 of 20 */
	fixture_evaluations[0].score = fixture_evaluations[1].score = 3;
	r = report_recommendations(arena, report_summary(arena, &source));
	CHECK_TEXT(r, "difficulty", "decrease");
}

static const char *fit_of(double score, const char *level, size_t answered)
{
	static char text[32];
	struct report_source source = fixture_source();
	const cJSON *fit;

	source.interview.level = level;
	for (size_t i = 0; i < 3; i++) {
		fixture_questions[i].state = i < answered ? "answered" : "unanswered";
		fixture_evaluations[i] = fixture_evaluation("q", score, "good");
	}
	fit = at(report_summary(arena, &source), "level_fit");
	if (!cJSON_IsObject(fit))
		return "unknown";
	snprintf(text, sizeof(text), "%s%s", json_string(fit, "level", "below"),
	         json_string(fit, "sign", "?"));
	return text;
}

static void level_fit_has_steps(void)
{
	CHECK_STR(fit_of(9, "middle", 3), "middle+");
	CHECK_STR(fit_of(7, "middle", 3), "middle");
	CHECK_STR(fit_of(5, "middle", 3), "middle-");
	CHECK_STR(fit_of(4, "senior", 3), "middle+");
	CHECK_STR(fit_of(1, "middle", 3), "junior");
	CHECK_STR(fit_of(1, "junior", 3), "below");
	CHECK_STR(fit_of(9, "middle", 2), "unknown");
}

int main(void)
{
	RUN(question_has_every_field);
	RUN(theory_is_as_graded);
	RUN(coding_shape_is_there_but_empty);
	RUN(unreached_question_misses_every_point);
	RUN(texts_come_in_the_interviews_language);
	RUN(false_evidence_is_left_out);
	RUN(broken_snapshot_does_no_harm);
	RUN(metrics_are_as_by_hand);
	RUN(groups_are_as_by_hand);
	RUN(summary_tells_how_it_was_scored);
	RUN(two_engines_are_both_named);
	RUN(no_questions_give_nulls);
	RUN(zero_max_score_gives_null_ratio);
	RUN(recommendations_follow_what_was_met);
	RUN(level_fit_has_steps);
	return check_done();
}
