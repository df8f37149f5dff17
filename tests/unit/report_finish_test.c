#include "report_script.h"
#include "report_store_fixture.h"

#include "base/lock.h"
#include "report/finish.h"
#include "report/writing.h"
#include "store/revision.h"

/* Whether there is a model is all that report_ensure asks of it. */
static const struct model *some_model(void)
{
	return (const struct model *)(const void *)&script;
}

static cJSON *body_of(const struct report_row *row)
{
	cJSON *document = NULL;

	CHECK_INT(json_parse(row->body, strlen(row->body), &document), OK);
	return document;
}

static void facts_come_first_and_texts_follow(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	const struct agent_desk desk = script_desk(&script);
	struct report_row facts, row, old;
	struct store *store;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	write_script();
	CHECK_INT(finish_report(store, arena, id, &desk, &row), ERR_NOT_FOUND);
	CHECK_INT(report_ensure(store, arena, id, some_model(), &facts), OK);
	CHECK_INT(asked_in_all(), 0);
	CHECK_INT(facts.revision, 1);
	CHECK(facts.texts_due);
	CHECK_TEXT(body_of(&facts), "written_by.candidate.engine", "builtin");
	CHECK_INT(cJSON_IsTrue(at(body_of(&facts), "revision.texts_follow")), 1);

	CHECK_INT(finish_report(store, arena, id, &desk, &row), OK);
	CHECK_INT(asked_in_all(), 4);
	CHECK_INT(row.revision, 2);
	CHECK_STR(row.cause, "texts");
	CHECK(!row.texts_due);
	CHECK(strstr(row.body, "A slow query was a dead end.") != NULL);
	CHECK_NUMBER(body_of(&row), "revision.number", 2);
	CHECK_STR(json_text(at(body_of(&row), "metrics")),
	          json_text(at(body_of(&facts), "metrics")));
	CHECK_INT(revision_get(store, arena, id, 1, &old), OK);
	CHECK_STR(old.body, facts.body);

	/* There is nothing more to write, whatever a model would say now. */
	CHECK_INT(finish_report(store, arena, id, &desk, &row), OK);
	CHECK_INT(row.revision, 2);
	CHECK_INT(asked_in_all(), 4);
	remove_files(folder);
}

/* A model that fails is not asked for ever; the report says why its words are missing. */
static void a_model_that_fails_ends_the_waiting(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	const struct agent_desk desk = script_desk(&script);
	struct report_row row;
	struct store *store;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	script = (struct script){ 0 };
	CHECK_INT(report_ensure(store, arena, id, some_model(), &row), OK);
	CHECK_INT(finish_report(store, arena, id, &desk, &row), OK);
	CHECK_INT(row.revision, 2);
	CHECK(!row.texts_due);
	CHECK_TEXT(body_of(&row), "written_by.candidate.engine", "builtin");
	CHECK_TEXT(body_of(&row), "written_by.candidate.fallback", "timeout");
	remove_files(folder);
}

/* Words about numbers that another revision replaced meanwhile are of no use. */
static const char *revised_id;
static struct store *revised_store;

static void revise_meanwhile(void *context, struct arena *own, const struct agent_ask *ask,
                             struct llm_result *ret_result)
{
	const struct report_cause cause = { "override", "The answer was right." };
	struct report_row row;

	if (revised_id != NULL)
		CHECK_INT(report_revise(revised_store, own, revised_id, &cause, &row), OK);
	revised_id = NULL;
	script_ask(context, own, ask, ret_result);
}

static void texts_of_old_numbers_are_dropped(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct agent_desk desk = script_desk(&script);
	struct report_row row;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	revised_store = open_store(folder);
	run_interview(revised_store, "completed", &id);
	write_script();
	CHECK_INT(report_ensure(revised_store, arena, id, some_model(), &row), OK);
	revised_id = id;
	desk.ask = revise_meanwhile;
	CHECK_INT(finish_report(revised_store, arena, id, &desk, &row), ERR_CONFLICT);
	CHECK_INT(report_of_interview(revised_store, arena, id, &row), OK);
	CHECK_INT(row.revision, 2);
	CHECK_STR(row.cause, "override");
	CHECK(row.texts_due);
	write_script();
	CHECK_INT(finish_report(revised_store, arena, id, &desk, &row), OK);
	CHECK_INT(row.revision, 3);
	CHECK(!row.texts_due);
	remove_files(folder);
}

