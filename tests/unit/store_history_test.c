#include "store_fixture.h"

#include "store/history.h"

static struct store *store;
static struct user ann;

static void open_store(void)
{
	store = fixture_store();
	fixture_role(store);
	ann = fixture_user(store, "ann", "");
}

static struct history_query any(void)
{
	return (struct history_query){ .owner_id = ann.id,
		                       .titles = LANG_RU,
		                       .role_id = "",
		                       .type = "",
		                       .level = "",
		                       .status = "",
		                       .language = "",
		                       .page = 1,
		                       .page_size = 20 };
}

static struct history_list found(const struct history_query *query)
{
	struct history_list list = { 0 };

	CHECK_INT(history_find(store, arena, query, &list), OK);
	return list;
}

/* An interview that was started then; with a score above 0 it is finished and has a report. */
static struct interview started(const char *nonce, int64_t at, double score)
{
	struct interview interview = fixture_interview(store, ann.id, nonce);

	CHECK_INT(fixture_sql(database, arena_printf(arena,
	                                             "UPDATE interviews SET created_at = %lld"
	                                             " WHERE id = '%s'",
	                                             (long long)at, interview.id)),
	          SQLITE_OK);
	if (score > 0) {
		struct report_row report = { .interview_id = interview.id,
			                     .version = "builtin-1",
			                     .body = "{}",
			                     .total_score = score,
			                     .max_score = 100 };

		interview.status = "completed";
		interview.finished_at = at + 100;
		CHECK_INT(interview_save(store, &interview), OK);
		CHECK_INT(report_add(store, arena, &report), OK);
	}
	return interview;
}

static void check_order(enum history_sort sort, const struct interview *const *expected,
                        size_t count)
{
	struct history_query query = any();
	struct history_list list;

	query.sort = sort;
	list = found(&query);
	CHECK_INT((long long)list.count, (long long)count);
	for (size_t i = 0; i < count && i < list.count; i++)
		CHECK_STR(list.items[i].interview_id, expected[i]->id);
}

static void rows_say_what_the_panel_shows(void)
{
	struct history_query query;
	struct history_list list;
	struct interview one, two;
	struct question question;

	open_store();
	one = started("1", 1, 42.5);
	two = started("2", 2, 0);
	question = fixture_question(store, two.id, 1);
	question.state = "answered";
	CHECK_INT(question_save(store, &question), OK);
	fixture_question(store, two.id, 2);
	query = any();
	list = found(&query);
	CHECK_INT(list.total, 2);
	CHECK_STR(list.items[0].interview_id, two.id);
	CHECK(!list.items[0].has_report && list.items[0].finished_at == 0);
	CHECK(list.items[0].answered == 1 && list.items[0].question_count == 10);
	CHECK_STR(list.items[1].interview_id, one.id);
	CHECK_STR(list.items[1].role_title, "Бэкенд");
	CHECK(list.items[1].has_report && list.items[1].finished_at == 101);
	CHECK_NEAR(list.items[1].total_score, 42.5, 0);
	CHECK_STR(list.items[1].repeats, "");
	CHECK(list.items[1].parent_id == NULL && !list.items[1].is_outdated);
	fixture_remove();
}

static void rows_name_what_they_repeat(void)
{
	struct interview parent, child;
	struct history_query query;
	struct history_list list;

	open_store();
	parent = started("parent", 7, 50);
	child = parent;
	child.status = "in_progress";
	child.finished_at = 0;
	child.parent_id = parent.id;
	child.repeats = "mistakes";
	child.start_nonce = "child";
	CHECK_INT(interview_add(store, arena, &child), OK);
	query = any();
	list = found(&query);
	CHECK_STR(list.items[0].repeats, "mistakes");
	CHECK_STR(list.items[0].parent_id, parent.id);
	CHECK_INT(list.items[0].parent_at, 7);
	CHECK_INT(history_delete(store, ann.id, parent.id), OK);
	list = found(&query);
	CHECK_INT((long long)list.count, 1);
	CHECK(list.items[0].parent_id == NULL && list.items[0].parent_at == 0);
	CHECK_STR(list.items[0].repeats, "mistakes");
	fixture_remove();
}

