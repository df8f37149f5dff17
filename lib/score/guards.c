#include "score/guards.h"

#include <string.h>

#include "score/constants.h"
#include "score/order.h"
#include "score/score.h"
#include "score/syntax.h"

enum { MAX_ORDER_SLOTS = 512 };

/* How many distinct stems the question has, and how many of them the answer has. */
static void count_asked(struct arena *arena, const struct guards_input *input, uint32_t *ret_asked,
                        uint32_t *ret_copied)
{
	uint32_t stems = vocab_stem_count(input->vocab);
	bool *given = arena_array(arena, stems, sizeof(*given));
	const struct passage *answer = &input->answer->passage;

	*ret_asked = *ret_copied = 0;
	for (uint32_t i = 0; i < answer->count; i++)
		given[answer->tokens[i].stem] |= answer->tokens[i].content;
	for (uint32_t id = 0; id < stems; id++) {
		if (!vocab_stem_at(input->vocab, id)->asked)
			continue;
		*ret_asked += 1;
		*ret_copied += given[id];
	}
}

static bool is_parrot(const struct guards_input *input)
{
	const struct passage *answer = &input->answer->passage;

	for (uint32_t i = 0; i < answer->count; i++) {
		if (answer->tokens[i].content &&
		    !vocab_stem_at(input->vocab, answer->tokens[i].stem)->asked)
			return false;
	}
	return true;
}

/* Mean share of function words around the matched terms; 1 when there are none. */
static double function_share(const struct document *document)
{
	const struct passage *passage = &document->passage;
	double sum = 0;

	for (uint32_t h = 0; h < document->hit_count; h++) {
		uint32_t at = document->hits[h], function = 0, around = 0;
		uint32_t first = at > LIST_WINDOW ? at - LIST_WINDOW : 0;

		for (uint32_t i = first; i < passage->count && i <= at + LIST_WINDOW; i++) {
			if (i == at)
				continue;
			around++;
			function += !passage->tokens[i].content;
		}
		sum += around > 0 ? (double)function / around : 1;
	}
	return document->hit_count > 0 ? sum / document->hit_count : 1;
}

/* Notes for every two slots whether the text has one soon after the other. */
static bool *ordered_slots(struct arena *arena, const struct document *document,
                           const struct hits *hits, uint32_t slots)
{
	const struct token *tokens = document->passage.tokens;
	bool *ordered = arena_array(arena, (size_t)slots * slots, sizeof(*ordered));

	for (uint32_t i = 0; i < hits->count; i++) {
		uint32_t from = tokens[hits->items[i].token].ordinal;

		for (uint32_t k = i + 1; k < hits->count; k++) {
			if (tokens[hits->items[k].token].ordinal > from + ORDER_DISTANCE)
				break;
			ordered[hits->items[i].slot * slots + hits->items[k].slot] = true;
		}
	}
	return ordered;
}

/*
 * Notes for every content token of the answer whether it and the one before it stand
 * so near one another, and in this order, in the text of these hits.
 */
static void note_familiar(const struct guards_input *input, const struct hits *hits,
                          const bool *ordered, uint32_t slots, bool *familiar)
{
	const struct token *tokens = input->answer->passage.tokens;

	for (uint32_t i = 0; i + 1 < hits->count; i++) {
		const struct hit *a = &hits->items[i], *b = &hits->items[i + 1];
		bool near = ordered != NULL
		                    ? ordered[a->slot * slots + b->slot]
		                    : b->slot > a->slot && b->slot <= a->slot + ORDER_DISTANCE;

		if (near && tokens[b->token].ordinal == tokens[a->token].ordinal + 1)
			familiar[b->token] = true;
	}
}

/* The share of neighbouring terms of the answer that the author has in this order, too. */
static double familiar_share(struct arena *arena, const struct guards_input *input)
{
	const struct document *answer = input->answer;
	const struct token *tokens = answer->passage.tokens;
	bool *familiar = arena_array(arena, answer->passage.count, sizeof(*familiar));
	uint32_t pairs = 0, known = 0;

	for (size_t i = 0; i < input->reference_count; i++) {
		const struct wording *wording = &input->reference_wordings[i];
		struct hits own, given;

		if (wording->count > MAX_ORDER_SLOTS)
			continue;
		own = coverage_hits(input->finder, &input->references[i], wording, NULL);
		given = coverage_hits(input->finder, answer, wording, NULL);
		note_familiar(input, &given,
		              ordered_slots(arena, &input->references[i], &own, wording->count),
		              wording->count, familiar);
	}
	for (uint32_t k = 0; k < input->point_count; k++) {
		for (uint32_t i = 0; i < input->points[k].wording_count; i++) {
			const struct wording *wording = &input->points[k].wordings[i];
			struct hits given = coverage_hits(input->finder, answer, wording, NULL);

			note_familiar(input, &given, NULL, 0, familiar);
		}
	}
	for (uint32_t i = 0; i + 1 < answer->hit_count; i++) {
		const struct token *a = &tokens[answer->hits[i]], *b = &tokens[answer->hits[i + 1]];

		if (b->ordinal != a->ordinal + 1 || a->stem == b->stem)
			continue;
		pairs++;
		known += familiar[answer->hits[i + 1]];
	}
	return pairs > 0 ? (double)known / pairs : 1;
}

