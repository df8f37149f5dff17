/* The key points of a question, found or not found in one answer. */
#ifndef VIVA_SCORE_POINTS_H
#define VIVA_SCORE_POINTS_H

#include "score/coverage.h"
#include "score/score.h"

/* A key point, ready to be looked for. */
struct key_point {
	const char *text;
	struct wording *wordings, *wrongs;
	uint32_t wording_count, wrong_count;
	struct wording *adopted; /* sentences of full-mark answers that make the point */
	uint32_t adopted_count;
	struct wording *any; /* the words of all these together; NULL for a sole wording */
	double weight;
	double full; /* coverage that earns full credit */
};

/* What an answer has of it. */
struct point_found {
	double coverage; /* as credited */
	bool fresh;      /* hit by more than the question's words */
	bool contradicted;
	const struct wording *wording; /* the best one */
	struct hits hits;              /* for it */
	struct hits proof;             /* those whose shown ones earned the status */
	const struct wording *proved;  /* the wording that these are of */
	struct score_point shown;
};

/* Reads a point's wordings and false claims into the vocabulary. */
void points_read(struct arena *arena, struct vocab *vocab, const struct score_key_point *given,
                 struct key_point *ret_point);

/* One point per sentence of a reference; returns their number. */
uint32_t points_split(struct arena *arena, struct vocab *vocab, const char *reference,
                      struct key_point **ret_points);

/* Counts point number `number`, from 1, with every stem of its wordings. */
void points_count_stems(struct vocab *vocab, const struct key_point *point, uint32_t number);

/*
 * Gives the sentences of a full-mark answer each to the point that it covers best, if
 * any, and counts their stems. Points have been weighed and must be so again.
 */
void points_adopt(struct arena *arena, struct vocab *vocab, const struct document *reference,
                  struct key_point *points, uint32_t count);

/* After match_all and, for explicit points, points_count_stems: weighs all slots. */
void points_weigh(struct arena *arena, const struct vocab *vocab, struct key_point *point);

/* The coverage that the best wording reaches in a text. */
double points_coverage(struct finder *finder, const struct document *document,
                       const struct key_point *point);

/*
 * Which sentences of the answer turn one of the given statements, as points_split
 * made them, into its opposite; NULL when none does.
 */
const bool *points_denied(struct finder *finder, const struct document *answer,
                          const struct key_point *statements, uint32_t count);

/*
 * Sets vouched[sentence] of the answer's sentences that say what some wording of the
 * points says: a true sentence about one point denies no other.
 */
void points_vouch(struct finder *finder, const struct document *answer,
                  const struct key_point *points, uint32_t count, bool *vouched);

/* What is known of an answer's sentences; NULL where it is so of none. */
struct point_sentences {
	const bool *denied;  /* they prove nothing */
	const bool *vouched; /* they deny nothing */
};

/* Status, evidence, contradiction and false claims of one point in an answer. */
struct point_found points_find(struct finder *finder, const struct document *answer,
                               const struct key_point *point, const struct point_sentences *known);

#endif
