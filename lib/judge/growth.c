#include "judge/growth.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* Values of one input, letters counted in eights. */
enum { MOST_VALUES = 500000, MOST_DEPTH = 4, BYTES_A_VALUE = 8 };

/* What an input is made with. */
struct maker {
	double n;
	uint64_t random;
	size_t values; /* that were made */
	int depth;
};

static cJSON *make(struct maker *maker, const cJSON *generator);

/* SplitMix64: https://prng.di.unimi.it/splitmix64.c */
static uint64_t next_random(struct maker *maker)
{
	uint64_t z = maker->random += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* A number, or "n", "2n", "n/4", "-n" of the size; NAN: none of these. */
static double amount(const struct maker *maker, const cJSON *value, double fallback)
{
	const char *text;
	double factor = 1, divisor = 1;
	char *end;

	if (value == NULL)
		return fallback;
	if (cJSON_IsNumber(value))
		return value->valuedouble;
	if (!cJSON_IsString(value))
		return NAN;
	text = value->valuestring;
	if (text[0] == '-') {
		factor = -1;
		text++;
	}
	if (text[0] >= '1' && text[0] <= '9') {
		factor *= (double)strtol(text, &end, 10);
		text = end;
	}
	if (*text++ != 'n')
		return NAN;
	if (text[0] == '/' && text[1] >= '1' && text[1] <= '9') {
		divisor = (double)strtol(text + 1, &end, 10);
		text = end;
	}
	return *text == '\0' ? trunc(maker->n * factor / divisor) : NAN;
}

/* How many values a generator is to make; false: none that can be. */
static bool count_of(struct maker *maker, const cJSON *value, size_t weight, size_t *ret_count)
{
	const double count = amount(maker, value, NAN);

	if (!(count >= 0 && count <= MOST_VALUES * 8.0))
		return false;
	*ret_count = (size_t)count;
	maker->values += *ret_count / weight;
	return maker->values <= MOST_VALUES;
}

/* The bounds that numbers are to keep; false: there is nothing between them. */
static bool bounds_of(const struct maker *maker, const cJSON *generator, double *ret_from,
                      double *ret_width)
{
	const double from = amount(maker, json_get(generator, "from"), 0);
	const double to = amount(maker, json_get(generator, "to"), maker->n);

	*ret_from = from;
	*ret_width = to - from + 1;
	return fabs(from) < 0x1p53 && fabs(to) < 0x1p53 && *ret_width >= 1;
}

static double random_below(struct maker *maker, double width)
{
	return floor((double)(next_random(maker) >> 11) * 0x1.0p-53 * width);
}

static int by_value(const void *a, const void *b)
{
	const double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

static void shuffle(struct maker *maker, double *numbers, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		const size_t other = (size_t)random_below(maker, (double)i);
		const double kept = numbers[i - 1];

		numbers[i - 1] = numbers[other];
		numbers[other] = kept;
	}
}

/* Distinct numbers stand each in a part of the width of its own. */
static void fill(struct maker *maker, double *numbers, size_t count, double width, bool distinct)
{
	const double part = floor(width / (double)count);

	for (size_t i = 0; i < count; i++)
		numbers[i] = distinct ? (double)i * part + random_below(maker, part)
		                      : random_below(maker, width);
}

static bool put_in_order(struct maker *maker, double *numbers, size_t count, const char *order)
{
	if (strcmp(order, "shuffled") == 0) {
		shuffle(maker, numbers, count);
		return true;
	}
	if (strcmp(order, "ascending") != 0 && strcmp(order, "descending") != 0)
		return false;
	qsort(numbers, count, sizeof(*numbers), by_value);
	for (size_t i = 0; order[0] == 'd' && i < count / 2; i++) {
		const double kept = numbers[i];

		numbers[i] = numbers[count - 1 - i];
		numbers[count - 1 - i] = kept;
	}
	return true;
}

static cJSON *make_integers(struct maker *maker, const cJSON *generator)
{
	const bool distinct = json_bool(generator, "distinct", false);
	struct arena *scratch;
	cJSON *list = NULL;
	double from, width, *numbers;
	size_t count;

	if (!count_of(maker, json_get(generator, "integers"), 1, &count) ||
	    !bounds_of(maker, generator, &from, &width) || (distinct && width < (double)count))
		return NULL;
	scratch = arena_create();
	numbers = arena_array(scratch, count + 1, sizeof(*numbers));
	fill(maker, numbers, count, width, distinct);
	if (put_in_order(maker, numbers, count, json_string(generator, "order", "shuffled")))
		list = cJSON_CreateArray();
	for (size_t i = 0; list != NULL && i < count; i++)
		json_add(list, cJSON_CreateNumber(from + numbers[i]));
	arena_destroy(scratch);
	return list;
}

static cJSON *make_integer(struct maker *maker, const cJSON *generator)
{
	double from, width;

	maker->values++;
	if (!bounds_of(maker, generator, &from, &width))
		return NULL;
	return cJSON_CreateNumber(from + random_below(maker, width));
}

/* Pairs [start, end] in any order, end greater than start by at most `longest`. */
static cJSON *make_intervals(struct maker *maker, const cJSON *generator)
{
	const double longest = amount(maker, json_get(generator, "longest"), 1);
	cJSON *list = cJSON_CreateArray(), *pair;
	double from, width;
	size_t count;

	if (!count_of(maker, json_get(generator, "intervals"), 1, &count) ||
	    !bounds_of(maker, generator, &from, &width) || !(longest >= 1 && longest < width))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const double start = from + random_below(maker, width - longest);

		pair = cJSON_CreateArray();
		json_add(pair, cJSON_CreateNumber(start));
		json_add(pair, cJSON_CreateNumber(start + 1 + random_below(maker, longest)));
		json_add(list, pair);
	}
	return list;
}

