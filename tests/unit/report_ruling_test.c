/* What persons decide about a score, by hand: the sums stand in the comments. */
#include "report_fixture.h"
#include "report_pages.h"

#include "interview/flow.h"
#include "report/explain.h"
#include "report/ruling.h"

/* Points said, half said and denied, of equal weight; half a point earns (.4 / .8)^1. */
#define STEPS(toll, cap, third)                                                                    \
	"{\"score\":4.3,\"max_score\":10,\"key_points\":[{\"id\":\"a\",\"credit\":1,\"weight\":1," \
	"\"full\":0.8},"                                                                           \
	"{\"id\":\"b\",\"credit\":0.25,\"weight\":1,\"full\":0.8},"                                \
	"{\"id\":\"c\",\"credit\":0,\"weight\":1,\"full\":0.8" third "}],"                         \
	"\"credit_power\":1,\"covered_min\":0.4,\"partial_min\":0.2,\"points\":0.4166666666667,"   \
	"\"likeness\":0.5,\"point_share\":0.8,\"power\":1,\"penalty\":0.5,\"cap\":" cap "," toll   \
	"}"
#define NO_TOLL "\"hints_price\":0,\"model_answer_cap\":null"
#define DENIED  ",\"denied\":true"

static struct span first_words[] = { { 0, 10 } };
static struct mark marks[] = {
	{ "a", "A", "covered", 1, "A", NULL, first_words, 1, "rule point" },
	{ "b", "B", "partial", 0.3, "B", NULL, first_words, 1, "rule point" },
	{ "c", "C", "missing", 0, NULL, "not C", NULL, 0, "" },
};

static struct question asked;
static struct appeal appeals[2];

static struct evaluation graded(const char *engine, double score, const char *steps)
{
	struct evaluation evaluation = fixture_evaluation("q1", score, "partial");

	evaluation.engine = engine;
	evaluation.steps = steps;
	evaluation.marks = marks;
	evaluation.mark_count = 3;
	asked = (struct question){ .id = "q1", .answer = "The effect stays the same" };
	return evaluation;
}

static struct appeal grant(const char *point, const char *granted)
{
	return (struct appeal){ .id = "x",
		                .question_id = "q1",
		                .key_point_id = point,
		                .span_start = 11,
		                .span_end = 16,
		                .comment = "There it is",
		                .state = granted[0] != '\0' ? "accepted" : "declined",
		                .granted = granted,
		                .status_before = "missing",
		                .reply = "Indeed",
		                .decided_by_name = "Olga Reviewer",
		                .created_at = FIXTURE_MS(300),
		                .decided_at = FIXTURE_MS(400) };
}

static double with(const struct evaluation *evaluation, const char *point, const char *granted)
{
	appeals[0] = grant(point, granted);
	return ruling_score(evaluation, &asked,
	                    &(struct ruling){ .appeals = appeals, .appeal_count = 1 });
}

static void the_built_in_formula_is_done_again(void)
{
	/* (.8 * 1.25 / 3 + .2 * .5) * 10 = 4.3 */
	struct evaluation plain = graded("builtin", 4.3, STEPS(NO_TOLL, "1", ""));

	CHECK_NEAR(with(&plain, "c", "covered"), 7.0, 1e-9); /* .8 * 2.25 / 3 + .1 */
	CHECK_NEAR(with(&plain, "c", "partial"), 5.7, 1e-9); /* .8 * 1.75 / 3 + .1 = .5667 */
	CHECK_NEAR(with(&plain, "b", "covered"), 6.3, 1e-9); /* .8 * 2 / 3 + .1 = .6333 */
	CHECK_NEAR(with(&plain, "b", "partial"), 5.0, 1e-9); /* .8 * 1.5 / 3 + .1 */
	CHECK_NEAR(with(&plain, "a", "covered"), 4.3, 1e-9);
	CHECK_NEAR(with(&plain, "c", ""), 4.3, 1e-9);
	CHECK_NEAR(with(&plain, "unknown", "covered"), 4.3, 1e-9);
}

