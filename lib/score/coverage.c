#include "score/coverage.h"

#include <math.h>
#include <string.h>

#include "score/constants.h"
#include "score/generic.h"
#include "score/words.h"

/* What a stem of the text stands for in the wording at hand. */
struct assignment {
	uint32_t slot; /* + 1; 0 for none */
	float strength;
	bool typo, opposite, idle;
};

struct finder {
	struct arena *arena;
	const struct vocab *vocab;
	struct assignment *assignments; /* by stem; all zero between calls */
	float *strengths;               /* three rows: before, now, anywhere */
	uint32_t strength_room;
};

static void add_slot(struct wording *wording, const struct token *token)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		struct slot *slot = &wording->slots[i];

		if (slot->stem != token->stem)
			continue;
		slot->mixed |= token->soft || slot->negated != token->negated;
		return;
	}
	wording->slots[wording->count++] = (struct slot){ .stem = token->stem,
		                                          .negated = token->negated,
		                                          .direct = token->direct,
		                                          .mixed = token->soft,
		                                          .figure = token->figure,
		                                          .cue = words_cue(token->flags) };
}

static void add_slots(struct vocab *vocab, const struct passage *passage, bool all,
                      struct wording *wording)
{
	for (uint32_t i = 0; i < passage->count; i++) {
		struct vocab_stem *stem = vocab_stem_at(vocab, passage->tokens[i].stem);

		if (!passage->tokens[i].content && !all)
			continue;
		add_slot(wording, &passage->tokens[i]);
		stem->wanted = stem->content = true;
	}
}

/* "A is faster than B": what stands after "than" changes places with nothing. */
static void note_lesser(const struct passage *passage, struct wording *wording)
{
	bool after = false;

	for (uint32_t i = 0; i < passage->count && wording->lesser == 0; i++) {
		const struct token *token = &passage->tokens[i];

		after |= token->flags & WORD_THAN;
		for (uint32_t k = 0; after && token->content && k < wording->count; k++) {
			if (wording->slots[k].stem == token->stem)
				wording->lesser = k + 1;
		}
	}
}

void coverage_wording(struct arena *arena, struct vocab *vocab, const char *text,
                      uint32_t content_min, struct wording *ret_wording)
{
	struct passage passage;

	passage_read(arena, vocab, text, strlen(text), &passage);
	coverage_passage(arena, vocab, &passage, ret_wording);
	ret_wording->text = text;
	if (passage.content_count < content_min)
		add_slots(vocab, &passage, true, ret_wording);
}

void coverage_passage(struct arena *arena, struct vocab *vocab, const struct passage *passage,
                      struct wording *ret_wording)
{
	*ret_wording = (struct wording){ .slots = arena_array(arena, passage->count,
		                                              sizeof(struct slot)) };
	if (passage->count > 0)
		ret_wording->clauses = passage->tokens[passage->count - 1].clause -
		                       passage->tokens[0].clause;
	for (uint32_t i = 0; i < passage->sentence_count; i++)
		ret_wording->elliptic |= passage->sentences[i].elliptic;
	add_slots(vocab, passage, false, ret_wording);
	note_lesser(passage, ret_wording);
	for (uint32_t i = 0; i < passage->count; i++)
		ret_wording->cues |= words_cue(passage->tokens[i].flags);
}

void coverage_sentence(struct arena *arena, struct vocab *vocab, const struct passage *passage,
                       uint32_t sentence, struct wording *ret_wording)
{
	struct passage part = *passage;

	part.tokens += passage->sentences[sentence].first;
	part.count = passage->sentences[sentence].end - passage->sentences[sentence].first;
	coverage_passage(arena, vocab, &part, ret_wording);
}

void coverage_name(struct vocab *vocab, const struct wording *wording)
{
	for (uint32_t i = 0; i < wording->count; i++)
		vocab_stem_at(vocab, wording->slots[i].stem)->named = true;
}

/* True if the question has the stem, or one so near that it is the same word. */
static bool is_asked(const struct vocab *vocab, uint32_t stem)
{
	const struct vocab_match *match = vocab_stem_at(vocab, stem)->matches;

	for (; match != NULL; match = match->next) {
		if (match->relation == VOCAB_SIMILAR && match->strength >= QUESTION_SAME - 1e-6 &&
		    vocab_stem_at(vocab, match->stem)->asked)
			return true;
	}
	return false;
}

