/* What makes marks agree with those that people give. */
#include "score_fixture.h"

#include "score/irregular.h"

static const char balancer_reference[] =
        "A load balancer spreads the requests over several servers. Broken servers are found "
        "by health checks and get no traffic until they answer again.";

static const struct score_key_point balancer_points[] = {
	{ .id = "spread",
	  .text = "Requests are spread over several servers",
	  .aliases = TEXTS("traffic is shared out among many machines",
	                   "no single node carries the whole load") },
	{ .id = "health",
	  .text = "Failed servers are noticed by health checks",
	  .aliases = TEXTS("periodic probes detect dead nodes") },
};

static const struct score_question balancer = {
	.language = LANG_EN,
	.text = "What does a balancer do?",
	.references = TEXTS(balancer_reference),
	.points = balancer_points,
	.point_count = 2,
	.max_score = 10,
};

static const struct score_question recursion = {
	.language = LANG_EN,
	.text = "What is recursion?",
	.references =
	        TEXTS("A function calls itself with a smaller problem until a base case ends it.",
	              "The routine invokes its own code on simpler input and stops at the trivial "
	              "instance."),
	.max_score = 10,
};

static struct score_question with_first_reference(const struct score_question *question)
{
	struct score_question one = *question;

	one.references.count = 1;
	return one;
}

/* --- explicit points -------------------------------------------------------------- */

static void wordings_may_be_mixed(void)
{
	const char *answer = "It lets many machines share the requests, so that nobody carries "
	                     "everything.";
	struct score_question alone = balancer;
	struct score_key_point single = { .text = balancer_points[0].aliases.items[1] };
	struct score_result mixed = grade(&balancer, answer), sole;

	alone.points = &single;
	alone.point_count = 1;
	alone.references.count = 0;
	sole = grade(&alone, answer);
	check_sound(&mixed, answer, strlen(answer));
	CHECK_INT(mixed.points[0].status, SCORE_COVERED);
	CHECK(mixed.points[0].span_count >= 1);
	CHECK_INT(mixed.points[1].status, SCORE_MISSING);
	CHECK_INT(sole.points[0].status, SCORE_MISSING);
}

/* Of two answers with as many words of a point, the one with its terms tells more. */
static void latin_terms_tell_more_among_cyrillic_words(void)
{
	const struct score_key_point point = {
		.text = "Сайдкар Envoy завершает mTLS между подами без правок кода",
		.aliases = TEXTS("Envoy рядом с подом шифрует трафик через mTLS сам",
		                 "прокси в поде берёт шифрование трафика на себя"),
	};
	struct score_question question = { .language = LANG_RU,
		                           .text = "Что даёт mesh?",
		                           .points = &point,
		                           .point_count = 1,
		                           .max_score = 10 };
	struct score_result terms = grade(&question, "Envoy ставит mTLS между ними.");
	struct score_result plain = grade(&question, "Сайдкар всегда стоит между подами.");

	CHECK(terms.points[0].coverage > plain.points[0].coverage + 0.05);
	CHECK(terms.points[0].status != SCORE_MISSING);
}

/* A wording said in full is enough, however many other words the other wordings have. */
static void one_wording_in_full_covers(void)
{
	struct score_result result = grade(&balancer, "No single node carries the whole load.");

	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_NEAR(result.points[0].coverage, 1, 1e-6);
}

static void what_is_denied_proves_no_mixture(void)
{
	struct score_result result = grade(&balancer,
	                                   "Requests come to one place and are not shared.");

	CHECK_INT(result.points[0].status, SCORE_MISSING);
}

static void full_mark_answers_lend_their_words(void)
{
	const char *answer = "Whoever is broken gets nothing until it answers properly.";
	struct score_question without = balancer;
	struct score_result with = grade(&balancer, answer);

	without.references.count = 0;
	check_sound(&with, answer, strlen(answer));
	CHECK(with.points[1].status != SCORE_MISSING);
	CHECK_INT(grade(&without, answer).points[1].status, SCORE_MISSING);
}

static void words_of_two_points_prove_neither(void)
{
	struct score_result result = grade(&balancer, "There are servers and nodes.");

	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_MISSING);
	CHECK(result.score < 3);
}

static void a_partial_point_earns_about_half(void)
{
	struct score_result all = grade(&balancer, balancer_reference);
	struct score_result half = grade(&balancer,
	                                 "The requests are spread over several servers.");

	CHECK(all.score >= 9.5);
	CHECK(half.score >= 4.5 && half.score <= 6.5);
}

/* --- references only ---------------------------------------------------------------- */

static void each_reference_is_excellent(void)
{
	for (size_t i = 0; i < recursion.references.count; i++) {
		struct score_result result = grade(&recursion, recursion.references.items[i]);

		CHECK(result.score >= 9.5);
		CHECK_NEAR(result.steps.whole, 1, 1e-9);
	}
}

static void a_further_reference_is_of_use(void)
{
	const char *answer =
	        "A routine that invokes its own code with simpler problems until the base case.";
	struct score_question one = with_first_reference(&recursion);
	struct score_result single = grade(&one, answer), both = grade(&recursion, answer);

	CHECK(both.score >= single.score + 0.5);
	CHECK(both.steps.whole > single.steps.whole);
}

static void order_counts(void)
{
	struct score_question one = with_first_reference(&recursion);
	double kept = grade(&one, "It calls itself with a smaller problem until the base case.")
	                      .steps.likeness;
	double lost = grade(&one, "Case base the until problem smaller a with itself calls it.")
	                      .steps.likeness;

	CHECK(kept > lost + 0.1);
}

static void steps_lead_to_the_share(void)
{
	struct score_result result = grade(&recursion, "A function that calls itself.");
	const struct score_steps *steps = &result.steps;
	double credit = 0, weight = 0, points;

	for (size_t i = 0; i < result.point_count; i++) {
		credit += result.points[i].weight * result.points[i].credit;
		weight += result.points[i].weight;
	}
	points = (1 - steps->whole_share) * credit / weight + steps->whole_share * steps->whole;
	CHECK_NEAR(points, steps->points, 1e-9);
	CHECK(steps->whole_share > 0);
	CHECK_NEAR(grade(&balancer, balancer_reference).steps.whole_share, 0, 0);
}

/* --- words -------------------------------------------------------------------------- */

static void irregular_forms_are_led_back(void)
{
	static const char *const forms[][2] = { { "sent", "send" },     { "written", "write" },
		                                { "indices", "index" }, { "ate", "eat" },
		                                { "двух", "два" },      { "знайшов", "знайти" } };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const char *base = irregular_base(forms[i][0]);

		CHECK(base != NULL);
		CHECK_STR(base != NULL ? base : "", forms[i][1]);
	}
	CHECK(irregular_base("send") == NULL);
	CHECK(irregular_base("") == NULL);
}

int main(void)
{
	RUN(wordings_may_be_mixed);
	RUN(latin_terms_tell_more_among_cyrillic_words);
	RUN(one_wording_in_full_covers);
	RUN(what_is_denied_proves_no_mixture);
	RUN(full_mark_answers_lend_their_words);
	RUN(words_of_two_points_prove_neither);
	RUN(a_partial_point_earns_about_half);
	RUN(each_reference_is_excellent);
	RUN(a_further_reference_is_of_use);
	RUN(order_counts);
	RUN(steps_lead_to_the_share);
	RUN(irregular_forms_are_led_back);
	return check_done();
}
