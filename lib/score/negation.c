#include "score/negation.h"

#include "score/constants.h"
#include "score/words.h"

/* Tokens; the reach keeps the work linear in a text of nothing but negators. */
enum { THAT_DISTANCE = 4, NEED_DISTANCE = 2, NEGATION_REACH = 50 };

/* A negator and the sentence [first, end) it stands in. */
struct negator {
	struct token *tokens;
	uint32_t at, first, end;
	uint32_t before;   /* content words of the sentence that precede it */
	bool hypothetical; /* an "if" precedes it in the sentence */
	unsigned flags;
};

static uint32_t bounded(uint32_t value, uint32_t most)
{
	return value < most ? value : most;
}

/* "Without", "без": a condition. */
static bool is_absence_word(unsigned flags)
{
	return (flags & WORD_NEAR_NEGATOR) && (flags & WORD_IF);
}

static void turn(struct token *token, const struct negator *negator)
{
	if (negator->flags & WORD_CONCORD)
		token->negated = true;
	else
		token->negated = !token->negated;
	token->negator = negator->at;
	if (negator->flags & WORD_SOFT)
		token->soft = true;
	else if (negator->flags & (WORD_LINKED | WORD_INSTEAD))
		token->rejected = true;
}

/* Returns the next token of the sentence's, NULL at its end. */
static const struct token *next_of(const struct negator *negator, uint32_t at)
{
	return at + 1 < negator->end ? &negator->tokens[at + 1] : NULL;
}

/* "It is wrong that ...", "a myth: ...": a falsifier counts when such a clause follows. */
static bool has_that_clause(const struct negator *negator)
{
	const struct token *next = next_of(negator, negator->at);

	if (next != NULL && next->colon && (negator->flags & WORD_FALSIFIER))
		return true;
	for (uint32_t i = negator->at + 1; i < negator->end && i <= negator->at + THAT_DISTANCE;
	     i++) {
		if (negator->tokens[i].flags & (WORD_REASON | WORD_CONTRAST))
			return false;
		if (negator->tokens[i].flags & WORD_THAT)
			return true;
	}
	return false;
}

static bool is_plain_not(const struct token *token)
{
	return (token->flags & WORD_CONCORD) && !(token->flags & (WORD_NEAR_NEGATOR | WORD_SOFT));
}

/* "Нельзя не", "не может не": two negators of Russian and Ukrainian that assert. */
static bool is_pair(const struct negator *negator, uint32_t first, uint32_t second)
{
	const struct token *tokens = negator->tokens;

	if (first < negator->first || second >= negator->end)
		return false;
	return is_plain_not(&tokens[first]) && is_plain_not(&tokens[second]) &&
	       (tokens[second - 1].flags & WORD_ABLE);
}

static bool is_double(const struct negator *negator)
{
	uint32_t at = negator->at;

	return is_pair(negator, at, at + 1) || is_pair(negator, at, at + 2) ||
	       (at >= 1 && is_pair(negator, at - 1, at)) ||
	       (at >= 2 && is_pair(negator, at - 2, at));
}

static bool is_void(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	const struct token *next = next_of(negator, negator->at);

	if (self->flags & WORD_FALSIFIER)
		return !has_that_clause(negator);
	if (next != NULL && (next->flags & WORD_RESTRICTOR))
		return true;
	if ((self->flags & WORD_LINKED) && (next == NULL || !(next->flags & WORD_LINK)))
		return true;
	/* "без неё": what is absent has been named before. */
	if ((self->flags & WORD_NEAR_NEGATOR) && (self->flags & WORD_CONCORD) &&
	    !(self->flags & (WORD_LACK | WORD_INSTEAD)) && next != NULL && !next->content)
		return true;
	return (self->flags & WORD_PARTICLE) && negator->at == negator->first &&
	       (next == NULL || next->clause != self->clause);
}

