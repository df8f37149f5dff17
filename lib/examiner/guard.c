#include "examiner/guard.h"

#include <string.h>

#include "examiner/guard_forged.h"
#include "examiner/guard_words.h"
#include "score/words.h"

enum { MEANINGS = 3, SUBJECT_BEFORE = 2, FORM_BEFORE = 4, NEXT_WORDS = 4 };

/* Words that make an order when they stand near the one that commands. */
static const struct rule {
	unsigned anchor, needs[MEANINGS]; /* each need: a word with any of these meanings */
	size_t reach;                     /* words to either side of the anchor */
} rules[] = {
	{ GUARD_OVERRIDE, { GUARD_EARLIER, GUARD_RULES }, 7 },
	{ GUARD_OVERRIDE, { GUARD_ALL, GUARD_ORDERS }, 6 },
	{ GUARD_OVERRIDE, { GUARD_YOU, GUARD_GRADER }, 6 },
	{ GUARD_GIVE, { GUARD_MOST, GUARD_MARK }, 9 },
	{ GUARD_GIVE, { GUARD_MOST, GUARD_SCORE, GUARD_ME }, 12 },
	{ GUARD_SAY, { GUARD_TOP, GUARD_MARK | GUARD_SCORE, GUARD_ME }, 12 },
	{ GUARD_RATE, { GUARD_ME, GUARD_TOP }, 9 },
	{ GUARD_TREAT, { GUARD_ME, GUARD_GOOD }, 9 },
	{ GUARD_TREAT, { GUARD_SECRET | GUARD_WISHED, GUARD_GOOD }, 9 },
	{ GUARD_GIVE, { GUARD_SECRET | GUARD_WISHED, GUARD_GOOD }, 12 },
	{ GUARD_MARK, { GUARD_MUST, GUARD_TOP }, 7 },
	{ GUARD_SCORE, { GUARD_MUST, GUARD_TOP, GUARD_ME }, 9 },
	{ GUARD_DESERVE, { GUARD_MOST, GUARD_MARK | GUARD_SCORE }, 7 },
	{ GUARD_WISHED | GUARD_SECRET, { GUARD_ALL, GUARD_GOOD, GUARD_ME | GUARD_YOU }, 9 },
	{ GUARD_REVEAL, { GUARD_SECRET }, 8 },
	{ GUARD_REVEAL, { GUARD_WISHED, GUARD_ME | GUARD_YOU }, 9 },
	{ GUARD_ACT, { GUARD_ROLE }, 7 },
};

/* Words of these meanings command; only in the form of a command do they count. */
static const unsigned commands = GUARD_OVERRIDE | GUARD_GIVE | GUARD_SAY | GUARD_RATE |
                                 GUARD_TREAT | GUARD_REVEAL | GUARD_ACT;

static const char *const you_must[] = {
	"you|grader|examiner|evaluator|model|ai|assistant|llm|interviewer "
	"must|should|shall|will|to",
	"you|grader|examiner|evaluator|model|ai|assistant|llm have|need|are to",
	"must|should|can|could|would|will you",
	"you can|could|may",
	"required|ordered|obliged|mandatory to",
	NULL,
};

static const char *const next_words[] = {
	"instead|then|afterwards|next|finally|now|rather",
	"вместо этого",
	"затем|потом|далее|теперь|после|натомість|потім|далі|тепер",
	"замість цього",
	NULL,
};

/* English verbs command at the start of a sentence or clause and after "you must". */
static bool commands_at(const struct guard_sense *sense, size_t at)
{
	const struct utterance *words = &sense->text.words;
	size_t sentence = words->words[at].sentence;
	unsigned before = at == 0 ? 0 : guard_sense_at(sense, at - 1, sentence);

	if (before & GUARD_NOT)
		return false;
	if (!(sense->meanings[at] & (GUARD_BARE | GUARD_ORDER_OPEN)))
		return true;
	if (sense->text.places[at].opens || (before & GUARD_LEAD))
		return true;
	for (size_t from = at < FORM_BEFORE ? 0 : at - FORM_BEFORE; from < at; from++)
		if (words->words[from].sentence == sentence &&
		    utterance_match_any(words, from, you_must) == at)
			return true;
	return false;
}

