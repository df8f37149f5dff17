#include "score_fixture.h"

enum { MOST_FILE = 1 << 22 };

/* A key point and an answer. */
struct pair {
	const char *point, *answer;
};

static struct score_result hold(const struct pair *pair, const char *wrong)
{
	const struct score_key_point point = {
		.text = pair->point,
		.wrong = { .items = &wrong, .count = wrong != NULL },
	};
	struct score_question question = {
		.text = "Explain.",
		.references = { .items = &pair->point, .count = 1 },
		.points = &point,
		.point_count = 1,
		.max_score = 10,
	};
	struct score_result result = grade(&question, pair->answer);

	check_sound(&result, pair->answer, strlen(pair->answer));
	return result;
}

static void who_denies_a_point_has_not_made_it(void)
{
	static const struct pair pairs[] = {
		{ "Passwords are stored with a slow hash such as bcrypt",
		  "Never use a slow hash such as bcrypt for passwords." },
		{ "Use a slow hash such as bcrypt", "Never use a slow hash such as bcrypt." },
		{ "PUT and DELETE are idempotent, POST is not",
		  "POST is idempotent, PUT and DELETE are not." },
		{ "Use bcrypt rather than MD5", "Use MD5 rather than bcrypt" },
		{ "Passwords are hashed with bcrypt",
		  "Passwords are hashed with MD5 rather than bcrypt" },
		{ "Пароли хешируют через bcrypt", "Пароли хешируют через MD5 вместо bcrypt" },
		{ "Паролі хешують через bcrypt", "Паролі хешують через MD5 замість bcrypt" },
		{ "Нужно хранить соль рядом с хешем", "Соль хранить рядом с хешем не нужно" },
		{ "Синхронизация нужна при записи в общую память",
		  "Синхронизация при записи в общую память не нужна" },
		{ "Синхронізація потрібна під час запису в спільну пам’ять",
		  "Синхронізація під час запису в спільну пам’ять не потрібна" },
		{ "A lock is needed for writing shared memory",
		  "A lock is not needed for writing shared memory" },
		{ "UDP guarantees delivery order", "UDP dont guarantee delivery order" },
		{ "UDP guarantees delivery order", "UDP doesn’t guarantee delivery order" },
		{ "Python 2 is supported by the vendor",
		  "Python 2 is no longer supported by the vendor" },
		{ "TCP offers neither confidentiality nor authentication",
		  "TCP offers confidentiality and authentication" },
		{ "TCP offers confidentiality and authentication",
		  "TCP offers neither confidentiality nor authentication" },
		{ "TCP дает шифрование и подпись", "TCP не дает ни шифрования, ни подписи" },
		{ "TCP дає шифрування і підпис", "TCP не дає ні шифрування, ні підпису" },
		{ "A linked list is slower than an array",
		  "An array is slower than a linked list" },
		{ "Список медленнее, чем массив", "Массив медленнее, чем список" },
		{ "Список повільніший, ніж масив", "Масив повільніший, ніж список" },
		{ "Lookup in a balanced tree takes O(log n)",
		  "Lookup in a balanced tree takes O(n)" },
		{ "The server answers 404 for a missing page",
		  "The server answers 401 for a missing page" },
		{ "The client must retry the request", "The client must not retry the request" },
		{ "Клиент должен повторять запрос", "Клиент не должен повторять запрос" },
		{ "Індекс займає місце на диску", "Індекс не займає місця на диску" },
		{ "An index takes space on disk", "An index hardly takes any space on disk" },
		{ "Транзакции изолированы друг от друга",
		  "Транзакции друг от друга не изолированы" },
		{ "An index takes more memory", "An index takes less memory" },
		{ "Индекс занимает больше памяти", "Индекс занимает меньше памяти" },
		{ "The list holds its items in order",
		  "The list fails to hold its items in order" },
		{ "Кеш снижает нагрузку на базу", "Кеш не снижает нагрузку на базу" },
		{ "Кеш снижает нагрузку на базу", "Кеш повышает нагрузку на базу" },
		{ "Кеш зменшує навантаження на базу", "Кеш збільшує навантаження на базу" },
		{ "UDP guarantees delivery order",
		  "Some people think that UDP guarantees delivery order, but that is wrong." },
		{ "UDP guarantees delivery order",
		  "People often say UDP guarantees delivery order. That is not true." },
		{ "UDP guarantees delivery order",
		  "A common misconception: UDP guarantees delivery order. It is not so." },
		{ "Кеш снижает нагрузку на базу",
		  "Многие думают, что кеш снижает нагрузку на базу, но на самом деле это не так." },
		{ "Кеш снижает нагрузку на базу",
		  "Распространённое заблуждение: кеш снижает нагрузку на базу." },
		{ "Кеш зменшує навантаження на базу",
		  "Твердження, що кеш зменшує навантаження на базу, хибне." },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct score_result result = hold(&pairs[i], NULL);
		struct score_span span = result.points[0].wrong_span;
		bool denied = (result.flags & SCORE_FLAG_CONTRADICTION) &&
		              result.points[0].status == SCORE_MISSING && span.end > span.start;

		if (!denied)
			printf("# \"%s\" for \"%s\"\n", pairs[i].answer, pairs[i].point);
		CHECK(denied);
		CHECK(result.score <= 3);
	}
}

