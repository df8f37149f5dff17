#include "examiner/generate_check.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/likeness.h"

enum {
	LINE_LENGTH = 400,   /* of a fault: the texts in it are a model's */
	MOST_TEXT = 2000,    /* of all faults: a wrong language is seen by the first few */
	SCRIPT_LETTERS = 20, /* a shorter text may be a term in Latin letters */
	MOST_TAGS = 6,
	HASH_LENGTH = 12
};

/* Terms and code are in Latin letters, but this much of a sentence is the language's own. */
#define OWN_SHARE 0.3

const char *generate_reason_name(enum generate_reason reason)
{
	static const char *const names[] = {
#define GENERATE_NAME(id, name) name,
		GENERATE_REASONS(GENERATE_NAME)
#undef GENERATE_NAME
	};

	return names[reason];
}

void generate_faults_init(struct generate_faults *faults, struct arena *arena)
{
	*faults = (struct generate_faults){ .arena = arena };
	buf_init(&faults->text, arena);
}

void generate_fault(struct generate_faults *faults, enum generate_reason reason, const char *format,
                    ...)
{
	const char *line;
	va_list args;

	va_start(args, format);
	line = arena_vprintf(faults->arena, format, args);
	va_end(args);
	if (faults->text.len > MOST_TEXT)
		return;
	if (faults->text.len == 0)
		faults->reason = reason;
	else
		buf_char(&faults->text, '\n');
	buf_str(&faults->text,
	        text_shortened(faults->arena, text_one_line(faults->arena, line), LINE_LENGTH));
}

bool generate_is_faulty(const struct generate_faults *faults)
{
	return faults->text.len > 0;
}

/* --- kind --------------------------------------------------------------------- */

static void check_member(struct generate_faults *faults, const cJSON *answer, const char *name,
                         const char *wanted)
{
	const char *got = json_string(answer, name, "");

	if (strcmp(got, wanted) != 0)
		generate_fault(faults, GENERATE_KIND, "\"%s\" is \"%s\" instead of \"%s\"", name,
		               got, wanted);
}

void generate_check_kind(struct generate_faults *faults, const struct generate_order *order,
                         const cJSON *answer)
{
	check_member(faults, answer, "category", order->category);
	check_member(faults, answer, "level", order->level);
	check_member(faults, answer, "difficulty", order->difficulty);
}

/* --- script ------------------------------------------------------------------- */

struct letters {
	size_t cyrillic, all;
	uint32_t alien; /* a letter of another language, or 0 */
};

/* Letters of scripts that none of our languages is written in, Greek symbols apart. */
static bool is_foreign(uint32_t letter)
{
	return (letter >= 0x530 && letter < 0x1e00) || (letter >= 0x2e80 && letter < 0xfb00);
}

/* Letters that the language does not have. */
static bool is_alien(enum language language, uint32_t letter)
{
	static const uint32_t russian_only[] = { 0x44b, 0x44d, 0x451, 0x44a, 0 };
	static const uint32_t ukrainian_only[] = { 0x454, 0x456, 0x457, 0x491, 0 };
	const uint32_t *list = language == LANG_UK ? russian_only : ukrainian_only;

	if (is_foreign(letter))
		return true;
	if (language == LANG_EN)
		return letter >= 0x400 && letter < 0x530;
	for (; *list != 0; list++)
		if (*list == letter)
			return true;
	return false;
}

static struct letters count_letters(enum language language, const char *text)
{
	const char *end = text + strlen(text);
	struct letters letters = { 0 };

	while (text < end) {
		const uint32_t letter = text_lower(text_next(&text, end));

		if (!text_is_letter(letter))
			continue;
		letters.all++;
		letters.cyrillic += letter >= 0x400 && letter < 0x530;
		if (is_alien(language, letter))
			letters.alien = letter;
	}
	return letters;
}

static void check_text(struct generate_faults *faults, enum language language, const char *name,
                       const char *text)
{
	static const char *const names[] = { "English", "Russian", "Ukrainian" };
	const struct letters letters = count_letters(language, text);
	const double own = OWN_SHARE * (double)letters.all;
	const char *start = text_shortened(faults->arena, text, 80);
	char bytes[5] = "";

	if (letters.alien != 0) {
		text_encode(letters.alien, bytes);
		generate_fault(faults, GENERATE_SCRIPT,
		               "\"%s\" has the letter %s, which %s does not have: %s", name, bytes,
		               names[language], start);
	} else if (language != LANG_EN && strcmp(name, "aliases") != 0 &&
	           letters.all >= SCRIPT_LETTERS && (double)letters.cyrillic < own) {
		generate_fault(faults, GENERATE_SCRIPT, "\"%s\" is not in %s: %s", name,
		               names[language], start);
	}
}

