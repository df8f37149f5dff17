#include "examiner/writers_check.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/proof.h"
#include "examiner/writers_words.h"

enum { WORD_MAX = 80 };

/* --- the language ------------------------------------------------------------------ */

/* Shares of letters; convention: terms of the trade stay Latin in any language. */
#define CYRILLIC_MIN    0.5
#define CYRILLIC_STRAY  0.05
#define FOREIGN_LETTERS 0.01

enum { LETTERS_MIN = 20, UKRAINIAN_LETTERS_FROM = 200 };

struct letters {
	double latin, cyrillic, russian, ukrainian; /* the last two: letters the other lacks */
};

static struct letters count_letters(const char *text)
{
	const char *end = text + strlen(text);
	struct letters letters = { 0 };

	while (text < end) {
		uint32_t c = text_lower(text_next(&text, end));

		letters.latin += c >= 'a' && c <= 'z';
		letters.cyrillic += c >= 0x400 && c <= 0x4FF;
		letters.russian += c == 0x44B || c == 0x44D || c == 0x44A || c == 0x451;
		letters.ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491;
	}
	return letters;
}

static bool is_in_language(const char *words, enum language language)
{
	const struct letters letters = count_letters(words);
	const double all = letters.latin + letters.cyrillic;

	if (all < LETTERS_MIN)
		return true;
	if (language == LANG_EN)
		return letters.cyrillic <= all * CYRILLIC_STRAY;
	if (letters.cyrillic < all * CYRILLIC_MIN)
		return false;
	if (language == LANG_RU)
		return letters.ukrainian <= letters.cyrillic * FOREIGN_LETTERS;
	return letters.russian <= letters.cyrillic * FOREIGN_LETTERS &&
	       (letters.cyrillic < UKRAINIAN_LETTERS_FROM || letters.ukrainian > 0);
}

static const char *english_name(enum language language)
{
	static const char *const names[LANG_COUNT] = { "English", "Russian", "Ukrainian" };

	return names[language];
}

/* --- words that must not be there ---------------------------------------------------- */

static bool is_word_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		if ((at == text || !is_word_character(at[-1])) && !is_word_character(at[len]))
			return true;
	return false;
}

/* A member's name of the facts that no person would write: one with an underscore. */
static const char *find_key(const cJSON *facts, const char *words)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, facts)
	{
		const char *key = member->string, *deeper;

		if (key != NULL && strchr(key, '_') != NULL && has_word(words, key))
			return key;
		deeper = find_key(member, words);
		if (deeper != NULL)
			return deeper;
	}
	return NULL;
}

/* The fault of sentences: language, numbers, codes, and what may stand in no words. */
static const char *check_words(struct arena *arena, const struct writers_order *order,
                               const char *system, const char *words)
{
	const char *stray;

	if (!is_in_language(words, order->language))
		return arena_printf(arena, "the sentences must be in %s",
		                    english_name(order->language));
	stray = proof_stray_number(arena, words, order->facts);
	if (stray != NULL)
		return arena_printf(arena, "the number %s stands nowhere in the facts",
		                    text_shortened(arena, stray, WORD_MAX));
	stray = find_key(order->facts, words);
	if (stray != NULL)
		return arena_printf(arena, "%s is a name of the JSON, not a word for people",
		                    stray);
	if (strstr(words, "\":") != NULL || strstr(words, "```") != NULL)
		return "a sentence holds JSON or markup";
	return writers_words_fault(arena, words, system);
}

/* --- names of the facts --------------------------------------------------------------- */

/* Lower case, one line, hyphens as spaces, no full stop: people and models vary in these. */
static const char *simplified(struct arena *arena, const char *name)
{
	char *folded = text_folded(arena, text_trimmed(arena, text_one_line(arena, name)));
	size_t len = strlen(folded);

	for (char *c = folded; *c != '\0'; c++)
		if (*c == '-' || *c == '_')
			*c = ' ';
	while (len > 0 && (folded[len - 1] == '.' || folded[len - 1] == ' '))
		folded[--len] = '\0';
	return folded;
}

static bool is_same(struct arena *arena, const char *name, const char *other)
{
	return strcmp(simplified(arena, name), simplified(arena, other)) == 0;
}

static const cJSON *metric(const cJSON *facts, const char *name)
{
	return json_get(json_get(facts, "metrics"), name);
}

/* The member of the group with that name; NULL: none. */
static const cJSON *find_member(struct arena *arena, const cJSON *group, const char *name)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, group) if (is_same(arena, member->string, name)) return member;
	return NULL;
}

static const char *find_track(struct arena *arena, const cJSON *facts, const char *name)
{
	const cJSON *member = find_member(arena, metric(facts, "by_track"), name);
	const char *track = json_string(facts, "track", "");

	if (member != NULL)
		return member->string;
	return is_same(arena, track, name) ? track : NULL;
}

