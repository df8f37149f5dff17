#include "seal/canonical.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
	DIGITS = 17,           /* always tell one double from another */
	PLAIN_UP_TO = 21,      /* places before the point without an exponent */
	PLAIN_ZEROS = 6,       /* 0.000001 is the smallest without one */
	EXACT = 1000000000,    /* whole numbers below print as they are */
	NUMBER_BYTES = 40,     /* any number fits in */
	SCIENTIFIC_BYTES = 32, /* "-1.2345678901234567e-324" */
};

static enum err write_value(const cJSON *value, struct buf *out);

/* --- numbers ----------------------------------------------------------------------------- */

/* A positive number is 0.d1 d2 ... dk times ten to the power `point`. */
struct decimal {
	char digits[DIGITS + 1];
	int count, point;
};

static struct decimal decimal_of(const char *scientific)
{
	struct decimal decimal = { 0 };
	const char *c = scientific;

	for (; *c != 'e'; c++)
		if (*c != '.')
			decimal.digits[decimal.count++] = *c;
	decimal.point = atoi(c + 1) + 1;
	return decimal;
}

static bool is_same(const struct decimal *decimal, double number)
{
	char text[SCIENTIFIC_BYTES];

	snprintf(text, sizeof(text), ".%se%d", decimal->digits, decimal->point);
	return strtod(text, NULL) == number;
}

/* The next larger one of as many digits; one with a carry was tried with fewer of them. */
static void round_up(struct decimal *decimal)
{
	char *last = &decimal->digits[decimal->count - 1];

	if (*last < '9')
		(*last)++;
}

/*
 * The fewest digits that read as the number, the nearest of these. Below a power of two the
 * doubles are closer than above: there the nearest decimal may lie in the gap that reads as
 * another double, and the one above it reads right.
 */
static struct decimal shortest(double number)
{
	char text[SCIENTIFIC_BYTES];

	for (int digits = 1;; digits++) {
		struct decimal decimal;

		snprintf(text, sizeof(text), "%.*e", digits - 1, number);
		decimal = decimal_of(text);
		if (digits == DIGITS || is_same(&decimal, number))
			return decimal;
		round_up(&decimal);
		if (is_same(&decimal, number))
			return decimal;
	}
}

static void add_zeros(struct buf *out, int count)
{
	while (count-- > 0)
		buf_char(out, '0');
}

/* ECMA-262, Number::toString, for a positive number that is no small whole one. */
static void write_decimal(const struct decimal *d, struct buf *out)
{
	const size_t count = (size_t)d->count;

	if (d->count <= d->point && d->point <= PLAIN_UP_TO) {
		buf_add(out, d->digits, count);
		add_zeros(out, d->point - d->count);
	} else if (0 < d->point && d->point <= PLAIN_UP_TO) {
		buf_add(out, d->digits, (size_t)d->point);
		buf_char(out, '.');
		buf_add(out, d->digits + d->point, count - (size_t)d->point);
	} else if (-PLAIN_ZEROS < d->point && d->point <= 0) {
		buf_str(out, "0.");
		add_zeros(out, -d->point);
		buf_add(out, d->digits, count);
	} else {
		buf_char(out, d->digits[0]);
		if (count > 1)
			buf_char(out, '.');
		buf_add(out, d->digits + 1, count - 1);
		buf_printf(out, "e%+d", d->point - 1);
	}
}

static enum err write_number(double number, struct buf *out)
{
	struct decimal decimal;

	if (!isfinite(number))
		return ERR_INVALID;
	if (fabs(number) < EXACT && number == (double)(long)number) {
		buf_printf(out, "%ld", (long)number); /* minus zero is 0 as well */
		return OK;
	}
	if (number < 0)
		buf_char(out, '-');
	decimal = shortest(fabs(number));
	write_decimal(&decimal, out);
	return OK;
}

/* --- strings ----------------------------------------------------------------------------- */

/* The letter of a short escape, 0 when the byte has none. */
static char short_escape(char byte)
{
	static const char bytes[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
	const char *place = memchr(bytes, byte, sizeof(bytes) - 1);

	return place != NULL ? letters[place - bytes] : '\0';
}

static enum err write_string(const char *text, struct buf *out)
{
	const char *plain = text;

	if (text == NULL || !text_valid(text, strlen(text)))
		return ERR_INVALID;
	buf_char(out, '"');
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= ' ' && *text != '"' && *text != '\\')
			continue;
		buf_add(out, plain, (size_t)(text - plain));
		plain = text + 1;
		if (short_escape(*text) != '\0')
			buf_printf(out, "\\%c", short_escape(*text));
		else
			buf_printf(out, "\\u%04x", (unsigned)*text);
	}
	buf_add(out, plain, (size_t)(text - plain));
	buf_char(out, '"');
	return OK;
}

/* --- arrays and objects ------------------------------------------------------------------ */

/*
 * Where two characters differ first, UTF-8 has the order of code points. In UTF-16 what lies
 * beyond U+FFFF (first byte from F0 on) comes before U+E000 to U+FFFF (EE, EF).
 */
static int rank(unsigned char byte)
{
	return byte >= 0xF0 ? byte - 2 : byte >= 0xEE ? byte + 0x10 : byte;
}

static int by_name(const void *a, const void *b)
{
	const char *one = (*(const cJSON *const *)a)->string;
	const char *other = (*(const cJSON *const *)b)->string;

	while (*one != '\0' && *one == *other)
		one++, other++;
	return rank((unsigned char)*one) - rank((unsigned char)*other);
}

static enum err write_member(const cJSON *member, const cJSON *before, struct buf *out)
{
	enum err err;

	if (before != NULL && strcmp(before->string, member->string) == 0)
		return ERR_INVALID;
	if (before != NULL)
		buf_char(out, ',');
	err = write_string(member->string, out);
	buf_char(out, ':');
	return err == OK ? write_value(member, out) : err;
}

static enum err write_object(const cJSON *object, struct buf *out)
{
	const size_t count = (size_t)cJSON_GetArraySize(object);
	const cJSON **members = arena_array(out->arena, count + 1, sizeof(const cJSON *));
	const cJSON *member;
	enum err err = OK;
	size_t i = 0;

	cJSON_ArrayForEach(member, object) members[i++] = member;
	qsort(members, count, sizeof(const cJSON *), by_name);
	buf_char(out, '{');
	for (i = 0; i < count && err == OK; i++)
		err = write_member(members[i], i > 0 ? members[i - 1] : NULL, out);
	buf_char(out, '}');
	return err;
}

static enum err write_array(const cJSON *array, struct buf *out)
{
	const cJSON *element;
	enum err err = OK;

	buf_char(out, '[');
	cJSON_ArrayForEach(element, array)
	{
		if (element != array->child)
			buf_char(out, ',');
		err = write_value(element, out);
		if (err != OK)
			return err;
	}
	buf_char(out, ']');
	return OK;
}

static enum err write_value(const cJSON *value, struct buf *out)
{
	switch (value->type & 0xFF) {
	case cJSON_NULL:
		buf_str(out, "null");
		return OK;
	case cJSON_True:
		buf_str(out, "true");
		return OK;
	case cJSON_False:
		buf_str(out, "false");
		return OK;
	case cJSON_Number:
		return write_number(value->valuedouble, out);
	case cJSON_String:
		return write_string(value->valuestring, out);
	case cJSON_Array:
		return write_array(value, out);
	case cJSON_Object:
		return write_object(value, out);
	default:
		return ERR_INVALID;
	}
}

enum err canonical_write(const cJSON *document, struct buf *out)
{
	return write_value(document, out);
}
