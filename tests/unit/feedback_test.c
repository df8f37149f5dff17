#include "check.h"

#include "examiner/feedback.h"

enum { POINTS = 9 };

#define ANSWER "Zero one two three four five six seven eight."

static const struct exam_follow_up follow_ups[] = { { "p7", "What does seven stand for?" },
	                                            { "p5", "And five?" } };

static struct score_key_point key_points[POINTS];
static struct score_point points[POINTS];
static struct score_span span = { 0, 8 };

static struct exam_question question(void)
{
	struct exam_question question = { .follow_ups = follow_ups, .follow_up_count = 2 };

	for (int i = 0; i < POINTS; i++)
		key_points[i].id = arena_printf(arena, "p%d", i);
	question.model_answer = "A full answer would have a good number of words more than that, "
	                        "for it has to say each of the points and why it is so.";
	question.score.points = key_points;
	question.score.point_count = POINTS;
	return question;
}

/* The first `covered` points are covered, the better the later; the next ones partly. */
static struct score_result result(int covered, int partial)
{
	for (int i = 0; i < POINTS; i++) {
		points[i] = (struct score_point){ .text = arena_printf(arena, "Point %d.", i) };
		if (i >= covered + partial)
			continue;
		points[i].status = i < covered ? SCORE_COVERED : SCORE_PARTIAL;
		points[i].coverage = i < covered ? 0.5 + 0.01 * i : 0.3;
		points[i].spans = &span;
		points[i].span_count = 1;
	}
	return (struct score_result){ .score = covered,
		                      .max_score = POINTS,
		                      .verdict = score_verdict_of((double)covered / POINTS),
		                      .points = points,
		                      .point_count = POINTS,
		                      .rubric = { 3, 3, 3, 3, 3 } };
}

static const char *detailed(const struct score_result *given)
{
	struct exam_question asked = question();

	return feedback_detailed(arena, &asked, ANSWER, given);
}

static void names_three_strengths(void)
{
	const struct score_result five = result(5, 0);
	const char *text = detailed(&five);

	CHECK(strstr(text, "What is strong:\n- Point 2. Your words: “Zero one”.\n- Point 3.") !=
	      NULL);
	CHECK(strstr(text, "Point 4. Your words") != NULL);
	CHECK(strstr(text, "Point 1. Your words") == NULL);
	CHECK(strstr(text, "\n- and 2 more points") != NULL);
}

static void names_five_weaknesses(void)
{
	struct score_result seven = result(1, 3);
	const char *text;

	points[3].denied = points[0].denied = true;
	points[3].wrong_span = (struct score_span){ 5, 12 };
	text = detailed(&seven);
	CHECK(strstr(text, "What is weak:\n- “one two” says the opposite of this: Point 3.\n"
	                   "- Missing: Point 4.\n") != NULL);
	CHECK(strstr(text, "- Missing: Point 7.\n- and 3 more points") != NULL);
	CHECK(strstr(text, "Only in part") == NULL);
	CHECK(strstr(text, "opposite of this: Point 0") == NULL); /* no words to show */
}

static void advises_on_this_answer(void)
{
	struct score_result thin = result(1, 1);
	const char *text;

	thin.rubric.depth = 1;
	text = detailed(&thin);
	CHECK(strstr(text, "How to make it better:\n- Try to answer this, too: And five?\n"
	                   "- The answer has 9 words, the reference answer 27.") != NULL);
	CHECK(strstr(text, "an example from practice for “Point 0”.") != NULL);
	thin.flags = SCORE_FLAG_KEYWORD_LIST;
	text = detailed(&thin);
	CHECK(strstr(text, "How to make it better:\n- The answer is a list of terms.") != NULL);
	CHECK(strstr(text, "an example from practice") == NULL); /* three pieces are enough */
}

static void has_no_advice_for_a_full_answer(void)
{
	const struct score_result full = result(POINTS, 0);

	CHECK(strstr(detailed(&full), "How to make it better") == NULL);
	CHECK(strstr(detailed(&full), "What is weak") == NULL);
}

static void says_in_short_what_was_best(void)
{
	struct score_result some = result(2, 0);
	struct exam_question asked = question();
	const char *text;

	points[5].denied = true;
	points[5].wrong_span = (struct score_span){ 19, 28 };
	text = feedback_short(arena, &asked, ANSWER, &some);
	CHECK(strstr(text, "Key points covered: 2 of 9. Said best: “Zero one”. What is missing "
	                   "most: “Point 2”. One statement is not correct: “four five”.") != NULL);
}

static const char *in_short(enum language language, const char *answer,
                            const struct score_result *given)
{
	struct exam_question asked = question();

	asked.score.language = language;
	return feedback_short(arena, &asked, answer, given);
}

static void claim(int point, const char *wrong, struct score_span where)
{
	points[point].denied = true;
	points[point].wrong = wrong;
	points[point].wrong_span = where;
}

static void counts_what_is_false(void)
{
	struct score_result some = result(2, 0);
	const char *text;

	claim(3, "Three is four.", (struct score_span){ 5, 12 });
	claim(4, "Four is five.", (struct score_span){ 13, 18 });
	claim(5, "Three is five.", (struct score_span){ 5, 12 }); /* the same words */
	some.flags = SCORE_FLAG_CONTRADICTION;
	text = in_short(LANG_EN, ANSWER, &some);
	CHECK(strstr(text, "2 statements are not correct, among them: “one two”.") != NULL);
	CHECK(strstr(text, "One statement") == NULL);
	text = detailed(&some);
	CHECK(strstr(text, "- 2 statements are not correct. Read the corrections above") != NULL);
	CHECK(strstr(text, "deny") == NULL);
}

