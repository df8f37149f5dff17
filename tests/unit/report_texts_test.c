#include "report_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "base/format.h"
#include "base/buf.h"

/* --- every number of a text stands in the data ------------------------------------- */

struct numbers {
	double items[4096];
	size_t count;
};

static void note(struct numbers *numbers, double value)
{
	if (numbers->count < sizeof(numbers->items) / sizeof(numbers->items[0]))
		numbers->items[numbers->count++] = value;
}

/* Numbers in a text, with a point or a comma before decimals. */
static void note_text(struct numbers *numbers, const char *text)
{
	while (*text != '\0') {
		char digits[32];
		size_t len = strspn(text, "0123456789");

		if (len == 0) {
			text++;
			continue;
		}
		if ((text[len] == '.' || text[len] == ',') && text[len + 1] >= '0' &&
		    text[len + 1] <= '9')
			len += 1 + strspn(text + len + 1, "0123456789");
		snprintf(digits, sizeof(digits), "%.*s", (int)len, text);
		for (char *p = digits; *p != '\0'; p++)
			*p = *p == ',' ? '.' : *p;
		note(numbers, atof(digits));
		text += len;
	}
}

static void note_values(struct numbers *numbers, const cJSON *value)
{
	const cJSON *item;

	if (cJSON_IsNumber(value))
		note(numbers, value->valuedouble);
	if (cJSON_IsString(value))
		note_text(numbers, value->valuestring);
	cJSON_ArrayForEach(item, value) note_values(numbers, item);
}

/* As it is, rounded to two decimals, or in percent with one. */
static bool stands_in(const struct numbers *data, double number)
{
	for (size_t i = 0; i < data->count; i++) {
		double value = data->items[i];

		if (fabs(value - number) < 1e-9 || fabs(round(value * 100) / 100 - number) < 1e-9 ||
		    fabs(round(value * 1000) / 10 - number) < 1e-9)
			return true;
	}
	return false;
}

static void check_numbers(const char *text, const cJSON *summary)
{
	static struct numbers data, said;

	data.count = said.count = 0;
	note_values(&data, summary);
	note_text(&said, text);
	for (size_t i = 0; i < said.count; i++) {
		if (!stands_in(&data, said.items[i]))
			printf("# %g is not in the data:\n# %s\n", said.items[i], text);
		CHECK(stands_in(&data, said.items[i]));
	}
}

static void the_checker_finds_inventions(void)
{
	struct numbers data = { 0 }, said = { 0 };
	cJSON *summary = cJSON_CreateObject();

	json_set_number(summary, "ratio", 0.725);
	json_set_string(summary, "text", "HTTP 404");
	note_values(&data, summary);
	CHECK_INT((long long)data.count, 2);
	CHECK(stands_in(&data, 72.5));
	CHECK(stands_in(&data, 404));
	CHECK(!stands_in(&data, 73));
	note_text(&said, "7,5 of 10. No, 11.");
	CHECK_INT((long long)said.count, 3);
	CHECK_NEAR(said.items[0], 7.5, 1e-9);
	CHECK_NEAR(said.items[2], 11, 1e-9);
}

/* --- shape --------------------------------------------------------------------------- */

static const char *const headings[] = { "Overall assessment", "Strengths", "Growth areas",
	                                "Recommendations for development" };

/* Four headings in this order, each with something below it. */
static void check_blocks(const char *text)
{
	const char *from = text;

	for (size_t i = 0; i < 4; i++) {
		const char *line = arena_printf(arena, "%s%s\n", i == 0 ? "" : "\n\n", headings[i]);
		const char *found = strstr(from, line);

		CHECK(found != NULL);
		if (found == NULL)
			return;
		CHECK(i > 0 || found == text);
		from = found + strlen(line);
		CHECK(*from != '\0' && *from != '\n');
	}
	CHECK(strstr(text, "(null)") == NULL);
	CHECK(strstr(text, " nan") == NULL);
	CHECK(strstr(text, ": .") == NULL);
	CHECK(strstr(text, "%") == NULL || strstr(text, "%s") == NULL);
}

static struct report_texts write_texts(const struct report_source *source)
{
	cJSON *summary = report_summary(arena, source);
	struct report_texts texts;

