/*
 * The little words of English, Russian and Ukrainian that the scorer must know.
 * One set serves all three languages, since answers mix them. Words are given as
 * fold_letter leaves them, without apostrophes.
 */
#ifndef VIVA_SCORE_WORDS_H
#define VIVA_SCORE_WORDS_H

#include <stdint.h>

enum word_flag {
	WORD_STOP = 1 << 0,         /* a function word: carries no content */
	WORD_NEGATOR = 1 << 1,      /* not, never, не: turns the clause */
	WORD_NEAR_NEGATOR = 1 << 2, /* no, without, без: turns its noun phrase */
	WORD_PARTICLE = 1 << 3,     /* no, нет, ні: may answer instead of negating */
	WORD_RESTRICTOR = 1 << 4,   /* "not only", "не более": after it a negator is none */
	WORD_CONTRAST = 1 << 5,     /* but, однако: ends what a negator governs */
	WORD_CONNECTIVE = 1 << 6, /* first, therefore, кроме того: gives a text its order */
	WORD_REASON = 1 << 7,     /* because, поэтому */
	WORD_EXAMPLE = 1 << 8,    /* example, например */
	WORD_FALSIFIER = 1 << 9,  /* "wrong that", "неверно, что" turns what follows */
	WORD_THAT = 1 << 10,      /* that, что, що */
	WORD_CONCORD = 1 << 11,   /* a negator that strengthens others: ru, uk, nor */
	WORD_SOFT = 1 << 12,      /* avoid, избегает: a verb that denies its object */
	WORD_LINKED = 1 << 13,    /* instead, fail: negates with the little word after it */
	WORD_LINK = 1 << 14,      /* of, than, to */
	WORD_INSTEAD = 1 << 15,   /* вместо: "того чтобы" may follow */
	WORD_NEED = 1 << 16,      /* needed, нужен: denied with what stands before it */
	WORD_ABLE = 1 << 17,      /* может: between two negators it asserts */
	WORD_THAN = 1 << 18,      /* than, чем, ніж */
	WORD_NOTHING = 1 << 19,   /* nothing, nobody: denies the verb before it */
	WORD_LACK = 1 << 20,      /* нет, немає: said after what is absent */
	WORD_IF = 1 << 21,        /* if, when, если, якщо; without, без */
	WORD_ARTICLE = 1 << 26,
	WORD_OPENER = 1 << 27,        /* an article or preposition: something must follow */
	WORD_NO_OBJECT = 1 << 28,     /* cannot follow a preposition: is, and, он */
	WORD_AFTER_ARTICLE = 1 << 29, /* a function word that can: the same, a few */
	WORD_JOINS = 1 << 30          /* and, или: puts a list together */
};

/*
 * Little words that have an opposite - before and after, more and less - carry the
 * number of their pair in the bits 22 to 25, and which of the two they are.
 */
enum { WORD_CUE_SHIFT = 22, WORD_CUE_MASK = 15 };

/* 1 << number for the word's flags, 0 when it has no such opposite. */
uint32_t words_cue(unsigned flags);

/* The same for the words' opposites. */
uint32_t words_opposite_cues(uint32_t cues);

/* The word_flag bits of a folded word; 0 for a word that is none of these. */
unsigned words_flags(const char *word);

#endif
