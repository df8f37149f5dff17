#include "base/i18n.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"

enum { FORMS = 3, MAX_CATALOGUE = 8 * 1024 * 1024 };

struct entry {
	const char *message;
	const char *forms[FORMS]; /* only the first one unless the message has a plural */
};

struct catalogue {
	const struct entry *entries; /* by message */
	size_t count;
};

struct catalogues {
	struct arena *arena; /* NULL until something is loaded */
	struct catalogue of[LANG_COUNT];
};

static const struct {
	const char *code, *name;
} languages[LANG_COUNT] = {
	[LANG_EN] = { "en", "English" },
	[LANG_RU] = { "ru", "Русский" },
	[LANG_UK] = { "uk", "Українська" },
};

static struct catalogues loaded;

/* --- .mo files: gettext's manual, section "The Format of GNU MO Files" ------ */

enum { MO_HEADER = 28, MO_PAIR = 8 };

static const uint32_t mo_magic = 0x950412de;

struct mo {
	const char *bytes;
	size_t len;
	size_t unread; /* strings do not overlap: together they are no longer than the file */
	bool swapped;
};

struct string {
	const char *text; /* a NUL follows its `len` bytes */
	size_t len;
};

/* `at` must leave four bytes. */
static uint32_t mo_number(const struct mo *mo, size_t at)
{
	uint32_t number;

	memcpy(&number, mo->bytes + at, sizeof(number));
	return mo->swapped ? __builtin_bswap32(number) : number;
}

/* The string that the pair of length and offset at `at` stands for. */
static bool mo_string(struct mo *mo, size_t at, struct string *ret_string)
{
	size_t len = mo_number(mo, at), offset = mo_number(mo, at + 4);

	if (offset >= mo->len || len >= mo->len - offset || mo->bytes[offset + len] != '\0' ||
	    len >= mo->unread)
		return false;
	mo->unread -= len + 1;
	*ret_string = (struct string){ mo->bytes + offset, len };
	return true;
}

static bool mo_table_fits(const struct mo *mo, size_t offset, size_t count)
{
	return offset <= mo->len && count <= (mo->len - offset) / MO_PAIR;
}

/* Splits a translation at its NULs; `is_plural` demands all forms, otherwise one. */
static bool mo_forms(struct string translation, bool is_plural, struct entry *entry)
{
	const char *at = translation.text, *end = translation.text + translation.len;
	size_t count = 0;

	for (; at <= end && count < FORMS; at += strlen(at) + 1)
		entry->forms[count++] = at;
	return at > end && count == (is_plural ? FORMS : 1);
}

/* Reads one pair of strings; messages must ascend, as msgfmt writes them. */
static const char *mo_entry(struct mo *mo, size_t original, size_t translated, struct entry *entry)
{
	struct string message, translation;

	if (!mo_string(mo, original, &message) || !mo_string(mo, translated, &translation))
		return "a string lies outside the file";
	if (!text_valid(message.text, message.len) ||
	    !text_valid(translation.text, translation.len))
		return "text is not UTF-8";
	entry->message = message.text;
	if (!mo_forms(translation, strlen(message.text) < message.len, entry))
		return "a message has too few or too many plural forms";
	return NULL;
}

/* Reads all entries; returns what is wrong with the file, or NULL. */
static const char *mo_read(struct arena *arena, struct mo *mo, struct catalogue *catalogue)
{
	size_t count, originals, translations;
	struct entry *entries;

	mo->unread = mo->len;
	mo->swapped = mo->len >= 4 && mo_number(mo, 0) != mo_magic;
	if (mo->len < MO_HEADER || mo_number(mo, 0) != mo_magic)
		return "not a .mo file";
	if (mo_number(mo, 4) >> 16 > 1)
		return "an unknown revision of the .mo format";
	count = mo_number(mo, 8);
	originals = mo_number(mo, 12);
	translations = mo_number(mo, 16);
	if (!mo_table_fits(mo, originals, count) || !mo_table_fits(mo, translations, count))
		return "a table lies outside the file";
	entries = arena_array(arena, count, sizeof(*entries));
	for (size_t i = 0; i < count; i++) {
		const char *fault = mo_entry(mo, originals + i * MO_PAIR,
		                             translations + i * MO_PAIR, &entries[i]);

		if (fault == NULL && i > 0 &&
		    strcmp(entries[i - 1].message, entries[i].message) >= 0)
			fault = "messages are not sorted";
		if (fault != NULL)
			return fault;
	}
	*catalogue = (struct catalogue){ entries, count };
	return NULL;
}

