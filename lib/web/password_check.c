#include "web/password_check.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <crack.h>

#include "base/config.h"
#include "base/log.h"
#include "base/text.h"

enum { ROW_MIN = 3, LONG_PASSWORD = 16 };

static const char too_common[] = N_(
        "This password is too common and easy to guess. A few words that do not belong "
        "together make a better one.");
static const char repeated[] = N_("This password repeats the same few characters.");
static const char plain_row[] = N_("This password follows the alphabet, the digits or the keys of "
                                   "a keyboard.");
static const char has_name[] = N_("This password contains the user name.");
static const char wrong_length[] = N_("A password has 8 to 256 characters.");

/* --- how it is read ----------------------------------------------------------- */

/* Cyrillic letters, Russian then Ukrainian, and what the same key gives on a Latin keyboard. */
static const char cyrillic[] = "йцукенгшщзхъфывапролджэячсмитьбюёіїєґ";
static const char keys[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'\\";

/* The password in lower case as the keys that were pressed. */
static const char *as_keys(struct arena *arena, const char *folded)
{
	const char *end = folded + strlen(folded);
	struct buf out;

	buf_init(&out, arena);
	while (folded < end) {
		const char *from = folded, *letter = cyrillic;
		const uint32_t c = text_next(&folded, end);
		size_t i = 0;

		while (*letter != '\0' && text_next(&letter, cyrillic + sizeof(cyrillic)) != c)
			i++;
		if (c >= 0x80 && i < sizeof(keys) - 1)
			buf_char(&out, keys[i]);
		else
			buf_add(&out, from, (size_t)(folded - from));
	}
	return out.data;
}

/* --- plain patterns ----------------------------------------------------------- */

/* True if a unit too short for a password makes up all of it: "aaaaaaaa", "abcabcabc". */
static bool is_repeated(const char *text)
{
	const size_t len = strlen(text);

	for (size_t unit = 1; unit < PASSWORD_MIN && unit * 2 <= len; unit++)
		if (memcmp(text, text + unit, len - unit) == 0)
			return true;
	return false;
}

/* The way from a key to its neighbour in a row: 1, -1, or 0 when they are none. */
static int step_between(char from, char to)
{
	static const char *const rows[] = { "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,.",
		                            "`1234567890-=" };
	const char *place;

	if (to - from == 1 || from - to == 1)
		return to - from;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		place = strchr(rows[i], from);
		if (place == NULL)
			continue;
		if (place[1] == to)
			return 1;
		if (place > rows[i] && place[-1] == to)
			return -1;
	}
	return 0;
}

/* True if hardly a character stands outside rows: "qwerty123", "87654321". */
static bool is_row(const char *text)
{
	const size_t len = strlen(text);
	size_t outside = 0;

	for (size_t start = 0, end; start < len; start = end) {
		int way = 0;

		for (end = start + 1; end < len; end++) {
			const int step = step_between(text[end - 1], text[end]);

			if (step == 0 || (way != 0 && step != way))
				break;
			way = step;
		}
		if (end - start < ROW_MIN)
			outside += end - start;
	}
	return outside < ROW_MIN;
}

/* --- words -------------------------------------------------------------------- */

