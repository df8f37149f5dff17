#include "examiner/generate.h"

#include <string.h>

#include "base/json.h"
#include "examiner/exam_check.h"
#include "examiner/generate_check.h"

enum { TRIES = 2, LEAST_POINTS = 3, MOST_POINTS = 6 };

/* One question on its way. */
struct work {
	const struct agent_desk *desk;
	struct arena *arena;
	const struct generate_order *order;
	const cJSON *english; /* the model's document; NULL while it is asked for */
	cJSON *body;          /* languages that passed */
};

/* What is no text for people in the model's document. */
static const char *const codes[] = { "track",      "category", "level",     "difficulty",
	                             "skill_tags", "id",       "key_point", NULL };

/* --- the model's document becomes a part of the bank's ------------------------ */

static void set_text(cJSON *body, const char *name, enum language language, cJSON *value)
{
	cJSON *texts = cJSON_GetObjectItemCaseSensitive(body, name);

	if (texts == NULL)
		texts = json_set_object(body, name);
	json_set(texts, language_code(language), value);
}

static cJSON *string_of(const cJSON *object, const char *name)
{
	return cJSON_CreateString(json_string(object, name, ""));
}

static cJSON *copy_of(const cJSON *object, const char *name)
{
	return cJSON_Duplicate(json_get(object, name), true);
}

/* Gives every item of a list its texts, by its place; the first language makes the items. */
static void add_items(cJSON *body, const char *list, const cJSON *answer,
                      void (*fill)(cJSON *item, const cJSON *from, enum language language),
                      enum language language)
{
	cJSON *items = cJSON_GetObjectItemCaseSensitive(body, list), *item;
	const cJSON *from;
	int place = 0;

	if (items == NULL)
		items = json_set_array(body, list);
	cJSON_ArrayForEach(from, json_get(answer, list))
	{
		item = cJSON_GetArrayItem(items, place++);
		fill(item != NULL ? item : json_add_object(items), from, language);
	}
}

static void fill_point(cJSON *point, const cJSON *from, enum language language)
{
	if (language == LANG_EN)
		json_set(point, "id", string_of(from, "id"));
	set_text(point, "text", language, string_of(from, "text"));
	set_text(point, "aliases", language, copy_of(from, "aliases"));
}

static void fill_mistake(cJSON *mistake, const cJSON *from, enum language language)
{
	if (language == LANG_EN)
		json_set(mistake, "key_point", string_of(from, "key_point"));
	set_text(mistake, "claim", language, copy_of(from, "claim"));
	set_text(mistake, "fact", language, string_of(from, "fact"));
}

static void fill_follow_up(cJSON *follow_up, const cJSON *from, enum language language)
{
	if (language == LANG_EN)
		json_set(follow_up, "key_point", string_of(from, "key_point"));
	set_text(follow_up, "question", language, string_of(from, "question"));
}

static cJSON *new_body(const struct work *work, const cJSON *answer)
{
	const struct generate_order *order = work->order;
	const bool is_technical = strcmp(order->type, "technical") == 0;
	cJSON *body = cJSON_CreateObject();

	json_set_string(
	        body, "id",
	        generate_id(work->arena, order, "question", json_string(answer, "question", "")));
	json_set_string(body, "type", order->type);
	json_set_string(body, "track", is_technical ? order->role_track : order->type);
	json_add_string(json_set_array(body, "roles"), order->role_id);
	json_set_string(body, "category", order->category);
	json_set_string(body, "level", order->level);
	json_set_string(body, "difficulty", order->difficulty);
	json_set(body, "skill_tags", generate_tags(work->arena, json_get(answer, "skill_tags")));
	json_set(body, "estimated_answer_time_min", copy_of(answer, "estimated_answer_time_min"));
	json_set(body, "max_score", copy_of(answer, "max_score"));
	return body;
}

static cJSON *with_language(const struct work *work, const cJSON *answer, enum language language)
{
	cJSON *body = work->body != NULL ? cJSON_Duplicate(work->body, true)
	                                 : new_body(work, answer);
	cJSON *references = cJSON_CreateArray();

	json_add(references, string_of(answer, "reference_answer"));
	set_text(body, "question", language, string_of(answer, "question"));
	set_text(body, "reference_answer", language, references);
	add_items(body, "key_points", answer, fill_point, language);
	add_items(body, "mistakes", answer, fill_mistake, language);
	add_items(body, "follow_ups", answer, fill_follow_up, language);
	set_text(body, "hint", language, string_of(answer, "hint"));
	return body;
}

/* --- checks ------------------------------------------------------------------- */

static bool names_point(const cJSON *answer, const char *id)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(answer, "key_points"))
	{
		if (strcmp(json_string(point, "id", ""), id) == 0)
			return true;
	}
	return false;
}

static void check_named(struct generate_faults *faults, const cJSON *answer, const char *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(answer, list))
	{
		const char *id = json_string(item, "key_point", "");

		if (!names_point(answer, id))
			generate_fault(faults, GENERATE_SHAPE,
			               "\"%s\" name the unknown key point "
			               "\"%s\"",
			               list, id);
	}
}