	report_write_texts(arena, summary, &texts);
	check_blocks(texts.candidate);
	check_blocks(texts.admin);
	check_numbers(texts.candidate, summary);
	check_numbers(texts.admin, summary);
	if (getenv("SHOW_TEXTS") != NULL)
		printf("%s\n\n~~~~~\n\n%s\n\n##########\n", texts.candidate, texts.admin);
	return texts;
}

static struct report_source all_graded(double first, double second, const char *status)
{
	static struct mark marks[3][1];
	struct report_source source = fixture_source();

	for (size_t i = 0; i < 3; i++) {
		struct evaluation *evaluation = &fixture_evaluations[i];
		double level = i == 0 ? first : second;

		fixture_questions[i].state = "answered";
		fixture_questions[i].answer = "An answer";
		fixture_questions[i].hints_used = 0;
		fixture_questions[i].model_answer = false;
		*evaluation = fixture_evaluation(fixture_questions[i].id, level, "good");
		marks[i][0] =
		        (struct mark){ .key_point_id = "p", .body = "A point.", .status = status };
		evaluation->marks = marks[i];
		evaluation->mark_count = 1;
		evaluation->structure = evaluation->relevance = level / 2;
		evaluation->technical_accuracy = evaluation->depth = level / 2;
		evaluation->communication = level / 2;
	}
	return source;
}

#define HAS(text, part)   CHECK(strstr(text, part) != NULL)
#define LACKS(text, part) CHECK(strstr(text, part) == NULL)

static void perfect_interview(void)
{
	struct report_source source = all_graded(10, 10, "covered");
	struct report_texts texts = write_texts(&source);

	HAS(texts.candidate, "excellent interview: you scored 30 of 30 points (100%)");
	HAS(texts.candidate, "You answered every question.");
	HAS(texts.candidate, "every key point that was expected");
	HAS(texts.candidate, "without hints");
	HAS(texts.candidate, "No gaps showed");
	HAS(texts.candidate, "harder questions");
	HAS(texts.admin, "correspond to Middle+");
	HAS(texts.admin, "No gaps and no risks");
	LACKS(texts.candidate, "Not said yet");
}

static void middling_interview(void)
{
	struct report_source source = all_graded(9, 3, "partial");
	struct report_texts texts = write_texts(&source);

	HAS(texts.candidate, "a foundation to build on: you scored 15 of 30 points (50%)");
	HAS(texts.candidate, "Topics you are confident in: HTTP");
	HAS(texts.candidate, "Said in part");
	HAS(texts.candidate, "Questions on theory (90%) went better");
	HAS(texts.admin, "correspond to Middle-");
	HAS(texts.admin, "unstable knowledge: good and bad answers on the same topic (API design)");
	HAS(texts.admin, "critical in production: databases");
}

static void weak_interview(void)
{
	struct report_source source = all_graded(1, 0, "missing");
	struct report_texts texts = write_texts(&source);

	HAS(texts.candidate, "a hard one: 1 of 30 points (3.3%)");
	HAS(texts.candidate, "no topic to praise yet");
	HAS(texts.candidate, "Not said yet: “A point”");
	HAS(texts.candidate, "easier questions");
	HAS(texts.admin, "no evidence of pronounced strengths");
	HAS(texts.admin, "does not meet the level aimed at");
}

static void cut_short_interview(void)
{
	struct report_source source = fixture_source();
	struct report_texts texts = write_texts(&source);

	HAS(texts.candidate, "You answered 2 questions out of 3.");
	HAS(texts.candidate, "1 question was not answered before the end");
	HAS(texts.candidate, "You took 1 hint.");
	HAS(texts.candidate, "1 model answer; such a question brings at most 3 points");
	HAS(texts.candidate, "Your best answer was on HTTP, API design: 8 of 10 points.");
	HAS(texts.candidate, "Please check: “POST is idempotent” does not agree with the key point "
	                     "“POST makes duplicates”.");
	HAS(texts.admin, "Risk, a wrong statement: “POST is idempotent”, against the key point "
	                 "“POST makes duplicates”.");
	HAS(texts.admin, "too few answers to judge the fit");
	/* What was not reached was not measured. */
	LACKS(texts.candidate, "teamwork");
	LACKS(texts.candidate, "Talk to each other");
	LACKS(texts.admin, "teamwork");
	LACKS(texts.candidate, "What is idempotent?");
}

