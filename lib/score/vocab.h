/*
 * The words of everything that one call reads - question, wordings, references,
 * answer - each stemmed once and numbered in order of appearance, so that texts
 * are compared by number and nothing hangs on the order of a hash table.
 */
#ifndef VIVA_SCORE_VOCAB_H
#define VIVA_SCORE_VOCAB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { VOCAB_NONE = UINT32_MAX };

enum vocab_relation { VOCAB_SIMILAR, VOCAB_OPPOSITE };

/* A stem that can stand for another one. */
struct vocab_match {
	uint32_t stem;
	float strength; /* 0..1 */
	bool typo;      /* it differs inside, not at its end */
	enum vocab_relation relation;
	struct vocab_match *next;
};

struct vocab_stem {
	const char *bytes; /* UTF-8 */
	const uint16_t *letters;
	uint64_t mask, trigrams;     /* of its letters and their triples, for a quick look */
	struct vocab_match *matches; /* filled when it is wanted */
	uint32_t match_count;
	uint32_t length;             /* in letters */
	uint32_t points, last_point; /* how many key points have it; the latest, counted from 1 */
	bool exact;                  /* has digits or signs: no other stem resembles it */
	bool content;                /* some word with it is a content word */
	bool wanted;                 /* a wording or reference has it */
	bool found;                  /* it is among the matches of a wanted stem */
	bool asked;                  /* the question has it */
	bool named;                  /* a true wording or a reference has it */
};

struct vocab_word {
	const char *bytes; /* folded, UTF-8 */
	const uint16_t *letters;
	uint32_t len;    /* bytes */
	uint32_t length; /* letters */
	uint32_t stem;
	unsigned flags; /* of enum word_flag */
};

struct vocab;

/* An empty vocabulary; its stemmers are closed with the arena. */
struct vocab *vocab_create(struct arena *arena);

/*
 * A copy that grows on its own: numbers given so far mean the same in both, and nothing
 * that is done to the copy shows in `vocab`, which must outlive it. Several threads may
 * copy one vocabulary at once as long as nobody adds to it. It has room for `more` words.
 */
struct vocab *vocab_fork(struct arena *arena, const struct vocab *vocab, size_t more);

/* The number of a folded word of `len` bytes; a new one is stemmed and entered. */
uint32_t vocab_word(struct vocab *vocab, const char *bytes, size_t len);

/* The entry of a number that vocab_word gave; valid until the next vocab_word. */
const struct vocab_word *vocab_word_at(const struct vocab *vocab, uint32_t word);

/* The stem of that number; valid until the next vocab_word. */
struct vocab_stem *vocab_stem_at(const struct vocab *vocab, uint32_t stem);

/* The number of a stem, VOCAB_NONE when no word has it. */
uint32_t vocab_find_stem(const struct vocab *vocab, const char *bytes, size_t len);

/* The number of a stem, entered without any word if it is new. */
uint32_t vocab_enter_stem(struct vocab *vocab, const char *bytes, size_t len);

/* Number of different stems in the vocabulary. */
uint32_t vocab_stem_count(const struct vocab *vocab);

/* Puts a match before the others of `stem` and marks the other one as found. */
void vocab_add_match(struct vocab *vocab, uint32_t stem, const struct vocab_match *match);

#endif
