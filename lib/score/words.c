#include "score/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Every list is in strcmp order: it is searched by halves. */

static const char *const stop_latin[] = {
"a", "about", "above", "actually", "after", "again", "all", "also", "although", "always", "am", "among", "an", "and", "another", "any", "anyone", "anything", "are", "arent", "as", "at", "basically", "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot", "cant", "could", "couldnt", "d", "did", "didnt", "do", "does", "doesnt", "doing", "done", "dont", "down", "during", "e", "each", "eg", "either", "else", "etc", "ever", "every", "everything", "example", "except", "few", "for", "from", "further", "g", "get", "gets", "getting", "got", "had", "hadnt", "has", "hasnt", "have", "havent", "having", "he", "hence", "her", "here", "hers", "him", "his", "how", "however", "i", "idea", "ie", "if", "in", "instance", "instead", "into", "is", "isnt", "it", "its", "itself", "just", "know", "knows", "like", "ll", "lot", "lots", "m", "many", "may", "maybe", "me", "merely", "might", "mine", "more", "most", "much", "must", "my", "myself", "namely", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "oh", "ok", "okay", "on", "once", "only", "or", "other", "others", "our", "ours", "out", "over", "own", "per", "perhaps", "please", "quite", "rather", "re", "really", "s", "same", "shall", "she", "should", "shouldnt", "simply", "since", "so", "some", "someone", "something", "sorry", "still", "such", "sure", "t", "than", "that", "thats", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these", "they", "thing", "things", "this", "those", "though", "through", "thus", "till", "to", "too", "toward", "towards", "under", "unless", "until", "up", "upon", "us", "ve", "very", "via", "vs", "was", "wasnt", "way", "we", "well", "were", "werent", "what", "whatever", "when", "whenever", "where", "whereas", "whether", "which", "while", "who", "whoever", "whole", "whom", "whose", "why", "will", "with", "within", "without", "wont", "would", "wouldnt", "yes", "yet", "you", "your", "yours", "yourself"
};

