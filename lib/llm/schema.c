#include "llm/schema.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

/* Where in the schema or the value the work stands, and what is wrong there. */
struct walk {
	struct arena *arena;
	struct buf path; /* JSON pointer */
	const char *fault;
};

static const struct {
	const char *name;
	int bit; /* a number that is whole is both */
} types[] = {
	{ "object", 1 },   { "array", 2 },    { "string", 4 }, { "number", 8 },
	{ "integer", 16 }, { "boolean", 32 }, { "null", 64 },
};
enum { TYPE_COUNT = sizeof(types) / sizeof(types[0]) };

/* Names come from a model: not longer than a line, and no line ends. */
static const char *shown(struct arena *arena, const char *name)
{
	return text_shortened(arena, text_one_line(arena, name), 60);
}

/* Steps down; returns the length of the path to step back to. */
static size_t enter(struct walk *walk, const char *name)
{
	size_t back = walk->path.len;

	buf_char(&walk->path, '/');
	for (name = shown(walk->arena, name); *name != '\0'; name++) {
		if (*name == '~')
			buf_str(&walk->path, "~0");
		else if (*name == '/')
			buf_str(&walk->path, "~1");
		else
			buf_char(&walk->path, *name);
	}
	return back;
}

static size_t enter_index(struct walk *walk, size_t index)
{
	size_t back = walk->path.len;

	buf_printf(&walk->path, "/%zu", index);
	return back;
}

