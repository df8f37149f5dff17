/* Calls of models, their sums, facts, disagreements, and the columns that models brought. */
#include "store_fixture.h"

#include <math.h>

#include "store/fact.h"
#include "store/llm_call.h"

static struct store *store;
static struct interview interview;

static void open_store(void)
{
	struct user ann;

	store = fixture_store();
	ann = fixture_user(store, "ann", "Ann");
	fixture_role(store);
	interview = fixture_interview(store, ann.id, "start");
}

static struct llm_call new_call(const char *agent, const char *outcome, int64_t latency_ms)
{
	return (struct llm_call){ .interview_id = interview.id,
		                  .agent = agent,
		                  .model = "small",
		                  .prompt_hash = "h",
		                  .prompt = "[]",
		                  .parameters = "{}",
		                  .prompt_tokens = 10,
		                  .completion_tokens = 4,
		                  .latency_ms = latency_ms,
		                  .first_token_ms = -1,
		                  .outcome = outcome,
		                  .requests = 1,
		                  .created_at = 1000 };
}

static struct llm_call add(struct llm_call call)
{
	CHECK_INT(llm_call_add(store, &call), OK);
	return call;
}

/* --- calls -------------------------------------------------------------------- */

static void a_call_comes_back_as_it_was_stored(void)
{
	struct llm_call_list list;
	struct llm_call call;

	open_store();
	call = new_call("evaluator", "ok", 1234);
	call.question_id = "q1";
	call.reply = "{\"a\":\"ж\"}";
	call.reasoning = "Hm.";
	call.reasoning_tokens = 3;
	call.is_estimated = true;
	call.first_token_ms = 0;
	call.finish = "stop";
	call.error = "no";
	call.note = "json found in reasoning";
	call.requests = 2;
	call = add(call);
	CHECK(call.id > 0);
	CHECK_INT(llm_call_list(store, arena, interview.id, 0, &list), OK);
	CHECK_INT((long long)list.count, 1);
	CHECK_INT(list.items[0].id, call.id);
	CHECK_STR(list.items[0].interview_id, interview.id);
	CHECK_STR(list.items[0].question_id, "q1");
	CHECK_STR(list.items[0].agent, "evaluator");
	CHECK_STR(list.items[0].model, "small");
	CHECK_STR(list.items[0].prompt_hash, "h");
	CHECK_STR(list.items[0].prompt, "[]");
	CHECK_STR(list.items[0].parameters, "{}");
	CHECK_STR(list.items[0].reply, "{\"a\":\"ж\"}");
	CHECK_STR(list.items[0].reasoning, "Hm.");
	CHECK_STR(list.items[0].outcome, "ok");
	CHECK_STR(list.items[0].finish, "stop");
	CHECK_STR(list.items[0].error, "no");
	CHECK_STR(list.items[0].note, "json found in reasoning");
	CHECK(list.items[0].prompt_tokens == 10 && list.items[0].completion_tokens == 4 &&
	      list.items[0].reasoning_tokens == 3 && list.items[0].is_estimated);
	CHECK(list.items[0].latency_ms == 1234 && list.items[0].first_token_ms == 0 &&
	      list.items[0].requests == 2 && list.items[0].created_at == 1000);
	fixture_remove();
}

static void calls_are_listed_from_where_one_left_off(void)
{
	struct llm_call first, second, stray;
	struct llm_call_list list;

	open_store();
	first = add(new_call("observer", "ok", 1));
	stray = new_call("task_generator", "ok", 1);
	stray.interview_id = NULL;
	add(stray);
	second = add(new_call("interviewer", "timeout", 2));
	CHECK(first.id < second.id);
	CHECK_INT(llm_call_list(store, arena, interview.id, first.id, &list), OK);
	CHECK_INT((long long)list.count, 1);
	CHECK_STR(list.items[0].agent, "interviewer");
	CHECK_INT(list.items[0].first_token_ms, -1);
	CHECK_STR(list.items[0].reply, "");
	CHECK_INT(llm_call_list(store, arena, interview.id, second.id, &list), OK);
	CHECK_INT((long long)list.count, 0);
	fixture_remove();
}

