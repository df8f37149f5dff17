#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "judge/compare.h"
#include "judge/value.h"

enum { SCRATCH_BYTES = 1 << 20 };

/* An item of a list, with a text that is the same for items that are exactly equal. */
struct entry {
	const cJSON *item;
	const char *text;
	bool is_number;
	double number;
};

struct entries {
	struct entry *items;
	size_t count;
};

struct writing {
	struct arena *arena;
	struct buf text;
	size_t nans; /* each has a text of its own: NaN equals nothing */
};

static void write_number(struct writing *writing, const cJSON *item)
{
	double value = value_number(item);

	if (value_is_big(item))
		buf_printf(&writing->text, "n%s ", item->valuestring);
	else if (isnan(value))
		buf_printf(&writing->text, "nan%zu ", writing->nans++);
	else
		buf_printf(&writing->text, "n%.17g ", value + 0.0); /* -0 is 0 */
}

static void write_string(struct writing *writing, const char *text)
{
	buf_printf(&writing->text, "s%zu:%s", strlen(text), text);
}

static void write_item(struct writing *writing, const cJSON *item);

static void write_members(struct writing *writing, const cJSON *object)
{
	size_t count;
	const cJSON **members = compare_members(writing->arena, object, &count);

	buf_char(&writing->text, '{');
	for (size_t i = 0; i < count; i++) {
		write_string(writing, members[i]->string);
		write_item(writing, members[i]);
	}
	buf_char(&writing->text, '}');
}

static void write_item(struct writing *writing, const cJSON *item)
{
	const cJSON *child;

	if (value_is_number(item)) {
		write_number(writing, item);
	} else if (cJSON_IsString(item)) {
		write_string(writing, item->valuestring);
	} else if (cJSON_IsObject(item)) {
		write_members(writing, item);
	} else if (cJSON_IsArray(item)) {
		buf_char(&writing->text, '[');
		cJSON_ArrayForEach(child, item)
		{
			write_item(writing, child);
		}
		buf_char(&writing->text, ']');
	} else {
		buf_char(&writing->text, (char)(cJSON_IsNull(item)   ? '0'
		                                : cJSON_IsTrue(item) ? 't'
		                                                     : 'f'));
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->text, ((const struct entry *)b)->text);
}

static int by_number(const void *a, const void *b)
{
	double left = ((const struct entry *)a)->number, right = ((const struct entry *)b)->number;

	return left < right ? -1 : left > right;
}

/* The items sorted by their texts. `nans` goes on from list to list. */
static struct entries sorted(struct arena *arena, const cJSON *list, size_t *nans)
{
	struct entries entries = { .count = (size_t)cJSON_GetArraySize(list) };
	size_t i = 0;
	const cJSON *item;

	entries.items = arena_array(arena, entries.count, sizeof(*entries.items));
	cJSON_ArrayForEach(item, list)
	{
		struct writing writing = { .arena = arena, .nans = *nans };
		bool is_number = value_is_number(item);

		buf_init(&writing.text, arena);
		write_item(&writing, item);
		*nans = writing.nans;
		entries.items[i++] = (struct entry){ item, writing.text.data, is_number,
			                             is_number ? value_number(item) : 0 };
	}
	if (entries.count > 1)
		qsort(entries.items, entries.count, sizeof(*entries.items), by_text);
	return entries;
}

static void drop_repeats(struct entries *entries)
{
	size_t kept = 0;

	for (size_t i = 0; i < entries->count; i++)
		if (kept == 0 || by_text(&entries->items[kept - 1], &entries->items[i]) != 0)
			entries->items[kept++] = entries->items[i];
	entries->count = kept;
}

/* Takes out of both what has the same text in both, one for one. */
static void drop_common(struct entries *a, struct entries *b)
{
	size_t i = 0, j = 0, left = 0, right = 0;

	while (i < a->count && j < b->count) {
		int order = by_text(&a->items[i], &b->items[j]);

		if (order == 0) {
			i++;
			j++;
		} else if (order < 0) {
			a->items[left++] = a->items[i++];
		} else {
			b->items[right++] = b->items[j++];
		}
	}
	while (i < a->count)
		a->items[left++] = a->items[i++];
	while (j < b->count)
		b->items[right++] = b->items[j++];
	a->count = left;
	b->count = right;
}

static bool all_numbers(const struct entries *entries)
{
	for (size_t i = 0; i < entries->count; i++)
		if (!entries->items[i].is_number || isnan(entries->items[i].number))
			return false;
	return true;
}

