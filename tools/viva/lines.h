/* Lines of standard input, for the commands that answer each with a line of output. */
#ifndef VIVA_TOOLS_LINES_H
#define VIVA_TOOLS_LINES_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Answers each line in an arena of its own until the input ends; returns the exit status.
 * Of a line longer than `max` bytes `answer` gets the first max + 1.
 */
int lines_answer(struct arena *arena, size_t max, void *context,
                 const char *(*answer)(void *context, struct arena *work, const struct buf *line));

#endif
