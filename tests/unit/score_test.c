#include "check.h"

#include <stdlib.h>

#include "score/match.h"
#include "score/passage.h"
#include "score/score.h"
#include "score/words.h"

#define TEXTS(...)                                                                     \
	{                                                                              \
		.items = (const char *const[]){ __VA_ARGS__ },                         \
		.count = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *) \
	}

/* --- questions ---------------------------------------------------------------- */

static const struct score_key_point udp_points[] = {
	{ .id = "no-guarantee",
	  .text = "UDP does not guarantee delivery",
	  .aliases = TEXTS("datagrams may get lost", "no acknowledgement of packets"),
	  .wrong = TEXTS("UDP guarantees delivery", "UDP retransmits lost packets") },
	{ .id = "no-connection",
	  .text = "No connection is established before sending",
	  .aliases = TEXTS("connectionless", "there is no handshake") },
	{ .id = "low-latency",
	  .text = "Small headers give low latency",
	  .aliases = TEXTS("less overhead, so it is fast") },
};

static const struct score_question udp = {
	.language = LANG_EN,
	.text = "How does UDP differ from TCP?",
	.references = TEXTS("UDP does not guarantee delivery: datagrams may get lost. No connection is "
			    "established before sending, there is no handshake. Because of its small "
			    "headers it has little overhead and a low latency."),
	.points = udp_points,
	.point_count = 3,
	.max_score = 10,
};

static const struct score_key_point mutex_points_ru[] = {
	{ .id = "one",
	  .text = "Мьютекс пускает в критическую секцию только один поток",
	  .aliases = TEXTS("взаимное исключение потоков", "mutex захватывает один поток"),
	  .wrong = TEXTS("мьютекс пускает несколько потоков одновременно") },
	{ .id = "owner",
	  .text = "Освобождает мьютекс тот поток, который его захватил",
	  .aliases = TEXTS("у мьютекса есть владелец") },
};

static const struct score_question mutex_ru = {
	.language = LANG_RU,
	.text = "Чем мьютекс отличается от семафора?",
	.references = TEXTS("Мьютекс пускает в критическую секцию только один поток, а освобождает его "
			    "тот поток, который его захватил, то есть у мьютекса есть владелец."),
	.points = mutex_points_ru,
	.point_count = 2,
	.max_score = 10,
};

static const struct score_key_point mutex_points_uk[] = {
	{ .id = "one",
	  .text = "М'ютекс пускає до критичної секції лише один потік",
	  .aliases = TEXTS("взаємне виключення потоків", "mutex захоплює один потік") },
	{ .id = "owner",
	  .text = "Звільняє м'ютекс той потік, який його захопив",
	  .aliases = TEXTS("м'ютекс має власника") },
};

static const struct score_question mutex_uk = {
	.language = LANG_UK,
	.text = "Чим відрізняється семафор?",
	.references = TEXTS("М'ютекс пускає до критичної секції лише один потік, а звільняє його той "
			    "потік, який його захопив, тобто м'ютекс має власника."),
	.points = mutex_points_uk,
	.point_count = 2,
	.max_score = 10,
};

static struct score_result grade(const struct score_question *question, const char *answer)
{
	struct score_result result;

	score_answer(arena, question, answer, strlen(answer), &result);
	return result;
}

static const char *span_text(const char *answer, struct score_span span)
{
	return arena_copy(arena, answer + span.start, span.end - span.start);
}

/* What must hold of every result, whatever the answer. */
static void check_sound(const struct score_result *result, const char *answer, size_t len)
{
	CHECK(result->score >= 0 && result->score <= result->max_score);
	for (size_t i = 0; i < result->point_count; i++) {
		const struct score_point *point = &result->points[i];
		size_t from = 0;

		CHECK(point->coverage >= 0 && point->coverage <= 1 + 1e-9);
		CHECK((point->status == SCORE_MISSING) == (point->span_count == 0));
		CHECK((point->status == SCORE_MISSING) == (point->wording == NULL));
		CHECK(point->span_count <= 4);
		for (size_t k = 0; k < point->span_count; k++) {
			struct score_span span = point->spans[k];

			CHECK(span.start >= from && span.start < span.end && span.end <= len);
			CHECK((answer[span.start] & 0xC0) != 0x80);
			CHECK(span.end == len || (answer[span.end] & 0xC0) != 0x80);
			from = span.end;
		}
		CHECK(point->wrong == NULL || point->wrong_span.end > point->wrong_span.start);
	}
}