static void the_order_is_by_date_or_by_score(void)
{
	struct interview low, running, high;

	open_store();
	low = started("low", 1, 10);
	running = started("running", 2, 0);
	high = started("high", 3, 90);
	check_order(HISTORY_NEWEST, (const struct interview *[]){ &high, &running, &low }, 3);
	check_order(HISTORY_OLDEST, (const struct interview *[]){ &low, &running, &high }, 3);
	check_order(HISTORY_BEST, (const struct interview *[]){ &high, &low, &running }, 3);
	check_order(HISTORY_WORST, (const struct interview *[]){ &low, &high, &running }, 3);
	fixture_remove();
}

static void filters_narrow_the_list(void)
{
	struct history_query query;

	open_store();
	started("1", 10, 50);
	started("2", 20, 0);
	fixture_interview(store, fixture_user(store, "bob", "").id, "bobs");
	query = any();
	CHECK_INT(found(&query).total, 2);
	query.status = "completed";
	CHECK_INT(found(&query).total, 1);
	query.level = "senior";
	CHECK_INT(found(&query).total, 0);
	query = any();
	query.since = 20;
	CHECK_INT(found(&query).total, 1);
	query.language = "en";
	CHECK_INT(found(&query).total, 0);
	query = any();
	query.role_id = "backend";
	query.type = "technical";
	CHECK_INT(found(&query).total, 2);
	query.role_id = "' OR 1=1 --";
	CHECK_INT(found(&query).total, 0);
	fixture_remove();
}

static void pages_hold_every_row_once(void)
{
	struct history_query query;
	struct history_list list;

	open_store();
	for (int i = 0; i < 7; i++)
		started(arena_printf(arena, "n%d", i), 5, 0); /* all at the same moment */
	query = any();
	query.page_size = 3;
	for (query.page = 1; query.page <= 3; query.page++) {
		list = found(&query);
		CHECK_INT(list.total, 7);
		CHECK_INT((long long)list.count, query.page < 3 ? 3 : 1);
		for (size_t i = 0; i < list.count; i++)
			CHECK_INT(history_delete(store, "nobody", list.items[i].interview_id),
			          ERR_NOT_FOUND);
	}
	query.page = 0;
	CHECK_INT(history_find(store, arena, &query, &list), ERR_INVALID);
	query = any();
	query.page_size = 1001;
	CHECK_INT(history_find(store, arena, &query, &list), ERR_INVALID);
	fixture_remove();
}

/* Every table that has anything of interviews, so that a new one cannot be forgotten. */
static const char *rows_left(void)
{
	return fixture_ask(database, "SELECT (SELECT count(*) FROM interviews) || ' '"
	                             " || (SELECT count(*) FROM questions) || ' '"
	                             " || (SELECT count(*) FROM turns) || ' '"
	                             " || (SELECT count(*) FROM drafts) || ' '"
	                             " || (SELECT count(*) FROM evaluations) || ' '"
	                             " || (SELECT count(*) FROM marks) || ' '"
	                             " || (SELECT count(*) FROM evidence) || ' '"
	                             " || (SELECT count(*) FROM reports) || ' '"
	                             " || (SELECT count(*) FROM submissions) || ' '"
	                             " || (SELECT count(*) FROM hints) || ' '"
	                             " || (SELECT count(*) FROM webhook_deliveries)");
}

static void fill(const struct interview *interview)
{
	struct question question = fixture_question(store, interview->id, 1);
	struct span span = { 0, 3 };
	struct mark mark = { "kp", "Point.", "covered", 1, NULL, NULL, &span, 1, "rule point" };
	struct turn turn = { .author = "candidate", .kind = "answer", .body = "yes", .nonce = "n" };
	struct evaluation evaluation = { .question_id = question.id,
		                         .engine = "builtin",
		                         .version = "v",
		                         .score = 5,
		                         .max_score = 10,
		                         .verdict = "partial",
		                         .feedback_short = "",
		                         .feedback_detailed = "",
		                         .next_difficulty = "same",
		                         .marks = &mark,
		                         .mark_count = 1 };

	turn.question_id = question.id;
	question.answer = "yes";
	CHECK_INT(question_save(store, &question), OK);
	CHECK_INT(turn_add(store, interview->id, &turn), OK);
	CHECK_INT(draft_save(store, interview->id, "draft"), OK);
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(store_commit(store), OK);
	CHECK_INT(
	        fixture_sql(database,
	                    arena_printf(arena,
	                                 "INSERT INTO webhook_deliveries (id, interview_id, event,"
	                                 " body, state, next_at, created_at) VALUES ('w', '%s',"
	                                 " 'interview.completed', '{}', 'waiting', 0, 0)",
	                                 interview->id)),
	        SQLITE_OK);
}

