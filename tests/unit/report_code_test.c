#include "report_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "score/coding.h"
#include "view/report_events.h"
#include "view/report_view.h"

#define HAS(text, part)   CHECK(strstr(text, part) != NULL)
#define LACKS(text, part) CHECK(strstr(text, part) == NULL)

/* --- the normalized question ---------------------------------------------------- */

static void metrics_of_a_coding_question(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q = report_question(arena, &source, 2);
	const cJSON *coding = at(q, "metrics.coding");

	CHECK_NULL(q, "metrics.theory");
	CHECK_NUMBER(coding, "attempts", 2);
	CHECK_NUMBER(coding, "runs", 1);
	/* 10 * (0.4 + 0.6 * 5 / 7) = 8.286; 0.5 for the hint, 2 * 0.25 for the attempts */
	CHECK_NUMBER(coding, "score_code", 7.3);
	CHECK_NUMBER(coding, "max_score_code", 10);
	CHECK_NUMBER(coding, "score_ratio_code", 0.73);
	CHECK_NUMBER(coding, "public_tests_total", 3);
	CHECK_NUMBER(coding, "public_tests_passed", 3);
	CHECK_NUMBER(coding, "hidden_tests_total", 7);
	CHECK_NUMBER(coding, "hidden_tests_passed", 5);
	CHECK_NUMBER(coding, "hints_used", 1);
	CHECK_NUMBER(coding, "errors_count", 2);
	CHECK_NULL(coding, "first_success_attempt");
	CHECK_NUMBER(coding, "computation.best_attempt", 3);
	CHECK_NUMBER(coding, "computation.before_prices", 8.286);
	CHECK_NUMBER(coding, "computation.failed_attempts", 2);
	CHECK_NUMBER(coding, "computation.failure_price", 0.5);
	CHECK_NUMBER(q, "hints_used", 1);
}

static void task_shows_public_tests_only(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q = report_question(arena, &source, 2);
	const char *text = json_text(q);

	CHECK_TEXT(q, "title", "Two Sum");
	CHECK_TEXT(q, "category", "algo");
	CHECK_TEXT(q, "raw_prompt", "Find **two** numbers.");
	CHECK_TEXT(q, "skill_tags.0", "algorithms");
	CHECK_TEXT(q, "skill_tags.1", "hash-maps");
	CHECK_TEXT(q, "code_task.task_id", "task-two-sum");
	CHECK_TEXT(q, "code_task.description_markdown", "Find **two** numbers.");
	CHECK_TEXT(q, "code_task.kind", "function");
	CHECK_TEXT(q, "code_task.language", "python");
	CHECK_TEXT(q, "code_task.topic", "hash-maps");
	CHECK_TEXT(q, "code_task.starter_code", "def two_sum(nums, target):\n    pass");
	CHECK_SIZE(q, "code_task.sample_inputs", 3);
	CHECK_NUMBER(q, "code_task.sample_inputs.1.args.1", 5);
	CHECK_NUMBER(q, "code_task.sample_inputs.1.expected.0", 1);
	CHECK_NULL(q, "code_task.reference_solution");
	CHECK_NULL(q, "model_answer");
	LACKS(text, "987654");
	LACKS(text, "424242");
	LACKS(text, "reference_solution)");
	/* Nor is anything of them in the document, its texts or the text form. */
	text = json_text(report_build(arena, &source, NULL));
	LACKS(text, "987654");
	LACKS(text, "424242");
	LACKS(text, "reference_solution)");
}

static void shown_solution_caps_the_score(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q;

	fixture_questions[2].model_answer = true;
	q = report_question(arena, &source, 2);
	CHECK_NUMBER(q, "metrics.coding.score_code", REPORT_MODEL_ANSWER_CAP);
	CHECK_NUMBER(q, "metrics.coding.computation.before_cap", 7.3);
	CHECK_TEXT(q, "code_task.reference_solution", "def two_sum(reference_solution)");
	CHECK_TEXT(q, "model_answer", "def two_sum(reference_solution)");
	source.interview.code_language = "javascript";
	q = report_question(arena, &source, 2);
	CHECK_TEXT(q, "model_answer", "// js");
	source.interview.code_language = "go";
	q = report_question(arena, &source, 2);
	CHECK_TEXT(q, "model_answer", "def two_sum(reference_solution)");
}