static void check_points(struct generate_faults *faults, const cJSON *answer)
{
	const size_t count = json_count(answer, "key_points");
	const cJSON *point, *other;

	if (count < LEAST_POINTS || count > MOST_POINTS)
		generate_fault(faults, GENERATE_SHAPE, "%zu key points instead of three to six",
		               count);
	cJSON_ArrayForEach(point, json_get(answer, "key_points"))
	{
		const char *id = json_string(point, "id", "");

		if (strcmp(generate_tag(faults->arena, id), id) != 0)
			generate_fault(faults, GENERATE_SHAPE,
			               "the key point's id \"%s\" is not "
			               "short, in lower-case letters and hyphens",
			               id);
		for (other = point->next; other != NULL; other = other->next)
			if (strcmp(json_string(other, "id", ""), id) == 0)
				generate_fault(faults, GENERATE_SHAPE,
				               "two key points are called \"%s\"", id);
	}
}

/* A translation has the same items in the same order. */
static void check_same(struct generate_faults *faults, const cJSON *english, const cJSON *answer,
                       const char *list, const char *name)
{
	const cJSON *one = json_get(english, list), *other = json_get(answer, list);
	bool is_same = cJSON_GetArraySize(one) == cJSON_GetArraySize(other);

	for (int i = 0; is_same && i < cJSON_GetArraySize(one); i++)
		is_same = strcmp(json_string(cJSON_GetArrayItem(one, i), name, ""),
		                 json_string(cJSON_GetArrayItem(other, i), name, "")) == 0;
	if (!is_same)
		generate_fault(faults, GENERATE_SHAPE,
		               "\"%s\" has not the same items in the same "
		               "order as in English",
		               list);
}

static void check_document(struct generate_faults *faults, const struct work *work,
                           const cJSON *answer)
{
	if (work->english == NULL) {
		generate_check_kind(faults, work->order, answer);
		check_points(faults, answer);
		check_named(faults, answer, "mistakes");
		check_named(faults, answer, "follow_ups");
		return;
	}
	check_same(faults, work->english, answer, "key_points", "id");
	check_same(faults, work->english, answer, "mistakes", "key_point");
	check_same(faults, work->english, answer, "follow_ups", "key_point");
}

static void tell_uncovered(void *context, const char *fault)
{
	generate_fault(context, GENERATE_UNCOVERED, "%s", fault);
}

static void check_coverage(struct generate_faults *faults, const cJSON *body,
                           enum language language)
{
	struct exam_question question;

	if (exam_question_parse(faults->arena, json_text(body), language, &question) != OK)
		generate_fault(faults, GENERATE_SHAPE, "a text is missing");
	else
		exam_check(faults->arena, &question, tell_uncovered, faults);
}

/* The body with this language, or NULL and the faults. */
static cJSON *accept(struct generate_faults *faults, const struct work *work, const cJSON *answer,
                     enum language language)
{
	cJSON *body;

	check_document(faults, work, answer);
	generate_check_script(faults, language, answer, codes);
	if (generate_is_faulty(faults))
		return NULL;
	body = with_language(work, answer, language);
	generate_check_question_alike(faults, work->order, body, language);
	check_coverage(faults, body, language);
	return generate_is_faulty(faults) ? NULL : body;
}

/* --- asking ------------------------------------------------------------------- */

static cJSON *translation_data(const struct work *work, const struct generate_retry *retry)
{
	cJSON *data = cJSON_CreateObject();

	json_set(data, "question", cJSON_Duplicate(work->english, true));
	if (retry->previous != NULL) {
		json_set(data, "previous", cJSON_Duplicate(retry->previous, true));
		json_set_string(data, "fault", retry->fault);
	}
	return data;
}

static cJSON *ask(const struct work *work, enum language language,
                  const struct generate_retry *retry, struct generate_faults *faults)
{
	const bool is_translation = work->english != NULL;
	cJSON *params = cJSON_CreateObject();
	const struct agent_task task = {
		.agent = AGENT_QUESTION_GENERATOR,
		.language = language,
		.params = params,
		.data = is_translation ? translation_data(work, retry)
		                       : generate_order_data(work->order, retry),
	};

	json_set_bool(params, "is_translation", is_translation);
	json_set_bool(params, "is_retry", retry->previous != NULL);
	return generate_ask(work->desk, work->arena, &task, faults);
}

/* Adds a language to the body; false with the faults of the last try. */
static bool add_language(struct work *work, enum language language, struct generate_faults *faults)
{
	struct generate_retry retry = { 0 };

	for (int i = 0; i < TRIES; i++) {
		cJSON *answer, *body;

		generate_faults_init(faults, work->arena);
		answer = ask(work, language, &retry, faults);
		if (answer == NULL)
			return false;
		body = accept(faults, work, answer, language);
		if (body != NULL) {
			work->body = body;
			work->english = language == LANG_EN ? answer : work->english;
			return true;
		}
		retry = (struct generate_retry){ answer, faults->text.data };
	}
	return false;
}

void generate_question(const struct agent_desk *desk, struct arena *arena,
                       const struct generate_order *order, struct generate_made *ret_made)
{
	struct work work = { .desk = desk, .arena = arena, .order = order };
	struct generate_faults faults;

	for (enum language language = LANG_EN; language < LANG_COUNT; language++) {
		if (add_language(&work, language, &faults))
			continue;
		*ret_made = (struct generate_made){
			.reason = faults.reason,
			.fault = arena_printf(arena, "%s: %s", language_code(language),
			                      faults.text.data),
		};
		return;
	}
	*ret_made = (struct generate_made){ .body = work.body };
}
