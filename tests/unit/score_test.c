#include "score_fixture.h"

/* --- points -------------------------------------------------------------------- */

static void a_reference_is_excellent(void)
{
	static const struct score_question *const questions[] = { &udp, &mutex_ru, &mutex_uk };

	for (size_t i = 0; i < 3; i++) {
		const char *text = questions[i]->references.items[0];
		struct score_result result = grade(questions[i], text);

		check_sound(&result, text, strlen(text));
		CHECK(result.score >= 9.5);
		CHECK_INT(result.verdict, SCORE_EXCELLENT);
		CHECK_INT(result.flags, 0);
		for (size_t k = 0; k < result.point_count; k++)
			CHECK_INT(result.points[k].status, SCORE_COVERED);
	}
}

static void evidence_is_the_very_bytes(void)
{
	const char *answer = "Well, I have read about it. There is no handshake in UDP.";
	struct score_result result = grade(&udp, answer);
	const struct score_point *point = &result.points[1];

	check_sound(&result, answer, strlen(answer));
	CHECK_INT(point->status, SCORE_COVERED);
	CHECK_STR(point->wording, "there is no handshake");
	CHECK_INT((long long)point->span_count, 1);
	CHECK_STR(span_text(answer, point->spans[0]), "There is no handshake");
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[2].status, SCORE_MISSING);
}

static void evidence_joins_neighbours_and_parts_strangers(void)
{
	const char *answer = "Its small and simple headers, as I was told by an old friend of mine "
	                     "at work, give us a low latency.";
	struct score_result result = grade(&udp, answer);
	const struct score_point *point = &result.points[2];

	check_sound(&result, answer, strlen(answer));
	CHECK_INT(point->status, SCORE_COVERED);
	CHECK_INT((long long)point->span_count, 2);
	CHECK_STR(span_text(answer, point->spans[0]), "Its small and simple headers");
	CHECK_STR(span_text(answer, point->spans[1]), "give us a low latency");
}

static void evidence_spans_cyrillic_words(void)
{
	const char *ru =
	        "Во-первых, взаимное исключение для потоков! Владелец у мьютекса тоже есть.";
	const char *uk = "Власника має м\xE2\x80\x99ютекс.";
	struct score_result result = grade(&mutex_ru, ru);

	check_sound(&result, ru, strlen(ru));
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_STR(span_text(ru, result.points[0].spans[0]), "взаимное исключение для потоков");
	CHECK_INT(result.points[1].status, SCORE_COVERED);
	CHECK_STR(span_text(ru, result.points[1].spans[0]), "Владелец у мьютекса");
	result = grade(&mutex_uk, uk);
	check_sound(&result, uk, strlen(uk));
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_COVERED);
	CHECK_STR(span_text(uk, result.points[1].spans[0]), "Власника має м\xE2\x80\x99ютекс");
}

static void terms_may_be_latin_in_a_cyrillic_answer(void)
{
	struct score_result ru = grade(&mutex_ru, "Mutex захватывается одним потоком");
	struct score_result uk = grade(&mutex_uk, "Потік захоплює mutex, один потік");

	CHECK_INT(ru.points[0].status, SCORE_COVERED);
	CHECK_INT(uk.points[0].status, SCORE_COVERED);
}

static void half_a_wording_is_partial(void)
{
	static const struct score_key_point point = {
		.text = "Replication copies every committed transaction to standby machines",
	};
	struct score_question question = {
		.text = "What is it?", .points = &point, .point_count = 1, .max_score = 10
	};
	struct score_result result = grade(&question, "It copies something to machines.");

	CHECK_INT(result.points[0].status, SCORE_PARTIAL);
	CHECK(result.points[0].span_count >= 1);
	CHECK(result.score > 0 && result.score < 6);
	result = grade(&question, "It copies something.");
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_NEAR(result.score, 0, 0);
	result = grade(&question, "It copies each committed transaction to the standby machines.");
	CHECK_INT(result.points[0].status, SCORE_COVERED);
}

static void more_points_give_more(void)
{
	double one = grade(&udp, "UDP does not guarantee delivery.").score;
	double two = grade(&udp, "UDP does not guarantee delivery. There is no handshake.").score;
	double all = grade(&udp, "UDP does not guarantee delivery. There is no handshake. "
	                         "Its small headers give low latency.")
	                     .score;

	CHECK(one >= 2 && one < 5);
	CHECK(two > one + 1 && two < 8);
	CHECK(all > two + 1 && all >= 9);
}

