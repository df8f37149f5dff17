/* A text cut into tokens, sentences and clauses, with bytes that lead back to it. */
#ifndef VIVA_SCORE_PASSAGE_H
#define VIVA_SCORE_PASSAGE_H

#include "base/arena.h"
#include "score/vocab.h"

struct token {
	uint32_t start, end; /* bytes of the text */
	uint32_t word, stem; /* numbers in the vocabulary */
	uint32_t sentence, clause;
	uint32_t ordinal; /* content tokens before it */
	unsigned flags;   /* of enum word_flag */
	bool colon;       /* stands after a colon */
	bool content;     /* no function word */
	bool figure;      /* a number or a complexity */
	bool line;        /* the first one on its line */
	bool negated;     /* turned by a negator */
	bool direct;      /* the first word that the negator turns */
	uint32_t negator; /* the token that turned it last, when negated */
	bool soft;        /* a verb such as "avoid" had a part in it */
	bool rejected;    /* "instead of" stands before it */
};

struct sentence {
	uint32_t first, end; /* tokens [first, end), never empty */
	uint32_t verdict;    /* the token from which on it only says that something is wrong */
	uint32_t denied;     /* up to this token it is called wrong */
	bool question;       /* ends with a question mark */
	bool stray;          /* after asides_mark_strays: its words count as strange ones */
	bool relevant;       /* after coverage_index: has a word that is wanted */
	bool conditional;    /* a negator stands after its "if" */
	bool elliptic;       /* a negator denies what it leaves out: "and UDP does not" */
	bool vague;          /* ... or what only a pronoun stands for: "it is no more" */
};

struct passage {
	struct token *tokens;
	uint32_t count, capacity;
	struct sentence *sentences;
	uint32_t sentence_count, sentence_capacity;
	uint32_t content_count, distinct_count; /* content tokens; their distinct stems */
	uint32_t repeated_count, copied_count;  /* content tokens that asides_drop took out */
};

/*
 * Reads `len` bytes of UTF-8. HTML tags, Markdown signs and list numbers are no
 * tokens; "don't" is two, "C++", "O(n log n)" and "3.14" are one each. A sentence
 * ends at . ! ? ; an empty line, a list item or a block tag.
 */
void passage_read(struct arena *arena, struct vocab *vocab, const char *text, size_t len,
                  struct passage *ret_passage);

/* Counts the distinct stems of the content tokens anew. */
void passage_count_distinct(struct arena *arena, const struct vocab *vocab,
                            struct passage *passage);

#endif
