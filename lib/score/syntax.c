#include "score/syntax.h"

#include <stdlib.h>
#include <string.h>

#include "score/constants.h"
#include "score/words.h"

/* The flags by short names, so that the table below can be read. */
enum {
	ART = WORD_ARTICLE,
	OPEN = WORD_OPENER,
	JOIN = WORD_JOINS,
	SHUT = WORD_NO_OBJECT,
	MOD = WORD_AFTER_ARTICLE
};

struct entry {
	const char *word;
	unsigned flags;
};

/* In strcmp order. */
static const struct entry entries[] = {
	{ "a", ART | OPEN },    { "about", OPEN },
	{ "above", MOD },       { "all", MOD },
	{ "although", SHUT },   { "am", SHUT },
	{ "among", OPEN },      { "an", ART | OPEN },
	{ "and", JOIN | SHUT }, { "any", MOD },
	{ "are", SHUT },        { "at", OPEN },
	{ "because", SHUT },    { "been", SHUT },
	{ "being", MOD },       { "between", OPEN },
	{ "but", SHUT },        { "by", OPEN },
	{ "can", SHUT },        { "could", SHUT },
	{ "did", SHUT },        { "does", SHUT },
	{ "during", OPEN },     { "example", MOD },
	{ "few", MOD },         { "first", MOD },
	{ "for", OPEN },        { "from", OPEN },
	{ "further", MOD },     { "had", SHUT },
	{ "has", SHUT },        { "he", SHUT },
	{ "i", SHUT },          { "idea", MOD },
	{ "if", SHUT },         { "in", OPEN },
	{ "into", OPEN },       { "is", SHUT },
	{ "lot", MOD },         { "many", MOD },
	{ "may", SHUT },        { "might", SHUT },
	{ "more", MOD },        { "most", MOD },
	{ "must", SHUT },       { "not", MOD },
	{ "of", OPEN },         { "on", OPEN },
	{ "once", MOD },        { "only", MOD },
	{ "or", JOIN | SHUT },  { "other", MOD },
	{ "others", MOD },      { "over", OPEN },
	{ "own", MOD },         { "per", OPEN },
	{ "same", MOD },        { "shall", SHUT },
	{ "she", SHUT },        { "should", SHUT },
	{ "since", SHUT },      { "so", SHUT },
	{ "the", ART | OPEN },  { "then", SHUT },
	{ "they", SHUT },       { "thing", MOD },
	{ "things", MOD },      { "though", SHUT },
	{ "through", OPEN },    { "to", OPEN },
	{ "toward", OPEN },     { "towards", OPEN },
	{ "under", OPEN },      { "unless", SHUT },
	{ "until", SHUT },      { "upon", OPEN },
	{ "very", MOD },        { "via", OPEN },
	{ "was", SHUT },        { "way", MOD },
	{ "we", SHUT },         { "well", MOD },
	{ "were", SHUT },       { "whereas", SHUT },
	{ "whole", MOD },       { "will", SHUT },
	{ "with", OPEN },       { "within", OPEN },
	{ "without", OPEN },    { "would", SHUT },
	{ "а", SHUT },          { "або", JOIN | SHUT },
	{ "але", SHUT },        { "без", OPEN | SHUT },
	{ "би", SHUT },         { "був", SHUT },
	{ "буде", SHUT },       { "будет", SHUT },
	{ "була", SHUT },       { "були", SHUT },
	{ "бы", SHUT },         { "был", SHUT },
	{ "была", SHUT },       { "были", SHUT },
	{ "было", SHUT },       { "в", OPEN | SHUT },
	{ "ви", SHUT },         { "во", OPEN | SHUT },
	{ "вона", SHUT },       { "вони", SHUT },
	{ "вы", SHUT },         { "від", OPEN | SHUT },
	{ "він", SHUT },        { "да", JOIN },
	{ "для", OPEN | SHUT }, { "до", OPEN | SHUT },
	{ "если", SHUT },       { "есть", SHUT },
	{ "же", SHUT },         { "з", OPEN | SHUT },
	{ "за", OPEN },         { "и", JOIN | SHUT },
	{ "из", OPEN | SHUT },  { "или", JOIN | SHUT },
	{ "й", JOIN | SHUT },   { "к", OPEN | SHUT },
	{ "ко", OPEN | SHUT },  { "ли", SHUT },
	{ "между", OPEN },      { "ми", SHUT },
	{ "мы", SHUT },         { "між", OPEN },
	{ "на", OPEN | SHUT },  { "над", OPEN | SHUT },
	{ "не", SHUT },         { "но", SHUT },
	{ "о", OPEN | SHUT },   { "об", OPEN | SHUT },
	{ "около", OPEN },      { "он", SHUT },
	{ "она", SHUT },        { "они", SHUT },
	{ "от", OPEN | SHUT },  { "перед", OPEN },
	{ "по", OPEN | SHUT },  { "под", OPEN },
	{ "потому", SHUT },     { "поэтому", SHUT },
	{ "при", OPEN | SHUT }, { "про", OPEN | SHUT },
	{ "проти", OPEN },      { "против", OPEN },
	{ "під", OPEN },        { "с", OPEN | SHUT },
	{ "серед", OPEN },      { "со", OPEN | SHUT },
	{ "та", JOIN },         { "также", SHUT },
	{ "також", SHUT },      { "ты", SHUT },
	{ "у", OPEN | SHUT },   { "хотя", SHUT },
	{ "хоча", SHUT },       { "через", OPEN | SHUT },
	{ "чи", JOIN | SHUT },  { "чтобы", SHUT },
	{ "щоб", SHUT },        { "щодо", OPEN },
	{ "я", SHUT },          { "является", SHUT },
	{ "якщо", SHUT },       { "є", SHUT },
	{ "і", JOIN },          { "із", OPEN | SHUT },
};

