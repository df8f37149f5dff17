#include <string.h>

#include "base/json.h"
#include "report/shared.h"
#include "report/verify.h"

struct place {
	struct verify *verify;
	bool is_part;
	const char *path;
};

/*
 * Names, and words that a later edition of the program may put otherwise; explanations may be
 * asked for after the report. The raw ones among them have their hashes.
 */
static bool is_worded(const char *name)
{
	static const char *const names[] = { "participant",
		                             "role",
		                             "track",
		                             "invitation",
		                             "by",
		                             "llm_feedback_short",
		                             "llm_feedback_detailed",
		                             "error_explanations",
		                             "rubric_formula" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static struct place below(const struct place *place, const char *name)
{
	struct place inner = *place;
	struct arena *arena = place->verify->arena;

	inner.path = place->path[0] != '\0' ? arena_printf(arena, "%s.%s", place->path, name)
	                                    : name;
	return inner;
}

static void compare(const struct place *place, const cJSON *stored, const cJSON *made);

/* Who reads a part does not see the rest; an earlier edition may not have told it yet. */
static void miss(const struct place *place)
{
	if (!place->is_part)
		verify_remark(place->verify, arena_printf(place->verify->arena,
		                                          "it does not tell %s", place->path));
}

static void compare_objects(const struct place *place, const cJSON *stored, const cJSON *made)
{
	const bool is_top = place->path[0] == '\0';
	const cJSON *item;

	cJSON_ArrayForEach(item, made)
	{
		const struct place inner = below(place, item->string);
		const cJSON *kept = json_get(stored, item->string);

		/* A question's track is the bank's; the interview's may be called otherwise now. */
		if (is_worded(item->string) && (is_top || strcmp(item->string, "track") != 0))
			continue;
		if (kept == NULL)
			miss(&inner);
		else
			compare(&inner, kept, item);
	}
	/* Beside the summary there are texts and what storing added. */
	cJSON_ArrayForEach(item, stored) if (!is_top && json_get(made, item->string) == NULL)
	        verify_find(place->verify, "facts", below(place, item->string).path, item, NULL);
}

static void compare_arrays(const struct place *place, const cJSON *stored, const cJSON *made)
{
	const cJSON *left = stored->child, *right = made->child;

	for (int i = 0; left != NULL || right != NULL; i++) {
		struct place inner = *place;

		inner.path = arena_printf(place->verify->arena, "%s[%d]", place->path, i);
		compare(&inner, left, right);
		left = left != NULL ? left->next : NULL;
		right = right != NULL ? right->next : NULL;
	}
}

static void compare(const struct place *place, const cJSON *stored, const cJSON *made)
{
	if (cJSON_IsObject(stored) && cJSON_IsObject(made))
		compare_objects(place, stored, made);
	else if (cJSON_IsArray(stored) && cJSON_IsArray(made))
		compare_arrays(place, stored, made);
	else if (!cJSON_Compare(stored, made, true))
		verify_find(place->verify, "facts", place->path, stored, made);
}

void verify_facts(struct verify *verify, bool is_part)
{
	const struct place place = { verify, is_part, "" };
	cJSON *made;

	if (verify->document == NULL || verify->source.interview.id == NULL)
		return;
	made = report_summary(verify->arena, &verify->source);
	if (strcmp(json_string(verify->document, "scope", ""), "numbers") == 0) {
		json_set_copy(made, "revision", json_get(verify->stored, "revision"));
		made = shared_numbers(made);
	}
	compare(&place, verify->document, made);
}
