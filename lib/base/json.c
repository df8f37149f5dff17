#include "base/json.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum { MAX_DEPTH = 64 };

static _Thread_local struct arena *bound;

static void *allocate(size_t size)
{
	assert(bound != NULL);
	return arena_alloc(bound, size);
}

static void release(void *memory)
{
	(void)memory; /* the arena takes it back */
}

void json_bind(struct arena *arena)
{
	static const cJSON_Hooks hooks = { .malloc_fn = allocate, .free_fn = release };
	static _Thread_local bool hooked;

	bound = arena;
	if (!hooked)
		cJSON_InitHooks((cJSON_Hooks *)&hooks);
	hooked = true;
}

/* \u with the number 0, or without four hexadecimal digits, which cJSON takes for 0. */
static bool is_bad_escape(const char *text, size_t len)
{
	if (text[0] != 'u')
		return false;
	for (size_t i = 1; i < 5; i++)
		if (i >= len || !isxdigit((unsigned char)text[i]))
			return true;
	return memcmp(text + 1, "0000", 4) == 0;
}

/* The first NUL, bad escape or nesting beyond MAX_DEPTH in the text; NULL: there is none. */
static const char *find_hostile(const char *text, size_t len)
{
	bool in_string = false;
	int depth = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\0')
			return text + i;
		if (in_string && text[i] == '\\') {
			i++;
			if (i < len && is_bad_escape(text + i, len - i))
				return text + i;
		} else if (text[i] == '"') {
			in_string = !in_string;
		} else if (!in_string && (text[i] == '{' || text[i] == '[')) {
			if (++depth > MAX_DEPTH)
				return text + i;
		} else if (!in_string && (text[i] == '}' || text[i] == ']')) {
			depth--;
		}
	}
	return NULL;
}

enum err json_parse(const char *text, size_t len, cJSON **ret_value)
{
	char *copy;
	cJSON *value;

	if (!text_valid(text, len) || find_hostile(text, len) != NULL)
		return ERR_INVALID;
	copy = arena_copy(bound, text, len);
	value = cJSON_ParseWithLengthOpts(copy, len + 1, NULL, 1);
	if (value == NULL)
		return ERR_INVALID;
	*ret_value = value;
	return OK;
}

void json_fault_place(const char *text, size_t len, int *ret_line, int *ret_column)
{
	char *copy = arena_copy(bound, text, len);
	const char *fault = find_hostile(copy, len), *line = copy, *next;

	if (fault == NULL && cJSON_ParseWithLengthOpts(copy, len + 1, &fault, 1) != NULL)
		fault = copy;
	*ret_line = 1;
	while ((next = memchr(line, '\n', (size_t)(fault - line))) != NULL) {
		line = next + 1;
		++*ret_line;
	}
	*ret_column = (int)text_count(line, (size_t)(fault - line)) + 1;
}

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* True if the first `len` bytes are a number of RFC 8259, section 6. */
static bool is_number(const char *text, size_t len)
{
	const char *end = text + len;

	text += *text == '-';
	if (digits(text) == 0 || (*text == '0' && digits(text) > 1))
		return false;
	text += digits(text);
	if (*text == '.') {
		if (digits(++text) == 0)
			return false;
		text += digits(text);
	}
	if (*text == 'e' || *text == 'E') {
		text++;
		text += *text == '+' || *text == '-';
		if (digits(text) == 0)
			return false;
		text += digits(text);
	}
	return text == end;
}

/* Of a text that cJSON took. */
static bool is_strict(const char *text)
{
	bool in_string = false;

	while (*text != '\0') {
		size_t len = 1;

		if ((unsigned char)*text < 0x20 && (in_string || strchr("\t\n\r", *text) == NULL))
			return false;
		if (in_string && *text == '\\') {
			len = 2;
		} else if (*text == '"') {
			in_string = !in_string;
		} else if (!in_string && (*text == '-' || digits(text) > 0)) {
			len = strspn(text, "0123456789+-.eE");
			if (!is_number(text, len))
				return false;
		}
		text += len;
	}
	return true;
}

enum err json_parse_strict(const char *text, size_t len, cJSON **ret_value)
{
	enum err err = json_parse(text, len, ret_value);

	return err == OK && !is_strict(arena_copy(bound, text, len)) ? ERR_INVALID : err;
}

enum err json_parse_file(struct arena *arena, const char *path, size_t max, cJSON **ret_value)
{
	char *text;
	size_t len;
	enum err err = file_read(arena, path, max, &text, &len);

	if (err == OK) {
		err = json_parse(text, len, ret_value);
		if (err != OK)
			log_error("%s is not valid JSON", path);
	}
	return err;
}

char *json_text(const cJSON *value)
{
	return cJSON_PrintBuffered(value, 4096, 0);
}

const cJSON *json_get(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *json_string(const cJSON *object, const char *name, const char *fallback)
{
	const cJSON *item = json_get(object, name);

	return cJSON_IsString(item) ? item->valuestring : fallback;
}

double json_number(const cJSON *object, const char *name, double fallback)
{
	const cJSON *item = json_get(object, name);

	return cJSON_IsNumber(item) ? item->valuedouble : fallback;
}

bool json_bool(const cJSON *object, const char *name, bool fallback)
{
	const cJSON *item = json_get(object, name);

	return cJSON_IsBool(item) ? (bool)cJSON_IsTrue(item) : fallback;
}

size_t json_count(const cJSON *object, const char *name)
{
	const cJSON *item = json_get(object, name);

	return cJSON_IsArray(item) ? (size_t)cJSON_GetArraySize(item) : 0;
}

cJSON *json_set(cJSON *object, const char *name, cJSON *value)
{
	cJSON_AddItemToObject(object, name, value);
	return value;
}

cJSON *json_set_copy(cJSON *object, const char *name, const cJSON *value)
{
	return value != NULL ? json_set(object, name, cJSON_Duplicate(value, true))
	                     : json_set_null(object, name);
}

cJSON *json_set_string(cJSON *object, const char *name, const char *value)
{
	return json_set(object, name,
	                value == NULL ? cJSON_CreateNull() : cJSON_CreateString(value));
}

cJSON *json_set_number(cJSON *object, const char *name, double value)
{
	return json_set(object, name,
	                isfinite(value) ? cJSON_CreateNumber(value) : cJSON_CreateNull());
}

cJSON *json_set_bool(cJSON *object, const char *name, bool value)
{
	return json_set(object, name, cJSON_CreateBool(value));
}

cJSON *json_set_null(cJSON *object, const char *name)
{
	return json_set(object, name, cJSON_CreateNull());
}

cJSON *json_set_object(cJSON *object, const char *name)
{
	return json_set(object, name, cJSON_CreateObject());
}

cJSON *json_set_array(cJSON *object, const char *name)
{
	return json_set(object, name, cJSON_CreateArray());
}

cJSON *json_set_html(cJSON *object, const char *name, const char *html)
{
	cJSON *item = cJSON_CreateStringReference(html);

	item->type = cJSON_Raw | cJSON_IsReference;
	return json_set(object, name, item);
}

cJSON *json_add(cJSON *array, cJSON *value)
{
	cJSON_AddItemToArray(array, value);
	return value;
}

cJSON *json_add_object(cJSON *array)
{
	return json_add(array, cJSON_CreateObject());
}

cJSON *json_add_string(cJSON *array, const char *value)
{
	return json_add(array, cJSON_CreateString(value));
}

double json_rounded(double value)
{
	return round(value * 1000 * (1 + 1e-12)) / 1000 + 0.0;
}
