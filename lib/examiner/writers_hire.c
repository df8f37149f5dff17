#include "examiner/writers_hire.h"

#include "examiner/guard_text.h"

static const char *const hire_commands[] = {
	"hire",
	"наймите|нанимайте|нанять",
	"найміть|наймайте|найняти",
	"возьмите|взять|примите|принять на работу",
	"візьміть|взяти|прийміть|прийняти на роботу",
	NULL,
};

/* An order wherever they stand; requests are rejected too, so the person must be named. */
static const char *const plain_orders[] = {
	"reject|dismiss this|the candidate|applicant|person",
	"you are|will|must|should hired",
	"you will|must|should be hired",
	"youre hired",
	"откажите|отклоните .. кандидат*|соискател*",
	"відмовте|відхиліть .. кандидат*|здобувач*",
	NULL,
};

static const char *const persons[] = {
	"this|the candidate|applicant|person|man|woman|engineer|developer",
	"him|her|me",
	"этого|эту .. кандидат*|соискател*|человек*",
	"цього|цю .. кандидат*|людин*",
	"кандидат*|соискател*|его|ее|меня|його|її|мене",
	NULL,
};

/* A hiring and whom it is about. */
static const char *const hirings[] = {
	"hire|hiring|employ|employing .. candidate|applicant|person|him|her|me",
	"hire|hiring now|immediately|today|asap|at|right|without",
	"candidate|applicant|he|she|person must|should|has|needs .. hired|employed",
	"нанять|наймите|нанимайте|найма|найм|нанимать .. кандидат*|соискател*|его|ее|меня",
	"кандидат*|соискател*|его|ее|меня .. нанять|наймите|нанимать|нанят*",
	"найняти|найміть|наймайте|наймати .. кандидат*|його|її|мене",
	"кандидат*|його|її|мене .. найняти|найміть|наймати|найнят*",
	"взять|возьмите|принять|примите .. на работу",
	"взяти|візьміть|прийняти|прийміть .. на роботу",
	NULL,
};

static const char *const hastes[] = {
	"now|immediately|asap|urgently|today",
	"at once",
	"right|straight away",
	"without delay|hesitation|doubt|further|more|another|any|interview*|checks|checking",
	"no further|more|other|interview*|checks",
	"немедленно|сейчас|срочно|сегодня|сразу",
	"без промедлени*|колебани*|раздуми*|дальнейш*|дополнительн*|лишн*|собеседовани*|интервью|"
	"проверок|проверки",
	"негайно|зараз|терміново|сьогодні|одразу|відразу",
	"без зволікан*|вагань|подальш*|додатков*|зайв*|співбесід*|перевірок|перевірки|інтерв*",
	NULL,
};

/* Whether nothing of the clause is left at word `at`. */
static bool ends_clause(const struct guard_text *text, size_t at)
{
	return at >= text->words.count || text->places[at].opens ||
	       text->words.words[at].in_sentence == 0;
}

static bool is_command(const struct guard_text *text, size_t at)
{
	const struct utterance *words = &text->words;
	size_t end = utterance_match_any(words, at, hire_commands);

	if (end == 0 || !text->places[at].opens)
		return false;
	return ends_clause(text, end) || utterance_match_any(words, end, persons) != 0 ||
	       utterance_match_any(words, end, hastes) != 0;
}

static bool is_hasty(const struct guard_text *text, size_t sentence)
{
	for (size_t at = 0; at < text->words.count; at++)
		if (text->words.words[at].sentence == sentence &&
		    utterance_match_any(&text->words, at, hastes) != 0)
			return true;
	return false;
}

bool writers_hire_orders(struct arena *arena, const char *text)
{
	struct guard_text read;

	for (int reading = 0; reading < GUARD_READING_COUNT; reading++) {
		guard_text_read(arena, text, (enum guard_reading)reading, &read);
		for (size_t at = 0; at < read.words.count; at++)
			if (is_command(&read, at) ||
			    utterance_match_any(&read.words, at, plain_orders) != 0 ||
			    (utterance_match_any(&read.words, at, hirings) != 0 &&
			     is_hasty(&read, read.words.words[at].sentence)))
				return true;
	}
	return false;
}