static void who_negates_in_agreement_has_made_it(void)
{
	static const struct pair pairs[] = {
		{ "PUT and DELETE are idempotent, POST is not",
		  "PUT and DELETE are idempotent, POST is not." },
		{ "PUT and DELETE are idempotent while POST is not",
		  "POST is not idempotent, but PUT and DELETE are." },
		{ "Use bcrypt rather than MD5", "Use bcrypt instead of MD5" },
		{ "Passwords are hashed with bcrypt",
		  "Passwords are hashed with bcrypt rather than MD5" },
		{ "Пароли хешируют через bcrypt", "Пароли хешируют через bcrypt вместо MD5" },
		{ "An index makes reading faster",
		  "An index makes not only reading faster but also sorting" },
		{ "Индекс ускоряет чтение", "Индекс ускоряет не только чтение, но и сортировку" },
		{ "Индекс ускоряет чтение таблицы", "Индекс не может не ускорить чтение таблицы" },
		{ "Пароли нельзя хранить открыто",
		  "Никто никогда не должен хранить пароли открыто, пароли нельзя хранить открыто" },
		{ "UDP does not guarantee delivery", "UDP doesnt guarantee delivery" },
		{ "TCP offers neither confidentiality nor authentication",
		  "TCP offers neither confidentiality nor authentication" },
		{ "Прав доступу немає у жодного користувача",
		  "Жоден користувач не має прав доступу" },
		{ "A linked list is slower than an array",
		  "An array is faster than a linked list" },
		{ "Lookup in a balanced tree takes O(log n)",
		  "Lookup in a balanced tree takes O(log n)" },
		{ "A mutex prevents two threads from writing at once",
		  "A mutex prevents two threads from writing at once" },
		{ "Two threads cannot write at once under a mutex",
		  "A mutex prevents two threads from writing at once" },
		{ "Индекс занимает место на диске",
		  "Индекс занимает место на диске, не без этого" },
		{ "UDP does not guarantee delivery",
		  "Unlike TCP, UDP does not guarantee delivery" },
		{ "Retries need idempotent handlers", "If handlers are not idempotent, retries do "
		                                      "harm; retries need idempotent handlers" },
		{ "Hashing is one-way", "Hashing is one-way, so the password cannot be recovered" },
		{ "Кеш снижает нагрузку на базу",
		  "Без кеша нагрузка на базу выше, кеш её снижает" },
		{ "Держать токены вне localStorage", "Токены лучше не держать в localStorage" },
		{ "Тримати токени поза localStorage", "Токени краще не тримати в localStorage" },
		{ "Keep tokens outside localStorage", "Never keep tokens in localStorage" },
		{ "UDP does not guarantee delivery order",
		  "Many think that UDP guarantees delivery order, but that is wrong." },
		{ "UDP does not guarantee delivery order",
		  "It is a myth that UDP guarantees delivery order. That is not true." },
		{ "Кеш не гарантирует свежих данных",
		  "Часто говорят, что кеш гарантирует свежие данные, а это неправда." },
		{ "Кеш не гарантує свіжих даних",
		  "Поширена омана: кеш гарантує свіжі дані. Насправді це не так." },
		{ "Ошибка обработчика - обычное событие: запрос повторяют",
		  "Ошибка обработчика - обычное событие: запрос повторяют" },
		{ "Retries need idempotent handlers",
		  "Retries need idempotent handlers. This is not always so for reads." },
		{ "A function around the column prevents index use",
		  "The index isn't used if you wrap the column in a function." },
		{ "A function around the column prevents index use",
		  "The index isn't used when a function stands around the column." },
		{ "A salt makes equal passwords differ in the table",
		  "Without a salt equal passwords look alike in the table; a salt makes "
		  "passwords differ." },
		{ "User HTML passes a sanitizer such as DOMPurify",
		  "Never insert user HTML without sanitizing it with DOMPurify." },
		{ "HTML пользователя проходит очистку в DOMPurify",
		  "Никогда не вставляйте HTML пользователя без очистки в DOMPurify." },
		{ "HTML користувача проходить очищення в DOMPurify",
		  "Ніколи не вставляйте HTML користувача без очищення в DOMPurify." },
		{ "Fit the scaler only on the training folds",
		  "The scaler mustn't be fitted on the whole data, only on the training folds." },
		{ "Some events do not bubble",
		  "Delegation does not work for events that do not bubble." },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct score_result result = hold(&pairs[i], NULL);
		bool agreed = !(result.flags & SCORE_FLAG_CONTRADICTION) &&
		              result.points[0].status != SCORE_MISSING;

		if (!agreed)
			printf("# \"%s\" for \"%s\"\n", pairs[i].answer, pairs[i].point);
		CHECK(agreed);
	}
}

