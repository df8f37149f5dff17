#include "score/evidence.h"

#include <math.h>

#include "score/constants.h"
#include "score/words.h"

/* Hits that stand close to one another in one sentence. */
struct cluster {
	uint32_t first, last; /* tokens */
	uint32_t gain;        /* slots that no cluster chosen before it has */
	bool chosen;
};

struct clusters {
	struct cluster *items;
	uint32_t count;
};

static bool is_within(const struct token *token, const struct found *found)
{
	return token->sentence >= found->first && token->sentence <= found->last;
}

static struct clusters gather(struct arena *arena, const struct document *document,
                              const struct hits *hits, const struct found *found)
{
	const struct token *tokens = document->passage.tokens;
	struct clusters all = { .items = arena_array(arena, hits->count, sizeof(*all.items)) };

	for (uint32_t i = 0; i < hits->count; i++) {
		uint32_t at = hits->items[i].token;
		struct cluster *last = all.count > 0 ? &all.items[all.count - 1] : NULL;

		if (hits->items[i].opposite || !is_within(&tokens[at], found))
			continue;
		if (last != NULL && at - last->last <= SPAN_GAP + 1 &&
		    tokens[at].sentence == tokens[last->last].sentence)
			last->last = at;
		else
			all.items[all.count++] = (struct cluster){ .first = at, .last = at };
	}
	return all;
}

/* Counts the slots of each cluster that `taken` does not have yet. */
static void count_gains(const struct clusters *all, const struct hits *hits, const bool *taken,
                        uint32_t *last_seen)
{
	uint32_t h = 0;

	for (uint32_t c = 0; c < all->count; c++) {
		struct cluster *cluster = &all->items[c];

		cluster->gain = 0;
		while (h < hits->count && hits->items[h].token < cluster->first)
			h++;
		for (; h < hits->count && hits->items[h].token <= cluster->last; h++) {
			uint32_t slot = hits->items[h].slot;

			if (hits->items[h].opposite || taken[slot] || last_seen[slot] == c + 1)
				continue;
			last_seen[slot] = c + 1;
			cluster->gain++;
		}
	}
	for (uint32_t i = 0; i < hits->count; i++)
		last_seen[hits->items[i].slot] = 0;
}

static void take(const struct cluster *cluster, const struct hits *hits, bool *taken)
{
	for (uint32_t i = 0; i < hits->count; i++) {
		if (hits->items[i].token >= cluster->first &&
		    hits->items[i].token <= cluster->last && !hits->items[i].opposite)
			taken[hits->items[i].slot] = true;
	}
}

static bool is_stray(const struct cluster *cluster, const struct cluster *main)
{
	if (main == NULL || cluster->first != cluster->last)
		return false;
	return cluster->first > main->last + STRAY_GAP || cluster->last + STRAY_GAP < main->first;
}

/* The cluster that adds most; the earliest of equals. NULL when none adds anything. */
static struct cluster *richest(const struct clusters *all, const struct cluster *main)
{
	struct cluster *best = NULL;

	for (uint32_t i = 0; i < all->count; i++) {
		struct cluster *cluster = &all->items[i];

		if (cluster->chosen || cluster->gain == 0 || is_stray(cluster, main))
			continue;
		if (best == NULL || cluster->gain > best->gain)
			best = cluster;
	}
	return best;
}

static void choose(struct arena *arena, const struct clusters *all, const struct hits *hits,
                   uint32_t slots)
{
	bool *taken = arena_array(arena, slots, sizeof(*taken));
	uint32_t *last_seen = arena_array(arena, slots, sizeof(*last_seen));
	const struct cluster *main = NULL;

	for (int i = 0; i < MAX_SPANS; i++) {
		struct cluster *best;

		count_gains(all, hits, taken, last_seen);
		best = richest(all, main);
		if (best == NULL)
			return;
		best->chosen = true;
		take(best, hits, taken);
		if (main == NULL)
			main = best;
	}
}

