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

int main(void)
{
	RUN(names_three_strengths);
	RUN(names_five_weaknesses);
	RUN(advises_on_this_answer);
	RUN(has_no_advice_for_a_full_answer);
	RUN(says_in_short_what_was_best);
	return check_done();
}
