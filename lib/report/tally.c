#include "report/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

void tally_init(struct tally_list *list, struct arena *arena)
{
	*list = (struct tally_list){ .arena = arena };
}

void tally_count(struct tally *tally, double score, double max_score)
{
	tally->questions++;
	if (isnan(score))
		return;
	tally->scored++;
	tally->score += score;
	tally->max_score += max_score;
}

void tally_add(struct tally_list *list, const char *name, double score, double max_score)
{
	double ratio = max_score > 0 ? score / max_score : NAN;

	if (list->count == list->capacity) {
		size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
		struct tally *items = arena_array(list->arena, capacity, sizeof(*items));

		if (list->count > 0)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count] = (struct tally){
		.name = name,
		.lowest = ratio,
		.highest = ratio,
	};
	tally_count(&list->items[list->count++], score, max_score);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->name, ((const struct tally *)b)->name);
}

void tally_merge(struct tally_list *list)
{
	size_t kept = 0;

	if (list->count == 0)
		return;
	qsort(list->items, list->count, sizeof(list->items[0]), by_name);
	for (size_t i = 1; i < list->count; i++) {
		struct tally *into = &list->items[kept], *item = &list->items[i];

		if (by_name(into, item) != 0) {
			list->items[++kept] = *item;
			continue;
		}
		into->score += item->score;
		into->max_score += item->max_score;
		into->lowest = fmin(into->lowest, item->lowest);
		into->highest = fmax(into->highest, item->highest);
		into->questions += item->questions;
		into->scored += item->scored;
	}
	list->count = kept + 1;
}

double tally_ratio(const struct tally *tally)
{
	return tally->max_score > 0 ? tally->score / tally->max_score : NAN;
}

cJSON *tally_set(cJSON *object, const char *name, const struct tally *tally)
{
	cJSON *item = json_set_object(object, name);

	json_set_number(item, "score", json_rounded(tally->score));
	json_set_number(item, "max_score", json_rounded(tally->max_score));
	json_set_number(item, "score_ratio", json_rounded(tally_ratio(tally)));
	json_set_number(item, "avg_score_per_question",
	                tally->scored > 0 ? json_rounded(tally->score / tally->scored) : NAN);
	return item;
}