static void attempts_are_as_sent(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q = report_question(arena, &source, 2);
	const cJSON *first = at(q, "code_attempts.0");

	CHECK_SIZE(q, "code_attempts", 3);
	CHECK_NUMBER(first, "attempt_number", 1);
	CHECK_TEXT(first, "state", "done");
	CHECK_TEXT(first, "language", "python");
	CHECK_NUMBER(first, "passed_public", 1);
	CHECK_NUMBER(first, "public_total", 3);
	CHECK_NUMBER(first, "passed_hidden", 1);
	CHECK_NUMBER(first, "score", 2.19); /* 10 * (0.4 / 3 + 0.6 / 7) */
	CHECK_NUMBER(first, "max_score", 10);
	CHECK_NUMBER(first, "time_spent", 90.5);
	CHECK_NUMBER(first, "errors", 2);
	CHECK_NULL(first, "compile_error");
	CHECK_SIZE(first, "public_tests", 3);
	CHECK_TEXT(first, "public_tests.1.verdict", "wrong_answer");
	CHECK_TEXT(first, "public_tests.1.input", "[[1,2,3],5]");
	CHECK_TEXT(first, "public_tests.1.expected", "[1,2]");
	CHECK_TEXT(first, "public_tests.1.got", "[0,2]");
	CHECK_NULL(first, "public_tests.1.exception");
	CHECK_NULL(first, "public_tests.2.got");
	CHECK_TEXT(first, "public_tests.2.exception.class", "IndexError");
	CHECK_NUMBER(first, "public_tests.2.exception.line", 3);
	CHECK_TEXT(first, "created_at", "2023-11-14T22:16:00Z");
	CHECK_TEXT(q, "code_attempts.1.state", "failed");
	CHECK_NULL(q, "code_attempts.1.score");
	CHECK_NUMBER(q, "code_attempts.2.hints_used", 1);
	CHECK_NUMBER(q, "code_attempts.2.score", 8.286);
	CHECK_NUMBER(q, "hints.0.level", 1);
	CHECK_TEXT(q, "hints.0.text", "A map helps.");
	CHECK_NUMBER(q, "hints.0.price", 0.5);
	CHECK_TEXT(q, "hints.0.engine", "builtin");
	CHECK_SIZE(q, "error_explanations", 2);
	CHECK_NUMBER(q, "error_explanations.0.run", 1);
	CHECK_NULL(q, "error_explanations.0.attempt_number");
	CHECK_NUMBER(q, "error_explanations.1.attempt_number", 1);
	CHECK_TEXT(q, "error_explanations.1.text", "The index is outside.");
	CHECK_TEXT(q, "error_explanations.1.engine", "scripted");
}

/* An answer nested as deep as the judge reads would make the document unreadable. */
static void deep_and_long_answers_do_no_harm(void)
{
	struct report_source source = fixture_coding_source();
	char deep[129] = "", *longest = arena_alloc(arena, 100001);
	struct buf result;
	cJSON *again;

	memset(deep, '[', 60);
	memset(deep + 60, ']', 60);
	memset(longest, 'x', 100000);
	longest[100000] = '\0';
	buf_init(&result, arena);
	buf_printf(&result,
	           "{\"public\":[{\"verdict\":\"wrong_answer\",\"got\":%s,\"input\":\"%s\"}]}",
	           deep, longest);
	fixture_submissions[1].result = result.data;
	again = report_build(arena, &source, NULL);
	CHECK_INT(json_parse(json_text(again), strlen(json_text(again)), &again), OK);
	CHECK_TEXT(again, "questions.2.code_attempts.0.public_tests.0.got", deep);
	CHECK(strlen(cJSON_GetStringValue(
	              at(again, "questions.2.code_attempts.0.public_tests.0.input"))) < 2100);
}

