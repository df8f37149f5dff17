/* What a harness sends back: one frame with JSON, see language.h. Pure. */
#ifndef VIVA_JUDGE_FRAME_H
#define VIVA_JUDGE_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "judge/judge.h"

enum {
	FRAME_HEADER = 4,
	FRAME_MAX = 1024 * 1024,  /* bytes of an answer without its header */
	EXCEPTION_TEXT_MAX = 2000 /* characters of an exception's message */
};

enum frame_state {
	FRAME_NONE,    /* no byte */
	FRAME_PARTIAL, /* it begins well, but is not all there */
	FRAME_WHOLE,   /* exactly one */
	FRAME_TOO_LONG,
	FRAME_EXCESS /* more bytes behind the first one */
};

/* What so many bytes are. */
enum frame_state frame_state(const char *bytes, size_t len);

/* Writes the header of a frame with `len` bytes in it. */
void frame_header(size_t len, unsigned char header[FRAME_HEADER]);

enum answer_kind {
	ANSWER_NONE,      /* there was no frame at all */
	ANSWER_BAD,       /* something else than one frame with an answer; `fault` says what */
	ANSWER_VALUE,     /* {"ok": value} */
	ANSWER_EXCEPTION, /* {"exc": class, "msg": text, "line": number} */
	ANSWER_UNREADABLE /* the same with "compile": true */
};

struct answer {
	enum answer_kind kind;
	const char *fault; /* English */
	const cJSON *value;
	struct judge_exception exception;
};

/* Reads everything that a program wrote as its answer to one test. */
struct answer answer_read(struct arena *arena, const char *bytes, size_t len);

#endif
