#include "report/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"

const char *records_manifest(struct arena *arena, const struct record_list *records)
{
	cJSON *manifest = cJSON_CreateArray();

	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = &records->items[i];
		cJSON *item = json_add_object(manifest);

		json_set_string(item, "id", record->id);
		json_set_string(item, "kind", record->kind);
		json_set_string(item, "sha256", record_hash(arena, record->row));
	}
	return json_text(manifest);
}

static char *hash(struct arena *arena, const char *text)
{
	return hash_texts(arena, (const char *const[]){ text, NULL });
}

static size_t count_of(const char *manifest)
{
	cJSON *list;

	if (json_parse(manifest, strlen(manifest), &list) != OK)
		return 0;
	return (size_t)cJSON_GetArraySize(list);
}

void records_seal(struct arena *arena, cJSON *document, const char *manifest)
{
	cJSON *records = json_set_object(document, "records");

	json_set_number(records, "count", (double)count_of(manifest));
	json_set_string(records, "sha256", hash(arena, manifest));
}

const char *records_fault(struct arena *arena, const cJSON *document, const char *manifest)
{
	const cJSON *records = json_get(document, "records");
	cJSON *list;

	if (!cJSON_IsObject(records))
		return "the report has no hash of its records";
	if (strcmp(json_string(records, "sha256", ""), hash(arena, manifest)) != 0)
		return "the list of its records was changed";
	if (json_parse(manifest, strlen(manifest), &list) != OK || !cJSON_IsArray(list))
		return "the list of its records cannot be read";
	if (json_number(records, "count", -1) != cJSON_GetArraySize(list))
		return "the number of its records was changed";
	return NULL;
}

/* --- comparing -------------------------------------------------------------------- */

/* A line of the manifest, or a record, by its name. */
struct entry {
	const char *kind, *id, *sha256;
	size_t order;
};

static int by_name(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;
	int order = strcmp(one->kind, other->kind);

	return order != 0 ? order : strcmp(one->id, other->id);
}

static struct entry *entries_of(struct arena *arena, const cJSON *list, size_t *ret_count)
{
	struct entry *entries = arena_array(arena, (size_t)cJSON_GetArraySize(list) + 1,
	                                    sizeof(*entries));
	const cJSON *item;
	size_t count = 0;

	cJSON_ArrayForEach(item, list)
	{
		entries[count] = (struct entry){
			.kind = json_string(item, "kind", ""),
			.id = json_string(item, "id", ""),
			.sha256 = json_string(item, "sha256", ""),
			.order = count,
		};
		count++;
	}
	qsort(entries, count, sizeof(*entries), by_name);
	*ret_count = count;
	return entries;
}

struct comparison {
	struct records_difference *items;
	size_t count;
};

static void note(struct comparison *comparison, enum records_fate fate, const struct entry *entry)
{
	comparison->items[comparison->count++] = (struct records_difference){ fate, entry->kind,
		                                                              entry->id };
}

/* Both are sorted by name. */
static void merge(struct comparison *comparison, const struct entry *kept, size_t kept_count,
                  const struct entry *found, size_t found_count)
{
	size_t i = 0, k = 0;

	while (i < kept_count || k < found_count) {
		const int order = i == kept_count    ? 1
		                  : k == found_count ? -1
		                                     : by_name(&kept[i], &found[k]);

		if (order < 0)
			note(comparison, RECORDS_MISSING, &kept[i]);
		else if (order > 0)
			note(comparison, RECORDS_ADDED, &found[k]);
		else if (strcmp(kept[i].sha256, found[k].sha256) != 0)
			note(comparison, RECORDS_CHANGED, &kept[i]);
		i += order <= 0;
		k += order >= 0;
	}
}

size_t records_compare(struct arena *arena, const char *manifest, const struct record_list *records,
                       struct records_difference **ret_differences)
{
	const char *made = records_manifest(arena, records);
	struct comparison comparison;
	struct entry *kept, *found;
	size_t kept_count, found_count;
	cJSON *before, *now;

	if (json_parse(manifest, strlen(manifest), &before) != OK ||
	    json_parse(made, strlen(made), &now) != OK)
		return 0;
	kept = entries_of(arena, before, &kept_count);
	found = entries_of(arena, now, &found_count);
	comparison = (struct comparison){
		.items = arena_array(arena, kept_count + found_count + 1,
		                     sizeof(*comparison.items)),
	};
	merge(&comparison, kept, kept_count, found, found_count);
	*ret_differences = comparison.items;
	return comparison.count;
}

bool records_has(const cJSON *manifest, const char *kind, const char *id)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, manifest)
	{
		if (strcmp(json_string(item, "kind", ""), kind) == 0 &&
		    strcmp(json_string(item, "id", ""), id) == 0)
			return true;
	}
	return false;
}
