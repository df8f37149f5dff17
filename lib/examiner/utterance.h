/* A message as a row of folded words, in which patterns are looked for. */
#ifndef VIVA_EXAMINER_UTTERANCE_H
#define VIVA_EXAMINER_UTTERANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct utterance_word {
	const char *text;   /* lower case, without apostrophes, yo as ie */
	size_t sentence;    /* number of its sentence, from 0 */
	size_t in_sentence; /* its place there, from 0 */
	size_t clause;      /* number of its clause: parted by commas, dashes, "but", ... */
	bool quoted;        /* stands between quotation marks or in `code` */
};

struct utterance {
	struct utterance_word *words;
	size_t count;
	bool asks; /* its last sentence ends with a question mark */
};

/* Splits `text` into words. */
void utterance_read(struct arena *arena, const char *text, struct utterance *ret_utterance);

/* The clause that begins at word `first`; it shares the words of the whole. */
struct utterance utterance_clause(const struct utterance *utterance, size_t first);

/*
 * Index behind the last word of `pattern` if it stands at word `at`, else 0. In a
 * pattern, "a|b" is either word, "a*" a word that starts so, ".." up to four words.
 */
size_t utterance_match(const struct utterance *utterance, size_t at, const char *pattern);

/* The longest match at `at` of a NULL-terminated list; 0 when none stands there. */
size_t utterance_match_any(const struct utterance *utterance, size_t at,
                           const char *const *patterns);

/* True if the words are nothing but one piece of `original`, more than half of it. */
bool utterance_repeats(const struct utterance *utterance, const struct utterance *original);

#endif