static void nothing_of_a_deleted_interview_is_left(void)
{
	struct interview interview;

	open_store();
	interview = started("1", 1, 50);
	fill(&interview);
	CHECK_STR(rows_left(), "1 1 1 1 1 1 1 1 0 0 1");
	CHECK_INT(history_delete(store, fixture_user(store, "bob", "").id, interview.id),
	          ERR_NOT_FOUND);
	CHECK_INT(history_delete(store, ann.id, interview.id), OK);
	CHECK_STR(rows_left(), "0 0 0 0 0 0 0 0 0 0 0");
	CHECK_INT(history_delete(store, ann.id, interview.id), ERR_NOT_FOUND);
	fixture_remove();
}

static void a_deleted_interview_still_counts_for_its_day(void)
{
	struct interview interview;
	int64_t first_at;
	int count = 0;

	open_store();
	interview = fixture_interview(store, ann.id, "1");
	CHECK_INT(history_delete(store, ann.id, interview.id), OK);
	CHECK_INT(interview_count_since(store, ann.id, interview.created_at, &count, &first_at),
	          OK);
	CHECK_INT(count, 1);
	fixture_remove();
}

static void clearing_takes_what_was_there_and_no_more(void)
{
	int deleted = 0;

	open_store();
	for (int i = 0; i < 5; i++)
		started(arena_printf(arena, "n%d", i), 10 + i, i % 2 ? 50 : 0);
	fixture_interview(store, fixture_user(store, "bob", "").id, "bobs");
	CHECK_INT(history_delete_some(store, ann.id, 14, 3, &deleted), OK);
	CHECK_INT(deleted, 3);
	CHECK_INT(history_delete_some(store, ann.id, 14, 3, &deleted), OK);
	CHECK_INT(deleted, 1);
	CHECK_INT(history_delete_some(store, ann.id, 14, 3, &deleted), OK);
	CHECK_INT(deleted, 0);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM interviews"), "2");
	fixture_remove();
}

/* What another tab or a thread still writes about it finds nothing, and nothing comes back. */
static void what_is_written_to_a_deleted_interview_is_refused(void)
{
	struct turn turn = { .author = "candidate", .kind = "answer", .body = "yes", .nonce = "n" };
	struct report_row report = { .version = "v", .body = "{}", .max_score = 1 };
	struct interview interview;

	open_store();
	interview = started("1", 1, 0);
	report.interview_id = interview.id;
	CHECK_INT(history_delete(store, ann.id, interview.id), OK);
	CHECK_INT(turn_add(store, interview.id, &turn), ERR_INTERNAL);
	CHECK_INT(draft_save(store, interview.id, "text"), ERR_NOT_FOUND);
	CHECK_INT(interview_save(store, &interview), ERR_NOT_FOUND);
	CHECK_INT(report_add(store, arena, &report), ERR_NOT_FOUND);
	CHECK_STR(rows_left(), "0 0 0 0 0 0 0 0 0 0 0");
	fixture_remove();
}

static void the_latest_finished_is_by_its_end(void)
{
	const char *latest = "";
	struct interview one;

	open_store();
	CHECK_INT(interview_latest_finished(store, arena, ann.id, &latest), ERR_NOT_FOUND);
	one = started("1", 500, 42.5);
	started("2", 400, 10);
	CHECK_INT(interview_latest_finished(store, arena, ann.id, &latest), OK);
	CHECK_STR(latest, one.id);
	fixture_remove();
}

int main(void)
{
	RUN(rows_say_what_the_panel_shows);
	RUN(rows_name_what_they_repeat);
	RUN(the_order_is_by_date_or_by_score);
	RUN(filters_narrow_the_list);
	RUN(pages_hold_every_row_once);
	RUN(nothing_of_a_deleted_interview_is_left);
	RUN(a_deleted_interview_still_counts_for_its_day);
	RUN(clearing_takes_what_was_there_and_no_more);
	RUN(what_is_written_to_a_deleted_interview_is_refused);
	RUN(the_latest_finished_is_by_its_end);
	return check_done();
}
