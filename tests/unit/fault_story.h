/*
 * What a person does from registration to leaving for good, step by step. Each step can be
 * repeated as its sender would repeat it, and a query counts what it is to leave: one.
 */
#ifndef VIVA_TESTS_FAULT_STORY_H
#define VIVA_TESTS_FAULT_STORY_H

#include "coding_fixture.h"

#include "base/config.h"
#include "report/finish.h"
#include "store/audit.h"
#include "store/history.h"
#include "store/revision.h"

#define STORY_UNSENT "Noch nicht fertig: “an unsent draft” \\ ' \" %s."
#define STORY_THIN   THIN_EN " «Байт в байт» \t 🙂"
#define STORY_CODE   SUM_REFERENCE "# eve's own words\n"

struct story_step {
	const char *name;
	enum err (*run)(struct store *in);
	const char *effect; /* 1 once the step is done, 0 before */
	int lasts;          /* so many further steps do not undo it; 0: none of them does */
};

static struct user story_user(struct store *in, enum err *err)
{
	struct user user = { 0 };

	*err = user_by_name(in, arena, "eve", &user);
	return user;
}

static enum err story_register(struct store *in)
{
	struct user user = { .username = "eve",
		             .full_name = "Eve",
		             .password_hash = "$argon2id$",
		             .language = LANG_UK,
		             .position = "",
		             .level = "",
		             .stack = "",
		             .about = "" };
	enum err err = user_add(in, arena, &user);

	return err == ERR_CONFLICT ? OK : err; /* the name is hers already */
}

static enum err story_log_in(struct store *in)
{
	enum err err;
	const struct user user = story_user(in, &err);

	if (err == OK)
		err = session_add(in, "hash", user.id, "", INT64_MAX);
	return err == ERR_CONFLICT ? OK : err;
}

static enum err story_profile(struct store *in)
{
	enum err err;
	struct user user = story_user(in, &err);

	user.about = "About me: «досвід», experience.";
	return err == OK ? user_save_profile(in, &user) : err;
}

static enum err story_begin(struct store *in, const char *nonce, int percent)
{
	struct flow_options options = fixture_options("technical", 2);
	struct flow_started started = { 0 };
	enum err err;
	const struct user user = story_user(in, &err);

	options.nonce = nonce;
	options.coding_percent = percent;
	options.code_language = "python";
	return err == OK ? flow_start(in, arena, &user, &options, &started) : err;
}

static enum err story_start(struct store *in)
{
	return story_begin(in, "talk", 0);
}

static enum err story_start_coding(struct store *in)
{
	return story_begin(in, "code", 100);
}

/* Opens the interview that was started with that nonce, through the file system below. */
static enum err story_open(struct store *in, const char *nonce, struct flow *ret_flow)
{
	const struct flow_setting setting = { .store = in, .arena = arena };
	const char *id;
	enum err err;
	const struct user user = story_user(in, &err);

	if (err == OK)
		err = interview_by_nonce(in, arena, user.id, nonce, &id);
	return err == OK ? flow_open(&setting, &user, id, ret_flow) : err;
}

static enum err story_step(struct store *in, enum flow_action action, const char *text,
                           const char *nonce)
{
	static const char *page; /* one that is sent again shows the question it showed */
	static char question[40];
	struct flow flow = { 0 };
	enum err err = story_open(in, "talk", &flow);

	if (err != OK)
		return err;
	if (page == NULL || strcmp(page, nonce) != 0)
		snprintf(question, sizeof(question), "%s",
		         flow.active != NULL ? flow.active->id : "");
	page = nonce;
	return flow_step(&flow, &(struct flow_input){ .action = action,
	                                              .text = text,
	                                              .question_id = question,
	                                              .nonce = nonce });
}

static enum err story_draft(struct store *in)
{
	struct flow flow = { 0 };
	enum err err = story_open(in, "talk", &flow);

	return err == OK ? draft_save(in, flow.interview.id, STORY_UNSENT) : err;
}

static enum err story_thin(struct store *in)
{
	return story_step(in, FLOW_SAY, STORY_THIN, "s-thin");
}

static enum err story_hint(struct store *in)
{
	return story_step(in, FLOW_HINT, NULL, "s-hint");
}

static enum err story_rest(struct store *in)
{
	return story_step(in, FLOW_SAY, REST_EN, "s-rest");
}

static enum err story_skip(struct store *in)
{
	return story_step(in, FLOW_SKIP, NULL, "s-skip");
}

static enum err story_code(struct store *in)
{
	const struct coding_input input = { .kind = "submit",
		                            .code_language = "python",
		                            .code = STORY_CODE,
		                            .custom_input = "",
		                            .nonce = "s-code" };
	const char *id, *fault;
	struct coding coding;
	struct flow flow = { 0 };
	enum err err = story_open(in, "code", &flow);

	if (err == OK)
		err = coding_open(in, arena, &(struct user){ .id = flow.interview.owner_id },
		                  flow.active->id, &coding);
	return err == OK ? coding_send(&coding, NULL, &input, &id, &fault) : err;
}

static enum err story_report(struct store *in)
{
	struct report_row row;
	struct flow flow = { 0 };
	enum err err = story_open(in, "talk", &flow);

	return err == OK ? report_ensure(in, arena, flow.interview.id, NULL, &row) : err;
}

