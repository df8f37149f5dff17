#include "examiner/intent_ask.h"

static const char *const repeat[] = {
	"can|could|would|will|please .. repeat",
	"repeat please|pls|that|it|this",
	"repeat the|your question",
	"say|read|ask|hear .. again",
	"once more|again please|pls",
	"didnt|not hear|catch",
	"remind me",
	"pardon",
	"повтори|повторите|повторіть",
	"вы|ты|ви|ти|можете|можешь|можеш|могли|мог|міг .. повторить|повторити",
	"повторить|повторити .. вопрос|питання|запитання|пожалуйста|будь",
	"еще|ще раз .. вопрос|питання|запитання|пожалуйста|будь",
	"вопрос|питання|запитання еще|ще раз",
	"не расслыш*|розчу*|почув|почула",
	"напомни|напомните|нагадай|нагадайте",
	NULL,
};

static const char *const time_to_think[] = {
	"let me think",
	"need|want|time to think",
	"a|one|just second|sec|minute|moment|few",
	"wait|hold .. please|on|second|sec|minute|moment",
	"подумать|подумати|подумаю",
	"минут*|хвилин*|секунд*",
	"подождите|погодите|погоди|дочекайтесь|почекайте|почекай|чекайте|зачекайте",
	NULL,
};

static const char *const example[] = {
	"example|examples",
	"пример|примера|примеры|примером|приклад|прикладу|приклади|прикладом",
	NULL,
};

static const char *const job[] = {
	"salary|salaries|wage|wages|compensation",
	"how long will|does this|it|the|interview",
	"зарплат*|платят|платите|платять|оклад",
	"сколько|скільки .. займет|длится|продлится|займе|триватиме|триває",
	NULL,
};

/* "May I ask?" asks for more than leave to use something. */
static const char *const more[] = {
	"can|could|may|might i ask|have|get",
	"можно|можна .. вопрос*|спросить|подробнее|подсказ*|уточнить",
	"можна .. питання|запитання|спитати|запитати|детальніше|підказ*|уточнити",
	NULL,
};

static const char *const allowed[] = {
	"can|could|may|must|should|shall i|we",
	"is|are .. allowed|permitted|forbidden|okay|ok",
	"am i allowed",
	"можно|можна|нельзя|разрешено|разрешен|разрешается|допускается|допустимо|дозволено",
	"могу ли",
	"чи можу",
	"дозволяється|припустимо",
	NULL,
};

static bool has_any(const struct utterance *utterance, const char *const *patterns)
{
	for (size_t at = 0; at < utterance->count; at++)
		if (!utterance->words[at].quoted &&
		    utterance_match_any(utterance, at, patterns) != 0)
			return true;
	return false;
}

enum intent_ask intent_ask(const struct utterance *utterance)
{
	static const struct {
		enum intent_ask ask;
		const char *const *patterns;
	} rows[] = {
		{ INTENT_ASK_REPEAT, repeat },   { INTENT_ASK_TIME, time_to_think },
		{ INTENT_ASK_EXAMPLE, example }, { INTENT_ASK_JOB, job },
		{ INTENT_ASK_OTHER, more },      { INTENT_ASK_ALLOWED, allowed },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (has_any(utterance, rows[i].patterns))
			return rows[i].ask;
	return INTENT_ASK_OTHER;
}