/* The word nearest to `at`, but not itself, with one of the meanings; `at` for none. */
static size_t nearest(const struct guard_sense *sense, size_t at, unsigned wanted, size_t reach)
{
	size_t sentence = sense->text.words.words[at].sentence;

	for (size_t d = 1; d <= reach; d++) {
		if (guard_sense_at(sense, at + d, sentence) & wanted)
			return at + d;
		if (d <= at && (guard_sense_at(sense, at - d, sentence) & wanted))
			return at - d;
	}
	return at;
}

/* The words that a rule takes for an order; false: not all of them are there. */
static bool rule_matches(const struct guard_sense *sense, const struct rule *rule, size_t at,
                         struct score_span *ret_words)
{
	*ret_words = (struct score_span){ at, at };
	if (!(sense->meanings[at] & rule->anchor))
		return false;
	if ((rule->anchor & commands) && !commands_at(sense, at))
		return false;
	for (size_t i = 0; i < MEANINGS && rule->needs[i] != 0; i++) {
		size_t found = nearest(sense, at, rule->needs[i], rule->reach);

		if (found == at)
			return false;
		if (found < ret_words->start)
			ret_words->start = found;
		if (found > ret_words->end)
			ret_words->end = found;
	}
	return true;
}

static bool sentence_has(const struct guard_sense *sense, size_t at, size_t back, unsigned wanted)
{
	const struct utterance_word *words = sense->text.words.words;

	for (size_t i = at + 1; i-- > 0 && words[i].sentence + back >= words[at].sentence;)
		if (sense->meanings[i] & wanted)
			return true;
	for (size_t i = at + 1;
	     guard_sense_at(sense, i, words[at].sentence) != 0 ||
	     (i < sense->text.words.count && words[i].sentence == words[at].sentence);
	     i++)
		if (sense->meanings[i] & wanted)
			return true;
	return false;
}

/* True if the order is somebody else's: told of or quoted, or meant for a processor. */
static bool is_told_of(const struct guard_sense *sense, size_t at)
{
	if ((sense->meanings[at] & GUARD_OVERRIDE) && sentence_has(sense, at, 0, GUARD_MACHINE))
		return true;
	if (sense->text.words.words[at].quoted)
		return sentence_has(sense, at, SUBJECT_BEFORE, GUARD_SUBJECT);
	if (sense->text.places[at].opens)
		return false;
	for (size_t i = at; i-- > 0;)
		if (guard_sense_at(sense, i, sense->text.words.words[at].sentence) & GUARD_SUBJECT)
			return true;
	return false;
}

static void mark_words(const struct guard_sense *sense, const struct score_span *words,
                       bool *flagged)
{
	for (size_t unit = sense->text.places[words->start].unit;
	     unit <= sense->text.places[words->end].unit; unit++)
		flagged[unit] = true;
}

static void mark_orders(const struct guard_sense *sense, bool *flagged)
{
	for (size_t at = 0; at < sense->text.words.count; at++) {
		unsigned meanings = sense->meanings[at];
		struct score_span words = { at, at };
		bool found = (meanings & GUARD_ORDER) ||
		             ((meanings & GUARD_ORDER_OPEN) && commands_at(sense, at));

		for (size_t i = 0; !found && i < sizeof(rules) / sizeof(*rules); i++)
			found = rule_matches(sense, &rules[i], at, &words);
		if (found && !is_told_of(sense, at))
			mark_words(sense, &words, flagged);
	}
}