static const struct entry *find_entry(const struct catalogue *catalogue, const char *message)
{
	size_t low = 0, high = catalogue->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(message, catalogue->entries[middle].message);

		if (order == 0)
			return &catalogue->entries[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* --- plural forms ---------------------------------------------------------- */

/*
 * The rule is built in; a catalogue's header only has to say that its forms come
 * in that order. These are the two ways in which it is written, by msginit and by
 * Unicode's tables, without white space and parentheses.
 */
static const char *const plural_headers[] = {
	"nplurals=3;plural=n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&n%100<10||n%100>=20?1:2;",
	"nplurals=3;plural=n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&n%100<12||n%100>14?1:2;",
};

static unsigned long long magnitude(long long n)
{
	return n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;
}

/* Unicode CLDR, plural rules of Russian and Ukrainian for whole numbers. */
static size_t east_slavic_form(unsigned long long n)
{
	unsigned long long ones = n % 10, tens = n / 10 % 10;

	if (tens != 1 && ones == 1)
		return 0;
	return tens != 1 && ones >= 2 && ones <= 4 ? 1 : 2;
}

static bool has_plural_rule(struct arena *arena, const struct catalogue *catalogue)
{
	static const char field[] = "Plural-Forms:";
	const struct entry *header = find_entry(catalogue, "");
	const char *at = header == NULL ? NULL : strstr(header->forms[0], field);
	struct buf rule;

	if (at == NULL)
		return false;
	buf_init(&rule, arena);
	for (at += strlen(field); *at != '\0' && *at != '\n'; at++) {
		if (strchr(" \t\r()", *at) == NULL)
			buf_char(&rule, *at);
	}
	if (rule.len > 0 && rule.data[rule.len - 1] != ';')
		buf_char(&rule, ';');
	return strcmp(rule.data, plural_headers[0]) == 0 ||
	       strcmp(rule.data, plural_headers[1]) == 0;
}

/* --- loading --------------------------------------------------------------- */

static enum err read_file(struct arena *arena, const char *path, struct mo *mo)
{
	FILE *file = fopen(path, "rbe");
	struct stat status;
	char *bytes;

	if (file == NULL) {
		log_error("cannot open %s: %s", path, strerror(errno));
		return ERR_INTERNAL;
	}
	if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode) ||
	    status.st_size > MAX_CATALOGUE) {
		log_error("%s is not a file of at most %d bytes", path, MAX_CATALOGUE);
		fclose(file);
		return ERR_INTERNAL;
	}
	bytes = arena_alloc(arena, (size_t)status.st_size + 1);
	mo->len = fread(bytes, 1, (size_t)status.st_size, file);
	mo->bytes = bytes;
	fclose(file);
	return OK;
}

static enum err load_catalogue(struct arena *arena, const char *path, struct catalogue *catalogue)
{
	struct mo mo = { .len = 0 };
	const char *fault;
	enum err err = read_file(arena, path, &mo);

	if (err != OK)
		return err;
	fault = mo_read(arena, &mo, catalogue);
	if (fault == NULL && !has_plural_rule(arena, catalogue))
		fault = "Plural-Forms is not that of Russian and Ukrainian";
	if (fault == NULL)
		return OK;
	log_error("%s: %s", path, fault);
	return ERR_INTERNAL;
}

enum err i18n_load(const char *folder)
{
	struct arena *arena = arena_create();
	struct catalogues catalogues = { .arena = arena };
	enum err err = OK;

	for (int i = 0; i < LANG_COUNT && err == OK; i++) {
		const char *path = arena_printf(arena, "%s/%s.mo", folder, languages[i].code);

		if (i != LANG_EN)
			err = load_catalogue(arena, path, &catalogues.of[i]);
	}
	if (err != OK) {
		arena_destroy(arena);
		return err;
	}
	arena_destroy(loaded.arena);
	loaded = catalogues;
	return OK;
}

/* --- looking up ------------------------------------------------------------ */

static const struct entry *find_message(enum language language, const char *message)
{
	if (language == LANG_EN || *message == '\0')
		return NULL;
	return find_entry(&loaded.of[language], message);
}

const char *i18n(enum language language, const char *message)
{
	const struct entry *entry = find_message(language, message);

	return entry == NULL || *entry->forms[0] == '\0' ? message : entry->forms[0];
}

