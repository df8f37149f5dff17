/* Who goes takes everything along: rows, the name in other people's rows, the log file's bytes. */
#include "store_fixture.h"

#include "store/llm_call.h"
#include "store/submission.h"

static const char *count_of(const char *table)
{
	return fixture_ask(database, arena_printf(arena, "SELECT count(*) FROM %s", table));
}

/* An interview with a question, and code for it. */
static struct submission sent_code(struct store *store, const char *owner_id, const char *nonce)
{
	const struct interview interview = fixture_interview(store, owner_id, nonce);
	const struct question question = fixture_question(store, interview.id, 1);
	struct submission submission = { .question_id = question.id,
		                         .owner_id = owner_id,
		                         .kind = "submit",
		                         .code_language = "python",
		                         .code = "print('MARKER')",
		                         .custom_input = "",
		                         .state = "not_judged",
		                         .nonce = nonce };

	CHECK_INT(submission_add(store, arena, &submission), OK);
	CHECK_INT(submission_set_hash(store, submission.id, "python-1"), OK);
	return submission;
}

static void all_rows_of_the_user_go_and_a_count_stays(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "ann", "Ann"),
	                  bob = fixture_user(store, "bob", "Bob");
	struct llm_call call = { .agent = "profile_extractor",
		                 .model = "m",
		                 .prompt_hash = "h",
		                 .prompt = "[]",
		                 .parameters = "{}",
		                 .outcome = "ok",
		                 .user_id = ann.id };

	fixture_role(store);
	sent_code(store, ann.id, "one");
	sent_code(store, bob.id, "two");
	CHECK_INT(session_add(store, "hash", ann.id, "", INT64_MAX), OK);
	CHECK_INT(llm_call_add(store, &call), OK);
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	CHECK_STR(count_of("users"), "1");
	CHECK_STR(count_of("interviews"), "1");
	CHECK_STR(count_of("submissions"), "1");
	CHECK_STR(count_of("web_sessions"), "0");
	CHECK_STR(count_of("llm_calls"), "0");
	CHECK_INT(user_delete(store, arena, ann.id), ERR_NOT_FOUND);
	CHECK_INT(user_delete(store, arena, bob.id), OK);
	CHECK_STR(
	        fixture_ask(database, "SELECT value FROM settings WHERE name = 'deleted_accounts'"),
	        "2");
	fixture_remove();
}

/* Notes on one's interview that the other's code is equal. */
static void note_equal(struct store *store, const struct submission *mine, const char *evidence)
{
	const char *interview_id = fixture_ask(
	        database, arena_printf(arena, "SELECT interview_id FROM questions WHERE id = '%s'",
	                               mine->question_id));

	CHECK_INT(event_add(store, &(struct event_row){ .interview_id = interview_id,
	                                                .kind = "identical_code",
	                                                .evidence = evidence }),
	          OK);
}

static void events_of_others_keep_the_fact_without_the_name(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "ann", "Ann"),
	                  bob = fixture_user(store, "bob", "Bob"),
	                  eve = fixture_user(store, "eve", "Eve");
	struct submission anns, bobs, eves;

	fixture_role(store);
	anns = sent_code(store, ann.id, "one");
	bobs = sent_code(store, bob.id, "two");
	eves = sent_code(store, eve.id, "three");
	note_equal(store, &bobs,
	           arena_printf(arena,
	                        "{\"other_submission\":\"%s\",\"other_user\":\"Ann\","
	                        "\"similarity\":\"identical\"}",
	                        anns.id));
	note_equal(store, &bobs,
	           arena_printf(arena,
	                        "{\"other_submission\":\"gone\",\"other_user\":\"Ann\","
	                        "\"other_owner\":\"%s\"}",
	                        ann.id));
	note_equal(store, &bobs,
	           arena_printf(arena, "{\"other_submission\":\"%s\",\"other_user\":\"Eve\"}",
	                        eves.id));
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	CHECK_STR(fixture_ask(database, "SELECT group_concat(evidence, ' ') FROM"
	                                " (SELECT evidence FROM events ORDER BY id LIMIT 2)"),
	          "{\"similarity\":\"identical\"} {}");
	CHECK(strstr(fixture_ask(database, "SELECT evidence FROM events ORDER BY id DESC"),
	             "\"other_user\":\"Eve\"") != NULL);
	fixture_remove();
}

