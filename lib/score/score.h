/*
 * The built-in scorer: grades a free-text answer against a question's key points
 * without an LLM. Pure: the same input gives the same bits on every run and
 * machine; nothing is kept between calls; all memory comes from the arena.
 */
#ifndef VIVA_SCORE_SCORE_H
#define VIVA_SCORE_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/i18n.h"

/* Stored with every result; raise it whenever any mark can change. */
#define SCORE_VERSION "builtin-2"

struct score_texts {
	const char *const *items;
	size_t count;
};

struct score_key_point {
	const char *id, *text;
	struct score_texts aliases; /* other wordings of the point */
	struct score_texts wrong;   /* typical false claims about it */
};

struct score_question {
	enum language language;
	const char *text;
	struct score_texts references; /* full-mark answers */
	const struct score_key_point *points;
	size_t point_count; /* 0: the reference that fits best is split into sentences */
	double max_score;
};

enum score_status { SCORE_MISSING, SCORE_PARTIAL, SCORE_COVERED };
/* What an answer was found to say of a point. */
enum score_match {
	SCORE_BY_NOTHING,   /* a missing point */
	SCORE_BY_POINT,     /* the point's own wording */
	SCORE_BY_ALIAS,     /* another of its wordings */
	SCORE_BY_UNION,     /* words of several of its wordings together */
	SCORE_BY_REFERENCE, /* a sentence of a full-mark answer; there are no explicit points */
};
enum score_verdict { SCORE_INCORRECT, SCORE_WEAK, SCORE_GOOD, SCORE_EXCELLENT };

/* Bytes [start, end) of the answer, at code point bounds. */
struct score_span {
	size_t start, end;
};

struct score_point {
	const char *text;
	enum score_status status;
	double coverage;          /* 0..1: what was found of the best wording, or of all together */
	const char *wording;      /* the sole wording that matched best; NULL when missing */
	enum score_match match;   /* what earned the status */
	struct score_span *spans; /* in order, disjoint; at least one unless missing */
	size_t span_count;
	const char *wrong;            /* the false claim that was found, or NULL */
	struct score_span wrong_span; /* where it, or the point's negation, stands */
	double full;                  /* the coverage that earns full credit */
	double credit;                /* 0..1: what the point adds to the mark */
	double weight;                /* among the points */
	bool denied;                  /* the answer says its opposite, or the false claim */
};

/*
 * How the points became a mark; each line follows from the ones above it:
 * credit = min(1, coverage / full) ^ credit_power, of explicit points below covered_min
 *          times coverage / covered_min, below partial_min 0
 * points = (1 - whole_share) * sum(weight * credit) / sum(weight) + whole_share * whole
 * agreement = (point_share * points + (1 - point_share) * likeness) ^ power
 * share = min(agreement * (1 - penalty * denied), cap)
 * score = share * max_score, rounded to 0.1
 */
struct score_steps {
	double credit_power;
	double covered_min, partial_min; /* coverages; 0 without explicit points */
	double whole_share;              /* 0 with explicit points */
	double whole; /* without: what the answer has of the references as a whole */
	double points;
	double likeness; /* to the best reference, as far as the points back it */
	double point_share, power;
	double agreement;
	double denied;  /* weight share of the points that are denied */
	double penalty; /* what denying all of them would take */
	double cap;     /* the lowest of the flags' caps; 1 when there is none */
	double share;   /* of the full mark */
};

/* Five dimensions, 0..5 each. */
struct score_rubric {
	double structure, relevance, technical_accuracy, depth, communication;
};

enum score_flag {
	SCORE_FLAG_QUESTION_COPIED = 1 << 0, /* only words of the question */
	SCORE_FLAG_KEYWORD_LIST = 1 << 1,    /* terms without sentences */
	SCORE_FLAG_WORD_ORDER = 1 << 2,      /* the reference's words shuffled */
	SCORE_FLAG_DUMP = 1 << 3,            /* long text, little of it to the point */
	SCORE_FLAG_REPETITION = 1 << 4,      /* the same words again and again */
	SCORE_FLAG_CONTRADICTION = 1 << 5,   /* says the opposite of a point */
	SCORE_FLAG_EMPTY = 1 << 6            /* no content word at all */
};

struct score_result {
	double score, max_score; /* 0..max_score, rounded to 0.1 */
	enum score_verdict verdict;
	struct score_point *points;
	size_t point_count;
	struct score_rubric rubric;
	unsigned flags; /* of enum score_flag */
	struct score_steps steps;
};

/* A question made ready for any number of answers. */
struct score_key;

/*
 * Does all that grading does which no answer changes: most of its work. The key lives in
 * `arena` and points to the question's texts. Nothing changes it: several threads may
 * grade with it at once.
 */
const struct score_key *score_prepare(struct arena *arena, const struct score_question *question);

/* What score_answer does, with the same result. */
void score_grade(struct arena *arena, const struct score_key *key, const char *answer, size_t len,
                 struct score_result *ret_result);

/* Grades `len` bytes of valid UTF-8. Never fails: an empty answer scores 0. */
void score_answer(struct arena *arena, const struct score_question *question, const char *answer,
                  size_t len, struct score_result *ret_result);

/* Copies what a result points to into `arena`, so that it outlives where it was made. */
void score_keep(struct arena *arena, struct score_result *result);

/* "missing", "partial", "covered" */
const char *score_status_name(enum score_status status);

/* "point", "alias", "union", "reference"; "" for SCORE_BY_NOTHING */
const char *score_match_name(enum score_match match);

/* "incorrect", "partial", "good", "excellent" */
const char *score_verdict_name(enum score_verdict verdict);

/* The verdict for a share of the full mark: below .3, .6 and .85 are the steps. */
enum score_verdict score_verdict_of(double ratio);

/* "question_copied", ...; NULL for a value that is no single flag. */
const char *score_flag_name(enum score_flag flag);

/* 0..100: 20 * (.20 structure + .20 relevance + .25 accuracy + .20 depth + .15 communication). */
double score_rubric_overall(const struct score_rubric *rubric);

#endif
