/* The words of texts as the scorer compares them, for an index to search in. */
#ifndef VIVA_SCORE_STEMS_H
#define VIVA_SCORE_STEMS_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Appends the stems of the text's content words in their order, a space behind each. A stem
 * has letters and digits only: other signs are written as their code in hexadecimal between two
 * z, so that "C++" stays one word. The same word in any case, number or tense, in English,
 * Russian or Ukrainian, gives mostly the same stem.
 */
void stems_add(struct buf *stems, const char *text);

/* Bytes [start, end) of a text. */
struct stems_span {
	size_t start, end;
};

struct stems_spans {
	struct stems_span *items;
	size_t count;
};

/*
 * The words of the text whose stem is one of `stems`, as stems_add writes them; the last one may
 * be the beginning of a stem.
 */
struct stems_spans stems_find(struct arena *arena, const char *text, const char *stems);

#endif
