#include "witness/record.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "store/llm_call.h"
#include "store/user.h"

static void set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms)
{
	json_set_string(object, name, ms == 0 ? NULL : clock_iso(arena, ms));
}

/* JSON that was stored as text; the text itself if it is none. */
static void set_stored(cJSON *object, const char *name, const char *text)
{
	cJSON *value;

	if (text != NULL && json_parse(text, strlen(text), &value) == OK)
		json_set(object, name, value);
	else
		json_set_string(object, name, text);
}

static cJSON *head_of(struct arena *arena, const struct interview *interview,
                      const struct user *user)
{
	cJSON *document = cJSON_CreateObject();

	json_set_string(document, "session_id", interview->id);
	json_set_string(document, "owner_id", interview->owner_id);
	json_set_string(document, "participant",
	                user->full_name[0] != '\0' ? user->full_name : user->username);
	json_set_string(document, "role", interview->role_id);
	json_set_string(document, "level", interview->level);
	json_set_string(document, "type", interview->type);
	json_set_string(document, "language", language_code(interview->language));
	json_set_string(document, "status", interview->status);
	set_time(arena, document, "created_at", interview->created_at);
	set_time(arena, document, "finished_at", interview->finished_at);
	return document;
}

static void add_turns(struct arena *arena, cJSON *document, const struct turn_list *turns,
                      bool is_detailed)
{
	cJSON *array = json_set_array(document, "turns");

	for (size_t i = 0; i < turns->count; i++) {
		const struct turn *turn = &turns->items[i];
		cJSON *item = json_add_object(array);

		json_set_number(item, "turn", turn->seq);
		set_time(arena, item, "at", turn->created_at);
		json_set_string(item, "author", turn->author);
		json_set_string(item, "kind", turn->kind);
		json_set_string(item, "question_id", turn->question_id);
		json_set_string(item, "text", turn->body);
		if (strcmp(turn->author, "interviewer") == 0) {
			json_set_string(item, "engine", turn->engine);
			json_set_bool(item, "is_cut", turn->is_cut);
		}
		if (is_detailed)
			set_stored(item, "observation", turn->observation);
	}
}

/* --- calls -------------------------------------------------------------------- */

/* The last turn that stood when the call was made; 0: none did. */
static int turn_before(const struct turn_list *turns, int64_t at)
{
	int seq = 0;

	for (size_t i = 0; i < turns->count && turns->items[i].created_at <= at; i++)
		seq = turns->items[i].seq;
	return seq;
}

static void add_call(struct arena *arena, cJSON *array, const struct llm_call *call, int after_turn)
{
	cJSON *item = json_add_object(array);

	json_set_number(item, "id", (double)call->id);
	set_time(arena, item, "at", call->created_at);
	json_set_number(item, "after_turn", after_turn);
	json_set_string(item, "question_id",
	                call->question_id[0] != '\0' ? call->question_id : NULL);
	json_set_string(item, "agent", call->agent);
	json_set_string(item, "model", call->model);
	json_set_string(item, "outcome", call->outcome);
	json_set_string(item, "finish", call->finish);
	json_set_string(item, "error", call->error);
	json_set_string(item, "note", call->note);
	json_set_number(item, "requests", call->requests);
	json_set_number(item, "latency_ms", (double)call->latency_ms);
	json_set_number(item, "first_token_ms",
	                call->first_token_ms < 0 ? NAN : (double)call->first_token_ms);
	json_set_number(item, "prompt_tokens", call->prompt_tokens);
	json_set_number(item, "completion_tokens", call->completion_tokens);
	json_set_number(item, "reasoning_tokens", call->reasoning_tokens);
	json_set_bool(item, "is_estimated", call->is_estimated);
	json_set_string(item, "prompt_hash", call->prompt_hash);
	set_stored(item, "parameters", call->parameters);
	set_stored(item, "prompt", call->prompt);
	json_set_string(item, "reply", call->reply);
	json_set_string(item, "reasoning", call->reasoning);
}

static void add_calls(struct arena *arena, cJSON *document, const struct llm_call_list *calls,
                      const struct turn_list *turns)
{
	cJSON *array = json_set_array(document, "calls");

	for (size_t i = 0; i < calls->count; i++)
		add_call(arena, array, &calls->items[i],
		         turn_before(turns, calls->items[i].created_at));
}

/* --- token metrics ------------------------------------------------------------ */

