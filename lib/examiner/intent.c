#include "examiner/intent.h"

#include <stdlib.h>
#include <string.h>

#include "examiner/intent_talk.h"
#include "examiner/intent_words.h"

/* Words of a message beyond which it is no mere wish, question or order. */
enum {
	WISH_MAX = 24,
	REASON_MAX = 16,
	DECLINE_MAX = 10,
	EXPLAIN_MAX = 30,
	EXPLAIN_SHORT_MAX = 4,
	EXPLAIN_FROM = 4,
	QUESTION_MAX = 30,
	PLAIN_QUESTION_MAX = 10,
	AWAY_MAX = 60,
	CHAT_MAX = 20,
	PERSONAL_MAX = 5,
	NAME_MAX = 30
};

/* Words that may stand behind an open wish: what one does not know, why one has to go. */
enum { OBJECT_MAX = 5 };

/* Letters of a message that is drummed on the keyboard, at least, and columns between two. */
enum { NOISE_MIN = 5, NOISE_STEP = 3 };

static size_t longer(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t match_list(const struct utterance *utterance, size_t at, const char *const *list)
{
	return list != NULL ? utterance_match_any(utterance, at, list) : 0;
}

/* True if an open wording stands at `at` and the clause ends soon behind it. */
static bool opens(const struct utterance *clause, size_t at, const char *const *list)
{
	const size_t end = match_list(clause, at, list);

	return end != 0 && clause->count - end <= OBJECT_MAX;
}

/* The message without particles ("really", "вообще"), of which any may stand anywhere. */
struct plain {
	struct utterance_word words[WISH_MAX];
	struct utterance utterance;
};

static void make_plain(const struct utterance *utterance, struct plain *ret_plain)
{
	struct utterance *plain = &ret_plain->utterance;

	*plain = (struct utterance){ .words = ret_plain->words, .asks = utterance->asks };
	for (size_t at = 0; at < utterance->count; at++)
		if (utterance_match_any(utterance, at, intent_words_particles) == 0)
			ret_plain->words[plain->count++] = utterance->words[at];
}

/* True if the clause has nothing but wishes, fillers and excuses; notes a wish. */
static bool read_clause(const struct utterance *clause, const struct intent_words *words,
                        bool *wished)
{
	size_t at = 0;

	while (at < clause->count) {
		const size_t wish = utterance_match_any(clause, at, words->wishes);
		const size_t filler = longer(match_list(clause, at, words->fillers),
		                             match_list(clause, at, intent_words_polite));

		if (opens(clause, at, words->opens)) {
			*wished = true;
			return true;
		}
		if (opens(clause, at, words->excuses))
			return true;
		if (wish == 0 && filler == 0)
			return false;
		*wished = *wished || wish >= filler;
		at = longer(wish, filler);
	}
	return true;
}

/* True if every clause is a wish or says nothing, and there is a wish. */
static bool consists_of(const struct utterance *utterance, const struct intent_words *words)
{
	struct plain plain;
	bool wished = false;
	size_t at = 0;

	if (utterance->count > WISH_MAX)
		return false;
	make_plain(utterance, &plain);
	while (at < plain.utterance.count) {
		const struct utterance clause = utterance_clause(&plain.utterance, at);

		if (!read_clause(&clause, words, &wished))
			return false;
		at += clause.count;
	}
	return wished;
}

/* True if the clause is a wish that needs no other to be understood: it says of what. */
static bool is_plain_wish(const struct utterance *clause, const struct intent_words *words,
                          const char *const *bound_words)
{
	bool wished = false, bound = false;

	for (size_t at = 0; at < clause->count; at++)
		bound = bound || utterance_match_any(clause, at, bound_words) != 0;
	return bound && read_clause(clause, words, &wished) && wished;
}

/* "I cannot take it any more, end the interview": a plain wish, and a short reason. */
static bool asks_with_reason(const struct utterance *utterance, const struct intent_words *words,
                             const char *const *bound_words)
{
	struct plain plain;
	bool asked = false;
	size_t at = 0;

	if (utterance->count > REASON_MAX)
		return false;
	make_plain(utterance, &plain);
	while (at < plain.utterance.count) {
		const struct utterance clause = utterance_clause(&plain.utterance, at);

		for (size_t i = 0; i < clause.count; i++)
			if (clause.words[i].quoted ||
			    utterance_match_any(&clause, i, intent_words_told) != 0)
				return false;
		asked = asked || is_plain_wish(&clause, words, bound_words);
		at += clause.count;
	}
	return asked;
}

bool intent_stops(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_stop) ||
	       asks_with_reason(utterance, &intent_words_stop, intent_words_bound);
}

