/*
 * Grades the input's first part as an answer to the question that the other parts
 * make; "%%" divides them. Malformed UTF-8 must do no harm either.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "score/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PARTS = 6 };

static void require(int condition)
{
	if (!condition)
		abort();
}

/* Cuts the input at each "%%"; parts that are not there are empty. */
static void cut(struct arena *arena, const char *text, size_t size, const char *parts[PARTS])
{
	for (int i = 0; i < PARTS; i++) {
		const char *next = memmem(text, size, "%%", 2);
		size_t len = next == NULL || i == PARTS - 1 ? size : (size_t)(next - text);

		parts[i] = arena_copy(arena, text, len);
		if (len < size)
			len += 2;
		text += len;
		size -= len;
	}
}

static void check_point(const struct score_point *point, size_t len)
{
	size_t from = 0;

	require(point->coverage >= 0 && point->coverage <= 1.000001);
	require((point->status == SCORE_MISSING) == (point->span_count == 0));
	for (size_t i = 0; i < point->span_count; i++) {
		require(point->spans[i].start >= from &&
		        point->spans[i].start < point->spans[i].end);
		from = point->spans[i].end;
	}
	require(from <= len && point->wrong_span.end <= len);
	require(point->wrong == NULL || point->wrong_span.start < point->wrong_span.end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create();
	const char *parts[PARTS];
	struct score_key_point point = { .id = "p" };
	struct score_question question = { .max_score = 10, .points = &point, .point_count = 1 };
	struct score_result result;

	cut(arena, (const char *)data, size, parts);
	question.text = parts[1];
	question.references = (struct score_texts){ .items = &parts[2], .count = 2 };
	point.text = parts[3];
	point.aliases = (struct score_texts){ .items = &parts[4], .count = 1 };
	point.wrong = (struct score_texts){ .items = &parts[5], .count = 1 };
	for (size_t explicit_points = 0; explicit_points < 2; explicit_points++) {
		size_t len = strlen(parts[0]);

		question.point_count = explicit_points;
		score_answer(arena, &question, parts[0], len, &result);
		require(result.score >= 0 && result.score <= 10);
		for (size_t i = 0; i < result.point_count; i++)
			check_point(&result.points[i], len);
	}
	arena_destroy(arena);
	return 0;
}