static enum err wrong(struct walk *walk, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
static enum err wrong(struct walk *walk, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	walk->fault = arena_printf(walk->arena, "%s %s",
	                           walk->path.len > 0 ? walk->path.data : "the value",
	                           arena_vprintf(walk->arena, format, args));
	va_end(args);
	return ERR_INVALID;
}

/* --- reading a schema ------------------------------------------------------- */

static enum err read_schema(struct walk *walk, const cJSON *schema);

static int type_bit(const cJSON *name)
{
	for (int i = 0; cJSON_IsString(name) && i < TYPE_COUNT; i++)
		if (strcmp(types[i].name, name->valuestring) == 0)
			return types[i].bit;
	return 0;
}

static enum err read_type(struct walk *walk, const cJSON *keyword)
{
	const cJSON *name;

	if (type_bit(keyword) != 0)
		return OK;
	if (!cJSON_IsArray(keyword) || keyword->child == NULL)
		return wrong(walk, "is no type");
	cJSON_ArrayForEach(name, keyword) if (type_bit(name) ==
	                                      0) return wrong(walk, "has an unknown type");
	return OK;
}

static enum err read_properties(struct walk *walk, const cJSON *keyword)
{
	const cJSON *property;
	enum err err = OK;

	if (!cJSON_IsObject(keyword))
		return wrong(walk, "must be an object");
	cJSON_ArrayForEach(property, keyword)
	{
		size_t back = enter(walk, property->string);

		err = read_schema(walk, property);
		if (err != OK)
			return err;
		buf_truncate(&walk->path, back);
	}
	return OK;
}

static enum err read_required(struct walk *walk, const cJSON *keyword)
{
	const cJSON *name;

	if (!cJSON_IsArray(keyword))
		return wrong(walk, "must be an array");
	cJSON_ArrayForEach(name, keyword) if (!cJSON_IsString(name)) return wrong(
	        walk, "must hold names");
	return OK;
}

static enum err read_closed(struct walk *walk, const cJSON *keyword)
{
	return cJSON_IsFalse(keyword) ? OK : wrong(walk, "must be false");
}

static enum err read_enum(struct walk *walk, const cJSON *keyword)
{
	const cJSON *item;

	if (!cJSON_IsArray(keyword) || keyword->child == NULL)
		return wrong(walk, "must be an array of values");
	cJSON_ArrayForEach(
	        item, keyword) if (cJSON_IsObject(item) ||
	                           cJSON_IsArray(item)) return wrong(walk,
	                                                             "must hold simple values");
	return OK;
}

static enum err read_bound(struct walk *walk, const cJSON *keyword)
{
	return cJSON_IsNumber(keyword) && isfinite(keyword->valuedouble)
	               ? OK
	               : wrong(walk, "must be a number");
}

static enum err read_count(struct walk *walk, const cJSON *keyword)
{
	double value = cJSON_IsNumber(keyword) ? keyword->valuedouble : -1;

	return value >= 0 && value < 1e9 && floor(value) == value
	               ? OK
	               : wrong(walk, "must be a whole number of at least 0");
}

static enum err read_words(struct walk *walk, const cJSON *keyword)
{
	return cJSON_IsString(keyword) ? OK : wrong(walk, "must be a string");
}

static const struct {
	const char *name;
	enum err (*read)(struct walk *walk, const cJSON *keyword);
} keywords[] = {
	{ "type", read_type },         { "properties", read_properties },
	{ "required", read_required }, { "additionalProperties", read_closed },
	{ "items", read_schema },      { "enum", read_enum },
	{ "minItems", read_count },    { "maxItems", read_count },
	{ "minLength", read_count },   { "maxLength", read_count },
	{ "minimum", read_bound },     { "maximum", read_bound },
	{ "title", read_words },       { "description", read_words },
	{ "$schema", read_words },
};
enum { KEYWORD_COUNT = sizeof(keywords) / sizeof(keywords[0]) };

static enum err read_keyword(struct walk *walk, const cJSON *keyword)
{
	for (int i = 0; i < KEYWORD_COUNT; i++)
		if (strcmp(keywords[i].name, keyword->string) == 0)
			return keywords[i].read(walk, keyword);
	return wrong(walk, "is an unknown keyword");
}

static enum err read_schema(struct walk *walk, const cJSON *schema)
{
	const cJSON *keyword;
	enum err err;

	if (!cJSON_IsObject(schema))
		return wrong(walk, "must be a schema, which is an object");
	cJSON_ArrayForEach(keyword, schema)
	{
		size_t back = enter(walk, keyword->string);

		if (json_get(schema, keyword->string) != keyword)
			return wrong(walk, "stands there twice");
		err = read_keyword(walk, keyword);
		if (err != OK)
			return err;
		buf_truncate(&walk->path, back);
	}
	return OK;
}

enum err schema_parse(struct arena *arena, const char *text, struct schema *ret_schema,
                      const char **ret_fault)
{
	struct walk walk = { .arena = arena };
	cJSON *root;

	buf_init(&walk.path, arena);
	if (json_parse(text, strlen(text), &root) != OK) {
		*ret_fault = "the schema is not JSON";
		return ERR_INVALID;
	}
	if (read_schema(&walk, root) != OK) {
		*ret_fault = walk.fault;
		return ERR_INVALID;
	}
	ret_schema->root = root;
	return OK;
}

/* --- checking a value ------------------------------------------------------- */

static enum err check_value(struct walk *walk, const cJSON *schema, const cJSON *value);

static int bits_of(const cJSON *value)
{
	if (cJSON_IsObject(value))
		return 1;
	if (cJSON_IsArray(value))
		return 2;
	if (cJSON_IsString(value))
		return 4;
	if (cJSON_IsBool(value))
		return 32;
	if (cJSON_IsNull(value))
		return 64;
	if (!cJSON_IsNumber(value) || !isfinite(value->valuedouble))
		return 0;
	return floor(value->valuedouble) == value->valuedouble ? 8 | 16 : 8;
}

static enum err check_type(struct walk *walk, const cJSON *keyword, const cJSON *value)
{
	int wanted = type_bit(keyword), bits = bits_of(value);
	const cJSON *name;
	struct buf list;

	buf_init(&list, walk->arena);
	if (cJSON_IsString(keyword))
		buf_str(&list, keyword->valuestring);
	cJSON_ArrayForEach(name, keyword)
	{
		wanted |= type_bit(name);
		buf_printf(&list, "%s%s", list.len > 0 ? " or " : "", name->valuestring);
	}
	return (wanted & bits) != 0 ? OK : wrong(walk, "must be of the type %s", list.data);
}

static enum err check_enum(struct walk *walk, const cJSON *keyword, const cJSON *value)
{
	const cJSON *item;
	struct buf list;

	cJSON_ArrayForEach(item, keyword) if (cJSON_Compare(item, value, 1)) return OK;
	buf_init(&list, walk->arena);
	cJSON_ArrayForEach(item, keyword)
	        buf_printf(&list, "%s%s", list.len > 0 ? ", " : "",
	                   cJSON_IsString(item) ? item->valuestring : json_text(item));
	return wrong(walk, "must be one of %s", list.data);
}

/* What is counted or measured of a value lies between the keywords `min` and `max`. */
static enum err check_range(struct walk *walk, const cJSON *schema, double amount,
                            const char *const names[3])
{
	const cJSON *min = json_get(schema, names[0]), *max = json_get(schema, names[1]);

	if (min != NULL && amount < min->valuedouble)
		return wrong(walk, "must %s at least %.15g%s", names[2][0] == '\0' ? "be" : "have",
		             min->valuedouble, names[2]);
	if (max != NULL && amount > max->valuedouble)
		return wrong(walk, "must %s at most %.15g%s", names[2][0] == '\0' ? "be" : "have",
		             max->valuedouble, names[2]);
	return OK;
}

/* All that the schema requires is there, and nothing that it knows is there twice. */
static enum err check_names(struct walk *walk, const cJSON *schema, const cJSON *value)
{
	const cJSON *name, *property, *member;

	cJSON_ArrayForEach(
	        name,
	        json_get(schema, "required")) if (json_get(value, name->valuestring) ==
	                                          NULL) return wrong(walk,
	                                                             "must have the member \"%s\"",
	                                                             name->valuestring);
	cJSON_ArrayForEach(property, json_get(schema, "properties"))
	{
		int count = 0;

		cJSON_ArrayForEach(member, value)
		        count += strcmp(member->string, property->string) == 0;
		if (count > 1)
			return wrong(walk, "has the member \"%s\" twice", property->string);
	}
	return OK;
}

static enum err check_members(struct walk *walk, const cJSON *schema, const cJSON *value)
{
	const cJSON *properties = json_get(schema, "properties"), *member;
	bool is_closed = json_get(schema, "additionalProperties") != NULL;
	enum err err = check_names(walk, schema, value);

	if (err != OK)
		return err;
	cJSON_ArrayForEach(member, value)
	{
		const cJSON *property = json_get(properties, member->string);
		size_t back;

		if (property == NULL && is_closed)
			return wrong(walk, "must not have the member \"%s\"",
			             shown(walk->arena, member->string));
		if (property == NULL)
			continue;
		back = enter(walk, member->string);
		err = check_value(walk, property, member);
		if (err != OK)
			return err;
		buf_truncate(&walk->path, back);
	}
	return OK;
}

static enum err check_items(struct walk *walk, const cJSON *schema, const cJSON *value)
{
	static const char *const names[] = { "minItems", "maxItems", " items" };
	const cJSON *items = json_get(schema, "items"), *item;
	size_t index = 0;
	enum err err = check_range(walk, schema, cJSON_GetArraySize(value), names);

	if (err != OK || items == NULL)
		return err;
	cJSON_ArrayForEach(item, value)
	{
		size_t back = enter_index(walk, index++);

		err = check_value(walk, items, item);
		if (err != OK)
			return err;
		buf_truncate(&walk->path, back);
	}
	return OK;
}

static enum err check_value(struct walk *walk, const cJSON *schema, const cJSON *value)
{
	static const char *const lengths[] = { "minLength", "maxLength", " characters" };
	static const char *const bounds[] = { "minimum", "maximum", "" };
	const cJSON *type = json_get(schema, "type"), *list = json_get(schema, "enum");

	if (type != NULL && check_type(walk, type, value) != OK)
		return ERR_INVALID;
	if (list != NULL && check_enum(walk, list, value) != OK)
		return ERR_INVALID;
	if (cJSON_IsObject(value))
		return check_members(walk, schema, value);
	if (cJSON_IsArray(value))
		return check_items(walk, schema, value);
	if (cJSON_IsString(value))
		return check_range(
		        walk, schema,
		        (double)text_count(value->valuestring, strlen(value->valuestring)),
		        lengths);
	if (cJSON_IsNumber(value))
		return check_range(walk, schema, value->valuedouble, bounds);
	return OK;
}

enum err schema_check(struct arena *arena, const struct schema *schema, const cJSON *value,
                      const char **ret_fault)
{
	struct walk walk = { .arena = arena };

	buf_init(&walk.path, arena);
	if (check_value(&walk, schema->root, value) == OK)
		return OK;
	*ret_fault = walk.fault;
	return ERR_INVALID;
}