static void several_appeals_count_together(void)
{
	const struct evaluation plain = graded("builtin", 4.3, STEPS(NO_TOLL, "1", ""));

	appeals[0] = grant("b", "covered");
	appeals[1] = grant("c", "covered");
	/* .8 * 3 / 3 + .1 */
	CHECK_NEAR(ruling_score(&plain, &asked,
	                        &(struct ruling){ .appeals = appeals, .appeal_count = 2 }),
	           9.0, 1e-9);
}

static void a_granted_point_is_no_longer_denied(void)
{
	/* .4333 * (1 - .5 / 3) */
	const struct evaluation denied = graded("builtin", 3.6, STEPS(NO_TOLL, "1", DENIED));

	CHECK_NEAR(with(&denied, "c", "covered"), 7.0, 1e-9);
	CHECK_NEAR(with(&denied, "b", "covered"), 5.3, 1e-9); /* .6333 * (1 - .5 / 3) = .5278 */
}

static void caps_and_prices_hold(void)
{
	struct evaluation hinted = graded(
	        "builtin", 2.8, STEPS("\"hints_price\":1.5,\"model_answer_cap\":null", "1", ""));
	struct evaluation shown =
	        graded("builtin", 3, STEPS("\"hints_price\":0,\"model_answer_cap\":3", "1", ""));
	struct evaluation capped = graded("builtin", 4, STEPS(NO_TOLL, "0.4", ""));
	struct evaluation lower = graded("builtin", 4.2, STEPS(NO_TOLL, "0.4", ""));

	CHECK_NEAR(with(&hinted, "c", "covered"), 5.5, 1e-9);
	CHECK_NEAR(with(&shown, "c", "covered"), 3, 1e-9);
	CHECK_NEAR(with(&capped, "c", "covered"), 4, 1e-9);
	CHECK_NEAR(with(&lower, "c", "covered"), 4.2, 1e-9);
}

static void a_models_marks_are_counted_again(void)
{
	/* (1 + .5) / 3 */
	struct evaluation model = graded("gpt", 5, NULL);

	CHECK_NEAR(with(&model, "c", "covered"), 8.3, 1e-9); /* 2.5 / 3 */
	CHECK_NEAR(with(&model, "c", "partial"), 6.7, 1e-9);
	CHECK_NEAR(with(&model, "b", "covered"), 6.7, 1e-9);
	asked.hints_used = 2;
	CHECK_NEAR(with(&model, "c", "covered"), 7.3, 1e-9); /* 2 hints of .5 */
	asked.model_answer = true;
	model.score = 3;
	CHECK_NEAR(with(&model, "c", "covered"), 3, 1e-9);
	model = graded("gpt", 4, NULL);
	model.flags = SCORE_FLAG_DUMP;
	CHECK_NEAR(with(&model, "c", "covered"), 4, 1e-9);
}

static void without_steps_a_point_is_its_share(void)
{
	struct evaluation old = graded("builtin", 5, NULL);

	CHECK_NEAR(with(&old, "c", "covered"), 8.3, 1e-9);
	CHECK_NEAR(with(&old, "c", "partial"), 6.7, 1e-9);
	CHECK_NEAR(with(&old, "b", "covered"), 6.7, 1e-9);
	old.score = 9.5;
	CHECK_NEAR(with(&old, "c", "covered"), 10, 1e-9);
	asked.model_answer = true;
	old.score = 2;
	CHECK_NEAR(with(&old, "c", "covered"), 3, 1e-9);
	old.steps = "{\"key_points\":3,\"cap\":";
	old.score = 5;
	asked.model_answer = false;
	CHECK_NEAR(with(&old, "c", "covered"), 8.3, 1e-9);
}

/* --- real grades -------------------------------------------------------------------- */

