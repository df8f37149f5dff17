#include "view/appeal_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/segments.h"
#include "report/terms.h"

enum { POINT_LENGTH = 120, OPTION_LENGTH = 60 };

static cJSON *snapshot_of(const struct question *question)
{
	cJSON *body;

	return json_parse(question->snapshot, strlen(question->snapshot), &body) == OK ? body
	                                                                               : NULL;
}

static const char *localized(const cJSON *texts, enum language language)
{
	return json_string(texts, language_code(language),
	                   json_string(texts, language_code(LANG_EN), ""));
}

/* --- the candidate's form ----------------------------------------------------------- */

static void add_sentences(struct arena *arena, cJSON *page, const struct appeal_form *form)
{
	cJSON *rows = json_set_array(page, "sentences");

	for (size_t i = 0; i < form->sentences.count; i++) {
		const struct span *span = &form->sentences.items[i];
		const char *text = arena_copy(arena, form->question->answer + span->start,
		                              (size_t)(span->end - span->start));
		cJSON *row = json_add_object(rows);
		const int number = (int)i + 1;

		json_set_number(row, "number", number);
		json_set_string(row, "text", text);
		json_set_string(row, "start",
		                text_shortened(arena, text_one_line(arena, text), OPTION_LENGTH));
		json_set_bool(row, "is_from", number == form->from);
		json_set_bool(row, "is_to", number == form->to);
	}
}

cJSON *appeal_view_form(struct arena *arena, const struct appeal_form *form)
{
	const cJSON *body = snapshot_of(form->question);
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "interview_id", form->interview->id);
	json_set_string(page, "question_id", form->question->id);
	json_set_number(page, "number", form->question->position);
	json_set_string(page, "question",
	                localized(json_get(body, "question"), form->interview->language));
	json_set_string(page, "point_id", form->mark->key_point_id);
	json_set_string(page, "point", form->mark->body);
	json_set_bool(page, "is_partial", strcmp(form->mark->status, "partial") == 0);
	json_set_string(page, "comment", form->comment);
	add_sentences(arena, page, form);
	return page;
}

/* --- the list ------------------------------------------------------------------------ */

/* `title` is of many, `of_one` of one: languages have another word for each. */
static const struct {
	const char *code, *title, *of_one;
} states[] = {
	{ "", N_("All"), "" },
	{ "waiting", N_("Waiting"), N_("Waiting") },
	{ "accepted", N_("Accepted"), N_("Appeal accepted") },
	{ "declined", N_("Declined"), N_("Appeal declined") },
};

enum { STATE_COUNT = sizeof(states) / sizeof(*states) };

bool appeal_view_is_state(const char *state)
{
	for (size_t i = 1; i < STATE_COUNT; i++)
		if (strcmp(states[i].code, state) == 0)
			return true;
	return false;
}

static const char *state_title(enum language language, const char *state)
{
	for (size_t i = 1; i < STATE_COUNT; i++)
		if (strcmp(states[i].code, state) == 0)
			return i18n(language, states[i].of_one);
	return state;
}

static void add_filters(cJSON *page, const char *current, enum language language)
{
	cJSON *filters = json_set_array(page, "filters");

	json_set_string(page, "filter", current);
	for (size_t i = 0; i < STATE_COUNT; i++) {
		cJSON *item = json_add_object(filters);

		json_set_string(item, "code", states[i].code);
		json_set_string(item, "title", i18n(language, states[i].title));
		json_set_bool(item, "current", strcmp(states[i].code, current) == 0);
	}
}

static void add_row(struct arena *arena, cJSON *rows, const struct appeal_row *appeal,
                    enum language language)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "id", appeal->id);
	json_set_string(row, "candidate", text_plain(arena, appeal->candidate));
	json_set_string(row, "date", format_date(arena, appeal->created_at));
	json_set_number(row, "question", appeal->position);
	json_set_string(row, "point", text_shortened(arena, appeal->point, POINT_LENGTH));
	if (appeal->language != language)
		json_set_string(row, "text_language", language_code(appeal->language));
	json_set_string(row, "state", state_title(language, appeal->state));
	json_set_string(row, "state_code", appeal->state);
	json_set_string(row, "granted",
	                appeal->granted[0] != '\0' ? terms_status(language, appeal->granted)
	                                           : NULL);
}

static void add_pages(cJSON *page, const struct appeal_query *query, int total)
{
	const int pages = total > 0 ? (total + query->page_size - 1) / query->page_size : 1;

	json_set_number(page, "page", query->page);
	json_set_number(page, "pages", pages);
	if (query->page > 1)
		json_set_number(page, "previous", query->page - 1);
	if (query->page < pages)
		json_set_number(page, "next", query->page + 1);
}

cJSON *appeal_view_list(struct arena *arena, const struct appeal_query *query,
                        const struct appeal_row_list *list, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "appeals");

	add_filters(page, query->state, language);
	for (size_t i = 0; i < list->count; i++)
		add_row(arena, rows, &list->items[i], language);
	json_set_bool(page, "has_appeals", list->count > 0);
	add_pages(page, query, list->total);
	return page;
}

