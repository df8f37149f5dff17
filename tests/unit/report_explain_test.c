/* What is told of a mark adds up to it, in every language and for every kind of answer. */
#include "check.h"

#include <math.h>

#include "base/buf.h"
#include "base/text.h"
#include "calculator.h"
#include "interview/flow.h"
#include "report/explain.h"
#include "report/report.h"

static const char *const files[] = {
	"bank/questions/backend.json",  "bank/questions/data-science.json",
	"bank/questions/frontend.json", "bank/questions/case.json",
	"bank/questions/hr.json",
};

/* --- a reader with a calculator -------------------------------------------------- */

/* Half of the last digit that a number is printed with, and what floating point adds. */
static double half_unit(const char *number)
{
	const size_t digits = strspn(number, "0123456789");
	const bool has_decimals = number[digits] == '.' || number[digits] == ',';
	const size_t decimals = has_decimals ? strspn(number + digits + 1, "0123456789") : 0;

	return 0.5 * pow(10, -(double)(decimals < 2 ? 2 : decimals)) + 1e-7;
}

/* The number that is printed there must be `value` up to the last digit; gives it. */
static double check_result(struct calculator *calculator, double value, double tolerance)
{
	double printed;

	if (tolerance <= 0)
		tolerance = half_unit(calculator->at);
	printed = number_at(calculator);
	CHECK_NEAR(printed, value, tolerance);
	return printed;
}

/* Every number behind a sign follows from what stands before it; gives the last one. */
static double check_sum(const char *sum)
{
	struct calculator calculator = { sum };
	double value = sum_at(&calculator), most;

	while (*calculator.at != '\0') {
		if (takes(&calculator, "= ")) {
			value = check_result(&calculator, value, 0);
		} else if (takes(&calculator, "≈ ")) {
			value = check_result(&calculator, value, 0.05 + 1e-7);
		} else if (takes(&calculator, "→ ")) {
			most = number_at(&calculator);
			CHECK(value > most || (value < 0 && most <= 0));
			value = fmax(most, 0);
		} else if (takes(&calculator, "≤ ")) {
			CHECK(value <= number_at(&calculator) + 1e-9);
		} else {
			printf("# cannot be read: %s\n", sum);
			check_failures++;
			return NAN;
		}
	}
	return value;
}

/* --- explanations ---------------------------------------------------------------- */

struct asked {
	enum language language;
	struct exam_question exam;
	struct question question;
	const char *engine; /* NULL: as graded */
};

/* The normalized question with the answer's grade by the built-in examiner. */
static cJSON *graded(const struct asked *asked, struct evaluation *ret_evaluation)
{
	struct report_source source = { .interview = { .language = asked->language },
		                        .questions = &asked->question,
		                        .evaluations = ret_evaluation,
		                        .count = 1 };

	CHECK_INT(flow_grade(examiner_builtin(), arena, &asked->question, &asked->exam,
	                     ret_evaluation),
	          OK);
	if (asked->engine != NULL)
		ret_evaluation->engine = asked->engine;
	return report_question(arena, &source, 0);
}

static struct {
	int answers, denied, capped, lowered, partial; /* lowered: by a cap */
	int reduced;                                   /* points below the full step */
} seen;

static const char *line_of(const cJSON *explanation, int index)
{
	return json_string(cJSON_GetArrayItem(json_get(explanation, "lines"), index), "sum", "");
}

/* The mark is the last line's; each line uses the result of the one before it. */
static void check_lines(const struct asked *asked, const cJSON *explanation,
                        const struct evaluation *evaluation)
{
	const char *comma = asked->language == LANG_EN ? "," : ".";
	const int count = cJSON_GetArraySize(json_get(explanation, "lines"));
	struct calculator last = { line_of(explanation, count - 1) };
	double value = NAN;

	CHECK(count >= 5);
	for (int i = 0; i < count - 1; i++) {
		const char *sum = line_of(explanation, i);

		CHECK(strstr(sum, comma) == NULL);
		if (i == 2)
			CHECK(strstr(sum, line_of(explanation, 1)) != NULL);
		if (i > 2)
			CHECK_NEAR(number_at(&(struct calculator){ sum }), value, 1e-9);
		value = check_sum(sum);
	}
	CHECK_NEAR(number_at(&last), evaluation->score, 1e-9);
	CHECK_NEAR(value, evaluation->score, 1e-9);
}

