/*
 * Wordings that tell what a message is for, behind lib/examiner/intent.c: NULL-terminated
 * lists of patterns as examiner/utterance.h describes them.
 */
#ifndef VIVA_EXAMINER_INTENT_TALK_H
#define VIVA_EXAMINER_INTENT_TALK_H

#include <stddef.h>

/* Whole wordings, looked for at the start of a clause. */
extern const char *const intent_talk_explain[];       /* strong: need no question mark */
extern const char *const intent_talk_explain_short[]; /* strong in a short message only */
extern const char *const intent_talk_question[];      /* first words of a question */
extern const char *const intent_talk_meaning[];       /* ... that can be no guess */
extern const char *const intent_talk_guess[];         /* first words of a guess */
extern const char *const intent_talk_tag[];           /* ", right?" */
extern const char *const intent_talk_chat[];          /* abuse and everyday requests */
extern const char *const intent_talk_away[];          /* orders, other work, small talk */
extern const char *const intent_talk_lead[];          /* what may stand before an order */
extern const char *const intent_talk_person[];        /* says "thou" */
extern const char *const intent_talk_self[];          /* first words about oneself */
extern const char *const intent_talk_name[];          /* how people give their name */

/* Looked for anywhere. */
extern const char *const intent_talk_laughter[];
extern const char *const intent_talk_daily[]; /* what nobody asks in an interview */

#endif
