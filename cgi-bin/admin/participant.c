/* A participant: interviews, events, notes, the latest report. */
#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/decision.h"
#include "view/decision_view.h"
#include "view/participant_view.h"
#include "view/report_events.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"
#include "web/trail.h"

enum { PAGE_SIZE = 20, MAX_PAGE = 1000000, SHOWN_INTERVIEWS = 200, NONCE_BYTES = 16 };
enum { NOTE_MAX = 4000, NONCE_MAX = 64 };

enum err people_history(struct request *request, const char *user_id,
                        struct history_list *ret_history)
{
	const struct history_query latest = { .owner_id = user_id,
		                              .titles = request->language,
		                              .page = 1,
		                              .page_size = SHOWN_INTERVIEWS };

	return history_page(request->store, request->arena, &latest, ret_history);
}

/* --- the page ------------------------------------------------------------------------- */

/* Here a decided interview shows nobody whom another one still hides. */
static enum err blind_interview_events(struct request *request, const char *interview_id,
                                       struct event_list *events)
{
	const struct interview interview = { .id = interview_id, .owner_id = request->params[0] };
	const struct blind_reader reader = blind_reader_of(request);
	struct blind blind;
	enum err err = blind_interview(request->store, request->arena, &reader, &interview, &blind);

	if (err == OK && blind.alias == NULL)
		err = blind_person(request->store, request->arena, &reader, interview.owner_id,
		                   &blind);
	return err == OK ? blind_events(request->store, request->arena, &reader, &blind, events)
	                 : err;
}

static enum err add_events(struct request *request, cJSON *page, const struct history_list *history)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < history->count; i++) {
		const struct history_row *row = &history->items[i];
		struct event_list events;
		struct question_list questions;

		err = event_list(request->store, request->arena, row->interview_id, &events);
		if (err != OK || events.count == 0)
			continue;
		err = blind_interview_events(request, row->interview_id, &events);
		if (err == OK)
			err = question_list(request->store, request->arena, row->interview_id,
			                    &questions);
		if (err != OK)
			continue;
		report_events_add(request->arena, page,
		                  &(struct report_events){ .list = &events,
		                                           .questions = &questions,
		                                           .interview = row },
		                  request->language);
	}
	return err;
}

/* To each row of the history what was decided after that interview. */
static enum err add_decisions(struct request *request, cJSON *page)
{
	enum err err = OK;
	cJSON *row;

	cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(page, "history"))
	{
		struct decision decision;
		const enum err found = decision_of(request->store, request->arena,
		                                   json_string(row, "id", ""), &decision);

		if (found == OK)
			json_set_string(row, "decision",
			                decision_view_title(request->language, decision.verdict));
		else if (found != ERR_NOT_FOUND)
			err = found;
	}
	return err;
}

static enum err add_interviews(struct request *request, cJSON *page, const char *user_id)
{
	struct history_query query = { .owner_id = user_id,
		                       .titles = request->language,
		                       .page_size = PAGE_SIZE };
	struct participant_page participant = { .query = &query };
	struct participant_interview *more;
	struct history_list list;
	long long number = 1;
	enum err err;

	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &number))
		number = 1;
	query.page = (int)number;
	err = history_find(request->store, request->arena, &query, &list);
	more = arena_array(request->arena, list.count + 1, sizeof(*more));
	for (size_t i = 0; err == OK && i < list.count; i++)
		err = participant_interview(request->store, request->arena,
		                            list.items[i].interview_id, &more[i]);
	if (err != OK)
		return err;
	participant.list = &list;
	participant.more = more;
	participant_view_add(request->arena, page, &participant, request->language);
	err = add_decisions(request, page);
	return err == OK ? add_events(request, page, &list) : err;
}

/* Colleagues may have called the person by the name. */
static enum err blind_notes(struct request *request, const char *user_id, struct note_list *list)
{
	const struct blind_reader reader = blind_reader_of(request);
	struct blind blind;
	enum err err = blind_person(request->store, request->arena, &reader, user_id, &blind);

	for (size_t i = 0; err == OK && i < list->count; i++)
		list->items[i].body = blind_text(request->arena, &blind, list->items[i].body);
	return err;
}

