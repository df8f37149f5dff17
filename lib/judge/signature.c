#include "judge/signature.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "judge/value.h"

enum { MAX_DIMENSIONS = 2, MAX_NAME = 60 };

static const struct {
	const char *name;
	enum type_base base;
} bases[] = {
	{ "void", TYPE_VOID },           { "int", TYPE_INT },
	{ "long", TYPE_LONG },           { "double", TYPE_DOUBLE },
	{ "bool", TYPE_BOOL },           { "string", TYPE_STRING },
	{ "list_node", TYPE_LIST_NODE }, { "tree_node", TYPE_TREE_NODE },
};

enum { BASES = sizeof bases / sizeof *bases };

struct parser {
	struct arena *arena;
	const char *at;
	const char *fault;
};

static bool fail(struct parser *parser, const char *fault)
{
	if (parser->fault == NULL)
		parser->fault = fault;
	return false;
}

static void skip_space(struct parser *parser)
{
	while (isspace((unsigned char)*parser->at))
		parser->at++;
}

static bool accept(struct parser *parser, const char *token)
{
	skip_space(parser);
	if (strncmp(parser->at, token, strlen(token)) != 0)
		return false;
	parser->at += strlen(token);
	return true;
}

static bool parse_name(struct parser *parser, const char **ret_name)
{
	const char *start;

	skip_space(parser);
	start = parser->at;
	if (!isalpha((unsigned char)*start) && *start != '_')
		return fail(parser, "a name is missing");
	while (isalnum((unsigned char)*parser->at) || *parser->at == '_')
		parser->at++;
	if (parser->at - start > MAX_NAME)
		return fail(parser, "a name is too long");
	*ret_name = arena_copy(parser->arena, start, (size_t)(parser->at - start));
	return true;
}

static bool parse_type(struct parser *parser, struct type *ret_type)
{
	const char *name;

	if (!parse_name(parser, &name))
		return fail(parser, "a type is missing");
	for (size_t i = 0; i < BASES; i++) {
		if (strcmp(name, bases[i].name) != 0)
			continue;
		*ret_type = (struct type){ .base = bases[i].base };
		while (accept(parser, "[")) {
			if (!accept(parser, "]"))
				return fail(parser, "']' is missing after '['");
			if (++ret_type->dimensions > MAX_DIMENSIONS)
				return fail(parser, "a type has more than two dimensions");
		}
		if (ret_type->base == TYPE_VOID && ret_type->dimensions > 0)
			return fail(parser, "there are no arrays of void");
		return true;
	}
	return fail(parser, arena_printf(parser->arena, "there is no type '%s'", name));
}

static bool parse_parameter(struct parser *parser, bool name_first, struct parameter *ret_parameter)
{
	if (name_first) {
		if (!parse_name(parser, &ret_parameter->name))
			return false;
		if (!accept(parser, ":"))
			return fail(parser, "':' is missing after a parameter's name");
		if (!parse_type(parser, &ret_parameter->type))
			return false;
	} else if (!parse_type(parser, &ret_parameter->type) ||
	           !parse_name(parser, &ret_parameter->name)) {
		return false;
	}
	if (ret_parameter->type.base == TYPE_VOID)
		return fail(parser, "a parameter cannot be void");
	return true;
}

/* The rest of a signature's list, from behind '(' to behind ')'. */
static bool parse_parameters(struct parser *parser, bool name_first, struct signature *signature)
{
	if (accept(parser, ")"))
		return true;
	do {
		struct parameter *parameter = &signature->params[signature->count];

		if (signature->count == SIGNATURE_MAX_PARAMS)
			return fail(parser, "there are too many parameters");
		if (!parse_parameter(parser, name_first, parameter))
			return false;
		for (size_t i = 0; i < signature->count; i++) {
			if (strcmp(signature->params[i].name, parameter->name) == 0)
				return fail(parser, "two parameters have the same name");
		}
		signature->count++;
	} while (accept(parser, ","));
	return accept(parser, ")") || fail(parser, "')' is missing");
}

static bool parse_signature(struct parser *parser, struct signature *signature)
{
	const char *start = parser->at;

	if (!parse_name(parser, &signature->name))
		return false;
	if (accept(parser, "(")) {
		if (!parse_parameters(parser, true, signature))
			return false;
		if (!accept(parser, "->"))
			return fail(parser, "'->' and the type of the answer are missing");
		if (!parse_type(parser, &signature->returns))
			return false;
	} else {
		parser->at = start;
		if (!parse_type(parser, &signature->returns) ||
		    !parse_name(parser, &signature->name))
			return false;
		if (!accept(parser, "("))
			return fail(parser, "'(' is missing");
		if (!parse_parameters(parser, false, signature))
			return false;
	}
	accept(parser, ";");
	skip_space(parser);
	if (*parser->at != '\0')
		return fail(parser, "something stands behind the signature");
	if (signature->returns.base == TYPE_VOID && signature->count == 0)
		return fail(parser, "a void function needs an argument to change");
	return true;
}