static void scattered_words_are_no_statement(void)
{
	const char *near = "Small headers give low latency.";
	const char *far = "Small boats are nice. We talk of the weather here. Headers can be read "
	                  "in the news. I like my garden a lot. They give me books. Nobody came "
	                  "yesterday. Low tide was at six. I walked for hours. Latency.";

	CHECK(grade(&udp, near).points[2].coverage > grade(&udp, far).points[2].coverage + 0.2);
}

static void a_reference_serves_without_points(void)
{
	struct score_question question = {
		.text = "What is an index?",
		.references = TEXTS(
		        "A sorted copy of a column speeds up lookups. It costs time on writes.",
		        "The database finds rows fast through a separate tree."),
		.max_score = 5,
	};
	const char *second = "A separate tree lets the database find rows fast.";
	struct score_result result = grade(&question, second);

	CHECK_INT((long long)result.point_count, 1);
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK(result.score >= 4.5 && result.score <= 5);
	result = grade(&question, "It costs time on writes.");
	CHECK_INT((long long)result.point_count, 2);
	CHECK_STR(result.points[1].text, "It costs time on writes.");
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_COVERED);
}

/* --- contradiction ------------------------------------------------------------- */

static void a_false_claim_is_found(void)
{
	const char *answer = "UDP guarantees the delivery of data. There is no handshake.";
	struct score_result result = grade(&udp, answer);
	double honest = grade(&udp, "There is no handshake.").score;

	check_sound(&result, answer, strlen(answer));
	CHECK_STR(result.points[0].wrong, "UDP guarantees delivery");
	CHECK_STR(span_text(answer, result.points[0].wrong_span), "UDP guarantees the delivery");
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK(result.flags & SCORE_FLAG_CONTRADICTION);
	CHECK(result.points[1].wrong == NULL);
	CHECK(result.score < honest);
}

static void the_truth_is_no_false_claim(void)
{
	static const char *const answers[] = {
		"UDP doesn't guarantee delivery.",
		"TCP guarantees delivery, UDP does not.",
		"It is wrong that UDP guarantees delivery: datagrams may get lost.",
		"Does UDP guarantee delivery? Datagrams may get lost.",
		"UDP never retransmits lost packets, it does not guarantee delivery.",
	};

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct score_result result = grade(&udp, answers[i]);

		check_sound(&result, answers[i], strlen(answers[i]));
		CHECK(result.points[0].wrong == NULL);
		CHECK_INT(result.flags & SCORE_FLAG_CONTRADICTION, 0);
		CHECK(result.points[0].status != SCORE_MISSING);
	}
}

static void a_false_claim_beside_the_truth_costs(void)
{
	struct score_result result = grade(&udp,
	                                   "Datagrams may get lost. UDP guarantees delivery.");

	CHECK_STR(result.points[0].wrong, "UDP guarantees delivery");
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_STR(result.points[0].wording, "datagrams may get lost");
	CHECK(result.score < grade(&udp, "Datagrams may get lost.").score);
}

static void false_claims_are_found_in_russian(void)
{
	struct score_result wrong = grade(&mutex_ru,
	                                  "Мьютекс одновременно пускает сразу несколько потоков.");
	struct score_result right = grade(&mutex_ru,
	                                  "Мьютекс не пускает несколько потоков одновременно.");

	CHECK_STR(wrong.points[0].wrong, mutex_points_ru[0].wrong.items[0]);
	CHECK(right.points[0].wrong == NULL);
}

static void a_negated_point_is_a_contradiction(void)
{
	static const struct score_key_point points[] = {
		{ .text = "An index speeds up reading" },
		{ .text = "Индекс замедляет запись в таблицу" },
	};
	struct score_question question = {
		.text = "Why?", .points = points, .point_count = 2, .max_score = 10
	};
	const char *answer =
	        "An index does not speed up reading. Индекс не замедляет запись в таблицу.";
	struct score_result result = grade(&question, answer);

	check_sound(&result, answer, strlen(answer));
	CHECK(result.flags & SCORE_FLAG_CONTRADICTION);
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_MISSING);
	CHECK(result.points[0].wrong == NULL);
	CHECK_STR(span_text(answer, result.points[0].wrong_span),
	          "An index does not speed up reading");
	CHECK(result.score <= 3.5);
}