/* Compares items in memory of its own, for lists are compared item by item with each other. */
struct matching {
	struct arena *scratch;
	const struct compare_rule *rule;
};

static bool match(const struct matching *matching, const struct entry *a, const struct entry *b)
{
	if (arena_used(matching->scratch) > SCRATCH_BYTES)
		arena_reset(matching->scratch);
	return compare_trees(matching->scratch, matching->rule, a->item, b->item);
}

/* A pairing of what is within tolerance: by augmenting paths (Kuhn). */
struct pairing {
	const struct matching *matching;
	const struct entries *left, *right;
	size_t *partner; /* of each on the right: index on the left plus 1; 0: free */
	bool *visited;
};

static bool find_partner(struct pairing *pairing, size_t left)
{
	for (size_t i = 0; i < pairing->right->count; i++) {
		if (pairing->visited[i] || !match(pairing->matching, &pairing->left->items[left],
		                                  &pairing->right->items[i]))
			continue;
		pairing->visited[i] = true;
		if (pairing->partner[i] == 0 || find_partner(pairing, pairing->partner[i] - 1)) {
			pairing->partner[i] = left + 1;
			return true;
		}
	}
	return false;
}

static bool can_pair(struct arena *arena, const struct matching *matching,
                     const struct entries *left, const struct entries *right)
{
	struct pairing pairing = { matching, left, right, NULL, NULL };

	if (left->count > COMPARE_LOOSE_ITEMS)
		return false;
	pairing.partner = arena_array(arena, right->count, sizeof(*pairing.partner));
	pairing.visited = arena_array(arena, right->count, sizeof(*pairing.visited));
	for (size_t i = 0; i < left->count; i++) {
		memset(pairing.visited, 0, right->count * sizeof(*pairing.visited));
		if (!find_partner(&pairing, i))
			return false;
	}
	return true;
}

/* For numbers the pairs in order are as good as any others. */
static bool pairs_in_order(const struct matching *matching, struct entries *left,
                           struct entries *right)
{
	if (left->count > 1) {
		qsort(left->items, left->count, sizeof(*left->items), by_number);
		qsort(right->items, right->count, sizeof(*right->items), by_number);
	}
	for (size_t i = 0; i < left->count; i++)
		if (!match(matching, &left->items[i], &right->items[i]))
			return false;
	return true;
}

/* True if each on the left has an equal on the right. */
static bool each_is_in(const struct matching *matching, const struct entries *left,
                       const struct entries *right)
{
	for (size_t i = 0; i < left->count; i++) {
		size_t j = 0;

		while (j < right->count && !match(matching, &left->items[i], &right->items[j]))
			j++;
		if (j == right->count)
			return false;
	}
	return true;
}

static struct entries copied(struct arena *arena, const struct entries *entries)
{
	struct entry *items = arena_array(arena, entries->count, sizeof(*items));

	if (entries->count > 0)
		memcpy(items, entries->items, entries->count * sizeof(*items));
	return (struct entries){ items, entries->count };
}

static bool same_sets(struct arena *arena, const struct matching *matching, struct entries *a,
                      struct entries *b)
{
	struct entries all_a, all_b;

	drop_repeats(a);
	drop_repeats(b);
	all_a = copied(arena, a);
	all_b = copied(arena, b);
	drop_common(a, b);
	if (a->count > COMPARE_LOOSE_ITEMS || b->count > COMPARE_LOOSE_ITEMS)
		return false;
	return each_is_in(matching, a, &all_b) && each_is_in(matching, b, &all_a);
}

static bool same_bags(struct arena *arena, const struct matching *matching, struct entries *a,
                      struct entries *b)
{
	if (a->count != b->count)
		return false;
	drop_common(a, b);
	return all_numbers(a) && all_numbers(b) ? pairs_in_order(matching, a, b)
	                                        : can_pair(arena, matching, a, b);
}

bool compare_lists(struct arena *arena, const struct compare_rule *rule, bool as_set,
                   const cJSON *const lists[2])
{
	size_t nans = 0;
	struct entries a = sorted(arena, lists[0], &nans), b = sorted(arena, lists[1], &nans);
	struct matching matching = { arena_create(), rule };
	bool same = as_set ? same_sets(arena, &matching, &a, &b)
	                   : same_bags(arena, &matching, &a, &b);

	arena_destroy(matching.scratch);
	return same;
}
