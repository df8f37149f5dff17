#include "view/bank_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/examiner.h"
#include "judge/variants.h"
#include "report/terms.h"
#include "score/stems.h"
#include "view/bank_excerpt.h"
#include "view/item_view.h"
#include "view/labels.h"
#include "view/markdown.h"
#include "view/options.h"

enum { TITLE_LENGTH = 140 };

/* --- the list ------------------------------------------------------------------------ */

static const char *in_language(const cJSON *texts, enum language language)
{
	return json_string(texts, language_code(language), json_string(texts, "en", ""));
}

static const char *title_of(struct arena *arena, const cJSON *item, enum language language)
{
	const cJSON *title = json_get(item, "title");
	const char *text = in_language(title != NULL ? title : json_get(item, "question"),
	                               language);

	return text_shortened(arena, text, TITLE_LENGTH);
}

static void add_row(struct arena *arena, cJSON *rows, const struct item *known,
                    const struct bank_excerpt_wish *wish)
{
	const struct bank_question *question = known->question;
	const enum language language = wish->language;
	const char *body = question->body != NULL ? question->body : "";
	cJSON *row = json_add_object(rows), *item = NULL;

	if (json_parse(body, strlen(body), &item) != OK)
		item = NULL;
	if (variants_count(item) > 0)
		item = variants_expand(arena, item, 1);
	item_view_row(arena, row, known, language);
	if (wish->stems[0] != '\0')
		bank_excerpt_add(arena, row, item, wish);
	json_set_string(row, "id", question->id);
	json_set_string(row, "title", title_of(arena, item, language));
	json_set_string(row, "type", terms_type(language, question->type));
	json_set_bool(row, "is_coding", strcmp(question->q_type, "coding") == 0);
	json_set_string(row, "track", terms_track(language, question->track));
	json_set_string(row, "level", terms_level(language, question->level));
	json_set_string(row, "difficulty", label_difficulty(language, question->difficulty));
	json_set_bool(row, "is_enabled", question->enabled);
	json_set_bool(row, "is_edited", question->edited_at != 0);
	json_set_bool(row, "is_generated", strcmp(question->source, "llm") == 0);
}

/* The tracks of the roles, and the two that belong to no role. */
static void add_tracks(cJSON *page, const struct bank_page *state, enum language language)
{
	cJSON *tracks = json_set_array(page, "tracks");

	options_add(tracks, "", i18n(language, "Any"), state->query.track);
	for (size_t i = 0; i < state->roles.count; i++) {
		const char *track = state->roles.items[i].track;
		size_t first = 0;

		while (strcmp(state->roles.items[first].track, track) != 0)
			first++;
		if (first == i)
			options_add(tracks, track, terms_track(language, track),
			            state->query.track);
	}
	options_add(tracks, "hr", terms_track(language, "hr"), state->query.track);
	options_add(tracks, "case", terms_track(language, "case"), state->query.track);
}

static void add_filters(cJSON *page, const struct bank_page *state, enum language language)
{
	const struct bank_query *query = &state->query;
	cJSON *kinds = json_set_array(page, "kinds"), *states = json_set_array(page, "states");
	cJSON *levels = json_set_array(page, "levels"), *sorts = json_set_array(page, "sorts");

	options_add(kinds, "", i18n(language, "Any"), query->q_type);
	options_add(kinds, "theory", i18n(language, "Theory"), query->q_type);
	options_add(kinds, "coding", i18n(language, "Coding"), query->q_type);
	options_add(states, "", i18n(language, "Any"), state->state);
	options_add(states, "enabled", i18n(language, "Asked"), state->state);
	options_add(states, "disabled", i18n(language, "Not asked"), state->state);
	options_add(states, "edited", i18n(language, "Edited here"), state->state);
	options_add(states, "flagged", i18n(language, "Flagged"), state->state);
	options_add(sorts, "", i18n(language, "As found"), state->sort);
	options_add(sorts, "asked", i18n(language, "Asked most"), state->sort);
	options_add(sorts, "hard", i18n(language, "Hardest first"), state->sort);
	options_add(sorts, "telling", i18n(language, "Least telling first"), state->sort);
	options_add(levels, "", i18n(language, "Any"), query->level);
	options_add(levels, "junior", terms_level(language, "junior"), query->level);
	options_add(levels, "middle", terms_level(language, "middle"), query->level);
	options_add(levels, "senior", terms_level(language, "senior"), query->level);
	add_tracks(page, state, language);
}

cJSON *bank_view_list(struct arena *arena, const struct bank_page *page, enum language language)
{
	const struct bank_query *query = &page->query;
	cJSON *view = cJSON_CreateObject(), *rows = json_set_array(view, "rows");
	struct bank_excerpt_wish wish = { .language = language };
	struct buf stems;

	buf_init(&stems, arena);
	stems_add(&stems, query->search);
	wish.stems = stems.len > 0 ? stems.data : "";
	for (size_t i = 0; i < page->count; i++)
		add_row(arena, rows, &page->items[i], &wish);
	json_set_bool(view, "has_rows", page->count > 0);
	json_set_string(view, "search", query->search);
	json_set_string(
	        view, "found",
	        arena_printf(arena,
	                     i18n_plural(language, "%d item found", "%d items found", page->total),
	                     page->total));
	add_filters(view, page, language);
	json_set_number(view, "page", page->number);
	json_set_number(view, "pages", page->pages);
	if (page->number > 1)
		json_set_number(view, "previous", page->number - 1);
	if (page->number < page->pages)
		json_set_number(view, "next", page->number + 1);
	return view;
}