static void counts_against_the_name_go_others_stay(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "Ann", "");

	CHECK_INT(fixture_try(store, "account:ann", 60000), OK);
	CHECK_INT(fixture_try(store, "account:ann:127.0.0.1", 60000), OK);
	CHECK_INT(fixture_try(store, arena_printf(arena, "api:%s", ann.id), 60000), OK);
	CHECK_INT(fixture_try(store, "account:anna", 60000), OK);
	CHECK_INT(fixture_try(store, "address:ann", 60000), OK);
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	CHECK_STR(fixture_ask(database, "SELECT group_concat(subject, ' ') FROM"
	                                " (SELECT subject FROM throttles ORDER BY subject)"),
	          "account:anna address:ann");
	fixture_remove();
}

static void somebody_must_be_left_to_administer(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "ann", ""),
	                  bob = fixture_user(store, "bob", "");

	CHECK_INT(user_set_admin(store, ann.id, true), OK);
	CHECK_INT(user_delete(store, arena, ann.id), ERR_FORBIDDEN);
	CHECK_INT(user_set_admin(store, bob.id, true), OK);
	fixture_sql(database, "UPDATE users SET disabled_at = 1 WHERE username = 'bob'");
	CHECK_INT(user_delete(store, arena, ann.id), ERR_FORBIDDEN);
	fixture_sql(database, "UPDATE users SET disabled_at = NULL");
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	CHECK_INT(user_delete(store, arena, bob.id), ERR_FORBIDDEN);
	fixture_remove();
}

static bool stands_in(const char *path, const char *word)
{
	FILE *file = fopen(path, "rbe");
	static char bytes[4 << 20];
	size_t len;

	CHECK(file != NULL);
	if (file == NULL)
		return false;
	len = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return memmem(bytes, len, word, strlen(word)) != NULL;
}

/* As after a crash in the middle: a reader holds the old state, and so its bytes. */
static void bytes_that_a_reader_needs_are_wiped_later(void)
{
	struct store *store = fixture_store(), *reader;
	const struct user ann = fixture_user(store, "ann", "MARKER");
	const char *log = arena_printf(arena, "%s-wal", database);
	struct user seen;

	CHECK_INT(store_open(database, &reader), OK);
	CHECK_INT(store_begin_read(reader), OK);
	CHECK_INT(user_by_name(reader, arena, "ann", &seen), OK);
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	CHECK(stands_in(log, "MARKER"));
	CHECK_INT(store_empty_log(store, 1), ERR_BUSY);
	store_rollback(reader);
	CHECK_INT(store_empty_log(store, 1000), OK);
	CHECK(!stands_in(log, "MARKER"));
	CHECK(!stands_in(database, "MARKER"));
	store_close(reader);
	fixture_remove();
}

static void what_comes_late_brings_nothing_back(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "ann", "");
	struct interview interview;
	struct submission submission, taken;
	struct turn turn = { .author = "candidate", .kind = "answer", .body = "MARKER" };
	struct llm_call call = { .agent = "evaluator",
		                 .model = "m",
		                 .prompt_hash = "h",
		                 .prompt = "[]",
		                 .parameters = "{}",
		                 .outcome = "ok" };

	fixture_role(store);
	interview = fixture_interview(store, ann.id, "talk");
	submission = sent_code(store, ann.id, "one");
	fixture_sql(database, "UPDATE submissions SET state = 'queued'");
	CHECK_INT(submission_claim(store, arena, 0, "worker", &taken), OK);
	CHECK_INT(user_delete(store, arena, ann.id), OK);
	taken.state = "done";
	taken.result = "{}";
	CHECK_INT(submission_finish(store, &taken), ERR_CONFLICT);
	CHECK(turn_add(store, interview.id, &turn) != OK);
	CHECK(draft_save(store, interview.id, "MARKER") != OK);
	CHECK_INT(interview_save(store, &interview), ERR_NOT_FOUND);
	call.interview_id = interview.id;
	CHECK(llm_call_add(store, &call) != OK);
	CHECK_INT(session_user(store, arena, "hash", INT64_MAX, &(struct user){ 0 }),
	          ERR_NOT_FOUND);
	CHECK(session_add(store, "hash", ann.id, "", INT64_MAX) != OK);
	CHECK_STR(count_of("turns"), "0");
	CHECK_STR(count_of("drafts"), "0");
	CHECK_STR(count_of("llm_calls"), "0");
	CHECK_STR(submission.kind, "submit");
	fixture_remove();
}

