/* viva score: grades answers with the built-in scorer, one JSON document a line. */
#include <string.h>

#include "score/line.h"
#include "score/recent.h"

#include "lines.h"
#include "viva.h"

static const char *answer(void *context, struct arena *work, const struct buf *line)
{
	struct recent *recent = context;
	struct score_line given;
	struct score_result result;
	const char *fault;

	if (score_line_read(work, line->data, line->len, &given, &fault) != OK)
		return score_line_error(&given, fault);
	score_grade(work, recent_key(recent, &given.question), given.answer, strlen(given.answer),
	            &result);
	return score_line_result(&given, &result);
}

int score_lines(struct arena *arena, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return lines_answer(arena, SCORE_LINE_MAX, recent_create(arena), answer);
}
