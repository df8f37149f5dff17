/* A database in a folder of its own for the tests of lib/store, and rows to start from. */
#ifndef VIVA_TESTS_STORE_FIXTURE_H
#define VIVA_TESTS_STORE_FIXTURE_H

#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include <limits.h>

#include "check.h"

#include "base/clock.h"
#include "store/bank.h"
#include "store/interview.h"
#include "store/user.h"

#define SCHEMA "schema.sql"

static char folder[64], database[96];

static inline void fixture_folder(void)
{
	snprintf(folder, sizeof(folder), "/tmp/viva-store-XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
	snprintf(database, sizeof(database), "%s/viva.db", folder);
}

static inline void fixture_remove(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	CHECK_INT(system(command), 0);
}

/* A migrated database, opened; closed with the arena of the case. */
static inline struct store *fixture_store(void)
{
	struct store *store = NULL;

	fixture_folder();
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	CHECK_INT(store_open(database, &store), OK);
	if (store == NULL)
		exit(1);
	arena_defer(arena, store_close, store);
	return store;
}

/* Runs SQL through a connection that knows nothing of lib/store; the SQLite code. */
static inline int fixture_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	int code = sqlite3_open(path, &db);

	sqlite3_busy_timeout(db, 5000);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return code;
}

/* The first column of the first row as text in the case's arena, "(none)" without one. */
static inline const char *fixture_ask(const char *path, const char *sql)
{
	const char *answer = "(none)";
	sqlite3_stmt *statement = NULL;
	sqlite3 *db = NULL;

	sqlite3_open(path, &db);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		answer = arena_printf(arena, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return answer;
}

static inline struct user fixture_user(struct store *store, const char *username,
                                       const char *full_name)
{
	struct user user = { .username = username,
		             .full_name = full_name,
		             .password_hash = "$argon2id$",
		             .language = LANG_UK,
		             .position = "",
		             .level = "",
		             .stack = "",
		             .about = "" };

	CHECK_INT(user_add(store, arena, &user), OK);
	return user;
}

static inline void fixture_role(struct store *store)
{
	const struct role role = { .id = "backend",
		                   .track = "backend",
		                   .title = { "Backend developer", "Бэкенд", "Бекенд" },
		                   .skill_tags = "[\"http\"]",
		                   .position = 1,
		                   .enabled = true };

	CHECK_INT(role_save(store, &role), OK);
}

/* An interview in the role of fixture_role. */
static inline struct interview fixture_interview(struct store *store, const char *owner_id,
                                                 const char *nonce)
{
	struct interview interview = { .owner_id = owner_id,
		                       .role_id = "backend",
		                       .level = "middle",
		                       .type = "technical",
		                       .language = LANG_RU,
		                       .edition = 3,
		                       .question_count = 10,
		                       .time_limit_min = 45,
		                       .job_description = "Пишем на C",
		                       .status = "created",
		                       .difficulty = 1,
		                       .max_turns = 80,
		                       .start_nonce = nonce };

	CHECK_INT(interview_add(store, arena, &interview), OK);
	return interview;
}

static inline struct question fixture_question(struct store *store, const char *interview_id,
                                               int position)
{
	struct question question = { .interview_id = interview_id,
		                     .position = position,
		                     .bank_id = arena_printf(arena, "bank-%d", position),
		                     .q_type = "theory",
		                     .category = "core",
		                     .snapshot = "{}",
		                     .state = "planned",
		                     .answer = "" };

	CHECK_INT(question_add(store, arena, &question), OK);
	return question;
}

/* Counts a try of a subject that may have any number of them. */
static inline enum err fixture_try(struct store *store, const char *subject, int64_t window_ms)
{
	const struct throttle throttle = { subject, INT_MAX, window_ms };
	int64_t until;

	return throttle_take(store, &throttle, 1, &until);
}

#endif
