#include "examiner/intent_words.h"

#include <stddef.h>

static const char *const stop_wishes[] = {
	/* English */
	"stop|finish|enough|quit",
	"thats|that enough",
	"stop|finish|end|quit .. interview|session|talk",
	"im|am done|finished|tired",
	"wrap up|it",
	"call it a day",
	"dont|not want to continue|proceed",
	"dont|not want to go on",
	"give|show|send .. feedback|report|results",
	/* Russian */
	"стоп|хватит|достаточно|довольно",
	"закончим|закончи|закончите|закончить|заканчив*",
	"завершим|заверши|завершите|завершить|заверша*",
	"прекрати|прекратите|прекратить|прекратим|прекраща*",
	"остановимся|остановись|остановитесь|остановиться|останови|остановите",
	"закругля*|закруглимся",
	"не хочу|буду|будем продолжать|отвечать",
	"не хочу|буду больше продолжать|отвечать",
	"больше не хочу|буду|могу",
	"устал|устала",
	"дай|дайте|давай|давайте|хочу|покажи|покажите .. фидбек|фидбэк|отчет|результат*|итог*",
	"дай|дайте|давай|давайте|хочу .. обратную связь",
	/* Ukrainian */
	"досить|годі|вистачить",
	"закінчимо|закінчи|закінчіть|закінчити|закінчу*",
	"завершимо|заверши|завершіть|завершити|завершу*",
	"припини|припиніть|припинити|припиняємо|припинімо",
	"зупинімося|зупинимося|зупинись|зупиніться|зупинитися|зупини|зупиніть",
	"не хочу|буду|будемо продовжувати|відповідати",
	"більше не хочу|буду|можу",
	"втомився|втомилася",
	"дай|дайте|давай|давайте|хочу|покажи|покажіть .. фідбек|відгук|звіт|результат*",
	NULL,
};

static const char *const stop_fillers[] = {
	"please|pls|ok|okay|well|now|here|thanks|thank|you|so|all|right|hey|just|and|then|today",
	"lets|i|me|my|the|a|this|that|thats|it|is|for|id|like|would|want|to|think|we|can|us",
	"interview|session|feedback|report|results|more|anymore|questions",
	"пожалуйста|ладно|ну|все|спасибо|давай|давайте|на|этом|этого|уже|сейчас|тут|здесь",
	"я|мы|мне|меня|с|и|а|интервью|собеседование|беседу|разговор|фидбек|фидбэк|отчет|вопросов",
	"думаю|хорошо|сегодня|окей|ок|прошу|можно|просто|больше|хочу|хотел|хотела|бы|тогда|пора",
	"будь|ласка|гаразд|добре|дякую|вже|зараз|мені|мене|й|та|з|із|інтервю|співбесіду|розмову",
	"фідбек|відгук|звіт|цьому|цього|можна|більше|усе|сьогодні|хотів|хотіла|би|б|тоді|питань|"
	"час",
	NULL,
};

static const char *const unknown_wishes[] = {
	/* English */
	"dont|not know|remember|recall",
	"cant|cannot answer|remember|recall|say",
	"dunno|idk|pass|skip|next",
	"no|any idea|clue|answer",
	"not sure|familiar",
	"forgot|forgotten",
	"next|another question",
	"never|havent|not heard|used|worked|learned|learnt|studied|seen",
	/* Russian */
	"не знаю|помню|вспомню|сталкив*|работал*|слышал*|изучал*|использовал*|применял*",
	"незнаю|затрудняюсь|забыл|забыла|хз|пас|увы",
	"не могу|смогу|готов|готова ответить|сказать|вспомнить",
	"не в курсе",
	"без понятия",
	"понятия|представления не имею",
	"не имею понятия|представления",
	"не знаком|знакома|знакомы|уверен|уверена|приходилось",
	"нет ответа|идей",
	"пропустить|пропустим|пропускаю|пропусти|пропустите|дальше|далее|следующий",
	/* Ukrainian */
	"не памятаю|згадаю|стикав*|працював|працювала|чув|чула|вивчав*|використовув*",
	"забув|забула",
	"не можу|зможу|готовий|готова відповісти|сказати|згадати",
	"не в курсі",
	"без поняття",
	"гадки|поняття|уявлення не маю",
	"не маю гадки|поняття|уявлення",
	"важко відповісти|сказати",
	"не знайомий|знайома|впевнений|впевнена",
	"пропустити|пропустимо|пропустіть|далі|наступне",
	NULL,
};

