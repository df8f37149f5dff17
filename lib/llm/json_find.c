#include "llm/json_find.h"

#include <string.h>

#include "base/json.h"
#include "llm/reply_mend.h"

enum {
	MAX_DEPTH = 64,
	/* Work in bytes looked at: how much a byte of the text allows, how much is always
	 * allowed, what parsing costs for each value and for each byte of it. */
	MAX_WORK = 16,
	LEAST_WORK = 64 * 1024,
	VALUE_COST = 1024,
	PARSE_COST = 4
};

struct find {
	struct arena *arena;
	const struct schema *schema;
	cJSON *found;
	const char *fault; /* of the first value that was JSON */
	size_t left;       /* bytes that may still be looked at: brackets in brackets add up */
};

/* Length of the string literal at `text`, which starts with a quote; `len` if it is open. */
static size_t string_length(const char *text, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (text[i] == '\\')
			i++;
		else if (text[i] == '"')
			return i + 1;
	}
	return len;
}

/*
 * True if the bracketed value at `text` is closed and its brackets match. `ret_len` is its
 * length, or how many bytes were looked at in vain.
 */
static bool is_balanced(const char *text, size_t len, size_t *ret_len)
{
	char closers[MAX_DEPTH];
	size_t depth = 0, i;

	for (i = 0; i < len; i++) {
		char c = text[i];

		if (c == '"') {
			i += string_length(text + i, len - i) - 1;
		} else if (c == '{' || c == '[') {
			if (depth == MAX_DEPTH)
				break;
			closers[depth++] = c == '{' ? '}' : ']';
		} else if (c == '}' || c == ']') {
			if (closers[depth - 1] != c)
				break;
			if (--depth == 0)
				break;
		}
	}
	*ret_len = i < len ? i + 1 : len;
	return i < len && depth == 0;
}

static const char *after_space(const char *text, const char *end)
{
	while (text < end && strchr(" \t\r\n", *text) != NULL)
		text++;
	return text;
}

/* True if the bracket at `text` may begin JSON. */
static bool may_be_json(const char *text, const char *end)
{
	const char *next = after_space(text + 1, end);

	return next < end && strchr(*text == '{' ? "\"}" : "{[\"]-0123456789tfn", *next) != NULL;
}

/* No bracket in prose: what stands in it is part of a broken answer, not another one. */
static bool is_surely_json(const char *text, const char *end)
{
	const char *next = after_space(text + 1, end);

	return next < end && strchr(*text == '{' ? "\"}" : "{[\"]", *next) != NULL;
}

/* The value with every comma blank that follows a value and comes before a bracket. */
static char *without_trailing_commas(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_copy(arena, text, len), *end = copy + len, last = '\0';

	for (char *p = copy; p < end; p++) {
		if (*p == '"') {
			p += string_length(p, (size_t)(end - p)) - 1;
		} else if (*p == ',' && last != '\0' && strchr("{[,:", last) == NULL) {
			const char *next = after_space(p + 1, end);

			last = *p;
			if (next < end && (*next == '}' || *next == ']'))
				*p = ' ';
			continue;
		} else if (strchr(" \t\r\n", *p) != NULL) {
			continue;
		}
		last = *p;
	}
	return copy;
}

/* Counts work; false when there was too much of it. */
static bool spend(struct find *find, size_t bytes)
{
	if (bytes > find->left)
		return false;
	find->left -= bytes;
	return true;
}

/* The first object or array within `value`, itself included, that fits. */
static cJSON *fitting(struct find *find, cJSON *value)
{
	const char *fault;
	cJSON *child;

	if (!spend(find, VALUE_COST))
		return NULL;
	if (find->schema == NULL || schema_check(find->arena, find->schema, value, &fault) == OK)
		return value;
	if (find->fault == NULL)
		find->fault = fault;
	cJSON_ArrayForEach(child, value)
	{
		cJSON *found = NULL;

		if (cJSON_IsObject(child) || cJSON_IsArray(child))
			found = fitting(find, child);
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* True if the `len` bytes are JSON; then `find->found` is what fits of it, if anything. */
static bool try_value(struct find *find, const char *text, size_t len)
{
	char *copy = without_trailing_commas(find->arena, text, len);
	struct buf mended;
	cJSON *value;

	reply_mend_json(find->arena, copy, len, REPLY_MEND_REPLACE, &mended);
	if (json_parse(mended.data, mended.len, &value) != OK)
		return false;
	find->found = fitting(find, value);
	return true;
}

/* Steps over the bracket at `*cursor`, looking at what it begins; a fault ends the search. */
static const char *search_one(struct find *find, const char **cursor, const char *end)
{
	static const char too_many[] = "the answer holds too many brackets";
	bool is_json = is_surely_json(*cursor, end), is_read = false;
	size_t len = 1;

	if (!may_be_json(*cursor, end)) {
		++*cursor;
		return NULL;
	}
	if (is_balanced(*cursor, (size_t)(end - *cursor), &len)) {
		if (!spend(find, VALUE_COST + PARSE_COST * len))
			return too_many;
		is_read = try_value(find, *cursor, len);
	} else if (is_json) {
		return "the JSON in the answer is not closed or its brackets do not match";
	} else if (!spend(find, len)) {
		return too_many;
	}
	*cursor += is_read || is_json ? len : 1;
	return NULL;
}

static const char *search(struct find *find, const char *text)
{
	const char *end = text + strlen(text), *fault = NULL;

	find->left = LEAST_WORK + MAX_WORK * (size_t)(end - text);
	while (find->found == NULL && fault == NULL) {
		text += strcspn(text, "{[");
		if (text == end)
			return "the answer holds no JSON object that can be read";
		fault = search_one(find, &text, end);
	}
	return fault;
}

enum err llm_json_find(struct arena *arena, const char *text, const struct schema *schema,
                       cJSON **ret_json, const char **ret_fault)
{
	struct find find = { .arena = arena, .schema = schema };
	const char *fault = search(&find, text);

	if (find.found == NULL) {
		*ret_fault = find.fault != NULL ? find.fault : fault;
		return ERR_INVALID;
	}
	*ret_json = find.found;
	return OK;
}