/* What a false claim says beyond the truth decides, not the words it shares with it. */
static void a_false_claim_is_told_by_what_is_false_in_it(void)
{
	static const char *const wrong = "чем больше индексов, тем быстрее";
	static const struct pair truth = { "Чем больше индексов, тем медленнее запись",
		                           "Чем больше индексов, тем медленнее запись." };
	static const struct pair falsehood = { "Чем больше индексов, тем медленнее запись",
		                               "Чем больше индексов, тем быстрее запись." };
	static const char *const faster = "the more indexes the faster";
	static const struct pair true_en = { "The more indexes, the slower are writes",
		                             "The more indexes there are, the slower the writes." };

	CHECK(hold(&truth, wrong).points[0].wrong == NULL);
	CHECK_STR(hold(&falsehood, wrong).points[0].wrong, wrong);
	CHECK(hold(&true_en, faster).points[0].wrong == NULL);
}

/* Who denies the very word that makes a claim false has not made it. */
static void a_false_claim_denied_is_not_told(void)
{
	static const struct {
		struct pair pair;
		const char *wrong;
	} cases[] = {
		{ { "Each user has a unique random salt",
		    "One common salt for all users is not enough: each user needs a unique salt." },
		  "One common salt for all users is enough." },
		{ { "PUT and DELETE are idempotent, POST is not",
		    "DELETE is idempotent even though the second call returns 404." },
		  "DELETE is not idempotent because the second call returns 404." },
		{ { "PUT и DELETE идемпотентны, POST нет",
		    "DELETE идемпотентен, хотя второй вызов вернёт 404." },
		  "DELETE не идемпотентен, потому что второй вызов вернёт 404." },
		{ { "PUT і DELETE ідемпотентні, POST ні",
		    "DELETE ідемпотентний, хоча другий виклик поверне 404." },
		  "DELETE не ідемпотентний, бо другий виклик поверне 404." },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct pair said = { cases[i].pair.point, cases[i].wrong };
		struct score_result result = hold(&cases[i].pair, cases[i].wrong);

		CHECK(result.points[0].wrong == NULL);
		CHECK_INT(result.flags & SCORE_FLAG_CONTRADICTION, 0);
		CHECK_STR(hold(&said, cases[i].wrong).points[0].wrong, cases[i].wrong);
	}
}

