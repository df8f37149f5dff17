#include "json_diff.h"

#include "base/json.h"

struct place {
	struct arena *arena;
	cJSON *differences;
	const char *path;
	size_t *untold; /* may be NULL */
};

static cJSON *copy_of(const cJSON *value)
{
	return value != NULL ? cJSON_Duplicate(value, true) : cJSON_CreateNull();
}

static void note(const struct place *place, const cJSON *stored, const cJSON *rebuilt)
{
	cJSON *item = json_add_object(place->differences);

	json_set_string(item, "path", place->path);
	json_set(item, "stored", copy_of(stored));
	json_set(item, "rebuilt", copy_of(rebuilt));
}

static struct place below(const struct place *place, const char *name)
{
	struct place inner = *place;

	inner.path = place->path[0] != '\0' ? arena_printf(place->arena, "%s.%s", place->path, name)
	                                    : name;
	return inner;
}

static void compare(const struct place *place, const cJSON *stored, const cJSON *rebuilt);

static void compare_objects(const struct place *place, const cJSON *stored, const cJSON *rebuilt)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, stored)
	{
		const struct place inner = below(place, item->string);

		compare(&inner, item, json_get(rebuilt, item->string));
	}
	cJSON_ArrayForEach(item, rebuilt)
	{
		const struct place inner = below(place, item->string);

		if (json_get(stored, item->string) != NULL)
			continue;
		if (place->untold != NULL)
			++*place->untold;
		else
			note(&inner, NULL, item);
	}
}

static void compare_arrays(const struct place *place, const cJSON *stored, const cJSON *rebuilt)
{
	const cJSON *left = stored->child, *right = rebuilt->child;

	for (int i = 0; left != NULL || right != NULL; i++) {
		struct place inner = *place;

		inner.path = arena_printf(place->arena, "%s[%d]", place->path, i);
		compare(&inner, left, right);
		left = left != NULL ? left->next : NULL;
		right = right != NULL ? right->next : NULL;
	}
}

static void compare(const struct place *place, const cJSON *stored, const cJSON *rebuilt)
{
	if (cJSON_IsObject(stored) && cJSON_IsObject(rebuilt))
		compare_objects(place, stored, rebuilt);
	else if (cJSON_IsArray(stored) && cJSON_IsArray(rebuilt))
		compare_arrays(place, stored, rebuilt);
	else if (!cJSON_Compare(stored, rebuilt, true))
		note(place, stored, rebuilt);
}

void json_diff_add(struct arena *arena, cJSON *differences, const cJSON *stored,
                   const cJSON *rebuilt, size_t *untold)
{
	const struct place place = { arena, differences, "", untold };

	if (stored != NULL || rebuilt != NULL)
		compare(&place, stored, rebuilt);
}