/* What Russians and Ukrainians use most; cracklib's dictionary is English. */
static const char *const words[] = {
	"пароль",       "парольпароль", "привет",        "любовь",    "люблю",
	"солнышко",     "солнце",       "наташа",        "марина",    "максим",
	"андрей",       "сергей",       "александр",     "анастасия", "екатерина",
	"виктория",     "кристина",     "дмитрий",       "никита",    "михаил",
	"владимир",     "елена",        "ольга",         "светлана",  "татьяна",
	"юлия",         "настя",        "россия",        "москва",    "самсунг",
	"спартак",      "динамо",       "зенит",         "шахтер",    "красота",
	"счастье",      "зайчик",       "котенок",       "кошечка",   "собака",
	"ангел",        "принцесса",    "администратор", "админ",     "секрет",
	"доступ",       "безопасность", "компьютер",     "интернет",  "господь",
	"люблютебя",    "ятебялюблю",   "мамапапа",      "моямама",   "родина",
	"привіт",       "кохання",      "сонечко",       "україна",   "украина",
	"київ",         "львів",        "славаукраїні",  "кохаю",     "кохаютебе",
	"щастя",        "зайчик",       "калина",        "тарас",     "олександр",
	"андрій",       "сергій",       "дмитро",        "наталія",   "катерина",
	"вікторія",     "оксана",       "ірина",         "безпека",   "адміністратор",
	"комп'ютер",    "батьківщина",  "parol",         "privet",    "lubov",
	"lyubov",       "solnyshko",    "solnishko",     "natasha",   "marina",
	"maksim",       "andrey",       "sergey",        "aleksandr", "anastasia",
	"ekaterina",    "kristina",     "dmitriy",       "nikita",    "moskva",
	"rossiya",      "ukraina",      "kohannya",      "pryvit",    "sonechko",
	"slavaukraini", "tiger",        "zaychik",       "viva",
};

/* The folded text without what is no letter at its ends: "!!пароль123" is "пароль". */
static const char *core_of(struct arena *arena, const char *folded)
{
	const char *end = folded + strlen(folded), *first = NULL, *last = folded, *at = folded;

	while (at < end) {
		const char *from = at;

		if (!text_is_letter(text_next(&at, end)))
			continue;
		if (first == NULL)
			first = from;
		last = at;
	}
	return first != NULL ? arena_copy(arena, first, (size_t)(last - first)) : "";
}

static bool is_listed(struct arena *arena, const char *folded)
{
	const char *whole = as_keys(arena, folded);
	const char *core = as_keys(arena, core_of(arena, folded));

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *word = as_keys(arena, words[i]);

		if (strcmp(word, whole) == 0 || strcmp(word, core) == 0)
			return true;
	}
	return false;
}

/* cracklib ends the process when it cannot open its dictionary. */
static bool has_dictionary(struct arena *arena)
{
	const char *const path = config()->password_dictionary;
	static const char *const parts[] = { "pwd", "pwi", "hwm" };
	static bool told;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (access(arena_printf(arena, "%s.%s", path, parts[i]), R_OK) == 0)
			continue;
		if (!told)
			log_warning("no dictionary of passwords at %s: common words are not "
			            "refused",
			            path);
		told = true;
		return false;
	}
	return true;
}

/* cracklib's opinion of a text, as one of our own. */
static const char *crack(struct arena *arena, const char *text)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	const char *fault = NULL;

	/* It keeps state of its own, and the reason lies in static memory. */
	pthread_mutex_lock(&lock);
	if (has_dictionary(arena))
		fault = FascistCheckUser(text, config()->password_dictionary, "viva", "");
	pthread_mutex_unlock(&lock);
	if (fault == NULL)
		return NULL;
	if (strstr(fault, "DIFFERENT") != NULL || strstr(fault, "whitespace") != NULL)
		return repeated;
	if (strstr(fault, "simplistic") == NULL)
		return too_common;
	/* It counts neighbours of the alphabet, of which a long sentence has some by chance. */
	return strlen(text) < LONG_PASSWORD ? plain_row : NULL;
}

/* --- together ----------------------------------------------------------------- */

const char *password_check(struct arena *arena, const char *password, const char *username)
{
	const size_t length = text_count(password, strlen(password));
	const char *folded, *pressed, *fault;

	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return wrong_length;
	folded = text_folded(arena, password);
	pressed = as_keys(arena, folded);
	if (username[0] != '\0' && strstr(folded, text_folded(arena, username)) != NULL)
		return has_name;
	if (is_repeated(folded))
		return repeated;
	if (is_row(pressed))
		return plain_row;
	if (is_listed(arena, folded))
		return too_common;
	fault = crack(arena, password);
	return fault == NULL && strcmp(pressed, folded) != 0 ? crack(arena, pressed) : fault;
}

const char *password_fault(const struct request *request, const char *password,
                           const char *username)
{
	const char *fault = password_check(request->arena, password, username);

	return fault != NULL ? i18n(request->language, fault) : NULL;
}
