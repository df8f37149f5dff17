#include "examiner/intent.h"

#include "examiner/intent_words.h"

/* Words of a message beyond which it is no mere wish, question or order. */
enum {
	WISH_MAX = 14,
	EXPLAIN_MAX = 30,
	EXPLAIN_SHORT_MAX = 4,
	EXPLAIN_FROM = 4,
	QUESTION_MAX = 30,
	AWAY_MAX = 60,
	NAME_MAX = 30
};

/* True if the message is made of wishes and fillers only, with a wish among them. */
static bool consists_of(const struct utterance *utterance, const struct intent_words *words)
{
	bool wished = false;
	size_t at = 0;

	if (utterance->count > WISH_MAX)
		return false;
	while (at < utterance->count) {
		size_t wish = utterance_match_any(utterance, at, words->wishes);
		size_t filler = utterance_match_any(utterance, at, words->fillers);

		if (wish == 0 && filler == 0)
			return false;
		wished = wished || wish >= filler;
		at = wish >= filler ? wish : filler;
	}
	return wished;
}

bool intent_stops(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_stop);
}

bool intent_does_not_know(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_unknown);
}

bool intent_asks_hint(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_hint);
}

bool intent_has_solved(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_solved);
}

bool intent_asks_to_explain(const struct utterance *utterance)
{
	if (utterance->count > EXPLAIN_MAX)
		return false;
	for (size_t at = 0; at < utterance->count && at < EXPLAIN_FROM; at++) {
		if (utterance->words[at].sentence > 0)
			break;
		if (utterance_match_any(utterance, at, intent_words_explain) != 0)
			return true;
	}
	return utterance->count <= EXPLAIN_SHORT_MAX &&
	       utterance_match_any(utterance, 0, intent_words_explain_short) != 0;
}

bool intent_asks(const struct utterance *utterance)
{
	return utterance->asks && utterance->count <= QUESTION_MAX &&
	       utterance_match_any(utterance, 0, intent_words_question) != 0;
}

/* True if only lead words ("please", "now") stand between the sentence's start and `at`. */
static bool opens_sentence(const struct utterance *utterance, size_t at)
{
	size_t i = at - utterance->words[at].in_sentence;

	while (i < at) {
		size_t end = utterance_match_any(utterance, i, intent_words_lead);

		if (end == 0)
			return false;
		i = end;
	}
	return true;
}

/* Quoted orders and orders told of in the middle of a sentence are somebody else's. */
bool intent_leads_away(const struct utterance *utterance)
{
	for (size_t at = 0; at < utterance->count; at++) {
		const struct utterance_word *word = &utterance->words[at];

		if (utterance->count > AWAY_MAX && word->sentence > 0)
			return false;
		if (!word->quoted && utterance_match_any(utterance, at, intent_words_away) != 0 &&
		    opens_sentence(utterance, at))
			return true;
	}
	return false;
}

bool intent_introduces(const struct utterance *utterance)
{
	if (consists_of(utterance, &intent_words_greeting))
		return true;
	if (utterance->count > NAME_MAX)
		return false;
	for (size_t at = 0; at < utterance->count && utterance->words[at].sentence <= 1; at++)
		if (utterance_match_any(utterance, at, intent_words_name) != 0)
			return utterance->words[at].in_sentence <= 2;
	return false;
}

enum intent_reply intent_reply(const struct utterance *utterance)
{
	if (consists_of(utterance, &intent_words_no))
		return INTENT_NO;
	if (consists_of(utterance, &intent_words_yes))
		return INTENT_YES;
	return INTENT_NEITHER;
}