static void show(const struct cluster *cluster, struct hits *hits)
{
	for (uint32_t i = 0; i < hits->count; i++) {
		struct hit *hit = &hits->items[i];

		hit->shown |= !hit->opposite && hit->token >= cluster->first &&
		              hit->token <= cluster->last;
	}
}

void evidence_choose(struct arena *arena, const struct document *document, struct hits *hits,
                     const struct found *found)
{
	struct clusters all = gather(arena, document, hits, found);
	uint32_t slots = 0;

	for (uint32_t i = 0; i < hits->count; i++)
		slots = hits->items[i].slot >= slots ? hits->items[i].slot + 1 : slots;
	choose(arena, &all, hits, slots);
	for (uint32_t i = 0; i < all.count; i++) {
		if (all.items[i].chosen)
			show(&all.items[i], hits);
	}
}

/* --- spans ---------------------------------------------------------------------- */

/* Tokens [first, last] of one sentence. */
struct range {
	uint32_t first, last;
};

/* Whether a quotation that begins with token `at` would do better to begin before it. */
static bool leans_back(const struct token *tokens, uint32_t at)
{
	const struct token *token = &tokens[at], *before = token - 1;

	if (at == 0 || before->clause != token->clause)
		return false;
	if ((token->flags & WORD_NEGATOR) && before->end == token->start)
		return true; /* "need|n't" */
	if (before->flags & WORD_NEGATOR)
		return true;
	return !before->content && !(before->flags & (WORD_CONTRAST | WORD_REASON | WORD_JOINS));
}

/* "A lock is not needed": what is denied is told by the word after the negator. */
static uint32_t end_of_denial(const struct passage *passage, uint32_t negator)
{
	const struct token *tokens = passage->tokens;

	for (uint32_t i = negator + 1; i < passage->count && i <= negator + 2; i++) {
		if (tokens[i].clause != tokens[negator].clause)
			break;
		if (tokens[i].flags & WORD_NEED)
			return i;
	}
	return negator;
}

/* A quotation must not say the opposite of what was written: no negator stays outside. */
static struct range widened(const struct passage *passage, struct range range)
{
	const struct token *tokens = passage->tokens;
	struct range wide = range;

	for (uint32_t i = range.first; i <= range.last; i++) {
		uint32_t negator = tokens[i].negator;

		if (!tokens[i].negated)
			continue;
		if (negator < wide.first)
			wide.first = negator;
		else if (negator > wide.last)
			wide.last = end_of_denial(passage, negator);
	}
	while (leans_back(tokens, wide.first))
		wide.first--;
	return wide;
}

static struct score_span span_of(const struct passage *passage, struct range range)
{
	return (struct score_span){ .start = passage->tokens[range.first].start,
		                    .end = passage->tokens[range.last].end };
}

/* The runs of shown hits, at most MAX_SPANS; returns their number. */
static uint32_t gather_runs(const struct passage *passage, const struct hits *hits,
                            struct range *runs)
{
	const struct token *tokens = passage->tokens;
	uint32_t count = 0;

	for (uint32_t i = 0; i < hits->count; i++) {
		uint32_t at = hits->items[i].token;

		if (!hits->items[i].shown)
			continue;
		if (count == 0 || at - runs[count - 1].last > SPAN_GAP + 1 ||
		    tokens[at].sentence != tokens[runs[count - 1].last].sentence)
			runs[count++].first = at;
		runs[count - 1].last = at;
	}
	return count;
}

void evidence_spans(struct arena *arena, const struct document *document, const struct hits *hits,
                    struct score_point *point)
{
	const struct passage *passage = &document->passage;
	struct range runs[MAX_SPANS], last = { 0 };
	uint32_t count = gather_runs(passage, hits, runs);

	point->spans = arena_array(arena, MAX_SPANS, sizeof(*point->spans));
	point->span_count = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct range run = widened(passage, runs[i]);

		/* One negator may govern several runs: they are told as one. */
		if (point->span_count > 0 && run.first <= last.last + 1 &&
		    passage->tokens[run.first].sentence == passage->tokens[last.last].sentence) {
			run.first = run.first < last.first ? run.first : last.first;
			run.last = run.last > last.last ? run.last : last.last;
			point->span_count--;
		}
		point->spans[point->span_count++] = span_of(passage, run);
		last = run;
	}
}