/* A call is kept though what it was made for is undone, unless it stands inside. */
static void a_call_stands_in_the_transaction_that_is_open(void)
{
	struct llm_call call;

	open_store();
	CHECK_INT(store_begin(store), OK);
	call = new_call("observer", "ok", 1);
	CHECK_INT(llm_call_add(store, &call), OK);
	store_rollback(store);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM llm_calls"), "0");
	add(new_call("observer", "ok", 1));
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM llm_calls"), "1");
	call = new_call("observer", "perfect", 1);
	CHECK_INT(llm_call_add(store, &call), ERR_INTERNAL);
	fixture_remove();
}

/* --- sums --------------------------------------------------------------------- */

static void usage_is_summed_for_each_agent_and_model(void)
{
	struct llm_usage_list list;
	struct llm_call call;

	open_store();
	for (int i = 1; i <= 20; i++) {
		call = new_call("observer", i == 20 ? "timeout" : "ok", i * 100);
		call.first_token_ms = i <= 2 ? i * 10 : -1;
		call.is_estimated = i <= 5;
		add(call);
	}
	add(new_call("interviewer", "cancelled", 7));
	call = new_call("observer", "ok", 9);
	call.model = "big";
	call.created_at = 5000;
	call.interview_id = NULL;
	add(call);
	CHECK_INT(llm_usage_list(store, arena, 0, &list), OK);
	CHECK_INT((long long)list.count, 3);
	CHECK_STR(list.items[0].agent, "interviewer");
	CHECK(list.items[0].errors == 0 && isnan(list.items[0].first_token_ms));
	CHECK_STR(list.items[1].model, "big");
	CHECK_STR(list.items[2].model, "small");
	CHECK(list.items[2].calls == 20 && list.items[2].errors == 1 &&
	      list.items[2].prompt_tokens == 200 && list.items[2].completion_tokens == 80 &&
	      list.items[2].estimated == 5);
	CHECK_NEAR(list.items[2].latency_ms, 1050, 0.01);
	CHECK_NEAR(list.items[2].first_token_ms, 15, 0.01);
	CHECK(list.items[2].latency_max_ms == 2000 && list.items[2].latency_p95_ms == 1900);
	CHECK_INT(llm_usage_list(store, arena, 5000, &list), OK);
	CHECK_INT((long long)list.count, 1);
	CHECK(list.items[0].latency_p95_ms == 9 && list.items[0].calls == 1);
	CHECK_INT(llm_usage_of_interview(store, arena, interview.id, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_INT(llm_usage_of_interview(store, arena, "none", &list), OK);
	CHECK_INT((long long)list.count, 0);
	fixture_remove();
}

static void counters_fall_into_their_buckets(void)
{
	struct llm_metric_list list;
	struct llm_call call;

	open_store();
	call = new_call("observer", "ok", llm_bucket_ms[0]);
	call.first_token_ms = 1;
	add(call);
	add(new_call("observer", "ok", llm_bucket_ms[0] + 1));
	call = new_call("observer", "ok", llm_bucket_ms[LLM_BUCKETS - 1] + 1);
	call.first_token_ms = llm_bucket_ms[LLM_BUCKETS - 1] + 1;
	add(call);
	add(new_call("observer", "permanent", 5));
	CHECK_INT(llm_metric_list(store, arena, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_STR(list.items[0].outcome, "ok");
	CHECK_INT(list.items[0].calls, 3);
	CHECK_INT(list.items[0].within[0], 1);
	for (int i = 1; i < LLM_BUCKETS; i++)
		CHECK_INT(list.items[0].within[i], 2);
	CHECK_INT(list.items[0].first_count, 2);
	for (int i = 0; i < LLM_BUCKETS; i++)
		CHECK_INT(list.items[0].first_within[i], 1);
	CHECK_INT(list.items[0].latency_sum_ms,
	          2 * llm_bucket_ms[0] + llm_bucket_ms[LLM_BUCKETS - 1] + 2);
	CHECK_INT(list.items[0].first_sum_ms, llm_bucket_ms[LLM_BUCKETS - 1] + 2);
	CHECK_INT(list.items[0].prompt_tokens, 30);
	CHECK_STR(list.items[1].outcome, "permanent");
	CHECK(list.items[1].first_count == 0 && list.items[1].first_sum_ms == 0 &&
	      list.items[1].first_within[LLM_BUCKETS - 1] == 0);
	fixture_remove();
}

/* Summing reads an index; prompts would be gigabytes. */
static void sums_leave_the_prompts_alone(void)
{
	static const char plan[] = "EXPLAIN QUERY PLAN SELECT agent, model, outcome, count(*),"
	                           " sum(prompt_tokens), sum(completion_tokens), sum(latency_ms),"
	                           " count(first_token_ms) FROM llm_calls"
	                           " GROUP BY agent, model, outcome";
	sqlite3_stmt *statement = NULL;
	sqlite3 *db = NULL;

	open_store();
	CHECK_INT(sqlite3_open(database, &db), SQLITE_OK);
	CHECK_INT(sqlite3_prepare_v2(db, plan, -1, &statement, NULL), SQLITE_OK);
	CHECK_INT(sqlite3_step(statement), SQLITE_ROW);
	CHECK(strstr((const char *)sqlite3_column_text(statement, 3), "COVERING INDEX") != NULL);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	fixture_remove();
}

/* --- the columns that models brought ------------------------------------------- */

static void an_interview_leaves_its_introduction(void)
{
	struct interview got;

	open_store();
	CHECK(!interview.is_introduction);
	interview.is_introduction = true;
	interview.start_nonce = "other";
	CHECK_INT(interview_add(store, arena, &interview), OK);
	CHECK_INT(interview_by_id(store, arena, interview.id, &got), OK);
	CHECK(got.is_introduction);
	got.is_introduction = false;
	CHECK_INT(interview_save(store, &got), OK);
	CHECK_INT(interview_by_id(store, arena, interview.id, &got), OK);
	CHECK(!got.is_introduction);
	fixture_remove();
}

static void a_turn_says_whose_words_it_has(void)
{
	struct turn model = { .author = "interviewer", .kind = "question", .body = "Wh" };
	struct turn builtin = model;
	struct turn_list list;

	open_store();
	model.engine = "small";
	model.is_cut = true;
	CHECK_INT(turn_add(store, interview.id, &model), OK);
	CHECK_INT(turn_add(store, interview.id, &builtin), OK);
	CHECK_INT(turn_list(store, arena, interview.id, &list), OK);
	CHECK_STR(list.items[0].engine, "small");
	CHECK(list.items[0].is_cut && !list.items[1].is_cut);
	CHECK_STR(list.items[1].engine, "builtin");
	fixture_remove();
}

static struct evaluation new_evaluation(const char *question_id)
{
	return (struct evaluation){ .question_id = question_id,
		                    .engine = "small",
		                    .version = "1",
		                    .score = 8,
		                    .max_score = 10,
		                    .verdict = "good",
		                    .feedback_short = "",
		                    .feedback_detailed = "",
		                    .next_difficulty = "same",
		                    .created_at = 77 };
}

static void a_grade_keeps_what_the_builtin_scorer_gave(void)
{
	struct question question;
	struct evaluation evaluation, got;

	open_store();
	question = fixture_question(store, interview.id, 1);
	evaluation = new_evaluation(question.id);
	evaluation.builtin_verdict = "partial"; /* of no account without has_builtin */
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK(!got.has_builtin && got.builtin_verdict == NULL);
	CHECK_STR(got.unproved, "[]");
	CHECK_STR(got.fallback, "");
	evaluation.has_builtin = true;
	evaluation.builtin_score = 0;
	evaluation.unproved = "[{\"key_point_id\":\"a\"}]";
	evaluation.fallback = "timeout";
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK(got.has_builtin && got.builtin_score == 0);
	CHECK_STR(got.builtin_verdict, "partial");
	CHECK_STR(got.unproved, "[{\"key_point_id\":\"a\"}]");
	CHECK_STR(got.fallback, "timeout");
	fixture_remove();
}

static void far_apart_grades_are_for_a_person_to_look_at(void)
{
	static const double builtin[] = { 8, 4.1, 4, 10, 0 };
	struct disagreement_list list;

	open_store();
	for (int i = 0; i < 5; i++) {
		struct evaluation evaluation =
		        new_evaluation(fixture_question(store, interview.id, i + 1).id);

		evaluation.has_builtin = true;
		evaluation.builtin_score = builtin[i];
		evaluation.builtin_verdict = "good";
		evaluation.created_at = 100 + i;
		CHECK_INT(evaluation_save(store, &evaluation), OK);
	}
	CHECK_INT(disagreement_list(store, arena, 10, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_INT(list.items[0].position, 5);
	CHECK_INT(list.items[1].position, 3);
	CHECK_STR(list.items[1].candidate, "Ann");
	CHECK_STR(list.items[1].engine, "small");
	CHECK_STR(list.items[1].interview_id, interview.id);
	CHECK(list.items[1].score == 8 && list.items[1].builtin_score == 4 &&
	      list.items[1].max_score == 10 && list.items[1].created_at == 102 &&
	      !list.items[1].has_report && list.items[1].language == LANG_RU);
	CHECK_INT(disagreement_list(store, arena, 1, &list), OK);
	CHECK_INT((long long)list.count, 1);
	fixture_remove();
}

static void facts_are_kept_by_name(void)
{
	struct fact_list list;

	open_store();
	CHECK_INT(fact_list(store, arena, interview.id, &list), OK);
	CHECK(list.count == 0 && fact_value(&list, "name") == NULL);
	CHECK_INT(fact_save(store, interview.id, &(struct fact){ "name", "Аня" }, "builtin"), OK);
	CHECK_INT(fact_save(store, interview.id, &(struct fact){ "technologies", "C, SQL" },
	                    "builtin"),
	          OK);
	CHECK_INT(fact_save(store, interview.id, &(struct fact){ "name", "Anna" }, "small"), OK);
	CHECK_INT(fact_list(store, arena, interview.id, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_STR(fact_value(&list, "name"), "Anna");
	CHECK_STR(fact_value(&list, "technologies"), "C, SQL");
	CHECK_STR(fixture_ask(database, "SELECT engine FROM interview_facts WHERE name = 'name'"),
	          "small");
	CHECK_INT(fact_save(store, interview.id, &(struct fact){ "shoe_size", "44" }, "small"),
	          ERR_INTERNAL);
	fixture_remove();
}

static void all_goes_with_its_owner(void)
{
	open_store();
	add(new_call("observer", "ok", 1));
	CHECK_INT(fact_save(store, interview.id, &(struct fact){ "name", "Ann" }, "builtin"), OK);
	CHECK_INT(fixture_sql(database, "DELETE FROM users"), SQLITE_OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM llm_calls"), "0");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM interview_facts"), "0");
	fixture_remove();
}

int main(void)
{
	RUN(a_call_comes_back_as_it_was_stored);
	RUN(calls_are_listed_from_where_one_left_off);
	RUN(a_call_stands_in_the_transaction_that_is_open);
	RUN(usage_is_summed_for_each_agent_and_model);
	RUN(counters_fall_into_their_buckets);
	RUN(sums_leave_the_prompts_alone);
	RUN(an_interview_leaves_its_introduction);
	RUN(a_turn_says_whose_words_it_has);
	RUN(a_grade_keeps_what_the_builtin_scorer_gave);
	RUN(far_apart_grades_are_for_a_person_to_look_at);
	RUN(facts_are_kept_by_name);
	RUN(all_goes_with_its_owner);
	return check_done();
}
