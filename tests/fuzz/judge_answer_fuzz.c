/*
 * What a program may answer: two frames are read and compared in every mode. A value that
 * is parsed, printed and parsed again stays the same; equality has no direction.
 */
#include "target.h"

#include "base/json.h"
#include "judge/compare.h"
#include "judge/frame.h"
#include "judge/output.h"
#include "judge/value.h"

static void check_printing(struct arena *arena, const cJSON *value)
{
	const char *text = json_text(value);
	cJSON *again;

	/* JSON has no infinity: a number that is one becomes null. */
	if (value_parse(arena, text, strlen(text), &again) != OK)
		abort();
}

static void compare_all(struct arena *arena, const cJSON *a, const cJSON *b)
{
	for (int mode = COMPARE_EXACT; mode <= COMPARE_TOKENS; mode++) {
		const struct compare_rule rule = { (enum judge_compare)mode, 0.01 };

		if (compare_values(arena, &rule, a, b) != compare_values(arena, &rule, b, a))
			abort();
	}
}

static void compare_printed(struct arena *arena, const char *a, const char *b)
{
	for (int mode = COMPARE_EXACT; mode <= COMPARE_TOKENS; mode++) {
		const struct compare_rule rule = { (enum judge_compare)mode, 0 };

		if (!compare_texts(arena, &rule, a, a) ||
		    compare_texts(arena, &rule, a, b) != compare_texts(arena, &rule, b, a))
			abort();
	}
}

/* The bytes as a frame, or as they are. */
static struct answer answer_of(struct arena *arena, const uint8_t *bytes, size_t len, bool framed)
{
	unsigned char *frame = arena_raw(arena, len + FRAME_HEADER);

	if (!framed)
		return answer_read(arena, (const char *)bytes, len);
	frame_header(len, frame);
	memcpy(frame + FRAME_HEADER, bytes, len);
	return answer_read(arena, (const char *)frame, len + FRAME_HEADER);
}

FUZZ_TARGET("judge_answer")
{
	struct arena *arena = arena_create();
	size_t half = size > 1 ? 1 + data[0] * (size - 1) / 256 : size;
	bool framed = size > 0 && data[0] % 8 != 0;
	size_t first = size > 1 ? 1 : 0;
	struct answer a, b;

	json_bind(arena);
	a = answer_of(arena, data + first, half - first, framed);
	b = answer_of(arena, data + half, size - half, framed);
	if (a.kind == ANSWER_BAD && a.fault == NULL)
		abort();
	if (a.kind == ANSWER_VALUE)
		check_printing(arena, a.value);
	if (a.kind == ANSWER_VALUE && b.kind == ANSWER_VALUE)
		compare_all(arena, a.value, b.value);
	compare_printed(arena, output_clean(arena, (const char *)data + first, half - first, 4096),
	                output_clean(arena, (const char *)data + half, size - half, 4096));
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