/* The sum of a point goes from the figures beside it to its credit. */
static void check_credits(const cJSON *explanation, enum language language)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(explanation, "points"))
	{
		const char *sum = json_string(point, "sum", "");
		struct calculator coverage = { json_string(point, "coverage", "") };
		struct calculator full = { json_string(point, "full", "") };
		struct calculator credit = { json_string(point, "credit", "") };
		struct calculator first = { sum + (*sum == '(') };
		const double printed = number_at(&coverage), result = number_at(&credit);

		CHECK_NEAR(number_at(&first), printed, 0);
		if (takes(&first, "< ")) {
			CHECK(printed < number_at(&first));
			CHECK_NEAR(result, 0, 0);
			continue;
		}
		CHECK(takes(&first, "/ "));
		CHECK_NEAR(number_at(&first), number_at(&full), 0);
		CHECK_NEAR(check_sum(sum), result, 0);
		seen.reduced += strstr(sum, "×") != NULL;
	}
	CHECK(strstr(json_string(explanation, "rule", ""), language == LANG_EN ? "0.7" : "0,7") !=
	      NULL);
}

/* What was stored gives the scorer's mark by the formula of score/score.h. */
static void check_steps(const cJSON *scoring)
{
	double credits = 0, weights = 0, denied = 0, points, agreement, share;
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(scoring, "key_points"))
	{
		double weight = json_number(point, "weight", NAN);

		weights += weight;
		credits += weight * json_number(point, "credit", NAN);
		denied += json_bool(point, "denied", false) ? weight : 0;
	}
	points = credits / weights;
	agreement = pow(json_number(scoring, "point_share", NAN) * points +
	                        (1 - json_number(scoring, "point_share", NAN)) *
	                                json_number(scoring, "likeness", NAN),
	                json_number(scoring, "power", NAN));
	share = fmin(agreement * (1 - json_number(scoring, "penalty", NAN) * denied / weights),
	             json_number(scoring, "cap", NAN));
	CHECK_NEAR(points, json_number(scoring, "points", NAN), 1e-12);
	CHECK_NEAR(agreement, json_number(scoring, "agreement", NAN), 1e-12);
	CHECK_NEAR(share, json_number(scoring, "share", NAN), 1e-12);
	CHECK_NEAR(round(share * json_number(scoring, "max_score", NAN) * 10) / 10,
	           json_number(scoring, "score", NAN), 1e-9);
}

static void note(const cJSON *scoring)
{
	const double left =
	        json_number(scoring, "agreement", 0) *
	        (1 - json_number(scoring, "penalty", 0) * json_number(scoring, "denied", 0));
	const cJSON *point;

	seen.answers++;
	seen.denied += json_number(scoring, "denied", 0) > 0;
	seen.capped += json_number(scoring, "cap", 1) < 1;
	seen.lowered += left > json_number(scoring, "cap", 1);
	cJSON_ArrayForEach(point, json_get(scoring, "key_points"))
	{
		const double credit = json_number(point, "credit", 0);

		seen.partial += credit > 0 && credit < 1;
	}
}

static void check_answer(struct asked *asked, const char *answer)
{
	struct evaluation evaluation;
	const cJSON *report, *scoring, *explanation;

	asked->question.answer = answer;
	asked->question.hints_used = seen.answers % 3 == 1;
	asked->question.model_answer = seen.answers % 5 == 2;
	report = graded(asked, &evaluation);
	scoring = json_get(json_get(json_get(report, "metrics"), "theory"), "scoring");
	check_steps(scoring);
	explanation = explain_mark(arena, asked->language, report);
	check_lines(asked, explanation, &evaluation);
	check_credits(explanation, asked->language);
	note(scoring);
}

/* --- answers --------------------------------------------------------------------- */

/* The text up to the end of the sentence that holds that byte. */
static char *beginning(const char *text, size_t at)
{
	const char *end = strchr(text + at, '.');

	return arena_copy(arena, text, end != NULL ? (size_t)(end - text) + 1 : strlen(text));
}