/* "Events that do not bubble": a relative clause with a negator of its own. */
static bool opens_denial(const struct negator *negator, uint32_t at)
{
	uint32_t end = bounded(at + THAT_DISTANCE, negator->end);

	if (!(negator->tokens[at].flags & WORD_THAT))
		return false;
	for (uint32_t i = at + 1; i < end; i++) {
		if (negator->tokens[i].flags & WORD_NEGATOR)
			return true;
	}
	return false;
}

/* "Does not serve events that do not bubble": the clause belongs to the noun. */
static bool has_relative_clause(const struct negator *negator)
{
	uint32_t content = 0, at = negator->at + 1;
	uint32_t end = bounded(at + THAT_DISTANCE, negator->end);

	for (; at < end && !(negator->tokens[at].flags & WORD_THAT); at++)
		content += negator->tokens[at].content;
	return content > 1 && at < end && opens_denial(negator, at);
}

/* "It is not true that ...", "неверно, что ..." reach over the comma. */
static bool governs_sentence(const struct negator *negator)
{
	return negator->before <= NEGATION_EARLY_WORDS && has_that_clause(negator) &&
	       !(negator->flags & WORD_NEAR_NEGATOR) && !has_relative_clause(negator);
}

/* Where what the negator turns begins: "вместо того, чтобы", "no longer". */
static uint32_t start_of(const struct negator *negator)
{
	bool that = governs_sentence(negator);
	uint32_t start = negator->at + 1;

	if ((negator->flags & WORD_PARTICLE) && start < negator->end &&
	    (negator->tokens[start].flags & WORD_LINK))
		return start + 1;
	if (!that && !(negator->flags & WORD_INSTEAD))
		return start;
	while (start < negator->end && start <= negator->at + THAT_DISTANCE &&
	       (that ? !(negator->tokens[start].flags & WORD_THAT) && !negator->tokens[start].colon
	             : !negator->tokens[start].content))
		start++;
	return start < negator->end ? start : negator->at + 1;
}

/* The most content words that the negator turns. */
static uint32_t reach_of(const struct negator *negator)
{
	if (negator->flags & WORD_NEAR_NEGATOR)
		return NEGATION_NEAR_WORDS;
	return negator->before <= NEGATION_EARLY_WORDS ? UINT32_MAX : NEGATION_WORDS;
}

/* True if what a negator turns ends before the token: a reason, a condition, a "but". */
static bool is_boundary(const struct negator *negator, uint32_t at)
{
	unsigned flags = negator->tokens[at].flags;

	if (flags & (WORD_CONTRAST | WORD_REASON))
		return true;
	return ((flags & WORD_IF) && !(flags & WORD_NEGATOR)) || opens_denial(negator, at);
}

static void spare(struct token *token)
{
	token->negated = token->direct = false;
}

/*
 * What the negator does not deny though it stands before `next`, where its reach ends:
 * the verb of "not fitted on all rows, only on some" and the noun of "does not see
 * events that do not bubble".
 */
static void spare_shared(const struct negator *negator, uint32_t next)
{
	struct token *tokens = negator->tokens;
	uint32_t verb = negator->at + 1;

	if (next >= negator->end)
		return;
	if (opens_denial(negator, next) && !tokens[next - 1].direct)
		spare(&tokens[next - 1]);
	if (!(tokens[next].flags & WORD_RESTRICTOR) ||
	    tokens[next].clause == tokens[next - 1].clause)
		return;
	while (verb < next && !tokens[verb].direct)
		verb++;
	if (verb < next)
		spare(&tokens[verb]);
}

/* Returns the number of content words that were turned. */
static uint32_t turn_following(const struct negator *negator)
{
	uint32_t end = bounded(negator->at + NEGATION_REACH, negator->end);
	uint32_t start = start_of(negator), most = reach_of(negator), turned = 0;
	uint32_t clause = negator->tokens[start < end ? start : negator->at].clause, i;
	bool whole = governs_sentence(negator);

	if (!(negator->flags & WORD_INSTEAD))
		clause = negator->tokens[negator->at].clause;
	for (i = start; i < end && turned < most; i++) {
		struct token *token = &negator->tokens[i];

		if ((whole ? turned > 0 : i > start) && is_boundary(negator, i))
			break;
		if (token->clause != clause && (!whole || (token->flags & WORD_NEGATOR)))
			break;
		turn(token, negator);
		token->direct |= turned == 0 && token->content;
		turned += token->content;
	}
	if (!whole)
		spare_shared(negator, i);
	return turned;
}