/* What the candidate said stands before what the bank calls the mistake. */
static void wrong_statements_are_quoted(void)
{
	static const char steps[] =
	        "{\"key_points\":[{\"id\":\"same\",\"denial\":null},"
	        "{\"id\":\"post\",\"evidence\":[],\"denial\":{\"start\":4,\"end\":25}}]}";
	struct report_source source = fixture_source();
	struct report_texts texts;

	fixture_evaluations[0].steps = steps;
	texts = write_texts(&source);
	HAS(texts.candidate, "Please check: “effect stays the same” does not agree");
	HAS(texts.admin, "Risk, a wrong statement: “effect stays the same”, against");
	LACKS(texts.candidate, "POST is idempotent");
}

static void coding_interview(void)
{
	struct report_source source = fixture_coding_source();

	write_texts(&source);
	fixture_submissions[3].hidden_passed = 7;
	write_texts(&source);
	/* Nothing but code. */
	source.questions += 2;
	source.evaluations += 2;
	source.works += 2;
	source.count = 1;
	HAS(write_texts(&source).candidate, "every coding task is solved");
	fixture_works[2].submissions.count = 2;
	HAS(write_texts(&source).candidate, "The tests did not pass in full this time");
	LACKS(write_texts(&source).admin, "quoted passages");
}

static void a_shown_answer_is_no_solution(void)
{
	struct report_source source = fixture_coding_source();
	struct report_texts texts;
	const cJSON *coding;

	fixture_questions[2].model_answer = true;
	fixture_works[2].submissions.count = 2;
	fixture_submissions[1].public_passed = 3;
	fixture_submissions[1].hidden_passed = 7;
	coding = at(report_summary(arena, &source), "metrics.by_type.coding");
	CHECK_NUMBER(coding, "solved", 0);
	CHECK_NUMBER(coding, "solved_first_try", 0);
	CHECK_NUMBER(coding, "assisted", 1);
	texts = write_texts(&source);
	LACKS(texts.candidate, "every coding task is solved");
	LACKS(texts.candidate, "at the first attempt");
	HAS(texts.candidate, "it does not count as solved.");
	HAS(texts.candidate, "working after the model answer had been shown: “Two Sum”.");
	HAS(texts.admin, "all tests passed, but the model answer had been shown");
	LACKS(texts.admin, "for the first time at attempt");
}

static void unjudged_code_invents_no_result(void)
{
	struct report_source source = fixture_coding_source();
	struct report_texts texts;

	fixture_submissions[1].state = fixture_submissions[3].state = "not_judged";
	fixture_submissions[1].result = fixture_submissions[3].result = NULL;
	source.questions += 2;
	source.evaluations += 2;
	source.works += 2;
	source.count = 1;
	texts = write_texts(&source);
	HAS(texts.candidate, "nothing was judged on this server");
	LACKS(texts.candidate, "0 of 0");
	LACKS(texts.candidate, "key point");
	LACKS(texts.candidate, "No gaps");
	HAS(texts.admin, "nothing was judged on this server");
	HAS(texts.admin, "read by hand");
	LACKS(texts.admin, "0 of 0");
	LACKS(texts.admin, "solved in full");
	LACKS(texts.admin, "too few answers");
	LACKS(texts.admin, "No gaps");
}

static void coding_alone_has_no_key_points(void)
{
	struct report_source source = fixture_coding_source();

	fixture_submissions[3].public_passed = fixture_submissions[3].hidden_passed = 0;
	source.questions += 2;
	source.evaluations += 2;
	source.works += 2;
	source.count = 1;
	LACKS(write_texts(&source).candidate, "key points");
	HAS(write_texts(&source).candidate, "Go through the tasks of this report again");
}

static void set_states(const char *state)
{
	for (size_t i = 0; i < 3; i++) {
		fixture_questions[i].state = state;
		fixture_questions[i].answer = "";
		fixture_questions[i].hints_used = 0;
		fixture_questions[i].model_answer = false;
		fixture_evaluations[i].question_id = NULL;
	}
}

static void empty_interview(void)
{
	struct report_source source = fixture_source();
	struct report_texts texts;

	set_states("unanswered");
	texts = write_texts(&source);
	HAS(texts.candidate, "No question was answered");
	HAS(texts.candidate, "only be named from answers");
	HAS(texts.admin, "gives no ground for an assessment");
	LACKS(texts.candidate, "HTTP");
	LACKS(texts.admin, "Fit for the level");
	source.count = 0;
	texts = write_texts(&source);
	LACKS(texts.candidate, "were not answered");
}

