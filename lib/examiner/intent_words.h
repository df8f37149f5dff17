/*
 * The wordings behind lib/examiner/intent.c: NULL-terminated lists of patterns as
 * examiner/utterance.h describes them.
 */
#ifndef VIVA_EXAMINER_INTENT_WORDS_H
#define VIVA_EXAMINER_INTENT_WORDS_H

#include <stddef.h>

/* A wish, and the words that may surround it without adding any content. */
struct intent_words {
	const char *const *wishes, *const *fillers;
	const char *const *opens;   /* wishes with a few words of their own behind them, or NULL */
	const char *const *excuses; /* the same, but no wish by themselves, or NULL */
};

/* Words that change nothing wherever they stand in a wish. */
extern const char *const intent_words_particles[];

/* What ties a wish to stop to the interview: "let's", "the session"; and other people's words. */
extern const char *const intent_words_bound[];
extern const char *const intent_words_skip[]; /* the same of a wish to leave a question out */
extern const char *const intent_words_told[];

/* What turns against a refusal or opens a guess behind it. */
extern const char *const intent_words_attempt[];

/* Politeness and hedges, fillers of every wish. */
extern const char *const intent_words_polite[];

extern const struct intent_words intent_words_stop, intent_words_unknown, intent_words_hint,
        intent_words_solved, intent_words_greeting, intent_words_yes, intent_words_no;

#endif
