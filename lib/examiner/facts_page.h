/* A text as words, each with its place, in which lib/examiner/facts.c looks for facts. */
#ifndef VIVA_EXAMINER_FACTS_PAGE_H
#define VIVA_EXAMINER_FACTS_PAGE_H

#include "examiner/utterance.h"
#include "score/score.h"

/* Signs as in C++, C#, .NET, Node.js and 2.5 belong to a word; `words` has clauses. */
struct facts_page {
	struct arena *arena;
	const char *text;
	struct utterance words;
	struct score_span *spans;
	size_t capacity;
};

/* Splits `text`, which the page refers to. */
struct facts_page facts_page_read(struct arena *arena, const char *text);

/* Lower case, without apostrophes, yo as ie. */
const char *facts_page_folded(struct arena *arena, const char *bytes, size_t len);

/* The text from one word to the end of another, on one line, cut where it is too long. */
const char *facts_page_slice(const struct facts_page *page, size_t first, size_t last);

/* True if one of the patterns stands at word `at`. */
bool facts_page_is(const struct facts_page *page, size_t at, const char *const *patterns);

/* True if both words stand in one clause. */
bool facts_page_together(const struct facts_page *page, size_t a, size_t b);

/* How the word is written. */
bool facts_page_is_capital(const struct facts_page *page, size_t at);
bool facts_page_is_cyrillic(const struct facts_page *page, size_t at);

/* True if the word starts with a digit. */
bool facts_page_is_figure(const struct facts_page *page, size_t at);

#endif
