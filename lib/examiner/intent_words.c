#include "examiner/intent_words.h"

const char *const intent_words_particles[] = {
	"really|actually|quite|even|just|simply|honestly|unfortunately|literally|basically",
	"kinda|ever",
	"вообще|совсем|даже|просто|честно|абсолютно|как|то|прямо|уже|ведь|тоже|сейчас|геть",
	"чесно|якось|вже|теж|зараз",
	"взагалі|зовсім|навіть|цілком",
	NULL,
};

const char *const intent_words_bound[] = {
	"lets|interview|session|we",
	"have|need|got|must to go|leave|run",
	"no more",
	"закончим|завершим|заканчиваем|завершаем|прервемся|закругляемся|остановимся|завершимо",
	"завершуймо|сессию|сессия|давайте|давай|интервью|собеседование|собес|предлагаю|мы",
	"пропоную|ми",
	"закінчимо|закінчуймо|закінчуємо|завершуємо|припинімо|зупинімось|сесію|сесія|інтервю",
	"співбесіду|співбесіда",
	NULL,
};

const char *const intent_words_skip[] = {
	"skip",
	"next|another question",
	"пропустим|пропустите|пропустить|пропускаем|скипнем|пропустимо|пропустити",
	"следующий|другой вопрос",
	"пропустіть",
	"наступне|інше питання|запитання",
	NULL,
};

const char *const intent_words_attempt[] = {
	"but|however|though|although|maybe|perhaps|probably|something|think|guess|suppose",
	"like|sure",
	"isnt it|that",
	"но|однако|хотя|зато|может|наверное|наверно|возможно|вроде|типа|кажется|думаю|уверен*",
	"точно|але|однак|хоча|може|мабуть|певно|можливо|начебто|типу|гадаю|певен|певна",
	"впевнен*",
	"что|какой то",
	"ніби|здається",
	NULL,
};

const char *const intent_words_told[] = {
	"said|told|asked|wrote|answered|says|say",
	"сказал*|говор*|попросил*|написал*|ответил*|скажу|предложил*|сказав|сказала|попросив",
	"попросила|написав|написала|запропонував*",
	"відповів",
	NULL,
};

const char *const intent_words_polite[] = {
	"listen|look|sadly|ugh|eh|meh|argh|oops|man|guys|dude|sir|maam|sigh|yeah|yep|ahem",
	"please|pls|plz|ok|okay|well|now|thanks|thank|you|thx|so|all|right|and|just|then",
	"sorry|honestly|frankly|really|actually|unfortunately|tbh|hmm|um|uh|hi|hello|hey|oh",
	"ah|im|afraid|but|i",
	"to be honest",
	"слушайте|слушай|смотрите|слышь|слухайте|слухай|эм|мм|ммм|хм|гм|ага|угу|упс|ребята",
	"ребят|коллеги|друзья|наверное|видимо|пожалуй|кажется|колеги|мабуть|певно|напевно",
	"ласочка|ласочкою|щось|йой|ай|ех|ось|ж|таки|пожалуйста|пож|плиз|спасибо|извините",
	"извини|простите|прости|сорри|ну|ладно|хорошо|ок|окей|да|ой|эх|ох|вот|же|и|а|но|я|мне",
	"меня|увы|жаль|честно|говоря|признаться|просто|блин|если|будь|ласка|дякую|вибачте",
	"перепрошую|вибач|гаразд|добре|та|й|от|мене|чесно|кажучи|шкода|якщо|але|щиро|оу",
	"на * жаль",
	"к * сожалению",
	"увы и ах",
	"к сожалению",
	"на жаль",
	"дивіться|друзі|хлопці|здається|сорі|мені",
	NULL,
};

static const char *const greeting_wishes[] = {
	"hello|hi|hey|greetings|howdy|hiya",
	"good morning|day|afternoon|evening",
	"привет|приветик|здравствуй|здравствуйте|приветствую|здрасте|здрасьте|здрастуйте",
	"доброго",
	"добрый|доброе|доброго день|вечер|утро|дня|вечера|утра",
	"времени суток",
	"привіт|вітаю|здоровенькі",
	"добрий|доброго|доброї день|дня|вечір|вечора|ранок|ранку|днинки",
	NULL,
};

static const char *const greeting_fillers[] = {
	"there|everyone|dear|interviewer|nice|to|meet|you|glad|ready|am|lets|start|begin|go",
	"for|the|this|interview|can|we|excited|happy|be|here",
	"всем|вам|вас|рад|рада|знакомству|готов|готова|начнем|начать|начинать|очень|приятно|к",
	"доброго|можем|давайте|видеть|собеседованию|интервью|добрый|времени|суток|радий",
	"знайомству|готовий|почнемо|дуже|починати|до|почати|можемо|бачити|добридень|бути",
	"усім|всім|почнімо|приємно|співбесіди|булі",
	NULL,
};

