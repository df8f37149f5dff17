/*
 * Tables for spreadsheets: participants as filtered, the questions and events of the interviews
 * that fit, the usage of models. They go out piece by piece, so that their size costs no memory.
 * Names of columns are the same in all languages.
 */
#include <math.h>
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/llm_call.h"
#include "view/usage_view.h"
#include "web/reply.h"

enum { AT_ONCE = 100, PIECE = 32768 };

/* A table on its way out. */
struct sheet {
	struct request *request;
	struct arena *scratch; /* of the piece */
	struct buf out;
	struct csv csv;
	const struct participant_query *query;
	const struct participant *person;
	bool has_left; /* the visitor */
};

static bool send_piece(struct sheet *sheet)
{
	if (!sheet->has_left && sheet->out.len > 0)
		sheet->has_left = !reply_piece(sheet->request, sheet->out.data, sheet->out.len);
	buf_truncate(&sheet->out, 0);
	return !sheet->has_left;
}

static bool end_row(struct sheet *sheet)
{
	csv_end(&sheet->csv);
	return sheet->out.len < PIECE || send_piece(sheet);
}

/* Who took what along is noted before the first byte leaves. */
static enum err begin(struct request *request, const char *name, const char *const *head,
                      struct sheet *sheet)
{
	const struct audit_entry entry = {
		.actor_id = request->user->id,
		.action = "export.csv",
		.details = arena_printf(request->arena, "{\"table\":\"%s\"}", name),
	};
	const char *stamp = clock_text(request->arena, clock_now_ms(), config()->tz_offset_min,
	                               CLOCK_STAMP);
	enum err err = audit_add(request->store, &entry);

	if (err == OK)
		err = reply_begin_download(request,
		                           arena_printf(request->arena, "%s_%s.csv", name, stamp),
		                           "text/csv; charset=utf-8; header=present");
	if (err != OK)
		return err;
	*sheet = (struct sheet){ .request = request };
	buf_init(&sheet->out, request->arena);
	sheet->csv = csv_begin(&sheet->out);
	sheet->csv.out = &sheet->out;
	csv_head(&sheet->csv, head);
	return OK;
}

/* --- a row for each participant ------------------------------------------------------- */

static void add_identity(struct sheet *sheet)
{
	csv_text(&sheet->csv, sheet->person->username);
	csv_text(&sheet->csv, text_name(sheet->csv.out->arena, sheet->person->full_name));
}

static enum err write_person(struct sheet *sheet)
{
	const struct participant *person = sheet->person;
	struct csv *csv = &sheet->csv;

	csv_text(csv, person->user_id);
	add_identity(sheet);
	csv_text(csv, person->is_disabled ? "disabled" : "enabled");
	csv_integer(csv, person->interviews);
	csv_integer(csv, person->finished);
	csv_time(csv, person->last_at);
	csv_number(csv, person->has_report ? person->total_score : NAN);
	csv_number(csv, person->has_report ? person->max_score : NAN);
	return end_row(sheet) ? OK : ERR_CONFLICT;
}

/* --- a row for each question ---------------------------------------------------------- */

static bool take_result(void *context, const struct participant_result *result)
{
	struct sheet *sheet = context;
	struct csv *csv = &sheet->csv;

	add_identity(sheet);
	csv_text(csv, result->interview_id);
	csv_text(csv, result->role_id);
	csv_text(csv, result->type);
	csv_text(csv, result->level);
	csv_text(csv, result->language);
	csv_text(csv, result->status);
	csv_time(csv, result->started_at);
	csv_time(csv, result->finished_at);
	csv_integer(csv, result->position);
	csv_text(csv, result->bank_id);
	csv_text(csv, result->q_type);
	csv_text(csv, result->state);
	csv_integer(csv, result->follow_ups);
	csv_integer(csv, result->hints_used);
	csv_integer(csv, result->model_answer);
	csv_text(csv, result->engine);
	csv_text(csv, result->verdict);
	csv_number(csv, result->is_graded ? result->score : NAN);
	csv_number(csv, result->is_graded ? result->max_score : NAN);
	csv_number(csv, result->is_overridden ? result->override_score : NAN);
	return end_row(sheet);
}

static enum err write_results(struct sheet *sheet)
{
	return participant_results(
	        sheet->request->store, sheet->scratch, sheet->query, sheet->person->number,
	        &(struct participant_sink){ .context = sheet, .result = take_result });
}

/* --- a row for each event ------------------------------------------------------------- */

static bool take_event(void *context, const struct participant_event *event)
{
	struct sheet *sheet = context;
	struct csv *csv = &sheet->csv;
	cJSON *evidence;

	json_bind(sheet->scratch);
	if (json_parse(event->evidence, strlen(event->evidence), &evidence) != OK)
		evidence = NULL;
	add_identity(sheet);
	csv_text(csv, event->interview_id);
	csv_time(csv, event->created_at);
	if (event->position > 0)
		csv_integer(csv, event->position);
	else
		csv_text(csv, NULL);
	csv_text(csv, event->kind);
	csv_number(csv, json_number(evidence, "ms", NAN) / 1000);
	csv_number(csv, json_number(evidence, "chars", NAN));
	json_bind(sheet->request->arena);
	return end_row(sheet);
}

static enum err write_events(struct sheet *sheet)
{
	const struct participant_sink sink = { .context = sheet, .event = take_event };