static void tells_a_denial_from_a_false_claim(void)
{
	struct score_result some = result(2, 0);
	const char *text;

	points[3].denied = true;
	points[3].wrong_span = (struct score_span){ 5, 12 };
	some.flags = SCORE_FLAG_CONTRADICTION;
	text = detailed(&some);
	CHECK(strstr(text, "- 1 statement says the opposite of what is right. Check where you deny "
	                   "or reverse something.") != NULL);
	CHECK(strstr(text, "correction") == NULL);
}

static void begins_with_what_limits_the_mark(void)
{
	struct score_result list = result(POINTS, 0);
	const char *text;

	list.verdict = SCORE_WEAK;
	list.flags = SCORE_FLAG_KEYWORD_LIST;
	list.steps.cap = 0.4;
	text = in_short(LANG_EN, ANSWER, &list);
	CHECK_STR(text, "The mark is limited: the answer is a list of terms without sentences. "
	                "Key points named: 9 of 9.");
	text = detailed(&list);
	CHECK(strstr(text, "What is named, but not explained:\n- Point 6. Your words") != NULL);
	CHECK(strstr(text, "What is strong") == NULL);
	list.flags = SCORE_FLAG_QUESTION_COPIED;
	list.score = list.steps.cap = 0; /* nothing but the question */
	CHECK(strstr(in_short(LANG_EN, ANSWER, &list),
	             "The mark is limited: most of the answer repeats the question.") != NULL);
	list.score = 5; /* a model graded: there are no steps */
	CHECK(strstr(in_short(LANG_EN, ANSWER, &list), "limited") == NULL);
	list.flags = SCORE_FLAG_KEYWORD_LIST;
	list.steps.cap = 1; /* only a remark */
	text = in_short(LANG_EN, ANSWER, &list);
	CHECK(strstr(text, "A part of the answer is there. Key points covered: 9 of 9.") != NULL);
	CHECK(strstr(detailed(&list), "What is strong:") != NULL);
}

static void quotes_the_fullest_words(void)
{
	static struct score_span spans[] = { { 0, 4 }, { 5, 8 }, { 9, 23 }, { 24, 32 } };
	struct score_result some = result(1, 0);

	points[0].spans = spans;
	points[0].span_count = 4;
	CHECK(strstr(in_short(LANG_EN, ANSWER, &some), "Said best: “two three four … five six”.") !=
	      NULL);
}

static void asks_for_the_language(void)
{
	static const char russian[] = "Повтор запроса не меняет состояния: GET только читает, это "
	                              "безопасный метод.";
	static const char ukrainian[] = "Повтор запиту не змінює стану: GET лише читає, їх "
	                                "можна повторювати.";
	static const char english[] = "A repeated request changes nothing, GET only reads.";
	static const struct {
		enum language language;
		const char *answer;
		bool asks;
	} cases[] = {
		{ LANG_EN, russian, true },
		{ LANG_EN, ukrainian, true },
		{ LANG_EN, english, false },
		{ LANG_RU, english, true },
		{ LANG_RU, ukrainian, true },
		{ LANG_RU, russian, false },
		{ LANG_UK, russian, true },
		{ LANG_UK, english, true },
		{ LANG_UK, ukrainian, false },
		{ LANG_RU, "GET PUT DELETE HEAD OPTIONS TRACE", false },
		{ LANG_RU, "HTTP and TLS", false },
		{ LANG_EN, "Я не знаю", false },
	};
	struct score_result low = result(0, 0), good = result(7, 2);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct exam_question asked = question();
		const char *text = in_short(cases[i].language, cases[i].answer, &low);

		asked.score.language = cases[i].language;
		CHECK((strstr(text, "Please answer in English") == text) == cases[i].asks);
		text = feedback_detailed(arena, &asked, cases[i].answer, &low);
		CHECK((strstr(text, "better:\n- Please answer in English") != NULL) ==
		      cases[i].asks);
		CHECK(!cases[i].asks || strstr(text, "The answer has") == NULL);
	}
	/* What is understood needs no such advice. */
	CHECK(strstr(in_short(LANG_EN, russian, &good), "Please answer") == NULL);
}

static void a_mistake_makes_no_answer_complete(void)
{
	struct score_result full = result(POINTS, 0);
	const char *text;

	claim(0, "Zero is one.", (struct score_span){ 5, 12 });
	text = in_short(LANG_EN, ANSWER, &full);
	CHECK(strstr(text, "A strong answer with one mistake. Key points") == text);
	claim(1, "One is two.", (struct score_span){ 13, 18 });
	text = in_short(LANG_EN, ANSWER, &full);
	CHECK(strstr(text, "A strong answer with 2 mistakes. Key points") == text);
}

int main(void)
{
	RUN(names_three_strengths);
	RUN(names_five_weaknesses);
	RUN(advises_on_this_answer);
	RUN(has_no_advice_for_a_full_answer);
	RUN(says_in_short_what_was_best);
	RUN(counts_what_is_false);
	RUN(tells_a_denial_from_a_false_claim);
	RUN(begins_with_what_limits_the_mark);
	RUN(quotes_the_fullest_words);
	RUN(asks_for_the_language);
	RUN(a_mistake_makes_no_answer_complete);
	return check_done();
}