static cJSON *make_text(struct maker *maker, const cJSON *generator)
{
	const char *alphabet = json_string(generator, "alphabet", "abcdefghijklmnopqrstuvwxyz");
	const double letters = (double)strlen(alphabet);
	struct arena *scratch;
	cJSON *text;
	size_t count;
	char *out;

	/* Letters are bytes here. */
	for (const char *c = alphabet; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			return NULL;
	if (!count_of(maker, json_get(generator, "text"), BYTES_A_VALUE, &count) || letters < 1)
		return NULL;
	maker->values++;
	scratch = arena_create();
	out = arena_alloc(scratch, count + 1);
	for (size_t i = 0; i < count; i++)
		out[i] = alphabet[(size_t)random_below(maker, letters)];
	text = cJSON_CreateString(out);
	arena_destroy(scratch);
	return text;
}

static cJSON *make_list(struct maker *maker, const cJSON *generator)
{
	cJSON *list = cJSON_CreateArray(), *item;
	size_t count;

	if (!count_of(maker, json_get(generator, "list"), 1, &count))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		item = make(maker, json_get(generator, "of"));
		if (item == NULL)
			return NULL;
		json_add(list, item);
	}
	return list;
}

static cJSON *make_tuple(struct maker *maker, const cJSON *generator)
{
	cJSON *list = cJSON_CreateArray(), *item;
	const cJSON *part;

	cJSON_ArrayForEach(part, json_get(generator, "tuple"))
	{
		item = make(maker, part);
		if (item == NULL)
			return NULL;
		json_add(list, item);
	}
	return list;
}

/* --- generators ------------------------------------------------------------------------ */

/* How much a value written out adds to an input. */
static size_t values_in(const cJSON *value)
{
	size_t count = 1 + (cJSON_IsString(value) ? strlen(value->valuestring) / BYTES_A_VALUE : 0);
	const cJSON *child;

	cJSON_ArrayForEach(child, value) count += values_in(child);
	return count;
}

static cJSON *make_value(struct maker *maker, const cJSON *generator)
{
	const cJSON *value = json_get(generator, "value");

	maker->values += values_in(value);
	return maker->values <= MOST_VALUES ? cJSON_Duplicate(value, true) : NULL;
}

static cJSON *make_size(struct maker *maker, const cJSON *generator)
{
	(void)generator;
	maker->values++;
	return cJSON_CreateNumber(maker->n);
}

/* The member that names the generator, and the others that it may have. */
static const struct {
	const char *name;
	cJSON *(*make)(struct maker *maker, const cJSON *generator);
	const char *others[4];
} generators[] = {
	{ "value", make_value, { NULL } },
	{ "size", make_size, { NULL } },
	{ "integer", make_integer, { "from", "to" } },
	{ "integers", make_integers, { "from", "to", "order", "distinct" } },
	{ "intervals", make_intervals, { "from", "to", "longest" } },
	{ "text", make_text, { "alphabet" } },
	{ "list", make_list, { "of" } },
	{ "tuple", make_tuple, { NULL } },
};