/* The next revision, with its note in the audit log; who repeats it looks first. */
static enum err story_revise(struct store *in)
{
	const struct report_cause cause = { "rescored", "Again." };
	struct report_row row;
	struct flow flow = { 0 };
	enum err err = story_open(in, "talk", &flow);

	if (err == OK)
		err = report_of_interview(in, arena, flow.interview.id, &row);
	return err == OK && row.revision == 1
	               ? report_revise(in, arena, flow.interview.id, &cause, &row)
	               : err;
}

static enum err story_forget_talk(struct store *in)
{
	struct flow flow = { 0 };
	enum err err = story_open(in, "code", &flow);

	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? history_delete(in, flow.interview.owner_id, flow.interview.id) : err;
}

static enum err story_leave(struct store *in)
{
	enum err err;
	const struct user user = story_user(in, &err);

	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? user_delete(in, arena, user.id) : err;
}

#define STORY_TURN(nonce) "SELECT count(*) FROM turns WHERE nonce = '" nonce "'"

/* clang-format off */
static const struct story_step story[] = {
	{ "register", story_register, "SELECT count(*) FROM users WHERE username = 'eve'", 13 },
	{ "log in", story_log_in, "SELECT count(*) FROM web_sessions", 12 },
	{ "save the profile", story_profile,
	  "SELECT count(*) FROM users WHERE about = 'About me: «досвід», experience.'", 11 },
	{ "start", story_start, "SELECT count(*) FROM interviews WHERE start_nonce = 'talk'"
	  " AND (SELECT count(*) FROM questions WHERE interview_id = interviews.id) = 2", 10 },
	{ "keep a draft", story_draft, "SELECT count(*) FROM drafts WHERE body = $1", 0 },
	{ "answer", story_thin, "SELECT count(*) FROM turns JOIN questions"
	  " ON questions.id = turns.question_id WHERE body = $1 AND instr(answer, $1) = 1", 8 },
	{ "take a hint", story_hint, STORY_TURN("s-hint"), 7 },
	{ "answer the rest", story_rest, STORY_TURN("s-rest"), 6 },
	{ "skip the last", story_skip, "SELECT count(*) FROM interviews"
	  " WHERE start_nonce = 'talk' AND status = 'completed'", 5 },
	{ "report", story_report, "SELECT count(*) FROM reports", 4 },
	{ "revise", story_revise, "SELECT count(*) FROM report_revisions", 3 },
	{ "start coding", story_start_coding,
	  "SELECT count(*) FROM interviews WHERE start_nonce = 'code'", 1 },
	{ "send code", story_code, "SELECT count(*) FROM submissions WHERE code = $1", 0 },
	{ "delete the talk", story_forget_talk,
	  "SELECT 1 - count(*) FROM interviews WHERE start_nonce = 'code'", 1 },
	{ "leave", story_leave, "SELECT 1 - count(*) FROM users WHERE username = 'eve'", 0 },
};
/* clang-format on */

enum { STORY_STEPS = sizeof(story) / sizeof(*story) };

/* The text that stands in the query of a step. */
static inline const char *story_words(size_t index)
{
	return story[index].run == story_draft  ? STORY_UNSENT
	       : story[index].run == story_thin ? STORY_THIN
	                                        : STORY_CODE;
}

/* The database before the first step, in a folder of its own that VIVA_VAR names. */
static inline void story_set_up(void)
{
	coding_set_up(2, 2);
	setenv("VIVA_VAR", folder, 1);
	CHECK_INT(config_load(), OK);
}

/* The first value of a query whose parameter, if any, are the words; -1: it cannot be read. */
static inline int story_ask(sqlite3 *db, const char *sql, const char *words)
{
	sqlite3_stmt *statement = NULL;
	int value = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
		if (sqlite3_bind_parameter_count(statement) > 0)
			sqlite3_bind_text(statement, 1, words, -1, SQLITE_STATIC);
		if (sqlite3_step(statement) == SQLITE_ROW)
			value = sqlite3_column_int(statement, 0);
	}
	sqlite3_finalize(statement);
	return value;
}

/* A connection that knows nothing of faults. */
static inline sqlite3 *story_open_plainly(const char *path)
{
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, "unix"), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

/* Every page and index is as it should be, and no row refers to nothing. */
static inline bool story_is_whole(const char *path)
{
	sqlite3 *db = story_open_plainly(path);
	const bool is = story_ask(db,
	                          "SELECT count(*) FROM pragma_integrity_check"
	                          " WHERE integrity_check <> 'ok'",
	                          NULL) == 0 &&
	                story_ask(db, "SELECT count(*) FROM pragma_foreign_key_check", NULL) == 0;

	sqlite3_close(db);
	return is;
}

/* So that a checkpoint is a part of the story as well: after each few pages. */
static int story_check_often(sqlite3 *db, const char **ret_error, const void *api)
{
	(void)ret_error;
	(void)api;
	return sqlite3_wal_autocheckpoint(db, 8);
}

/* What is done in it is closed and given back at its end. */
static inline void story_in_own_arena(void (*act)(void))
{
	struct arena *outer = arena;

	arena = arena_create();
	json_bind(arena);
	act();
	json_bind(NULL);
	arena_destroy(arena);
	arena = outer;
	json_bind(arena);
}

#endif