static enum err add_notes(struct request *request, cJSON *page, const char *user_id,
                          const struct note_form *form)
{
	struct participant_notes notes = {
		.form = form,
		.reader_id = request->user->id,
		.nonce = token_random(request->arena, NONCE_BYTES),
	};
	struct history_list history;
	struct note_list list;
	enum err err = note_list(request->store, request->arena, user_id, &list);

	if (err == OK)
		err = blind_notes(request, user_id, &list);
	if (err == OK)
		err = people_history(request, user_id, &history);
	if (err != OK)
		return err;
	notes.list = &list;
	notes.history = &history;
	participant_view_notes(request->arena, page, &notes, request->language);
	return OK;
}

static enum err show_participant(struct request *request, int status, const struct note_form *form)
{
	struct user user;
	bool is_hidden;
	cJSON *page = cJSON_CreateObject();
	enum err err = user_by_id(request->store, request->arena, request->params[0], &user);

	if (err == OK)
		err = trail_read(request, "participant.read",
		                 (struct audit_subject){ AUDIT_USER, user.id });
	if (err == OK)
		err = blind_user(request, &user, &is_hidden);
	if (err == OK)
		err = add_interviews(request, page, user.id);
	if (err == OK)
		err = add_notes(request, page, user.id, form);
	if (err != OK)
		return err;
	json_set_bool(page, "is_hidden", is_hidden);
	accounts_add(request, page, &user);
	json_set_string(page, "participant_id", user.id);
	json_set_string(page, "username", user.username);
	json_set_string(page, "full_name", text_plain(request->arena, user.full_name));
	json_set_string(page, "position", user.position);
	json_set_string(page, "stack", user.stack);
	return reply_page_status(request, status, "participant", page);
}

static enum err get_participant(struct request *request)
{
	return show_participant(request, 200, &(struct note_form){ 0 });
}

/* The text report of the participant's latest finished interview. */
static enum err get_latest_report(struct request *request)
{
	const char *id;
	enum err err = interview_latest_finished(request->store, request->arena, request->params[0],
	                                         &id);

	if (err == ERR_NOT_FOUND) {
		flash_set(request, FLASH_NO_REPORT);
		return reply_redirect(request, "/admin");
	}
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s/report.txt", id));
}

/* --- notes ---------------------------------------------------------------------------- */

static enum err back(struct request *request, enum flash flash)
{
	flash_set(request, flash);
	return reply_redirect(request, arena_printf(request->arena, "/admin/participants/%s#notes",
	                                            request->params[0]));
}

static enum err audit_note(struct request *request, const char *action)
{
	return audit_add(request->store, &(struct audit_entry){
	                                         .actor_id = request->user->id,
	                                         .action = action,
	                                         .subject = { AUDIT_USER, request->params[0] },
	                                 });
}

static enum err add_note(struct request *request, struct note *note)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = note_add(request->store, request->arena, note);
	if (err == OK)
		err = audit_note(request, "note.add");
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

static enum err post_note(struct request *request)
{
	const char *interview_id = form_value(request, "interview_id", "");
	struct note_form form = { .body = form_value(request, "note", ""),
		                  .interview_id = interview_id };
	struct note note = { .user_id = request->params[0],
		             .interview_id = interview_id[0] != '\0' ? interview_id : NULL,
		             .author_id = request->user->id };
	enum err err;

	if (form_text(request, "nonce", 1, NONCE_MAX, &note.nonce) != OK)
		return ERR_INVALID;
	if (form_text(request, "note", 1, NOTE_MAX, &note.body) != OK) {
		form.error = i18n(request->language, "A note has from 1 to 4,000 characters.");
		return show_participant(request, 400, &form);
	}
	err = add_note(request, &note);
	if (err == OK || err == ERR_CONFLICT) /* a second click */
		return back(request, FLASH_NOTED);
	return err;
}

static enum err post_delete(struct request *request)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = note_delete(request->store, request->params[1], request->params[0],
		                  request->user->id);
	if (err == OK)
		err = audit_note(request, "note.delete");
	if (err == OK)
		err = store_commit(request->store);
	else
		store_rollback(request->store);
	return err == OK ? back(request, FLASH_NOTE_DELETED) : err;
}

static const struct route routes[] = {
	{ GET, "/admin/participants/*", ADMIN, get_participant, NULL },
	{ GET, "/admin/participants/*/report", ADMIN, get_latest_report, NULL },
	{ POST, "/admin/participants/*/notes", ADMIN, post_note, "note interview_id nonce" },
	{ POST, "/admin/participants/*/notes/*/delete", ADMIN, post_delete, "" },
};

const struct route_table participant_routes = ROUTE_TABLE(routes);