bool intent_does_not_know(const struct utterance *utterance)
{
	return consists_of(utterance, &intent_words_unknown) ||
	       asks_with_reason(utterance, &intent_words_unknown, intent_words_skip);
}

bool intent_declines(const struct utterance *utterance)
{
	struct plain plain;
	struct utterance clause;
	bool wished = false;

	if (utterance->count > DECLINE_MAX || utterance->count == 0)
		return false;
	make_plain(utterance, &plain);
	clause = utterance_clause(&plain.utterance, 0);
	for (size_t at = 0; at < plain.utterance.count; at++)
		if (utterance_match_any(&plain.utterance, at, intent_words_attempt) != 0)
			return false;
	return read_clause(&clause, &intent_words_unknown, &wished) && wished;
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
	size_t at = 0;

	if (utterance->count > EXPLAIN_MAX)
		return false;
	while (at < utterance->count) {
		const struct utterance clause = utterance_clause(utterance, at);

		for (size_t i = 0; i < clause.count && i < EXPLAIN_FROM; i++)
			if (!clause.words[i].quoted &&
			    utterance_match_any(utterance, at + i, intent_talk_explain) != 0)
				return true;
		at += clause.count;
	}
	return utterance->count <= EXPLAIN_SHORT_MAX &&
	       utterance_match_any(utterance, 0, intent_talk_explain_short) != 0;
}

/* Where the lead words ("please", "now", "but") that open the clause end. */
static size_t behind_leads(const struct utterance *clause)
{
	size_t at = 0, end;

	while (at < clause->count && (end = utterance_match_any(clause, at, intent_talk_lead)) != 0)
		at = end;
	return at;
}

/* True if any clause starts with one of the wordings, behind lead words or at once. */
static bool starts_clause(const struct utterance *utterance, const char *const *list)
{
	size_t at = 0;

	while (at < utterance->count) {
		const struct utterance clause = utterance_clause(utterance, at);
		const size_t leads = behind_leads(&clause);

		for (size_t i = 0; i <= leads && i < clause.count; i++)
			if (!clause.words[i].quoted &&
			    utterance_match_any(utterance, at + i, list) != 0)
				return true;
		at += clause.count;
	}
	return false;
}

/* "..., right?" checks an answer of one's own, unless it asks what the interviewer means. */
static bool ends_with_tag(const struct utterance *utterance)
{
	const size_t last = utterance->count - 1;

	return last > 0 && utterance_match_any(utterance, last, intent_talk_tag) != 0 &&
	       utterance->words[last].clause != utterance->words[last - 1].clause;
}

bool intent_asks(const struct utterance *utterance)
{
	if (!utterance->asks || utterance->count > QUESTION_MAX)
		return false;
	if (starts_clause(utterance, intent_talk_meaning))
		return true;
	if (ends_with_tag(utterance) || starts_clause(utterance, intent_talk_guess))
		return false;
	return utterance->count <= PLAIN_QUESTION_MAX ||
	       starts_clause(utterance, intent_talk_question);
}

/* Quoted orders and orders told of in the middle of a clause are somebody else's. */
bool intent_leads_away(const struct utterance *utterance)
{
	struct utterance head = *utterance;

	if (utterance->count > AWAY_MAX)
		while (head.words[head.count - 1].sentence > 0)
			head.count--;
	return starts_clause(&head, intent_talk_away);
}

/* A place on the keyboard; row -1: none. `step`: columns to the next letter, at most. */
struct key {
	int row, column, step;
};

/* Idle fingers lie on the middle rows and may jump a little; on others they only slide. */
static struct key key_of(const char *letter, size_t bytes)
{
	static const struct {
		const char *letters;
		int step;
	} rows[] = {
		{ "asdfghjkl", NOISE_STEP },
		{ "фывапролджэ", NOISE_STEP },
		{ "фівапролджє", NOISE_STEP },
		{ "qwertyuiop", 1 },
		{ "йцукенгшщзх", 1 },
		{ "zxcvbnm", 1 },
		{ "ячсмитьбю", 1 },
	};