static void compile_errors_are_told(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q;

	fixture_submissions[1].result = "{\"compile\":{\"ok\":false,\"message\":\"expected ';'\","
	                                "\"line\":4},\"public\":[]}";
	q = report_question(arena, &source, 2);
	CHECK_TEXT(q, "code_attempts.0.compile_error.message", "expected ';'");
	CHECK_NUMBER(q, "code_attempts.0.compile_error.line", 4);
	fixture_submissions[1].result = "{broken";
	q = report_question(arena, &source, 2);
	CHECK_NULL(q, "code_attempts.0.compile_error");
	CHECK_SIZE(q, "code_attempts.0.public_tests", 0);
}

static void success_is_counted_by_attempt_number(void)
{
	struct report_source source = fixture_coding_source();
	const cJSON *coding;

	fixture_submissions[3].hidden_passed = 7;
	coding = at(report_question(arena, &source, 2), "metrics.coding");
	CHECK_NUMBER(coding, "first_success_attempt", 3); /* the second was never judged */
	CHECK_NUMBER(coding, "computation.failed_attempts", 1);
	CHECK_NUMBER(coding, "score_code", 9.3); /* 10 - 0.5 - 0.25 = 9.25 */
}

static void unjudged_code_has_no_score(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *d;

	fixture_submissions[1].state = fixture_submissions[3].state = "not_judged";
	fixture_submissions[1].result = fixture_submissions[3].result = NULL;
	d = report_build(arena, &source, NULL);
	CHECK_NULL(d, "questions.2.metrics.coding.score_code");
	CHECK_NULL(d, "questions.2.metrics.coding.score_ratio_code");
	CHECK_NULL(d, "questions.2.metrics.coding.computation");
	CHECK_NULL(d, "metrics.by_type.coding.score_ratio");
	CHECK_NUMBER(d, "metrics.by_type.coding.unjudged", 1);
	CHECK_NUMBER(d, "metrics.overall.max_total_score", 20);
	CHECK_TEXT(d, "questions.2.state", "answered");
	HAS(cJSON_GetStringValue(at(d, "llm_summary_candidate")), "could not be judged here");
	HAS(cJSON_GetStringValue(at(d, "llm_summary_admin")), "read by hand");
}

static void task_without_attempts_scores_nothing(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q;

	source.works = NULL;
	fixture_questions[2].state = "active";
	q = report_question(arena, &source, 2);
	CHECK_TEXT(q, "state", "unanswered");
	CHECK_NUMBER(q, "metrics.coding.score_code", 0);
	CHECK_NUMBER(q, "metrics.coding.max_score_code", 10);
	CHECK_NUMBER(q, "metrics.coding.public_tests_total", 3);
	CHECK_NUMBER(q, "metrics.coding.hidden_tests_total", 2);
	CHECK_TEXT(q, "code_task.language", "python");
	source = fixture_coding_source();
	fixture_questions[2].state = "active"; /* the time ran out on it */
	CHECK_TEXT(report_question(arena, &source, 2), "state", "answered");
}

static void unreadable_task_does_no_harm(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *q;

	fixture_questions[2].snapshot = "{";
	q = report_question(arena, &source, 2);
	CHECK_NULL(q, "code_task");
	CHECK_NUMBER(q, "metrics.coding.score_code", 7.3);
	CHECK_SIZE(q, "code_attempts", 3);
}

/* --- the session -------------------------------------------------------------------- */

