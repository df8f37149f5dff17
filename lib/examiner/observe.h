/* The built-in observer: what a message is and what should follow from it. */
#ifndef VIVA_EXAMINER_OBSERVE_H
#define VIVA_EXAMINER_OBSERVE_H

#include "examiner/examiner.h"

/* Share of the full mark below which an answer is thin and a follow-up is worth asking. */
#define OBSERVE_THIN 0.6

/* As struct examiner's observe; never fails. */
enum err observe_message(void *context, struct arena *arena, const struct exam_situation *situation,
                         const char *message, struct observation *ret_observation);

/* The right fact for a claim as scored; NULL if the bank names none. */
const char *observe_fact(const struct exam_question *question, const char *claim);

#endif