/* Granting what a point has anyway gives the examiner's mark; granting more never less. */
static void check_real(const cJSON *body, const char *answer, int hints)
{
	struct exam_question exam;
	struct evaluation evaluation;

	asked = (struct question){ .id = "q1",
		                   .snapshot = json_text(body),
		                   .answer = answer,
		                   .hints_used = hints,
		                   .model_answer = hints == 2 };
	CHECK_INT(exam_question_parse(arena, asked.snapshot, LANG_EN, &exam), OK);
	CHECK_INT(flow_grade(examiner_builtin(), arena, &asked, &exam, &evaluation), OK);
	for (size_t i = 0; i < evaluation.mark_count; i++) {
		const char *point = evaluation.marks[i].key_point_id;
		const double half = with(&evaluation, point, "partial");
		const double whole = with(&evaluation, point, "covered");

		CHECK(evaluation.score <= half && half <= whole && whole <= evaluation.max_score);
		CHECK(!asked.model_answer || whole <= REPORT_MODEL_ANSWER_CAP);
		if (strcmp(evaluation.marks[i].status, "missing") == 0 && hints == 0 &&
		    evaluation.flags == 0)
			CHECK(whole > evaluation.score);
	}
}

static void real_grades_go_up_and_stay_in_bounds(void)
{
	const cJSON *body;
	cJSON *bodies;
	int left = 12;

	CHECK_INT(json_parse_file(arena, "bank/questions/backend.json", 1 << 24, &bodies), OK);
	cJSON_ArrayForEach(body, bodies)
	{
		const char *reference = cJSON_GetStringValue(
		        cJSON_GetArrayItem(json_get(json_get(body, "reference_answer"), "en"), 0));

		check_real(body, reference, left % 3);
		check_real(body, arena_copy(arena, reference, strcspn(reference, ".") + 1),
		           left % 3);
		if (--left == 0)
			break;
	}
}

/* --- the document ------------------------------------------------------------------ */

static struct ruling rulings[3];
static struct override set_by_hand;

static struct report_source ruled_source(void)
{
	struct report_source source = fixture_source();

	memset(rulings, 0, sizeof(rulings));
	source.rulings = rulings;
	return source;
}

static void override(size_t index, double score)
{
	set_by_hand = (struct override){ .id = 1,
		                         .score = score,
		                         .reason = "It was <said> aloud",
		                         .author_name = "Olga Reviewer",
		                         .created_at = FIXTURE_MS(500) };
	rulings[index].override = &set_by_hand;
}

static void nothing_decided_changes_nothing(void)
{
	struct report_source plain = fixture_source();
	const char *before = json_text(report_summary(arena, &plain));
	struct report_source source = ruled_source();

	CHECK_STR(json_text(report_summary(arena, &source)), before);
	CHECK_NULL(report_question(arena, &source, 0), "ruling");
}

static void a_granted_point_counts_everywhere(void)
{
	struct report_source source = ruled_source();
	cJSON *summary, *q;

	appeals[0] = grant("post", "covered");
	rulings[0] = (struct ruling){ .appeals = appeals, .appeal_count = 1 };
	summary = report_summary(arena, &source);
	q = cJSON_GetArrayItem(cJSON_GetObjectItem(summary, "questions"), 0);
	/* No steps were kept: 8 + 10 / 3, at most 10. */
	CHECK_NUMBER(q, "metrics.theory.score", 10);
	CHECK_TEXT(q, "metrics.theory.verdict", "excellent");
	CHECK_TEXT(q, "metrics.theory.key_points.2.status", "covered");
	CHECK_TEXT(q, "metrics.theory.key_points.2.decided_by", "person");
	CHECK_NULL(q, "metrics.theory.key_points.2.wrong");
	CHECK_TEXT(q, "metrics.theory.key_points.2.evidence.0.text", "stays");
	CHECK_NUMBER(q, "ruling.score_by_examiner", 8);
	CHECK_NUMBER(q, "ruling.score_by_appeals", 10);
	CHECK_NULL(q, "ruling.override");
	CHECK_TEXT(q, "ruling.appeals.0.granted", "covered");
	CHECK_TEXT(q, "ruling.appeals.0.evidence.text", "stays");
	CHECK_NUMBER(summary, "metrics.overall.total_score", 10.5);
	CHECK_NUMBER(summary, "metrics.by_type.theory.score", 10.5);
	CHECK_NUMBER(summary, "metrics.by_skill.http.score_ratio", 1);
}