static void a_name_may_be_changed_to_a_free_one(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "Ann", "Ann Lee");
	static const char *const subjects[] = { "account:ann", "account:ann:192.0.2.1",
		                                "account:annette" };
	struct user found;
	int64_t until;

	fixture_user(store, "bob", "");
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++)
		CHECK_INT(throttle_take(store, &(struct throttle){ subjects[i], 9, 60000 }, 1,
		                        &until),
		          OK);
	CHECK_INT(user_rename(store, ann.id, "BOB"), ERR_CONFLICT);
	CHECK_INT(user_rename(store, ann.id, "ANN"), OK);
	CHECK_STR(count_of("throttles"), "3");
	CHECK_INT(user_rename(store, ann.id, "Анна"), OK);
	CHECK_STR(fixture_ask(database, "SELECT subject FROM throttles"), "account:annette");
	CHECK_INT(user_by_name(store, arena, "анна", &found), OK);
	CHECK_STR(found.username, "Анна");
	CHECK_INT(user_by_name(store, arena, "ann", &found), ERR_NOT_FOUND);
	CHECK_STR(fixture_ask(database, "SELECT name_key FROM users WHERE username_key <> 'bob'"),
	          "анна ann lee");
	CHECK_INT(user_rename(store, ann.id, "анна"), OK);
	CHECK_INT(user_rename(store, "nobody", "x"), ERR_NOT_FOUND);
	fixture_remove();
}

static void log_ins_are_ended_one_by_one_or_all(void)
{
	struct store *store = fixture_store();
	const struct user ann = fixture_user(store, "ann", ""),
	                  bob = fixture_user(store, "bob", "");
	struct session_list list;

	CHECK_INT(session_add(store, "one", ann.id, "Browser", INT64_MAX), OK);
	CHECK_INT(session_add(store, "two", ann.id, "", INT64_MAX), OK);
	CHECK_INT(session_add(store, "over", ann.id, "", 1), OK);
	CHECK_INT(session_add(store, "bobs", bob.id, "", INT64_MAX), OK);
	CHECK_INT(session_list(store, arena, ann.id, &list), OK);
	CHECK_INT((int)list.count, 2);
	CHECK_INT(session_delete_one(store, bob.id, list.items[0].id), ERR_NOT_FOUND);
	CHECK_INT(session_delete_one(store, ann.id, list.items[0].id), OK);
	CHECK_INT(session_delete_one(store, ann.id, list.items[0].id), ERR_NOT_FOUND);
	CHECK_INT(session_add(store, "three", ann.id, "", INT64_MAX), OK);
	CHECK_INT(session_delete_all(store, ann.id, "three"), OK);
	CHECK_INT(session_list(store, arena, ann.id, &list), OK);
	CHECK_INT((int)list.count, 1);
	CHECK_STR(list.items[0].token_hash, "three");
	CHECK_INT(session_delete_all(store, ann.id, NULL), OK);
	CHECK_INT(session_list(store, arena, ann.id, &list), OK);
	CHECK_INT((int)list.count, 0);
	CHECK_STR(count_of("web_sessions"), "1");
	fixture_remove();
}

int main(void)
{
	RUN(all_rows_of_the_user_go_and_a_count_stays);
	RUN(events_of_others_keep_the_fact_without_the_name);
	RUN(counts_against_the_name_go_others_stay);
	RUN(somebody_must_be_left_to_administer);
	RUN(bytes_that_a_reader_needs_are_wiped_later);
	RUN(what_comes_late_brings_nothing_back);
	RUN(a_name_may_be_changed_to_a_free_one);
	RUN(log_ins_are_ended_one_by_one_or_all);
	return check_done();
}