static void an_antonym_is_a_contradiction(void)
{
	static const struct score_key_point point = {
		.text = "More replicas increase the reading throughput",
	};
	struct score_question question = {
		.text = "Why?", .points = &point, .point_count = 1, .max_score = 10
	};
	static const struct score_key_point unsafe = { .text = "Карта безопасна для потоков" };
	const char *answer = "Replicas decrease throughput.";
	struct score_result result = grade(&question, answer);

	CHECK(result.flags & SCORE_FLAG_CONTRADICTION);
	result = grade(&question, "Replicas do not decrease the reading throughput.");
	CHECK_INT(result.flags & SCORE_FLAG_CONTRADICTION, 0);
	question.points = &unsafe;
	result = grade(&question, "Карта небезопасна для потоков.");
	CHECK(result.flags & SCORE_FLAG_CONTRADICTION);
}

/* --- verdict and rubric -------------------------------------------------------- */

static void verdicts_have_their_steps(void)
{
	CHECK_INT(score_verdict_of(0), SCORE_INCORRECT);
	CHECK_INT(score_verdict_of(0.299), SCORE_INCORRECT);
	CHECK_INT(score_verdict_of(0.3), SCORE_WEAK);
	CHECK_INT(score_verdict_of(6.0 / 10), SCORE_GOOD);
	CHECK_INT(score_verdict_of(0.599), SCORE_WEAK);
	CHECK_INT(score_verdict_of(0.849), SCORE_GOOD);
	CHECK_INT(score_verdict_of(0.85), SCORE_EXCELLENT);
	CHECK_STR(score_verdict_name(SCORE_WEAK), "partial");
	CHECK_STR(score_status_name(SCORE_COVERED), "covered");
	CHECK_STR(score_flag_name(SCORE_FLAG_DUMP), "dump");
	CHECK(score_flag_name((enum score_flag)(SCORE_FLAG_DUMP | SCORE_FLAG_EMPTY)) == NULL);
}

static void check_rubric(const struct score_rubric *rubric)
{
	CHECK(rubric->structure >= 0 && rubric->structure <= 5);
	CHECK(rubric->relevance >= 0 && rubric->relevance <= 5);
	CHECK(rubric->technical_accuracy >= 0 && rubric->technical_accuracy <= 5);
	CHECK(rubric->depth >= 0 && rubric->depth <= 5);
	CHECK(rubric->communication >= 0 && rubric->communication <= 5);
}

static void the_rubric_follows_its_formula(void)
{
	struct score_rubric rubric = { 5, 4, 3, 2, 1 };
	struct score_rubric full = { 5, 5, 5, 5, 5 };

	CHECK_NEAR(score_rubric_overall(&rubric), 20 * (1.0 + 0.8 + 0.75 + 0.4 + 0.15), 1e-9);
	CHECK_NEAR(score_rubric_overall(&full), 100, 1e-9);
	rubric = grade(&udp, udp.references.items[0]).rubric;
	check_rubric(&rubric);
	CHECK_NEAR(rubric.technical_accuracy, 5, 0.2);
	CHECK_NEAR(rubric.depth, 5, 0);
	CHECK(score_rubric_overall(&rubric) > 80);
}

static void fluent_emptiness_stays_low(void)
{
	struct score_rubric rubric =
	        grade(&udp,
	              "First of all, this is an interesting matter, because many people think "
	              "about "
	              "it every day. Furthermore, my colleagues and I enjoy such conversations. "
	              "Therefore I would gladly tell you more, for example over a cup of tea.")
	                .rubric;

	check_rubric(&rubric);
	CHECK(score_rubric_overall(&rubric) < 30);
}

int main(void)
{
	RUN(a_reference_is_excellent);
	RUN(evidence_is_the_very_bytes);
	RUN(evidence_joins_neighbours_and_parts_strangers);
	RUN(evidence_spans_cyrillic_words);
	RUN(terms_may_be_latin_in_a_cyrillic_answer);
	RUN(half_a_wording_is_partial);
	RUN(more_points_give_more);
	RUN(scattered_words_are_no_statement);
	RUN(a_reference_serves_without_points);
	RUN(a_false_claim_is_found);
	RUN(the_truth_is_no_false_claim);
	RUN(a_false_claim_beside_the_truth_costs);
	RUN(false_claims_are_found_in_russian);
	RUN(a_negated_point_is_a_contradiction);
	RUN(an_antonym_is_a_contradiction);
	RUN(verdicts_have_their_steps);
	RUN(the_rubric_follows_its_formula);
	RUN(fluent_emptiness_stays_low);
	return check_done();
}
