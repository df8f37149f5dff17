/*
 * What the pages saw while a candidate worked: focus lost, large pastes, typing faster than
 * people type. Stored with its evidence for a recruiter; it never changes a score.
 */
#ifndef VIVA_INTERVIEW_EVENTS_H
#define VIVA_INTERVIEW_EVENTS_H

#include "store/interview.h"
#include "store/submission.h"

/* Shortest absence and paste, and the speed from which typing is worth a note. */
enum {
	EVENTS_MAX_BYTES = 8192, /* of one report by a page */
	EVENTS_MAX_ITEMS = 50,   /* in one report */
	EVENTS_MIN_AWAY_MS = 2000,
	EVENTS_MIN_PASTE_CHARS = 120,
	EVENTS_MIN_TYPED_CHARS = 40, /* fewer say nothing about speed */
	EVENTS_MAX_CHARS_PER_S = 25, /* the fastest typists on record stay below 20 */
	EVENTS_MAX_EXCERPT = 200     /* code points kept of a paste */
};

/*
 * Notes what a page reports: a JSON array of {"kind":"focus_lost","ms"}, {"kind":
 * "large_paste","chars","excerpt"} and {"kind":"fast_typing","chars","ms"}. `question_id`:
 * the active question's, or NULL. What stays below the thresholds is left out, and so is
 * what goes beyond the interview's most events or comes after its end. ERR_INVALID: not such an
 * array, another kind, a number missing or negative; nothing is stored then.
 */
enum err events_note(struct store *store, struct arena *arena, const struct interview *interview,
                     const char *question_id, const char *json_text);

#endif
