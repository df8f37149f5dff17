#include "judge/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"

enum {
	EXACT_DIGITS = 15,  /* every integer of so many is a double */
	LONGEST_NUMBER = 60 /* characters that cJSON reads of a number */
};

/* A number whose text is kept: a double would lose digits, or that it is a float. */
struct kept {
	struct kept *next;
	size_t ordinal; /* of the number in the text, from 0 */
	char *text;
};

/* The text as cJSON can read it, and what it could not. */
struct rewriting {
	struct arena *arena;
	const char *nul;
	struct buf text;
	struct kept *first, **last;
	size_t numbers;
};

static size_t count_digits(const char *text, size_t len)
{
	size_t count = 0;

	while (count < len && text[count] >= '0' && text[count] <= '9')
		count++;
	return count;
}

/* Length of the JSON number at `text`, 0 if it is none; tells if it is an integer. */
static size_t number_length(const char *text, size_t len, bool *ret_is_integer)
{
	size_t at = len > 0 && text[0] == '-' ? 1 : 0, digits = count_digits(text + at, len - at);

	if (digits == 0 || (digits > 1 && text[at] == '0'))
		return 0;
	at += digits;
	*ret_is_integer = true;
	if (at < len && text[at] == '.') {
		digits = count_digits(text + at + 1, len - at - 1);
		if (digits == 0)
			return 0;
		at += 1 + digits;
		*ret_is_integer = false;
	}
	if (at < len && (text[at] == 'e' || text[at] == 'E')) {
		at++;
		if (at < len && (text[at] == '+' || text[at] == '-'))
			at++;
		digits = count_digits(text + at, len - at);
		if (digits == 0)
			return 0;
		at += digits;
		*ret_is_integer = false;
	}
	return at;
}

static void keep(struct rewriting *rewriting, const char *text, size_t len)
{
	struct kept *kept = arena_alloc(rewriting->arena, sizeof(*kept));

	*kept = (struct kept){ .ordinal = rewriting->numbers,
		               .text = arena_copy(rewriting->arena, text, len) };
	*rewriting->last = kept;
	rewriting->last = &kept->next;
}

static void add_number(struct rewriting *rewriting, const char *text, size_t len, bool is_integer)
{
	if (is_integer && len - (text[0] == '-') > EXACT_DIGITS) {
		keep(rewriting, text, len);
		buf_char(&rewriting->text, '0');
	} else if (len > LONGEST_NUMBER) {
		double value = strtod(arena_copy(rewriting->arena, text, len), NULL);

		if (isfinite(value))
			buf_printf(&rewriting->text, "%.17g", value);
		else
			buf_str(&rewriting->text, value < 0 ? "-1e999" : "1e999");
	} else {
		/* cJSON would print 3.0 as 3, which Python takes for an int. */
		if (!is_integer)
			keep(rewriting, text, len);
		buf_add(&rewriting->text, text, len);
	}
	rewriting->numbers++;
}

/* Copies a string from its opening to its closing quote; returns how long it was. */
static size_t copy_string(struct rewriting *rewriting, const char *text, size_t len)
{
	size_t at = 1, from = 0;

	for (; at < len && text[at] != '"'; at++) {
		if (text[at] != '\\')
			continue;
		if (len - at >= 6 && memcmp(text + at, "\\u0000", 6) == 0) {
			buf_add(&rewriting->text, text + from, at - from);
			buf_str(&rewriting->text, rewriting->nul);
			from = at + 6;
		}
		at++;
	}
	at = at < len ? at + 1 : len;
	buf_add(&rewriting->text, text + from, at - from);
	return at;
}

static bool rewrite(struct rewriting *rewriting, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		if (text[at] == '"') {
			at += copy_string(rewriting, text + at, len - at);
		} else if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9')) {
			bool is_integer;
			size_t length = number_length(text + at, len - at, &is_integer);

			if (length == 0)
				return false;
			add_number(rewriting, text + at, length, is_integer);
			at += length;
		} else {
			buf_char(&rewriting->text, text[at++]);
		}
	}
	return true;
}

/* Puts the texts back; numbers come in the same order in the tree as in the text. */
static void restore(cJSON *item, struct kept **next, size_t *ordinal)
{
	cJSON *child;

	if (cJSON_IsNumber(item)) {
		if (*next != NULL && (*next)->ordinal == *ordinal) {
			item->type = cJSON_Raw;
			item->valuestring = (*next)->text;
			*next = (*next)->next;
		}
		++*ordinal;
	}
	cJSON_ArrayForEach(child, item)
	{
		restore(child, next, ordinal);
	}
}

enum err value_parse_nul(struct arena *arena, const char *text, size_t len, const char *nul,
                         cJSON **ret_value)
{
	struct rewriting rewriting = { .arena = arena, .nul = nul };
	struct kept *next;
	cJSON *value;
	size_t ordinal = 0;
	enum err err;

	rewriting.last = &rewriting.first;
	buf_init(&rewriting.text, arena);
	if (!rewrite(&rewriting, text, len))
		return ERR_INVALID;
	err = json_parse(rewriting.text.data, rewriting.text.len, &value);
	if (err != OK)
		return err;
	next = rewriting.first;
	restore(value, &next, &ordinal);
	*ret_value = value;
	return OK;
}

enum err value_parse(struct arena *arena, const char *text, size_t len, cJSON **ret_value)
{
	return value_parse_nul(arena, text, len, "\\ufffd", ret_value);
}

bool value_is_big(const cJSON *item)
{
	return cJSON_IsRaw(item) && strpbrk(item->valuestring, ".eE") == NULL;
}

bool value_is_float(const cJSON *item)
{
	return cJSON_IsRaw(item) && !value_is_big(item);
}

/* The text of {"$float": text}, NULL if it is something else. */
static const char *special_text(const cJSON *item)
{
	if (!cJSON_IsObject(item) || item->child == NULL || item->child->next != NULL ||
	    !cJSON_IsString(item->child) || strcmp(item->child->string, "$float") != 0)
		return NULL;
	return item->child->valuestring;
}

bool value_is_number(const cJSON *item)
{
	const char *special = special_text(item);

	if (special != NULL)
		return strcmp(special, "nan") == 0 || strcmp(special, "inf") == 0 ||
		       strcmp(special, "-inf") == 0;
	return cJSON_IsNumber(item) || cJSON_IsRaw(item);
}

double value_number(const cJSON *item)
{
	const char *special = special_text(item);

	if (special != NULL)
		return strtod(special, NULL); /* which reads nan and inf as well */
	return value_is_big(item) ? strtod(item->valuestring, NULL) : item->valuedouble;
}

double value_member(const cJSON *object, const char *name, double fallback)
{
	const cJSON *item = json_get(object, name);

	return item != NULL && (cJSON_IsNumber(item) || cJSON_IsRaw(item)) ? value_number(item)
	                                                                   : fallback;
}
