#include "base/csv.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"

static const double SCALE = 10000;

struct csv csv_begin(struct buf *out)
{
	buf_str(out, "\xEF\xBB\xBF");
	return (struct csv){ .out = out };
}

static void separate(struct csv *csv)
{
	if (csv->has_cell)
		buf_char(csv->out, ',');
	csv->has_cell = true;
}

/* Bytes of the sign that begins a formula; 0: it is none. */
static size_t formula_sign(const char *text)
{
	static const char *const signs[] = { "=",
		                             "+",
		                             "-",
		                             "@",
		                             "\xEF\xBC\x9D",   /* full-width = */
		                             "\xEF\xBC\x8B",   /* + */
		                             "\xEF\xBC\x8D",   /* - */
		                             "\xEF\xBC\xA0",   /* @ */
		                             "\xE2\x88\x92",   /* minus sign */
		                             "\xEF\xB9\xA2",   /* small + */
		                             "\xEF\xB9\xA3",   /* small - */
		                             "\xEF\xB9\xA6",   /* small = */
		                             "\xEF\xB9\xAB" }; /* small @ */

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	return 0;
}

/* Bytes of what a reader may skip before a cell's text: spaces, marks of no width, quotes. */
static size_t skipped(const char *text)
{
	static const char *const marks[] = { "\xC2\xA0",     "\xE2\x80\x8B", "\xE2\x80\x8C",
		                             "\xE2\x80\x8D", "\xE2\x81\xA0", "\xE2\x80\xA8",
		                             "\xE2\x80\xA9", "\xE3\x80\x80", "\xEF\xBB\xBF" };

	if ((unsigned char)*text <= ' ' || *text == '"' || *text == 0x7F)
		return *text != '\0' ? 1 : 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static bool is_separator(char c)
{
	return strchr(",;|\t\n\r", c) != NULL;
}

/* The text with an apostrophe before each sign that could begin a formula. */
static void add_safe(struct buf *out, const char *text)
{
	bool at_start = true;

	while (*text != '\0') {
		const size_t skip = skipped(text);

		if (at_start && formula_sign(text) > 0)
			buf_char(out, '\'');
		if (is_separator(*text))
			at_start = true;
		else if (skip == 0)
			at_start = false;
		if (*text == '"')
			buf_char(out, '"');
		buf_add(out, text, skip > 0 ? skip : 1);
		text += skip > 0 ? skip : 1;
	}
}

void csv_text(struct csv *csv, const char *text)
{
	separate(csv);
	if (text == NULL || *text == '\0')
		return;
	buf_char(csv->out, '"');
	add_safe(csv->out, text);
	buf_char(csv->out, '"');
}

void csv_integer(struct csv *csv, int64_t number)
{
	separate(csv);
	buf_printf(csv->out, "%lld", (long long)number);
}

void csv_number(struct csv *csv, double number)
{
	separate(csv);
	if (isfinite(number))
		buf_printf(csv->out, "%.15g", round(number * SCALE) / SCALE + 0.0);
}

void csv_time(struct csv *csv, int64_t ms)
{
	separate(csv);
	if (ms != 0)
		buf_str(csv->out, clock_iso(csv->out->arena, ms));
}

void csv_head(struct csv *csv, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		csv_text(csv, names[i]);
	csv_end(csv);
}

void csv_end(struct csv *csv)
{
	buf_str(csv->out, "\r\n");
	csv->has_cell = false;
}
