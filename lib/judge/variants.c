#include "judge/variants.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"

/* Where a string of the task stands. */
struct spot {
	struct arena *arena;
	const cJSON *values;
	const char *language; /* of a translated text; NULL: code, a test */
	bool is_test;         /* or an input that grows */
};

/* A placeholder in a text. */
struct mark {
	const char *start, *end; /* of "{{name}}" */
	const char *name;
};

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next {{name}} at `text` or behind it. */
static bool find_mark(struct arena *arena, const char *text, struct mark *ret_mark)
{
	const char *start = text;

	while ((start = strstr(start, "{{")) != NULL) {
		const char *name = start + 2, *end = name;

		while (is_name_char(*end))
			end++;
		if (end > name && end[0] == '}' && end[1] == '}') {
			*ret_mark = (struct mark){ start, end + 2,
				                   arena_copy(arena, name, (size_t)(end - name)) };
			return true;
		}
		start++;
	}
	return false;
}

/* --- values as text ------------------------------------------------------------------- */

/* JSON as people write it: [1, 2, 3]. */
static void add_json(struct buf *out, const cJSON *value)
{
	const cJSON *child;

	if (!cJSON_IsArray(value)) {
		buf_str(out, json_text(value));
		return;
	}
	buf_char(out, '[');
	cJSON_ArrayForEach(child, value)
	{
		if (child != value->child)
			buf_str(out, ", ");
		add_json(out, child);
	}
	buf_char(out, ']');
}

/* The value in a place of that language; NULL: it has none there. */
static const cJSON *value_at(const struct spot *spot, const char *name)
{
	const cJSON *value = json_get(spot->values, name);

	if (!cJSON_IsObject(value))
		return value;
	return spot->language != NULL ? json_get(value, spot->language) : NULL;
}

static const char *fill_text(const struct spot *spot, const char *text)
{
	struct buf out;
	struct mark mark;

	buf_init(&out, spot->arena);
	while (find_mark(spot->arena, text, &mark)) {
		const cJSON *value = value_at(spot, mark.name);

		buf_add(&out, text, (size_t)(mark.start - text));
		if (value == NULL)
			buf_add(&out, mark.start, (size_t)(mark.end - mark.start));
		else if (cJSON_IsString(value))
			buf_str(&out, value->valuestring);
		else
			add_json(&out, value);
		text = mark.end;
	}
	buf_str(&out, text);
	return out.data;
}

/* What a test is given when nothing but a placeholder stands there: the value itself. */
static const cJSON *whole_value(const struct spot *spot, const char *text)
{
	struct mark mark;

	if (!spot->is_test || !find_mark(spot->arena, text, &mark) || mark.start != text ||
	    *mark.end != '\0')
		return NULL;
	return value_at(spot, mark.name);
}

static cJSON *filled(const struct spot *spot, const cJSON *value);

static struct spot spot_of_member(const struct spot *spot, const char *name)
{
	static const char *const tests[] = { "public_tests", "hidden_tests", "growth" };
	struct spot inside = *spot;
	enum language language;

	if (!spot->is_test && language_parse(name, &language))
		inside.language = language_code(language);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		inside.is_test = inside.is_test || strcmp(name, tests[i]) == 0;
	return inside;
}

static cJSON *filled_list(const struct spot *spot, const cJSON *list)
{
	const bool is_object = cJSON_IsObject(list);
	cJSON *copy = is_object ? cJSON_CreateObject() : cJSON_CreateArray();
	const cJSON *child;

	cJSON_ArrayForEach(child, list)
	{
		if (is_object) {
			const struct spot inside = spot_of_member(spot, child->string);

			json_set(copy, child->string, filled(&inside, child));
		} else {
			json_add(copy, filled(spot, child));
		}
	}
	return copy;
}

static cJSON *filled(const struct spot *spot, const cJSON *value)
{
	const cJSON *whole;

	if (cJSON_IsArray(value) || cJSON_IsObject(value))
		return filled_list(spot, value);
	if (!cJSON_IsString(value) || strstr(value->valuestring, "{{") == NULL)
		return cJSON_Duplicate(value, true);
	whole = whole_value(spot, value->valuestring);
	if (whole != NULL)
		return cJSON_Duplicate(whole, true);
	return cJSON_CreateString(fill_text(spot, value->valuestring));
}

/* --- expanding ------------------------------------------------------------------------ */

size_t variants_count(const cJSON *task)
{
	return json_count(task, "variants");
}

static void add_answers(cJSON *task, const char *tests, const cJSON *answers)
{
	const cJSON *answer = answers != NULL ? answers->child : NULL;
	cJSON *test;

	cJSON_ArrayForEach(test, json_get(task, tests))
	{
		if (answer == NULL)
			return;
		json_set_copy(test, "expected", answer);
		answer = answer->next;
	}
}

cJSON *variants_expand(struct arena *arena, const cJSON *task, size_t number)
{
	const int place = (int)number - 1;
	const cJSON *answers = cJSON_GetArrayItem(json_get(task, "variant_answers"), place);
	const struct spot spot = {
		.arena = arena,
		.values = cJSON_GetArrayItem(json_get(task, "variants"), place),
	};
	cJSON *asked = cJSON_CreateObject();
	const cJSON *member;

	cJSON_ArrayForEach(member, task)
	{
		const struct spot inside = spot_of_member(&spot, member->string);

		if (strcmp(member->string, "variants") != 0 &&
		    strcmp(member->string, "variant_answers") != 0)
			json_set(asked, member->string, filled(&inside, member));
	}
	add_answers(asked, "public_tests", json_get(answers, "public"));
	add_answers(asked, "hidden_tests", json_get(answers, "hidden"));
	json_set_number(asked, "variant", (double)number);
	return asked;
}

/* Nearly all bodies have no variants; they need not be parsed to see it. */
static const cJSON *read_template(const char *body)
{
	cJSON *task;

	if (strstr(body, "\"variants\"") == NULL || json_parse(body, strlen(body), &task) != OK)
		return NULL;
	return variants_count(task) > 0 ? task : NULL;
}

static const char *asked_text(struct arena *arena, const cJSON *task, uint64_t chosen)
{
	const size_t number = (size_t)(chosen % variants_count(task)) + 1;

	return json_text(variants_expand(arena, task, number));
}

const char *variants_asked(struct arena *arena, const char *body, size_t number)
{
	const cJSON *task = read_template(body);

	return task == NULL || number == 0 ? body : asked_text(arena, task, number - 1);
}

/* FNV-1a, so that the tasks of one interview choose apart from one another. */
static uint64_t mixed(uint64_t seed, const char *id)
{
	uint64_t hash = seed ^ UINT64_C(0xcbf29ce484222325);

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * UINT64_C(0x100000001b3);
	return hash ^ (hash >> 32);
}

const char *variants_draw(struct arena *arena, const char *body, uint64_t seed)
{
	const cJSON *task = read_template(body);

	return task == NULL ? body
	                    : asked_text(arena, task, mixed(seed, json_string(task, "id", "")));
}

int variants_number(const char *asked)
{
	double number;
	cJSON *task;

	if (strstr(asked, "\"variant\"") == NULL || json_parse(asked, strlen(asked), &task) != OK)
		return 0;
	number = json_number(task, "variant", 0);
	return number >= 1 && number <= VARIANTS_MOST ? (int)number : 0;
}