/* Russian and Ukrainian together: they share a third of these words. */
static const char *const stop_cyrillic[] = {
"а", "або", "адже", "але", "без", "би", "бо", "более", "больше", "був", "буде", "будем", "будемо", "будет", "будете", "будешь", "буду", "будут", "будуть", "будучи", "будь", "була", "були", "було", "бути", "бы", "был", "была", "были", "было", "быть", "більш", "більше", "в", "вам", "вами", "вас", "весь", "вже", "взагалі", "ви", "во", "вона", "вони", "воно", "вообще", "вот", "вроде", "все", "всегда", "всего", "всей", "всем", "всеми", "всему", "всередині", "всех", "всею", "всього", "всьому", "всю", "вся", "всі", "всім", "всіх", "вы", "від", "відтак", "він", "где", "д", "да", "даже", "далі", "де", "для", "до", "доволі", "должен", "должна", "должно", "должны", "допустим", "др", "другая", "другие", "другим", "других", "другого", "другое", "другой", "другом", "дуже", "е", "его", "ее", "ей", "ему", "если", "есть", "еще", "ею", "ж", "же", "жоден", "жодна", "жодне", "жодного", "жодному", "жодної", "жодні", "з", "за", "завжди", "задля", "зараз", "зате", "зато", "зачем", "звичайно", "звідки", "здесь", "знает", "знаю", "знає", "знов", "знову", "зі", "и", "ибо", "из", "изза", "или", "им", "именно", "ими", "иногда", "итак", "их", "й", "його", "йому", "к", "каждая", "каждое", "каждые", "каждый", "как", "какая", "какие", "каким", "каких", "какого", "какое", "какой", "какому", "кем", "когда", "кого", "кожен", "кожна", "кожне", "кожний", "кожного", "кожні", "коли", "кому", "конечно", "короче", "которая", "которого", "которое", "которой", "котором", "которому", "которую", "которые", "который", "которым", "которыми", "которых", "краще", "кроме", "крім", "кто", "куда", "куди", "кудись", "ледь", "ли", "либо", "лиш", "лише", "лишь", "лучше", "майже", "мати", "мають", "має", "меж", "между", "мене", "менее", "менш", "менше", "меньше", "меня", "мені", "ми", "мне", "много", "мной", "мною", "могут", "може", "можем", "можемо", "может", "можна", "можно", "можуть", "мои", "мой", "моя", "моє", "моєму", "мої", "мы", "міг", "між", "мій", "на", "навіть", "навіщо", "над", "надо", "нам", "нами", "наприклад", "например", "нас", "наче", "наш", "наша", "наше", "наши", "наші", "не", "него", "нее", "ней", "нельзя", "нем", "нема", "немає", "нему", "необходимо", "нет", "неужели", "нею", "неї", "ни", "никак", "никакая", "никакие", "никаких", "никакого", "никакой", "никогда", "никто", "ним", "ними", "них", "ничего", "но", "ну", "нужно", "нього", "ньому", "ні", "ніби", "ніколи", "ніхто", "нічого", "ніяк", "ніякий", "ніяких", "ніякого", "ніякі", "о", "об", "обычно", "один", "одна", "однак", "однако", "одне", "одни", "одно", "одні", "около", "он", "она", "они", "оно", "опять", "ось", "от", "отже", "отож", "очень", "памятаю", "перед", "по", "повинен", "повинна", "повинно", "повинні", "под", "поки", "помню", "после", "потом", "потому", "потрібно", "потім", "почему", "почти", "поэтому", "пр", "при", "приклад", "прикладу", "пример", "примеру", "притом", "причем", "про", "просто", "проте", "проти", "против", "під", "після", "разве", "разом", "с", "сам", "сама", "самая", "саме", "сами", "самий", "самих", "само", "самого", "самое", "самой", "самом", "саму", "самые", "самый", "самі", "свого", "свое", "своего", "своей", "своем", "своему", "свои", "своим", "своими", "своих", "свой", "свою", "своя", "своє", "своєму", "своєї", "свої", "своїй", "своїм", "своїми", "своїх", "свій", "себе", "себто", "себя", "сейчас", "слід", "снова", "со", "собой", "собою", "собі", "сразу", "сюди", "т", "та", "так", "така", "такая", "таке", "также", "такие", "такий", "таким", "такими", "таких", "такого", "такое", "також", "такой", "таком", "такому", "такою", "такої", "такі", "там", "твой", "твій", "тд", "те", "тебе", "тебя", "тем", "теми", "тепер", "теперь", "ти", "тим", "тими", "типа", "тих", "то", "тобой", "тобто", "тобі", "тогда", "того", "тоді", "тоже", "той", "только", "том", "тому", "тот", "тощо", "тою", "тп", "треба", "ту", "тут", "ты", "ті", "тій", "тільки", "тієї", "у", "уж", "уже", "усе", "усього", "усю", "уся", "усі", "усіх", "хай", "хоть", "хотя", "хоч", "хоча", "хто", "хіба", "це", "цей", "цим", "цими", "цих", "цього", "цьому", "цю", "ця", "ці", "цій", "цією", "цієї", "часом", "чего", "чей", "чем", "через", "черезте", "чи", "чий", "чия", "чого", "чому", "что", "чтоб", "чтобы", "чуть", "чье", "чья", "що", "щоб", "щодо", "щойно", "щось", "эта", "эти", "этим", "этими", "этих", "это", "этого", "этой", "этом", "этому", "этот", "эту", "я", "является", "являлся", "являются", "як", "яка", "якась", "якби", "яке", "який", "якийсь", "яким", "якими", "яких", "якого", "якому", "якою", "якої", "якщо", "які", "якій", "є", "і", "із", "інколи", "іноді", "інша", "інше", "інший", "інших", "іншого", "іншої", "інші", "їй", "їм", "їх", "їхня", "їхній", "її"
};

static const char *const negators[] = {
"arent", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "neither", "never", "nobody", "nor", "not", "nothing", "shouldnt", "wasnt", "werent", "wont", "wouldnt", "жоден", "жодна", "жодне", "жодного", "жодному", "жодної", "жодні", "не", "нельзя", "нема", "немає", "нет", "ни", "никак", "никакая", "никакие", "никаких", "никакого", "никакой", "никогда", "никто", "ничего", "ні", "ніколи", "ніхто", "нічого", "ніяк", "ніякий", "ніяких", "ніякого", "ніякі"
};

