#include "report_store_fixture.h"

#include <pthread.h>
#include <sqlite3.h>

static enum err interview_owner(struct store *store, const char *id, const char **ret_owner_id)
{
	struct interview interview = { 0 };
	enum err err = interview_by_id(store, arena, id, &interview);

	*ret_owner_id = interview.owner_id;
	return err;
}

static void report_is_stored_once(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct store *store;
	const char *id;
	struct report_row first, second;
	cJSON *d;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	CHECK_INT(report_ensure(store, arena, "no-such", NULL, &first), ERR_NOT_FOUND);
	CHECK_INT(report_ensure(store, arena, id, NULL, &first), OK);
	CHECK_INT(report_ensure(store, arena, id, NULL, &second), OK);
	CHECK_STR(second.id, first.id);
	CHECK_STR(second.body, first.body);
	CHECK_NEAR(first.total_score, 8.5, 1e-9);
	CHECK_NEAR(first.max_score, 30, 1e-9);
	CHECK_STR(first.version, SCORE_VERSION);
	CHECK_INT(json_parse(first.body, strlen(first.body), &d), OK);
	CHECK_TEXT(d, "participant", "ann");
	CHECK_TEXT(d, "questions.0.metrics.theory.key_points.0.evidence.0.text", "The effect");
	CHECK_INT(cJSON_IsString(at(d, "llm_summary_candidate")), 1);
	CHECK_INT(cJSON_IsString(at(d, "llm_summary_admin")), 1);
	CHECK_INT(cJSON_IsObject(at(d, "next_recommendations")), 1);
	remove_files(folder);
}

static void tamper(const char *sql)
{
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open(database, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Who takes the report away, or it with all before, gets no first one in its place. */
static void a_report_that_is_missing_is_not_made_as_the_first(void)
{
	static const struct report_cause cause = { "override", "A reason." };
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct store *store;
	const char *id;
	struct report_row row;
	cJSON *d;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), OK);
	CHECK_INT(row.revision, 1);
	CHECK_STR(row.note, "");
	tamper("DELETE FROM reports");
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), OK);
	CHECK_INT(row.revision, 2);
	CHECK_STR(row.cause, "finished");
	CHECK_STR(row.note, "Revision 1, made before this one, is missing.");
	CHECK_INT(json_parse(row.body, strlen(row.body), &d), OK);
	CHECK_NEAR(json_number(json_get(d, "revision"), "number", 0), 2, 0);
	CHECK_INT(report_revise(store, arena, id, &cause, &row), OK);
	CHECK_INT(row.revision, 3);
	CHECK_STR(row.note, "A reason.");
	tamper("UPDATE reports SET revision = 1");
	CHECK_INT(report_revise(store, arena, id, &cause, &row), OK);
	CHECK_INT(row.revision, 4);
	CHECK_STR(row.note, "Revision 3, made before this one, is missing. A reason.");
	remove_files(folder);
}

static void running_interview_has_no_report(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct store *store;
	const char *id;
	struct report_row row;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "in_progress", &id);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), ERR_CONFLICT);
	CHECK_INT(report_of_interview(store, arena, id, &row), ERR_NOT_FOUND);
	remove_files(folder);
}

/* Code that the judge still has would change the score. */
static void code_in_the_queue_delays_the_report(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct submission sent = { .kind = "submit",
		                   .code_language = "python",
		                   .code = "pass",
		                   .custom_input = "",
		                   .state = "queued",
		                   .nonce = "n" };
	struct submission claimed;
	const struct hint_row hint = { .level = 1, .body = "A map.", .price = 0.5 };
	struct report_row row;
	struct store *store;
	const char *id;
	cJSON *d;

	CHECK(mkdtemp(folder) != NULL);
	fixture_q_type = "coding";
	store = open_store(folder);
	run_interview(store, "completed", &id);
	fixture_q_type = "theory";
	sent.question_id = fixture_questions[2].id;
	CHECK_INT(interview_owner(store, id, &sent.owner_id), OK);
	CHECK_INT(hint_add(store, sent.question_id, &hint), OK);
	CHECK_INT(submission_add(store, arena, &sent), OK);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), ERR_BUSY);
	CHECK_INT(submission_claim(store, arena, 0, "worker", &claimed), OK);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), ERR_BUSY);
	CHECK_INT(report_of_interview(store, arena, id, &row), ERR_NOT_FOUND);
	claimed.state = "done";
	claimed.public_passed = claimed.public_total = 3;
	claimed.hidden_total = 7;
	claimed.result = "{}";
	CHECK_INT(submission_finish(store, &claimed), OK);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), OK);
	CHECK_INT(json_parse(row.body, strlen(row.body), &d), OK);
	CHECK_NUMBER(d, "questions.2.metrics.coding.attempts", 1);
	CHECK_NUMBER(d, "questions.2.metrics.coding.score_code", 3.3); /* 4 - 0.5 - 0.25 */
	CHECK_TEXT(d, "questions.2.hints.0.text", "A map.");
	remove_files(folder);
}

struct caller {
	const char *interview_id;
	char report_id[64];
	enum err err;
};

static void *call_ensure(void *argument)
{
	struct caller *caller = argument;
	struct arena *own = arena_create();
	struct store *store = NULL;
	struct report_row row = { .id = "" };

	json_bind(own);
	caller->err = store_open(database, &store);
	if (caller->err == OK)
		caller->err = report_ensure(store, own, caller->interview_id, NULL, &row);
	snprintf(caller->report_id, sizeof(caller->report_id), "%s", row.id);
	store_close(store);
	arena_destroy(own);
	return NULL;
}

static void callers_at_once_get_the_same_report(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct caller callers[4];
	pthread_t threads[4];
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	run_interview(open_store(folder), "completed", &id);
	for (size_t i = 0; i < 4; i++) {
		callers[i].interview_id = id;
		CHECK_INT(pthread_create(&threads[i], NULL, call_ensure, &callers[i]), 0);
	}
	for (size_t i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(callers[i].err, OK);
		CHECK_STR(callers[i].report_id, callers[0].report_id);
	}
	CHECK(callers[0].report_id[0] != '\0');
	remove_files(folder);
}

int main(void)
{
	char var[] = "/tmp/viva-report-var-XXXXXX";

	if (!fixture_set_var(var))
		return 1;
	RUN(report_is_stored_once);
	RUN(a_report_that_is_missing_is_not_made_as_the_first);
	RUN(running_interview_has_no_report);
	RUN(code_in_the_queue_delays_the_report);
	RUN(callers_at_once_get_the_same_report);
	fixture_remove_var(var);
	return check_done();
}
