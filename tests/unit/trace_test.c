/* Cursors of exported traces, and what an exporter does with a collector's answers. */
#include "fixture.h"
#include "model_fixture.h"
#include "store_fixture.h"

#include "base/config.h"
#include "witness/trace.h"

static struct store *store;
static struct interview interview;
static struct trace *trace;

#define TAKEN                    \
	{                        \
		200, "{}", false \
	}

static void open_all(void)
{
	store = fixture_store();
	fixture_role(store);
	interview = fixture_interview(store, fixture_user(store, "ann", "Ann").id, "start");
	trace = trace_open(arena);
	CHECK(trace != NULL);
	if (trace == NULL)
		exit(1);
}

static void say(const char *author, const char *kind, const char *body, const char *observation)
{
	struct turn turn = {
		.author = author, .kind = kind, .body = body, .observation = observation
	};

	CHECK_INT(turn_add(store, interview.id, &turn), OK);
}

static void call(const char *agent, const char *outcome, const char *reply)
{
	struct llm_call row = { .interview_id = interview.id,
		                .agent = agent,
		                .model = "small",
		                .prompt_hash = "h",
		                .prompt = "[{\"role\":\"user\",\"content\":\"secret prompt\"}]",
		                .parameters = "{\"temperature\":0,\"max_tokens\":9}",
		                .reply = reply,
		                .error = "secret error",
		                .outcome = outcome,
		                .first_token_ms = -1,
		                .prompt_tokens = 3,
		                .completion_tokens = 4,
		                .requests = 1,
		                .created_at = clock_now_ms() };

	CHECK_INT(llm_call_add(store, &row), OK);
}

static int requests(void)
{
	return atomic_load(&model_endpoint.requests);
}

static enum err export_now(void)
{
	return trace_export(store, arena, trace, false);
}

/* The span of that name in the last request; NULL: there is none. */
static const cJSON *sent_span(const char *name)
{
	const char *body = strstr(model_endpoint.last, "\r\n\r\n");
	const cJSON *span;
	cJSON *document;

	if (body == NULL || json_parse(body + 4, strlen(body + 4), &document) != OK)
		return NULL;
	span = json_get(json_get(document, "resourceSpans")->child, "scopeSpans");
	cJSON_ArrayForEach(span,
	                   json_get(span->child, "spans")) if (strcmp(json_string(span, "name", ""),
	                                                              name) == 0) return span;
	return NULL;
}

static struct trace_counts counts(void)
{
	struct trace_counts counts = { 0 };

	CHECK_INT(trace_counts(store, &counts), OK);
	return counts;
}

/* --- what is sent when ----------------------------------------------------------- */

static void a_talk_is_sent_as_it_goes_on(void)
{
	open_all();
	ENDPOINT_SCRIPT(TAKEN, TAKEN, TAKEN);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	say("interviewer", "greeting", "Hello", NULL);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("greeting") != NULL && sent_span("interview") == NULL);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	say("candidate", "answer", "Indeed", NULL);
	say("interviewer", "question", "So?",
	    "{\"engine\":\"builtin\",\"class\":\"normal\",\"difficulty\":{\"from\":1,\"to\":2}}");
	CHECK_INT(counts().waiting, 2);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("greeting") == NULL && sent_span("user_message") != NULL);
	CHECK(sent_span("observer_analysis") != NULL && sent_span("difficulty_change") != NULL);
	CHECK_INT(counts().waiting, 0);
	CHECK_INT(counts().sent, 5);
	CHECK_INT(requests(), 2);
	fixture_remove();
}

static void a_model_that_observed_is_a_call(void)
{
	open_all();
	ENDPOINT_SCRIPT(TAKEN, TAKEN);
	say("candidate", "answer", "Indeed", NULL);
	say("interviewer", "question", "So?", "{\"engine\":\"small\",\"class\":\"normal\"}");
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("observer_analysis") == NULL);
	call("observer", "timeout", "secret reply");
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("observer_analysis") != NULL);
	CHECK_NEAR(json_number(json_get(sent_span("observer_analysis"), "status"), "code", 0), 2,
	           0);
	CHECK(strstr(model_endpoint.last, "secret") == NULL);
	fixture_remove();
}

static void the_end_waits_for_all_else_and_the_report_may_come_later(void)
{
	struct report_row report = { .version = "1", .body = "{}" };

	open_all();
	ENDPOINT_SCRIPT(TAKEN, TAKEN, TAKEN);
	report.interview_id = interview.id;
	say("interviewer", "greeting", "Hello", NULL);
	interview.status = "completed";
	interview.finished_at = clock_now_ms();
	CHECK_INT(interview_save(store, &interview), OK);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("interview") != NULL && sent_span("session_token_metrics") != NULL);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	CHECK_INT(report_add(store, arena, &report), OK);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("final_feedback") != NULL && sent_span("interview") == NULL);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	fixture_remove();
}