/* --- words --------------------------------------------------------------------- */

static struct passage read_passage(struct vocab *vocab, const char *text)
{
	struct passage passage;

	passage_read(arena, vocab, text, strlen(text), &passage);
	return passage;
}

/* The folded words of a text with a bar after each; "!" before a negated one. */
static const char *words_of(const char *text)
{
	struct vocab *vocab = vocab_create(arena);
	struct passage passage = read_passage(vocab, text);
	const char *all = "";

	for (uint32_t i = 0; i < passage.count; i++)
		all = arena_printf(arena, "%s%s%s|", all, passage.tokens[i].negated ? "!" : "",
				   vocab_word_at(vocab, passage.tokens[i].word)->bytes);
	return all;
}

static void tokens_are_what_programmers_write(void)
{
	CHECK_STR(words_of("C++, C# and F# differ."), "c++|c#|and|f#|differ|");
	CHECK_STR(words_of("O(n log n) < O(n^2) = О(n²)"), "o(nlogn)|o(n2)|o(n2)|");
	CHECK_STR(words_of("x == 3.14 && y->z"), "x|==|3.14|&&|y|->|z|");
	CHECK_STR(words_of("server\xE2\x80\x99s `foo`"), "server|foo|");
	CHECK_STR(words_of("об\xCA\xBC\xD1\x94кт, м`ютекс, Ёлка"), "обєкт|мютекс|елка|");
	CHECK_STR(words_of("naïve и\xCC\x86"), "naive|й|");
	CHECK_STR(words_of("<p>one<br/>two</p> Map<String> a&nbsp;b"), "one|two|map|string|a|b|");
	CHECK_STR(words_of("1. first\n2) second\n- third\n## fourth"), "first|second|third|fourth|");
}

static void sentences_end_where_people_end_them(void)
{
	struct vocab *vocab = vocab_create(arena);

	CHECK_INT(read_passage(vocab, "One. Two! Three? Four; five").sentence_count, 5);
	CHECK_INT(read_passage(vocab, "Node.js, e.g. version 3.14 of it").sentence_count, 1);
	CHECK_INT(read_passage(vocab, "one\n\ntwo\n- three\n- four").sentence_count, 4);
	CHECK_INT(read_passage(vocab, "a line that is\nbroken by hand").sentence_count, 1);
	CHECK_INT(read_passage(vocab, "<p>one</p><p>two</p>").sentence_count, 2);
	CHECK(read_passage(vocab, "Is it?").sentences[0].question);
	CHECK_INT(read_passage(vocab, "").sentence_count, 0);
}

static void contractions_keep_their_bytes(void)
{
	const char *text = "It don\xE2\x80\x99t cannot won't can't";
	struct vocab *vocab = vocab_create(arena);
	struct passage passage = read_passage(vocab, text);

	CHECK_INT(passage.count, 9);
	CHECK_STR(vocab_word_at(vocab, passage.tokens[1].word)->bytes, "do");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[2].word)->bytes, "not");
	CHECK_STR(span_text(text, (struct score_span){ passage.tokens[2].start,
						       passage.tokens[2].end }),
		  "n\xE2\x80\x99t");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[5].word)->bytes, "will");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[7].word)->bytes, "can");
	CHECK_INT(passage.tokens[8].end, (long long)strlen(text));
}

static void negators_turn_what_they_govern(void)
{
	CHECK_STR(words_of("Packets are not lost here, they arrive"),
		  "packets|are|not|!lost|!here|they|arrive|");
	CHECK_STR(words_of("TCP sends again, and UDP does not"),
		  "tcp|sends|again|!and|!udp|!does|not|");
	CHECK_STR(words_of("It is not only fast"), "it|is|not|only|fast|");
	CHECK_STR(words_of("No, it stays"), "no|it|stays|");
	CHECK_STR(words_of("It is not true that packets, once lost, arrive"),
		  "it|is|not|!true|!that|!packets|!once|!lost|!arrive|");
	CHECK_STR(words_of("it never does not work"), "it|never|!does|!not|work|");
	CHECK_STR(words_of("он никогда не блокирует поток"), "он|никогда|!не|!блокирует|!поток|");
	CHECK_STR(words_of("Невірно, що він швидкий"), "невірно|!що|!він|!швидкий|");
	CHECK_STR(words_of("работает без неё быстро"), "работает|без|нее|быстро|");
}