const char *i18n_plural(enum language language, const char *one, const char *many, long long n)
{
	const struct entry *entry = find_message(language, one);
	const char *form = NULL;

	if (entry != NULL)
		form = entry->forms[east_slavic_form(magnitude(n))];
	if (form != NULL && *form != '\0')
		return form;
	return magnitude(n) == 1 ? one : many;
}

const char *language_code(enum language language)
{
	return languages[language].code;
}

const char *language_name(enum language language)
{
	return languages[language].name;
}

bool language_parse(const char *code, enum language *ret_language)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (strcmp(code, languages[i].code) == 0) {
			*ret_language = (enum language)i;
			return true;
		}
	}
	return false;
}

/* --- negotiation ----------------------------------------------------------- */

enum { FULL_WEIGHT = 1000, NO_WEIGHT = -1, MAX_RANGES = 100 };

/* What a header says about one language; the first of equals wins. */
struct preference {
	int weight; /* thousandths; NO_WEIGHT when it is not named */
	int rank;
};

/* Reads a qvalue that fills the text but for white space at its end: 0.5 is 500. */
static bool parse_weight(const char *text, size_t len, int *ret_weight)
{
	int weight, unit = FULL_WEIGHT / 10;
	size_t at = 2;

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	if (len == 0 || len > 5 || (text[0] != '0' && text[0] != '1') ||
	    (len > 1 && text[1] != '.'))
		return false;
	weight = (text[0] - '0') * FULL_WEIGHT;
	for (; at < len && text[at] >= '0' && text[at] <= '9'; at++, unit /= 10)
		weight += (text[at] - '0') * unit;
	if (at < len || weight > FULL_WEIGHT)
		return false;
	*ret_weight = weight;
	return true;
}

/* Reads the parameters behind a range; false unless they are none or a weight. */
static bool parse_parameters(const char *text, size_t len, int *ret_weight)
{
	size_t blank = strspn(text, " \t");

	if (blank >= len) {
		*ret_weight = FULL_WEIGHT;
		return true;
	}
	if (text[blank] != ';')
		return false;
	blank++;
	blank += strspn(text + blank, " \t");
	if (len < blank + 2 || strncasecmp(text + blank, "q=", 2) != 0)
		return false;
	return parse_weight(text + blank + 2, len - blank - 2, ret_weight);
}

static void prefer(struct preference *preference, int weight, int rank)
{
	if (weight > preference->weight)
		*preference = (struct preference){ weight, rank };
}

/* Takes one element of the header, such as "uk-UA;q=0.9", `len` bytes long. */
static void take_range(const char *text, size_t len, int rank, struct preference *preferences)
{
	size_t subtag = strcspn(text, "-;, \t"), range = strcspn(text, ";, \t");
	int weight;

	if (range > len || !parse_parameters(text + range, len - range, &weight))
		return;
	if (range == 1 && *text == '*') {
		prefer(&preferences[LANG_COUNT], weight, rank);
		return;
	}
	for (int i = 0; i < LANG_COUNT; i++) {
		if (subtag == strlen(languages[i].code) &&
		    strncasecmp(text, languages[i].code, subtag) == 0)
			prefer(&preferences[i], weight, rank);
	}
}

/* `preferences` has one more element than languages, for "*". */
static enum language best(const struct preference *preferences)
{
	struct preference top = { 0, 0 };
	enum language language = LANG_EN;

	for (int i = 0; i < LANG_COUNT; i++) {
		struct preference own = preferences[i];

		if (own.weight == NO_WEIGHT)
			own = preferences[LANG_COUNT];
		if (own.weight > top.weight || (own.weight == top.weight && own.rank < top.rank)) {
			top = own;
			language = (enum language)i;
		}
	}
	return language;
}

enum language language_negotiate(const char *accept_language)
{
	struct preference preferences[LANG_COUNT + 1];
	const char *at = accept_language;

	for (int i = 0; i <= LANG_COUNT; i++)
		preferences[i] = (struct preference){ .weight = NO_WEIGHT };
	for (int rank = 1; at != NULL && *at != '\0' && rank <= MAX_RANGES; rank++) {
		size_t len;

		at += strspn(at, " \t,");
		len = strcspn(at, ",");
		take_range(at, len, rank, preferences);
		at += len;
	}
	return best(preferences);
}
