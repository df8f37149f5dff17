#include "score/negation.h"

#include "score/constants.h"
#include "score/words.h"

/* Tokens; the reach keeps the work linear in a text of nothing but negators. */
enum { THAT_DISTANCE = 4, NEGATION_REACH = 50 };

/* A negator and the sentence [first, end) it stands in. */
struct negator {
	struct token *tokens;
	uint32_t at, first, end;
	uint32_t before; /* content words of the sentence that precede it */
	unsigned flags;
};

static uint32_t bounded(uint32_t value, uint32_t most)
{
	return value < most ? value : most;
}

static void turn(struct token *token, const struct negator *negator)
{
	if (negator->flags & WORD_CONCORD)
		token->negated = true;
	else
		token->negated = !token->negated;
}

/* "It is wrong that ...": a falsifier counts when such a clause follows. */
static bool has_that_clause(const struct negator *negator)
{
	for (uint32_t i = negator->at + 1; i < negator->end && i <= negator->at + THAT_DISTANCE;
	     i++) {
		if (negator->tokens[i].flags & WORD_THAT)
			return true;
	}
	return false;
}

static bool is_void(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	bool last = negator->at + 1 == negator->end;

	if (self->flags & WORD_FALSIFIER)
		return !has_that_clause(negator);
	if (!last && (self[1].flags & WORD_RESTRICTOR))
		return true;
	/* "без неё": what is absent has been named before. */
	if ((self->flags & WORD_NEAR_NEGATOR) && (self->flags & WORD_CONCORD) && !last &&
	    !self[1].content)
		return true;
	return (self->flags & WORD_PARTICLE) && negator->at == negator->first &&
	       (last || self[1].clause != self->clause);
}

/* "It is not true that ...", "неверно, что ..." reach over the comma. */
static bool governs_sentence(const struct negator *negator)
{
	return negator->before <= NEGATION_EARLY_WORDS && has_that_clause(negator) &&
	       !(negator->flags & WORD_NEAR_NEGATOR);
}

/* Returns the number of content words that were turned. */
static uint32_t turn_following(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	uint32_t end = bounded(negator->at + NEGATION_REACH, negator->end);
	bool whole = governs_sentence(negator);
	uint32_t most = NEGATION_WORDS, turned = 0;

	if (negator->flags & WORD_NEAR_NEGATOR)
		most = NEGATION_NEAR_WORDS;
	else if (negator->before <= NEGATION_EARLY_WORDS)
		most = UINT32_MAX;
	for (uint32_t i = negator->at + 1; i < end && turned < most; i++) {
		struct token *token = &negator->tokens[i];
		if (token->flags & (WORD_CONTRAST | WORD_REASON))
			break;
		if (token->clause != self->clause && (!whole || (token->flags & WORD_NEGATOR)))
			break;
		turn(token, negator);
		turned += token->content;
	}
	return turned;
}

/* "... and UDP does not": what the negator denies stands before it. */
static void turn_preceding(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	uint32_t turned = 0, first = negator->first;

	if (negator->at > first + NEGATION_REACH)
		first = negator->at - NEGATION_REACH;
	for (uint32_t i = negator->at; i-- > first && turned < NEGATION_WORDS;) {
		struct token *token = &negator->tokens[i];

		if (token->clause != self->clause)
			break;
		turn(token, negator);
		turned += token->content;
	}
}

void negation_mark(struct passage *passage)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];
		struct sentence *sentence = &passage->sentences[token->sentence];
		struct negator negator = { .tokens = passage->tokens,
			                   .at = i,
			                   .first = sentence->first,
			                   .end = sentence->end,
			                   .flags = token->flags };

		if (i == sentence->first)
			before = 0;
		negator.before = before;
		before += token->content;
		if (!(token->flags & (WORD_NEGATOR | WORD_FALSIFIER)) || is_void(&negator))
			continue;
		if (turn_following(&negator) > 0)
			continue;
		turn_preceding(&negator);
		sentence->elliptic = true;
	}
}
