#include "judge/frame.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "judge/value.h"

enum { CLASS_MAX = 200 };

static size_t frame_length(const char *bytes)
{
	const unsigned char *header = (const unsigned char *)bytes;

	return (size_t)header[0] << 24 | (size_t)header[1] << 16 | (size_t)header[2] << 8 |
	       header[3];
}

enum frame_state frame_state(const char *bytes, size_t len)
{
	if (len == 0)
		return FRAME_NONE;
	if (len < FRAME_HEADER)
		return FRAME_PARTIAL;
	if (frame_length(bytes) > FRAME_MAX)
		return FRAME_TOO_LONG;
	if (len - FRAME_HEADER < frame_length(bytes))
		return FRAME_PARTIAL;
	return len - FRAME_HEADER == frame_length(bytes) ? FRAME_WHOLE : FRAME_EXCESS;
}

void frame_header(size_t len, unsigned char header[FRAME_HEADER])
{
	for (int i = 0; i < FRAME_HEADER; i++)
		header[i] = (unsigned char)(len >> (8 * (FRAME_HEADER - 1 - i)));
}

static struct answer bad(const char *fault)
{
	return (struct answer){ .kind = ANSWER_BAD, .fault = fault };
}

static struct answer read_exception(struct arena *arena, const cJSON *frame)
{
	const char *class = json_string(frame, "exc", "");
	double line = json_number(frame, "line", 0);
	struct answer answer = { .kind = ANSWER_EXCEPTION };

	if (class[0] == '\0')
		return bad("an answer that is neither a value nor an exception");
	if (json_bool(frame, "compile", false))
		answer.kind = ANSWER_UNREADABLE;
	answer.exception.class = text_shortened(arena, class, CLASS_MAX);
	answer.exception.message = text_shortened(arena, json_string(frame, "msg", ""),
	                                          EXCEPTION_TEXT_MAX);
	answer.exception.line = line >= 1 && line <= 1e6 ? (int)line : 0;
	return answer;
}

static struct answer read_json(struct arena *arena, const char *text, size_t len)
{
	cJSON *frame;
	const cJSON *value;

	if (value_parse(arena, text, len, &frame) != OK)
		return bad("an answer that is not valid JSON, or is nested too deep");
	value = json_get(frame, "ok");
	if (value == NULL)
		return read_exception(arena, frame);
	if (cJSON_GetArraySize(frame) != 1)
		return bad("an answer with more than a value");
	return (struct answer){ .kind = ANSWER_VALUE, .value = value };
}

struct answer answer_read(struct arena *arena, const char *bytes, size_t len)
{
	switch (frame_state(bytes, len)) {
	case FRAME_NONE:
		return (struct answer){ .kind = ANSWER_NONE };
	case FRAME_PARTIAL:
		return bad("an answer that breaks off");
	case FRAME_TOO_LONG:
		return bad("an answer that is too long");
	case FRAME_EXCESS:
		return bad("more than one answer");
	case FRAME_WHOLE:
		break;
	}
	return read_json(arena, bytes + FRAME_HEADER, len - FRAME_HEADER);
}
