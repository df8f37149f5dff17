#include "score/key.h"

#include <math.h>
#include <string.h>

#include "score/constants.h"

/* A key while it is made. */
struct making {
	struct arena *arena;
	const struct score_question *given;
	struct score_key *key;
};

static void read_question(struct making *making)
{
	const char *text = making->given->text != NULL ? making->given->text : "";
	struct score_key *key = making->key;

	passage_read(making->arena, key->vocab, text, strlen(text), &key->question);
	for (uint32_t i = 0; i < key->question.count; i++) {
		const struct token *token = &key->question.tokens[i];

		if (token->content)
			vocab_stem_at(key->vocab, token->stem)->asked = true;
	}
}

static void read_references(struct making *making)
{
	const struct score_texts *texts = &making->given->references;
	struct arena *arena = making->arena;
	struct score_key *key = making->key;
	size_t count = 0;

	key->references = arena_array(arena, texts->count, sizeof(*key->references));
	key->reference_wordings = arena_array(arena, texts->count,
	                                      sizeof(*key->reference_wordings));
	for (size_t i = 0; i < texts->count; i++) {
		struct passage *passage = &key->references[count].passage;
		struct wording *wording = &key->reference_wordings[count];

		passage_read(arena, key->vocab, texts->items[i], strlen(texts->items[i]), passage);
		coverage_passage(arena, key->vocab, passage, wording);
		wording->text = texts->items[i];
		coverage_name(key->vocab, wording);
		count += passage->content_count > 0;
	}
	key->reference_count = count;
}

static void read_explicit_points(struct making *making)
{
	const struct score_question *given = making->given;
	struct key_set *set = arena_alloc(making->arena, sizeof(*set));

	set->points = arena_array(making->arena, given->point_count, sizeof(*set->points));
	set->count = (uint32_t)given->point_count;
	for (size_t i = 0; i < given->point_count; i++)
		points_read(making->arena, making->key->vocab, &given->points[i], &set->points[i]);
	making->key->sets = set;
	making->key->set_count = 1;
	making->key->explicit_points = true;
}

/* Beside explicit points: what the references say, sentence by sentence. */
static void read_statements(struct making *making)
{
	struct score_key *key = making->key;
	struct key_point **lists = arena_array(making->arena, key->reference_count, sizeof(*lists));
	uint32_t *counts = arena_array(making->arena, key->reference_count, sizeof(*counts));
	uint32_t count = 0;

	for (size_t i = 0; i < key->reference_count; i++) {
		counts[i] = points_split(making->arena, key->vocab, key->reference_wordings[i].text,
		                         &lists[i]);
		count += counts[i];
	}
	key->statements = arena_array(making->arena, count, sizeof(*key->statements));
	for (size_t i = 0; i < key->reference_count; i++) {
		for (uint32_t k = 0; k < counts[i]; k++)
			key->statements[key->statement_count++] = lists[i][k];
	}
}

static void split_references(struct making *making)
{
	struct score_key *key = making->key;

	key->sets = arena_array(making->arena, key->reference_count, sizeof(*key->sets));
	key->set_count = key->reference_count;
	for (size_t i = 0; i < key->set_count; i++)
		key->sets[i].count = points_split(making->arena, key->vocab,
		                                  key->reference_wordings[i].text,
		                                  &key->sets[i].points);
}

/* Compares the words of all texts and weighs those of the points. */
static void weigh(struct making *making)
{
	struct arena *arena = making->arena;
	struct score_key *key = making->key;

	key->index = match_all(arena, key->vocab);
	key->reference_grams = arena_array(arena, key->reference_count, sizeof(struct gram_set *));
	for (size_t i = 0; i < key->reference_count; i++) {
		coverage_index(arena, key->vocab, &key->references[i]);
		coverage_weigh(key->vocab, &key->reference_wordings[i]);
		key->reference_grams[i] = grams_collect(
		        arena, key->vocab, &key->references[i].passage, &key->question);
	}
	for (uint32_t k = 0; key->explicit_points && k < key->sets[0].count; k++)
		points_count_stems(key->vocab, &key->sets[0].points[k], k + 1);
	for (size_t i = 0; i < key->set_count; i++) {
		for (uint32_t k = 0; k < key->sets[i].count; k++)
			points_weigh(arena, key->vocab, &key->sets[i].points[k]);
	}
}

/* Full-mark answers show further words that a point can be made in. */
static void adopt(struct making *making)
{
	struct score_key *key = making->key;
	struct key_set *set = &key->sets[0];

	for (size_t i = 0; i < key->reference_count; i++)
		points_adopt(making->arena, key->vocab, &key->references[i], set->points,
		             set->count);
	for (uint32_t k = 0; k < set->count; k++)
		points_weigh(making->arena, key->vocab, &set->points[k]);
}

/* What stands in for points that nobody has named. */
static void compare_wholes(struct making *making)
{
	struct arena *arena = making->arena;
	struct score_key *key = making->key;

	key->consensus = consensus_make(arena, key->vocab, key->reference_wordings,
	                                key->reference_count);
	key->reference_wholes = arena_array(arena, key->reference_count,
	                                    sizeof(struct consensus *));
	key->reference_sequences = arena_array(arena, key->reference_count,
	                                       sizeof(struct sequence *));
	for (size_t i = 0; i < key->reference_count; i++) {
		key->reference_wholes[i] = consensus_make(arena, key->vocab,
		                                          &key->reference_wordings[i], 1);
		key->reference_sequences[i] = sequence_make(arena, key->vocab,
		                                            &key->references[i].passage,
		                                            &key->reference_wordings[i]);
	}
	for (uint32_t k = 0; k < key->statement_count; k++)
		points_weigh(arena, key->vocab, &key->statements[k]);
}

/*
 * A full-mark answer in other words than the point's may reach less than
 * CREDIT_FULL; what it reaches is then enough for full credit.
 */
static void calibrate(struct making *making)
{
	struct score_key *key = making->key;
	struct arena *scratch = arena_create();
	struct finder *finder = coverage_finder(scratch, key->vocab);

	for (uint32_t k = 0; k < key->sets[0].count; k++) {
		struct key_point *point = &key->sets[0].points[k];

		for (size_t i = 0; i < key->reference_count; i++) {
			double reached = points_coverage(finder, &key->references[i], point);

			if (reached < point->full)
				point->full = reached > COVERED_MIN ? reached : COVERED_MIN;
		}
	}
	arena_destroy(scratch);
}

/* Split points are as heavy as what they say; explicit ones are equal. */
static void weigh_split(struct key_set *set)
{
	for (uint32_t k = 0; k < set->count; k++)
		set->points[k].weight = sqrt(set->points[k].wordings[0].total);
}

struct score_key *key_read(struct arena *arena, const struct score_question *question)
{
	struct making making = { .arena = arena,
		                 .given = question,
		                 .key = arena_alloc(arena, sizeof(struct score_key)) };
	struct score_key *key = making.key;

	key->max_score = question->max_score;
	key->vocab = vocab_create(arena);
	read_question(&making);
	read_references(&making);
	if (question->point_count > 0) {
		read_explicit_points(&making);
		read_statements(&making);
	} else {
		split_references(&making);
	}
	weigh(&making);
	if (key->explicit_points) {
		adopt(&making);
		calibrate(&making);
	} else {
		compare_wholes(&making);
	}
	for (size_t i = 0; i < key->set_count && !key->explicit_points; i++)
		weigh_split(&key->sets[i]);
	return key;
}