enum err signature_parse(struct arena *arena, const char *text, struct signature *ret_signature,
                         const char **ret_fault)
{
	struct parser parser = { .arena = arena, .at = text };
	struct signature signature = { 0 };

	if (!parse_signature(&parser, &signature)) {
		*ret_fault = parser.fault;
		return ERR_INVALID;
	}
	*ret_signature = signature;
	return OK;
}

/* True for an integer that 64 bits hold. */
static bool read_integer(const cJSON *value, long long *ret_integer)
{
	if (value_is_big(value)) {
		char *end;

		errno = 0;
		*ret_integer = strtoll(value->valuestring, &end, 10);
		return errno == 0 && *end == '\0';
	}
	if ((!cJSON_IsNumber(value) && !value_is_float(value)) ||
	    value->valuedouble != floor(value->valuedouble) ||
	    fabs(value->valuedouble) >= 9223372036854775808.0)
		return false;
	*ret_integer = (long long)value->valuedouble;
	return true;
}

static bool is_int(const cJSON *value)
{
	long long integer;

	return read_integer(value, &integer) && integer >= INT32_MIN && integer <= INT32_MAX;
}

/* An array of ints, with null for a missing child if it is a tree. */
static bool is_node(const cJSON *value, bool is_tree)
{
	const cJSON *item;

	if (cJSON_IsNull(value))
		return true;
	if (!cJSON_IsArray(value) || (is_tree && cJSON_IsNull(value->child)))
		return false;
	cJSON_ArrayForEach(item, value)
	{
		if (!is_int(item) && !(is_tree && cJSON_IsNull(item)))
			return false;
	}
	return true;
}

bool signature_fits(const struct type *type, const cJSON *value)
{
	struct type item_type = { type->base, type->dimensions - 1 };
	long long integer;
	const cJSON *item;

	if (type->dimensions > 0) {
		if (!cJSON_IsArray(value))
			return false;
		cJSON_ArrayForEach(item, value)
		{
			if (!signature_fits(&item_type, item))
				return false;
		}
		return true;
	}
	switch (type->base) {
	case TYPE_VOID:
		return false;
	case TYPE_INT:
		return is_int(value);
	case TYPE_LONG:
		return read_integer(value, &integer);
	case TYPE_DOUBLE:
		return value_is_number(value);
	case TYPE_BOOL:
		return cJSON_IsBool(value);
	case TYPE_STRING:
		return cJSON_IsString(value);
	case TYPE_LIST_NODE:
	case TYPE_TREE_NODE:
		return is_node(value, type->base == TYPE_TREE_NODE);
	}
	return false;
}

/*
 * While types are inferred, void stands for what is not known yet: null, or with
 * dimensions the items of empty arrays.
 */
static bool merge_types(struct type a, struct type b, struct type *ret_type)
{
	if (b.base == TYPE_VOID || (a.base == TYPE_INT && b.base == TYPE_TREE_NODE)) {
		struct type swapped = a;

		a = b;
		b = swapped;
	}
	if (a.base == TYPE_VOID && b.base == TYPE_VOID) {
		*ret_type = a.dimensions > b.dimensions ? a : b;
		return (a.dimensions == 0) == (b.dimensions == 0);
	}
	*ret_type = b;
	if (a.base == TYPE_VOID) {
		int depth = b.dimensions + (b.base == TYPE_TREE_NODE ? 1 : 0);

		/* null is a missing tree, not a missing number */
		return a.dimensions == 0 ? b.base == TYPE_TREE_NODE && b.dimensions == 0
		                         : a.dimensions <= depth;
	}
	if (a.base == TYPE_TREE_NODE && b.base == TYPE_INT) {
		*ret_type = a;
		return b.dimensions == a.dimensions + 1;
	}
	if (a.dimensions != b.dimensions)
		return false;
	if (a.base == b.base)
		return true;
	if (a.base < TYPE_INT || a.base > TYPE_DOUBLE || b.base < TYPE_INT || b.base > TYPE_DOUBLE)
		return false;
	ret_type->base = a.base > b.base ? a.base : b.base;
	return true;
}

static bool infer_type(const cJSON *value, int depth, struct type *ret_type);

