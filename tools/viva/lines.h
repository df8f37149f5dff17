/* Lines of standard input, for the commands that answer each with a line of output. */
#ifndef VIVA_TOOLS_LINES_H
#define VIVA_TOOLS_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Appends one line without its end; of a longer one than `max` bytes the rest is read and
 * dropped, and the line is then max + 1 bytes long. False at the end of the input.
 */
bool lines_read(struct buf *line, size_t max);

/* Answers each line in an arena of its own until the input ends; returns the exit status. */
int lines_answer(struct arena *arena, size_t max, void *context,
                 const char *(*answer)(void *context, struct arena *work, const struct buf *line));

#endif
