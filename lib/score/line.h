/* One answer to grade as a line of JSON, and its marks as another one (`viva score`). */
#ifndef VIVA_SCORE_LINE_H
#define VIVA_SCORE_LINE_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "score/score.h"

/* Bytes of a line; one answer may be a megabyte, and JSON may write it six times as long. */
enum { SCORE_LINE_MAX = 8 << 20 };

/* Bytes of all texts that make up a question: what it costs grows faster than its words. */
enum { SCORE_QUESTION_MAX = 256 << 10 };

/* What a line asks for; all of it lives in the JSON document and the arena. */
struct score_line {
	const cJSON *id; /* any JSON value, NULL when there is none; it comes back unchanged */
	const char *id_number; /* as it is written, when it is a number: of any length */
	struct score_question question;
	const char *answer;
};

/*
 * Reads {"id", "question", "reference": [..], "key_points": [{"text", "aliases", "wrong"}],
 * "answer", "lang", "max_score"}: `reference` may be one string, `key_points`, `question`,
 * `lang` (en) and `max_score` (10) may be absent, others are passed over, and of two members
 * of one name the first counts. White space around the object is allowed, so that a line may
 * end with CR LF; an empty line is no object. ERR_INVALID sets *ret_fault to what is
 * wrong with it, in English; the id, where it could be read, is in *ret_line then, also of
 * a line whose only fault is an escape that is no character.
 */
enum err score_line_read(struct arena *arena, const char *text, size_t len,
                         struct score_line *ret_line, const char **ret_fault);

/* The result as one line of JSON without its end. */
const char *score_line_result(const struct score_line *line, const struct score_result *result);

/* {"id", "error"} */
const char *score_line_error(const struct score_line *line, const char *fault);

#endif
