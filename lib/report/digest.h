/* What the writers of texts and recommendations pick out of a summary. */
#ifndef VIVA_REPORT_DIGEST_H
#define VIVA_REPORT_DIGEST_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "report/facts.h"

enum { DIGEST_MAX_NAMES = 5 };

struct digest_names {
	const char *items[DIGEST_MAX_NAMES];
	size_t count;
};

/* Unjudged: all that was answered is code that nobody judged. */
enum digest_band { BAND_EMPTY, BAND_UNJUDGED, BAND_WEAK, BAND_FAIR, BAND_GOOD, BAND_EXCELLENT };

struct digest {
	struct arena *arena;
	enum language language;
	const cJSON *summary;
	enum digest_band band;
	double score, max_score, ratio; /* ratio NaN when nothing could be scored */
	int questions, answered, skipped, dont_know, unanswered, hints, model_answers;
	int points, covered, partial, missing; /* key points of the answered questions */

	/* Skill tags of questions that were met, by what was reached in them. */
	struct digest_names strong, weak;
	struct digest_names unstable; /* one answer good, another bad */
	struct digest_names critical; /* weak, and dear in production */

	/* Key points: said in the best answers, not or half said in the worst, wrong. */
	struct digest_names said, unsaid, half_said, wrong;

	/* Coding tasks: counts, and their titles by how they went. */
	struct digest_code {
		int tasks, solved, solved_first_try, assisted, attempts, errors, unjudged;
		struct digest_names first_try, later; /* solved */
		struct digest_names helped;           /* passed, but the answer was shown */
		struct digest_names edges;            /* only hidden tests fail */
		struct digest_names unsolved;         /* public ones fail as well */
	} code;

	bool has_best; /* the best answer to theory, when it was good */
	struct facts best;
	const char *best_dimension, *worst_dimension; /* of the rubric, NULL when none stands out */
};

/* What the texts need, picked out of a summary; it points into the summary. */
struct digest digest_of(struct arena *arena, const cJSON *summary);

#endif
