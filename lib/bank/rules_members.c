/* The members that questions and tasks may have, and the characters that texts may not have. */
#include <string.h>

#include "bank/members.h"
#include "bank/rules.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

/* Where one is: the path of an object, "" of the item itself. */
struct place {
	struct rules_check *check;
	const struct member *members;
	const char *path;
};

static const struct member *member_of(const struct member *members, const char *path)
{
	for (; members->path != NULL; members++)
		if (strcmp(members->path, path) == 0)
			return members;
	return NULL;
}

static void check_text(struct rules_check *check, const char *path, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		const uint32_t c = text_next(&text, end);

		if (text_is_control(c)) {
			rules_fault(check, "%s: a control character or mark of direction (U+%04X)",
			            path, (unsigned)c);
			return;
		}
	}
}

static void check_texts(struct rules_check *check, const char *path, const cJSON *value)
{
	const cJSON *child;

	if (cJSON_IsString(value))
		check_text(check, path, value->valuestring);
	cJSON_ArrayForEach(child, value) check_texts(check, path, child);
}

static bool is_language(const char *name)
{
	enum language language;

	return language_parse(name, &language);
}

static void check_value(const struct place *place, const struct member *member, const cJSON *value);

/* The members of an object, or of each object in an array. */
static void check_object(const struct place *place, const cJSON *value)
{
	const cJSON *child;

	cJSON_ArrayForEach(child, value)
	{
		struct arena *arena = place->check->arena;
		const char *path = place->path[0] == '\0'
		                           ? child->string
		                           : arena_printf(arena, "%s.%s", place->path,
		                                          child->string);
		const struct member *member = member_of(place->members, path);

		if (member != NULL)
			check_value(place, member, child);
		else
			rules_fault(place->check, "%s: unknown member", path);
	}
}

static void check_translations(const struct place *place, const struct member *member,
                               const cJSON *value)
{
	const cJSON *child;

	cJSON_ArrayForEach(child, value)
	{
		if (!is_language(child->string))
			rules_fault(place->check, "%s.%s: unknown member", member->path,
			            child->string);
	}
}

static void check_value(const struct place *place, const struct member *member, const cJSON *value)
{
	const struct place inside = { place->check, place->members, member->path };
	const cJSON *child;

	if (cJSON_IsArray(value) && member->kind != MEMBER_DATA) {
		cJSON_ArrayForEach(child, value) check_value(place, member, child);
		return;
	}
	if (member->kind != MEMBER_DATA && !cJSON_IsObject(value))
		check_texts(place->check, member->path, value);
	if (!cJSON_IsObject(value))
		return;
	if (member->kind == MEMBER_TRANSLATED) {
		check_translations(place, member, value);
		check_texts(place->check, member->path, value);
	} else if (member->kind == MEMBER_OBJECT) {
		check_object(&inside, value);
	} else if (member->kind == MEMBER_CODES) {
		check_texts(place->check, member->path, value);
		cJSON_ArrayForEach(child, value) check_object(&inside, child);
	}
}

void rules_members(struct rules_check *check, const struct member *members, const cJSON *item)
{
	check_object(&(struct place){ check, members, "" }, item);
}
