#include "examiner/facts.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/facts_page.h"
#include "examiner/facts_person.h"
#include "examiner/facts_words.h"
#include "examiner/llm_checks.h"

/* Code points of a fact; words before the last word of a position. */
enum { FACT_MAX = 120, TECHNOLOGIES_MAX = 600, QUALIFIERS = 2 };

/* Letters that two forms of a word share at least, and by which they may differ. */
enum { STEM_MIN = 4, ENDING_MAX = 3 };

/* --- the built-in way -------------------------------------------------------- */

/* As the name is written, or in capitals; a lone lower-case word is an English one. */
static bool is_written_as(const struct facts_page *page, size_t at, const char *name)
{
	const struct score_span span = page->spans[at];

	return strncmp(page->text + span.start, name, span.end - span.start) == 0 &&
	       name[span.end - span.start] == '\0';
}

static bool is_certain(const struct facts_page *page, size_t at)
{
	if (at >= page->words.count)
		return false;
	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++)
		if (!row->is_word && utterance_match(&page->words, at, row->pattern) != 0)
			return true;
	return false;
}

/* True if a lower-case word of English stands among Cyrillic ones or next to a technology. */
static bool is_foreign(const struct facts_page *page, size_t at)
{
	const size_t last = page->words.count - 1;
	const struct score_span span = page->spans[at];

	if (span.end - span.start == 1)
		return false;
	if ((at > 0 && facts_page_is_cyrillic(page, at - 1)) ||
	    (at < last && facts_page_is_cyrillic(page, at + 1)))
		return true;
	return (at > 0 && is_certain(page, at - 1)) || is_certain(page, at + 1);
}

static bool is_used(const struct facts_page *page, const struct facts_technology *technology)
{
	for (size_t at = 0; at < page->words.count; at++)
		if (utterance_match(&page->words, at, technology->pattern) != 0 &&
		    (!technology->is_word || is_written_as(page, at, technology->name) ||
		     is_foreign(page, at)))
			return true;
	return false;
}

static void add_technology(struct buf *list, const char *name)
{
	if (list->len > 0)
		buf_str(list, ", ");
	buf_str(list, name);
}

static const char *technologies(const struct facts_page *page)
{
	const char *last = "";
	struct buf list;

	buf_init(&list, page->arena);
	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++) {
		if (strcmp(row->name, last) == 0 || !is_used(page, row))
			continue;
		add_technology(&list, row->name);
		last = row->name;
	}
	return list.len > 0 ? list.data : NULL;
}

static bool has_level(const struct facts_page *page, const char *name)
{
	for (const struct facts_level *level = facts_levels; level->name != NULL; level++)
		for (size_t at = 0; at < page->words.count; at++)
			if (strcmp(level->name, name) == 0 &&
			    utterance_match(&page->words, at, level->pattern) != 0)
				return true;
	return false;
}

static const char *level_at(const struct facts_page *page, size_t at)
{
	for (const struct facts_level *level = facts_levels; level->name != NULL; level++)
		if (utterance_match(&page->words, at, level->pattern) != 0)
			return level->name;
	return NULL;
}

/* The level that is named first. */
static const char *level(const struct facts_page *page)
{
	const char *name = NULL;

	for (size_t at = 0; at < page->words.count && name == NULL; at++)
		name = level_at(page, at);
	return name;
}

/* The job whose first word stands at `at`, with what stands before and behind it; or NULL. */
static const char *job_at(const struct facts_page *page, size_t at)
{
	size_t first = at, end = utterance_match_any(&page->words, at, facts_jobs);
	size_t more;

	if (end == 0)
		return NULL;
	while (facts_page_together(page, at, end) &&
	       ((more = utterance_match_any(&page->words, end, facts_jobs)) != 0 ||
	        (more = utterance_match_any(&page->words, end, facts_job_ends)) != 0))
		end = more;
	while (first > 0 && at - first < QUALIFIERS && facts_page_together(page, first - 1, at) &&
	       !facts_page_is(page, first - 1, facts_fillers) && level_at(page, first - 1) == NULL)
		first--;
	if (facts_page_is(page, end, facts_left) ||
	    (first > 0 && facts_page_is(page, first - 1, facts_denials)))
		return NULL;
	return facts_page_slice(page, first, end - 1);
}

/* The first job that is still theirs; somebody who only leads is called so. */
static const char *position(const struct facts_page *page)
{
	const char *job = NULL;

	for (size_t at = 0; at < page->words.count && job == NULL; at++)
		job = job_at(page, at);
	for (size_t at = 0; at < page->words.count && job == NULL; at++) {
		const size_t end = utterance_match_any(&page->words, at, facts_heads);

		if (end != 0)
			job = facts_page_slice(page, at, end - 1);
	}
	return job;
}

struct exam_facts facts_find(struct arena *arena, const char *text)
{
	const struct facts_page page = facts_page_read(arena, text);

	return (struct exam_facts){
		.name = facts_person_name(&page),
		.position = position(&page),
		.level = level(&page),
		.experience = facts_person_experience(&page),
		.technologies = technologies(&page),
	};
}

