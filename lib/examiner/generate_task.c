#include "examiner/generate.h"

#include <string.h>

#include "base/json.h"
#include "examiner/generate_check.h"

/* Code and names in a description are not in the language's script: they are cut out of it. */
static const char *const no_members[] = { NULL };

/* The text without what stands between backquotes. */
static const char *without_code(struct arena *arena, const char *text)
{
	struct buf words;
	bool is_code = false;

	buf_init(&words, arena);
	for (; *text != '\0'; text++) {
		if (*text == '`')
			is_code = !is_code;
		else if (!is_code)
			buf_char(&words, *text);
	}
	return words.data;
}

static void check_texts(struct generate_faults *faults, const cJSON *answer, enum language language)
{
	const cJSON *texts = json_get(answer, language_code(language)), *item;
	cJSON *prose = cJSON_CreateObject(), *hints = json_set_array(prose, "hints");
	static const char *const names[] = { "title", "description" };

	for (int i = 0; i < 2; i++)
		json_set_string(prose, names[i],
		                without_code(faults->arena, json_string(texts, names[i], "")));
	cJSON_ArrayForEach(item, json_get(texts, "hints"))
	        json_add_string(hints, without_code(faults->arena, item->valuestring));
	generate_check_script(faults, language, prose, no_members);
}

static cJSON *tests_of(struct generate_faults *faults, const cJSON *answer, const char *list)
{
	cJSON *tests = cJSON_CreateArray(), *args;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(answer, list))
	{
		const char *text = json_string(item, "args", "");

		if (json_parse(text, strlen(text), &args) == OK && cJSON_IsArray(args))
			json_set(json_add_object(tests), "args", args);
		else
			generate_fault(faults, GENERATE_SHAPE,
			               "\"args\" of one of the %s is no "
			               "JSON array: %s",
			               list, text);
	}
	return tests;
}

static void set_texts(cJSON *body, const cJSON *answer)
{
	cJSON *title = json_set_object(body, "title");
	cJSON *description = json_set_object(body, "description");
	cJSON *hints = json_set_array(body, "hints");

	for (enum language language = 0; language < LANG_COUNT; language++) {
		const char *code = language_code(language);
		const cJSON *texts = json_get(answer, code), *item;
		int place = 0;

		json_set_string(title, code, json_string(texts, "title", ""));
		json_set_string(description, code, json_string(texts, "description", ""));
		cJSON_ArrayForEach(item, json_get(texts, "hints"))
		{
			cJSON *hint = cJSON_GetArrayItem(hints, place++);

			json_set_string(hint != NULL ? hint : json_add_object(hints), code,
			                item->valuestring);
		}
	}
}

static void set_codes(cJSON *body, const struct generate_order *order)
{
	json_set_string(body, "kind", "function");
	json_set_string(body, "track", order->role_track);
	json_add_string(json_set_array(body, "roles"), order->role_id);
	json_set_string(body, "category", order->category);
	json_set_string(body, "level", order->level);
	json_set_string(body, "difficulty", order->difficulty);
}

static cJSON *body_of(struct generate_faults *faults, const struct generate_order *order,
                      const cJSON *answer)
{
	const char *description = json_string(json_get(answer, "en"), "description", "");
	cJSON *body = cJSON_CreateObject(), *languages;

	json_set_string(body, "id", generate_id(faults->arena, order, "task", description));
	set_codes(body, order);
	json_set_string(body, "topic",
	                generate_tag(faults->arena, json_string(answer, "topic", "")));
	json_set(body, "skill_tags", generate_tags(faults->arena, json_get(answer, "skill_tags")));
	json_set(body, "estimated_answer_time_min",
	         cJSON_Duplicate(json_get(answer, "estimated_answer_time_min"), true));
	set_texts(body, answer);
	json_set_string(body, "function_signature", json_string(answer, "function_signature", ""));
	json_set_string(body, "compare", json_string(answer, "compare", ""));
	json_set(body, "public_tests", tests_of(faults, answer, "public_tests"));
	json_set(body, "hidden_tests", tests_of(faults, answer, "hidden_tests"));
	languages = json_set_object(body, "languages");
	json_set(languages, "python", cJSON_Duplicate(json_get(answer, "python"), true));
	json_set(languages, "javascript", cJSON_Duplicate(json_get(answer, "javascript"), true));
	return body;
}

static cJSON *accept(struct generate_faults *faults, const struct generate_order *order,
                     const cJSON *answer)
{
	cJSON *body;

	generate_check_kind(faults, order, answer);
	for (enum language language = 0; language < LANG_COUNT; language++)
		check_texts(faults, answer, language);
	body = body_of(faults, order, answer);
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (!generate_is_faulty(faults))
			generate_check_task_alike(faults, order, body, language);
	return generate_is_faulty(faults) ? NULL : body;
}

void generate_task(const struct agent_desk *desk, struct arena *arena,
                   const struct generate_order *order, struct generate_retry *retry,
                   struct generate_made *ret_made)
{
	cJSON *params = cJSON_CreateObject(), *answer, *body = NULL;
	const struct agent_task task = {
		.agent = AGENT_TASK_GENERATOR,
		.language = LANG_EN,
		.params = params,
		.data = generate_order_data(order, retry),
	};
	struct generate_faults faults;

	json_set_bool(params, "is_retry", retry->previous != NULL);
	generate_faults_init(&faults, arena);
	answer = generate_ask(desk, arena, &task, &faults);
	if (answer != NULL)
		body = accept(&faults, order, answer);
	*retry = (struct generate_retry){ answer, faults.text.data };
	*ret_made = (struct generate_made){ body, faults.reason, faults.text.data };
}
