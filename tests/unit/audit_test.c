/* The audit log: a chain that tells where it was touched, and no name of who is gone. */
#include "store_fixture.h"

#include <sys/wait.h>

#include "store/audit.h"

static enum err add(struct store *store, const struct user *actor, const char *action,
                    struct audit_subject subject)
{
	const struct audit_entry entry = { .actor_id = actor != NULL ? actor->id : NULL,
		                           .action = action,
		                           .subject = subject,
		                           .details = "{\"count\":1}" };

	return audit_add(store, &entry);
}

static struct audit_subject person(const struct user *user)
{
	return (struct audit_subject){ AUDIT_USER, user->id };
}

/* A log of five rows by one admin about one candidate. */
struct story {
	struct store *store;
	struct user admin, candidate;
};

static struct story five_rows(void)
{
	static const char *const actions[] = { "user.disable", "user.enable", "report.read",
		                               "decision.save", "note.add" };
	struct story story = { .store = fixture_store() };

	story.admin = fixture_user(story.store, "boss", "The Boss");
	story.candidate = fixture_user(story.store, "olena", "Олена Коваль");
	for (size_t i = 0; i < 5; i++)
		CHECK_INT(add(story.store, &story.admin, actions[i], person(&story.candidate)), OK);
	return story;
}

static struct audit_check verify(struct store *store)
{
	struct audit_check check = { 0 };

	CHECK_INT(audit_verify(store, arena, NULL, &check), OK);
	return check;
}

static void a_log_that_nobody_touched_is_whole(void)
{
	struct story story = five_rows();
	struct audit_check check = verify(story.store), end;

	CHECK_INT(check.rows, 5);
	CHECK_INT(check.bad_number, 0);
	CHECK_INT((int)strlen(check.head), 64);
	CHECK_INT(audit_end(story.store, arena, &end), OK);
	CHECK_STR(end.head, check.head);
	CHECK_INT(end.rows, 5);
	fixture_remove();
}

static void an_empty_log_is_whole(void)
{
	struct audit_check check = verify(fixture_store());

	CHECK_INT(check.rows, 0);
	CHECK_INT(check.bad_number, 0);
	CHECK_STR(check.head, "");
	fixture_remove();
}

static void plain_sql_changes_and_removes_no_row(void)
{
	struct story story = five_rows();

	CHECK(fixture_sql(database, "UPDATE audit SET details = '{}' WHERE number = 3") != 0);
	CHECK(fixture_sql(database, "DELETE FROM audit WHERE number = 5") != 0);
	CHECK(fixture_sql(database, "UPDATE audit_names SET user_id = NULL, other_id = 'x'") != 0);
	CHECK_INT(verify(story.store).bad_number, 0);
	fixture_remove();
}

