/* Tokens in the database: families of refresh tokens, personal tokens, answers for repeats. */
#include <pthread.h>

#include "store_fixture.h"

#include "store/cv.h"
#include "store/idempotency.h"
#include "store/llm_call.h"
#include "store/token.h"

static const int64_t HOUR_MS = 60LL * 60 * 1000;
static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;

static int64_t in(int64_t ms)
{
	return clock_now_ms() + ms;
}

static const char *add_user(struct store *store, const char *name)
{
	struct user user = { .username = name, .full_name = "", .password_hash = "hash" };

	user.position = user.level = user.stack = user.about = user.time_zone = "";
	CHECK_INT(user_add(store, arena, &user), OK);
	return user.id;
}

static const char *add_family(struct store *store, const char *user_id, const char *refresh_hash)
{
	struct token_family family = { .user_id = user_id, .user_agent = "test" };

	family.expires_at = in(HOUR_MS);
	CHECK_INT(token_family_add(store, arena, &family, refresh_hash), OK);
	return family.id;
}

static enum err rotate(struct store *store, const char *old_hash, const char *new_hash)
{
	struct token_exchange exchange = { .old_hash = old_hash, .new_hash = new_hash };

	exchange.expires_at = in(DAY_MS);
	return token_rotate(store, arena, &exchange);
}

/* --- families ------------------------------------------------------------------- */

static void a_refresh_token_gives_the_next_one(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *family_id = add_family(store, user_id, "1");
	struct token_exchange exchange = { .old_hash = "1", .new_hash = "2" };
	struct token_family_list list;
	struct user user;

	exchange.expires_at = in(DAY_MS);
	CHECK_INT(token_rotate(store, arena, &exchange), OK);
	CHECK_STR(exchange.family_id, family_id);
	CHECK_STR(exchange.user.id, user_id);
	CHECK_INT(token_family_user(store, arena, family_id, &user), OK);
	CHECK_INT(token_family_list(store, arena, user_id, &list), OK);
	CHECK_INT((long long)list.count, 1);
	CHECK(list.items[0].expires_at == exchange.expires_at);
	CHECK_INT(rotate(store, "2", "3"), OK);
	fixture_remove();
}

static void a_token_that_comes_again_ends_the_family(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *family_id = add_family(store, user_id, "1");
	const char *other = add_family(store, user_id, "a");
	struct user user;

	CHECK_INT(rotate(store, "1", "2"), OK);
	CHECK_INT(rotate(store, "1", "3"), ERR_LOGIN);
	CHECK_INT(token_family_user(store, arena, family_id, &user), ERR_NOT_FOUND);
	CHECK_INT(rotate(store, "2", "4"), ERR_LOGIN);
	CHECK_INT(token_family_user(store, arena, other, &user), OK);
	CHECK_INT(rotate(store, "unknown", "5"), ERR_LOGIN);
	CHECK_INT(rotate(store, "a", "b"), OK);
	fixture_remove();
}

static void a_family_that_is_over_gives_nothing(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *family_id = add_family(store, user_id, "1");
	struct user user;

	CHECK_INT(fixture_sql(database, "UPDATE users SET disabled_at = 1"), SQLITE_OK);
	CHECK_INT(token_family_user(store, arena, family_id, &user), ERR_NOT_FOUND);
	CHECK_INT(rotate(store, "1", "2"), ERR_LOGIN);
	CHECK_INT(fixture_sql(database, "UPDATE users SET disabled_at = NULL"), SQLITE_OK);
	family_id = add_family(store, user_id, "x");
	CHECK_INT(fixture_sql(database, "UPDATE token_families SET expires_at = 1"), SQLITE_OK);
	CHECK_INT(token_family_user(store, arena, family_id, &user), ERR_NOT_FOUND);
	CHECK_INT(rotate(store, "x", "y"), ERR_LOGIN);
	fixture_remove();
}

static void nobody_revokes_anothers_family(void)
{
	struct store *store = fixture_store();
	const char *ann = add_user(store, "ann"), *bob = add_user(store, "bob");
	const char *family_id = add_family(store, ann, "1");
	struct user user;

	add_family(store, ann, "2");
	CHECK_INT(token_family_revoke(store, bob, family_id), ERR_NOT_FOUND);
	CHECK_INT(token_family_user(store, arena, family_id, &user), OK);
	CHECK_INT(token_family_revoke(store, ann, family_id), OK);
	CHECK_INT(token_family_revoke(store, ann, family_id), ERR_NOT_FOUND);
	CHECK_INT(token_family_user(store, arena, family_id, &user), ERR_NOT_FOUND);
	CHECK_INT(token_family_revoke_all(store, ann), OK);
	CHECK_INT(rotate(store, "2", "3"), ERR_LOGIN);
	fixture_remove();
}