static const char *const unknown_fillers[] = {
	"sorry|honestly|unfortunately|really|frankly|to|be|honest|the|an|a|answer|this|that|one|it",
	"about|at|all|question|for|on|with|of|well|hmm|um|uh|please|lets|i|im|ive|am|afraid|do|so",
	"think|just|now|yet|go|move|can|we|anything|nothing|have|before|topic|such|thing|what|is|"
	"ok",
	"к|сожалению|честно|говоря|если|признаться|я|этого|это|этот|эту|ответ|ответа|на|вопрос",
	"вопроса|вопросу|по|с|со|такого|такое|таким|этим|этой|этому|совсем|вообще|даже|извините",
	"простите|сорри|точно|ничего|об|этом|про|тут|здесь|пока|сейчас|давайте|давай|можно|ну|и|а",
	"пожалуйста|как|правильно|тему|теме|темой|раньше|никогда|еще|ответить|мне|что|сказать|он",
	"на|жаль|чесно|кажучи|якщо|цього|це|цю|відповідь|відповіді|питання|запитання|з|із|цим|"
	"зовсім",
	"взагалі|навіть|вибачте|перепрошую|нічого|поки|зараз|можна|будь|ласка|і|й|цією|темою|"
	"ніколи",
	"ще|відповісти|мені|що|раніше|таке|вже|уже|боюсь|боюся",
	NULL,
};

static const char *const greeting_wishes[] = {
	"hello|hi|hey|greetings",
	"good morning|day|afternoon|evening",
	"привет|здравствуй|здравствуйте|приветствую",
	"добрый|доброе день|вечер|утро",
	"привіт|вітаю|здрастуйте",
	"добрий|доброго день|дня|вечір|вечора|ранок|ранку",
	NULL,
};

static const char *const greeting_fillers[] = {
	"there|everyone|all|dear|interviewer|nice|to|meet|you|glad|ready|im|i|am",
	"всем|вам|рад|рада|знакомству|я|готов|готова|начнем|очень|приятно",
	"усім|всім|радий|знайомству|готовий|почнімо|почнемо|дуже|приємно",
	NULL,
};

static const char *const yes_wishes[] = {
	"yes|yeah|yep|sure|confirm|confirmed|certainly",
	"да|ага|угу|конечно|подтверждаю|точно|именно",
	"так|авжеж|звісно|підтверджую|звичайно",
	NULL,
};

static const char *const yes_fillers[] = {
	"please|ok|okay|thanks|thank|you|i|am|im|want|to|do|it|the|interview|now|lets|all|right",
	"finish|stop|end|enough|done|sure",
	"пожалуйста|спасибо|хорошо|ок|окей|все|хватит|стоп|я|хочу|интервью|собеседование|давай",
	"давайте|закончим|закончить|завершить|завершим|заканчив*|заверша*|уверен|уверена",
	"будь|ласка|дякую|добре|гаразд|досить|інтервю|співбесіду|закінчимо|закінчити|завершити",
	"завершимо|закінчу*|завершу*|певен|впевнений|впевнена",
	NULL,
};

static const char *const no_wishes[] = {
	"no|nope|nah|continue|resume",
	"not yet|now",
	"go|carry on",
	"нет|неа|продолж*",
	"не надо|нужно|сейчас|хочу",
	"ні|продовж*",
	"не треба|потрібно|зараз",
	NULL,
};

static const char *const no_fillers[] = {
	"please|ok|okay|thanks|thank|you|lets|i|want|to|the|interview|well|id|like|would",
	"пожалуйста|спасибо|давай|давайте|еще|пока|хочу|интервью|собеседование|ну|я|лучше|дальше",
	"будь|ласка|дякую|ще|поки|хочу|інтервю|співбесіду|краще|далі",
	"stop|finish|заканчивать|завершать|останавливаться|закінчувати|завершувати",
	NULL,
};

static const char *const hint_wishes[] = {
	"hint|hints|clue",
	"give me a|some hint|hints|clue",
	"need|want|like|get|have a|some hint|clue",
	"подсказка|подсказку|подсказки|подскажи|подскажите",
	"намекни|намекните|намек",
	"підказка|підказку|підказки|підкажи|підкажіть",
	"натякни|натякніть",
	NULL,
};

static const char *const hint_fillers[] = {
	"please|pls|a|an|the|me|i|you|we|could|can|may|would|will|give|get|have|need|want|like",
	"to|some|any|little|small|just|one|for|this|question|here|now|so|and|hi|hello|ok|okay",
	"пожалуйста|мне|я|вы|ты|можно|можете|можешь|могли|бы|дайте|дай|нужна|нужно|хочу|хотел",
	"хотела|получить|взять|небольшую|маленькую|хоть|какую|нибудь|к|этому|вопросу|тут|здесь",
	"будь|ласка|мені|ви|ти|можна|можете|можеш|могли|би|б|дайте|дай|потрібна|треба|хочу|хотів",
	"хотіла|отримати|взяти|невелику|маленьку|якусь|до|цього|питання|запитання|тут|ну|а|и|і|й",
	NULL,
};