void coverage_weigh(const struct vocab *vocab, struct wording *wording)
{
	wording->total = wording->fresh_total = 0;
	wording->telling = wording->own = 0;
	for (uint32_t i = 0; i < wording->count; i++) {
		struct slot *slot = &wording->slots[i];
		const struct vocab_stem *stem = vocab_stem_at(vocab, slot->stem);

		slot->fresh = !is_asked(vocab, slot->stem);
		slot->telling = slot->fresh && !generic_stem(stem->bytes);
		slot->own = slot->telling && stem->points <= 1;
		slot->latin = stem->letters[0] >= 'a' && stem->letters[0] <= 'z';
		wording->telling += slot->telling;
		wording->own += slot->own;
		slot->weight = slot->fresh ? 1 : QUESTION_WEIGHT;
		wording->total += slot->weight;
		wording->fresh_total += slot->fresh ? slot->weight : 0;
	}
}

/* True if a wording has the slot's word, or one like it, with the same polarity. */
static bool says(const struct vocab *vocab, const struct wording *wording, const struct slot *slot)
{
	const struct vocab_match *match = vocab_stem_at(vocab, slot->stem)->matches;

	for (; match != NULL; match = match->next) {
		if (match->relation != VOCAB_SIMILAR)
			continue;
		for (uint32_t i = 0; i < wording->count; i++) {
			const struct slot *own = &wording->slots[i];

			if (own->stem == match->stem &&
			    (own->mixed || own->negated == slot->negated))
				return true;
		}
	}
	return false;
}

void coverage_mark_beyond(const struct vocab *vocab, const struct wording *wordings, uint32_t count,
                          struct wording *wrong)
{
	for (uint32_t i = 0; i < wrong->count; i++) {
		struct slot *slot = &wrong->slots[i];

		slot->beyond = true;
		for (uint32_t k = 0; k < count && slot->beyond; k++)
			slot->beyond = !says(vocab, &wordings[k], slot);
	}
}

static void unite_slot(struct wording *wording, const struct slot *slot)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		struct slot *known = &wording->slots[i];

		if (known->stem != slot->stem)
			continue;
		known->mixed |= slot->mixed || known->negated != slot->negated;
		return;
	}
	wording->slots[wording->count] = *slot;
	/* A chance mixture of words that other points have, too, tells nothing. */
	wording->slots[wording->count++].telling = slot->own;
}

/* Weighs the terms among Cyrillic words; returns how much more a purely Latin text must have. */
static double weigh_script(struct wording *wording)
{
	bool cyrillic = false;

	for (uint32_t k = 0; k < wording->count; k++)
		cyrillic |= !wording->slots[k].latin && !wording->slots[k].figure;
	for (uint32_t k = 0; cyrillic && k < wording->count; k++) {
		if (wording->slots[k].latin && wording->slots[k].telling)
			wording->slots[k].weight *= TERM_WEIGHT;
	}
	return cyrillic ? 1 : ENGLISH_MORE;
}

void coverage_unite(struct arena *arena, const struct wording *const *wordings, uint32_t count,
                    uint32_t measures, struct wording *ret_wording)
{
	uint32_t slots = 0, own = 0;
	double all = 0, more;

	for (uint32_t i = 0; i < count; i++)
		slots += wordings[i]->count;
	*ret_wording = (struct wording){ .slots = arena_array(arena, slots, sizeof(struct slot)) };
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t k = 0; k < wordings[i]->count; k++)
			unite_slot(ret_wording, &wordings[i]->slots[k]);
	}
	for (uint32_t i = 0; i < measures; i++) {
		ret_wording->total += wordings[i]->total / measures;
		ret_wording->fresh_total += wordings[i]->fresh_total / measures;
		own += wordings[i]->own;
	}
	for (uint32_t k = 0; k < ret_wording->count; k++)
		all += ret_wording->slots[k].weight;
	ret_wording->telling = ret_wording->own = (own + measures - 1) / measures;
	more = ret_wording->total > 0 ? pow(all / ret_wording->total, UNITED_POWER) : 1;
	more *= weigh_script(ret_wording);
	ret_wording->total *= more;
	ret_wording->fresh_total *= more;
}

