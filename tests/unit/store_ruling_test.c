#include "store_fixture.h"

#include "store/ruling.h"

static struct store *store;
static struct user candidate, admin;
static struct interview interview;
static struct question question;

static void open_store(void)
{
	store = fixture_store();
	fixture_role(store);
	candidate = fixture_user(store, "ann", "Анна");
	admin = fixture_user(store, "boss", "");
	interview = fixture_interview(store, candidate.id, "n");
	question = fixture_question(store, interview.id, 1);
}

static struct override override(double score, const char *reason)
{
	struct override row = {
		.question_id = question.id, .score = score, .reason = reason, .author_id = admin.id
	};

	CHECK_INT(override_add(store, &row), OK);
	CHECK(row.id > 0 && row.created_at > 0);
	return row;
}

static struct appeal appeal(const char *point)
{
	struct appeal row = { .question_id = question.id,
		              .key_point_id = point,
		              .span_start = 3,
		              .span_end = 9,
		              .comment = "Сказано",
		              .status_before = "missing" };

	CHECK_INT(appeal_add(store, arena, &row), OK);
	CHECK_STR(row.state, "waiting");
	return row;
}

static void nothing_decided_is_no_ruling(void)
{
	struct ruling ruling = { .appeal_count = 7 };

	open_store();
	CHECK_INT(ruling_of(store, arena, question.id, &ruling), OK);
	CHECK(ruling.override == NULL && ruling.appeals == NULL && ruling.appeal_count == 0);
	CHECK_INT(ruling_of(store, arena, "nothing", &ruling), OK);
	fixture_remove();
}

static void the_newest_override_counts_and_all_are_kept(void)
{
	struct override_list list;
	struct ruling ruling;

	open_store();
	override(7, "Said it in other words");
	override(8.5, "And gave the reason");
	CHECK_INT(ruling_of(store, arena, question.id, &ruling), OK);
	CHECK_NEAR(ruling.override->score, 8.5, 0);
	CHECK_STR(ruling.override->author_name, "boss");
	CHECK_STR(ruling.override->author_id, admin.id);
	CHECK_INT(override_withdraw(store, question.id), OK);
	CHECK_INT(ruling_of(store, arena, question.id, &ruling), OK);
	CHECK(ruling.override == NULL);
	CHECK_INT(override_withdraw(store, question.id), ERR_NOT_FOUND);
	CHECK_INT(override_list(store, arena, question.id, &list), OK);
	CHECK_INT((int)list.count, 2);
	CHECK_STR(list.items[0].reason, "Said it in other words");
	CHECK(list.items[0].withdrawn_at > 0 && list.items[1].withdrawn_at > 0);
	fixture_remove();
}

static void rulings_need_their_question(void)
{
	struct override lost = { .question_id = "none", .reason = "x" };
	struct appeal stray = { .question_id = "none",
		                .key_point_id = "a",
		                .span_end = 1,
		                .comment = "",
		                .status_before = "missing" };

	open_store();
	lost.author_id = admin.id;
	CHECK_INT(override_add(store, &lost), ERR_NOT_FOUND);
	CHECK_INT(appeal_add(store, arena, &stray), ERR_NOT_FOUND);
	CHECK_INT(appeal_by_id(store, arena, "none", &stray), ERR_NOT_FOUND);
	fixture_remove();
}

static void a_point_is_appealed_against_once(void)
{
	struct appeal first, again, got;
	int waiting;

	open_store();
	first = appeal("a");
	again = first;
	CHECK_INT(appeal_add(store, arena, &again), ERR_CONFLICT);
	appeal("b");
	CHECK_INT(appeal_by_id(store, arena, first.id, &got), OK);
	CHECK_STR(got.comment, "Сказано");
	CHECK(got.span_start == 3 && got.span_end == 9 && got.decided_at == 0);
	CHECK(got.decided_by == NULL && got.decided_by_name == NULL);
	CHECK_INT(appeal_waiting(store, candidate.id, &waiting), OK);
	CHECK_INT(waiting, 2);
	CHECK_INT(appeal_waiting(store, admin.id, &waiting), OK);
	CHECK_INT(waiting, 0);
	fixture_remove();
}

static void an_appeal_is_decided_once(void)
{
	struct appeal accepted, declined;
	struct appeal_list all;
	struct ruling ruling;

	open_store();
	accepted = appeal("a");
	declined = appeal("b");
	appeal("c");
	accepted.granted = "partial";
	accepted.reply = "";
	accepted.decided_by = admin.id;
	CHECK_INT(appeal_decide(store, &accepted), OK);
	accepted.granted = "covered";
	CHECK_INT(appeal_decide(store, &accepted), ERR_CONFLICT);
	declined.granted = "";
	declined.reply = "That is another thing";
	declined.decided_by = admin.id;
	CHECK_INT(appeal_decide(store, &declined), OK);
	CHECK_INT(ruling_of(store, arena, question.id, &ruling), OK);
	CHECK_INT((int)ruling.appeal_count, 2);
	CHECK_STR(ruling.appeals[0].granted, "partial");
	CHECK_STR(ruling.appeals[0].state, "accepted");
	CHECK_STR(ruling.appeals[1].state, "declined");
	CHECK_STR(ruling.appeals[1].reply, "That is another thing");
	CHECK_STR(ruling.appeals[1].decided_by_name, "boss");
	CHECK_INT(appeal_list(store, arena, interview.id, &all), OK);
	CHECK_INT((int)all.count, 3);
	fixture_remove();
}

static void a_ruling_outlives_who_made_it(void)
{
	struct ruling ruling;

	open_store();
	override(7, "Said it");
	CHECK_INT(fixture_sql(database, "DELETE FROM users WHERE username = 'boss'"), SQLITE_OK);
	CHECK_INT(ruling_of(store, arena, question.id, &ruling), OK);
	CHECK_NEAR(ruling.override->score, 7, 0);
	CHECK(ruling.override->author_id == NULL && ruling.override->author_name == NULL);
	fixture_remove();
}

int main(void)
{
	RUN(nothing_decided_is_no_ruling);
	RUN(the_newest_override_counts_and_all_are_kept);
	RUN(rulings_need_their_question);
	RUN(a_point_is_appealed_against_once);
	RUN(an_appeal_is_decided_once);
	RUN(a_ruling_outlives_who_made_it);
	return check_done();
}