static float strength(const char *one, const char *other)
{
	struct vocab *vocab = vocab_create(arena);
	struct passage a = read_passage(vocab, one), b = read_passage(vocab, other);
	bool typo;

	return match_strength(vocab_stem_at(vocab, a.tokens[0].stem),
			      vocab_stem_at(vocab, b.tokens[0].stem), &typo);
}

static void stems_match_in_three_languages(void)
{
	CHECK_NEAR(strength("guarantees", "guaranteed"), 1, 0);
	CHECK_NEAR(strength("индексами", "индексов"), 1, 0);
	CHECK_NEAR(strength("сериализация", "сериализацией"), 1, 0);
	CHECK(strength("потоків", "потоки") > 0);
	CHECK(strength("м'ютекс", "мьютекс") >= 0.9F);
	CHECK(strength("транзакція", "транзакция") >= 0.8F);
	CHECK_NEAR(strength("transactions", "trasnaction"), 0.9, 1e-6);
	CHECK_NEAR(strength("normalize", "normally"), 0.8, 0.21);
	CHECK_NEAR(strength("interface", "interval"), 0, 0);
	CHECK_NEAR(strength("http2", "http3"), 0, 0);
	CHECK_NEAR(strength("lock", "dock"), 0, 0);
	CHECK_NEAR(strength("process", "thread"), 0, 0);
	CHECK_NEAR(strength("процесс", "поток"), 0, 0);
}

static void little_words_are_known(void)
{
	CHECK(words_flags("the") & WORD_STOP);
	CHECK(words_flags("який") & WORD_STOP);
	CHECK(words_flags("которые") & WORD_STOP);
	CHECK(words_flags("not") & WORD_NEGATOR);
	CHECK(!(words_flags("not") & WORD_CONCORD));
	CHECK(words_flags("нельзя") & WORD_CONCORD);
	CHECK(words_flags("without") & WORD_NEAR_NEGATOR);
	CHECK(words_flags("проте") & WORD_CONTRAST);
	CHECK(words_flags("например") & WORD_EXAMPLE);
	CHECK(words_flags("because") & WORD_REASON);
	CHECK_INT(words_flags("mutex"), 0);
}

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
	CHECK_STR(span_text(answer, point->spans[0]), "handshake");
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
	CHECK_STR(span_text(answer, point->spans[0]), "small and simple headers");
	CHECK_STR(span_text(answer, point->spans[1]), "give us a low latency");
}

static void evidence_spans_cyrillic_words(void)
{
	const char *ru = "Во-первых, взаимное исключение для потоков! Владелец у мьютекса тоже есть.";
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
	struct score_question question = { .text = "What is it?",
					   .points = &point,
					   .point_count = 1,
					   .max_score = 10 };
	struct score_result result = grade(&question, "It copies something to machines.");

	CHECK_INT(result.points[0].status, SCORE_PARTIAL);
	CHECK(result.points[0].span_count >= 1);
	CHECK(result.score > 0 && result.score < 5);
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
		.references = TEXTS("A sorted copy of a column speeds up lookups. It costs time on writes.",
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
	struct score_result result = grade(&udp, "Datagrams may get lost. UDP guarantees delivery.");

	CHECK_STR(result.points[0].wrong, "UDP guarantees delivery");
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_STR(result.points[0].wording, "datagrams may get lost");
	CHECK(result.score < grade(&udp, "Datagrams may get lost.").score);
}

static void false_claims_are_found_in_russian(void)
{
	struct score_result wrong =
		grade(&mutex_ru, "Мьютекс одновременно пускает сразу несколько потоков.");
	struct score_result right =
		grade(&mutex_ru, "Мьютекс не пускает несколько потоков одновременно.");

	CHECK_STR(wrong.points[0].wrong, mutex_points_ru[0].wrong.items[0]);
	CHECK(right.points[0].wrong == NULL);
}

static void a_negated_point_is_a_contradiction(void)
{
	static const struct score_key_point points[] = {
		{ .text = "An index speeds up reading" },
		{ .text = "Индекс замедляет запись в таблицу" },
	};
	struct score_question question = { .text = "Why?",
					   .points = points,
					   .point_count = 2,
					   .max_score = 10 };
	const char *answer = "An index does not speed up reading. Индекс не замедляет запись в таблицу.";
	struct score_result result = grade(&question, answer);

	check_sound(&result, answer, strlen(answer));
	CHECK(result.flags & SCORE_FLAG_CONTRADICTION);
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_MISSING);
	CHECK(result.points[0].wrong == NULL);
	CHECK_STR(span_text(answer, result.points[0].wrong_span), "index does not speed up reading");
	CHECK(result.score <= 3.5);
}

