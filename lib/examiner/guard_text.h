/* A text as orders are looked for in it: words without their disguise, and where they stand. */
#ifndef VIVA_EXAMINER_GUARD_TEXT_H
#define VIVA_EXAMINER_GUARD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "examiner/utterance.h"
#include "score/score.h"

/* A word whose every letter has a look-alike may be meant in either alphabet. */
enum guard_reading {
	GUARD_AS_WRITTEN,
	GUARD_AS_LATIN,    /* and a digit 1 is an l, and hyphens join */
	GUARD_AS_CYRILLIC, /* and a digit 4 is an a */
	GUARD_READING_COUNT
};

struct guard_word {
	size_t start, end; /* bytes of the text */
	size_t unit;       /* what is cut out as one: a sentence or a line */
	bool opens;        /* a sentence, a line, a quotation or a part after , : ( - */
	bool is_key;       /* "word": or <word> */
};

/*
 * words.words[i] stands at places[i]; its sentence may go over several lines, and so have
 * several units. Units have the same numbers in every reading.
 */
struct guard_text {
	struct utterance words;
	struct guard_word *places;
	struct score_span *units; /* from the first word's start to behind its full stop */
	size_t unit_count;
};

/* Reads `text`. Letters with spaces between them become words again. */
void guard_text_read(struct arena *arena, const char *text, enum guard_reading reading,
                     struct guard_text *ret_text);

#endif
