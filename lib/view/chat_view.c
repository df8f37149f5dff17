#include "view/chat_view.h"

#include <string.h>

#include "base/json.h"
#include "base/zone.h"
#include "report/terms.h"
#include "store/bank.h"
#include "view/labels.h"

/* The number of the question a turn belongs to; 0 if to none. */
static int question_number(const struct flow *flow, const struct turn *turn)
{
	for (size_t i = 0; turn->question_id != NULL && i < flow->questions.count; i++)
		if (strcmp(flow->questions.items[i].id, turn->question_id) == 0)
			return flow->questions.items[i].position;
	return 0;
}

/* Without the line ends around it: spaces may be a program's. */
static const char *without_line_ends(struct arena *arena, const char *text)
{
	size_t len;

	text += strspn(text, "\n");
	len = strlen(text);
	while (len > 0 && text[len - 1] == '\n')
		len--;
	return arena_copy(arena, text, len);
}

static void add_part(cJSON *parts, const char *text, bool is_code)
{
	cJSON *part;

	if (text[0] == '\0')
		return;
	part = json_add_object(parts);
	json_set_string(part, "text", text);
	json_set_bool(part, "is_code", is_code);
}

/*
 * The words as paragraphs and code: the interviewer puts code between lines of three
 * backquotes. What candidates write is shown as they wrote it.
 */
static void add_parts(const struct flow *flow, cJSON *item, const struct turn *turn)
{
	static const char fence[] = "```\n";
	const bool is_theirs = strcmp(turn->author, "candidate") != 0;
	cJSON *parts = json_set_array(item, "parts");
	const char *rest = turn->body, *found;
	bool is_code = false;

	while (is_theirs && (found = strstr(rest, fence)) != NULL) {
		const char *part = arena_copy(flow->arena, rest, (size_t)(found - rest));

		add_part(parts, without_line_ends(flow->arena, part), is_code);
		rest = found + sizeof(fence) - 1;
		is_code = !is_code;
	}
	add_part(parts, without_line_ends(flow->arena, rest), is_code);
}

static bool has_model(const struct flow *flow)
{
	return flow->model != NULL;
}

/* Who spoke matters where it may be a model, also in a talk from before it was switched off. */
static void add_engine(const struct flow *flow, cJSON *item, const struct turn *turn)
{
	const bool is_builtin = turn->engine == NULL || strcmp(turn->engine, "builtin") == 0;

	json_set_bool(item, "is_cut", turn->is_cut);
	if (strcmp(turn->author, "candidate") == 0 || (is_builtin && !has_model(flow)))
		return;
	json_set_string(item, "engine",
	                is_builtin ? i18n(flow->interview.language, "built-in interviewer")
	                           : turn->engine);
}

static void add_turn(const struct flow *flow, cJSON *turns, const struct turn *turn)
{
	cJSON *item = json_add_object(turns);
	bool is_hint = strcmp(turn->kind, "hint") == 0;
	bool is_model_answer = strcmp(turn->kind, "model_answer") == 0;

	add_parts(flow, item, turn);
	add_engine(flow, item, turn);
	json_set_bool(item, "is_candidate", strcmp(turn->author, "candidate") == 0);
	json_set_bool(item, "is_question", strcmp(turn->kind, "question") == 0);
	json_set_bool(item, "is_hint", is_hint);
	json_set_bool(item, "is_model_answer", is_model_answer);
	json_set_bool(item, "is_aid", is_hint || is_model_answer);
	json_set_bool(item, "is_last", turn == &flow->turns.items[flow->turns.count - 1]);
	json_set_number(item, "number", question_number(flow, turn));
	json_set_string(item, "time", zone_text(flow->arena, turn->created_at, CLOCK_TIME));
}

static void add_turns(const struct flow *flow, cJSON *page)
{
	cJSON *turns = json_set_array(page, "turns");

	for (size_t i = 0; i < flow->turns.count; i++)
		add_turn(flow, turns, &flow->turns.items[i]);
}