static void an_antonym_is_a_contradiction(void)
{
	static const struct score_key_point point = {
		.text = "More replicas increase the reading throughput",
	};
	struct score_question question = { .text = "Why?",
					   .points = &point,
					   .point_count = 1,
					   .max_score = 10 };
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

/* --- guards -------------------------------------------------------------------- */

static void no_answer_earns_nothing(void)
{
	static const char *const answers[] = { "",
					       "   \n\t ",
					       "... ?!, -- (*)",
					       "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D",
					       "I don't know",
					       "Не знаю.",
					       "не знаю, мабуть" };

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct score_result result = grade(&udp, answers[i]);

		check_sound(&result, answers[i], strlen(answers[i]));
		CHECK_NEAR(result.score, 0, 0);
		CHECK_INT(result.verdict, SCORE_INCORRECT);
		CHECK_INT((long long)result.point_count, 3);
	}
	CHECK_INT(grade(&udp, "").flags, SCORE_FLAG_EMPTY);
	CHECK_INT(grade(&udp, "I do not know").flags, SCORE_FLAG_EMPTY);
	CHECK_NEAR(score_rubric_overall(&(struct score_rubric){ 0 }), 0, 0);
}

static void a_copied_question_earns_little(void)
{
	static const struct score_question *const questions[] = { &udp, &mutex_ru, &mutex_uk };

	for (size_t i = 0; i < 3; i++) {
		struct score_result result = grade(questions[i], questions[i]->text);

		CHECK(result.score <= 3);
		CHECK(result.flags & SCORE_FLAG_QUESTION_COPIED);
	}
}

static void a_keyword_list_is_capped(void)
{
	struct score_result result =
		grade(&udp, "UDP, guarantee, delivery, datagrams, lost, connection, established, "
			    "handshake, small, headers, overhead, low, latency, sending");

	CHECK(result.flags & SCORE_FLAG_KEYWORD_LIST);
	CHECK_NEAR(result.score, 4, 0);
}

static void shuffled_words_are_capped(void)
{
	struct score_result result =
		grade(&udp, "latency the small a guarantee is UDP because headers lost its may not "
			    "datagrams established low before of overhead does and get no handshake it "
			    "connection has sending little delivery there no is");

	CHECK(result.flags & SCORE_FLAG_WORD_ORDER);
	CHECK(result.score <= 4);
}

static void a_dump_is_capped(void)
{
	static const char *const subjects[] = { "garbage", "compiler", "planet", "violin", "harvest",
						"granite", "emperor", "kitchen" };
	static const char *const verbs[] = { "paints", "teaches", "borrows", "hunts",
					     "measures", "forgets", "melts", "whispers" };
	const char *text = udp.references.items[0];

	for (size_t i = 0; i < 8; i++) {
		for (size_t k = 0; k < 8; k++)
			text = arena_printf(arena, "%s The %s%c%c %s in a%c%cium.", text, subjects[i],
					    (char)('a' + k), (char)('m' + i), verbs[k],
					    (char)('b' + i), (char)('n' + k));
	}
	CHECK(grade(&udp, text).flags & SCORE_FLAG_DUMP);
	CHECK(grade(&udp, text).score <= 4);
}

static void repetition_is_seen_and_never_pays(void)
{
	const char *once = udp.references.items[0];
	const char *thrice = arena_printf(arena, "%s %s %s", once, once, once);
	struct score_result spam = grade(&udp, "handshake delivery handshake delivery handshake delivery "
					       "handshake delivery handshake delivery handshake delivery "
					       "handshake delivery handshake delivery");

	CHECK(spam.flags & SCORE_FLAG_REPETITION);
	CHECK(spam.score <= 3);
	CHECK_NEAR(grade(&udp, thrice).score, grade(&udp, once).score, 0.3);
	CHECK_INT(grade(&udp, thrice).flags & SCORE_FLAG_REPETITION, 0);
}

