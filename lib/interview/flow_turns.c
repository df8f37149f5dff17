#include "interview/flow_internal.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"

static bool is_candidate(const struct turn *turn)
{
	return strcmp(turn->author, "candidate") == 0;
}

const struct turn *flow_open_turn(const struct flow *flow)
{
	const struct turn *last;

	if (!flow_is_running(flow) || flow->turns.count == 0)
		return NULL;
	last = &flow->turns.items[flow->turns.count - 1];
	return is_candidate(last) ? last : NULL;
}

int flow_turns_used(const struct flow *flow)
{
	int used = 0;

	for (size_t i = 0; i < flow->turns.count; i++)
		used += is_candidate(&flow->turns.items[i]);
	return used;
}

int64_t flow_deadline(const struct interview *interview)
{
	if (interview->time_limit_min <= 0)
		return INT64_MAX;
	return interview->created_at + (int64_t)interview->time_limit_min * 60000;
}

static bool is_answer_class(const char *class)
{
	static const enum message_class answers[] = { MESSAGE_NORMAL, MESSAGE_INCOMPLETE,
		                                      MESSAGE_EXCELLENT, MESSAGE_HALLUCINATION };

	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++)
		if (strcmp(message_class_name(answers[i]), class) == 0)
			return true;
	return false;
}

/* The turn after a settled message is the reaction and carries what was observed. */
static bool was_answer(const struct flow *flow, size_t index)
{
	const char *observation;
	cJSON *json;

	if (index + 1 >= flow->turns.count)
		return false;
	observation = flow->turns.items[index + 1].observation;
	if (observation == NULL || json_parse(observation, strlen(observation), &json) != OK)
		return false;
	return is_answer_class(json_string(json, "class", ""));
}

static void add_answer(struct buf *buf, const char *body)
{
	if (buf->len > 0)
		buf_str(buf, "\n\n");
	buf_str(buf, body);
}

const char *flow_answer_of(const struct flow *flow, const struct question *question,
                           const struct turn *message, bool counts)
{
	struct buf buf;

	buf_init(&buf, flow->arena);
	for (size_t i = 0; i < flow->turns.count; i++) {
		const struct turn *turn = &flow->turns.items[i];

		if (turn->question_id == NULL || strcmp(turn->question_id, question->id) != 0 ||
		    strcmp(turn->kind, "answer") != 0)
			continue;
		if (turn == message ? counts : was_answer(flow, i))
			add_answer(&buf, turn->body);
	}
	return buf.data;
}

static void add_facts(cJSON *json, const struct exam_facts *facts)
{
	const struct {
		const char *name, *value;
	} rows[] = {
		{ "name", facts->name },
		{ "position", facts->position },
		{ "level", facts->level },
		{ "experience", facts->experience },
		{ "technologies", facts->technologies },
	};
	cJSON *object = json_set_object(json, "facts");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].value != NULL)
			json_set_string(object, rows[i].name, rows[i].value);
}

const char *flow_observation(const struct flow_reaction *reaction)
{
	const struct observation *seen = &reaction->seen;
	const int now = reaction->flow->interview.difficulty;
	cJSON *json = cJSON_CreateObject();

	json_set_string(json, "class", message_class_name(seen->class));
	json_set_number(json, "quality", json_rounded(seen->quality));
	json_set_bool(json, "answered_last_question", seen->answered);
	json_set_string(json, "next_step", next_step_name(seen->step));
	json_set_string(json, "reason", seen->reason);
	json_set_string(json, "correction", seen->correction);
	json_set_string(json, "follow_up", seen->follow_up);
	json_set_string(json, "engine", seen->engine);
	add_facts(json, &seen->facts);
	if (now != reaction->difficulty_before) {
		cJSON *difficulty = json_set_object(json, "difficulty");

		json_set_number(difficulty, "from", reaction->difficulty_before);
		json_set_number(difficulty, "to", now);
	}
	return json_text(json);
}
