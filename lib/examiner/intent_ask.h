/* What a counter question of the candidate is about, so that the reply fits it. */
#ifndef VIVA_EXAMINER_INTENT_ASK_H
#define VIVA_EXAMINER_INTENT_ASK_H

#include "examiner/utterance.h"

enum intent_ask {
	INTENT_ASK_OTHER,   /* its meaning, its breadth, anything else */
	INTENT_ASK_REPEAT,  /* to hear the question again */
	INTENT_ASK_TIME,    /* a moment to think */
	INTENT_ASK_EXAMPLE, /* an example, of the interviewer's or one's own */
	INTENT_ASK_JOB,     /* pay, or how long the interview takes */
	INTENT_ASK_ALLOWED  /* whether something may be used or done */
};

/* Told by wording alone; only a message known to be a question is to be asked for this. */
enum intent_ask intent_ask(const struct utterance *utterance);

#endif