/* Each starts from five good rows, by somebody who may do anything to the file. */
static void the_first_row_that_was_touched_is_named(void)
{
	static const struct {
		const char *sql;
		int64_t bad;
		const char *reason;
	} cases[] = {
		{ "UPDATE audit SET at = at + 1 WHERE number = 3", 3, "not as it was written" },
		{ "UPDATE audit SET actor = 0 WHERE number = 3", 3, "not as it was written" },
		{ "UPDATE audit SET action = 'report.load' WHERE number = 3", 3,
		  "not as it was written" },
		{ "UPDATE audit SET subject = 1 WHERE number = 3", 3, "not as it was written" },
		{ "UPDATE audit SET details = '{\"count\":2}' WHERE number = 1", 1,
		  "not as it was written" },
		{ "UPDATE audit SET hash = 'f' || substr(hash, 2) WHERE number = 5"
		  " AND substr(hash, 1, 1) <> 'f'; UPDATE audit SET hash = 'e' || substr(hash, 2)"
		  " WHERE number = 5",
		  5, "not as it was written" },
		{ "UPDATE audit SET hash = '' WHERE number = 2", 2, "not as it was written" },
		{ "UPDATE audit SET hash = hash || hash WHERE number = 2", 2,
		  "not as it was written" },
		{ "UPDATE audit SET number = 9 WHERE number = 5", 5, "missing" },
		{ "UPDATE audit SET number = 0 WHERE number = 1", 1, "missing" },
		{ "DELETE FROM audit WHERE number = 1", 1, "missing" },
		{ "DELETE FROM audit WHERE number = 3", 3, "missing" },
		{ "DELETE FROM audit WHERE number = 5", 5, "cut off" },
		{ "DELETE FROM audit WHERE number > 2", 3, "cut off" },
		{ "DELETE FROM audit", 1, "cut off" },
		{ "UPDATE audit SET number = 99 WHERE number = 2; UPDATE audit SET number = 2"
		  " WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 99",
		  2, "not as it was written" },
		{ "DELETE FROM settings WHERE name = 'audit_head'", 6, "note" },
		{ "UPDATE settings SET value = '5 x' WHERE name = 'audit_head'", 5, "another row" },
		{ "UPDATE settings SET value = '' WHERE name = 'audit_head'", 6, "note" },
		{ "INSERT INTO audit VALUES (6, 1, 0, '', 'x', 0, '', '{}', 'h')", 6,
		  "not as it was written" },
		{ "UPDATE audit SET actor_mark = subject_mark WHERE number = 3", 3,
		  "not as it was written" },
		{ "UPDATE audit SET details = details || char(0) || 'x' WHERE number = 4", 4,
		  "not as it was written" },
		{ "UPDATE audit SET action = action || char(0) WHERE number = 4", 4,
		  "not as it was written" },
		{ "UPDATE audit SET hash = hash || char(0) WHERE number = 4", 4,
		  "not as it was written" },
		{ "UPDATE audit_names SET user_id = NULL, other_id = user_id", 1, "another name" },
		{ "UPDATE audit_names SET salt = 'x' WHERE number = 2", 1, "another name" },
		{ "UPDATE audit_names SET number = 3 - number + 9; UPDATE audit_names"
		  " SET number = number - 9",
		  1, "another name" },
		{ "DELETE FROM audit; DELETE FROM audit_names; DELETE FROM settings", 1,
		  "cut off" },
		{ "DELETE FROM audit WHERE number = 5; UPDATE settings SET value = (SELECT number"
		  " || ' ' || hash FROM audit WHERE number = 4) WHERE name = 'audit_head'",
		  5, "cut off" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct story story = five_rows();
		struct audit_check check;

		CHECK_INT(fixture_sql(database, "DROP TRIGGER audit_is_never_changed;"
		                                "DROP TRIGGER audit_names_never_change;"
		                                "DROP TRIGGER audit_is_never_cut"),
		          0);
		CHECK_INT(fixture_sql(database, cases[i].sql), 0);
		check = verify(story.store);
		CHECK_INT(check.bad_number, cases[i].bad);
		CHECK(check.reason != NULL && strstr(check.reason, cases[i].reason) != NULL);
		fixture_remove();
	}
}

static void a_whole_new_chain_lacks_the_head_that_was_noted(void)
{
	struct story story = five_rows();
	const char *noted = verify(story.store).head;
	struct audit_check check;

	CHECK_INT(add(story.store, NULL, "keys.rotate", (struct audit_subject){ 0 }), OK);
	CHECK_INT(audit_verify(story.store, arena, noted, &check), OK);
	CHECK_INT(check.bad_number, 0);
	CHECK_INT(fixture_sql(database, "DROP TRIGGER audit_is_never_cut; DELETE FROM audit;"
	                                "DELETE FROM sqlite_sequence WHERE name = 'audit';"
	                                "DELETE FROM settings WHERE name = 'audit_head'"),
	          0);
	CHECK_INT(add(story.store, &story.admin, "note.add", person(&story.candidate)), OK);
	CHECK_INT(verify(story.store).bad_number, 0);
	CHECK_INT(audit_verify(story.store, arena, noted, &check), OK);
	CHECK_INT(check.bad_number, 2);
	CHECK(strstr(check.reason, "written anew") != NULL);
	fixture_remove();
}

static void who_is_gone_leaves_numbers_only(void)
{
	struct story story = five_rows();
	const char *salt = fixture_ask(database, "SELECT salt FROM audit_names WHERE number = 2");
	const struct audit_query all = { .most = 10 };
	struct audit_list list;

	CHECK_INT(user_delete(story.store, arena, story.candidate.id), OK);
	CHECK_INT(verify(story.store).bad_number, 0);
	CHECK_INT(audit_list(story.store, arena, &all, &list), OK);
	CHECK_INT((int)list.count, 6);
	CHECK_STR(list.items[0].action, "account.delete");
	CHECK_STR(list.items[0].details, "{\"interviews\":0}");
	CHECK(list.items[0].subject == 0 && list.items[0].actor == 0);
	CHECK_STR(list.items[1].actor_name, "boss");
	CHECK(list.items[1].subject != 0 && list.items[1].kind == AUDIT_NOTHING);
	CHECK(list.items[1].subject_name == NULL && list.items[1].subject_id == NULL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM audit_names WHERE user_id IS NOT"
	                                " NULL"),
	          "1");
	CHECK_INT((int)strlen(salt), 36);
	CHECK(strcmp(fixture_ask(database, "SELECT salt FROM audit_names"), salt) != 0);
	fixture_remove();
}

