/*
 * Takes thoughts out of content that comes in pieces: what stands between <think> and
 * </think> (or <thinking>, <thought>), and what stands before a closing tag that nothing
 * opened. Content that begins like JSON or a code block holds no thoughts: tags in it are
 * quoted.
 */
#ifndef VIVA_LLM_THINK_H
#define VIVA_LLM_THINK_H

#include <stdbool.h>

#include "base/buf.h"

struct llm_think {
	enum { THINK_START, THINK_INSIDE, THINK_ANSWER } state;
	struct buf held;  /* white space before the answer, then what may be part of a tag */
	size_t space;     /* bytes of `held` that are white space */
	bool was_closed;  /* a thought has ended */
	bool is_verbatim; /* the answer began like JSON */
};

/* Before the first byte; what is held back grows in `arena`. */
void think_init(struct llm_think *think, struct arena *arena);

/*
 * Appends what the bytes add to the answer or to the thoughts. False when all of the answer
 * so far proved to be a thought: it is moved, and what is in `answer` now is new.
 */
bool think_add(struct llm_think *think, const char *bytes, size_t len, struct buf *answer,
               struct buf *thoughts);

/* The content's end: gives out what is held. False if a thought is still open. */
bool think_end(struct llm_think *think, struct buf *answer, struct buf *thoughts);

#endif