static int compare(const void *key, const void *element)
{
	return strcmp(key, ((const struct entry *)element)->word);
}

unsigned syntax_flags(const char *word)
{
	const struct entry *entry = bsearch(word, entries, sizeof(entries) / sizeof(entries[0]),
	                                    sizeof(entries[0]), compare);

	return entry != NULL ? entry->flags : 0;
}

/* True if `next`, a function word, or the sentence's end cannot follow `word`. */
static bool is_broken(const struct token *word, const struct token *next, const struct token *end)
{
	if (next == end)
		return true;
	if (!(word->flags & WORD_ARTICLE))
		return (next->flags & WORD_NO_OBJECT) != 0;
	return !next->content && !(next->flags & WORD_AFTER_ARTICLE);
}

double syntax_broken(const struct passage *passage)
{
	uint32_t openers = 0, broken = 0;

	for (uint32_t s = 0; s < passage->sentence_count; s++) {
		const struct token *end = passage->tokens + passage->sentences[s].end;

		for (uint32_t i = passage->sentences[s].first; i < passage->sentences[s].end; i++) {
			const struct token *token = &passage->tokens[i];

			if (!(token->flags & WORD_OPENER))
				continue;
			openers++;
			broken += is_broken(token, token + 1, end);
		}
	}
	return (double)broken / (openers > SYNTAX_OPENERS_MIN ? openers : SYNTAX_OPENERS_MIN);
}

/* A clause while it is read. */
struct clause {
	uint32_t run, cyrillic; /* content words since the last function word */
	uint32_t binding;       /* function words that say more than "the" and "and" */
	uint32_t lone, bare;    /* words in runs of one, and in runs that no prose has */
	uint32_t cases;         /* the shortest such run in Russian or Ukrainian */
};

static void end_run(struct clause *clause)
{
	clause->lone += clause->run == 1;
	if (clause->run >= (clause->cyrillic > 0 ? clause->cases : SYNTAX_RUN))
		clause->bare += clause->run;
	clause->run = clause->cyrillic = 0;
}

static uint32_t end_clause(struct clause *clause)
{
	uint32_t bare;

	end_run(clause);
	bare = clause->bare + (clause->binding == 0 ? clause->lone : 0);
	*clause = (struct clause){ .cases = clause->cases };
	return bare;
}

/* Numbers and single letters make formulas, not lists of words. */
static bool is_term(const struct vocab *vocab, const struct token *token)
{
	return !token->figure && vocab_word_at(vocab, token->word)->length > 1;
}