static void a_silent_interview_ends_and_may_go_on(void)
{
	open_all();
	ENDPOINT_SCRIPT(TAKEN, TAKEN);
	say("interviewer", "greeting", "Hello", NULL);
	CHECK_INT(fixture_sql(database, "UPDATE turns SET created_at = created_at - 86500000"),
	          SQLITE_OK);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("interview") != NULL);
	say("candidate", "answer", "Back again", NULL);
	CHECK_INT(export_now(), OK);
	CHECK(sent_span("user_message") != NULL && sent_span("interview") == NULL);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	fixture_remove();
}

/* After two failures a request carries 32 spans, then as many as there are. */
static void a_batch_is_bounded_and_the_rest_follows(void)
{
	open_all();
	ENDPOINT_SCRIPT(TAKEN, TAKEN, TAKEN);
	for (int i = 0; i < 40; i++)
		call("evaluator", "ok", "{}");
	CHECK_INT(trace_save(store,
	                     &(struct trace_cursor){ .interview_id = interview.id, .failures = 2 }),
	          OK);
	CHECK_INT(export_now(), OK);
	CHECK_INT(counts().sent, 32);
	CHECK_INT(export_now(), OK);
	CHECK_INT(counts().sent, 40);
	CHECK_INT(export_now(), ERR_NOT_FOUND);
	CHECK_INT(requests(), 2);
	fixture_remove();
}

/* --- failures ---------------------------------------------------------------------- */

static void a_failed_interview_waits_and_gets_smaller_batches(void)
{
	open_all();
	ENDPOINT_SCRIPT({ 500, "no", false }, { 413, "no", false }, TAKEN);
	say("interviewer", "greeting", "Hello", NULL);
	CHECK_INT(trace_export(store, arena, trace, true), ERR_UPSTREAM);
	CHECK_INT(trace_export(store, arena, trace, true), ERR_NOT_FOUND);
	CHECK_INT(export_now(), ERR_UPSTREAM);
	CHECK_STR(fixture_ask(database, "SELECT failures FROM trace_exports"), "2");
	CHECK_INT(counts().failed, 2);
	CHECK_INT(counts().sent, 0);
	CHECK_INT(counts().waiting, 1);
	CHECK_INT(export_now(), OK);
	CHECK_STR(fixture_ask(database, "SELECT failures || retry_at FROM trace_exports"), "00");
	CHECK_INT(counts().sent, 1);
	fixture_remove();
}

static void a_step_rests_after_a_failure(void)
{
	open_all();
	ENDPOINT_SCRIPT({ 503, "no", false }, TAKEN);
	say("interviewer", "greeting", "Hello", NULL);
	CHECK(!trace_step(store, arena, trace));
	interview = fixture_interview(store, interview.owner_id, "another");
	say("interviewer", "greeting", "Hello", NULL);
	CHECK(!trace_step(store, arena, trace));
	CHECK_INT(requests(), 1);
	fixture_remove();
}

static void an_interview_that_is_gone_leaves_nothing(void)
{
	const struct trace_cursor cursor = { .interview_id = "gone", .turn_seq = 3 };

	open_all();
	CHECK_INT(trace_save(store, &cursor), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM trace_exports"), "0");
	fixture_remove();
}

static void without_settings_there_is_no_exporter(void)
{
	setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere", 1);
	CHECK_INT(config_load(), OK);
	CHECK(trace_open(arena) == NULL);
}

static char var_folder[] = "/tmp/viva-traces-XXXXXX";

int main(void)
{
	log_folder();
	setenv("VIVA_VAR", mkdtemp(var_folder), 1);
	setenv("VIVA_HOME", ".", 1);
	setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint_start(), 1);
	CHECK_INT(config_load(), OK);
	RUN(a_talk_is_sent_as_it_goes_on);
	RUN(a_model_that_observed_is_a_call);
	RUN(the_end_waits_for_all_else_and_the_report_may_come_later);
	RUN(a_silent_interview_ends_and_may_go_on);
	RUN(a_batch_is_bounded_and_the_rest_follows);
	RUN(a_failed_interview_waits_and_gets_smaller_batches);
	RUN(a_step_rests_after_a_failure);
	RUN(an_interview_that_is_gone_leaves_nothing);
	RUN(without_settings_there_is_no_exporter);
	endpoint_stop();
	remove_folder(var_folder);
	remove_folder(log_folder());
	return check_done();
}
