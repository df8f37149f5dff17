#include "base/latin.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

struct letter {
	uint32_t code_point; /* lower case */
	const char *latin;
	const char *ukrainian; /* in a Ukrainian text; NULL: the same */
	const char *first;     /* and at the start of a word there; NULL: the same */
};

/* Russia's order of 2020 for passports and resolution 55 of Ukraine's cabinet of 2010. */
static const struct letter letters[] = {
	{ U'а', "a", NULL, NULL },    { U'б', "b", NULL, NULL },  { U'в', "v", NULL, NULL },
	{ U'г', "g", "h", NULL },     { U'ґ', "g", NULL, NULL },  { U'д', "d", NULL, NULL },
	{ U'е', "e", NULL, NULL },    { U'ё', "e", NULL, NULL },  { U'є', "ie", NULL, "ye" },
	{ U'ж', "zh", NULL, NULL },   { U'з', "z", NULL, NULL },  { U'и', "i", "y", NULL },
	{ U'і', "i", NULL, NULL },    { U'ї', "i", NULL, "yi" },  { U'й', "i", NULL, "y" },
	{ U'к', "k", NULL, NULL },    { U'л', "l", NULL, NULL },  { U'м', "m", NULL, NULL },
	{ U'н', "n", NULL, NULL },    { U'о', "o", NULL, NULL },  { U'п', "p", NULL, NULL },
	{ U'р', "r", NULL, NULL },    { U'с', "s", NULL, NULL },  { U'т', "t", NULL, NULL },
	{ U'у', "u", NULL, NULL },    { U'ф', "f", NULL, NULL },  { U'х', "kh", NULL, NULL },
	{ U'ц', "ts", NULL, NULL },   { U'ч', "ch", NULL, NULL }, { U'ш', "sh", NULL, NULL },
	{ U'щ', "shch", NULL, NULL }, { U'ъ', "ie", NULL, NULL }, { U'ы', "y", NULL, NULL },
	{ U'ь', "", NULL, NULL },     { U'э', "e", NULL, NULL },  { U'ю', "iu", NULL, "yu" },
	{ U'я', "ia", NULL, "ya" },   { U'’', "", NULL, NULL },
};

/* U+00C0 to U+00FF without their accents. */
static const char accented[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo_ouuuuyty";

struct place {
	bool is_ukrainian, is_first;
	uint32_t before; /* the letter before it, lower case */
};

static bool is_ukrainian(const char *text)
{
	static const char *const marks[] = { "і", "ї", "є", "ґ", "І", "Ї", "Є", "Ґ" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strstr(text, marks[i]) != NULL)
			return true;
	return false;
}

static const char *latin_of(uint32_t lower, struct place place)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		const struct letter *letter = &letters[i];

		if (letter->code_point != lower)
			continue;
		if (place.is_ukrainian && lower == U'г' && place.before == U'з')
			return "gh"; /* "zh" is another letter */
		if (place.is_ukrainian && place.is_first && letter->first != NULL)
			return letter->first;
		return place.is_ukrainian && letter->ukrainian != NULL ? letter->ukrainian
		                                                       : letter->latin;
	}
	return NULL;
}

static void add_letter(struct buf *out, uint32_t c, struct place place)
{
	const uint32_t lower = text_lower(c);
	const char *latin = latin_of(lower, place);

	if (latin != NULL && c != lower && latin[0] != '\0') {
		buf_char(out, (char)(latin[0] - 'a' + 'A'));
		latin++;
	}
	if (latin != NULL)
		buf_str(out, latin);
	else if (c >= 0x20 && c < 0x7F)
		buf_char(out, (char)c);
	else
		buf_char(out, c >= 0xC0 && c <= 0xFF ? accented[c - 0xC0] : '_');
}

/* A combining accent goes with its letter. */
static bool is_accent(uint32_t c)
{
	return c >= 0x300 && c <= 0x36F;
}

char *latin_text(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text);
	struct place place = { .is_ukrainian = is_ukrainian(text), .is_first = true };
	struct buf out;

	buf_init(&out, arena);
	while (text < end) {
		const uint32_t c = text_next(&text, end);

		if (is_accent(c))
			continue;
		add_letter(&out, c, place);
		place.is_first = !text_is_letter(c);
		place.before = text_lower(c);
	}
	return out.data;
}