static void wrapping_moves_nothing(void)
{
	static const char *const same[] = {
		"<p>UDP does <b>not</b> guarantee delivery.</p>\n<p>There is no handshake.</p>",
		"- **UDP** does not guarantee `delivery`.\n- There is no handshake.",
		"UDP DOES NOT GUARANTEE DELIVERY. THERE IS NO HANDSHAKE.",
		"UDP\n does  not\tguarantee\n\n delivery.  There is no\nhandshake.",
		"There is no handshake. UDP does not guarantee delivery.",
		"UDP does not guarantee delivery. There is no handshake. What a lovely question!",
	};
	double plain = grade(&udp, "UDP does not guarantee delivery. There is no handshake.").score;

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		CHECK_NEAR(grade(&udp, same[i]).score, plain, 0.3);
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
		grade(&udp, "First of all, this is an interesting matter, because many people think about "
			    "it every day. Furthermore, my colleagues and I enjoy such conversations. "
			    "Therefore I would gladly tell you more, for example over a cup of tea.")
			.rubric;

	check_rubric(&rubric);
	CHECK(score_rubric_overall(&rubric) < 30);
}

/* --- sturdiness ---------------------------------------------------------------- */

static void results_are_the_same_every_time(void)
{
	const char *answer = "Small headers give low latency, datagrams may get lost in UDP.";
	struct score_result first = grade(&udp, answer), second = grade(&udp, answer);

	CHECK_INT(memcmp(&first.score, &second.score, sizeof(first.score)), 0);
	CHECK_INT(memcmp(&first.rubric, &second.rubric, sizeof(first.rubric)), 0);
	CHECK_INT(first.flags, second.flags);
	for (size_t i = 0; i < first.point_count; i++) {
		const struct score_point *a = &first.points[i], *b = &second.points[i];

		CHECK_INT((long long)a->span_count, (long long)b->span_count);
		CHECK_INT(memcmp(&a->coverage, &b->coverage, sizeof(a->coverage)), 0);
		CHECK(a->span_count == 0 ||
		      memcmp(a->spans, b->spans, a->span_count * sizeof(*a->spans)) == 0);
	}
}

static void a_megabyte_is_read(void)
{
	static const char *const units[] = { "UDP does not guarantee delivery. ", "not ", "a. ", "<",
					     "x", "=", "o(", "\xF0\x9F\x98\x80", "н", "n't " };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t unit = strlen(units[i]), len = (1 << 20) / unit * unit;
		struct score_result result;
		char *text = arena_alloc(arena, len);

		for (size_t at = 0; at < len; at += unit)
			memcpy(text + at, units[i], unit);
		score_answer(arena, &udp, text, len, &result);
		check_sound(&result, text, len);
		arena_reset(arena);
	}
}

static void questions_may_be_bare(void)
{
	static const struct score_key_point empty = { .text = "" };
	struct score_question question = { .text = "", .max_score = 10 };
	struct score_result result = grade(&question, "Anything at all.");

	CHECK_NEAR(result.score, 0, 0);
	CHECK_INT((long long)result.point_count, 0);
	question.points = &empty;
	question.point_count = 1;
	result = grade(&question, "Anything at all.");
	CHECK_INT((long long)result.point_count, 1);
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	question.point_count = 0;
	question.text = NULL;
	question.max_score = 0;
	result = grade(&question, "");
	CHECK_NEAR(result.score, 0, 0);
}

static void answers_need_no_terminator(void)
{
	size_t len = strlen("There is no handshake");
	char *exact = malloc(len);
	struct score_result result;

	memcpy(exact, "There is no handshake", len);
	score_answer(arena, &udp, exact, len, &result);
	CHECK_INT(result.points[1].status, SCORE_COVERED);
	free(exact);
}

int main(void)
{
	RUN(tokens_are_what_programmers_write);
	RUN(sentences_end_where_people_end_them);
	RUN(contractions_keep_their_bytes);
	RUN(negators_turn_what_they_govern);
	RUN(stems_match_in_three_languages);
	RUN(little_words_are_known);
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
	RUN(no_answer_earns_nothing);
	RUN(a_copied_question_earns_little);
	RUN(a_keyword_list_is_capped);
	RUN(shuffled_words_are_capped);
	RUN(a_dump_is_capped);
	RUN(repetition_is_seen_and_never_pays);
	RUN(wrapping_moves_nothing);
	RUN(verdicts_have_their_steps);
	RUN(the_rubric_follows_its_formula);
	RUN(fluent_emptiness_stays_low);
	RUN(results_are_the_same_every_time);
	RUN(a_megabyte_is_read);
	RUN(questions_may_be_bare);
	RUN(answers_need_no_terminator);
	return check_done();
}