	return participant_events(sheet->request->store, sheet->scratch, sheet->query,
	                          sheet->person->number, &sink);
}

/* --- the walk over people ------------------------------------------------------------- */

static enum err write_some(struct sheet *sheet, const struct participant_numbers *numbers,
                           enum err (*write)(struct sheet *sheet))
{
	struct participant_list list;
	enum err err = participant_rows(sheet->request->store, sheet->scratch, sheet->query,
	                                numbers, &list);

	if (err == OK)
		err = blind_participants(sheet->request, sheet->scratch, &list);
	for (size_t i = 0; err == OK && i < list.count; i++) {
		sheet->person = list.items + i;
		err = write(sheet);
	}
	return err;
}

static enum err write_all(struct sheet *sheet, const struct participant_numbers *all,
                          enum err (*write)(struct sheet *sheet))
{
	enum err err = OK;

	sheet->scratch = arena_create();
	for (size_t i = 0; err == OK && i < all->count; i += AT_ONCE) {
		const struct participant_numbers some = {
			.items = all->items + i,
			.count = all->count - i < AT_ONCE ? all->count - i : AT_ONCE,
		};

		err = write_some(sheet, &some, write);
		arena_reset(sheet->scratch);
	}
	arena_destroy(sheet->scratch);
	if (err == OK && !send_piece(sheet))
		err = ERR_CONFLICT;
	return err;
}

static enum err export_people(struct request *request, const char *name, const char *const *head,
                              enum err (*write)(struct sheet *sheet))
{
	struct participant_numbers all = { 0 };
	struct people_wish wish;
	struct sheet sheet;
	enum err err = people_read_wish(request, &wish);

	if (err == OK && wish.error != NULL)
		err = ERR_INVALID;
	if (err == OK)
		err = participant_all(request->store, request->arena, &wish.query, &all);
	if (err == OK)
		err = begin(request, name, head, &sheet);
	if (err != OK)
		return err;
	sheet.query = &wish.query;
	err = write_all(&sheet, &all, write);
	if (err != OK)
		reply_break_off(request);
	return err == ERR_CONFLICT ? OK : err; /* who left knows it */
}

static enum err get_participants(struct request *request)
{
	static const char *const head[] = { "id",         "username",     "full_name",
		                            "account",    "interviews",   "finished",
		                            "last_start", "latest_score", "latest_max_score",
		                            NULL };

	return export_people(request, "participants", head, write_person);
}

static enum err get_results(struct request *request)
{
	static const char *const head[] = { "username",
		                            "full_name",
		                            "interview_id",
		                            "role",
		                            "type",
		                            "level",
		                            "language",
		                            "status",
		                            "started",
		                            "finished",
		                            "number",
		                            "question",
		                            "kind",
		                            "outcome",
		                            "follow_ups",
		                            "hints",
		                            "saw_model_answer",
		                            "graded_by",
		                            "verdict",
		                            "score",
		                            "max_score",
		                            "override",
		                            NULL };

	return export_people(request, "results", head, write_results);
}

static enum err get_events(struct request *request)
{
	static const char *const head[] = { "username", "full_name",  "interview_id",
		                            "time",     "number",     "event",
		                            "seconds",  "characters", NULL };

	return export_people(request, "events", head, write_events);
}

/* --- the usage of models -------------------------------------------------------------- */

static void add_usage(struct sheet *sheet, const struct llm_usage_row *row)
{
	struct csv *csv = &sheet->csv;

	csv_text(csv, row->agent);
	csv_text(csv, row->model);
	csv_integer(csv, row->calls);
	csv_integer(csv, row->errors);
	csv_integer(csv, row->prompt_tokens);
	csv_integer(csv, row->completion_tokens);
	csv_integer(csv, row->reasoning_tokens);
	csv_integer(csv, row->estimated);
	csv_number(csv, row->latency_ms);
	csv_integer(csv, row->latency_p95_ms);
	csv_integer(csv, row->latency_max_ms);
	csv_number(csv, row->first_token_ms);
}

static enum err get_usage(struct request *request)
{
	static const char *const head[] = { "agent",
		                            "model",
		                            "calls",
		                            "errors",
		                            "tokens_in",
		                            "tokens_out",
		                            "tokens_reasoning",
		                            "calls_estimated",
		                            "average_ms",
		                            "p95_ms",
		                            "longest_ms",
		                            "first_token_ms",
		                            NULL };
	int64_t ms = usage_view_period_ms(request_query(request, "period", "day"));
	struct llm_usage_list usage;
	struct sheet sheet;
	enum err err;

	if (ms == 0)
		ms = usage_view_period_ms("day");
	err = llm_usage_list(request->store, request->arena, clock_now_ms() - ms, &usage);
	if (err == OK)
		err = begin(request, "usage", head, &sheet);
	if (err != OK)
		return err;
	for (size_t i = 0; i < usage.count; i++) {
		add_usage(&sheet, &usage.items[i]);
		end_row(&sheet);
	}
	if (!send_piece(&sheet))
		reply_break_off(request);
	return OK;
}

static const struct route routes[] = {
	{ GET, "/admin/events.csv", ADMIN, get_events, NULL },
	{ GET, "/admin/participants.csv", ADMIN, get_participants, NULL },
	{ GET, "/admin/results.csv", ADMIN, get_results, NULL },
	{ GET, "/admin/usage.csv", ADMIN, get_usage, NULL },
};

const struct route_table export_routes = ROUTE_TABLE(routes);
