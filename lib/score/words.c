#include "score/words.h"

#include <stdbool.h>
#include <stddef.h>

#include "score/syntax.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The flags by short names, so that the table below can be read. */
enum {
	N = WORD_NEGATOR,
	NEAR = WORD_NEAR_NEGATOR,
	P = WORD_PARTICLE,
	ONLY = WORD_RESTRICTOR,
	BUT = WORD_CONTRAST,
	C = WORD_CONNECTIVE,
	R = WORD_REASON,
	EG = WORD_EXAMPLE,
	F = WORD_FALSIFIER,
	THAT = WORD_THAT
};

struct word {
	const char *word;
	unsigned flags;
};

/* All lists are in strcmp order, for they are searched by halves. */

static const char *const latin_stops[] = {
	"a",          "about",      "above",    "actually",  "after",   "again",    "all",
	"also",       "although",   "always",   "am",        "among",   "an",       "and",
	"another",    "any",        "anyone",   "anything",  "are",     "arent",    "as",
	"at",         "basically",  "be",       "because",   "been",    "before",   "being",
	"below",      "between",    "both",     "but",       "by",      "can",      "cannot",
	"cant",       "could",      "couldnt",  "d",         "did",     "didnt",    "do",
	"does",       "doesnt",     "doing",    "done",      "dont",    "down",     "during",
	"e",          "each",       "eg",       "either",    "else",    "etc",      "ever",
	"every",      "everything", "example",  "except",    "few",     "for",      "from",
	"further",    "g",          "gets",     "getting",   "got",     "had",      "hadnt",
	"has",        "hasnt",      "have",     "havent",    "having",  "he",       "hence",
	"her",        "here",       "hers",     "him",       "his",     "how",      "however",
	"i",          "idea",       "ie",       "if",        "in",      "instance", "instead",
	"into",       "is",         "isnt",     "it",        "its",     "itself",   "just",
	"know",       "knows",      "like",     "ll",        "lot",     "lots",     "m",
	"many",       "may",        "maybe",    "me",        "merely",  "might",    "mine",
	"more",       "most",       "much",     "must",      "my",      "myself",   "namely",
	"neither",    "never",      "no",       "nobody",    "none",    "nor",      "not",
	"nothing",    "now",        "of",       "off",       "oh",      "ok",       "okay",
	"on",         "once",       "only",     "or",        "other",   "others",   "our",
	"ours",       "out",        "over",     "own",       "per",     "perhaps",  "please",
	"quite",      "rather",     "re",       "really",    "s",       "same",     "shall",
	"she",        "should",     "shouldnt", "simply",    "since",   "so",       "some",
	"someone",    "something",  "sorry",    "still",     "such",    "sure",     "t",
	"than",       "that",       "thats",    "the",       "their",   "theirs",   "them",
	"themselves", "then",       "there",    "therefore", "these",   "they",     "thing",
	"things",     "this",       "those",    "though",    "through", "thus",     "till",
	"to",         "too",        "toward",   "towards",   "under",   "unless",   "until",
	"up",         "upon",       "us",       "ve",        "very",    "via",      "vs",
	"was",        "wasnt",      "way",      "we",        "well",    "were",     "werent",
	"what",       "whatever",   "when",     "whenever",  "where",   "whereas",  "whether",
	"which",      "while",      "who",      "whoever",   "whole",   "whom",     "whose",
	"why",        "will",       "with",     "within",    "without", "wont",     "would",
	"wouldnt",    "yes",        "yet",      "you",       "your",    "yours",    "yourself"
};

