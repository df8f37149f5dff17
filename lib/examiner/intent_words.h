/*
 * The wordings behind lib/examiner/intent.c: NULL-terminated lists of patterns as
 * examiner/utterance.h describes them.
 */
#ifndef VIVA_EXAMINER_INTENT_WORDS_H
#define VIVA_EXAMINER_INTENT_WORDS_H

/* A wish, and the words that may surround it without adding any content. */
struct intent_words {
	const char *const *wishes, *const *fillers;
};

extern const struct intent_words intent_words_stop, intent_words_unknown, intent_words_hint,
        intent_words_solved, intent_words_greeting, intent_words_yes, intent_words_no;

/* Whole wordings, looked for at the start of a message or sentence. */
extern const char *const intent_words_explain[];       /* strong: need no question mark */
extern const char *const intent_words_explain_short[]; /* strong in a short message only */
extern const char *const intent_words_question[];      /* first words of a question */
extern const char *const intent_words_away[];          /* orders, other work, small talk */
extern const char *const intent_words_lead[];          /* what may stand before an order */
extern const char *const intent_words_name[];          /* how people give their name */

#endif