struct tokens {
	int64_t calls, errors, prompt, completion, reasoning, estimated;
};

static void add_up(struct tokens *sum, const struct llm_usage_row *row)
{
	sum->calls += row->calls;
	sum->errors += row->errors;
	sum->prompt += row->prompt_tokens;
	sum->completion += row->completion_tokens;
	sum->reasoning += row->reasoning_tokens;
	sum->estimated += row->estimated;
}

static void set_tokens(cJSON *parent, const char *name, const struct tokens *sum)
{
	cJSON *item = json_set_object(parent, name);

	json_set_number(item, "calls", (double)sum->calls);
	json_set_number(item, "errors", (double)sum->errors);
	json_set_number(item, "prompt_tokens", (double)sum->prompt);
	json_set_number(item, "completion_tokens", (double)sum->completion);
	json_set_number(item, "reasoning_tokens", (double)sum->reasoning);
	json_set_number(item, "total_tokens", (double)(sum->prompt + sum->completion));
	json_set_number(item, "estimated_calls", (double)sum->estimated);
}

static double ratio(int64_t part, int64_t whole)
{
	return whole == 0 ? NAN : json_rounded((double)part / (double)whole);
}

/* Rows come by agent, then model: an agent's models stand together. */
static void add_token_metrics(cJSON *document, const struct llm_usage_list *usage,
                              int candidate_turns)
{
	cJSON *metrics = json_set_object(document, "token_metrics");
	struct tokens total = { 0 };
	cJSON *by_agent, *averages;

	for (size_t i = 0; i < usage->count; i++)
		add_up(&total, &usage->items[i]);
	set_tokens(metrics, "total", &total);
	by_agent = json_set_object(metrics, "by_agent");
	for (size_t i = 0; i < usage->count;) {
		const char *agent = usage->items[i].agent;
		struct tokens sum = { 0 };

		for (; i < usage->count && strcmp(usage->items[i].agent, agent) == 0; i++)
			add_up(&sum, &usage->items[i]);
		set_tokens(by_agent, agent, &sum);
	}
	averages = json_set_object(metrics, "averages");
	json_set_number(averages, "tokens_per_call",
	                ratio(total.prompt + total.completion, total.calls));
	json_set_number(averages, "tokens_per_turn",
	                ratio(total.prompt + total.completion, candidate_turns));
	json_set_number(averages, "calls_per_turn", ratio(total.calls, candidate_turns));
}

static int candidate_turns(const struct turn_list *turns)
{
	int count = 0;

	for (size_t i = 0; i < turns->count; i++)
		count += strcmp(turns->items[i].author, "candidate") == 0;
	return count;
}

/* --- documents ---------------------------------------------------------------- */

static enum err read_talk(struct store *store, struct arena *arena,
                          const struct interview *interview, struct user *user,
                          struct turn_list *turns)
{
	enum err err = user_by_id(store, arena, interview->owner_id, user);

	return err == OK ? turn_list(store, arena, interview->id, turns) : err;
}

enum err record_turns(struct store *store, struct arena *arena, const struct interview *interview,
                      cJSON **ret_document)
{
	struct turn_list turns;
	struct user user;
	enum err err = read_talk(store, arena, interview, &user, &turns);

	if (err != OK)
		return err;
	*ret_document = head_of(arena, interview, &user);
	add_turns(arena, *ret_document, &turns, false);
	return OK;
}

enum err record_detailed(struct store *store, struct arena *arena,
                         const struct interview *interview, cJSON **ret_document)
{
	struct llm_usage_list usage;
	struct llm_call_list calls;
	struct turn_list turns;
	struct user user;
	enum err err = read_talk(store, arena, interview, &user, &turns);

	if (err == OK)
		err = llm_call_list(store, arena, interview->id, 0, &calls);
	if (err == OK)
		err = llm_usage_of_interview(store, arena, interview->id, &usage);
	if (err != OK)
		return err;
	*ret_document = head_of(arena, interview, &user);
	add_turns(arena, *ret_document, &turns, true);
	add_calls(arena, *ret_document, &calls, &turns);
	add_token_metrics(*ret_document, &usage, candidate_turns(&turns));
	return OK;
}

char *record_file_name(struct arena *arena, const struct interview *interview, bool is_detailed)
{
	return arena_printf(
	        arena, "interview_%s_%s.json", is_detailed ? "detailed" : "log",
	        clock_text(arena, interview->created_at, config()->tz_offset_min, CLOCK_STAMP));
}