static void session_metrics_tell_coding_apart(void)
{
	struct report_source source = fixture_coding_source();
	const cJSON *m = at(report_summary(arena, &source), "metrics");

	CHECK_NUMBER(m, "overall.theory_questions", 2);
	CHECK_NUMBER(m, "overall.coding_questions", 1);
	CHECK_NUMBER(m, "overall.total_score", 15.8);
	CHECK_NUMBER(m, "by_type.theory.score", 8.5);
	CHECK_NUMBER(m, "by_type.coding.score", 7.3);
	CHECK_NUMBER(m, "by_type.coding.max_score", 10);
	CHECK_NUMBER(m, "by_type.coding.score_ratio", 0.73);
	CHECK_NUMBER(m, "by_type.coding.avg_attempts", 2);
	CHECK_NUMBER(m, "by_type.coding.avg_hints_used", 1);
	CHECK_NUMBER(m, "by_type.coding.avg_score_per_question", 7.3);
	CHECK_NUMBER(m, "by_type.coding.solved", 0);
	CHECK_NUMBER(m, "by_type.coding.errors_count", 2);
	CHECK_NUMBER(m, "by_track.backend.score", 15.8);
	CHECK_NUMBER(m, "by_skill.hash-maps.score_ratio", 0.73);
	CHECK_NUMBER(m, "rubric.structure", 2.5); /* of the two answers to theory */
}

static void events_are_counted_only(void)
{
	static const struct event_row events[] = {
		{ .kind = "large_paste",
		  .evidence = "{\"chars\":300,\"excerpt\":\"pasted words\"}" },
		{ .kind = "focus_lost", .evidence = "{\"ms\":5000}" },
		{ .kind = "focus_lost", .evidence = "{\"ms\":7000}" },
	};
	struct report_source source = fixture_coding_source();
	cJSON *d;

	source.events = events;
	source.event_count = 3;
	d = report_build(arena, &source, NULL);
	CHECK_NUMBER(d, "metrics.anti_cheat.suspicious_events", 3);
	CHECK_NUMBER(d, "metrics.anti_cheat.by_kind.focus_lost", 2);
	CHECK_NUMBER(d, "metrics.anti_cheat.by_kind.large_paste", 1);
	CHECK_TEXT(d, "metrics.anti_cheat.notes", "3 events were recorded; an event is no verdict");
	LACKS(json_text(d), "pasted words");
}

static void scoring_prints_the_constants(void)
{
	struct report_source source = fixture_coding_source();
	const cJSON *coding = at(report_summary(arena, &source), "scoring.coding");

	CHECK_NUMBER(coding, "public_weight", CODING_PUBLIC_WEIGHT);
	CHECK_NUMBER(coding, "hidden_weight", CODING_HIDDEN_WEIGHT);
	CHECK_NUMBER(coding, "failure_price", CODING_FAILURE_PRICE);
	CHECK_NUMBER(coding, "failures_price_max", CODING_FAILURES_PRICE);
	CHECK_SIZE(coding, "hint_prices", 3);
	CHECK_NUMBER(coding, "hint_prices.2", coding_hint_price[3]);
}

/* --- words --------------------------------------------------------------------------- */

static struct report_texts texts_of(const struct report_source *source)
{
	struct report_texts texts;

	report_write_texts(arena, report_summary(arena, source), &texts);
	if (getenv("SHOW_TEXTS") != NULL)
		printf("%s\n\n~~~~~\n\n%s\n\n##########\n", texts.candidate, texts.admin);
	return texts;
}

