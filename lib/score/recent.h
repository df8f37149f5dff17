/* The keys of the questions that were asked for last, for answers in any order. */
#ifndef VIVA_SCORE_RECENT_H
#define VIVA_SCORE_RECENT_H

#include "score/score.h"

/* Keys that are kept; and their memory in bytes, which only a single larger one may pass. */
enum { RECENT_KEYS = 256, RECENT_BYTES = 128 << 20 };

/* For one thread. */
struct recent;

/* Keeps nothing yet; what it will keep goes with the arena. */
struct recent *recent_create(struct arena *arena);

/*
 * The key of this question, with texts of its own: made when no kept question has the same
 * texts, points and full mark. No text of it is NULL. The key is valid until the next call.
 */
const struct score_key *recent_key(struct recent *recent, const struct score_question *question);

#endif