static char *joined_points(const struct score_question *score, size_t count, const char *separator)
{
	struct buf text;

	buf_init(&text, arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s", i > 0 ? separator : "", score->points[i].text);
	return text.data;
}

/* Of each `step` words of that many bytes the first, with that between them. */
static char *thinned(const char *text, int step, size_t least, const char *separator)
{
	struct buf out;
	int count = 0;

	buf_init(&out, arena);
	while (*text != '\0') {
		size_t len = strcspn(text, " ");

		if (len >= least && count++ % step == 0) {
			buf_str(&out, out.len > 0 ? separator : "");
			buf_add(&out, text, len);
		}
		text += len + strspn(text + len, " ");
	}
	return out.data;
}

/* Says something false about a point where the bank knows such a claim. */
static void check_false_claim(struct asked *asked, const char *reference)
{
	const struct score_question *score = &asked->exam.score;

	for (size_t i = 0; i < score->point_count; i++) {
		if (score->points[i].wrong.count == 0)
			continue;
		check_answer(asked, arena_printf(arena, "%s %s",
		                                 beginning(reference, strlen(reference) / 2),
		                                 score->points[i].wrong.items[0]));
		return;
	}
}

static void check_question(struct asked *asked)
{
	const struct score_question *score = &asked->exam.score;
	const char *reference = score->references.items[0];
	const size_t len = strlen(reference);

	check_answer(asked, reference);
	check_answer(asked, beginning(reference, 0));
	check_answer(asked, beginning(reference, len / 3));
	check_answer(asked, beginning(reference, len * 2 / 3));
	check_answer(asked, joined_points(score, score->point_count, " "));
	check_answer(asked, joined_points(score, 1, " "));
	check_answer(asked, joined_points(score, 2, ", "));
	check_answer(asked, score->text);
	check_answer(asked, "?!");
	check_answer(asked, thinned(reference, 2, 0, " "));
	check_answer(asked, thinned(reference, 3, 0, " "));
	check_answer(asked, thinned(reference, 1, 6, ", "));
	check_answer(asked, thinned(joined_points(score, score->point_count, " "), 1, 5, ", "));
	check_false_claim(asked, reference);
}

static struct asked ask(const cJSON *body, enum language language)
{
	struct asked asked = { .language = language };

	asked.question = (struct question){ .id = "q",
		                            .interview_id = "i",
		                            .position = 1,
		                            .bank_id = json_string(body, "id", ""),
		                            .q_type = "theory",
		                            .category = "core",
		                            .snapshot = json_text(body),
		                            .state = "answered" };
	CHECK_INT(exam_question_parse(arena, asked.question.snapshot, language, &asked.exam), OK);
	return asked;
}

/* The first questions of a file of the bank. */
static void check_file(const char *path, int most)
{
	cJSON *bodies;
	const cJSON *body;

	CHECK_INT(json_parse_file(arena, path, 1 << 24, &bodies), OK);
	cJSON_ArrayForEach(body, bodies)
	{
		for (enum language language = 0; language < LANG_COUNT && most > 0; language++) {
			struct asked asked = ask(body, language);

			check_question(&asked);
		}
		most--;
	}
}

static void printed_arithmetic_comes_to_the_stored_mark(void)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		check_file(files[i], 4);
	CHECK(seen.answers >= 500);
	CHECK(seen.denied >= 20);
	CHECK(seen.capped >= 50);
	CHECK(seen.lowered >= 10);
	CHECK(seen.partial >= 100);
	CHECK(seen.reduced >= 100);
}

static struct asked first_of_the_bank(const char *answer)
{
	struct asked asked;
	cJSON *bodies;

	CHECK_INT(json_parse_file(arena, files[0], 1 << 24, &bodies), OK);
	asked = ask(bodies->child, LANG_EN);
	asked.question.answer = answer != NULL ? answer : asked.exam.score.references.items[0];
	return asked;
}

static void a_point_tells_its_words_and_their_place(void)
{
	const struct asked asked = first_of_the_bank(NULL);
	const char *answer = asked.question.answer;
	struct evaluation evaluation;
	const cJSON *explanation = explain_mark(arena, LANG_EN, graded(&asked, &evaluation));
	const cJSON *point;

	CHECK(json_bool(explanation, "is_kept", false));
	CHECK(!json_bool(explanation, "is_second", true));
	CHECK_STR(json_string(explanation, "version", ""), SCORE_VERSION);
	CHECK_INT((int)json_count(explanation, "points"), (int)evaluation.mark_count);
	cJSON_ArrayForEach(point, json_get(explanation, "points"))
	{
		const cJSON *words = json_get(point, "words")->child;
		const char *quote = json_string(words, "quote", "");
		const size_t start = (size_t)json_number(words, "start", 0);

		CHECK(json_bool(point, "has_words", false));
		CHECK(quote[0] != '\0' && strncmp(answer + start, quote, strlen(quote)) == 0);
		CHECK_NEAR(json_number(words, "end", 0), (double)(start + strlen(quote)), 0);
		CHECK_STR(json_string(words, "anchor", ""),
		          arena_printf(arena, "answer-1-%zu", start));
		CHECK(strchr(json_string(point, "coverage", ""), '%') != NULL);
		CHECK(strchr(json_string(point, "full", ""), '%') != NULL);
	}
}

