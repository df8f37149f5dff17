/* The model's desk: what it asks, for whom it stops, what it records. */
#include "witness_fixture.h"

static struct agent_desk *new_desk(struct reader *reader, int cancel_fd)
{
	return model_desk(arena, model,
	                  &(struct model_work){ .store = store,
	                                        .interview_id = interview.id,
	                                        .budget_ms = 20000,
	                                        .on_text = reader != NULL ? read_text : NULL,
	                                        .on_wait = reader != NULL ? wait_on : NULL,
	                                        .listener = reader,
	                                        .cancel_fd = cancel_fd });
}

static const struct scripted json_answer = { 200, ENDPOINT_CHUNK("\"{\\\"a\\\": 7}\"") ENDPOINT_END,
	                                     false };
static const struct scripted speech_answer = {
	200, ENDPOINT_CHUNK("\"Добрый \"") ENDPOINT_CHUNK("\"день.\"") ENDPOINT_END, false
};

/* --- configuration ------------------------------------------------------------ */

static void without_an_address_there_is_no_model(void)
{
	struct model *none = (struct model *)&store;

	CHECK_INT(model_open(arena, &none), OK);
	CHECK(none == NULL);
	CHECK(model_desk(arena, none, &(struct model_work){ .cancel_fd = -1 }) == NULL);
	CHECK_STR(model_state_name(model_state(arena)), "none");
}

static void an_address_without_a_model_is_refused(void)
{
	struct model *none = NULL;

	configure("http://127.0.0.1:9/v1", "");
	CHECK_INT(model_open(arena, &none), ERR_INVALID);
	CHECK(none == NULL);
	CHECK(strstr(log_text(), "OPENAI_MODEL is not") != NULL);
}

/* --- asking ------------------------------------------------------------------- */

static void a_call_is_recorded_as_it_was(void)
{
	struct llm_result result;
	struct llm_call_list list;
	struct agent_desk *desk;
	struct agent_ask ask = ask_json();
	const struct llm_call *call;

	open_all();
	ENDPOINT_SCRIPT(json_answer);
	desk = new_desk(NULL, -1);
	CHECK(desk->is_ready(desk->context));
	CHECK(desk->kit == model_kit(model));
	result = put_to(desk, &ask);
	CHECK_INT(result.class, LLM_OK);
	CHECK_NEAR(json_number(result.json, "a", 0), 7, 0);
	list = records();
	CHECK_INT((long long)list.count, 1);
	call = &list.items[0];
	CHECK(call->id > 0 && result.record == call->id);
	CHECK_STR(call->agent, "observer");
	CHECK_STR(call->model, "small");
	CHECK_STR(call->question_id, "q1");
	CHECK_STR(call->prompt_hash, "hash");
	CHECK_STR(call->prompt, "[{\"role\":\"system\",\"content\":\"Look.\"},"
	                        "{\"role\":\"user\",\"content\":\"{\\\"answer\\\":\\\"да\\\"}\"}]");
	CHECK_STR(call->parameters,
	          "{\"temperature\":0,\"max_tokens\":70,\"schema\":\"observer\"}");
	CHECK_STR(call->reply, "{\"a\": 7}");
	CHECK_STR(call->outcome, "ok");
	CHECK_STR(call->finish, "stop");
	CHECK(call->prompt_tokens == 11 && call->completion_tokens == 5 && !call->is_estimated);
	CHECK(call->first_token_ms >= 0 && call->latency_ms >= call->first_token_ms);
	CHECK(call->requests == 1 && call->created_at > 0);
	CHECK(strstr(model_endpoint.last, "Authorization: Bearer " KEY) != NULL);
	fixture_remove();
}

static void failures_are_recorded_without_the_key(void)
{
	struct agent_ask ask = ask_json();
	struct llm_call_list list;
	struct llm_result result;

	open_all();
	ENDPOINT_SCRIPT(
	        { 401, "{\"error\":{\"message\":\"bad key " KEY "\",\"code\":\"invalid_api_key\"}}",
	          false });
	result = put_to(new_desk(NULL, -1), &ask);
	CHECK_INT(result.class, LLM_PERMANENT);
	list = records();
	CHECK_INT((long long)list.count, 1);
	CHECK_STR(list.items[0].outcome, "permanent");
	CHECK(strstr(list.items[0].error, "bad key") != NULL);
	CHECK(strstr(list.items[0].error, KEY) == NULL);
	CHECK_INT(list.items[0].first_token_ms, -1);
	CHECK(strstr(log_text(), "the agent observer got no answer (permanent)") != NULL);
	CHECK(strstr(log_text(), KEY) == NULL);
	fixture_remove();
}

/* The candidate waits for a step as long as the budget, whatever the endpoint does. */
static void a_budget_is_for_all_calls_together(void)
{
	struct agent_ask ask = ask_json();
	struct agent_desk *desk;

	open_all();
	ENDPOINT_SCRIPT({ 200, ENDPOINT_CHUNK("\"{\"") ENDPOINT_END, true }, json_answer);
	desk = model_desk(arena, model,
	                  &(struct model_work){ .store = store,
	                                        .interview_id = interview.id,
	                                        .budget_ms = 700,
	                                        .cancel_fd = -1 });
	CHECK(desk->is_ready(desk->context));
	CHECK_INT(put_to(desk, &ask).class, LLM_TIMEOUT);
	CHECK(!desk->is_ready(desk->context));
	CHECK_INT(put_to(desk, &ask).class, LLM_TIMEOUT);
	CHECK_INT(atomic_load(&model_endpoint.requests), 1);
	CHECK_INT((long long)records().count, 1);
	CHECK_STR(records().items[0].outcome, "timeout");
	fixture_remove();
}