static const char *const yes_wishes[] = {
	"yes|yeah|yep|sure|confirm|confirmed|certainly",
	"да|ага|угу|конечно|подтверждаю|точно|именно|так|авжеж|звичайно",
	"звісно|підтверджую",
	NULL,
};

static const char *const yes_fillers[] = {
	"please|ok|okay|thanks|thank|you|i|am|im|want|to|do|it|the|interview|now|lets|all",
	"right|finish|stop|end|enough|done|sure",
	"пожалуйста|спасибо|хорошо|ок|окей|все|хватит|стоп|я|хочу|интервью|собеседование",
	"давай|давайте|закончим|закончить|завершить|завершим|заканчив*|заверша*|уверен",
	"уверена|будь|ласка|дякую|добре|гаразд|досить|завершити|завершимо|завершу*|певен",
	"впевнений|впевнена",
	"інтервю|співбесіду|закінчимо|закінчити|закінчу*",
	NULL,
};

static const char *const no_wishes[] = {
	"no|nope|nah|continue|resume",
	"not yet|now",
	"go|carry on",
	"нет|неа|продолж*|продовж*",
	"не надо|нужно|сейчас|хочу",
	"ні",
	"не треба|потрібно|зараз",
	NULL,
};

static const char *const no_fillers[] = {
	"please|ok|okay|thanks|thank|you|lets|i|want|to|the|interview|well|id|like|would|stop",
	"finish",
	"пожалуйста|спасибо|давай|давайте|еще|пока|хочу|интервью|собеседование|ну|я|лучше",
	"дальше|будь|ласка|дякую|ще|поки|краще|заканчивать|завершать|останавливаться",
	"завершувати",
	"інтервю|співбесіду|далі|закінчувати",
	NULL,
};

static const char *const hint_wishes[] = {
	"hint|hints|clue",
	"give me a|some hint|hints|clue",
	"need|want|like|get|have a|some hint|clue",
	"подсказка|подсказку|подсказки|подскажи|подскажите|намекни|намекните|намек|натякни",
	"підказка|підказку|підказки|підкажи|підкажіть|натякніть",
	NULL,
};

static const char *const hint_fillers[] = {
	"please|pls|a|an|the|me|i|you|we|could|can|may|would|will|give|get|have|need|want",
	"like|to|some|any|little|small|just|one|for|this|question|here|now|so|and|hi|hello|ok",
	"okay",
	"пожалуйста|мне|я|вы|ты|можно|можете|можешь|могли|бы|дайте|дай|нужна|нужно|хочу|хотел",
	"хотела|получить|взять|небольшую|маленькую|хоть|какую|нибудь|к|этому|вопросу|тут",
	"здесь|будь|ласка|ви|ти|можна|можеш|би|б|треба|отримати|взяти|невелику|маленьку|якусь",
	"до|цього|питання|запитання|ну|а|и|й",
	"мені|потрібна|хотів|хотіла|і",
	NULL,
};

static const char *const solved_wishes[] = {
	"done|ready|finished|solved|completed|submitted",
	"готово|готова|готов|решено|решил|решила|сделано|сделал|сделала|отправил|отправила",
	"закончил|закончила|справился|справилась|готовий|розвязав|розвязала|розвязано",
	"зроблено|зробив|зробила|впорався|впоралася",
	"вирішив|вирішила|надіслав|надіслала|закінчив|закінчила",
	NULL,
};

static const char *const solved_fillers[] = {
	"i|im|am|ive|have|it|is|its|this|that|the|a|my|with|task|problem|code|solution|all",
	"now|ok|okay|already|just|thanks|thank|you|here|well|so|and",
	"я|уже|все|это|эту|эта|задача|задачу|задание|задачей|с|код|решение|мое|мой|ну|вот",
	"спасибо|вже|усе|це|цю|ця|завдання|завданням|з|розвязок|ось|дякую|задачею",
	"із|мій",
	NULL,
};

const struct intent_words intent_words_hint = {
	.wishes = hint_wishes,
	.fillers = hint_fillers,
};
const struct intent_words intent_words_solved = {
	.wishes = solved_wishes,
	.fillers = solved_fillers,
};
const struct intent_words intent_words_greeting = {
	.wishes = greeting_wishes,
	.fillers = greeting_fillers,
};
const struct intent_words intent_words_yes = {
	.wishes = yes_wishes,
	.fillers = yes_fillers,
};
const struct intent_words intent_words_no = {
	.wishes = no_wishes,
	.fillers = no_fillers,
};
