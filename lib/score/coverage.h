/* How much of a wording a text says, and where. */
#ifndef VIVA_SCORE_COVERAGE_H
#define VIVA_SCORE_COVERAGE_H

#include "score/passage.h"

/* One distinct stem of a wording. */
struct slot {
	uint32_t stem;
	double weight;
	bool fresh;   /* the question does not have it */
	bool telling; /* fresh, and no word of statements about anything */
	bool own;     /* telling, and no other key point has it */
	bool negated; /* as the wording has it */
	bool direct;  /* the wording's negator stands right before it */
	bool beyond;  /* of a false claim: no true wording says so */
	bool mixed;   /* the wording has it both ways, or as something to avoid */
	bool figure;  /* a number, or a complexity */
	bool latin;   /* in Latin letters */
	uint32_t cue; /* words_cue of the word */
};

/* One way to put a key point, or a claim. */
struct wording {
	const char *text; /* NULL for several wordings as one */
	struct slot *slots;
	uint32_t count;
	double total, fresh_total; /* weights */
	uint32_t telling, own;     /* slots that are so */
	uint32_t clauses;          /* how many further clauses it reaches over */
	bool elliptic;             /* "X is, Y is not" */
	uint32_t lesser;           /* the slot after "than", + 1; 0 for none */
	uint32_t cues;             /* its words that have an opposite: words_cue */
};

/* A text and its tokens that match anything that was asked for, in order. */
struct document {
	struct passage passage;
	uint32_t *hits; /* tokens */
	uint32_t hit_count;
};

/* A token that stands for a slot of a wording. */
struct hit {
	uint32_t token, slot;
	float strength;
	bool typo;
	bool opposite; /* an antonym: counts for polarity, not for coverage */
	bool idle;     /* ... which the author or the question uses, too */
	bool soft;     /* stands after "avoid" or the like */
	bool negated;  /* the text negates it */
	bool turned;   /* says the opposite of what the wording says */
	bool direct;   /* ... and the negator or antonym says so of this very word */
	bool shown;    /* belongs to the evidence */
};

struct hits {
	struct hit *items;
	uint32_t count;
};

/* Where a wording was found best: sentences [first, last], and what it is worth. */
struct found {
	double coverage; /* 0..1 */
	uint32_t first, last;
};

/* What finding needs besides the texts; made once for a vocabulary that is complete. */
struct finder;

/*
 * Reads a wording and marks its stems as wanted. When it has fewer than
 * `content_min` content words, its function words count as well. Words of the
 * question, whose stems are marked as asked, weigh little.
 */
void coverage_wording(struct arena *arena, struct vocab *vocab, const char *text,
                      uint32_t content_min, struct wording *ret_wording);

/* The same for the content words of a text that has been read. */
void coverage_passage(struct arena *arena, struct vocab *vocab, const struct passage *passage,
                      struct wording *ret_wording);

/* The same for one sentence of it. */
void coverage_sentence(struct arena *arena, struct vocab *vocab, const struct passage *passage,
                       uint32_t sentence, struct wording *ret_wording);

/*
 * The distinct stems of several wordings as one, weighed as they are. The first
 * `measures` of them, on the average, measure what makes it whole, and the more the
 * stems are the more: chance hits more of them as well.
 */
void coverage_unite(struct arena *arena, const struct wording *const *wordings, uint32_t count,
                    uint32_t measures, struct wording *ret_wording);

/* Marks the stems of a true wording as named: no antonym of them proves a contradiction. */
void coverage_name(struct vocab *vocab, const struct wording *wording);

/* After match_all: weighs the slots, which needs to know the question's words. */
void coverage_weigh(const struct vocab *vocab, struct wording *wording);

/*
 * After match_all: marks what a false claim says beyond all of the `count` true wordings,
 * which makes it false.
 */
void coverage_mark_beyond(const struct vocab *vocab, const struct wording *wordings, uint32_t count,
                          struct wording *wrong);

/* After match_all: lists the tokens of document->passage that match, marks its sentences. */
void coverage_index(struct arena *arena, const struct vocab *vocab, struct document *document);

/* Readies the search for wordings in one answer; it lives in the arena. */
struct finder *coverage_finder(struct arena *arena, const struct vocab *vocab);

/* The arena that it lives in, for what its users note. */
struct arena *coverage_arena(const struct finder *finder);

/*
 * All tokens of the document that stand for a slot, in text order. Sentences
 * whose byte in `excluded` is set are passed over; NULL excludes none.
 */
struct hits coverage_hits(struct finder *finder, const struct document *document,
                          const struct wording *wording, const bool *excluded);

/* The best two neighbouring sentences for a wording and its worth in the text. */
struct found coverage_best(struct finder *finder, const struct document *document,
                           const struct wording *wording, const struct hits *hits);

/* True if any slot that is no word of the question was hit. */
bool coverage_is_fresh(const struct wording *wording, const struct hits *hits);

#endif