/* --- one to be decided ----------------------------------------------------------------- */

static const struct mark *mark_of(const struct appeal_case *item)
{
	for (size_t i = 0; i < item->evaluation->mark_count; i++)
		if (strcmp(item->evaluation->marks[i].key_point_id, item->appeal->key_point_id) ==
		    0)
			return &item->evaluation->marks[i];
	return NULL;
}

static void add_span(cJSON *spans, int64_t start, int64_t end)
{
	cJSON *span = json_add_object(spans);

	json_set_number(span, "start", (double)start);
	json_set_number(span, "end", (double)end);
}

/* The candidate's words are the first "point" of the segments, the examiner's the second. */
static void add_segments(struct arena *arena, cJSON *page, const struct appeal_case *item,
                         const struct mark *mark)
{
	cJSON *points = cJSON_CreateArray(), *spans, *segments, *segment;

	spans = json_set_array(json_add_object(points), "evidence");
	add_span(spans, item->appeal->span_start, item->appeal->span_end);
	spans = json_set_array(json_add_object(points), "evidence");
	for (size_t i = 0; mark != NULL && i < mark->span_count; i++)
		add_span(spans, mark->spans[i].start, mark->spans[i].end);
	json_set_bool(page, "has_evidence", mark != NULL && mark->span_count > 0);
	segments = segments_of(arena, item->question->answer, points, NULL);
	cJSON_ArrayForEach(segment, segments)
	{
		const char *numbers = json_string(segment, "points", "");

		json_set_bool(segment, "is_claimed", strchr(numbers, '1') != NULL);
		json_set_bool(segment, "is_evidence", strchr(numbers, '2') != NULL);
	}
	json_set(page, "segments", segments);
}

static void add_wordings(cJSON *page, const cJSON *point, enum language language)
{
	cJSON *rows = json_set_array(page, "wordings");
	const cJSON *alias;

	cJSON_ArrayForEach(alias, json_get(json_get(point, "aliases"), language_code(language)))
	{
		if (cJSON_IsString(alias))
			json_set_string(json_add_object(rows), "wording", alias->valuestring);
	}
	json_set_bool(page, "has_wordings", rows->child != NULL);
}

/* The question's point as the bank had it when it was asked; NULL when it had none. */
static const cJSON *bank_point(const cJSON *body, const char *id)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(body, "key_points"))
	{
		if (strcmp(json_string(point, "id", ""), id) == 0)
			return point;
	}
	return NULL;
}

static void add_subject(cJSON *page, const struct appeal_case *item, const struct mark *mark)
{
	const cJSON *body = snapshot_of(item->question);
	const cJSON *point = bank_point(body, item->appeal->key_point_id);
	const enum language language = item->interview->language;

	json_set_string(page, "text_language", language_code(language));
	json_set_string(page, "question", localized(json_get(body, "question"), language));
	json_set_number(page, "number", item->question->position);
	json_set_string(page, "point",
	                mark != NULL ? mark->body : localized(json_get(point, "text"), language));
	add_wordings(page, point, language);
}

static void add_scores(struct arena *arena, cJSON *page, const struct appeal_case *item,
                       enum language language)
{
	json_set_string(page, "score", format_number(arena, language, item->score));
	json_set_string(page, "max_score",
	                format_number(arena, language, item->evaluation->max_score));
	json_set_string(page, "covered", format_number(arena, language, item->covered));
	json_set_string(page, "partial", format_number(arena, language, item->partial));
	json_set_bool(page, "has_override", item->has_override);
	json_set_bool(page, "may_be_partial", strcmp(item->appeal->status_before, "missing") == 0);
}

static void add_decision(struct arena *arena, cJSON *page, const struct appeal *appeal,
                         enum language language)
{
	cJSON *decision;

	if (appeal->decided_at == 0)
		return;
	decision = json_set_object(page, "decision");
	json_set_string(decision, "title", state_title(language, appeal->state));
	json_set_string(decision, "granted",
	                appeal->granted[0] != '\0' ? terms_status(language, appeal->granted)
	                                           : NULL);
	json_set_string(decision, "words", appeal->reply);
	json_set_string(decision, "by", appeal->decided_by_name);
	json_set_string(decision, "when", format_date(arena, appeal->decided_at));
}

cJSON *appeal_view_case(struct arena *arena, const struct appeal_case *item, enum language language)
{
	const struct appeal *appeal = item->appeal;
	const struct mark *mark = mark_of(item);
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", appeal->id);
	json_set_string(page, "interview_id", item->interview->id);
	json_set_string(page, "question_id", item->question->id);
	json_set_string(page, "candidate", item->candidate);
	json_set_string(page, "date", format_date(arena, appeal->created_at));
	json_set_string(page, "comment", appeal->comment);
	json_set_string(page, "status", terms_status(language, appeal->status_before));
	json_set_string(page, "wrong", mark != NULL ? mark->wrong : NULL);
	json_set_bool(page, "is_open", appeal->decided_at == 0);
	add_subject(page, item, mark);
	add_segments(arena, page, item, mark);
	add_scores(arena, page, item, language);
	add_decision(arena, page, appeal, language);
	return page;
}
