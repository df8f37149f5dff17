/*
 * What a message is meant for, told by its wording in English, Russian and
 * Ukrainian (answers mix them). Each function looks for one intent; where a real
 * answer could use the same words, the caller weighs in how the message scores.
 */
#ifndef VIVA_EXAMINER_INTENT_H
#define VIVA_EXAMINER_INTENT_H

#include "examiner/utterance.h"

/* Nothing but the wish to finish the interview. */
bool intent_stops(const struct utterance *utterance);

/* Nothing but "I don't know" or the wish for another question. */
bool intent_does_not_know(const struct utterance *utterance);

/*
 * Starts with "I don't know", and what follows in a few words neither turns against it nor
 * guesses. Only a message without any hit on the question is to be asked for this.
 */
bool intent_declines(const struct utterance *utterance);

/* Nothing but the wish for a hint. */
bool intent_asks_hint(const struct utterance *utterance);

/* Nothing but "I have solved it": of a coding task, for elsewhere it may mean the interview. */
bool intent_has_solved(const struct utterance *utterance);

/* Asks the interviewer to repeat or explain; the wording leaves no doubt. */
bool intent_asks_to_explain(const struct utterance *utterance);

/*
 * Is a short question. A guess with a question mark ("maybe a tree?", "a tree, right?") is
 * none; a question may still be a hesitant answer.
 */
bool intent_asks(const struct utterance *utterance);

/* Gives the interviewer orders, wants other work done or small talk. */
bool intent_leads_away(const struct utterance *utterance);

/* Laughs, abuses or speaks of everyday life. */
bool intent_chats(const struct utterance *utterance);

/* Has no word at all, or is drummed on the keyboard. */
bool intent_is_noise(const struct utterance *utterance);

/* Opens with a greeting or with "I", so that a name in it may be the candidate's. */
bool intent_speaks_of_self(const struct utterance *utterance);

/* Short enough to be nothing but words about oneself. */
bool intent_is_brief(const struct utterance *utterance);

/* A greeting or the candidate's name. */
bool intent_introduces(const struct utterance *utterance);

/* A bare yes or no to the question whether to finish. */
enum intent_reply { INTENT_NEITHER, INTENT_YES, INTENT_NO };
enum intent_reply intent_reply(const struct utterance *utterance);

#endif
