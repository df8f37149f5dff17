#include "judge/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/value.h"

static const double DEFAULT_TOLERANCE = 1e-6;

/* From here on an integer is kept as digits, so that a double was written as a float. */
static const double FIRST_BIG = 1e15;

static bool close_enough(double tolerance, double a, double b)
{
	double scale = fmax(1, fmax(fabs(a), fabs(b)));

	return fabs(a - b) <= (tolerance > 0 ? tolerance : DEFAULT_TOLERANCE) * scale;
}

static bool is_whole(const cJSON *item, double value)
{
	return value_is_big(item) || (fabs(value) < FIRST_BIG && value == floor(value));
}

static bool same_number(const struct compare_rule *rule, const cJSON *a, const cJSON *b)
{
	double x = value_number(a), y = value_number(b);
	bool both_big = value_is_big(a) && value_is_big(b);

	if (both_big && strcmp(a->valuestring, b->valuestring) == 0)
		return true;
	if (isinf(x) || isinf(y))
		return !value_is_big(a) && !value_is_big(b) && x == y;
	if (rule->mode != COMPARE_FLOAT && is_whole(a, x) && is_whole(b, y))
		return !both_big && x == y;
	return close_enough(rule->tolerance, x, y);
}

struct member {
	const cJSON *item;
	size_t position;
};

static int by_name(const void *a, const void *b)
{
	const struct member *left = a, *right = b;
	int order = strcmp(left->item->string, right->item->string);

	if (order != 0)
		return order;
	return left->position < right->position ? -1 : left->position > right->position;
}

const cJSON **compare_members(struct arena *arena, const cJSON *object, size_t *ret_count)
{
	size_t count = (size_t)cJSON_GetArraySize(object), position = 0;
	struct member *members = arena_array(arena, count, sizeof(*members));
	const cJSON **items = arena_array(arena, count, sizeof(*items)), *item;

	cJSON_ArrayForEach(item, object)
	{
		members[position] = (struct member){ item, position };
		position++;
	}
	if (count > 1)
		qsort(members, count, sizeof(*members), by_name);
	for (size_t i = 0; i < count; i++)
		items[i] = members[i].item;
	*ret_count = count;
	return items;
}

static bool same_members(struct arena *arena, const struct compare_rule *rule, const cJSON *a,
                         const cJSON *b)
{
	size_t count, other;
	const cJSON **left = compare_members(arena, a, &count);
	const cJSON **right = compare_members(arena, b, &other);

	if (count != other)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(left[i]->string, right[i]->string) != 0 ||
		    !compare_trees(arena, rule, left[i], right[i]))
			return false;
	return true;
}

static bool same_items(struct arena *arena, const struct compare_rule *rule, const cJSON *a,
                       const cJSON *b)
{
	const cJSON *left = a->child, *right = b->child;

	for (; left != NULL && right != NULL; left = left->next, right = right->next)
		if (!compare_trees(arena, rule, left, right))
			return false;
	return left == NULL && right == NULL;
}

bool compare_trees(struct arena *arena, const struct compare_rule *rule, const cJSON *a,
                   const cJSON *b)
{
	if (value_is_number(a) && value_is_number(b))
		return same_number(rule, a, b);
	if ((a->type & 0xFF) != (b->type & 0xFF))
		return false;
	if (cJSON_IsString(a))
		return strcmp(a->valuestring, b->valuestring) == 0;
	if (cJSON_IsArray(a))
		return same_items(arena, rule, a, b);
	if (cJSON_IsObject(a))
		return same_members(arena, rule, a, b);
	return true; /* true, false and null are types of their own */
}

bool compare_values(struct arena *arena, const struct compare_rule *rule, const cJSON *expected,
                    const cJSON *got)
{
	const cJSON *const lists[2] = { expected, got };
	bool in_any_order = rule->mode == COMPARE_UNORDERED || rule->mode == COMPARE_SET;

	if (in_any_order && cJSON_IsArray(expected) && cJSON_IsArray(got))
		return compare_lists(arena, rule, rule->mode == COMPARE_SET, lists);
	return compare_trees(arena, rule, expected, got);
}

