#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "examiner/proof.h"
#include "score/generic.h"
#include "score/match.h"
#include "score/passage.h"

/* Tokens to either side of a quotation that are read with it: a sentence may never end. */
enum { REACH = 24 };

/* Shared stems that show what it is about: of the point, of the whole question, of few words. */
enum { OWN_ENOUGH = 2, ALL_ENOUGH = 4, FEW_ENOUGH = 2 };
#define SHARE_ENOUGH 0.6

/* From so many letters on a lower-case Latin word is hardly a word of everyday English. */
enum { TERM_LETTERS = 6 };

/* The match_strength from which stems are one: inflection and typos, no mere likeness. */
#define ALIKE 0.8

struct proof_topic {
	struct arena *arena;
	struct vocab *vocab;
	const char *text; /* the answer */
	struct passage answer;
	uint32_t known; /* stems that the question has; the answer's come after them */
	bool *all;      /* of each: some text of the question has it */
	bool *own;      /* [point * known + stem]: so has this point */
	size_t point_count;
	bool is_cyrillic; /* the question: a Latin word in it is a term */
};

/* Distinct telling stems around a quotation: said, shared with the question, with the point. */
struct shared {
	size_t said, all, own;
};

/* --- the question ------------------------------------------------------------ */

static bool tells(const struct proof_topic *topic, const struct token *token)
{
	return token->content && !generic_stem(vocab_stem_at(topic->vocab, token->stem)->bytes);
}

static struct passage read_text(struct proof_topic *topic, const char *text)
{
	struct passage passage;

	passage_read(topic->arena, topic->vocab, text, strlen(text), &passage);
	return passage;
}

/* All texts are read before any is marked: how many stems there are is known only then. */
struct texts {
	struct passage text, *points, *others;
	size_t other_count;
};

static struct passage read_point(struct proof_topic *topic, const struct score_key_point *point)
{
	struct buf joined;

	buf_init(&joined, topic->arena);
	buf_str(&joined, point->text);
	for (size_t i = 0; i < point->aliases.count; i++)
		buf_printf(&joined, "\n\n%s", point->aliases.items[i]);
	return read_text(topic, joined.data);
}

static void read_others(struct proof_topic *topic, const struct exam_question *question,
                        struct texts *texts)
{
	const struct score_texts *lists[] = { &question->score.references, &question->skill_tags };
	size_t most = question->score.references.count + question->skill_tags.count;

	texts->others = arena_array(topic->arena, most, sizeof(*texts->others));
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			texts->others[texts->other_count++] = read_text(topic, lists[i]->items[k]);
}

static struct texts read_question(struct proof_topic *topic, const struct exam_question *question)
{
	const struct score_question *score = &question->score;
	struct texts texts = { .text = read_text(topic, score->text) };

	texts.points = arena_array(topic->arena, score->point_count, sizeof(*texts.points));
	for (size_t i = 0; i < score->point_count; i++)
		texts.points[i] = read_point(topic, &score->points[i]);
	read_others(topic, question, &texts);
	return texts;
}

static void mark(const struct proof_topic *topic, const struct passage *passage, bool *own)
{
	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];

		if (!tells(topic, token))
			continue;
		topic->all[token->stem] = true;
		if (own != NULL)
			own[token->stem] = true;
	}
}

struct proof_topic *proof_topic_create(struct arena *arena, const struct exam_question *question,
                                       const char *answer)
{
	struct proof_topic *topic = arena_alloc(arena, sizeof(*topic));
	struct texts texts;

	*topic = (struct proof_topic){ .arena = arena,
		                       .vocab = vocab_create(arena),
		                       .point_count = question->score.point_count,
		                       .is_cyrillic = question->score.language != LANG_EN };
	texts = read_question(topic, question);
	topic->known = vocab_stem_count(topic->vocab);
	topic->all = arena_array(arena, topic->known, sizeof(bool));
	topic->own = arena_array(arena, topic->known * topic->point_count, sizeof(bool));
	mark(topic, &texts.text, NULL);
	for (size_t i = 0; i < topic->point_count; i++)
		mark(topic, &texts.points[i], topic->own + i * topic->known);
	for (size_t i = 0; i < texts.other_count; i++)
		mark(topic, &texts.others[i], NULL);
	topic->text = answer;
	topic->answer = read_text(topic, answer);
	return topic;
}

