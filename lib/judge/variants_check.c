/* What may be wrong with the variants of a task. */
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "judge/variants.h"

enum { MOST_NAME = 40 };

struct check {
	struct arena *arena;
	void (*tell)(void *context, const char *fault);
	void *context;
};

static void tell(const struct check *check, size_t number, const char *name, const char *fault)
{
	check->tell(check->context,
	            arena_printf(check->arena, "variant %zu: %s: %s", number, name, fault));
}

static bool is_name(const char *name)
{
	return strlen(name) <= MOST_NAME &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0' &&
	       name[0] != '\0';
}

/* An object is a text in every language of the interface. */
static const char *value_fault(const cJSON *value)
{
	if (cJSON_IsNumber(value) || cJSON_IsString(value) || cJSON_IsArray(value) ||
	    cJSON_IsBool(value))
		return NULL;
	if (!cJSON_IsObject(value) || cJSON_GetArraySize(value) != LANG_COUNT)
		return "neither a value nor texts in en, ru and uk";
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (json_string(value, language_code(language), "")[0] == '\0')
			return "neither a value nor texts in en, ru and uk";
	return NULL;
}

static void check_members(const struct check *check, const cJSON *variant, const cJSON *first,
                          size_t number)
{
	const cJSON *value, *other;

	cJSON_ArrayForEach(value, variant)
	{
		const char *fault = value_fault(value);

		if (!is_name(value->string))
			tell(check, number, value->string,
			     "not a name of lower-case letters, digits and _");
		if (fault != NULL)
			tell(check, number, value->string, fault);
		if (json_get(first, value->string) == NULL)
			tell(check, number, value->string, "the first variant has no such member");
	}
	cJSON_ArrayForEach(other, first)
	{
		if (json_get(variant, other->string) == NULL)
			tell(check, number, other->string, "missing");
	}
}

/* The text of the task without its variants, and without the answers that were computed. */
static const char *rest_of(const cJSON *task)
{
	static const char *const apart[] = { "variants", "variant_answers" };
	cJSON *copy = cJSON_Duplicate(task, true);

	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		cJSON_DeleteItemFromObjectCaseSensitive(copy, apart[i]);
	return json_text(copy);
}

static void check_used(const struct check *check, const cJSON *task, const cJSON *first)
{
	const char *rest = rest_of(task);
	const cJSON *value;

	cJSON_ArrayForEach(value, first)
	{
		if (strstr(rest, arena_printf(check->arena, "{{%s}}", value->string)) == NULL)
			tell(check, 1, value->string, "the task does not use it");
	}
}

/* A placeholder that is left over in the expanded task. */
static const char *left_over(struct arena *arena, const char *text)
{
	while ((text = strstr(text, "{{")) != NULL) {
		const size_t len = strspn(text + 2, "abcdefghijklmnopqrstuvwxyz0123456789_");

		if (len > 0 && strncmp(text + 2 + len, "}}", 2) == 0)
			return arena_copy(arena, text + 2, len);
		text++;
	}
	return NULL;
}

/* What makes a task another one: what is to be done, and on what. */
static const char *matter_of(struct arena *arena, const cJSON *asked)
{
	return arena_printf(arena, "%s%s%s", json_text(json_get(asked, "description")),
	                    json_text(json_get(asked, "public_tests")),
	                    json_text(json_get(asked, "hidden_tests")));
}

static void check_expanded(const struct check *check, const cJSON *task, size_t count)
{
	const char *matters[VARIANTS_MOST];

	for (size_t i = 0; i < count; i++) {
		const cJSON *asked = variants_expand(check->arena, task, i + 1);
		const char *left = left_over(check->arena, json_text(asked));

		if (left != NULL)
			tell(check, i + 1, left, "there is no value for it where it stands");
		matters[i] = matter_of(check->arena, asked);
		for (size_t j = 0; j < i; j++)
			if (strcmp(matters[j], matters[i]) == 0)
				tell(check, i + 1, "all of it", "equal to an earlier variant");
	}
}

void variants_check(struct arena *arena, const cJSON *task,
                    void (*tell_fault)(void *context, const char *fault), void *context)
{
	const struct check check = { arena, tell_fault, context };
	const cJSON *variants = json_get(task, "variants"), *variant;
	const cJSON *first = variants != NULL ? variants->child : NULL;
	const size_t count = json_count(task, "variants");
	size_t number = 0;

	if (variants == NULL)
		return;
	if (!cJSON_IsArray(variants) || count < VARIANTS_LEAST || count > VARIANTS_MOST) {
		tell_fault(context, "variants: not a list of 2 to 8 objects");
		return;
	}
	cJSON_ArrayForEach(variant, variants)
	{
		number++;
		if (!cJSON_IsObject(variant) || variant->child == NULL)
			tell(&check, number, "all of it", "not an object with members");
		else
			check_members(&check, variant, first, number);
	}
	check_used(&check, task, first);
	check_expanded(&check, task, count);
}