static bool has_others_only(const cJSON *generator, size_t kind)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, generator)
	{
		bool known = strcmp(member->string, generators[kind].name) == 0;

		for (size_t i = 0; i < 4; i++)
			known = known || (generators[kind].others[i] != NULL &&
			                  strcmp(member->string, generators[kind].others[i]) == 0);
		if (!known)
			return false;
	}
	return true;
}

static cJSON *make(struct maker *maker, const cJSON *generator)
{
	cJSON *made = NULL;

	if (!cJSON_IsObject(generator) || ++maker->depth > MOST_DEPTH)
		return NULL;
	for (size_t i = 0; i < sizeof(generators) / sizeof(*generators); i++) {
		if (json_get(generator, generators[i].name) == NULL)
			continue;
		if (has_others_only(generator, i) && maker->values <= MOST_VALUES)
			made = generators[i].make(maker, generator);
		break;
	}
	maker->depth--;
	return made;
}

cJSON *growth_arguments(const struct growth *growth, double n)
{
	cJSON *arguments = cJSON_CreateArray(), *argument;
	struct maker maker = { .n = n, .random = (uint64_t)n };
	const cJSON *generator;

	cJSON_ArrayForEach(generator, growth->arguments)
	{
		argument = make(&maker, generator);
		if (argument == NULL)
			return NULL;
		json_add(arguments, argument);
	}
	return arguments;
}

/* --- reading --------------------------------------------------------------------------- */

static const char *read_sizes(const cJSON *sizes, struct growth *growth)
{
	const cJSON *size;

	cJSON_ArrayForEach(size, sizes)
	{
		const double n = cJSON_IsNumber(size) ? size->valuedouble : 0;

		if (growth->count == GROWTH_MOST_SIZES || n < 2 || n > GROWTH_MOST_SIZE ||
		    n != floor(n) || (growth->count > 0 && n <= growth->sizes[growth->count - 1]))
			return "sizes are not 4 to 7 whole numbers, growing from 2 to at most "
			       "200000";
		growth->sizes[growth->count++] = n;
	}
	return growth->count < GROWTH_LEAST_SIZES ? "sizes are fewer than 4" : NULL;
}

enum err growth_read(struct arena *arena, const cJSON *json, struct growth *ret_growth,
                     const char **ret_fault)
{
	static const char *const members[] = { "complexity", "sizes", "arguments" };
	struct growth growth = { .arguments = json_get(json, "arguments") };
	const char *fault = NULL;
	const cJSON *member;

	if (!growth_class_parse(json_string(json, "complexity", NULL), &growth.asked))
		fault = "complexity is none of 1, log n, n, n log n, n^2, n^3, 2^n";
	if (fault == NULL)
		fault = read_sizes(json_get(json, "sizes"), &growth);
	if (fault == NULL && !cJSON_IsArray(growth.arguments))
		fault = "arguments are not a list";
	cJSON_ArrayForEach(member, json)
	{
		bool known = false;

		for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
			known = known || strcmp(members[i], member->string) == 0;
		if (!known && fault == NULL)
			fault = arena_printf(arena, "%s: unknown member", member->string);
	}
	if (fault != NULL) {
		*ret_fault = arena_printf(arena, "growth: %s", fault);
		return ERR_INVALID;
	}
	*ret_growth = growth;
	return OK;
}

static bool fits(const struct signature *signature, const cJSON *arguments)
{
	const cJSON *value = arguments->child;

	for (size_t i = 0; value != NULL; i++, value = value->next)
		if (!signature_fits(&signature->params[i].type, value))
			return false;
	return true;
}

const char *growth_check(struct arena *arena, const struct growth *growth,
                         const struct signature *signature, bool is_typed)
{
	if ((size_t)cJSON_GetArraySize(growth->arguments) != signature->count)
		return "growth: not one generator a parameter";
	for (size_t i = 0; i < growth->count; i++) {
		const cJSON *arguments = growth_arguments(growth, growth->sizes[i]);

		if (arguments == NULL)
			return arena_printf(
			        arena,
			        "growth: no input of size %.0f can be made: a generator "
			        "is wrong or makes too much",
			        growth->sizes[i]);
		if (is_typed && !fits(signature, arguments))
			return arena_printf(
			        arena, "growth: the input of size %.0f does not fit the signature",
			        growth->sizes[i]);
	}
	return NULL;
}
