#include "view/api_admin.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"

/* Null for a time that never was. */
static void set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms)
{
	json_set_string(object, name, ms > 0 ? clock_iso(arena, ms) : NULL);
}

/* The API's word for it. */
static const char *level_name(const char *level)
{
	return strcmp(level, "middle") == 0 ? "mid" : level;
}

/* Null where no report tells. */
static void set_score(cJSON *object, bool has_report, double score, double max_score)
{
	json_set_number(object, "score", has_report ? json_rounded(score) : NAN);
	json_set_number(object, "max_score", has_report ? json_rounded(max_score) : NAN);
}

static void add_participant(struct arena *arena, cJSON *rows, const struct participant *participant)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "id", participant->user_id);
	json_set_string(row, "username", participant->username);
	json_set_string(row, "full_name", participant->full_name);
	json_set_number(row, "interviews", participant->interviews);
	json_set_number(row, "finished", participant->finished);
	set_time(arena, row, "last_interview_at", participant->last_at);
	set_score(row, participant->has_report, participant->total_score, participant->max_score);
}

cJSON *api_admin_participants(struct arena *arena, const struct participant_query *query,
                              const struct participant_list *list)
{
	const int pages = (list->total + query->page_size - 1) / query->page_size;
	cJSON *object = cJSON_CreateObject(), *rows = json_set_array(object, "participants");

	for (size_t i = 0; i < list->count; i++)
		add_participant(arena, rows, &list->items[i]);
	json_set_number(object, "total", list->total);
	json_set_number(object, "page", query->page);
	json_set_number(object, "pages", pages > 0 ? pages : 1);
	json_set_number(object, "limit", query->page_size);
	return object;
}

static void add_interview(struct arena *arena, cJSON *rows, const struct history_row *row)
{
	cJSON *item = json_add_object(rows), *role;

	json_set_string(item, "id", row->interview_id);
	role = json_set_object(item, "role_selected");
	json_set_string(role, "id", row->role_id);
	json_set_string(role, "title", row->role_title);
	json_set_string(item, "type", row->type);
	json_set_string(item, "level", level_name(row->level));
	json_set_string(item, "language", language_code(row->language));
	json_set_string(item, "status", row->status);
	json_set_number(item, "total_questions", row->question_count);
	json_set_number(item, "answered", row->answered);
	set_time(arena, item, "created_at", row->created_at);
	set_time(arena, item, "ended_at", row->finished_at);
	set_score(item, row->has_report, row->total_score, row->max_score);
	json_set_string(item, "report",
	                row->finished_at > 0 ? arena_printf(arena, "%s/api/interviews/%s/report",
	                                                    config()->base_path, row->interview_id)
	                                     : NULL);
}

cJSON *api_admin_participant(struct arena *arena, const struct user *user,
                             const struct history_list *history)
{
	cJSON *object = cJSON_CreateObject(), *rows;

	json_set_string(object, "id", user->id);
	json_set_string(object, "username", user->username);
	json_set_string(object, "full_name", user->full_name);
	json_set_string(object, "language", language_code(user->language));
	json_set_bool(object, "is_disabled", user->is_disabled);
	json_set_string(object, "position", user->position);
	json_set_string(object, "level", level_name(user->level));
	json_set_string(object, "stack", user->stack);
	set_time(arena, object, "created_at", user->created_at);
	rows = json_set_array(object, "interviews");
	for (size_t i = 0; i < history->count; i++)
		add_interview(arena, rows, &history->items[i]);
	return object;
}

static void add_calls(cJSON *rows, const struct llm_usage_row *usage)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "agent", usage->agent);
	json_set_string(row, "model", usage->model);
	json_set_number(row, "calls", (double)usage->calls);
	json_set_number(row, "errors", (double)usage->errors);
	json_set_number(row, "prompt_tokens", (double)usage->prompt_tokens);
	json_set_number(row, "completion_tokens", (double)usage->completion_tokens);
	json_set_number(row, "estimated_calls", (double)usage->estimated);
	json_set_number(row, "latency_ms", json_rounded(usage->latency_ms));
	json_set_number(row, "latency_p95_ms", (double)usage->latency_p95_ms);
	json_set_number(row, "first_token_ms", json_rounded(usage->first_token_ms));
}

static void add_disagreement(struct arena *arena, cJSON *rows, const struct disagreement *found)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "interview_id", found->interview_id);
	json_set_string(row, "question_id", found->question_id);
	json_set_string(row, "participant", found->candidate);
	json_set_string(row, "graded_by", found->engine);
	json_set_number(row, "score", json_rounded(found->score));
	json_set_number(row, "builtin_score", json_rounded(found->builtin_score));
	json_set_number(row, "max_score", json_rounded(found->max_score));
	set_time(arena, row, "graded_at", found->created_at);
}

cJSON *api_admin_usage(struct arena *arena, const struct usage_page *usage)
{
	cJSON *object = cJSON_CreateObject(), *rows;

	json_set_string(object, "period", usage->period);
	json_set_string(object, "model", model_state_name(usage->state));
	rows = json_set_array(object, "calls");
	for (size_t i = 0; i < usage->usage.count; i++)
		add_calls(rows, &usage->usage.items[i]);
	rows = json_set_array(object, "disagreements");
	for (size_t i = 0; i < usage->disagreements.count; i++)
		add_disagreement(arena, rows, &usage->disagreements.items[i]);
	return object;
}