static void a_program_that_always_logs_in_anew_fills_nothing(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *first = add_family(store, user_id, "first");
	struct token_family_list list;
	struct user user;

	CHECK_INT(fixture_sql(database, "UPDATE token_families SET seen_at = 1"), SQLITE_OK);
	for (int i = 0; i < 60; i++)
		add_family(store, user_id, arena_printf(arena, "%d", i));
	CHECK_INT(token_family_list(store, arena, user_id, &list), OK);
	CHECK_INT((long long)list.count, 50);
	CHECK_INT(token_family_user(store, arena, first, &user), ERR_NOT_FOUND);
	CHECK_INT(rotate(store, "59", "60"), OK);
	fixture_remove();
}

struct racer {
	pthread_t thread;
	const char *new_hash;
	enum err err;
};

static void *race(void *argument)
{
	struct racer *racer = argument;
	struct arena *own = arena_create();
	struct token_exchange exchange = { .old_hash = "1", .new_hash = racer->new_hash };
	struct store *store;

	exchange.expires_at = in(DAY_MS);
	racer->err = store_open(database, &store);
	if (racer->err == OK)
		racer->err = token_rotate(store, own, &exchange);
	store_close(store);
	arena_destroy(own);
	return NULL;
}

static void of_two_at_once_one_wins_and_the_other_is_reuse(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *family_id = add_family(store, user_id, "1");
	struct racer racers[2] = { { .new_hash = "2" }, { .new_hash = "3" } };
	struct user user;

	for (int i = 0; i < 2; i++)
		CHECK_INT(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(racers[i].thread, NULL);
	CHECK((racers[0].err == OK) != (racers[1].err == OK));
	CHECK((racers[0].err == ERR_LOGIN) != (racers[1].err == ERR_LOGIN));
	CHECK_INT(token_family_user(store, arena, family_id, &user), ERR_NOT_FOUND);
	fixture_remove();
}

static void what_is_over_is_removed(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann");

	add_family(store, user_id, "1");
	CHECK_INT(rotate(store, "1", "2"), OK);
	add_family(store, user_id, "dead");
	CHECK_INT(fixture_sql(database, "UPDATE token_families SET expires_at = 1 WHERE id ="
	                                " (SELECT family_id FROM refresh_tokens"
	                                " WHERE token_hash = 'dead')"),
	          SQLITE_OK);
	CHECK_INT(token_delete_expired(store, clock_now_ms() - DAY_MS), OK);
	CHECK_INT(rotate(store, "dead", "x"), ERR_LOGIN);
	CHECK_INT(fixture_sql(database, "DELETE FROM refresh_tokens WHERE token_hash = '2'"),
	          SQLITE_OK);
	CHECK_INT(token_delete_expired(store, in(1)), OK);
	CHECK_INT(rotate(store, "1", "x"), ERR_LOGIN);
	CHECK_INT(session_delete_expired(store), OK);
	fixture_remove();
}

/* --- personal tokens -------------------------------------------------------------- */

static enum err add_token(struct store *store, const char *user_id, const char *hash)
{
	struct personal_token token = { .user_id = user_id, .name = "n", .token_hash = hash };

	token.scope = "read";
	token.expires_at = in(HOUR_MS);
	return personal_token_add(store, arena, &token);
}

static void a_personal_token_tells_user_and_scope(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *scope;
	struct personal_token_list list;
	struct user user;

	CHECK_INT(add_token(store, user_id, "h"), OK);
	CHECK_INT(add_token(store, user_id, "h"), ERR_CONFLICT);
	CHECK_INT(personal_token_list(store, arena, user_id, &list), OK);
	CHECK(list.count == 1 && list.items[0].seen_at == 0);
	CHECK_INT(personal_token_user(store, arena, "h", &user, &scope), OK);
	CHECK_STR(user.id, user_id);
	CHECK_STR(scope, "read");
	CHECK_INT(personal_token_list(store, arena, user_id, &list), OK);
	CHECK(list.items[0].seen_at > 0);
	CHECK_INT(personal_token_user(store, arena, "other", &user, &scope), ERR_NOT_FOUND);
	CHECK_INT(personal_token_delete(store, add_user(store, "bob"), list.items[0].id),
	          ERR_NOT_FOUND);
	CHECK_INT(personal_token_delete(store, user_id, list.items[0].id), OK);
	CHECK_INT(personal_token_user(store, arena, "h", &user, &scope), ERR_NOT_FOUND);
	fixture_remove();
}

static void only_so_many_personal_tokens_that_live(void)
{
	struct store *store = fixture_store();
	const char *user_id = add_user(store, "ann"), *scope;
	struct user user;

	for (int i = 0; i < PERSONAL_TOKENS_MAX; i++)
		CHECK_INT(add_token(store, user_id, arena_printf(arena, "%d", i)), OK);
	CHECK_INT(add_token(store, user_id, "one more"), ERR_LIMITED);
	CHECK_INT(fixture_sql(database, "UPDATE personal_tokens SET expires_at = 1"
	                                " WHERE token_hash = '0'"),
	          SQLITE_OK);
	CHECK_INT(add_token(store, user_id, "one more"), OK);
	CHECK_INT(personal_token_user(store, arena, "0", &user, &scope), ERR_NOT_FOUND);
	fixture_remove();
}

/* --- answers for repeats -------------------------------------------------------------- */

static void a_repeat_gets_the_first_answer(void)
{
	struct store *store = fixture_store();
	struct idempotency claim = { .name = "key", .request_hash = "h" }, before;

	claim.user_id = add_user(store, "ann");
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	CHECK_INT(before.status, 0);
	claim.status = 201;
	claim.headers = "A: b\r\n";
	claim.body = "{}";
	CHECK_INT(idempotency_finish(store, &claim), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	CHECK_INT(before.status, 201);
	CHECK_STR(before.request_hash, "h");
	CHECK_STR(before.headers, "A: b\r\n");
	CHECK_STR(before.body, "{}");
	CHECK_INT(idempotency_drop(store, claim.user_id, "key"), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	claim.user_id = add_user(store, "bob");
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	CHECK_INT(idempotency_drop(store, claim.user_id, "key"), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	fixture_remove();
}

static void who_died_at_work_blocks_nobody_for_ever(void)
{
	struct store *store = fixture_store();
	struct idempotency claim = { .name = "key", .request_hash = "h", .status = 200 }, before;

	claim.headers = claim.body = "";
	claim.user_id = add_user(store, "ann");
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	CHECK_INT(fixture_sql(database, "UPDATE idempotency_keys SET created_at = created_at"
	                                " - 660000"),
	          SQLITE_OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	CHECK_INT(idempotency_finish(store, &claim), OK);
	CHECK_INT(fixture_sql(database, "UPDATE idempotency_keys SET created_at = created_at"
	                                " - 660000"),
	          SQLITE_OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	CHECK_INT(idempotency_delete_expired(store), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	CHECK_INT(fixture_sql(database, "UPDATE idempotency_keys SET created_at = 1"), SQLITE_OK);
	CHECK_INT(idempotency_delete_expired(store), OK);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	fixture_remove();
}

static void keys_are_bounded(void)
{
	struct store *store = fixture_store();
	struct idempotency claim = { .request_hash = "h" }, before;

	claim.user_id = add_user(store, "ann");
	CHECK_INT(store_begin(store), OK);
	for (int i = 0; i < IDEMPOTENCY_KEYS_MAX; i++) {
		claim.name = arena_printf(arena, "%d", i);
		CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	}
	CHECK_INT(store_commit(store), OK);
	claim.name = "one more";
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_LIMITED);
	claim.name = "7";
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_CONFLICT);
	claim.user_id = add_user(store, "bob");
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), OK);
	fixture_remove();
}

/* As when the account is deleted in the middle of a request. */
static void for_who_is_gone_nothing_is_kept(void)
{
	struct store *store = fixture_store();
	struct token_family family = { .user_id = "gone", .user_agent = "" };
	const struct idempotency claim = { .user_id = "gone", .name = "k", .request_hash = "h" };
	struct idempotency before;
	struct cv cv = { .file_name = "a.pdf", .body = "b", .proposal = "{}", .engine = "builtin" };
	struct llm_call call = { .agent = "extractor",
		                 .model = "m",
		                 .prompt_hash = "h",
		                 .prompt = "[]",
		                 .parameters = "{}",
		                 .outcome = "ok",
		                 .user_id = "gone" };

	CHECK_INT(session_add(store, "t", "gone", "", in(HOUR_MS)), ERR_NOT_FOUND);
	CHECK_INT(token_family_add(store, arena, &family, "r"), ERR_NOT_FOUND);
	CHECK_INT(idempotency_claim(store, arena, &claim, &before), ERR_NOT_FOUND);
	CHECK_INT(cv_save(store, "gone", &cv), ERR_NOT_FOUND);
	CHECK_INT(llm_call_add(store, &call), ERR_NOT_FOUND);
	fixture_remove();
}

int main(void)
{
	RUN(a_refresh_token_gives_the_next_one);
	RUN(a_token_that_comes_again_ends_the_family);
	RUN(a_family_that_is_over_gives_nothing);
	RUN(nobody_revokes_anothers_family);
	RUN(a_program_that_always_logs_in_anew_fills_nothing);
	RUN(of_two_at_once_one_wins_and_the_other_is_reuse);
	RUN(what_is_over_is_removed);
	RUN(a_personal_token_tells_user_and_scope);
	RUN(only_so_many_personal_tokens_that_live);
	RUN(a_repeat_gets_the_first_answer);
	RUN(who_died_at_work_blocks_nobody_for_ever);
	RUN(keys_are_bounded);
	RUN(for_who_is_gone_nothing_is_kept);
	return check_done();
}
