/* Questions in three languages and helpers that the scorer's tests share. */
#ifndef VIVA_TESTS_SCORE_FIXTURE_H
#define VIVA_TESTS_SCORE_FIXTURE_H

#include "check.h"

#include "score/score.h"

#define TEXTS(...)                                                                     \
	{                                                                              \
		.items = (const char *const[]){ __VA_ARGS__ },                         \
		.count = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *) \
	}

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
	.references = TEXTS(
	        "UDP does not guarantee delivery: datagrams may get lost. No connection is "
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
	.references = TEXTS(
	        "Мьютекс пускает в критическую секцию только один поток, а освобождает его "
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
	.references = TEXTS(
	        "М'ютекс пускає до критичної секції лише один потік, а звільняє його той "
	        "потік, який його захопив, тобто м'ютекс має власника."),
	.points = mutex_points_uk,
	.point_count = 2,
	.max_score = 10,
};

static inline struct score_result grade(const struct score_question *question, const char *answer)
{
	struct score_result result;

	score_answer(arena, question, answer, strlen(answer), &result);
	return result;
}

static inline const char *span_text(const char *answer, struct score_span span)
{
	return arena_copy(arena, answer + span.start, span.end - span.start);
}

/* What must hold of every result, whatever the answer. */
static inline void check_sound(const struct score_result *result, const char *answer, size_t len)
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

#endif