static void texts_tell_how_coding_went(void)
{
	struct report_source source = fixture_coding_source();
	struct report_texts texts = texts_of(&source);

	HAS(texts.candidate, "no coding task passed all its tests yet");
	HAS(texts.candidate, "for judging 2 times");
	HAS(texts.candidate, "some of the hidden ones do not: “Two Sum”.");
	HAS(texts.candidate, "edge cases: empty input");
	HAS(texts.candidate, "Coding (73%) is ahead of theory (42.5%).");
	HAS(texts.admin, "Coding tasks: 1, solved in full: 0");
	HAS(texts.admin, "attempts: 2; best attempt: public tests 3 of 3, hidden tests 5 of 7");
	HAS(texts.admin, "hint level used: 1; score: 7.3 of 10.");
	HAS(texts.admin, "Risk, edge cases");
	fixture_submissions[3].hidden_passed = 7;
	texts = texts_of(&source);
	HAS(texts.candidate, "every coding task is solved");
	HAS(texts.candidate, "solved after you found your mistake: “Two Sum”.");
	HAS(texts.admin, "for the first time at attempt 3");
	LACKS(texts.admin, "Risk, edge cases");
	fixture_works[2].submissions.count = 2;
	fixture_submissions[1].public_passed = 3;
	fixture_submissions[1].hidden_passed = 7;
	texts = texts_of(&source);
	HAS(texts.candidate, "solved at the first attempt: “Two Sum”.");
	HAS(texts.candidate, "for judging 1 time.");
}

static void texts_without_coding_do_not_speak_of_it(void)
{
	struct report_source source = fixture_source();
	struct report_texts texts = texts_of(&source);

	LACKS(texts.candidate, "oding");
	LACKS(texts.admin, "oding");
}

static void weak_topics_of_code_are_recommended(void)
{
	struct report_source source = fixture_coding_source();
	const cJSON *topics;

	fixture_submissions[3].public_passed = fixture_submissions[3].hidden_passed = 0;
	topics = at(report_build(arena, &source, NULL), "next_recommendations.topics_to_improve");
	HAS(json_text(topics), "hash-maps");
	HAS(json_text(topics), "algorithms");
}

/* --- what is shown ---------------------------------------------------------------------- */

static struct mustache *templates(void)
{
	struct mustache *loaded;

	CHECK_INT(mustache_load(arena, "templates", &loaded), OK);
	return loaded;
}

static const char *page_of(const struct report_source *source, bool for_admin)
{
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(mustache_render(templates(), "partials/report_body", LANG_EN,
	                          report_view(arena, report_build(arena, source, NULL), for_admin),
	                          &out),
	          OK);
	return out.data;
}

static void page_shows_attempts_and_tests(void)
{
	struct report_source source = fixture_coding_source();
	const char *html = page_of(&source, false);

	HAS(html, "</span> Two Sum</h3>");
	HAS(html, "Find <strong>two</strong> numbers.");
	HAS(html,
	    "10 × (0.4 × 3/3 + 0.6 × 5/7) = 8.29, minus 0.5 for hints up to level 1, minus 0.5 "
	    "for 2 failed submissions = 7.3");
	HAS(html, "return &lt;b&gt;");
	HAS(html, "Hidden tests: 5 of 7 passed.");
	HAS(html, "the judge failed");
	HAS(html, "A map helps.");
	HAS(html, "The index is outside.");
	HAS(html, "0.5 / 1 / 2");
	LACKS(html, "Code of every attempt");
	LACKS(html, "return <b>");
	HAS(page_of(&source, true), "Code of every attempt");
	fixture_works[2].submissions.count = 2;
	fixture_questions[2].model_answer = true;
	html = page_of(&source, false);
	HAS(html, "<code>def two_sum(reference_solution)</code></pre>");
	HAS(html, "<td class=\"test wrong_answer\">wrong answer</td><td><code>[[1,2,3],5]</code>");
	HAS(html, "IndexError: list index out of range (line 3)");
}

static void the_best_attempt_has_points(void)
{
	struct report_source source = fixture_coding_source();

	HAS(page_of(&source, false), "<small>best</small>");
	fixture_questions[2].model_answer = true;
	HAS(page_of(&source, false), "= 7.3, at most 3 because the model answer was shown = 3<");
	fixture_submissions[1].public_passed = fixture_submissions[1].hidden_passed = 0;
	fixture_submissions[3].public_passed = fixture_submissions[3].hidden_passed = 0;
	LACKS(page_of(&source, false), "<small>best</small>");
}