/* Distinct slots among the shown hits. */
struct shown {
	uint32_t slots, fresh, telling, own;
};

static struct shown count_shown(struct arena *arena, const struct wording *wording,
                                const struct hits *hits)
{
	bool *seen = arena_array(arena, wording->count, sizeof(*seen));
	struct shown shown = { 0 };

	for (uint32_t i = 0; i < hits->count; i++) {
		const struct slot *slot = &wording->slots[hits->items[i].slot];

		if (!hits->items[i].shown || seen[hits->items[i].slot])
			continue;
		seen[hits->items[i].slot] = true;
		shown.slots++;
		shown.fresh += slot->fresh;
		shown.telling += slot->telling;
		shown.own += slot->own;
	}
	return shown;
}

static uint32_t share_of(double share, uint32_t count, uint32_t least)
{
	uint32_t need = (uint32_t)ceil(share * count - 1e-9);

	need = need > least ? need : least;
	return need < count ? need : count;
}

/* Whether the shown hits have a share of what is telling in the wording, or all of little. */
static bool is_proved(const struct wording *wording, const struct shown *shown, double share,
                      uint32_t least)
{
	return shown->telling >= share_of(share, wording->telling, least) &&
	       shown->slots >= share_of(0, wording->count, PROOF_MIN);
}

enum score_status evidence_status(struct arena *arena, const struct wording *wording,
                                  const struct hits *hits)
{
	uint32_t least = wording->telling >= PROOF_LONG ? PROOF_LONG_MIN : PROOF_MIN;
	struct shown shown = count_shown(arena, wording, hits);

	if (shown.slots == 0 ||
	    (wording->own > 0 && shown.own == 0 && shown.telling < PROOF_LONG_MIN))
		return SCORE_MISSING;
	if (wording->telling == 0) {
		if (shown.slots >= share_of(PROOF_PLAIN_SHARE, wording->count, PROOF_MIN))
			return SCORE_COVERED;
		return shown.slots >= PROOF_MIN ? SCORE_PARTIAL : SCORE_MISSING;
	}
	if (is_proved(wording, &shown, PROOF_SHARE, least))
		return SCORE_COVERED;
	if (is_proved(wording, &shown, PROOF_PARTIAL_SHARE, PROOF_MIN))
		return SCORE_PARTIAL;
	return shown.telling > 0 && wording->telling <= PROOF_MIN ? SCORE_PARTIAL : SCORE_MISSING;
}

bool evidence_suffices(struct arena *arena, const struct wording *wording, const struct hits *hits)
{
	struct shown shown = count_shown(arena, wording, hits);

	/* Words that other points have, too, must be many to tell this one from them. */
	return shown.fresh >= (shown.own > 0 || wording->own == 0 ? PROOF_MIN : PROOF_LONG);
}

struct score_span evidence_between(const struct document *document, const struct hits *hits,
                                   uint32_t first, uint32_t end)
{
	const struct passage *passage = &document->passage;
	struct range best = { 0 };
	uint32_t most = 0, next;

	for (; first < end; first = next) {
		struct range run = { .first = hits->items[first].token };

		for (next = first; next < end; next++) {
			uint32_t at = hits->items[next].token;

			if (passage->tokens[at].sentence != passage->tokens[run.first].sentence)
				break;
			run.last = at;
		}
		if (next - first <= most)
			continue;
		most = next - first;
		best = run;
	}
	return span_of(passage, widened(passage, best));
}

struct score_span evidence_sentence(const struct document *document, const struct hits *hits,
                                    uint32_t sentence)
{
	const struct token *tokens = document->passage.tokens;
	uint32_t first = 0, end;

	while (first < hits->count && tokens[hits->items[first].token].sentence != sentence)
		first++;
	for (end = first; end < hits->count; end++) {
		if (tokens[hits->items[end].token].sentence != sentence)
			break;
	}
	return first < end ? evidence_between(document, hits, first, end)
	                   : (struct score_span){ 0 };
}
