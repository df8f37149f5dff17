/* Replaying the records of a model, and what an admin downloads of them. */
#include "witness_fixture.h"

#include "witness/record.h"

/* --- replay ------------------------------------------------------------------- */

static void add_record(const char *agent, const char *hash, const char *outcome, const char *reply)
{
	struct llm_call call = { .interview_id = interview.id,
		                 .question_id = strcmp(agent, "observer") == 0 ? "q1" : "",
		                 .agent = agent,
		                 .model = "older",
		                 .prompt_hash = hash,
		                 .prompt = "[]",
		                 .parameters = "{}",
		                 .reply = reply,
		                 .outcome = outcome,
		                 .first_token_ms = -1,
		                 .prompt_tokens = 3,
		                 .completion_tokens = 4,
		                 .created_at = clock_now_ms() };

	CHECK_INT(llm_call_add(store, &call), OK);
}

static struct agent_desk *open_replay(struct replay *replay)
{
	*replay = (struct replay){ .calls = records() };
	return replay_desk(arena, model_kit(model), replay);
}

static void records_answer_once_and_in_order(void)
{
	struct agent_ask ask = ask_json();
	struct agent_desk *desk;
	struct llm_result result;
	struct replay replay;

	open_all();
	ENDPOINT_SCRIPT({ 200, ENDPOINT_END, false });
	add_record("observer", "hash", "timeout", "{\"a\"");
	add_record("observer", "hash", "ok", "Here: ```json\n{\"a\": 8}\n```");
	add_record("observer", "hash", "ok", "{\"b\": 8}");
	desk = open_replay(&replay);
	CHECK(desk->is_ready == NULL && desk->kit == model_kit(model));
	result = put_to(desk, &ask);
	CHECK_INT(result.class, LLM_TIMEOUT);
	CHECK(result.json == NULL);
	result = put_to(desk, &ask);
	CHECK_INT(result.class, LLM_OK);
	CHECK_NEAR(json_number(result.json, "a", 0), 8, 0);
	CHECK(result.usage.is_known && result.usage.completion_tokens == 4);
	CHECK_STR(replay.model, "older");
	CHECK_INT(put_to(desk, &ask).class, LLM_PERMANENT); /* not in the agent's shape */
	CHECK_INT((long long)replay.missing, 0);
	CHECK_INT(put_to(desk, &ask).class, LLM_PERMANENT);
	CHECK(replay.missing == 1 && replay.changed == 0);
	CHECK_INT(atomic_load(&model_endpoint.requests), 0);
	CHECK_INT((long long)records().count, 3);
	fixture_remove();
}

static void a_changed_prompt_is_told_from_a_missing_record(void)
{
	struct agent_ask ask = ask_json();
	struct agent_desk *desk;
	struct llm_result result;
	struct replay replay;

	open_all();
	add_record("observer", "older hash", "ok", "{\"a\": 8}");
	desk = open_replay(&replay);
	result = put_to(desk, &ask);
	CHECK_INT(result.class, LLM_PERMANENT);
	CHECK(strstr(result.error, "changed") != NULL);
	ask.subject = "q2";
	CHECK(strstr(put_to(desk, &ask).error, "no record") != NULL);
	CHECK(replay.missing == 2 && replay.changed == 1 && replay.model == NULL);
	fixture_remove();
}

static void recorded_speech_is_heard_again(void)
{
	struct reader reader;
	struct replay replay;
	struct agent_desk *desk;
	struct agent_ask ask;

	open_all();
	add_record("interviewer", "speech", "cancelled", "Hel");
	add_record("interviewer", "speech", "ok", "Hello.");
	reader = new_reader(100);
	desk = open_replay(&replay);
	ask = ask_speech(desk);
	ask.on_text = read_text;
	ask.context = &reader;
	CHECK_INT(put_to(desk, &ask).class, LLM_CANCELLED);
	CHECK_INT(put_to(desk, &ask).class, LLM_OK);
	CHECK_STR(reader.text.data, "HelHello.");
	fixture_remove();
}

/* --- downloads ---------------------------------------------------------------- */

static void add_turn(const char *author, const char *body, const char *observation)
{
	struct turn turn = { .author = author,
		             .kind = "answer",
		             .body = body,
		             .observation = observation,
		             .engine = "small",
		             .is_cut = observation != NULL };

	CHECK_INT(turn_add(store, interview.id, &turn), OK);
}

static const cJSON *item_of(const cJSON *document, const char *name, int index)
{
	return cJSON_GetArrayItem(json_get(document, name), index);
}

