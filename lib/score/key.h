/* What the scorer makes of a question before it sees any answer. */
#ifndef VIVA_SCORE_KEY_H
#define VIVA_SCORE_KEY_H

#include "score/consensus.h"
#include "score/grams.h"
#include "score/match.h"
#include "score/points.h"
#include "score/sequence.h"

/* Points that an answer can be held against. */
struct key_set {
	struct key_point *points;
	uint32_t count;
};

/* A question's texts, read and compared with one another; answers work on forks of `vocab`. */
struct score_key {
	double max_score;
	struct vocab *vocab;
	const struct match_index *index;
	struct passage question;
	struct document *references; /* those with a content word */
	struct wording *reference_wordings;
	const struct gram_set **reference_grams;
	const struct sequence **reference_sequences;           /* without explicit points */
	const struct consensus *consensus, **reference_wholes; /* of all, of each; likewise */
	size_t reference_count;
	struct key_set *sets; /* one of explicit points, or one per reference */
	size_t set_count;
	bool explicit_points;
	struct key_point *statements; /* sentences of the references beside explicit points */
	uint32_t statement_count;
};

/* Reads the question; the key lives in the arena and points to the question's texts. */
struct score_key *key_read(struct arena *arena, const struct score_question *question);

#endif
