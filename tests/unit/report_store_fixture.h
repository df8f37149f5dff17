/* The interview of report_fixture.h in a database, for the tests that store reports. */
#ifndef VIVA_TESTS_REPORT_STORE_FIXTURE_H
#define VIVA_TESTS_REPORT_STORE_FIXTURE_H

#include "report_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/config.h"
#include "store/bank.h"

static const char *database;
static const char *fixture_q_type = "theory"; /* of the last question */

/* The folder for the locks; `folder` is a template of mkdtemp. */
static inline bool fixture_set_var(char *folder)
{
	return mkdtemp(folder) != NULL && setenv("VIVA_VAR", folder, 1) == 0 && config_load() == OK;
}

static inline void fixture_remove_var(const char *folder)
{
	unlink(config_var_path("locks"));
	rmdir(folder);
}

static inline void run_interview(struct store *store, const char *status, const char **ret_id)
{
	struct report_source source = fixture_source();
	struct user user = { .username = "ann",
		             .full_name = "",
		             .password_hash = "x",
		             .position = "",
		             .level = "",
		             .stack = "",
		             .about = "" };
	struct role role = { .id = "backend",
		             .track = "backend",
		             .skill_tags = "[]",
		             .enabled = true,
		             .title = { "Backend developer", "Бэкенд", "Бекенд" } };
	struct interview interview = source.interview;

	CHECK_INT(user_add(store, arena, &user), OK);
	CHECK_INT(role_save(store, &role), OK);
	interview.owner_id = user.id;
	interview.status = "in_progress";
	interview.finished_at = 0;
	interview.question_count = 3;
	interview.max_turns = 80;
	interview.job_description = "";
	interview.start_nonce = "nonce";
	interview.code_language = "";
	fixture_questions[2].q_type = fixture_q_type;
	CHECK_INT(interview_add(store, arena, &interview), OK);
	for (size_t i = 0; i < 3; i++) {
		fixture_questions[i].interview_id = interview.id;
		CHECK_INT(question_add(store, arena, &fixture_questions[i]), OK);
		CHECK_INT(question_save(store, &fixture_questions[i]), OK);
		if (i == 2)
			continue;
		fixture_evaluations[i].question_id = fixture_questions[i].id;
		CHECK_INT(evaluation_save(store, &fixture_evaluations[i]), OK);
	}
	interview.status = status;
	interview.finished_at = strcmp(status, "completed") == 0 ? FIXTURE_MS(200) : 0;
	CHECK_INT(interview_save(store, &interview), OK);
	*ret_id = interview.id;
}

static inline struct store *open_store(const char *folder)
{
	struct store *store = NULL;

	database = arena_printf(arena, "%s/viva.db", folder);
	CHECK_INT(store_migrate(database, "schema.sql"), OK);
	CHECK_INT(store_open(database, &store), OK);
	arena_defer(arena, store_close, store);
	return store;
}

static inline void remove_files(const char *folder)
{
	static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		unlink(arena_printf(arena, "%s%s", database, endings[i]));
	rmdir(folder);
}

#endif