static void a_log_has_the_turns_and_no_thoughts(void)
{
	cJSON *document = NULL;

	open_all();
	add_turn("candidate", "Привет", NULL);
	add_turn("interviewer", "Hello", "{\"class\":\"normal\"}");
	add_record("observer", "hash", "ok", "{}");
	CHECK_INT(record_turns(store, arena, &interview, &document), OK);
	CHECK_STR(json_string(document, "session_id", ""), interview.id);
	CHECK_STR(json_string(document, "participant", ""), "Ann");
	CHECK_INT((long long)json_count(document, "turns"), 2);
	CHECK_STR(json_string(item_of(document, "turns", 0), "text", ""), "Привет");
	CHECK(json_get(item_of(document, "turns", 0), "engine") == NULL);
	CHECK_STR(json_string(item_of(document, "turns", 1), "engine", ""), "small");
	CHECK(json_bool(item_of(document, "turns", 1), "is_cut", false));
	CHECK(json_get(item_of(document, "turns", 1), "observation") == NULL);
	CHECK(json_get(document, "calls") == NULL);
	interview.created_at = 1795227600000; /* 2026-11-21T02:20:00Z */
	CHECK_STR(record_file_name(arena, &interview, false), "interview_log_20261121_022000.json");
	CHECK_STR(record_file_name(arena, &interview, true),
	          "interview_detailed_20261121_022000.json");
	fixture_remove();
}

static void a_detailed_log_has_all_of_it(void)
{
	const cJSON *call, *metrics, *total;
	cJSON *document = NULL;

	open_all();
	add_turn("candidate", "Привет", NULL);
	add_turn("candidate", "!", NULL);
	add_turn("interviewer", "Hello", "{\"class\":\"normal\"}");
	add_record("observer", "hash", "ok", "{\"a\":1}");
	add_record("observer", "hash", "timeout", "");
	add_record("interviewer", "speech", "ok", "Hello");
	CHECK_INT(record_detailed(store, arena, &interview, &document), OK);
	CHECK_STR(json_string(json_get(item_of(document, "turns", 2), "observation"), "class", ""),
	          "normal");
	CHECK_INT((long long)json_count(document, "calls"), 3);
	call = item_of(document, "calls", 0);
	CHECK_STR(json_string(call, "agent", ""), "observer");
	CHECK_STR(json_string(call, "reply", ""), "{\"a\":1}");
	CHECK_NEAR(json_number(call, "after_turn", -1), 3, 0);
	CHECK(cJSON_IsArray(json_get(call, "prompt")) &&
	      cJSON_IsNull(json_get(call, "first_token_ms")));
	metrics = json_get(document, "token_metrics");
	total = json_get(metrics, "total");
	CHECK_NEAR(json_number(total, "calls", 0), 3, 0);
	CHECK_NEAR(json_number(total, "errors", 0), 1, 0);
	CHECK_NEAR(json_number(total, "total_tokens", 0), 21, 0);
	CHECK_NEAR(
	        json_number(json_get(json_get(metrics, "by_agent"), "observer"), "total_tokens", 0),
	        14, 0);
	CHECK_NEAR(json_number(json_get(metrics, "averages"), "tokens_per_call", 0), 7, 0);
	CHECK_NEAR(json_number(json_get(metrics, "averages"), "tokens_per_turn", 0), 10.5, 0);
	fixture_remove();
}

static void without_a_model_the_averages_are_unknown(void)
{
	const cJSON *metrics;
	cJSON *document = NULL;

	open_all();
	CHECK_INT(record_detailed(store, arena, &interview, &document), OK);
	metrics = json_get(document, "token_metrics");
	CHECK_NEAR(json_number(json_get(metrics, "total"), "calls", -1), 0, 0);
	CHECK(cJSON_IsNull(json_get(json_get(metrics, "averages"), "tokens_per_turn")));
	CHECK(strstr(json_text(document), KEY) == NULL);
	fixture_remove();
}

int main(void)
{
	witness_begin();
	configure(endpoint_start(), "small");
	RUN(records_answer_once_and_in_order);
	RUN(a_changed_prompt_is_told_from_a_missing_record);
	RUN(recorded_speech_is_heard_again);
	RUN(a_log_has_the_turns_and_no_thoughts);
	RUN(a_detailed_log_has_all_of_it);
	RUN(without_a_model_the_averages_are_unknown);
	endpoint_stop();
	return witness_end();
}