static void text_form_shows_the_same(void)
{
	struct report_source source = fixture_coding_source();
	struct report_row row;
	struct buf out;

	fixture_works[2].submissions.count = 2;
	row = (struct report_row){ .id = "r",
		                   .body = json_text(report_build(arena, &source, NULL)) };
	buf_init(&out, arena);
	CHECK_INT(report_txt(templates(), arena, &row, false, &out), OK);
	if (getenv("SHOW_TEXTS") != NULL)
		puts(out.data);
	HAS(out.data, "--- 3 ---\n\nTwo Sum\n\nFind **two** numbers.\n");
	HAS(out.data, "Attempt 1 (Python): public tests 1 / 3, hidden tests 1 / 7");
	HAS(out.data, "def two_sum(nums, target):\n    return <b>\n");
	HAS(out.data, "Public test 2: wrong answer\n    Input: [[1,2,3],5]\n    Expected: [1,2]\n");
	HAS(out.data, "Hint 1 (price with the levels before it: 0.5): A map helps.\n");
	HAS(out.data, "Mentor on attempt 1: The index is outside.\n");
	HAS(out.data,
	    "How it was computed: 10 × (0.4 × 1/3 + 0.6 × 1/7) = 2.19, minus 0.5 for hints");
}

static void events_are_shown_with_evidence(void)
{
	static struct event_row rows[] = {
		{ .question_id = "q3",
		  .kind = "large_paste",
		  .evidence = "{\"chars\":300,\"excerpt\":\"pasted <b>\"}" },
		{ .kind = "fast_typing", .evidence = "{\"chars\":90,\"ms\":1000}" },
		{ .kind = "identical_code", .evidence = "{\"other_user\":\"Bob\"}" },
		{ .kind = "focus_lost", .evidence = "broken" },
	};
	static const struct event_list list = { rows, 4 }, none = { rows, 0 };
	const struct question_list questions = { fixture_questions, 3 };
	struct report_source source = fixture_coding_source();
	cJSON *page = cJSON_CreateObject();
	struct buf out;

	(void)source;
	report_events_add(arena, page, &(struct report_events){ &none, &questions, NULL }, LANG_EN);
	CHECK(cJSON_IsFalse(at(page, "has_events")));
	report_events_add(arena, page, &(struct report_events){ &list, &questions, NULL }, LANG_EN);
	CHECK(cJSON_IsTrue(at(page, "has_events")));
	CHECK_SIZE(page, "events", 4);
	CHECK_TEXT(page, "events.0.question", "3");
	CHECK_TEXT(page, "events.0.detail", "300 characters");
	CHECK_TEXT(page, "events.1.detail", "90 characters in 1 s");
	CHECK_TEXT(page, "events.2.detail", "Bob");
	CHECK_TEXT(page, "events.3.detail", "0 s");
	buf_init(&out, arena);
	CHECK_INT(mustache_render(templates(), "partials/report_events", LANG_EN, page, &out), OK);
	HAS(out.data, "<q>pasted &lt;b&gt;</q>");
}

int main(void)
{
	RUN(metrics_of_a_coding_question);
	RUN(task_shows_public_tests_only);
	RUN(shown_solution_caps_the_score);
	RUN(attempts_are_as_sent);
	RUN(deep_and_long_answers_do_no_harm);
	RUN(compile_errors_are_told);
	RUN(success_is_counted_by_attempt_number);
	RUN(unjudged_code_has_no_score);
	RUN(task_without_attempts_scores_nothing);
	RUN(unreadable_task_does_no_harm);
	RUN(session_metrics_tell_coding_apart);
	RUN(events_are_counted_only);
	RUN(scoring_prints_the_constants);
	RUN(texts_tell_how_coding_went);
	RUN(the_best_attempt_has_points);
	RUN(texts_without_coding_do_not_speak_of_it);
	RUN(weak_topics_of_code_are_recommended);
	RUN(page_shows_attempts_and_tests);
	RUN(text_form_shows_the_same);
	RUN(events_are_shown_with_evidence);
	return check_done();
}