static void a_number_is_never_given_twice(void)
{
	struct story story = five_rows();
	struct user other;
	const char *before = fixture_ask(database, "SELECT max(subject) FROM audit");

	CHECK_INT(user_delete(story.store, arena, story.candidate.id), OK);
	other = fixture_user(story.store, "taras", "");
	CHECK_INT(add(story.store, &story.admin, "user.disable", person(&other)), OK);
	CHECK(strcmp(fixture_ask(database, "SELECT subject FROM audit WHERE number = 7"), before) !=
	      0);
	fixture_remove();
}

static void the_list_is_filtered_and_paged(void)
{
	struct story story = five_rows();
	struct audit_query query = { .most = 2 };
	struct interview interview;
	struct audit_list list;

	fixture_role(story.store);
	interview = fixture_interview(story.store, story.candidate.id, "one");
	CHECK_INT(add(story.store, NULL, "report.rescore",
	              (struct audit_subject){ AUDIT_INTERVIEW, interview.id }),
	          OK);
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT((int)list.count, 2);
	CHECK_INT(list.items[0].number, 6);
	CHECK_STR(list.items[0].subject_id, interview.id);
	CHECK_STR(list.items[0].subject_name, "olena");
	CHECK(list.items[0].actor == 0);
	query.before = list.items[1].number;
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT(list.items[0].number, 4);
	query = (struct audit_query){ .action = "report", .most = 10 };
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT((int)list.count, 2);
	query.action = "report.read";
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT((int)list.count, 1);
	query.action = "repor";
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT((int)list.count, 0);
	query = (struct audit_query){ .user_id = story.candidate.id, .most = 10 };
	CHECK_INT(audit_list(story.store, arena, &query, &list), OK);
	CHECK_INT((int)list.count, 6);
	fixture_remove();
}

static void reading_twice_a_day_is_one_row(void)
{
	struct story story = five_rows();
	const struct audit_entry read = { .actor_id = story.admin.id,
		                          .action = "participant.read",
		                          .subject = person(&story.candidate) };

	CHECK_INT(audit_add_daily(story.store, &read), OK);
	CHECK_INT(audit_add_daily(story.store, &read), OK);
	CHECK_INT(verify(story.store).rows, 6);
	CHECK_INT(fixture_sql(database, "DROP TRIGGER audit_is_never_changed;"
	                                "UPDATE audit SET at = at - 86400000 WHERE number = 6"),
	          0);
	CHECK_INT(audit_add_daily(story.store, &read), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM audit"), "7");
	fixture_remove();
}

static void what_is_undone_leaves_no_entry(void)
{
	struct story story = five_rows();

	CHECK_INT(store_begin(story.store), OK);
	CHECK_INT(add(story.store, &story.admin, "user.disable", person(&story.candidate)), OK);
	store_rollback(story.store);
	CHECK_INT(verify(story.store).rows, 5);
	CHECK_INT(verify(story.store).bad_number, 0);
	fixture_remove();
}

/* Programs are processes of their own: each adds with a connection of its own. */
static void processes_add_beside_one_another(void)
{
	enum { PROCESSES = 4, ROWS = 25 };
	struct story story = five_rows();
	struct audit_check check;

	for (int i = 0; i < PROCESSES; i++) {
		if (fork() == 0) {
			struct store *store;
			bool ok = store_open(database, &store) == OK;

			for (int row = 0; ok && row < ROWS; row++)
				ok = add(store, &story.admin, "note.add",
				         person(&story.candidate)) == OK;
			_exit(ok ? 0 : 1);
		}
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = 1;

		wait(&status);
		CHECK_INT(status, 0);
	}
	check = verify(story.store);
	CHECK_INT(check.bad_number, 0);
	CHECK_INT(check.rows, 5 + PROCESSES * ROWS);
	fixture_remove();
}

int main(void)
{
	RUN(a_log_that_nobody_touched_is_whole);
	RUN(an_empty_log_is_whole);
	RUN(plain_sql_changes_and_removes_no_row);
	RUN(the_first_row_that_was_touched_is_named);
	RUN(a_whole_new_chain_lacks_the_head_that_was_noted);
	RUN(who_is_gone_leaves_numbers_only);
	RUN(a_number_is_never_given_twice);
	RUN(the_list_is_filtered_and_paged);
	RUN(reading_twice_a_day_is_one_row);
	RUN(what_is_undone_leaves_no_entry);
	RUN(processes_add_beside_one_another);
	return check_done();
}