static void add_active(const struct flow *flow, cJSON *page)
{
	const struct question *question = flow->active;
	enum language language = flow->interview.language;
	bool is_coding = question != NULL && flow_is_coding(question);
	cJSON *active;

	if (question == NULL)
		return;
	active = json_set_object(page, "active");
	json_set_string(active, "id", question->id);
	json_set_number(active, "position", question->position);
	json_set_string(active, "difficulty",
	                label_difficulty(language, is_coding ? flow->active_task.difficulty
	                                                     : flow->active_exam.difficulty));
	json_set_number(active, "expected_min",
	                is_coding ? flow->active_task.expected_min
	                          : flow->active_exam.expected_min);
	json_set_bool(active, "is_coding", is_coding);
	json_set_string(active, "title", is_coding ? flow->active_task.title : "");
	json_set_bool(active, "hint_used", question->hints_used > 0);
	json_set_bool(active, "model_answer_shown", question->model_answer);
}

/* When the interview ends by itself; seconds, since the visitor's clock may be wrong. */
static void add_deadline(const struct flow *flow, cJSON *page)
{
	const struct interview *interview = &flow->interview;
	int64_t end = interview->created_at + (int64_t)interview->time_limit_min * 60 * 1000;
	int64_t left = end - clock_now_ms();

	if (interview->time_limit_min <= 0)
		return;
	json_set_string(page, "deadline", zone_text(flow->arena, end, CLOCK_TIME));
	json_set_number(page, "seconds_left", left > 0 ? (double)(left / 1000) : 0);
}

static bool has_spoken(const struct flow *flow)
{
	for (size_t i = 0; i < flow->turns.count; i++)
		if (strcmp(flow->turns.items[i].author, "candidate") == 0)
			return true;
	return false;
}

/*
 * Whoever comes back to a talk after the role's questions were renewed is told so, until
 * the talk goes on: something said since then was said by somebody who knows. So is who takes
 * an interview again whose questions are old already.
 */
static bool is_stale(const struct flow *flow)
{
	const struct interview *interview = &flow->interview;
	const size_t turns = flow->turns.count;
	int64_t last = turns > 0 ? flow->turns.items[turns - 1].created_at : interview->created_at;
	bool came;

	if (interview->repeats[0] != '\0' && !has_spoken(flow))
		last = 0;
	return strcmp(interview->status, "completed") != 0 &&
	       edition_came_since(flow->store, interview->role_id, interview->edition, last,
	                          &came) == OK &&
	       came;
}

cJSON *chat_view(const struct flow *flow, const char *typed, const char *nonce)
{
	const struct interview *interview = &flow->interview;
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", interview->id);
	json_set_string(page, "role", flow->role_title);
	json_set_string(page, "type", terms_type(interview->language, interview->type));
	json_set_string(page, "level", terms_level(interview->language, interview->level));
	json_set_number(page, "total", interview->question_count);
	json_set_bool(page, "is_running", strcmp(interview->status, "completed") != 0);
	json_set_bool(page, "is_stale", is_stale(flow));
	json_set_bool(page, "stop_requested", interview->stop_requested);
	json_set_bool(page, "is_introduction", interview->is_introduction);
	json_set_bool(page, "is_answering", flow->is_answering);
	json_set_string(page, "typed", typed != NULL ? typed : flow->draft);
	json_set_string(page, "nonce", nonce);
	json_set_number(page, "max_length", FLOW_MAX_MESSAGE);
	add_turns(flow, page);
	add_active(flow, page);
	add_deadline(flow, page);
	return page;
}

void chat_view_add_list(cJSON *page, const struct history_list *list, const char *current_id,
                        enum language language)
{
	cJSON *chats = json_set_array(page, "chats");

	for (size_t i = 0; i < list->count; i++) {
		const struct history_row *row = &list->items[i];
		cJSON *chat = json_add_object(chats);

		json_set_string(chat, "id", row->interview_id);
		json_set_string(chat, "role", row->role_title);
		json_set_string(chat, "type", terms_type(language, row->type));
		json_set_string(chat, "status", label_status(language, row->status));
		json_set_bool(chat, "current", strcmp(row->interview_id, current_id) == 0);
	}
}
