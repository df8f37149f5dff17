#include "judge/sql/answer.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER = 4 };

/* Length of the well-formed UTF-8 character at `bytes`, 0 if it is none. */
static size_t character_length(const unsigned char *bytes, size_t len)
{
	static const unsigned smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = bytes[0];
	size_t count = first < 0x80   ? 1
	               : first < 0xC2 ? 0
	               : first < 0xE0 ? 2
	               : first < 0xF0 ? 3
	                              : 4;
	unsigned code = count < 2 ? first : first & (0xFFU >> (count + 1));

	if (count > len || first > 0xF4)
		return 0;
	for (size_t i = 1; i < count; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | (bytes[i] & 0x3F);
	}
	if (count > 1 &&
	    (code < smallest[count] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)))
		return 0;
	return count;
}

void answer_add_string(sqlite3_str *text, const unsigned char *bytes, size_t len)
{
	sqlite3_str_appendchar(text, 1, '"');
	for (size_t i = 0; i < len;) {
		size_t count = character_length(bytes + i, len - i);

		if (count == 0 || bytes[i] == '\0')
			sqlite3_str_appendall(text, "\\ufffd");
		else if (bytes[i] < ' ')
			sqlite3_str_appendf(text, "\\u%04x", bytes[i]);
		else if (bytes[i] == '"' || bytes[i] == '\\')
			sqlite3_str_appendf(text, "\\%c", bytes[i]);
		else
			sqlite3_str_append(text, (const char *)bytes + i, (int)count);
		i += count == 0 ? 1 : count;
	}
	sqlite3_str_appendchar(text, 1, '"');
}

/* As few digits as give the same number again, and always a sign that it is no integer. */
static void add_real(sqlite3_str *text, double value)
{
	char digits[40];

	if (isinf(value)) {
		sqlite3_str_appendall(text,
		                      value > 0 ? "{\"$float\":\"inf\"}" : "{\"$float\":\"-inf\"}");
		return;
	}
	for (int precision = 15; precision <= 17; precision++) {
		sqlite3_snprintf(sizeof(digits), digits, "%!.*g", precision, value);
		if (strtod(digits, NULL) == value)
			break;
	}
	sqlite3_str_appendall(text, digits);
}

static void add_blob(sqlite3_str *text, const unsigned char *bytes, size_t len)
{
	sqlite3_str_appendchar(text, 1, '"');
	for (size_t i = 0; i < len; i++)
		sqlite3_str_appendf(text, "%02x", bytes[i]);
	sqlite3_str_appendchar(text, 1, '"');
}

static void add_column(sqlite3_str *text, sqlite3_stmt *statement, int column)
{
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER:
		sqlite3_str_appendf(text, "%lld", sqlite3_column_int64(statement, column));
		break;
	case SQLITE_FLOAT:
		add_real(text, sqlite3_column_double(statement, column));
		break;
	case SQLITE_TEXT:
		answer_add_string(text, sqlite3_column_text(statement, column),
		                  (size_t)sqlite3_column_bytes(statement, column));
		break;
	case SQLITE_BLOB:
		add_blob(text, sqlite3_column_blob(statement, column),
		         (size_t)sqlite3_column_bytes(statement, column));
		break;
	default:
		sqlite3_str_appendall(text, "null");
	}
}

void answer_add_row(sqlite3_str *text, sqlite3_stmt *statement)
{
	int count = sqlite3_column_count(statement);

	sqlite3_str_appendchar(text, 1, '[');
	for (int i = 0; i < count; i++) {
		if (i > 0)
			sqlite3_str_appendchar(text, 1, ',');
		add_column(text, statement, i);
	}
	sqlite3_str_appendchar(text, 1, ']');
}

static int write_all(const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t count = write(ANSWER, at, len);

		if (count < 0 && errno != EINTR)
			return -1;
		if (count > 0) {
			at += count;
			len -= (size_t)count;
		}
	}
	return 0;
}

int answer_send(const char *text, size_t len)
{
	const unsigned char head[4] = { (unsigned char)(len >> 24), (unsigned char)(len >> 16),
		                        (unsigned char)(len >> 8), (unsigned char)len };

	return write_all(head, sizeof(head)) != 0 ? -1 : write_all(text, len);
}