/* Whether the token stands on a line of its own. */
static bool is_line(const struct passage *passage, uint32_t i)
{
	return passage->tokens[i].line && (i + 1 == passage->count || passage->tokens[i + 1].line);
}

double syntax_bare(const struct vocab *vocab, const struct passage *passage)
{
	bool brief = passage->content_count < SYNTAX_BRIEF;
	struct clause clause = { .cases = brief ? SYNTAX_RUN_BRIEF : SYNTAX_RUN };
	uint32_t bare = 0, words = 0;

	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];

		if (i > 0 && (token->clause != token[-1].clause || is_line(passage, i - 1) ||
		              is_line(passage, i)))
			bare += end_clause(&clause);
		if (token->content && !is_term(vocab, token))
			continue;
		if (token->content) {
			words++;
			clause.run++;
			clause.cyrillic += (vocab_word_at(vocab, token->word)->bytes[0] & 0x80) !=
			                   0;
		} else {
			end_run(&clause);
			clause.binding += !(token->flags & (WORD_ARTICLE | WORD_JOINS));
		}
	}
	bare += end_clause(&clause);
	return words >= SYNTAX_RUN ? (double)bare / words : 0;
}

bool syntax_like_verb(const struct vocab_word *word)
{
	static const char *const endings[] = {
		"s",   "ed",  "ет",  "ит",  "ют",  "ут", "ят",  "ся",  "сь",  "ает", "ать",
		"ять", "ить", "еть", "уть", "ють", "є",  "ти",  "ал",  "ил",  "ел",  "ял",
		"ала", "ила", "али", "или", "ив",  "ав", "ено", "ано", "ены", "аны", "ена",
	};

	if (word->len > 2 && word->bytes[word->len - 2] == 's')
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t len = strlen(endings[i]);

		if (word->len > len + 1 &&
		    memcmp(word->bytes + word->len - len, endings[i], len) == 0)
			return true;
	}
	return false;
}

/* What a clause consists of. */
struct phrase {
	uint32_t terms, signs; /* content words; among them numbers and single letters */
	uint32_t binding;      /* function words that say more than "and then the" */
	uint32_t verbs;        /* words like verbs that others surround */
};

/* A text of one clause is a list of its lines; other texts may be wrapped anywhere. */
static bool is_of_lines(const struct passage *passage)
{
	return passage->tokens[0].clause == passage->tokens[passage->count - 1].clause;
}

/* Whether the clause, or line of a text of lines, goes on after token i. */
static bool goes_on(const struct passage *passage, uint32_t i)
{
	const struct token *token = &passage->tokens[i];

	return i + 1 < passage->count && token[1].clause == token->clause &&
	       !(token[1].line && is_of_lines(passage));
}

/* Reads the phrase that starts at token *at and leaves *at behind it. */
static struct phrase read_phrase(const struct vocab *vocab, const struct passage *passage,
                                 uint32_t *at)
{
	struct phrase phrase = { 0 };
	bool more;

	do {
		const struct token *token = &passage->tokens[*at];

		more = goes_on(passage, *at);
		*at += 1;
		if (!token->content) {
			phrase.binding += !(token->flags &
			                    (WORD_ARTICLE | WORD_JOINS | WORD_CONNECTIVE));
			continue;
		}
		phrase.verbs += phrase.terms > 0 && more &&
		                syntax_like_verb(vocab_word_at(vocab, token->word));
		phrase.terms++;
		phrase.signs += !is_term(vocab, token);
	} while (more);
	return phrase;
}

double syntax_named(const struct vocab *vocab, const struct passage *passage)
{
	uint32_t phrases = 0, words = 0, named = 0;

	for (uint32_t at = 0; at < passage->count;) {
		struct phrase phrase = read_phrase(vocab, passage, &at);

		phrases += phrase.terms > 0;
		words += phrase.terms;
		if (phrase.binding == 0 && phrase.verbs == 0 && phrase.terms <= SYNTAX_TERM_WORDS)
			named += phrase.terms - phrase.signs;
	}
	return phrases >= SYNTAX_TERMS_MIN ? (double)named / words : 0;
}