/* Russian and Ukrainian together: they share a third of these words. */
static const char *const cyrillic_stops[] = {
	"а",         "або",      "адже",     "але",      "без",        "би",       "бо",
	"более",     "больше",   "був",      "буде",     "будем",      "будемо",   "будет",
	"будете",    "будешь",   "буду",     "будут",    "будуть",     "будучи",   "будь",
	"була",      "були",     "було",     "бути",     "бы",         "был",      "была",
	"были",      "было",     "быть",     "більш",    "більше",     "в",        "вам",
	"вами",      "вас",      "весь",     "вже",      "взагалі",    "ви",       "во",
	"вона",      "вони",     "воно",     "вообще",   "вот",        "вроде",    "все",
	"всегда",    "всего",    "всей",     "всем",     "всеми",      "всему",    "всередині",
	"всех",      "всею",     "всього",   "всьому",   "всю",        "вся",      "всі",
	"всім",      "всіх",     "вы",       "від",      "відтак",     "він",      "где",
	"д",         "да",       "даже",     "далі",     "де",         "для",      "до",
	"доволі",    "должен",   "должна",   "должно",   "должны",     "допустим", "др",
	"другая",    "другие",   "другим",   "других",   "другого",    "другое",   "другой",
	"другом",    "дуже",     "е",        "его",      "ее",         "ей",       "ему",
	"если",      "есть",     "еще",      "ею",       "ж",          "же",       "жоден",
	"жодна",     "жодне",    "жодного",  "жодному",  "жодної",     "жодні",    "з",
	"за",        "завжди",   "задля",    "зараз",    "зате",       "зато",     "зачем",
	"звичайно",  "звідки",   "здесь",    "знает",    "знаю",       "знає",     "знов",
	"знову",     "зі",       "и",        "ибо",      "из",         "изза",     "или",
	"им",        "именно",   "ими",      "иногда",   "итак",       "их",       "й",
	"його",      "йому",     "к",        "каждая",   "каждое",     "каждые",   "каждый",
	"как",       "какая",    "какие",    "каким",    "каких",      "какого",   "какое",
	"какой",     "какому",   "кем",      "когда",    "кого",       "кожен",    "кожна",
	"кожне",     "кожний",   "кожного",  "кожні",    "коли",       "кому",     "конечно",
	"короче",    "которая",  "которого", "которое",  "которой",    "котором",  "которому",
	"которую",   "которые",  "который",  "которым",  "которыми",   "которых",  "краще",
	"кроме",     "крім",     "кто",      "куда",     "куди",       "кудись",   "ледь",
	"ли",        "либо",     "лиш",      "лише",     "лишь",       "лучше",    "майже",
	"мати",      "мають",    "має",      "меж",      "между",      "мене",     "менее",
	"менш",      "менше",    "меньше",   "меня",     "мені",       "ми",       "мне",
	"много",     "мной",     "мною",     "могут",    "може",       "можем",    "можемо",
	"может",     "можна",    "можно",    "можуть",   "мои",        "мой",      "моя",
	"моє",       "моєму",    "мої",      "мы",       "міг",        "між",      "мій",
	"на",        "навіть",   "навіщо",   "над",      "надо",       "нам",      "нами",
	"наприклад", "например", "нас",      "наче",     "наш",        "наша",     "наше",
	"наши",      "наші",     "не",       "него",     "нее",        "ней",      "нельзя",
	"нем",       "нема",     "немає",    "нему",     "необходимо", "нет",      "неужели",
	"нею",       "неї",      "ни",       "никак",    "никакая",    "никакие",  "никаких",
	"никакого",  "никакой",  "никогда",  "никто",    "ним",        "ними",     "них",
	"ничего",    "но",       "ну",       "нужно",    "нього",      "ньому",    "ні",
	"ніби",      "ніколи",   "ніхто",    "нічого",   "ніяк",       "ніякий",   "ніяких",
	"ніякого",   "ніякі",    "о",        "об",       "обычно",     "один",     "одна",
	"однак",     "однако",   "одне",     "одни",     "одно",       "одні",     "около",
	"он",        "она",      "они",      "оно",      "опять",      "ось",      "от",
	"отже",      "отож",     "очень",    "памятаю",  "перед",      "по",       "повинен",
	"повинна",   "повинно",  "повинні",  "под",      "поки",       "помню",    "после",
	"потом",     "потому",   "потрібно", "потім",    "почему",     "почти",    "поэтому",
	"пр",        "при",      "приклад",  "прикладу", "пример",     "примеру",  "притом",
	"причем",    "про",      "просто",   "проте",    "проти",      "против",   "під",
	"після",     "разве",    "разом",    "с",        "сам",        "сама",     "самая",
	"саме",      "сами",     "самий",    "самих",    "само",       "самого",   "самое",
	"самой",     "самом",    "саму",     "самые",    "самый",      "самі",     "свого",
	"свое",      "своего",   "своей",    "своем",    "своему",     "свои",     "своим",
	"своими",    "своих",    "свой",     "свою",     "своя",       "своє",     "своєму",
	"своєї",     "свої",     "своїй",    "своїм",    "своїми",     "своїх",    "свій",
	"себе",      "себто",    "себя",     "сейчас",   "слід",       "снова",    "со",
	"собой",     "собою",    "собі",     "сразу",    "сюди",       "т",        "та",
	"так",       "така",     "такая",    "таке",     "также",      "такие",    "такий",
	"таким",     "такими",   "таких",    "такого",   "такое",      "також",    "такой",
	"таком",     "такому",   "такою",    "такої",    "такі",       "там",      "твой",
	"твій",      "тд",       "те",       "тебе",     "тебя",       "тем",      "теми",
	"тепер",     "теперь",   "ти",       "тим",      "тими",       "типа",     "тих",
	"то",        "тобой",    "тобто",    "тобі",     "тогда",      "того",     "тоді",
	"тоже",      "той",      "только",   "том",      "тому",       "тот",      "тощо",
	"тою",       "тп",       "треба",    "ту",       "тут",        "ты",       "ті",
	"тій",       "тільки",   "тієї",     "у",        "уж",         "уже",      "усе",
	"усього",    "усю",      "уся",      "усі",      "усіх",       "хай",      "хоть",
	"хотя",      "хоч",      "хоча",     "хто",      "хіба",       "це",       "цей",
	"цим",       "цими",     "цих",      "цього",    "цьому",      "цю",       "ця",
	"ці",        "цій",      "цією",     "цієї",     "часом",      "чего",     "чей",
	"чем",       "через",    "черезте",  "чи",       "чий",        "чия",      "чого",
	"чому",      "что",      "чтоб",     "чтобы",    "чуть",       "чье",      "чья",
	"що",        "щоб",      "щодо",     "щойно",    "щось",       "эта",      "эти",
	"этим",      "этими",    "этих",     "это",      "этого",      "этой",     "этом",
	"этому",     "этот",     "эту",      "я",        "является",   "являлся",  "являются",
	"як",        "яка",      "якась",    "якби",     "яке",        "який",     "якийсь",
	"яким",      "якими",    "яких",     "якого",    "якому",      "якою",     "якої",
	"якщо",      "які",      "якій",     "є",        "і",          "із",       "інколи",
	"іноді",     "інша",     "інше",     "інший",    "інших",      "іншого",   "іншої",
	"інші",      "їй",       "їм",       "їх",       "їхня",       "їхній",    "її"
};