static void a_second_witness_explains_itself(void)
{
	struct asked asked = first_of_the_bank(NULL);
	struct evaluation evaluation;
	const cJSON *explanation, *first;

	asked.engine = "some-model";
	explanation = explain_mark(arena, LANG_EN, graded(&asked, &evaluation));
	first = json_get(explanation, "points")->child;
	CHECK(json_bool(explanation, "is_second", false));
	CHECK_STR(json_string(json_get(first, "words")->child, "anchor", "none"), "none");
}

/* Explains a question whose scoring is made by hand. */
static const cJSON *lines_of(const char *points, const char *rest)
{
	const char *json = arena_printf(
	        arena,
	        "{\"order\":1,\"metrics\":{\"theory\":{\"graded_by\":\"builtin\",\"scoring\":"
	        "{\"key_points\":[%s],\"penalty\":0.7,\"denied\":0,\"max_score\":10,"
	        "\"hints\":0,\"model_answer_cap\":null,%s}}}}",
	        points, rest);
	cJSON *question;

	CHECK_INT(json_parse(json, strlen(json), &question), OK);
	return explain_mark(arena, LANG_EN, question);
}

/* Key points that were made of a reference weigh differently and are not all that counts. */
static void other_shapes_of_the_formula_are_told_as_they_are(void)
{
	static const char points[] = "{\"weight\":3,\"credit\":1},{\"weight\":1,\"credit\":0.5}";
	const cJSON *weighted = lines_of(points,
	                                 "\"points\":0.875,\"likeness\":0,\"point_share\":1,"
	                                 "\"power\":1,\"agreement\":0.875,\"cap\":1,"
	                                 "\"share\":0.875,\"score\":8.8,\"flags\":[]");
	const cJSON *mixed = lines_of(points, "\"points\":0.5,\"likeness\":0.5,\"point_share\":0.6,"
	                                      "\"power\":1,\"agreement\":0.5,\"cap\":0.4,"
	                                      "\"share\":0.4,\"score\":4,\"flags\":[\"dump\"]");

	CHECK_STR(json_string(json_get(weighted, "points")->child, "sum", "none"), "none");
	CHECK_STR(json_string(weighted, "rule", "none"), "none");
	CHECK_STR(line_of(weighted, 0), "(3 × 1 + 1 × 0.5) / (3 + 1) = 0.88");
	CHECK_STR(line_of(weighted, 1), "0.88^1 = 0.88");
	CHECK_STR(line_of(weighted, 2), "0.88 × 10 = 8.8");
	CHECK_STR(line_of(mixed, 0), "0.5");
	CHECK_STR(line_of(mixed, 2), "(0.6 × 0.5 + 0.4 × 0.5)^1 = 0.5");
	CHECK_STR(line_of(mixed, 3), "0.5 → 0.4");
	CHECK_STR(line_of(mixed, 5), "4 / 10");
}

static void what_was_not_kept_is_not_made_up(void)
{
	const struct asked asked = first_of_the_bank(NULL);
	struct evaluation evaluation;
	cJSON *report = graded(&asked, &evaluation);
	cJSON *theory = cJSON_GetObjectItem(cJSON_GetObjectItem(report, "metrics"), "theory");

	cJSON_DeleteItemFromObject(theory, "scoring");
	CHECK(!json_bool(explain_mark(arena, LANG_EN, report), "is_kept", true));
	CHECK(json_get(explain_mark(arena, LANG_EN, report), "lines") == NULL);
	cJSON_ReplaceItemInObject(theory, "graded_by", cJSON_CreateString("some-model"));
	CHECK(explain_mark(arena, LANG_EN, report) == NULL);
	cJSON_ReplaceItemInObject(theory, "graded_by", cJSON_CreateNull());
	CHECK(explain_mark(arena, LANG_EN, report) == NULL);
}

int main(void)
{
	RUN(printed_arithmetic_comes_to_the_stored_mark);
	RUN(a_point_tells_its_words_and_their_place);
	RUN(a_second_witness_explains_itself);
	RUN(other_shapes_of_the_formula_are_told_as_they_are);
	RUN(what_was_not_kept_is_not_made_up);
	return check_done();
}