static uint32_t count_clauses(const struct passage *passage)
{
	uint32_t clauses = 0;

	for (uint32_t i = 0; i < passage->count; i++)
		clauses += i == 0 || passage->tokens[i].clause != passage->tokens[i - 1].clause;
	return clauses;
}

/* A short text without function words that lists words, or short items and has no verb. */
static bool is_short_list(struct arena *arena, const struct guards_input *input)
{
	const struct passage *answer = &input->answer->passage;
	uint32_t clauses = count_clauses(answer), verbs = 0, count = answer->content_count;

	if (answer->count > count)
		return false;
	for (uint32_t i = 0; i < answer->count; i++)
		verbs += syntax_like_verb(vocab_word_at(input->vocab, answer->tokens[i].word));
	if (clauses > 1 && count <= clauses)
		return true;
	if (clauses == 1 || count > LIST_ITEM_WORDS * clauses) {
		if (verbs > 0 && verbs <= LIST_VERBS_MAX * count)
			return false;
	}
	return familiar_share(arena, input) < LIST_FAMILIAR;
}

/* A reference that is a list itself allows lists. */
static bool is_keyword_list(struct arena *arena, const struct guards_input *input)
{
	const struct document *answer = input->answer;
	double expected = 1;

	if (answer->hit_count < LIST_HITS_MIN || input->reference_count == 0)
		return false;
	for (size_t i = 0; i < input->reference_count; i++) {
		double share = function_share(&input->references[i]);

		expected = share < expected ? share : expected;
	}
	if (expected < LIST_REFERENCE_MIN)
		return false;
	if (syntax_bare(input->vocab, &answer->passage) >= LIST_BARE ||
	    syntax_named(input->vocab, &answer->passage) >= LIST_NAMED)
		return true;
	return answer->passage.content_count < LIST_LONG_MIN && is_short_list(arena, input);
}

/* Only a text made of the references' words can be a reference shuffled. */
static bool is_out_of_order(const struct guards_input *input, const struct order_found *order)
{
	double kept = order->words.known < ORDER_LONG ? ORDER_KEPT : ORDER_KEPT_LONG;

	if (order->words.known < ORDER_PAIRS_MIN ||
	    order->words.known < ORDER_OWN * order->words.all)
		return false;
	return order_share(&order->words) - syntax_broken(&input->answer->passage) < kept;
}

/* Terms in the author's own order, but with other little words between them, or none. */
static bool is_strewn(const struct order_found *order)
{
	return order->content.known >= ORDER_PAIRS_MIN &&
	       order->content.known >= ORDER_OWN * order->content.all &&
	       order_share(&order->content) >= STREWN_CONTENT &&
	       order_share(&order->bound) < STREWN_BOUND;
}

static bool is_dump(struct arena *arena, const struct guards_input *input)
{
	const struct document *answer = input->answer;
	uint32_t distinct = answer->passage.distinct_count, matched = 0;
	double ratio = input->expected_words > 0 ? (double)distinct / input->expected_words : 0;
	bool *seen = arena_array(arena, vocab_stem_count(input->vocab), sizeof(*seen));

	if (distinct < DUMP_WORDS_MIN || ratio < DUMP_LENGTH_RATIO)
		return false;
	for (uint32_t i = 0; i < answer->hit_count; i++) {
		uint32_t stem = answer->passage.tokens[answer->hits[i]].stem;

		matched += !seen[stem];
		seen[stem] = true;
	}
	ratio = ratio < DUMP_LENGTH_MOST ? ratio : DUMP_LENGTH_MOST;
	return matched < DUMP_MATCHED * ratio * distinct;
}

static bool is_repetition(const struct passage *answer)
{
	uint32_t written = answer->content_count + answer->repeated_count;

	if (written < REPETITION_MIN)
		return false;
	return written >= REPETITION_RATIO * answer->content_count ||
	       (answer->distinct_count <= REPETITION_DISTINCT_MAX &&
	        answer->content_count >= REPETITION_RATIO * answer->distinct_count);
}

static void apply(struct guards_result *result, enum score_flag flag, double cap)
{
	result->flags |= flag;
	result->cap = cap < result->cap ? cap : result->cap;
}

struct guards_result guards_check(struct arena *arena, const struct guards_input *input)
{
	struct guards_result result = { .cap = 1 };
	struct order_found order;
	uint32_t asked, copied;

	count_asked(arena, input, &asked, &copied);
	if (!input->answerable && !input->fresh && asked > 0 && copied >= COPIED_SHARE * asked)
		apply(&result, SCORE_FLAG_QUESTION_COPIED, COPIED_CAP);
	else if (!input->answerable && is_parrot(input))
		apply(&result, SCORE_FLAG_QUESTION_COPIED, PARROT_CAP);
	order = order_find(arena, input->references, input->reference_count,
	                   &input->answer->passage);
	if (is_keyword_list(arena, input) || is_strewn(&order))
		apply(&result, SCORE_FLAG_KEYWORD_LIST, LIST_CAP);
	if (is_out_of_order(input, &order))
		apply(&result, SCORE_FLAG_WORD_ORDER, ORDER_CAP);
	if (is_dump(arena, input))
		apply(&result, SCORE_FLAG_DUMP, DUMP_CAP);
	if (is_repetition(&input->answer->passage))
		apply(&result, SCORE_FLAG_REPETITION, REPETITION_CAP);
	return result;
}