static void a_declined_one_is_told_and_counts_nothing(void)
{
	struct report_source source = ruled_source();
	cJSON *q;

	appeals[0] = grant("post", "");
	rulings[0] = (struct ruling){ .appeals = appeals, .appeal_count = 1 };
	q = report_question(arena, &source, 0);
	CHECK_NUMBER(q, "metrics.theory.score", 8);
	CHECK_TEXT(q, "metrics.theory.key_points.2.status", "missing");
	CHECK_TEXT(q, "ruling.appeals.0.state", "declined");
	CHECK_NULL(q, "ruling.appeals.0.granted");
	CHECK_TEXT(q, "ruling.appeals.0.reply", "Indeed");
}

static void a_person_s_score_beats_all(void)
{
	struct report_source source = ruled_source();
	cJSON *summary;

	appeals[0] = grant("post", "covered");
	rulings[0] = (struct ruling){ .appeals = appeals, .appeal_count = 1 };
	override(0, 2);
	summary = report_summary(arena, &source);
	CHECK_NUMBER(summary, "questions.0.metrics.theory.score", 2);
	CHECK_NUMBER(summary, "questions.0.metrics.theory.score_ratio", 0.2);
	CHECK_TEXT(summary, "questions.0.metrics.theory.verdict", "incorrect");
	CHECK_NUMBER(summary, "questions.0.ruling.score_by_examiner", 8);
	CHECK_NUMBER(summary, "questions.0.ruling.score_by_appeals", 10);
	CHECK_NUMBER(summary, "questions.0.ruling.override.score", 2);
	CHECK_TEXT(summary, "questions.0.ruling.override.at", "2023-11-14T22:21:40Z");
	CHECK_NUMBER(summary, "metrics.overall.total_score", 2.5);
}

static void an_unanswered_question_can_get_a_score(void)
{
	struct report_source source = ruled_source();
	cJSON *summary;

	override(2, 4);
	summary = report_summary(arena, &source);
	CHECK_NUMBER(summary, "questions.2.metrics.theory.score", 4);
	CHECK_NUMBER(summary, "questions.2.ruling.score_by_examiner", 0);
	CHECK_NUMBER(summary, "metrics.overall.total_score", 12.5);
}

static void code_that_nobody_judged_can_get_a_score(void)
{
	struct report_source source = fixture_coding_source();
	cJSON *summary;

	for (size_t i = 0; i < source.works[2].submissions.count; i++)
		source.works[2].submissions.items[i].state = "not_judged";
	summary = report_summary(arena, &source);
	CHECK_NULL(summary, "questions.2.metrics.coding.score_code");
	CHECK_NUMBER(summary, "metrics.by_type.coding.unjudged", 1);
	memset(rulings, 0, sizeof(rulings));
	source.rulings = rulings;
	override(2, 6);
	summary = report_summary(arena, &source);
	CHECK_NUMBER(summary, "questions.2.metrics.coding.score_code", 6);
	CHECK_NUMBER(summary, "questions.2.metrics.coding.max_score_code", 10);
	CHECK_NUMBER(summary, "questions.2.metrics.coding.score_ratio_code", 0.6);
	CHECK_NULL(summary, "questions.2.ruling.score_by_examiner");
	CHECK_NUMBER(summary, "metrics.by_type.coding.unjudged", 0);
	CHECK_NUMBER(summary, "metrics.overall.total_score", 14.5);
	CHECK_NUMBER(summary, "metrics.overall.max_total_score", 30);
}

static void a_person_who_looked_ends_the_dispute(void)
{
	static const char dispute[] = "A person should look at question 1";
	struct report_source source = ruled_source();

	fixture_evaluations[0].engine = "gpt";
	fixture_evaluations[0].has_builtin = true;
	fixture_evaluations[0].builtin_score = 3;
	CHECK(strstr(json_text(report_build(arena, &source, NULL)), dispute) != NULL);
	override(0, 5);
	CHECK(strstr(json_text(report_build(arena, &source, NULL)), dispute) == NULL);
}