static const char *const near_negators[] = {
"no", "none", "without", "без", "жоден", "жодна", "жодне", "жодного", "жодному", "жодної", "жодні", "нема", "немає", "нет", "никакая", "никакие", "никаких", "никакого", "никакой", "ніякий", "ніяких", "ніякого", "ніякі"
};

static const char *const particles[] = {
"no", "нет", "ні"
};

static const char *const restrictors[] = {
"just", "merely", "necessarily", "only", "simply", "более", "больше", "більш", "більше", "лише", "лишь", "менее", "менш", "менше", "меньше", "обовязково", "обязательно", "просто", "только", "тільки"
};

static const char *const contrasts[] = {
"although", "but", "except", "however", "though", "whereas", "while", "yet", "а", "але", "зате", "зато", "но", "однак", "однако", "проте", "хотя", "хоча"
};

static const char *const connectives[] = {
"also", "although", "because", "besides", "consequently", "finally", "first", "firstly", "furthermore", "hence", "however", "moreover", "next", "second", "secondly", "so", "then", "therefore", "third", "thirdly", "though", "thus", "whereas", "while", "адже", "вторых", "далее", "далі", "друге", "если", "затем", "значит", "итак", "кроме", "крім", "наконец", "наприклад", "например", "нарешті", "однак", "однако", "отже", "первых", "перше", "подруге", "поперше", "потом", "потім", "поэтому", "причем", "причому", "проте", "следовательно", "сначала", "сперва", "спершу", "спочатку", "также", "також", "тогда", "тоді", "тому", "третьих", "третє", "хотя", "хоча", "якщо"
};

static const char *const reasons[] = {
"because", "consequently", "due", "hence", "since", "so", "therefore", "thus", "адже", "благодаря", "бо", "завдяки", "значит", "ибо", "итак", "оскільки", "отже", "поскольку", "потому", "поэтому", "следовательно", "тому", "чтобы", "щоб"
};

static const char *const examples[] = {
"eg", "example", "examples", "instance", "допустим", "наприклад", "например", "приклад", "прикладом", "прикладу", "пример", "примера", "примеру", "скажем", "скажімо"
};

static const char *const falsifiers[] = {
"false", "incorrect", "misconception", "mistake", "mistaken", "myth", "untrue", "wrong", "заблуждение", "миф", "міф", "неверно", "невірно", "неправда", "неправильно", "ошибка", "ошибочно", "помилка", "помилково", "хибно"
};

static const char *const complements[] = {
"that", "что", "що"
};

/* A list and what its words are. */
struct word_list {
	const char *const *words;
	size_t count;
	unsigned flags;
};

static const struct word_list lists[] = {
	{ stop_latin, COUNT(stop_latin), WORD_STOP },
	{ stop_cyrillic, COUNT(stop_cyrillic), WORD_STOP },
	{ negators, COUNT(negators), WORD_NEGATOR },
	{ near_negators, COUNT(near_negators), WORD_NEGATOR | WORD_NEAR_NEGATOR },
	{ particles, COUNT(particles), WORD_PARTICLE },
	{ restrictors, COUNT(restrictors), WORD_RESTRICTOR },
	{ contrasts, COUNT(contrasts), WORD_CONTRAST },
	{ connectives, COUNT(connectives), WORD_CONNECTIVE },
	{ reasons, COUNT(reasons), WORD_REASON },
	{ examples, COUNT(examples), WORD_EXAMPLE },
	{ falsifiers, COUNT(falsifiers), WORD_FALSIFIER },
	{ complements, COUNT(complements), WORD_THAT },
};

static int compare(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

unsigned words_flags(const char *word)
{
	unsigned flags = 0;

	for (size_t i = 0; i < COUNT(lists); i++) {
		const struct word_list *list = &lists[i];

		if (bsearch(word, list->words, list->count, sizeof(*list->words), compare) != NULL)
			flags |= list->flags;
	}
	if ((flags & WORD_NEGATOR) && (unsigned char)word[0] >= 0x80)
		flags |= WORD_CONCORD;
	return flags;
}