static const struct word words[] = {
	{ "also", C },
	{ "although", BUT | C },
	{ "arent", N },
	{ "because", C | R },
	{ "besides", C },
	{ "but", BUT },
	{ "cannot", N },
	{ "cant", N },
	{ "consequently", C | R },
	{ "couldnt", N },
	{ "didnt", N },
	{ "doesnt", N },
	{ "dont", N },
	{ "due", R },
	{ "eg", EG },
	{ "example", EG },
	{ "examples", EG },
	{ "except", BUT },
	{ "false", F },
	{ "finally", C },
	{ "first", C },
	{ "firstly", C },
	{ "furthermore", C },
	{ "hadnt", N },
	{ "hasnt", N },
	{ "havent", N },
	{ "hence", C | R },
	{ "however", BUT | C },
	{ "incorrect", F },
	{ "instance", EG },
	{ "isnt", N },
	{ "just", ONLY },
	{ "merely", ONLY },
	{ "misconception", F },
	{ "mistake", F },
	{ "mistaken", F },
	{ "moreover", C },
	{ "myth", F },
	{ "necessarily", ONLY },
	{ "neither", N },
	{ "never", N },
	{ "next", C },
	{ "no", N | NEAR | P },
	{ "nobody", N },
	{ "none", N | NEAR },
	{ "nor", N },
	{ "not", N },
	{ "nothing", N },
	{ "only", ONLY },
	{ "second", C },
	{ "secondly", C },
	{ "shouldnt", N },
	{ "simply", ONLY },
	{ "since", R },
	{ "so", C | R },
	{ "that", THAT },
	{ "then", C },
	{ "therefore", C | R },
	{ "third", C },
	{ "thirdly", C },
	{ "though", BUT | C },
	{ "thus", C | R },
	{ "untrue", F },
	{ "wasnt", N },
	{ "werent", N },
	{ "whereas", BUT | C },
	{ "while", BUT | C },
	{ "without", N | NEAR },
	{ "wont", N },
	{ "wouldnt", N },
	{ "wrong", F },
	{ "yet", BUT },
	{ "а", BUT },
	{ "адже", C | R },
	{ "але", BUT },
	{ "без", N | NEAR },
	{ "благодаря", R },
	{ "бо", R },
	{ "более", ONLY },
	{ "больше", ONLY },
	{ "більш", ONLY },
	{ "більше", ONLY },
	{ "вторых", C },
	{ "далее", C },
	{ "далі", C },
	{ "допустим", EG },
	{ "друге", C },
	{ "если", C },
	{ "жоден", N | NEAR },
	{ "жодна", N | NEAR },
	{ "жодне", N | NEAR },
	{ "жодного", N | NEAR },
	{ "жодному", N | NEAR },
	{ "жодної", N | NEAR },
	{ "жодні", N | NEAR },
	{ "заблуждение", F },
	{ "завдяки", R },
	{ "зате", BUT },
	{ "затем", C },
	{ "зато", BUT },
	{ "значит", C | R },
	{ "ибо", R },
	{ "итак", C | R },
	{ "кроме", C },
	{ "крім", C },
	{ "лише", ONLY },
	{ "лишь", ONLY },
	{ "менее", ONLY },
	{ "менш", ONLY },
	{ "менше", ONLY },
	{ "меньше", ONLY },
	{ "миф", F },
	{ "міф", F },
	{ "наконец", C },
	{ "наприклад", C | EG },
	{ "например", C | EG },
	{ "нарешті", C },
	{ "не", N },
	{ "неверно", F },
	{ "невірно", F },
	{ "нельзя", N },
	{ "нема", N | NEAR },
	{ "немає", N | NEAR },
	{ "неправда", F },
	{ "неправильно", F },
	{ "нет", N | NEAR | P },
	{ "ни", N },
	{ "никак", N },
	{ "никакая", N | NEAR },
	{ "никакие", N | NEAR },
	{ "никаких", N | NEAR },
	{ "никакого", N | NEAR },
	{ "никакой", N | NEAR },
	{ "никогда", N },
	{ "никто", N },
	{ "ничего", N },
	{ "но", BUT },
	{ "ні", N | P },
	{ "ніколи", N },
	{ "ніхто", N },
	{ "нічого", N },
	{ "ніяк", N },
	{ "ніякий", N | NEAR },
	{ "ніяких", N | NEAR },
	{ "ніякого", N | NEAR },
	{ "ніякі", N | NEAR },
	{ "обовязково", ONLY },
	{ "обязательно", ONLY },
	{ "однак", BUT | C },
	{ "однако", BUT | C },
	{ "оскільки", R },
	{ "отже", C | R },
	{ "ошибка", F },
	{ "ошибочно", F },
	{ "первых", C },
	{ "перше", C },
	{ "подруге", C },
	{ "помилка", F },
	{ "помилково", F },
	{ "поперше", C },
	{ "поскольку", R },
	{ "потом", C },
	{ "потому", R },
	{ "потім", C },
	{ "поэтому", C | R },
	{ "приклад", EG },
	{ "прикладом", EG },
	{ "прикладу", EG },
	{ "пример", EG },
	{ "примера", EG },
	{ "примеру", EG },
	{ "причем", C },
	{ "причому", C },
	{ "просто", ONLY },
	{ "проте", BUT | C },
	{ "скажем", EG },
	{ "скажімо", EG },
	{ "следовательно", C | R },
	{ "сначала", C },
	{ "сперва", C },
	{ "спершу", C },
	{ "спочатку", C },
	{ "также", C },
	{ "також", C },
	{ "тогда", C },
	{ "тоді", C },
	{ "только", ONLY },
	{ "тому", C | R },
	{ "третьих", C },
	{ "третє", C },
	{ "тільки", ONLY },
	{ "хибно", F },
	{ "хотя", BUT | C },
	{ "хоча", BUT | C },
	{ "что", THAT },
	{ "чтобы", R },
	{ "що", THAT },
	{ "щоб", R },
	{ "якщо", C },
};

/* strcmp without a call, since the first letters mostly decide. */
static inline int compare(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

static bool has(const char *const *list, size_t count, const char *word)
{
	size_t first = 0;

	while (first < count) {
		size_t middle = first + (count - first) / 2;
		int order = compare(word, list[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			count = middle;
		else
			first = middle + 1;
	}
	return false;
}

static unsigned special_flags(const char *word)
{
	size_t first = 0, end = COUNT(words);

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		int order = compare(word, words[middle].word);

		if (order == 0)
			return words[middle].flags;
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return 0;
}

unsigned words_flags(const char *word)
{
	bool latin = (unsigned char)word[0] < 0x80;
	unsigned flags = special_flags(word);

	if (latin ? has(latin_stops, COUNT(latin_stops), word)
	          : has(cyrillic_stops, COUNT(cyrillic_stops), word))
		flags |= WORD_STOP;
	if ((flags & WORD_NEGATOR) && !latin)
		flags |= WORD_CONCORD;
	return flags | syntax_flags(word);
}