void coverage_index(struct arena *arena, const struct vocab *vocab, struct document *document)
{
	const struct passage *passage = &document->passage;
	uint8_t *seen = arena_array(arena, vocab_stem_count(vocab), sizeof(*seen));

	document->hits = arena_array(arena, passage->count, sizeof(*document->hits));
	document->hit_count = 0;
	for (uint32_t s = 0; s < passage->sentence_count; s++) {
		struct sentence *sentence = &passage->sentences[s];

		if (sentence->stray)
			continue;
		for (uint32_t i = sentence->first; i < sentence->end; i++) {
			uint32_t id = passage->tokens[i].stem;
			const struct vocab_stem *stem = vocab_stem_at(vocab, id);

			if (!stem->found || !stem->content || seen[id] == MAX_OCCURRENCES)
				continue;
			seen[id]++;
			sentence->relevant = true;
			document->hits[document->hit_count++] = i;
		}
	}
}

struct finder *coverage_finder(struct arena *arena, const struct vocab *vocab)
{
	struct finder *finder = arena_alloc(arena, sizeof(*finder));

	finder->arena = arena;
	finder->vocab = vocab;
	finder->assignments = arena_array(arena, vocab_stem_count(vocab),
	                                  sizeof(*finder->assignments));
	return finder;
}

struct arena *coverage_arena(const struct finder *finder)
{
	return finder->arena;
}

/* Where the question has both of two antonyms, neither denies the other. */
static bool is_void(const struct vocab *vocab, const struct vocab_match *match)
{
	return match->relation == VOCAB_OPPOSITE && vocab_stem_at(vocab, match->stem)->asked;
}

/* Where the author has both, neither does so by itself. */
static bool is_idle(const struct vocab *vocab, const struct vocab_match *match)
{
	return match->relation == VOCAB_OPPOSITE && vocab_stem_at(vocab, match->stem)->named;
}

/* A stem of the text stands for one slot: the one it resembles most, never by contrast first. */
static void assign(struct finder *finder, const struct wording *wording)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		const struct vocab_match *match =
		        vocab_stem_at(finder->vocab, wording->slots[i].stem)->matches;

		for (; match != NULL; match = match->next) {
			struct assignment *now = &finder->assignments[match->stem];
			bool opposite = match->relation == VOCAB_OPPOSITE;

			if (is_void(finder->vocab, match))
				continue;
			if (now->slot != 0 &&
			    (opposite || (!now->opposite && now->strength >= match->strength)))
				continue;
			*now = (struct assignment){ .slot = i + 1,
				                    .strength = match->strength,
				                    .typo = match->typo,
				                    .opposite = opposite,
				                    .idle = is_idle(finder->vocab, match) };
		}
	}
}

static void unassign(struct finder *finder, const struct wording *wording)
{
	for (uint32_t i = 0; i < wording->count; i++) {
		const struct vocab_match *match =
		        vocab_stem_at(finder->vocab, wording->slots[i].stem)->matches;

		for (; match != NULL; match = match->next)
			finder->assignments[match->stem] = (struct assignment){ 0 };
	}
}

/* Whether the text says of the slot what the wording says of it. */
static void note_polarity(struct hit *hit, const struct token *token, const struct slot *slot)
{
	hit->soft = token->soft;
	if (slot->mixed || hit->idle)
		return;
	hit->turned = hit->opposite == (token->negated == slot->negated);
	/* "Avoid X", "instead of X" may stand for many things that are said of X. */
	if (hit->turned && (token->soft || token->rejected)) {
		hit->idle = true;
		hit->turned = false;
	}
	hit->direct = hit->turned &&
	              (hit->opposite || (token->negated ? token->direct : slot->direct));
}

struct hits coverage_hits(struct finder *finder, const struct document *document,
                          const struct wording *wording, const bool *excluded)
{
	size_t room = document->hit_count * sizeof(struct hit);
	struct hits hits = { .items = arena_raw(finder->arena, room) };

	assign(finder, wording);
	for (uint32_t i = 0; i < document->hit_count; i++) {
		const struct token *token = &document->passage.tokens[document->hits[i]];
		const struct assignment *found = &finder->assignments[token->stem];
		const struct slot *slot;

		if (found->slot == 0 || (excluded != NULL && excluded[token->sentence]))
			continue;
		slot = &wording->slots[found->slot - 1];
		hits.items[hits.count] = (struct hit){
			.token = document->hits[i],
			.slot = found->slot - 1,
			.strength = found->strength,
			.typo = found->typo,
			.opposite = found->opposite,
			.idle = found->idle,
			.negated = token->negated,
		};
		note_polarity(&hits.items[hits.count++], token, slot);
	}
	unassign(finder, wording);
	arena_extend(finder->arena, hits.items, room, hits.count * sizeof(struct hit));
	return hits;
}