/* --- one item ------------------------------------------------------------------------ */

static void add_texts(cJSON *list, const struct score_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		json_set_string(json_add_object(list), "text", texts->items[i]);
}

static void add_points(cJSON *view, const struct score_question *score)
{
	cJSON *points = json_set_array(view, "points");

	for (size_t i = 0; i < score->point_count; i++) {
		cJSON *point = json_add_object(points);

		json_set_string(point, "text", score->points[i].text);
		add_texts(json_set_array(point, "aliases"), &score->points[i].aliases);
		add_texts(json_set_array(point, "wrong"), &score->points[i].wrong);
	}
}

static enum err add_question(struct arena *arena, const struct bank_question *question,
                             enum language asked, cJSON *view)
{
	cJSON *theory = json_set_object(view, "theory");
	struct exam_question exam;
	enum err err = exam_question_parse(arena, question->body, asked, &exam);

	if (err != OK)
		return err;
	json_set_string(theory, "question", exam.score.text);
	json_set_string(theory, "hint", exam.hint);
	add_texts(json_set_array(theory, "references"), &exam.score.references);
	add_points(theory, &exam.score);
	return OK;
}

static const char *input_of(const struct judge_case *test)
{
	if (test->stdin_text != NULL)
		return test->stdin_text;
	return test->args != NULL ? json_text(test->args) : test->setup;
}

static void add_tests(cJSON *list, const struct task_tests *tests)
{
	for (size_t i = 0; i < tests->count; i++) {
		const struct judge_case *test = &tests->items[i];
		cJSON *row = json_add_object(list);

		json_set_number(row, "number", (double)i + 1);
		json_set_string(row, "input", input_of(test));
		json_set_string(row, "expected",
		                test->expected != NULL ? json_text(test->expected) : NULL);
	}
}

/* Which of a task's variants is shown, and links to the others. */
static void add_variants(struct arena *arena, cJSON *view, const char *body, int shown)
{
	cJSON *task, *list;
	size_t count = 0;

	if (json_parse(body, strlen(body), &task) == OK)
		count = variants_count(task);
	json_set_number(view, "variant", shown > 0 ? shown : 1);
	list = json_set_array(view, "variants");
	for (size_t i = 1; i <= count; i++) {
		const char *number = arena_printf(arena, "%zu", i);

		options_add(list, number, number, arena_printf(arena, "%d", shown));
	}
	json_set_bool(view, "has_variants", count > 0);
}

static enum err add_task(struct arena *arena, const struct bank_question *question,
                         const struct bank_reader *reader, cJSON *view)
{
	cJSON *coding = json_set_object(view, "coding"), *codes, *hints;
	const char *body = variants_asked(arena, question->body, reader->variant);
	struct coding_task task;
	const char *fault;
	enum err err = task_parse(arena, body, reader->asked, &task, &fault);

	if (err != OK)
		return err;
	add_variants(arena, coding, question->body, variants_number(body));
	json_set_string(coding, "title", task.title);
	json_set_html(coding, "description_html", markdown_html(arena, task.description));
	json_set_bool(coding, "is_judged", task.is_judged);
	add_tests(json_set_array(coding, "public_tests"), &task.public_tests);
	add_tests(json_set_array(coding, "hidden_tests"), &task.hidden_tests);
	codes = json_set_array(coding, "codes");
	for (size_t i = 0; i < task.code_count; i++) {
		cJSON *code = json_add_object(codes);

		json_set_string(code, "code", task.codes[i].language);
		json_set_string(code, "text", terms_code_language(task.codes[i].language));
		json_set_string(code, "starter", task.codes[i].starter);
		json_set_string(code, "reference", task.codes[i].reference);
	}
	hints = json_set_array(coding, "hints");
	for (int i = 0; i < TASK_HINTS; i++)
		json_set_string(json_add_object(hints), "text", task.hints[i]);
	return OK;
}

static void add_languages(cJSON *view, enum language asked)
{
	cJSON *list = json_set_array(view, "asked_languages");

	for (enum language language = 0; language < LANG_COUNT; language++)
		options_add(list, language_code(language), language_name(language),
		            language_code(asked));
}

enum err bank_view_item(struct arena *arena, const struct bank_question *question,
                        const struct bank_reader *reader, cJSON **ret_page)
{
	cJSON *view = cJSON_CreateObject();
	const bool is_coding = strcmp(question->q_type, "coding") == 0;
	enum err err = is_coding ? add_task(arena, question, reader, view)
	                         : add_question(arena, question, reader->asked, view);

	json_set_string(view, "id", question->id);
	json_set_string(view, "asked_code", language_code(reader->asked));
	json_set_string(view, "type", terms_type(reader->language, question->type));
	json_set_string(view, "track", terms_track(reader->language, question->track));
	json_set_string(view, "level", terms_level(reader->language, question->level));
	json_set_string(view, "difficulty",
	                label_difficulty(reader->language, question->difficulty));
	json_set_bool(view, "is_enabled", question->enabled);
	json_set_bool(view, "is_generated", strcmp(question->source, "llm") == 0);
	if (question->edited_at != 0)
		json_set_string(view, "edited", format_date(arena, question->edited_at));
	add_languages(view, reader->asked);
	if (err == OK)
		*ret_page = view;
	return err;
}