/* "... and UDP does not": what the negator denies stands before it. Returns as above. */
static uint32_t turn_preceding(const struct negator *negator)
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
		token->direct |= turned == 0 && token->content;
		turned += token->content;
	}
	return turned;
}

/* "Прав нет у гостя": what is absent stands before the word. */
static bool is_absence(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	const struct token *next = next_of(negator, negator->at);

	return (negator->flags & WORD_LACK) && negator->before > 0 && next != NULL &&
	       next->clause == self->clause && !next->content && !(next->flags & WORD_NEGATOR);
}

/* "A lock is not needed": such a word is said of what stands before it. */
static bool denies_need(const struct negator *negator)
{
	if (negator->flags & WORD_NEAR_NEGATOR)
		return false;
	for (uint32_t i = negator->at + 1; i < negator->end && i <= negator->at + NEED_DISTANCE;
	     i++) {
		if (negator->tokens[i].flags & WORD_NEED)
			return true;
	}
	return false;
}

/* "Changes nothing": true if there is such a verb; it is turned. */
static bool turn_verb(const struct negator *negator)
{
	struct token *verb;

	if (!(negator->flags & WORD_NOTHING) || negator->at == negator->first)
		return false;
	verb = &negator->tokens[negator->at - 1];
	if (!verb->content || verb->clause != negator->tokens[negator->at].clause)
		return false;
	turn(verb, negator);
	verb->direct = true;
	return true;
}

/* "Never X without Y" denies neither of them: true if it is so, X is set straight. */
static bool lifts_denial(const struct negator *negator)
{
	const struct token *self = &negator->tokens[negator->at];
	uint32_t other = self->negator, end = bounded(other + NEGATION_REACH, negator->end);

	if (!is_absence_word(negator->flags) || !self->negated)
		return false;
	for (uint32_t i = other + 1; i < end; i++) {
		if (negator->tokens[i].negated && negator->tokens[i].negator == other)
			spare(&negator->tokens[i]);
	}
	return true;
}

static void apply(struct passage *passage, const struct negator *negator)
{
	struct sentence *sentence = &passage->sentences[passage->tokens[negator->at].sentence];
	bool need = denies_need(negator) || is_absence(negator);

	if (is_void(negator) || is_double(negator) || lifts_denial(negator))
		return;
	if (negator->flags & WORD_FALSIFIER)
		sentence->denied = sentence->first; /* "a myth: ... It is not so" denies once */
	if (negator->hypothetical)
		sentence->conditional = true;
	if (turn_verb(negator) || (!is_absence(negator) && turn_following(negator) > 0 && !need))
		return;
	if (turn_preceding(negator) == 0)
		sentence->vague = true;
	if (!need)
		sentence->elliptic = true;
}

void negation_mark(struct passage *passage)
{
	uint32_t before = 0;
	bool hypothetical = false;

	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];
		const struct sentence *sentence = &passage->sentences[token->sentence];
		struct negator negator = { .tokens = passage->tokens,
			                   .at = i,
			                   .first = sentence->first,
			                   .end = sentence->end,
			                   .flags = token->flags };

		if (i == sentence->first)
			before = hypothetical = 0;
		hypothetical |= (token->flags & WORD_IF) &&
		                (before == 0 || !is_absence_word(token->flags));
		negator.hypothetical = hypothetical;
		negator.before = before;
		before += token->content;
		if ((token->flags & (WORD_NEGATOR | WORD_FALSIFIER)) && i < sentence->verdict)
			apply(passage, &negator);
	}
}