static bool infer_array(const cJSON *value, int depth, struct type *ret_type)
{
	struct type type = { TYPE_VOID, 0 }, item_type;
	bool has_null = false, has_items = false;
	const cJSON *item;

	if (depth == MAX_DIMENSIONS)
		return false;
	cJSON_ArrayForEach(item, value)
	{
		if (cJSON_IsNull(item)) {
			has_null = true;
			continue;
		}
		if (!infer_type(item, depth + 1, &item_type))
			return false;
		if (has_items && !merge_types(type, item_type, &item_type))
			return false;
		type = item_type;
		has_items = true;
	}
	if (has_null) {
		*ret_type = (struct type){ TYPE_TREE_NODE, 0 };
		return type.base == TYPE_INT && type.dimensions == 0 && !cJSON_IsNull(value->child);
	}
	type.dimensions++;
	*ret_type = type;
	return true;
}

static bool infer_type(const cJSON *value, int depth, struct type *ret_type)
{
	struct type type = { TYPE_VOID, 0 };
	long long integer;

	if (cJSON_IsArray(value))
		return infer_array(value, depth, ret_type);
	if (cJSON_IsBool(value))
		type.base = TYPE_BOOL;
	else if (cJSON_IsString(value))
		type.base = TYPE_STRING;
	else if (value_is_float(value))
		type.base = TYPE_DOUBLE;
	else if (is_int(value))
		type.base = TYPE_INT;
	else if (read_integer(value, &integer))
		type.base = TYPE_LONG;
	else if (value_is_big(value))
		return false; /* more digits than any type here has */
	else if (value_is_number(value))
		type.base = TYPE_DOUBLE;
	else if (!cJSON_IsNull(value))
		return false;
	*ret_type = type;
	return true;
}

struct guess {
	bool is_made;
	struct type type;
};

static bool refine(struct guess *guess, const cJSON *value)
{
	struct type type;

	if (!infer_type(value, 0, &type))
		return false;
	if (guess->is_made && !merge_types(guess->type, type, &type))
		return false;
	*guess = (struct guess){ true, type };
	return true;
}

/* The type in the end: items nobody has seen are taken for ints. */
static bool settle(const struct guess *guess, struct type *ret_type)
{
	if (!guess->is_made || (guess->type.base == TYPE_VOID && guess->type.dimensions == 0))
		return false;
	*ret_type = guess->type;
	if (ret_type->base == TYPE_VOID)
		ret_type->base = TYPE_INT;
	return true;
}

enum err signature_infer(struct arena *arena, const char *name,
                         const struct signature_sample *samples, size_t count,
                         struct signature *ret_signature)
{
	struct guess params[SIGNATURE_MAX_PARAMS] = { 0 }, answer = { 0 };
	struct signature signature = { .name = arena_strdup(arena, name) };

	if (count == 0 || cJSON_GetArraySize(samples[0].args) > SIGNATURE_MAX_PARAMS)
		return ERR_INVALID;
	signature.count = (size_t)cJSON_GetArraySize(samples[0].args);
	for (size_t i = 0; i < count; i++) {
		const cJSON *arg = samples[i].args->child;

		if (!cJSON_IsArray(samples[i].args) ||
		    (size_t)cJSON_GetArraySize(samples[i].args) != signature.count)
			return ERR_INVALID;
		for (size_t k = 0; k < signature.count; k++, arg = arg->next) {
			if (!refine(&params[k], arg))
				return ERR_INVALID;
		}
		if (samples[i].expected != NULL && !refine(&answer, samples[i].expected))
			return ERR_INVALID;
	}
	for (size_t k = 0; k < signature.count; k++) {
		signature.params[k].name = arena_printf(arena, "%c", (char)('a' + (int)k));
		if (!settle(&params[k], &signature.params[k].type))
			return ERR_INVALID;
	}
	if (!settle(&answer, &signature.returns))
		return ERR_INVALID;
	*ret_signature = signature;
	return OK;
}

static void add_type(struct buf *buf, const struct type *type)
{
	buf_str(buf, bases[type->base].name);
	for (int i = 0; i < type->dimensions; i++)
		buf_str(buf, "[]");
}

char *signature_text(struct arena *arena, const struct signature *signature)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf, "%s(", signature->name);
	for (size_t i = 0; i < signature->count; i++) {
		buf_printf(&buf, "%s%s: ", i == 0 ? "" : ", ", signature->params[i].name);
		add_type(&buf, &signature->params[i].type);
	}
	buf_str(&buf, ") -> ");
	add_type(&buf, &signature->returns);
	return buf.data;
}
