#include "view/participant_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"
#include "view/history_view.h"
#include "view/labels.h"
#include "view/options.h"

/* --- interviews ----------------------------------------------------------------------- */

static void add_progress(struct arena *arena, cJSON *item, const struct history_row *row,
                         const struct participant_interview *more, enum language language)
{
	if (strcmp(row->status, "completed") != 0)
		json_set_string(item, "progress",
		                arena_printf(arena, "%d / %d", row->answered, row->question_count));
	if (more->never_asked > 0)
		json_set_string(item, "never_asked",
		                arena_printf(arena,
		                             i18n_plural(language, "%d question was never asked",
		                                         "%d questions were never asked",
		                                         more->never_asked),
		                             more->never_asked));
	json_set_string(item, "invitation", more->invitation_title);
	json_set_string(item, "invitation_id", more->invitation_id);
}

static void add_row(struct arena *arena, cJSON *rows, const struct history_row *row,
                    const struct participant_interview *more, enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", row->interview_id);
	json_set_string(item, "name", history_view_name(arena, row, language));
	json_set_string(item, "date", format_date(arena, row->created_at));
	json_set_string(item, "role", row->role_title);
	json_set_string(item, "type", terms_type(language, row->type));
	json_set_string(item, "level", terms_level(language, row->level));
	json_set_string(item, "language", language_name(row->language));
	json_set_string(item, "status", label_status(language, row->status));
	json_set_bool(item, "is_finished", strcmp(row->status, "completed") == 0);
	json_set_string(item, "repeats", history_view_repeats(arena, row, language));
	add_progress(arena, item, row, more, language);
	if (row->has_report)
		json_set_string(item, "score",
		                arena_printf(arena, "%s / %s",
		                             format_number(arena, language, row->total_score),
		                             format_number(arena, language, row->max_score)));
}

void participant_view_add(struct arena *arena, cJSON *page,
                          const struct participant_page *participant, enum language language)
{
	const struct history_query *query = participant->query;
	const int total = participant->list->total;
	const int pages = total > 0 ? (total + query->page_size - 1) / query->page_size : 1;
	cJSON *rows = json_set_array(page, "history");
	bool has_finished = false;

	for (size_t i = 0; i < participant->list->count; i++) {
		add_row(arena, rows, &participant->list->items[i], &participant->more[i], language);
		has_finished = has_finished || participant->list->items[i].has_report;
	}
	json_set_bool(page, "has_history", participant->list->count > 0);
	json_set_bool(page, "has_finished", has_finished || query->page > 1 || pages > 1);
	json_set_number(page, "page", query->page);
	json_set_number(page, "pages", pages);
	if (query->page > 1)
		json_set_number(page, "previous", query->page - 1);
	if (query->page < pages)
		json_set_number(page, "next", query->page + 1);
}

/* --- notes ---------------------------------------------------------------------------- */

static const struct history_row *interview_of(const struct history_list *history, const char *id)
{
	for (size_t i = 0; id != NULL && i < history->count; i++)
		if (strcmp(history->items[i].interview_id, id) == 0)
			return &history->items[i];
	return NULL;
}

static void add_note(struct arena *arena, cJSON *rows, const struct note *note,
                     const struct participant_notes *notes, enum language language)
{
	const struct history_row *row = interview_of(notes->history, note->interview_id);
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", note->id);
	json_set_string(item, "body", note->body);
	json_set_string(item, "time", format_date(arena, note->created_at));
	json_set_string(item, "author",
	                note->author_name != NULL ? note->author_name
	                                          : i18n(language, "an account that was deleted"));
	json_set_bool(item, "is_own",
	              note->author_id != NULL && strcmp(note->author_id, notes->reader_id) == 0);
	json_set_string(item, "interview",
	                row != NULL ? history_view_name(arena, row, language) : NULL);
}

void participant_view_notes(struct arena *arena, cJSON *page, const struct participant_notes *notes,
                            enum language language)
{
	const struct note_form *form = notes->form;
	cJSON *rows = json_set_array(page, "notes"), *options = json_set_array(page, "subjects");

	for (size_t i = 0; i < notes->list->count; i++)
		add_note(arena, rows, &notes->list->items[i], notes, language);
	for (size_t i = 0; i < notes->history->count; i++) {
		const struct history_row *row = &notes->history->items[i];

		options_add(options, row->interview_id, history_view_name(arena, row, language),
		            form->interview_id != NULL ? form->interview_id : "");
	}
	json_set_bool(page, "has_notes", notes->list->count > 0);
	json_set_string(page, "note", form->body);
	json_set_string(page, "note_error", form->error);
	json_set_string(page, "nonce", notes->nonce);
}
