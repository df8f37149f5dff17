#include "examiner/exam_check.h"

#include <string.h>

enum { MOST_REFERENCES = 3 };

struct teller {
	struct arena *arena;
	const struct score_question *question;
	const struct score_key *key;
	void (*tell)(void *context, const char *fault);
	void *context;
};

#define TELL(teller, ...) \
	(teller)->tell((teller)->context, arena_printf((teller)->arena, __VA_ARGS__))

/* Of ten, whatever the question's own full mark is. */
static double grade(const struct teller *teller, const char *answer,
                    struct score_result *ret_result)
{
	score_grade(teller->arena, teller->key, answer, strlen(answer), ret_result);
	return 10 * ret_result->score / teller->question->max_score;
}

static void check_reference(const struct teller *teller, size_t place)
{
	const struct score_question *question = teller->question;
	struct score_result result;
	const double mark = grade(teller, question->references.items[place], &result);

	if (mark < EXAM_LEAST_REFERENCE)
		TELL(teller, "reference %zu scores only %.1f", place + 1, mark);
	for (size_t i = 0; i < result.point_count; i++)
		if (result.points[i].status != SCORE_COVERED)
			TELL(teller, "key point %s is %s in reference %zu", question->points[i].id,
			     score_status_name(result.points[i].status), place + 1);
}

/* What a candidate would type who believes the claim. */
static void check_mistake(const struct teller *teller, const struct exam_question *question,
                          const char *claim, double good)
{
	const char *answer = arena_printf(teller->arena, "%s %s", question->good_answer, claim);
	struct score_result result;
	const double mark = grade(teller, answer, &result);

	if (mark >= good)
		TELL(teller, "\"%s\" added to the good answer costs nothing (%.1f)", claim, mark);
}

static void check_answers(const struct teller *teller, const struct exam_question *question)
{
	struct score_result result;
	const double good = grade(teller, question->good_answer, &result);
	const double thin = grade(teller, question->thin_answer, &result);

	if (good < EXAM_LEAST_GOOD)
		TELL(teller, "the good answer scores only %.1f", good);
	if (thin > EXAM_MOST_THIN)
		TELL(teller, "the thin answer scores %.1f", thin);
	for (size_t i = 0; i < question->mistake_count; i++)
		check_mistake(teller, question, question->mistakes[i].claim, good);
}

void exam_check(struct arena *arena, const struct exam_question *question,
                void (*tell)(void *context, const char *fault), void *context)
{
	const struct teller teller = {
		.arena = arena,
		.question = &question->score,
		.key = score_prepare(arena, &question->score),
		.tell = tell,
		.context = context,
	};
	const size_t count = question->score.references.count;

	if (count < 1 || count > MOST_REFERENCES)
		TELL(&teller, "%zu reference answers instead of one to three", count);
	for (size_t i = 0; i < count; i++)
		check_reference(&teller, i);
	if (question->good_answer[0] != '\0')
		check_answers(&teller, question);
}