/* "Instead, say ..." after an order goes on with it. */
static void mark_continued(const struct guard_sense *sense, bool *flagged)
{
	const struct guard_text *text = &sense->text;

	for (size_t at = 1; at < text->words.count; at++) {
		size_t unit = text->places[at].unit;

		if (text->places[at - 1].unit == unit || !flagged[unit - 1] ||
		    utterance_match_any(&text->words, at, next_words) == 0)
			continue;
		for (size_t i = at; i < at + NEXT_WORDS; i++)
			if (guard_sense_at(sense, i, text->words.words[at].sentence) & commands)
				flagged[unit] = true;
	}
}

static bool has_orders(struct arena *arena, const struct guard_index *index, const char *text)
{
	struct guard_sense sense;
	bool *flagged;

	guard_sense_read(arena, index, text, GUARD_AS_WRITTEN, &sense);
	flagged = arena_array(arena, sense.text.unit_count + 1, sizeof(*flagged));
	mark_orders(&sense, flagged);
	guard_forged_mark(&sense, flagged);
	return memchr(flagged, 1, sense.text.unit_count + 1) != NULL;
}

static void mark_encoded(struct arena *arena, const struct guard_index *index,
                         const struct guard_sense *sense, bool *flagged)
{
	struct score_span span;
	size_t offset = 0;
	const char *decoded;

	while ((decoded = guard_forged_decode(arena, sense->bytes, &offset, &span)) != NULL) {
		if (!has_orders(arena, index, decoded))
			continue;
		for (size_t i = 0; i < sense->text.unit_count; i++)
			if (sense->text.units[i].start < span.end &&
			    sense->text.units[i].end > span.start)
				flagged[i] = true;
	}
}

/* True if no word of content stands in a unit that is not flagged. */
static bool is_nothing_left(const struct guard_text *text, const bool *flagged)
{
	for (size_t i = 0; i < text->words.count; i++)
		if (!flagged[text->places[i].unit] &&
		    !(words_flags(text->words.words[i].text) & WORD_STOP))
			return false;
	return true;
}

static struct guard_orders collect(struct arena *arena, const struct guard_text *text,
                                   const bool *flagged)
{
	struct guard_orders orders = { .spans = arena_array(arena, text->unit_count + 1,
		                                            sizeof(struct score_span)) };

	for (size_t i = 0; i < text->unit_count; i++) {
		if (!flagged[i])
			continue;
		if (i > 0 && flagged[i - 1])
			orders.spans[orders.count - 1].end = text->units[i].end;
		else
			orders.spans[orders.count++] = text->units[i];
	}
	orders.is_all = orders.count > 0 && is_nothing_left(text, flagged);
	return orders;
}

void guard_find_orders(struct arena *arena, const char *text, struct guard_orders *ret_orders)
{
	struct arena *scratch = arena_create();
	const struct guard_index *index = guard_sense_index(scratch);
	struct guard_sense sense, other;
	size_t count;
	bool *flagged;

	guard_sense_read(scratch, index, text, GUARD_AS_WRITTEN, &sense);
	count = sense.text.unit_count;
	flagged = arena_array(scratch, count + 1, sizeof(*flagged));
	mark_orders(&sense, flagged);
	guard_forged_mark(&sense, flagged);
	for (int i = GUARD_AS_WRITTEN + 1; i < GUARD_READING_COUNT; i++) {
		guard_sense_read(scratch, index, text, (enum guard_reading)i, &other);
		guard_sense_carry(&sense, &other);
		mark_orders(&other, flagged);
	}
	mark_encoded(scratch, index, &sense, flagged);
	mark_continued(&sense, flagged);
	*ret_orders = collect(arena, &sense.text, flagged);
	arena_destroy(scratch);
}

const char *guard_without(struct arena *arena, const char *text, const struct guard_orders *orders)
{
	struct buf out;
	size_t at = 0;

	if (orders->count == 0)
		return text;
	buf_init(&out, arena);
	for (size_t i = 0; i < orders->count; i++) {
		buf_add(&out, text + at, orders->spans[i].start - at);
		buf_str(&out, "[…]");
		at = orders->spans[i].end;
	}
	buf_str(&out, text + at);
	return out.data;
}
