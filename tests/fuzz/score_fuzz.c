/*
 * Grades the input's first part as an answer to the question that the other parts
 * make; "%%" divides them. Malformed UTF-8 must do no harm either. What begins with a
 * brace is read as a line of `viva score` as well. However an answer is graded - alone, by
 * a key, by the same key after another answer - the result must be the same.
 */
#include "target.h"

#include "base/json.h"
#include "base/text.h"
#include "score/line.h"
#include "score/recent.h"

enum { PARTS = 6 };

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

	must(point->coverage >= 0 && point->coverage <= 1.000001);
	must((point->status == SCORE_MISSING) == (point->span_count == 0));
	for (size_t i = 0; i < point->span_count; i++) {
		must(point->spans[i].start >= from && point->spans[i].start < point->spans[i].end);
		from = point->spans[i].end;
	}
	must(from <= len && point->wrong_span.end <= len);
	must(point->wrong == NULL || point->wrong_span.start < point->wrong_span.end);
}

static void check_result(const struct score_result *result, double most, const char *answer)
{
	size_t len = strlen(answer);

	must(result->score >= 0 && result->score <= most);
	for (size_t i = 0; i < result->point_count; i++)
		check_point(&result->points[i], len);
}

/* Spans of well-formed text begin and end between code points. */
static void check_bounds(const struct score_result *result, const char *answer)
{
	for (size_t i = 0; i < result->point_count; i++) {
		for (size_t k = 0; k < result->points[i].span_count; k++) {
			must((answer[result->points[i].spans[k].start] & 0xC0) != 0x80);
			must((answer[result->points[i].spans[k].end] & 0xC0) != 0x80);
		}
	}
}

static void require_same(const struct score_result *a, const struct score_result *b)
{
	must(memcmp(&a->steps, &b->steps, sizeof(a->steps)) == 0);
	must(memcmp(&a->rubric, &b->rubric, sizeof(a->rubric)) == 0);
	must(a->flags == b->flags && a->verdict == b->verdict);
	must(a->point_count == b->point_count);
	for (size_t i = 0; i < a->point_count; i++) {
		const struct score_point *one = &a->points[i], *other = &b->points[i];

		must(one->status == other->status && one->denied == other->denied);
		must(memcmp(&one->coverage, &other->coverage, sizeof(double)) == 0);
		must(one->span_count == other->span_count);
		must(memcmp(one->spans, other->spans, one->span_count * sizeof(*one->spans)) == 0);
		must((one->wrong == NULL) == (other->wrong == NULL));
	}
}

/* Grades in every way there is; `other` is an answer that comes in between. */
static struct score_result grade(struct arena *arena, const struct score_question *question,
                                 const char *answer, const char *other)
{
	const struct score_key *key = score_prepare(arena, question);
	struct score_result alone, by_key, again;

	score_answer(arena, question, answer, strlen(answer), &alone);
	check_result(&alone, question->max_score, answer);
	score_grade(arena, key, answer, strlen(answer), &by_key);
	require_same(&alone, &by_key);
	score_grade(arena, key, other, strlen(other), &again);
	score_grade(arena, key, answer, strlen(answer), &again);
	require_same(&alone, &again);
	return alone;
}

static void grade_line(struct arena *arena, const char *text, size_t size)
{
	struct recent *recent = recent_create(arena);
	struct score_line line;
	struct score_result alone, kept;
	const char *fault;

	if (score_line_read(arena, text, size, &line, &fault) != OK) {
		must(fault != NULL && score_line_error(&line, fault) != NULL);
		return;
	}
	alone = grade(arena, &line.question, line.answer, "another one");
	check_bounds(&alone, line.answer);
	for (int i = 0; i < 2; i++) {
		score_grade(arena, recent_key(recent, &line.question), line.answer,
		            strlen(line.answer), &kept);
		require_same(&alone, &kept);
	}
	must(strchr(score_line_result(&line, &kept), '\n') == NULL);
}

FUZZ_TARGET("score")
{
	struct arena *arena = arena_create();
	const char *parts[PARTS];
	struct score_key_point point = { .id = "p" };
	struct score_question question = { .max_score = 10, .points = &point };

	json_bind(arena);
	if (size > 0 && data[0] == '{')
		grade_line(arena, (const char *)data, size);
	cut(arena, (const char *)data, size, parts);
	question.text = parts[1];
	question.references = (struct score_texts){ .items = &parts[2], .count = 2 };
	point.text = parts[3];
	point.aliases = (struct score_texts){ .items = &parts[4], .count = 1 };
	point.wrong = (struct score_texts){ .items = &parts[5], .count = 1 };
	for (question.point_count = 0; question.point_count < 2; question.point_count++) {
		struct score_result result = grade(arena, &question, parts[0], parts[3]);

		if (text_valid(parts[0], strlen(parts[0])))
			check_bounds(&result, parts[0]);
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