	for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
		const char *found = strstr(rows[row].letters, letter);

		if (found != NULL)
			return (struct key){
				.row = rows[row].step == 1 ? (int)row : 0,
				.column = (int)((size_t)(found - rows[row].letters) / bytes),
				.step = rows[row].step,
			};
	}
	return (struct key){ .row = -1 };
}

/* True if a word is drummed on one row; adds its letters. */
static bool is_drummed(const char *word, size_t *letters)
{
	struct key before = { .row = -1 };

	while (*word != '\0') {
		const size_t bytes = (unsigned char)*word < 0x80 ? 1 : 2;
		char letter[3] = { 0 };
		struct key key;

		memcpy(letter, word, strnlen(word, bytes));
		key = key_of(letter, bytes);
		if (key.row < 0 ||
		    (before.row >= 0 &&
		     (before.row != key.row || abs(key.column - before.column) > key.step)))
			return false;
		before = key;
		word += strnlen(word, bytes);
		(*letters)++;
	}
	return true;
}

bool intent_is_noise(const struct utterance *utterance)
{
	size_t letters = 0;

	for (size_t i = 0; i < utterance->count; i++)
		if (!is_drummed(utterance->words[i].text, &letters))
			return false;
	return utterance->count == 0 || letters >= NOISE_MIN;
}

static bool ends_like_order(const char *word)
{
	static const char *const endings[] = { "и", "й", "ь", "те" };
	const size_t len = strlen(word);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const size_t ending = strlen(endings[i]);

		if (len > ending && strcmp(word + len - ending, endings[i]) == 0)
			return true;
	}
	return false;
}

/* "order me a pizza", "заспівай мені": an order at a clause's start that serves the speaker. */
static bool orders_for_self(const struct utterance *utterance)
{
	size_t at = 0;

	while (at < utterance->count) {
		const struct utterance clause = utterance_clause(utterance, at);
		const size_t order = behind_leads(&clause);

		if (order + 2 < clause.count &&
		    (utterance_match(&clause, order + 1, "me a|an|some") != 0 ||
		     (utterance_match(&clause, order + 1, "мне|мені|меня") != 0 &&
		      ends_like_order(clause.words[order].text))))
			return true;
		at += clause.count;
	}
	return false;
}

/* Whoever says "ты" in a few words speaks to the interviewer as to a person. */
static bool speaks_to_person(const struct utterance *utterance)
{
	if (!utterance->asks && utterance->count > PERSONAL_MAX)
		return false;
	for (size_t at = 0; at < utterance->count; at++)
		if (!utterance->words[at].quoted && (utterance->asks || at == 0) &&
		    utterance_match_any(utterance, at, intent_talk_person) != 0)
			return true;
	return false;
}

bool intent_chats(const struct utterance *utterance)
{
	if (utterance->count > CHAT_MAX)
		return false;
	for (size_t at = 0; at < utterance->count; at++)
		if (utterance_match_any(utterance, at, intent_talk_laughter) != 0 ||
		    (utterance->asks && utterance_match_any(utterance, at, intent_talk_daily) != 0))
			return true;
	return starts_clause(utterance, intent_talk_chat) || orders_for_self(utterance) ||
	       speaks_to_person(utterance);
}

bool intent_speaks_of_self(const struct utterance *utterance)
{
	return utterance_match_any(utterance, 0, intent_words_greeting.wishes) != 0 ||
	       utterance_match_any(utterance, 0, intent_talk_self) != 0;
}

bool intent_is_brief(const struct utterance *utterance)
{
	return utterance->count <= NAME_MAX;
}

bool intent_introduces(const struct utterance *utterance)
{
	if (consists_of(utterance, &intent_words_greeting))
		return true;
	if (!intent_is_brief(utterance))
		return false;
	for (size_t at = 0; at < utterance->count && utterance->words[at].sentence <= 1; at++)
		if (utterance_match_any(utterance, at, intent_talk_name) != 0)
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