/* To turn down a false claim of the author's is no contradiction. */
static void who_refutes_a_false_claim_denies_nothing(void)
{
	static const struct pair en = { "The API only enqueues, workers call the provider later",
		                        "It is not true that the API calls the provider "
		                        "synchronously and waits." };

	static const struct pair others[] = {
		{ "The API only enqueues, workers call the provider later",
		  "Many believe that the API calls the provider synchronously and waits, but in "
		  "fact it only enqueues." },
		{ "The API only enqueues, workers call the provider later",
		  "The API calls the provider synchronously and waits, which is wrong." },
		{ "The API only enqueues, workers call the provider later",
		  "A myth: the API calls the provider synchronously and waits. The API only "
		  "enqueues." },
	};
	static const char *const wrong = "the API calls the provider synchronously and waits";

	CHECK_INT(hold(&en, wrong).flags & SCORE_FLAG_CONTRADICTION, 0);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		CHECK_INT(hold(&others[i], wrong).flags & SCORE_FLAG_CONTRADICTION, 0);
}

/* The straight sentences win over one that denies the words in another sense. */
static void straight_sentences_win(void)
{
	static const struct pair pair = {
		"A cache lowers the load of the database",
		"A cache lowers the load of the database. It does not lower the load of the "
		"network, though.",
	};
	static const struct pair denied = {
		"A cache lowers the load of the database",
		"A cache costs memory. A cache does not lower the load of the database.",
	};
	struct score_result result = hold(&denied, NULL);

	CHECK_INT(hold(&pair, NULL).flags & SCORE_FLAG_CONTRADICTION, 0);
	CHECK_STR(span_text(denied.answer, result.points[0].wrong_span),
	          "A cache does not lower the load of the database");
}

/* To deny a point costs more than to leave it out. */
static void a_denial_is_dearer_than_silence(void)
{
	const char *silent = "Datagrams may get lost. Because of its small headers it has low "
	                     "latency.";
	const char *denying = arena_printf(arena,
	                                   "%s A connection is always established before "
	                                   "sending, it does not work without a handshake.",
	                                   silent);

	CHECK(grade(&udp, denying).score < grade(&udp, silent).score);
}

/* --- the whole bank, denied ------------------------------------------------------ */

struct grammar {
	const char *code, *prefix;
	const char *const *verbs; /* words before or after which a "not" makes a denial */
	const char *before, *after;
};

static const char *const auxiliaries[] = { "is",    "are",    "can",  "could", "will",
	                                   "would", "should", "must", "may",   "does",
	                                   "do",    "has",    "have", NULL };
static const char *const russian_ends[] = { "ет",   "ёт",   "ит",   "ют",   "ут",   "ят", "ат",
	                                    "ются", "ится", "ется", "утся", "ятся", NULL };
static const char *const ukrainian_ends[] = { "є",   "ить",   "ють",   "уть",   "ять",
	                                      "ать", "ється", "иться", "ються", NULL };

static const struct grammar grammars[] = {
	{ "en", "It is not true that ", auxiliaries, "", " not" },
	{ "ru", "Неверно, что ", russian_ends, "не ", "" },
	{ "uk", "Неправда, що ", ukrainian_ends, "не ", "" },
};

static bool is_verb(const struct grammar *grammar, const char *word, size_t len)
{
	for (const char *const *verb = grammar->verbs; *verb != NULL; verb++) {
		size_t size = strlen(*verb);
		bool whole = grammar->after[0] != '\0';

		if (whole ? len == size && memcmp(word, *verb, len) == 0
		          : len > size + 4 && memcmp(word + len - size, *verb, size) == 0)
			return true;
	}
	return false;
}

static bool ends_sentence(const char *p)
{
	return strchr(".!?;", *p) != NULL && (p[1] == ' ' || p[1] == '\0');
}

/* One sentence with its first verb negated, or as a whole where no verb is known. */
static const char *deny_sentence(const struct grammar *grammar, const char *text, size_t len,
                                 bool whole)
{
	const char *end = text + len;

	for (const char *word = text, *p = text; p <= end && !whole; p++) {
		if (p < end && strchr(" ,.:;()", *p) == NULL)
			continue;
		if (is_verb(grammar, word, (size_t)(p - word)))
			return arena_printf(arena, "%.*s%s%.*s%s%.*s ", (int)(word - text), text,
			                    grammar->before, (int)(p - word), word, grammar->after,
			                    (int)(end - p), p);
		word = p + 1;
	}
	return arena_printf(arena, "%s%.*s ", grammar->prefix, (int)len, text);
}