static bool is_in(const char *name, const char *const *list)
{
	for (; name != NULL && *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

/* The value is no deeper than the agent's schema. */
static void check_value(struct generate_faults *faults, enum language language, const char *name,
                        const cJSON *value, const char *const *but)
{
	const cJSON *child;

	if (cJSON_IsString(value))
		check_text(faults, language, name, value->valuestring);
	cJSON_ArrayForEach(child, value)
	{
		if (!is_in(child->string, but))
			check_value(faults, language, child->string != NULL ? child->string : name,
			            child, but);
	}
}

void generate_check_script(struct generate_faults *faults, enum language language,
                           const cJSON *value, const char *const *but)
{
	check_value(faults, language, "", value, but);
}

/* --- likeness ----------------------------------------------------------------- */

static const char *translated(const cJSON *object, const char *name, enum language language)
{
	return json_string(json_get(object, name), language_code(language), NULL);
}

static const char *asked_of(struct arena *arena, const cJSON *body, enum language language)
{
	(void)arena;
	return translated(body, "question", language);
}

/* A question in other words is told by what its answer has to say. */
static const char *points_of(struct arena *arena, const cJSON *body, enum language language)
{
	struct buf text;
	const cJSON *point;

	buf_init(&text, arena);
	cJSON_ArrayForEach(point, json_get(body, "key_points"))
	{
		const char *words = translated(point, "text", language);

		buf_printf(&text, "%s\n", words != NULL ? words : "");
	}
	return text.len > 0 ? text.data : NULL;
}

static const char *task_of(struct arena *arena, const cJSON *body, enum language language)
{
	const char *title = translated(body, "title", language);
	const char *description = translated(body, "description", language);

	return title == NULL || description == NULL
	               ? NULL
	               : arena_printf(arena, "%s\n%s", title, description);
}

static bool check_alike(struct generate_faults *faults, const struct generate_order *order,
                        const cJSON *body, enum language language,
                        const char *(*text_of)(struct arena *, const cJSON *, enum language))
{
	const size_t count = (size_t)cJSON_GetArraySize(order->known);
	const char **others = arena_array(faults->arena, count + 1, sizeof(*others));
	const char *text = text_of(faults->arena, body, language);
	size_t used = 0, place;
	const cJSON *item;
	double likeness;

	cJSON_ArrayForEach(item, order->known)
	        others[used++] = text_of(faults->arena, item, language);
	if (text == NULL)
		return false;
	likeness = likeness_most(faults->arena, text, others, count, &place);
	if (likeness < GENERATE_ALIKE)
		return false;
	item = cJSON_GetArrayItem(order->known, (int)place);
	generate_fault(faults, GENERATE_DUPLICATE, "it is like one that exists (%.2f, %s): %s",
	               likeness, json_string(item, "id", ""), others[place]);
	return true;
}

void generate_check_question_alike(struct generate_faults *faults,
                                   const struct generate_order *order, const cJSON *body,
                                   enum language language)
{
	if (!check_alike(faults, order, body, language, asked_of))
		check_alike(faults, order, body, language, points_of);
}

void generate_check_task_alike(struct generate_faults *faults, const struct generate_order *order,
                               const cJSON *body, enum language language)
{
	check_alike(faults, order, body, language, task_of);
}

/* --- names -------------------------------------------------------------------- */

const char *generate_tag(struct arena *arena, const char *text)
{
	struct buf tag;

	buf_init(&tag, arena);
	for (; *text != '\0' && tag.len < 40; text++) {
		const unsigned char c = (unsigned char)*text;

		if (isalnum(c) && c < 0x80)
			buf_char(&tag, (char)tolower(c));
		else if (tag.len > 0 && tag.data[tag.len - 1] != '-')
			buf_char(&tag, '-');
	}
	while (tag.len > 0 && tag.data[tag.len - 1] == '-')
		buf_truncate(&tag, tag.len - 1);
	return tag.data;
}

static bool has_string(const cJSON *list, const char *text)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (strcmp(item->valuestring, text) == 0)
			return true;
	}
	return false;
}

cJSON *generate_tags(struct arena *arena, const cJSON *tags)
{
	cJSON *list = cJSON_CreateArray();
	const cJSON *item;

	cJSON_ArrayForEach(item, tags)
	{
		const char *tag = generate_tag(arena,
		                               cJSON_IsString(item) ? item->valuestring : "");

		if (tag[0] != '\0' && !has_string(list, tag) &&
		    cJSON_GetArraySize(list) < MOST_TAGS)
			json_add_string(list, tag);
	}
	return list;
}

const char *generate_id(struct arena *arena, const struct generate_order *order, const char *kind,
                        const char *text)
{
	const char *hash = hash_texts(arena, (const char *const[]){ kind, text, NULL });

	return arena_printf(arena, "llm-%.30s-%.*s", order->role_id, HASH_LENGTH, hash);
}

/* --- asking ------------------------------------------------------------------- */

cJSON *generate_order_data(const struct generate_order *order, const struct generate_retry *retry)
{
	cJSON *data = cJSON_CreateObject(), *skills = NULL;

	json_set_string(data, "role", order->role_title);
	json_set_string(data, "track", order->role_track);
	if (json_parse(order->skill_tags, strlen(order->skill_tags), &skills) == OK)
		json_set(data, "skills", skills);
	json_set_string(data, "type", order->type);
	json_set_string(data, "category", order->category);
	json_set_string(data, "level", order->level);
	json_set_string(data, "difficulty", order->difficulty);
	json_set(data, "existing", cJSON_Duplicate(order->named, true));
	if (retry->previous != NULL) {
		json_set(data, "previous", cJSON_Duplicate(retry->previous, true));
		json_set_string(data, "fault", retry->fault);
	}
	return data;
}

/* Over a network a wrong shape has been asked for again already. */
static bool is_misshapen(const struct llm_result *result)
{
	return result->class == LLM_INCOMPLETE ||
	       (result->code != NULL && strcmp(result->code, "invalid_json") == 0);
}

cJSON *generate_ask(const struct agent_desk *desk, struct arena *arena,
                    const struct agent_task *task, struct generate_faults *faults)
{
	struct llm_result result = { 0 };
	const enum err err = agent_run(desk, arena, task, &result);

	if (err == OK && result.json != NULL)
		return result.json;
	if (err == ERR_BUSY)
		generate_fault(faults, GENERATE_NO_ANSWER, "no model is ready");
	else
		generate_fault(faults, is_misshapen(&result) ? GENERATE_SHAPE : GENERATE_NO_ANSWER,
		               "%s: %s", llm_class_name(result.class),
		               result.error != NULL ? result.error : "");
	return NULL;
}