/* --- a model's way ----------------------------------------------------------- */

/* Code points at the beginning that two words have in common. */
static size_t common_letters(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);
	size_t count = 0;

	while (a < a_end && b < b_end && text_next(&a, a_end) == text_next(&b, b_end))
		count++;
	return count;
}

/* The same word, or another form of it; figures must be the same. */
static bool is_form_of(const char *a, const char *b)
{
	const size_t common = common_letters(a, b);
	const size_t a_count = text_count(a, strlen(a)), b_count = text_count(b, strlen(b));

	if (strcmp(a, b) == 0)
		return true;
	return common >= STEM_MIN && a_count - common <= ENDING_MAX &&
	       b_count - common <= ENDING_MAX && strpbrk(a, "0123456789") == NULL;
}

static bool stands(const struct facts_page *page, const char *word)
{
	for (size_t i = 0; i < page->words.count; i++)
		if (is_form_of(word, page->words.words[i].text))
			return true;
	return false;
}

/* True if every word of the fact stands on the page, and one of them says something. */
static bool is_proved(const struct facts_page *page, const struct facts_page *fact)
{
	bool says = false;

	for (size_t i = 0; i < fact->words.count; i++) {
		const char *word = fact->words.words[i].text;

		if (!stands(page, word))
			return false;
		says = says || text_count(word, strlen(word)) > 1 || facts_page_is_figure(fact, i);
	}
	return says;
}

static const char *read_fact(const struct facts_page *page, const cJSON *object, const char *key)
{
	const char *text = text_one_line(page->arena, json_string(object, key, ""));
	const char *fact = text_trimmed(page->arena, text);
	const struct facts_page words = facts_page_read(page->arena, fact);

	return is_proved(page, &words) ? text_shortened(page->arena, fact, FACT_MAX) : NULL;
}

static const char *read_level(const struct facts_page *page, const cJSON *object)
{
	const char *said = json_string(object, "level", "");

	for (const struct facts_level *row = facts_levels; row->name != NULL; row++)
		if (strcmp(row->name, said) == 0 && has_level(page, said))
			return row->name;
	return NULL;
}

/* Its words stand there, or another wording of it that the dictionary knows. */
static bool is_technology(const struct facts_page *page, const char *name)
{
	const struct facts_page words = facts_page_read(page->arena, name);
	size_t count = 0;

	for (const struct facts_technology *row = facts_technologies; row->name != NULL; row++)
		if (strcmp(facts_page_folded(page->arena, row->name, strlen(row->name)),
		           facts_page_folded(page->arena, name, strlen(name))) == 0 &&
		    is_used(page, row))
			return true;
	for (size_t i = 0; i < words.words.count; i++)
		count += stands(page, words.words.words[i].text);
	return count > 0 && count == words.words.count;
}

static bool is_listed(struct arena *arena, const struct buf *list, const char *name)
{
	const char *entry = arena_printf(arena, ", %s, ", name);
	const char *whole = arena_printf(arena, ", %s, ", list->data);

	return strstr(text_folded(arena, whole), text_folded(arena, entry)) != NULL;
}

static const char *read_technologies(const struct facts_page *page, const cJSON *object)
{
	const cJSON *item;
	struct buf list;

	buf_init(&list, page->arena);
	cJSON_ArrayForEach(item, json_get(object, "technologies"))
	{
		const char *name = cJSON_IsString(item) ? item->valuestring : "";

		name = text_trimmed(page->arena, text_one_line(page->arena, name));
		if (strlen(name) <= FACT_MAX && list.len + strlen(name) <= TECHNOLOGIES_MAX &&
		    strchr(name, ',') == NULL && is_technology(page, name) &&
		    !is_listed(page->arena, &list, name))
			add_technology(&list, name);
	}
	return list.len > 0 ? list.data : NULL;
}

struct exam_facts facts_read(struct arena *arena, const cJSON *object, const char *text)
{
	const struct facts_page page = facts_page_read(arena, text);

	return (struct exam_facts){
		.name = read_fact(&page, object, "name"),
		.position = read_fact(&page, object, "position"),
		.level = read_level(&page, object),
		.experience = read_fact(&page, object, "experience"),
		.technologies = read_technologies(&page, object),
	};
}

struct exam_facts facts_extract(const struct agent_desk *desk, struct arena *arena,
                                enum language language, const char *text, const char **ret_engine)
{
	const struct llm_fenced fenced = llm_checks_fence(arena, text);
	struct agent_task task = { .agent = AGENT_PROFILE_EXTRACTOR, .language = language };
	struct llm_result result;
	cJSON *data;

	*ret_engine = "builtin";
	if (desk == NULL || fenced.orders.is_all)
		return facts_find(arena, fenced.blanked);
	data = cJSON_CreateObject();
	json_set_string(data, "text", fenced.shown);
	task.data = data;
	if (agent_run(desk, arena, &task, &result) != OK || result.json == NULL)
		return facts_find(arena, fenced.blanked);
	*ret_engine = agent_model(desk->kit, AGENT_PROFILE_EXTRACTOR);
	return facts_read(arena, result.json, fenced.blanked);
}