static void one_writes_at_a_time(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	const struct agent_desk desk = script_desk(&script);
	struct report_row row;
	struct lock *lock = NULL;
	struct store *store;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	write_script();
	CHECK_INT(report_ensure(store, arena, id, some_model(), &row), OK);
	CHECK_INT(lock_take(arena, config_var_path("locks"), arena_printf(arena, "texts:%s", id), 0,
	                    &lock),
	          OK);
	CHECK_INT(finish_report(store, arena, id, &desk, &row), ERR_BUSY);
	CHECK_INT(asked_in_all(), 0);
	lock_release(lock);
	CHECK_INT(finish_report(store, arena, id, &desk, &row), OK);
	CHECK_INT(asked_in_all(), 4);
	remove_files(folder);
}

/* What was built, without what the storing added. */
static const char *built(const struct report_row *row)
{
	cJSON *document = body_of(row);

	cJSON_DeleteItemFromObjectCaseSensitive(document, "revision");
	cJSON_DeleteItemFromObjectCaseSensitive(document, "records");
	cJSON_DeleteItemFromObjectCaseSensitive(document, "signature");
	return json_text(document);
}

/* By value: the stored form has another order of members. */
static bool is_equal(const cJSON *document, const char *text)
{
	cJSON *other, *own;
	const char *printed = json_text(document);

	return json_parse(text, strlen(text), &other) == OK &&
	       json_parse(printed, strlen(printed), &own) == OK && cJSON_Compare(own, other, true);
}

static void a_rebuilt_report_is_the_same(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	const struct agent_desk desk = script_desk(&script);
	struct report_row row;
	struct store *store;
	cJSON *document;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	write_script();
	CHECK_INT(report_rebuild(store, arena, id, &desk, &document), OK);
	CHECK_INT(report_of_interview(store, arena, id, &row), ERR_NOT_FOUND);
	write_script();
	CHECK_INT(report_ensure(store, arena, id, some_model(), &row), OK);
	CHECK_INT(finish_report(store, arena, id, &desk, &row), OK);
	CHECK(is_equal(document, built(&row)));
	write_script();
	CHECK_INT(report_rebuild(store, arena, id, &desk, &document), OK);
	CHECK(is_equal(document, built(&row)));
	CHECK_INT(report_rebuild(store, arena, "none", &desk, &document), ERR_NOT_FOUND);
	remove_files(folder);
}

static void the_list_of_reports_to_write(void)
{
	char folder[] = "/tmp/viva-report-XXXXXX";
	struct writing *writing = writing_create(arena, NULL);
	struct report_row row;
	struct store *store;
	const char *id;

	CHECK(mkdtemp(folder) != NULL);
	store = open_store(folder);
	run_interview(store, "completed", &id);
	CHECK_INT(report_ensure(store, arena, id, some_model(), &row), OK);
	CHECK(!writing_step(store, arena, writing));
	CHECK_INT(writing_ask(writing, id), ERR_BUSY);
	CHECK_INT(writing_ask(writing, id), ERR_BUSY);
	CHECK(writing_step(store, arena, writing));
	CHECK_INT(report_of_interview(store, arena, id, &row), OK);
	CHECK_INT(row.revision, 2);
	CHECK(!writing_step(store, arena, writing));

	/* A failure is told once, then it is tried again. */
	CHECK_INT(writing_ask(writing, "none"), ERR_BUSY);
	CHECK(writing_step(store, arena, writing));
	CHECK_INT(writing_ask(writing, "none"), ERR_NOT_FOUND);
	CHECK_INT(writing_ask(writing, "none"), ERR_BUSY);
	CHECK(writing_step(store, arena, writing));

	/* More than it holds: the rest has to come again. */
	for (int i = 0; i < 100; i++)
		CHECK_INT(writing_ask(writing, arena_printf(arena, "interview-%d", i)), ERR_BUSY);
	for (int i = 0; i < 64; i++)
		CHECK(writing_step(store, arena, writing));
	CHECK(!writing_step(store, arena, writing));
	CHECK_INT(writing_ask(writing, "interview-99"), ERR_BUSY);
	CHECK(writing_step(store, arena, writing));
	CHECK_INT(writing_ask(writing, "interview-99"), ERR_NOT_FOUND);
	remove_files(folder);
}

int main(void)
{
	char var[] = "/tmp/viva-report-var-XXXXXX";

	if (!fixture_set_var(var))
		return 1;
	RUN(facts_come_first_and_texts_follow);
	RUN(a_model_that_fails_ends_the_waiting);
	RUN(texts_of_old_numbers_are_dropped);
	RUN(one_writes_at_a_time);
	RUN(a_rebuilt_report_is_the_same);
	RUN(the_list_of_reports_to_write);
	fixture_remove_var(var);
	return check_done();
}