/* The text of a key point that is not wholly covered. */
static const char *find_open_point(struct arena *arena, const cJSON *facts, const char *name)
{
	const cJSON *question, *point;

	cJSON_ArrayForEach(question, json_get(facts, "questions"))
	{
		cJSON_ArrayForEach(point, json_get(question, "key_points"))
		{
			const char *text = json_string(point, "text", "");

			if (strcmp(json_string(point, "status", ""), "covered") != 0 &&
			    is_same(arena, text, name))
				return text;
		}
	}
	return NULL;
}

/* A skill that is not perfect, or a key point that is open. */
static const char *find_topic(struct arena *arena, const cJSON *facts, const char *name)
{
	const cJSON *skill = find_member(arena, metric(facts, "by_skill"), name);

	if (skill != NULL)
		return json_number(skill, "score_ratio", 0) < 1 ? skill->string : NULL;
	return find_open_point(arena, facts, name);
}

static bool is_before(const cJSON *array, const cJSON *item, const char *member, const char *name)
{
	const cJSON *other;

	for (other = array->child; other != item; other = other->next) {
		const char *text = member != NULL ? json_string(other, member, "")
		                                  : other->valuestring;

		if (strcmp(text, name) == 0)
			return true;
	}
	return false;
}

typedef const char *find_name(struct arena *arena, const cJSON *facts, const char *name);

/*
 * Puts the names in an array right: strings, or the member `member` of objects. The fault is
 * the name that `find` does not know.
 */
static const char *correct_names(struct arena *arena, const cJSON *facts, cJSON *array,
                                 const char *member, find_name *find)
{
	cJSON *item = array->child;

	while (item != NULL) {
		cJSON *next = item->next;
		cJSON *text = member != NULL ? cJSON_GetObjectItemCaseSensitive(item, member)
		                             : item;
		const char *name = find(arena, facts, text->valuestring);

		if (name == NULL)
			return text->valuestring;
		if (is_before(array, item, member, name))
			cJSON_Delete(cJSON_DetachItemViaPointer(array, item));
		else
			cJSON_SetValuestring(text, name);
		item = next;
	}
	return NULL;
}

static const char *name_fault(struct arena *arena, const char *what, const char *name)
{
	return arena_printf(arena, "there is no %s \"%s\" in the facts", what,
	                    text_shortened(arena, name, WORD_MAX));
}

static cJSON *member_of(cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* --- texts ------------------------------------------------------------------------------ */

/* Appends each string of the value as a line; false: one is blank. */
static bool gather(struct arena *arena, const cJSON *value, struct buf *out)
{
	const cJSON *item;
	bool is_whole = true;

	if (cJSON_IsString(value)) {
		buf_str(out, value->valuestring);
		buf_char(out, '\n');
		return text_trimmed(arena, value->valuestring)[0] != '\0';
	}
	cJSON_ArrayForEach(item, value) is_whole = gather(arena, item, out) && is_whole;
	return is_whole;
}

static const char *check_text(struct arena *arena, const struct writers_order *order,
                              const char *system, const cJSON *json)
{
	static const char *const blocks[] = { "overall_assessment", "strengths", "growth_areas",
		                              "recommendations" };
	struct buf words;

	buf_init(&words, arena);
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		size_t before = words.len;

		if (!gather(arena, json_get(json, blocks[i]), &words) || words.len == before)
			return arena_printf(arena, "%s has nothing to read", blocks[i]);
	}
	return check_words(arena, order, system, words.data);
}

/* --- recommendations -------------------------------------------------------------------- */

static const char *check_recommendations(struct arena *arena, const struct writers_order *order,
                                         cJSON *json)
{
	const char *name = correct_names(arena, order->facts, member_of(json, "tracks"), NULL,
	                                 find_track);

	if (name != NULL)
		return name_fault(arena, "track", name);
	name = correct_names(arena, order->facts, member_of(json, "topics_to_improve"), NULL,
	                     find_topic);
	return name != NULL ? name_fault(arena, "topic to improve", name) : NULL;
}

/* --- the assessment --------------------------------------------------------------------- */

/* Shares of the full mark that a statement needs; those of the verdicts and of level_fit. */
#define CONFIRMED_FROM 0.6
#define GAP_BELOW      0.85
#define YES_FROM       0.45
#define NO_BELOW       0.85

static const char *find_skill(struct arena *arena, const cJSON *facts, const char *name)
{
	const cJSON *skill = find_member(arena, metric(facts, "by_skill"), name);

	return skill != NULL ? skill->string : NULL;
}

static double skill_ratio(const cJSON *facts, const cJSON *item)
{
	return json_number(json_get(metric(facts, "by_skill"), json_string(item, "skill", "")),
	                   "score_ratio", NAN);
}