static void skipped_interview(void)
{
	struct report_source source = fixture_source();
	struct report_texts texts;
	cJSON *d;

	set_states("skipped");
	fixture_questions[2].state = "dont_know";
	texts = write_texts(&source);
	HAS(texts.candidate, "You skipped 2 questions");
	HAS(texts.candidate, "To 1 question you said");
	HAS(texts.candidate, "Not said yet");
	HAS(texts.admin, "“I don't know”: 1; skipped: 2.");
	d = report_build(arena, &source, NULL);
	CHECK_NUMBER(d, "metrics.overall.total_score", 0);
	CHECK_NUMBER(d, "metrics.overall.score_ratio", 0);
	CHECK_NULL(d, "metrics.rubric.overall");
	CHECK_TEXT(d, "questions.0.metrics.theory.llm_feedback_short",
	           "This question was skipped.");
	CHECK_TEXT(d, "next_recommendations.difficulty", "decrease");
}

static void decimal_comma_in_russian(void)
{
	struct report_source source = fixture_source();
	struct report_texts texts;

	source.interview.language = LANG_RU;
	texts = write_texts(&source);
	HAS(texts.admin, "8,5");
	HAS(texts.admin, "28,3\u00a0%");
	LACKS(texts.admin, "8.5");
}

static void text_form_is_complete(void)
{
	struct report_source source = fixture_source();
	struct report_row row = { .id = "r1",
		                  .body = json_text(report_build(arena, &source, NULL)) };
	struct mustache *templates;
	struct buf out, again;

	CHECK_INT(mustache_load(arena, "templates", &templates), OK);
	buf_init(&out, arena);
	buf_init(&again, arena);
	CHECK_INT(report_txt(templates, arena, &row, false, &out), OK);
	CHECK_INT(report_txt(templates, arena, &row, false, &again), OK);
	CHECK_STR(out.data, again.data);
	if (getenv("SHOW_TEXTS") != NULL)
		puts(out.data);
	HAS(out.data, "Participant: Ann Lee\n");
	HAS(out.data, "Role: Backend developer\n");
	HAS(out.data, "Date: 14.11.2023 22:16\n");
	HAS(out.data, "Revision: 1\n");
	HAS(out.data, "Score: 8.5 / 30 (28.3%) - Not there yet\n");
	HAS(out.data, "Technical accuracy: 2 / 5\n");
	HAS(out.data, "Answer:\n    The effect stays the same\n");
	HAS(out.data, "[+] The effect stays the same.\n    \"The effect\"\n    \"the sa\"\n");
	HAS(out.data, "[~] PUT may be repeated.\n    \"ffect sta\"\n");
	HAS(out.data, "[-] POST makes duplicates.\n    Stated wrongly: POST is idempotent\n");
	HAS(out.data, "1 hint was shown; each lowers the score by 0.5");
	HAS(out.data, "the question scores at most 3.\n");
	HAS(out.data, "State: not answered\n");
	HAS(out.data, "20 × (0.2 × structure + 0.2 × relevance + 0.25 × technical accuracy");
	HAS(out.data, "Graded by the built-in examiner (" SCORE_VERSION "), questions: 2\n");
	for (size_t i = 0; i < 4; i++)
		HAS(out.data, headings[i]);
	LACKS(out.data, "&quot;");
	LACKS(out.data, "Fit for the level");
}

static void broken_report_is_an_error(void)
{
	struct report_row row = { .id = "r1", .body = "{" };
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(report_txt(NULL, arena, &row, false, &out), ERR_INTERNAL);
	CHECK_STR(out.data, "");
}

int main(void)
{
	RUN(the_checker_finds_inventions);
	RUN(perfect_interview);
	RUN(middling_interview);
	RUN(weak_interview);
	RUN(cut_short_interview);
	RUN(wrong_statements_are_quoted);
	RUN(coding_interview);
	RUN(a_shown_answer_is_no_solution);
	RUN(unjudged_code_invents_no_result);
	RUN(coding_alone_has_no_key_points);
	RUN(empty_interview);
	RUN(skipped_interview);
	RUN(decimal_comma_in_russian);
	RUN(text_form_is_complete);
	RUN(broken_report_is_an_error);
	return check_done();
}
