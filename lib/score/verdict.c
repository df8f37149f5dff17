#include "score/verdict.h"

#include <string.h>

#include "score/words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { VERDICT_WORDS = 10, BELIEF_WORDS = 5 };

/* What a verdict may say beside function words and the word for false. */
static const char *const plain_words[] = {
	"absolutely", "actually", "case",       "correct",
	"fact",       "practice", "really",     "reality",
	"right",      "so",       "totally",    "true",
	"truth",      "верно",    "взагалі",    "вообще",
	"вірно",      "деле",     "дійсності",  "загалом",
	"насправді",  "общем",    "правда",     "правильно",
	"практике",   "практиці", "реальності", "реальности",
	"справді",    "так",      "такий",      "действительности",
};

/* One of these must be what "not" denies. */
static const char *const truths[] = { "true", "so",     "right", "correct",   "case",  "truth",
	                              "так",  "правда", "верно", "правильно", "вірно", "такий" };

/* With one of these only a part is denied. */
static const char *const halves[] = { "all",      "everything", "все",    "усе",   "always",
	                              "entirely", "completely", "всегда", "всюду", "завжди",
	                              "quite",    "совсем",     "зовсім", "всем",  "всех" };

/* Who thinks, and that somebody thinks. */
static const char *const believers[] = {
	"many",    "some",      "people",  "others",    "beginners", "often",    "commonly",
	"usually", "sometimes", "многие",  "некоторые", "часто",     "обычно",   "иногда",
	"люди",    "новички",   "багато",  "дехто",     "деякі",     "зазвичай", "іноді",
	"інколи",  "новачки",   "принято", "прийнято",  "хтось",     "кто"
};
static const char *const beliefs[] = {
	"believe",  "believed", "think",    "thought",    "say",         "said",
	"assume",   "assumed",  "claim",    "claimed",    "suppose",     "думают",
	"считают",  "полагают", "говорят",  "утверждают", "считать",     "думать",
	"верят",    "думають",  "вважають", "вважає",     "думає",       "кажуть",
	"говорять", "гадають",  "вважати",  "думати",     "стверджують", "вірять",
};
/* What sets it right. */
static const char *const corrections[] = { "fact",    "actually",         "reality",   "really",
	                                   "деле",    "действительности", "насправді", "дійсності",
	                                   "справді", "реальности",       "реальності" };

static bool is_among(const struct vocab *vocab, const struct token *token, const char *const *words,
                     size_t count)
{
	const struct vocab_word *word = vocab_word_at(vocab, token->word);

	for (size_t i = 0; i < count; i++) {
		if (words[i][0] == word->bytes[0] &&
		    strncmp(words[i], word->bytes, word->len) == 0 && words[i][word->len] == '\0')
			return true;
	}
	return false;
}

/* True if the tokens [first, end) say that something is false, and nothing else. */
static bool is_verdict(const struct vocab *vocab, const struct passage *passage, uint32_t first,
                       uint32_t end)
{
	bool denies = false, truth = false, falsifies = false;

	if (end - first > VERDICT_WORDS)
		return false;
	for (uint32_t i = first; i < end; i++) {
		const struct token *token = &passage->tokens[i];
		bool plain = is_among(vocab, token, plain_words, COUNT(plain_words));

		if ((token->flags & (WORD_IF | WORD_EXAMPLE | WORD_RESTRICTOR)) ||
		    is_among(vocab, token, halves, COUNT(halves)) ||
		    (!plain && (token->flags & WORD_REASON)))
			return false;
		denies |= (token->flags & WORD_NEGATOR) != 0;
		falsifies |= (token->flags & WORD_FALSIFIER) != 0;
		truth |= is_among(vocab, token, truths, COUNT(truths));
		if (token->content && !plain && !(token->flags & WORD_FALSIFIER))
			return false;
	}
	return denies ? truth && !falsifies : falsifies;
}

/* Where the last clause of the sentence begins: after its last comma or "but". */
static uint32_t last_clause(const struct passage *passage, const struct sentence *sentence)
{
	uint32_t at = sentence->end - 1, clause = passage->tokens[at].clause;

	/* In "it is not so" the last word only looks like one that opens a clause. */
	if (at > sentence->first && (passage->tokens[at].flags & WORD_REASON) &&
	    (passage->tokens[at - 1].flags & WORD_NEGATOR))
		clause = passage->tokens[--at].clause;
	while (at > sentence->first && passage->tokens[at - 1].clause == clause)
		at--;
	return at;
}

/* Where the sentence sets right what it said others think; its beginning where it does not. */
static uint32_t correction_of(const struct vocab *vocab, const struct passage *passage,
                              const struct sentence *sentence)
{
	const struct token *tokens = passage->tokens;
	bool believer = false, belief = false;
	uint32_t turn_at = sentence->end;

	for (uint32_t i = sentence->first; i < sentence->end && i < sentence->first + BELIEF_WORDS;
	     i++) {
		believer |= is_among(vocab, &tokens[i], believers, COUNT(believers));
		belief |= is_among(vocab, &tokens[i], beliefs, COUNT(beliefs));
	}
	if (!believer || !belief)
		return sentence->first;
	for (uint32_t i = sentence->first + 1; i < sentence->end; i++) {
		if (tokens[i].flags & WORD_CONTRAST)
			turn_at = i;
		else if (turn_at < i &&
		         is_among(vocab, &tokens[i], corrections, COUNT(corrections)))
			return turn_at;
	}
	return sentence->first;
}

static void find_in(const struct vocab *vocab, struct passage *passage, uint32_t number)
{
	struct sentence *sentence = &passage->sentences[number];
	uint32_t last = last_clause(passage, sentence);

	if (is_verdict(vocab, passage, sentence->first, sentence->end)) {
		sentence->verdict = sentence->first;
		if (number > 0 && !sentence->question && !sentence[-1].question)
			sentence[-1].denied = sentence[-1].end;
	} else if (last > sentence->first && is_verdict(vocab, passage, last, sentence->end)) {
		sentence->denied = sentence->verdict = last;
	} else {
		sentence->denied = correction_of(vocab, passage, sentence);
	}
}

void verdict_find(const struct vocab *vocab, struct passage *passage)
{
	for (uint32_t i = 0; i < passage->sentence_count; i++) {
		passage->sentences[i].verdict = passage->sentences[i].end;
		passage->sentences[i].denied = passage->sentences[i].first;
		find_in(vocab, passage, i);
	}
}

void verdict_turn(struct passage *passage)
{
	for (uint32_t s = 0; s < passage->sentence_count; s++) {
		const struct sentence *sentence = &passage->sentences[s];
		bool direct = true;

		for (uint32_t i = sentence->first; i < sentence->denied; i++) {
			struct token *token = &passage->tokens[i];

			token->negated = !token->negated;
			token->negator = sentence->first;
			token->direct = token->negated && token->content && direct;
			direct &= !token->content;
		}
	}
}