static const char *check_skills(struct arena *arena, const cJSON *facts, cJSON *json)
{
	cJSON *confirmed = member_of(json, "confirmed_skills"), *gaps = member_of(json, "gaps");
	const char *name = correct_names(arena, facts, confirmed, "skill", find_skill);
	const cJSON *item;

	if (name == NULL)
		name = correct_names(arena, facts, gaps, "skill", find_skill);
	if (name != NULL)
		return name_fault(arena, "skill", name);
	cJSON_ArrayForEach(item, confirmed) if (
	        !(skill_ratio(facts, item) >=
	          CONFIRMED_FROM)) return arena_printf(arena,
	                                               "the facts do not confirm the skill \"%s\"",
	                                               json_string(item, "skill", ""));
	cJSON_ArrayForEach(
	        item, gaps) if (!(skill_ratio(facts, item) <
	                          GAP_BELOW)) return arena_printf(arena,
	                                                          "the facts show no gap in \"%s\"",
	                                                          json_string(item, "skill", ""));
	cJSON_ArrayForEach(item, gaps) if (
	        is_before(confirmed, NULL, "skill",
	                  json_string(
	                          item, "skill",
	                          ""))) return arena_printf(arena,
	                                                    "\"%s\" cannot be confirmed and a gap",
	                                                    json_string(item, "skill", ""));
	return NULL;
}

static const char *check_verdicts(const cJSON *facts, const cJSON *json)
{
	const char *hire = json_string(json, "hire_recommendation", "");
	bool is_yes = strcmp(hire, "yes") == 0 || strcmp(hire, "strong_yes") == 0;
	bool is_no = strcmp(hire, "no") == 0 || strcmp(hire, "strong_no") == 0;
	double ratio = json_number(metric(facts, "overall"), "score_ratio", NAN);
	bool is_graded = strcmp(json_string(json, "grade", ""), "undetermined") != 0;

	if (!cJSON_IsObject(json_get(facts, "level_fit")))
		return is_graded || is_yes || is_no ? "level_fit is null: grade and "
		                                      "hire_recommendation must be undetermined"
		                                    : NULL;
	if ((is_yes && !(ratio >= YES_FROM)) || (is_no && !(ratio < NO_BELOW)))
		return "hire_recommendation contradicts the score";
	return NULL;
}

static bool is_quoted(struct arena *arena, const cJSON *facts, const char *quote)
{
	const cJSON *question;
	struct score_span span;

	cJSON_ArrayForEach(
	        question,
	        json_get(facts,
	                 "questions")) if (proof_find_quote(arena,
	                                                    json_string(question, "answer", ""),
	                                                    quote, &span)) return true;
	return false;
}

/* A soft skill whose reason cannot be shown has no score; one bad quotation is left out. */
static void check_soft_skills(struct arena *arena, const struct writers_order *order,
                              const char *system, const cJSON *skills)
{
	cJSON *item;

	cJSON_ArrayForEach(item, skills)
	{
		cJSON *reason = member_of(item, "reason"), *quote = member_of(item, "quote");
		bool is_bad = check_words(arena, order, system, reason->valuestring) != NULL;

		if (is_bad) {
			cJSON_ReplaceItemInObjectCaseSensitive(item, "score", cJSON_CreateNull());
			cJSON_SetValuestring(reason, "");
		}
		if (is_bad || !is_quoted(arena, order->facts, quote->valuestring) ||
		    writers_words_fault(arena, quote->valuestring, system) != NULL)
			cJSON_SetValuestring(quote, "");
	}
}

static void drop_resources(struct arena *arena, const char *system, const cJSON *roadmap)
{
	cJSON *item, *resource, *next;
	struct buf kept;

	buf_init(&kept, arena);
	cJSON_ArrayForEach(item, roadmap)
	{
		cJSON *resources = member_of(item, "resources");

		for (resource = resources->child; resource != NULL; resource = next) {
			const char *name = resource->valuestring;

			next = resource->next;
			if (writers_words_is_resource(arena, name, kept.data, system))
				buf_printf(&kept, "%s\n", name);
			else
				cJSON_Delete(cJSON_DetachItemViaPointer(resources, resource));
		}
	}
}

/* The sentences on skills. */
static const char *reasons(struct arena *arena, const cJSON *json)
{
	static const char *const groups[] = { "confirmed_skills", "gaps" };
	struct buf words;

	buf_init(&words, arena);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		const cJSON *item;

		cJSON_ArrayForEach(item, json_get(json, groups[i]))
		{
			buf_str(&words, json_string(item, "reason", ""));
			buf_char(&words, '\n');
		}
	}
	return words.data;
}

static const char *check_assessment(struct arena *arena, const struct writers_order *order,
                                    const char *system, cJSON *json)
{
	const char *fault = check_verdicts(order->facts, json), *name;

	if (fault == NULL)
		fault = check_skills(arena, order->facts, json);
	if (fault != NULL)
		return fault;
	name = correct_names(arena, order->facts, member_of(json, "roadmap"), "topic", find_topic);
	if (name != NULL)
		return name_fault(arena, "topic to learn", name);
	check_soft_skills(arena, order, system, json_get(json, "soft_skills"));
	drop_resources(arena, system, json_get(json, "roadmap"));
	return check_words(arena, order, system, reasons(arena, json));
}

const char *writers_check(struct arena *arena, const struct writers_order *order,
                          const char *system, cJSON *json)
{
	if (order->agent == AGENT_RECOMMENDER)
		return check_recommendations(arena, order, json);
	if (order->agent == AGENT_ASSESSOR)
		return check_assessment(arena, order, system, json);
	return check_text(arena, order, system, json);
}