/* --- what a program printed ---------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct piece {
	const char *start;
	size_t len;
};

/* A text that is read piece by piece. */
struct reading {
	const char *next, *end; /* `end`: behind its last character that is not blank */
};

static struct reading reading_of(const char *text)
{
	const char *end = text + strlen(text);

	while (end > text && is_blank(end[-1]))
		end--;
	return (struct reading){ text, end };
}

/* A line without white space at its end. */
static bool next_line(struct reading *reading, struct piece *ret_line)
{
	size_t left = (size_t)(reading->end - reading->next), len;
	const char *newline;

	if (left == 0)
		return false;
	newline = memchr(reading->next, '\n', left);
	len = newline == NULL ? left : (size_t)(newline - reading->next);
	*ret_line = (struct piece){ reading->next, len };
	reading->next += newline == NULL ? left : len + 1;
	while (ret_line->len > 0 && is_blank(ret_line->start[ret_line->len - 1]))
		ret_line->len--;
	return true;
}

static bool next_word(struct reading *reading, struct piece *ret_word)
{
	const char *start = reading->next;

	while (start < reading->end && is_blank(*start))
		start++;
	reading->next = start;
	while (reading->next < reading->end && !is_blank(*reading->next))
		reading->next++;
	*ret_word = (struct piece){ start, (size_t)(reading->next - start) };
	return ret_word->len > 0;
}

/* Reads a whole piece as a decimal number. */
static bool read_number(const struct piece *piece, double *ret_number)
{
	char copy[64], *end;

	if (piece->len == 0 || piece->len >= sizeof(copy) ||
	    strspn(piece->start, "+-.0123456789eE") < piece->len)
		return false;
	memcpy(copy, piece->start, piece->len);
	copy[piece->len] = '\0';
	*ret_number = strtod(copy, &end);
	return *end == '\0' && isfinite(*ret_number);
}

static bool same_piece(const struct compare_rule *rule, const struct piece *a,
                       const struct piece *b)
{
	double x, y;

	if (a->len == b->len && memcmp(a->start, b->start, a->len) == 0)
		return true;
	return rule->mode == COMPARE_FLOAT && read_number(a, &x) && read_number(b, &y) &&
	       close_enough(rule->tolerance, x, y);
}

static bool same_pieces(const struct compare_rule *rule, const char *expected, const char *got)
{
	bool (*next)(struct reading *, struct piece *) = rule->mode == COMPARE_EXACT ? next_line
	                                                                             : next_word;
	struct reading left = reading_of(expected), right = reading_of(got);
	struct piece a, b;

	for (;;) {
		bool has_left = next(&left, &a), has_right = next(&right, &b);

		if (!has_left || !has_right)
			return has_left == has_right;
		if (!same_piece(rule, &a, &b))
			return false;
	}
}

static cJSON *list_of_lines(struct arena *arena, const char *text)
{
	cJSON *list = cJSON_CreateArray();
	struct reading reading = reading_of(text);
	struct piece line;

	while (next_line(&reading, &line))
		cJSON_AddItemToArray(list,
		                     cJSON_CreateString(arena_copy(arena, line.start, line.len)));
	return list;
}

bool compare_texts(struct arena *arena, const struct compare_rule *rule, const char *expected,
                   const char *got)
{
	const cJSON *lists[2];

	if (rule->mode != COMPARE_UNORDERED && rule->mode != COMPARE_SET)
		return same_pieces(rule, expected, got);
	lists[0] = list_of_lines(arena, expected);
	lists[1] = list_of_lines(arena, got);
	return compare_lists(arena, rule, rule->mode == COMPARE_SET, lists);
}
