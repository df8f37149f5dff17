/* A database of the first edition becomes one of the newest. */
#include "store_fixture.h"

#define FIRST_EDITION "tests/unit/data/schema-1.sql"

/* SQL without comments and white space: what SQLite keeps of a table's making. */
static char *bare(const char *sql)
{
	char *out = arena_alloc(arena, strlen(sql) + 1);
	size_t len = 0;

	while (*sql != '\0') {
		if (sql[0] == '-' && sql[1] == '-')
			sql += strcspn(sql, "\n");
		else if (strchr(" \t\n", *sql) == NULL)
			out[len++] = *sql++;
		else
			sql++;
	}
	return out;
}

static const char *schema_of(const char *path)
{
	return bare(fixture_ask(path, "SELECT group_concat(s, char(10)) FROM (SELECT type || name"
	                              " || coalesce(sql, '') || char(10) AS s FROM sqlite_schema"
	                              " ORDER BY type, name)"));
}

static char *read_file(const char *path)
{
	enum { MOST = 1 << 16 };
	char *text = arena_alloc(arena, MOST);
	FILE *file = fopen(path, "re");

	CHECK(file != NULL && fread(text, 1, MOST - 1, file) > 0);
	if (file != NULL)
		fclose(file);
	return text;
}

static void a_migrated_database_is_like_a_new_one(void)
{
	static const char rows[] =
	        "INSERT INTO users (id, username, username_key, name_key, password_hash, language,"
	        " role, created_at) VALUES ('u', 'u', 'u', 'u ', '', 'en', 'candidate', 1);"
	        "INSERT INTO roles VALUES ('backend', 'backend', 'a', 'b', 'c', '[]', 1, 1);"
	        "INSERT INTO bank_questions VALUES ('q', 'technical', 'backend', 'core', 'junior',"
	        " 0, '{}', 'h', 1);"
	        "INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition,"
	        " question_count, status, difficulty, max_turns, start_nonce, created_at) VALUES"
	        " ('i', 'u', 'backend', 'junior', 'technical', 'en', 1, 3, 'in_progress', 0, 80,"
	        " 'n', 1);"
	        "INSERT INTO questions (id, interview_id, position, bank_id, q_type, category,"
	        " snapshot, state, answer) VALUES ('a', 'i', 1, 'q', 'theory', 'core', '{}',"
	        " 'answered', 'words');"
	        "INSERT INTO evaluations (question_id, engine, version, score, max_score, verdict,"
	        " structure, relevance, technical_accuracy, depth, communication, flags,"
	        " feedback_short, feedback_detailed, next_difficulty, created_at) VALUES"
	        " ('a', 'builtin', 'builtin-1', 6.5, 10, 'good', 1, 2, 3, 4, 5, 0, '', '',"
	        " 'same', 1);"
	        "PRAGMA user_version = 1";
	const char *old, *fresh;
	struct store *store = NULL;
	struct evaluation grade;
	struct interview kept;

	fixture_folder();
	old = arena_printf(arena, "%s/old.db", folder);
	fresh = arena_printf(arena, "%s/new.db", folder);
	CHECK_INT(fixture_sql(old, read_file(FIRST_EDITION)), SQLITE_OK);
	CHECK_INT(fixture_sql(old, rows), SQLITE_OK);
	CHECK_INT(store_migrate(old, "no such file"), OK);
	CHECK_INT(store_migrate(fresh, SCHEMA), OK);
	CHECK_STR(schema_of(old), schema_of(fresh));
	CHECK(strstr(schema_of(fresh), "submissions") != NULL);
	CHECK_STR(fixture_ask(old, "PRAGMA user_version"), "7");
	CHECK_STR(fixture_ask(old, "SELECT q_type FROM bank_questions"), "theory");
	CHECK_INT(store_open(old, &store), OK);
	CHECK_INT(interview_by_id(store, arena, "i", &kept), OK);
	CHECK_INT(kept.coding_percent, 0);
	CHECK_STR(kept.code_language, "");
	CHECK(!kept.is_introduction);
	CHECK_INT(evaluation_get(store, arena, "a", &grade), OK);
	CHECK_NEAR(grade.score, 6.5, 0);
	CHECK(grade.steps == NULL && !grade.has_builtin);
	store_close(store);
	fixture_remove();
}

static void new_columns_round_trip(void)
{
	struct bank_question task = { .id = "task",
		                      .type = "technical",
		                      .track = "backend",
		                      .category = "algo",
		                      .level = "junior",
		                      .body = "{}",
		                      .enabled = true,
		                      .q_type = "coding" };
	struct bank_question_list list;
	struct interview wish, got;
	struct question question, same;
	struct store *store = fixture_store();

	fixture_role(store);
	wish = fixture_interview(store, fixture_user(store, "ann", "Ann").id, "start");
	CHECK_INT(bank_save(store, arena, &task), OK);
	CHECK_INT(bank_list(store, arena, &list), OK);
	CHECK_STR(list.items[0].q_type, "coding");
	task.q_type = NULL;
	CHECK_INT(bank_save(store, arena, &task), OK);
	CHECK_INT(bank_list(store, arena, &list), OK);
	CHECK_STR(list.items[0].q_type, "theory");
	wish.start_nonce = "other";
	wish.coding_percent = 75;
	wish.code_language = "go";
	CHECK_INT(interview_add(store, arena, &wish), OK);
	CHECK_INT(interview_by_id(store, arena, wish.id, &got), OK);
	CHECK_INT(got.coding_percent, 75);
	CHECK_STR(got.code_language, "go");
	question = fixture_question(store, wish.id, 4);
	CHECK_INT(question_by_id(store, arena, question.id, &same), OK);
	CHECK_INT(same.position, 4);
	CHECK_STR(same.bank_id, "bank-4");
	CHECK_INT(question_by_id(store, arena, "none", &same), ERR_NOT_FOUND);
	fixture_remove();
}

int main(void)
{
	RUN(a_migrated_database_is_like_a_new_one);
	RUN(new_columns_round_trip);
	return check_done();
}