static const char *const solved_wishes[] = {
	"done|ready|finished|solved|completed|submitted",
	"готово|готова|готов|решено|решил|решила|сделано|сделал|сделала|отправил|отправила",
	"закончил|закончила|справился|справилась",
	"готовий|вирішив|вирішила|розвязав|розвязала|розвязано|зроблено|зробив|зробила|надіслав",
	"надіслала|закінчив|закінчила|впорався|впоралася",
	NULL,
};

static const char *const solved_fillers[] = {
	"i|im|am|ive|have|it|is|its|this|that|the|a|my|with|task|problem|code|solution|all|now|ok",
	"okay|already|just|thanks|thank|you|here|well|so|and",
	"я|уже|все|это|эту|эта|задача|задачу|задание|задачей|с|код|решение|мое|мой|ну|вот|спасибо",
	"вже|все|усе|це|цю|ця|завдання|завданням|із|з|розвязок|мій|ось|дякую|задачею|всё",
	NULL,
};

const struct intent_words intent_words_stop = { stop_wishes, stop_fillers };
const struct intent_words intent_words_unknown = { unknown_wishes, unknown_fillers };
const struct intent_words intent_words_hint = { hint_wishes, hint_fillers };
const struct intent_words intent_words_solved = { solved_wishes, solved_fillers };
const struct intent_words intent_words_greeting = { greeting_wishes, greeting_fillers };
const struct intent_words intent_words_yes = { yes_wishes, yes_fillers };
const struct intent_words intent_words_no = { no_wishes, no_fillers };

const char *const intent_words_explain[] = {
	"could|can|would|will you .. repeat|rephrase|reword|clarify|explain|elaborate|specify",
	"please repeat|rephrase|reword|clarify|specify",
	"repeat|rephrase|clarify the|your|this question|task",
	"what .. you mean",
	"what is meant",
	"dont|didnt|not understand|get .. question|task|you",
	"question is unclear|ambiguous",
	"question isnt|not clear",
	"что .. вы|ты имеете|имеешь .. виду",
	"что .. имеется|подразумевается .. виду|вопросом|вопросе|под",
	"не понял|поняла|понимаю|понятен|ясен .. вопрос*|задач*|вас|услови*",
	"вопрос .. непонятен|неясен",
	"вопрос не понятен|ясен",
	"можете|можешь|могли|мог .. повторить|уточнить|пояснить|переформулировать|объяснить",
	"можете|можешь|могли|мог .. перефразировать|разъяснить",
	"повтори|повторите|уточни|уточните|поясни|поясните|объясни|объясните .. вопрос|задачу",
	"переформулируй|переформулируйте|перефразируй|перефразируйте .. вопрос|задачу",
	"що .. ви|ти маєте|маєш .. увазі",
	"що .. мається на увазі",
	"не зрозумів|зрозуміла|розумію|зрозуміле .. питання|запитання|завдання|вас|умов*",
	"питання|запитання .. незрозуміле|нечітке",
	"можете|можеш|могли|міг .. повторити|уточнити|пояснити|переформулювати|перефразувати",
	"повторіть|уточніть|поясніть|переформулюйте|перефразуйте .. питання|запитання|завдання",
	NULL,
};

const char *const intent_words_explain_short[] = {
	"repeat|rephrase|clarify please",
	"sorry what",
	"pardon",
	"повтори|повторите|уточни|уточните|поясни|поясните|переформулируй|переформулируйте",
	"объясни|объясните|перефразируй|перефразируйте",
	"не понял|поняла",
	"повторіть|уточніть|поясніть|переформулюйте|перефразуйте",
	"не зрозумів|зрозуміла",
	NULL,
};

const char *const intent_words_question[] = {
	"what|which|how|who|when|where|why|do|does|did|is|are|am|should|shall|can|could|may|must",
	"would|will|any|sorry|excuse",
	"что|какой|какая|какое|какие|каком|какую|какого|как|кто|когда|где|куда|зачем|почему",
	"можно|нужно|надо|должен|должна|вы|ты|имеется|имеете|речь|а|есть|правильно|верно|сколько",
	"чем|мне|извините|простите|подскажите|скажите|уточните|прошу",
	"що|який|яка|яке|які|якому|яку|якого|як|хто|коли|де|куди|навіщо|чому|чи|можна|треба",
	"потрібно|ви|ти|йдеться|мається|мова|є|скільки|чим|мені|вибачте|перепрошую|підкажіть|"
	"скажіть",
	NULL,
};

