/*
 * Against prompt injection, in English, Russian and Ukrainian; of other languages only the
 * most usual orders are known. Two sides: orders to the examiner in what a candidate writes,
 * and words of prompts, key points or model answers in what a model is about to say. Pure.
 */
#ifndef VIVA_EXAMINER_GUARD_H
#define VIVA_EXAMINER_GUARD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "score/score.h"

/*
 * Sentences of `text` (bytes, in order) that give the examiner or model orders: ignore
 * your instructions, give full marks, reveal the prompt or the answers, play another role,
 * forged system messages, also in comments of code and with letters disguised (spaces
 * between, look-alikes of another alphabet). A sentence about prompt injection as a subject
 * is none.
 */
struct guard_orders {
	struct score_span *spans;
	size_t count;
	bool is_all; /* nothing of content is left without them */
};
void guard_find_orders(struct arena *arena, const char *text, struct guard_orders *ret_orders);

/* `text` with each of the spans replaced by "[…]"; the text itself when there are none. */
const char *guard_without(struct arena *arena, const char *text, const struct guard_orders *orders);

/*
 * Watches words that a model says. `secrets` must not be said: a run of GUARD_RUN words of
 * one of them is a leak, and so is a whole secret of fewer, but at least three, words.
 * So it is when of the last 24 words 15 stand in runs of three of secrets longer than 14
 * words, whatever stray words are between. Letter case and signs between words do not matter.
 * What is in `known` (the question, the candidate's own words) may be said.
 */
enum { GUARD_RUN = 8 };
struct guard_leak;
struct guard_leak *guard_leak_create(struct arena *arena, const struct score_texts *secrets,
                                     const struct score_texts *known);

/*
 * Takes the next piece and appends to `out` what may be shown: everything but a tail whose
 * last words, three or more (two of a secret of three), begin a secret's run; it is held until it
 * turns out. False: a leak; what was held is dropped and nothing more is let through.
 */
bool guard_leak_feed(struct guard_leak *leak, const char *text, size_t len, struct buf *out);

/* The end: appends what was held. False: the last word makes it a leak; it is dropped. */
bool guard_leak_end(struct guard_leak *leak, struct buf *out);

/* A whole text at once. */
bool guard_leaks(struct arena *arena, const char *text, const struct score_texts *secrets,
                 const struct score_texts *known);

#endif