/* --- what people see --------------------------------------------------------------- */

static cJSON *ruled_document(void)
{
	struct report_source source = ruled_source();

	appeals[0] = grant("post", "partial");
	appeals[1] = grant("put", "");
	rulings[0] = (struct ruling){ .appeals = appeals, .appeal_count = 2 };
	override(0, 9.5);
	return report_build(arena, &source, NULL);
}

static void has(const char *text, const char *words)
{
	if (strstr(text, words) == NULL) {
		printf("# not there: %s\n", words);
		check_failures++;
	}
}

static void page_and_text_say_who_decided_what(void)
{
	static const char *const both[] = {
		"A person set the score to 9.5 on ",
		"the examiner gave 8.",
		"Key points that a person granted raise the score from 8 to 9.7.",
		"counts as said in part.",
		"Appeal declined on ",
		"There it is",
		"Indeed",
	};
	cJSON *document = ruled_document();
	const char *page = page_of(document, true), *txt = txt_of(document, true);

	for (size_t i = 0; i < sizeof(both) / sizeof(*both); i++) {
		has(page, both[i]);
		has(txt, both[i]);
	}
	has(page, "It was &lt;said&gt; aloud");
	has(txt, "It was <said> aloud");
	has(page, "Olga Reviewer");
	has(txt, "Decided by: Olga Reviewer");
}

static void the_explanation_goes_on_to_what_counts(void)
{
	struct report_source source = ruled_source();
	const cJSON *lines;

	fixture_evaluations[0].steps = STEPS(NO_TOLL, "1", "");
	appeals[0] = grant("post", "covered");
	rulings[0] = (struct ruling){ .appeals = appeals, .appeal_count = 1 };
	lines = json_get(explain_mark(arena, LANG_EN, report_question(arena, &source, 0)), "lines");
	CHECK_STR(
	        json_string(cJSON_GetArrayItem(lines, cJSON_GetArraySize(lines) - 1), "words", ""),
	        "The mark:");
	fixture_evaluations[0].score = 4.3;
	appeals[0] = grant("c", "covered");
	override(0, 9.5);
	lines = json_get(explain_mark(arena, LANG_EN, report_question(arena, &source, 0)), "lines");
	CHECK_STR(json_string(cJSON_GetArrayItem(lines, cJSON_GetArraySize(lines) - 2), "sum", ""),
	          "7 / 10");
	CHECK_STR(json_string(cJSON_GetArrayItem(lines, cJSON_GetArraySize(lines) - 1), "sum", ""),
	          "9.5 / 10");
}

static void the_candidate_learns_all_but_the_name(void)
{
	cJSON *document = ruled_document();
	const char *page, *txt;

	report_for_candidate(document);
	CHECK(strstr(json_text(document), "Olga") == NULL);
	page = page_of(document, false);
	txt = txt_of(document, false);
	has(page, "A person set the score to 9.5 on ");
	has(txt, "Indeed");
	CHECK(strstr(page, "Decided by") == NULL && strstr(page, "/score") == NULL);
	CHECK(strstr(txt, "Decided by") == NULL);
}

int main(void)
{
	RUN(the_built_in_formula_is_done_again);
	RUN(several_appeals_count_together);
	RUN(a_granted_point_is_no_longer_denied);
	RUN(caps_and_prices_hold);
	RUN(a_models_marks_are_counted_again);
	RUN(without_steps_a_point_is_its_share);
	RUN(real_grades_go_up_and_stay_in_bounds);
	RUN(nothing_decided_changes_nothing);
	RUN(a_granted_point_counts_everywhere);
	RUN(a_declined_one_is_told_and_counts_nothing);
	RUN(a_person_s_score_beats_all);
	RUN(an_unanswered_question_can_get_a_score);
	RUN(code_that_nobody_judged_can_get_a_score);
	RUN(a_person_who_looked_ends_the_dispute);
	RUN(page_and_text_say_who_decided_what);
	RUN(the_explanation_goes_on_to_what_counts);
	RUN(the_candidate_learns_all_but_the_name);
	return check_done();
}