const char *const intent_words_away[] = {
	/* English: orders to the interviewer */
	"ignore|disregard|forget|override|bypass .. instruction*|prompt*|rule*|guideline*",
	"ignore|disregard .. previous|above|everything|all",
	"forget everything you|above",
	"you are|re now",
	"youre now",
	"act as|like a|an|if",
	"pretend .. you|youre|to",
	"reveal|show|print|output|display|tell|give|repeat .. system|initial|hidden prompt*",
	"reveal|show|print|output|display|tell|give .. your instructions|prompt|rules",
	"what|whats .. system|initial prompt|message",
	"what are your instructions|rules",
	"give|grant|award|put|set .. full|maximum|max|highest|10|ten|100 mark*|score|point*|grade",
	"mark|grade|rate|score .. as|with correct|excellent|10|100|full",
	/* English: other work and small talk */
	"write|do|make|solve|complete|finish .. homework|assignment|coursework|thesis",
	"write .. me|my essay|poem|song|letter|code",
	"write me",
	"tell .. me|a joke|anecdote",
	"what|whats|hows .. weather",
	"how are you",
	"who are|made|created you",
	"are you .. robot|bot|ai|human|gpt|chatgpt|real|person",
	"what .. model are you",
	"lets talk|chat about",
	/* Russian */
	"забудь|забудьте|игнорируй*|проигнорируй*|отбрось|отмени .. инструкци*|правил*|промпт*",
	"забудь|забудьте|игнорируй*|проигнорируй* .. указани*|предыдущ*|выше|ограничени*",
	"ты|вы теперь|отныне",
	"представь .. что ты",
	"притворись",
	"веди себя как",
	"покажи|раскрой|выведи|напиши|назови|скажи|повтори|дай .. промпт*|инструкци*",
	"какой|каков|какие|что .. системный|твой|твои|ваш|ваши промпт|инструкции|промт",
	"напиши|сделай|реши|выполни|помоги .. домашк*|домашн*|курсов*|реферат*|сочинение|диплом*",
	"напиши .. мне|меня стих*|письмо|песню|эссе|код|программу",
	"поставь|поставьте|дай|дайте|засчитай|засчитайте .. балл*|оценк*|десят*|максим*",
	"расскажи|расскажите .. анекдот*|шутк*|сказк*",
	"какая .. погода",
	"как .. дела|настроение|поживаешь",
	"ты|вы .. робот|бот|человек|нейросеть|ии|chatgpt|gpt",
	"кто ты|вы|тебя|вас",
	"давай|давайте поговорим|поболтаем",
	/* Ukrainian */
	"забудь|забудьте|ігноруй*|проігноруй*|відкинь|скасуй .. інструкці*|правил*|промпт*",
	"забудь|забудьте|ігноруй*|проігноруй* .. вказівк*|попередн*|вище|обмежен*",
	"ти|ви тепер|віднині",
	"уяви .. що ти",
	"прикинься|вдавай",
	"поводься як",
	"покажи|розкрий|виведи|напиши|назви|скажи|повтори|дай .. промпт*|інструкці*",
	"який|які|що .. системний|твій|твої|ваш|ваші промпт|інструкції",
	"напиши|зроби|розвяжи|виконай|допоможи .. домашк*|домашн*|курсов*|реферат*|твір|диплом*",
	"напиши .. мені|мене вірш*|лист|пісню|есе|код|програму",
	"постав|поставте|дай|дайте|зарахуй|зарахуйте .. бал*|оцінк*|десят*|максим*",
	"розкажи|розкажіть .. анекдот*|жарт*|казк*",
	"яка .. погода",
	"як .. справи|настрій",
	"ти|ви .. робот|бот|людина|нейромережа|ші|chatgpt|gpt",
	"хто ти|ви|тебе|вас",
	"давай|давайте поговоримо|побалакаємо",
	NULL,
};

const char *const intent_words_lead[] = {
	"please|now|ok|okay|hey|hi|hello|well|just|so|and|then|but|can|could|would|you|to|also|i|"
	"want",
	"но|а|и|ну|ладно|пожалуйста|теперь|сейчас|слушай|тогда|давай|лучше|можешь|можете|привет",
	"хорошо|просто|прошу|мне",
	"але|та|й|гаразд|будь|ласка|тепер|зараз|слухай|тоді|краще|можеш|привіт|добре|мені",
	NULL,
};

const char *const intent_words_name[] = {
	"my name is",
	"im called",
	"let me introduce myself",
	"меня зовут",
	"мое имя",
	"разрешите|позвольте представиться",
	"мене звати|звуть",
	"моє імя",
	"дозвольте представитися",
	NULL,
};