/* --- readers ------------------------------------------------------------------ */

static void speech_goes_to_its_reader(void)
{
	struct reader reader;
	struct agent_desk *desk;
	struct agent_ask ask;

	open_all();
	ENDPOINT_SCRIPT(speech_answer);
	reader = new_reader(1000);
	desk = new_desk(&reader, -1);
	ask = ask_speech(desk);
	CHECK_INT(put_to(desk, &ask).class, LLM_OK);
	CHECK_STR(reader.text.data, "Добрый день.");
	CHECK_STR(records().items[0].reply, "Добрый день.");
	fixture_remove();
}

static void who_left_is_not_spoken_to_again(void)
{
	struct agent_ask ask, json = ask_json();
	struct agent_desk *desk;
	struct reader reader;

	open_all();
	ENDPOINT_SCRIPT(speech_answer, json_answer, speech_answer);
	reader = new_reader(1);
	desk = new_desk(&reader, -1);
	ask = ask_speech(desk);
	CHECK_INT(put_to(desk, &ask).class, LLM_CANCELLED);
	CHECK_STR(records().items[0].outcome, "cancelled");
	CHECK_INT(put_to(desk, &ask).class, LLM_CANCELLED);
	CHECK_INT((long long)records().count, 1);
	CHECK_INT(atomic_load(&model_endpoint.requests), 1);
	CHECK_INT(put_to(desk, &json).class, LLM_OK);
	CHECK_INT((long long)records().count, 2);
	fixture_remove();
}

/* An agent that has heard enough is no reader who left. */
static bool enough(void *context, const char *text, size_t len)
{
	(void)context;
	(void)text;
	(void)len;
	return false;
}

static void an_agent_may_stop_its_speech(void)
{
	struct agent_ask ask, cut;
	struct agent_desk *desk;
	struct reader reader;

	open_all();
	ENDPOINT_SCRIPT(speech_answer, speech_answer);
	reader = new_reader(1000);
	desk = new_desk(&reader, -1);
	cut = ask = ask_speech(desk);
	cut.on_text = enough;
	CHECK_INT(put_to(desk, &cut).class, LLM_CANCELLED);
	CHECK_INT(put_to(desk, &ask).class, LLM_OK);
	fixture_remove();
}

static void a_closed_connection_ends_speech_but_no_grade(void)
{
	struct agent_ask ask, json = ask_json();
	struct agent_desk *desk;
	struct reader reader;
	int ends[2];

	open_all();
	ENDPOINT_SCRIPT({ 200, ENDPOINT_CHUNK("\"a\"") ENDPOINT_CHUNK("\"b\"") ENDPOINT_END, true },
	                json_answer);
	CHECK_INT(pipe(ends), 0);
	close(ends[1]);
	reader = new_reader(1000);
	desk = new_desk(&reader, ends[0]);
	ask = ask_speech(desk);
	CHECK_INT(put_to(desk, &ask).class, LLM_CANCELLED);
	atomic_store(&model_endpoint.requests, 1);
	CHECK_INT(put_to(desk, &json).class, LLM_OK);
	CHECK_INT(put_to(desk, &ask).class, LLM_CANCELLED);
	CHECK_INT(atomic_load(&model_endpoint.requests), 2);
	close(ends[0]);
	fixture_remove();
}

/* Three failures in a row open the circuit; that is the last thing the endpoint does here. */
static void the_state_of_the_endpoint_is_known(void)
{
	struct agent_ask ask = ask_json();
	struct agent_desk *desk;

	open_all();
	CHECK_STR(model_state_name(model_state(arena)), "ready");
	endpoint_stop();
	desk = new_desk(NULL, -1);
	for (int i = 0; i < 3; i++)
		CHECK(put_to(desk, &ask).class != LLM_OK);
	CHECK_STR(model_state_name(model_state(arena)), "open");
	CHECK(!desk->is_ready(desk->context));
	fixture_remove();
}

/* Longer than a candidate is let wait: the built-in examiner takes over at once. */
static void a_pause_that_was_asked_for_is_known(void)
{
	struct agent_ask ask = ask_json();
	struct agent_desk *desk;

	open_all();
	ENDPOINT_SCRIPT({ 429,
	                  "{\"error\":{\"code\":429,\"message\":\"slow down\",\"details\":"
	                  "[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
	                  "\"retryDelay\":\"30s\"}]}}",
	                  false });
	desk = new_desk(NULL, -1);
	CHECK_INT(put_to(desk, &ask).class, LLM_RETRYABLE);
	CHECK_STR(model_state_name(model_state(arena)), "paused");
	CHECK(!desk->is_ready(desk->context));
	CHECK_STR(records().items[0].outcome, "retryable");
	fixture_remove();
}

int main(void)
{
	witness_begin();
	RUN(without_an_address_there_is_no_model);
	RUN(an_address_without_a_model_is_refused);
	configure(endpoint_start(), "small");
	RUN(a_call_is_recorded_as_it_was);
	RUN(failures_are_recorded_without_the_key);
	RUN(a_budget_is_for_all_calls_together);
	RUN(speech_goes_to_its_reader);
	RUN(who_left_is_not_spoken_to_again);
	RUN(an_agent_may_stop_its_speech);
	RUN(a_closed_connection_ends_speech_but_no_grade);
	RUN(the_state_of_the_endpoint_is_known);
	configure(endpoint_start(), "small");
	RUN(a_pause_that_was_asked_for_is_known);
	endpoint_stop();
	return witness_end();
}