/* The weight share that the best strengths per slot are worth, 0..1. */
static double share_of(const struct wording *wording, const float *strengths)
{
	double fresh = 0, asked = 0, pay = 1;
	uint32_t hits = 0;

	for (uint32_t i = 0; i < wording->count; i++) {
		hits += strengths[i] > 0;
		if (wording->slots[i].fresh)
			fresh += strengths[i] * wording->slots[i].weight;
		else
			asked += strengths[i] * wording->slots[i].weight;
	}
	if (wording->total <= 0)
		return 0;
	if (wording->fresh_total <= 0)
		return QUESTION_WORDING_MOST * asked / wording->total;
	if (fresh < QUESTION_FULL_AT * wording->fresh_total)
		pay = fresh / (QUESTION_FULL_AT * wording->fresh_total);
	if (hits == 1 && wording->count > 1)
		fresh *= LONE_HIT_PAY;
	fresh += asked * pay;
	return fresh < wording->total ? fresh / wording->total : 1;
}

static void reserve_strengths(struct finder *finder, uint32_t count)
{
	if (finder->strength_room >= count)
		return;
	finder->strength_room = 2 * count;
	finder->strengths = arena_array(finder->arena, 3 * (size_t)finder->strength_room,
	                                sizeof(*finder->strengths));
}

static void raise(float *strength, float value)
{
	if (*strength < value)
		*strength = value;
}

static float worth_of(const struct hit *hit)
{
	return hit->turned && hit->negated ? hit->strength * (float)TURNED_SHARE : hit->strength;
}

/* Notes what [before, now] sentences are worth when that is the most so far. */
static void note_window(struct found *best, const struct wording *wording, const float *strengths,
                        uint32_t first, uint32_t last)
{
	double share = share_of(wording, strengths);

	if (share <= best->coverage + 1e-9)
		return;
	*best = (struct found){ .coverage = share, .first = first, .last = last };
}

struct found coverage_best(struct finder *finder, const struct document *document,
                           const struct wording *wording, const struct hits *hits)
{
	const struct token *tokens = document->passage.tokens;
	uint32_t n = wording->count, last = VOCAB_NONE;
	struct found best = { 0 };
	float *before, *now, *anywhere;
	double all;

	reserve_strengths(finder, n);
	before = finder->strengths;
	now = before + n;
	anywhere = now + n;
	memset(before, 0, 3 * n * sizeof(*before));
	for (uint32_t i = 0; i < hits->count;) {
		uint32_t sentence = tokens[hits->items[i].token].sentence;
		bool neighbours = last != VOCAB_NONE && sentence == last + 1;

		memset(now, 0, n * sizeof(*now));
		for (; i < hits->count && tokens[hits->items[i].token].sentence == sentence; i++) {
			if (hits->items[i].opposite)
				continue;
			raise(&now[hits->items[i].slot], worth_of(&hits->items[i]));
			raise(&anywhere[hits->items[i].slot], worth_of(&hits->items[i]));
		}
		note_window(&best, wording, now, sentence, sentence);
		for (uint32_t k = 0; k < n && neighbours; k++)
			raise(&before[k], now[k]);
		if (neighbours)
			note_window(&best, wording, before, last, sentence);
		memcpy(before, now, n * sizeof(*before));
		last = sentence;
	}
	all = share_of(wording, anywhere);
	if (best.coverage > 0)
		best.coverage += SCATTERED_SHARE * (all - best.coverage);
	return best;
}

bool coverage_is_fresh(const struct wording *wording, const struct hits *hits)
{
	for (uint32_t i = 0; i < hits->count; i++) {
		if (!hits->items[i].opposite && wording->slots[hits->items[i].slot].fresh)
			return true;
	}
	return false;
}