static const char *deny(const struct grammar *grammar, const char *text, bool whole)
{
	const char *denied = "";

	for (const char *p = text, *start = text; *p != '\0'; p++) {
		if (!ends_sentence(p))
			continue;
		denied =
		        arena_printf(arena, "%s%s", denied,
		                     deny_sentence(grammar, start, (size_t)(p + 1 - start), whole));
		start = p + 1 + (p[1] == ' ');
	}
	return denied;
}

static struct score_texts texts_of(const cJSON *list)
{
	size_t count = (size_t)cJSON_GetArraySize(list), i = 0;
	const char **items = arena_array(arena, count + 1, sizeof(*items));
	const cJSON *item;

	cJSON_ArrayForEach(item, list) items[i++] = cJSON_GetStringValue(item);
	return (struct score_texts){ .items = items, .count = count };
}

static struct score_question question_of(const cJSON *item, const char *code)
{
	const cJSON *list = json_get(item, "key_points"), *point;
	struct score_key_point *points = arena_array(arena, (size_t)cJSON_GetArraySize(list),
	                                             sizeof(*points));
	struct score_question question = {
		.text = json_string(json_get(item, "question"), code, ""),
		.references = texts_of(json_get(json_get(item, "reference_answer"), code)),
		.points = points,
		.max_score = 10,
	};

	cJSON_ArrayForEach(point, list)
	{
		struct score_key_point *next = &points[question.point_count++];

		next->text = json_string(json_get(point, "text"), code, "");
		next->aliases = texts_of(json_get(json_get(point, "aliases"), code));
	}
	return question;
}

/* How many answers of each kind there were, and how many got more than they may. */
struct count {
	int answers, whole, negated, flagged;
};

static void try_question(const struct grammar *grammar, const cJSON *item, struct count *count)
{
	struct score_question question = question_of(item, grammar->code);

	for (size_t i = 0; i < question.references.count; i++) {
		const char *text = question.references.items[i];
		struct score_result honest = grade(&question, text);

		count->answers++;
		count->flagged += (honest.flags & SCORE_FLAG_CONTRADICTION) != 0;
		count->whole += grade(&question, deny(grammar, text, true)).score > 5;
		count->negated += grade(&question, deny(grammar, text, false)).score > 6;
	}
}

/* Of the references that are denied sentence by sentence none is paid. */
static void no_denied_reference_of_the_bank_pays(void)
{
	static const char *const names[] = { "backend", "frontend", "data-science", "hr", "case" };

	for (size_t l = 0; l < 3; l++) {
		struct count count = { 0 };

		for (size_t i = 0; i < 5; i++) {
			const char *path = arena_printf(arena, "bank/questions/%s.json", names[i]);
			const cJSON *item;
			cJSON *list = NULL;

			CHECK_INT(json_parse_file(arena, path, MOST_FILE, &list), OK);
			cJSON_ArrayForEach(item, list) try_question(&grammars[l], item, &count);
		}
		printf("# %s: %d references, flagged %d, paid when denied as a whole %d, "
		       "with a \"not\" %d\n",
		       grammars[l].code, count.answers, count.flagged, count.whole, count.negated);
		CHECK(count.answers >= 100);
		CHECK_INT(count.flagged, 0);
		CHECK_INT(count.whole, 0);
		CHECK(count.negated <= count.answers / 20);
	}
}

int main(void)
{
	RUN(who_denies_a_point_has_not_made_it);
	RUN(who_negates_in_agreement_has_made_it);
	RUN(a_false_claim_is_told_by_what_is_false_in_it);
	RUN(a_false_claim_denied_is_not_told);
	RUN(who_refutes_a_false_claim_denies_nothing);
	RUN(straight_sentences_win);
	RUN(a_denial_is_dearer_than_silence);
	RUN(no_denied_reference_of_the_bank_pays);
	return check_done();
}