/* --- a quotation ------------------------------------------------------------- */

/* The tokens around a quotation: its sentences, as far as they reach. */
static struct score_span around(const struct passage *answer, struct score_span span)
{
	uint32_t first = 0, last;
	struct score_span tokens;

	while (first < answer->count && answer->tokens[first].end <= span.start)
		first++;
	if (first == answer->count || answer->tokens[first].start >= span.end)
		return (struct score_span){ 0, 0 };
	last = first;
	while (last + 1 < answer->count && answer->tokens[last + 1].start < span.end)
		last++;
	tokens.start = answer->sentences[answer->tokens[first].sentence].first;
	tokens.end = answer->sentences[answer->tokens[last].sentence].end;
	if (tokens.start + REACH < first)
		tokens.start = first - REACH;
	if (tokens.end > last + 1 + REACH)
		tokens.end = last + 1 + REACH;
	return tokens;
}

static bool is_alike(const struct proof_topic *topic, uint32_t one, uint32_t other)
{
	bool typo;

	return one == other || match_strength(vocab_stem_at(topic->vocab, one),
	                                      vocab_stem_at(topic->vocab, other), &typo) >= ALIKE;
}

/*
 * True for a Latin word to a question in another script that is a term and no little English
 * word: it is long, or written with capitals or digits.
 */
static bool is_term(const struct proof_topic *topic, const struct token *token)
{
	if (!topic->is_cyrillic || (unsigned char)topic->text[token->start] >= 0x80)
		return false;
	for (uint32_t i = token->start; i < token->end; i++)
		if ((topic->text[i] >= 'A' && topic->text[i] <= 'Z') ||
		    (topic->text[i] >= '0' && topic->text[i] <= '9'))
			return true;
	return token->end - token->start >= TERM_LETTERS;
}

/* Counts a word of the answer; a term is the same in every language and says more. */
static void note_word(const struct proof_topic *topic, const struct token *token, size_t point,
                      struct shared *shared)
{
	const bool *own = topic->own + point * topic->known;
	const size_t worth = is_term(topic, token) ? 2 : 1;
	bool is_shared = false, is_own = false;

	for (uint32_t i = 0; i < topic->known && !is_own; i++) {
		if (!topic->all[i] || !is_alike(topic, token->stem, i))
			continue;
		is_shared = true;
		is_own = own[i];
	}
	shared->said++;
	shared->all += is_shared ? worth : 0;
	shared->own += is_own ? worth : 0;
}

static struct shared count_shared(const struct proof_topic *topic, size_t point,
                                  struct score_span tokens)
{
	struct shared shared = { 0 };
	bool *seen = arena_array(topic->arena, vocab_stem_count(topic->vocab) + 1, sizeof(bool));

	for (size_t i = tokens.start; i < tokens.end; i++) {
		const struct token *token = &topic->answer.tokens[i];

		if (!tells(topic, token) || seen[token->stem])
			continue;
		seen[token->stem] = true;
		note_word(topic, token, point, &shared);
	}
	return shared;
}

bool proof_topic_holds(const struct proof_topic *topic, size_t point, struct score_span span)
{
	const struct shared shared = count_shared(topic, point, around(&topic->answer, span));

	if (shared.own >= OWN_ENOUGH || shared.all >= ALL_ENOUGH)
		return true;
	return (shared.own > 0 || shared.all >= FEW_ENOUGH) &&
	       (double)shared.all >= SHARE_ENOUGH * (double)shared.said;
}
