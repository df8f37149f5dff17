#include <stdlib.h>
#include <string.h>

#include "report/growth.h"

static int times_weak(const struct progress_point *point)
{
	return 2 * point->missing + point->partial;
}

static int by_weakness(const void *a, const void *b)
{
	const struct growth_weak *one = a, *other = b;
	const int difference = times_weak(&other->point) - times_weak(&one->point);
	int order;

	if (difference != 0)
		return difference;
	if (one->point.last_at != other->point.last_at)
		return one->point.last_at < other->point.last_at ? 1 : -1;
	order = strcmp(one->question->id, other->question->id);
	return order != 0 ? order : strcmp(one->point.key_point_id, other->point.key_point_id);
}

static struct progress_point *find(struct growth_weak *items, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i].point.key_point_id, id) == 0)
			return &items[i].point;
	return NULL;
}

/* Adds counts; the later row tells of the last time. */
static void add_counts(struct progress_point *point, const struct progress_point *row)
{
	const struct progress_point before = *point;

	if (row->last_at > before.last_at)
		*point = *row;
	point->bank_id = before.bank_id;
	point->key_point_id = before.key_point_id;
	point->missing = before.missing + row->missing;
	point->partial = before.partial + row->partial;
	point->covered = before.covered + row->covered;
}

/* The points of one question, whose rows are the `count` ones from `rows`; some may be unknown. */
static size_t collect(const struct growth_question *question, const struct progress_point *rows,
                      size_t count, struct growth_weak *ret_items)
{
	for (size_t i = 0; i < question->point_count; i++)
		ret_items[i] = (struct growth_weak){
			.question = question,
			.text = question->points[i].text,
			.point = { .bank_id = question->id,
			           .key_point_id = question->points[i].id },
		};
	for (size_t i = 0; i < count; i++) {
		const char *id = rows[i].key_point_id;
		struct progress_point *point;

		for (size_t j = 0; id == NULL && j < question->point_count; j++)
			add_counts(&ret_items[j].point, &rows[i]);
		point = id != NULL ? find(ret_items, question->point_count, id) : NULL;
		if (point != NULL)
			add_counts(point, &rows[i]);
	}
	return question->point_count;
}

/* Keeps the weak ones at the front of `items`; the others are counted if they were weak. */
static void keep_weak(struct growth_weak_list *list, size_t added)
{
	const size_t end = list->count + added;

	for (size_t i = list->count; i < end; i++) {
		const struct progress_point *point = &list->items[i].point;

		if (times_weak(point) == 0)
			continue;
		if (strcmp(point->last_status, "covered") == 0)
			list->mended++;
		else
			list->items[list->count++] = list->items[i];
	}
}

static size_t count_points(const struct growth_bank *bank)
{
	size_t count = 0;

	for (size_t i = 0; i < bank->count; i++)
		count += bank->items[i].point_count;
	return count;
}

static int by_question(const void *a, const void *b)
{
	return strcmp(((const struct progress_point *)a)->bank_id,
	              ((const struct progress_point *)b)->bank_id);
}

struct growth_weak_list growth_weak_points(struct arena *arena, const struct growth_bank *bank,
                                           const struct progress_point_list *points)
{
	struct growth_weak_list list = { .items = arena_array(arena, count_points(bank),
		                                              sizeof(*list.items)) };
	size_t end;

	if (points->count > 0)
		qsort(points->items, points->count, sizeof(*points->items), by_question);
	for (size_t i = 0; i < points->count; i = end) {
		const char *id = points->items[i].bank_id;
		const struct growth_question *question = growth_find(bank, id);

		for (end = i + 1; end < points->count; end++)
			if (strcmp(points->items[end].bank_id, id) != 0)
				break;
		if (question != NULL)
			keep_weak(&list, collect(question, &points->items[i], end - i,
			                         &list.items[list.count]));
	}
	if (list.count > 0)
		qsort(list.items, list.count, sizeof(*list.items), by_weakness);
	return list;
}
