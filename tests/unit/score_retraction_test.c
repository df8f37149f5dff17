#include "score_fixture.h"

static struct score_result hold(const char *text, const char *answer)
{
	const struct score_key_point point = { .text = text };
	const struct score_question question = {
		.text = "Explain.",
		.references = { .items = &text, .count = 1 },
		.points = &point,
		.point_count = 1,
		.max_score = 10,
	};
	struct score_result result = grade(&question, answer);

	check_sound(&result, answer, strlen(answer));
	return result;
}

/* The text with the point in the place of its "%s". */
static const char *with(const char *text, const char *point)
{
	const char *place = strstr(text, "%s");

	return arena_printf(arena, "%.*s%s%s", (int)(place - text), text, point, place + 2);
}

/* What is said and then taken back is denied; what is doubted in part is not. */
static void who_takes_a_point_back_has_not_made_it(void)
{
	static const char *const point = "A cache lowers the load of the database";
	static const char *const taken[] = {
		"%s. That is not true.",
		"%s. No, that is false.",
		"%s. Это не так.",
		"%s. Нет, это неправда.",
		"%s. Це не так.",
		"%s. Ні, це неправда.",
		"Only a fool would say that %s.",
		"Some people wrongly believe that %s.",
		"%s. It costs memory. Everything above is wrong.",
		"%s. It costs memory. Just kidding, none of it holds.",
		"%s. It costs memory. Шучу, всё сказанное выше неправда.",
		"%s. It costs memory. Нічого з цього не правда.",
	};
	static const char *const kept[] = {
		"%s. That is true.",
		"%s. That is not wrong.",
		"%s. Not all of this is true.",
		"%s. This is not true of the network.",
		"%s. Isn't that true?",
		"%s. It costs memory. That is not true.",
		"Some think that it does not lower anything. That is wrong. %s.",
		"%s. Это не ложь.",
		"%s. Не всё так просто.",
	};

	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		struct score_result result = hold(point, with(taken[i], point));

		CHECK(result.points[0].status == SCORE_MISSING && result.score <= 3);
	}
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		CHECK(hold(point, with(kept[i], point)).points[0].status == SCORE_COVERED);
	}
}

/* To take a myth back is to say the truth. */
static void a_myth_taken_back_is_a_denial(void)
{
	struct score_result result = hold("UDP does not guarantee delivery",
	                                  "UDP guarantees delivery. That is not true.");

	CHECK(result.points[0].status == SCORE_COVERED);
	CHECK_INT(result.flags & SCORE_FLAG_CONTRADICTION, 0);
}

int main(void)
{
	RUN(who_takes_a_point_back_has_not_made_it);
	RUN(a_myth_taken_back_is_a_denial);
	return check_done();
}
