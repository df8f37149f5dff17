#include "score/retraction.h"

#include <stddef.h>

#include "score/stops.h"
#include "score/words.h"

/* What a word is good for in a sentence that takes something back. */
enum { FILLER = 1, POINTS = 2, ALL = 4, TRUE = 8, FALSE = 16 };

struct entry {
	const char *word;
	unsigned kind;
};

/* In strcmp order. A retraction has no other words, so that it says nothing else. */
static const struct entry entries[] = {
	{ "a", FILLER },        { "above", ALL },         { "actually", FILLER },
	{ "all", ALL },         { "am", FILLER },         { "an", FILLER },
	{ "anything", ALL },    { "are", FILLER },        { "arent", FILLER },
	{ "be", FILLER },       { "correct", TRUE },      { "course", FILLER },
	{ "do", FILLER },       { "does", FILLER },       { "doesnt", FILLER },
	{ "dont", FILLER },     { "everything", ALL },    { "false", FALSE },
	{ "have", FILLER },     { "here", FILLER },       { "hold", TRUE },
	{ "holds", TRUE },      { "i", FILLER },          { "incorrect", FALSE },
	{ "is", FILLER },       { "isnt", FILLER },       { "it", POINTS },
	{ "joke", FILLER },     { "joking", FILLER },     { "just", FILLER },
	{ "kidding", FILLER },  { "lie", FALSE },         { "lies", FALSE },
	{ "no", FILLER },       { "none", ALL },          { "nonsense", FALSE },
	{ "not", FILLER },      { "nothing", ALL },       { "of", FILLER },
	{ "only", FILLER },     { "really", FILLER },     { "right", TRUE },
	{ "said", FILLER },     { "sorry", FILLER },      { "that", POINTS },
	{ "the", FILLER },      { "these", POINTS },      { "they", POINTS },
	{ "this", POINTS },     { "those", POINTS },      { "told", FILLER },
	{ "true", TRUE },       { "untrue", FALSE },      { "was", FILLER },
	{ "wasnt", FILLER },    { "were", FILLER },       { "what", FILLER },
	{ "written", FILLER },  { "wrong", FALSE },       { "брехня", FALSE },
	{ "верно", TRUE },      { "взагалі", FILLER },    { "вище", ALL },
	{ "вообще", FILLER },   { "все", ALL },           { "всего", ALL },
	{ "всього", ALL },      { "выше", ALL },          { "вірно", TRUE },
	{ "деле", FILLER },     { "жартую", FILLER },     { "жодне", ALL },
	{ "з", FILLER },        { "здесь", FILLER },      { "из", FILLER },
	{ "ложно", FALSE },     { "ложь", FALSE },        { "на", FILLER },
	{ "написане", FILLER }, { "написанное", FILLER }, { "насправді", FILLER },
	{ "не", FILLER },       { "неверно", FALSE },     { "невірно", FALSE },
	{ "неправда", FALSE },  { "неправильно", FALSE }, { "нет", FILLER },
	{ "ни", ALL },          { "ничего", ALL },        { "ничто", ALL },
	{ "ні", FILLER },       { "нісенітниця", FALSE }, { "нічого", ALL },
	{ "ніщо", ALL },        { "пожартував", FILLER }, { "пожартувала", FILLER },
	{ "пошутил", FILLER },  { "пошутила", FILLER },   { "правда", TRUE },
	{ "правдой", TRUE },    { "правдою", TRUE },      { "правильно", TRUE },
	{ "самом", FILLER },    { "сказав", FILLER },     { "сказал", FILLER },
	{ "сказала", FILLER },  { "сказане", FILLER },    { "сказанное", FILLER },
	{ "так", TRUE },        { "те", POINTS },         { "то", POINTS },
	{ "тут", FILLER },      { "усе", ALL },           { "хибно", FALSE },
	{ "це", POINTS },       { "цього", POINTS },      { "цьому", POINTS },
	{ "что", FILLER },      { "чушь", FALSE },        { "шучу", FILLER },
	{ "що", FILLER },       { "это", POINTS },        { "этого", POINTS },
	{ "этом", POINTS },     { "этому", POINTS },      { "я", FILLER },
};

/* 0 for a word that no retraction has. */
static unsigned kind_of(const char *word)
{
	size_t first = 0, end = sizeof(entries) / sizeof(entries[0]);

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		int order = stops_compare(word, entries[middle].word);

		if (order == 0)
			return entries[middle].kind;
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return 0;
}

/* The negators count one by one in English, as one in Russian and Ukrainian. */
struct denials {
	uint32_t plain;
	bool concord;
};

static void count_denial(const struct passage *passage, uint32_t at, struct denials *denials)
{
	const struct token *token = &passage->tokens[at];
	const struct token *next = at + 1 < passage->count ? token + 1 : token;

	if (!(token->flags & WORD_NEGATOR))
		return;
	/* "No, that is wrong": an answer, no negation. */
	if ((token->flags & WORD_PARTICLE) && next->clause != token->clause)
		return;
	if (token->flags & WORD_CONCORD)
		denials->concord = true;
	else
		denials->plain++;
}

/* What the sentence takes back: POINTS, ALL or nothing at all. */
static unsigned retracted_by(const struct vocab *vocab, const struct passage *passage,
                             const struct sentence *sentence)
{
	struct denials denials = { 0 };
	unsigned kinds = 0;
	bool denied;

	for (uint32_t i = sentence->first; i < sentence->end; i++) {
		unsigned kind = kind_of(vocab_word_at(vocab, passage->tokens[i].word)->bytes);

		/* "Not all of this is true" leaves open what is. */
		if (kind == 0 || (kind == ALL && i > sentence->first &&
		                  (passage->tokens[i - 1].flags & WORD_NEGATOR)))
			return 0;
		kinds |= kind;
		count_denial(passage, i, &denials);
	}
	denied = (denials.plain + denials.concord) % 2 == 1;
	if (!(kinds & (TRUE | FALSE)) || sentence->question || denied == !!(kinds & FALSE))
		return 0;
	return kinds & ALL ? ALL : kinds & POINTS;
}

void retraction_find(const struct vocab *vocab, struct passage *passage)
{
	uint32_t first = 0; /* sentences before it are taken back already */

	for (uint32_t s = 1; s < passage->sentence_count; s++) {
		struct sentence *sentence = &passage->sentences[s];
		unsigned taken = retracted_by(vocab, passage, sentence);

		if (taken == 0)
			continue;
		for (uint32_t from = taken == ALL ? first : s - 1; from < s; from++)
			passage->sentences[from].denied = passage->sentences[from].end;
		sentence->verdict = sentence->first;
		first = s + 1;
	}
}
