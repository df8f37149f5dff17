/*
 * Every operation on the disk fails once, in every way it can, at every step of a person's
 * story. FAULT_EVERY=1 takes each of them; without it a sample that moves from step to step.
 */
#include "fixture.h"

#include "base/file.h"
#include "fault_story.h"
#include "fault_vfs.h"

enum { SAMPLE = 37, MOST_DATABASE = 32 << 20 };

/* A step that is being tried, and its outcome. */
struct trial {
	size_t step;
	enum fault_kind kind;
	long at;
	enum err err;
	struct store *store; /* NULL: it could not be opened */
};

static const char *before; /* the database's file as it was before the step */
static size_t before_len;
static long trials, failures, losses;

static void complain(const struct trial *trial, const char *what)
{
	printf("# %s, %s at %ld (%s): %s\n", story[trial->step].name, fault_names[trial->kind],
	       trial->at, err_name(trial->err), what);
	check_failures++;
}

/* Nothing is open: all there is stands in the one file. */
static void keep_state(struct arena *lasting)
{
	char *bytes;

	CHECK_INT(file_read(lasting, database, MOST_DATABASE, &bytes, &before_len), OK);
	before = bytes;
}

static void restore_state(void)
{
	static const char *const beside[] = { "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++)
		unlink(arena_printf(arena, "%s%s", database, beside[i]));
	write_file(folder, "viva.db", before, before_len);
}

static void check_effects(const struct trial *trial, bool must_be_done)
{
	sqlite3 *db = story_open_plainly(database);
	int effect = story_ask(db, story[trial->step].effect, story_words(trial->step));

	if (effect != 0 && effect != 1)
		complain(trial, "the step left something twice, or the database cannot be read");
	if (must_be_done && effect == 0) {
		losses++;
		complain(trial, "what was acknowledged is not there");
	}
	for (size_t i = 0; i < trial->step; i++)
		if (trial->step - i <= (size_t)story[i].lasts &&
		    story_ask(db, story[i].effect, story_words(i)) != 1)
			complain(trial, arena_printf(arena, "“%s” is lost", story[i].name));
	sqlite3_close(db);
}

static enum err run_step(struct trial *trial)
{
	enum err err = OK;

	if (trial->store == NULL)
		err = store_open(database, &trial->store);
	if (err == OK) {
		err = story[trial->step].run(trial->store);
		store_rollback(trial->store); /* as dispatch does after each request */
	}
	return err;
}

/* False: the step has no operation of that number. */
static bool try_one(size_t step, enum fault_kind kind, long at)
{
	struct trial trial = { .step = step, .kind = kind, .at = at };
	struct fault_plan plan;

	restore_state();
	fault_arm(kind, at);
	trial.err = run_step(&trial);
	if (fault_plan.fired == 0 && trial.store != NULL) /* closing is the last thing that can */
		store_close(trial.store), trial.store = NULL;
	plan = fault_plan;
	fault_arm(FAULT_NONE, 0);
	check_effects(&trial, trial.err == OK);
	trials++;
	failures += trial.err != OK;
	/* Who was told that it failed tries again when the disk is well. */
	trial.err = run_step(&trial);
	if (trial.err != OK)
		complain(&trial, "the step cannot be repeated");
	check_effects(&trial, true);
	store_close(trial.store);
	if (!story_is_whole(database))
		complain(&trial, "the database is damaged");
	return plan.fired > 0;
}

static long stride(void)
{
	const char *every = getenv("FAULT_EVERY");

	return every != NULL ? atol(every) : SAMPLE;
}

static void try_step(size_t step, enum fault_kind kind)
{
	struct arena *outer = arena;
	const long every = stride();
	long at = 1 + (long)(step * 5 + (size_t)kind * 11) % every;
	bool is_hit;

	do {
		arena = arena_create();
		json_bind(arena);
		is_hit = try_one(step, kind, at);
		json_bind(NULL);
		arena_destroy(arena);
		at += every;
	} while (is_hit);
	arena = outer;
	json_bind(arena);
}

/* The step as it goes without any fault, from one state of rest to the next. */
static void go_on(size_t step)
{
	struct trial trial = { .step = step };

	restore_state();
	CHECK_INT(run_step(&trial), OK);
	store_close(trial.store);
	check_effects(&trial, true);
}

static void no_fault_of_the_disk_loses_or_doubles_anything(void)
{
	struct arena *lasting = arena_create();

	log_folder(); /* or what fails is told on the terminal */
	story_in_own_arena(story_set_up);
	keep_state(lasting);
	fault_install();
	sqlite3_auto_extension((void (*)(void))story_check_often);
	for (size_t step = 0; step < STORY_STEPS; step++) {
		for (enum fault_kind kind = FAULT_ONCE; kind < FAULT_KINDS; kind++)
			try_step(step, kind);
		go_on(step);
		keep_state(lasting);
	}
	printf("# %ld faults in %d steps: %ld steps failed, %ld acknowledged ones lost\n", trials,
	       STORY_STEPS, failures, losses);
	CHECK(failures > 0);
	arena_destroy(lasting);
	fixture_remove();
	remove_folder(log_folder());
}

/* False: making a database has no operation of that number. */
static bool try_to_migrate(enum fault_kind kind, long at)
{
	const struct trial trial = { .kind = kind, .at = at };
	struct fault_plan plan;
	sqlite3 *db;

	before_len = 0;
	restore_state();
	unlink(database);
	fault_arm(kind, at);
	store_migrate(database, SCHEMA);
	plan = fault_plan;
	fault_arm(FAULT_NONE, 0);
	trials++;
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	db = story_open_plainly(database);
	if (story_ask(db, "SELECT count(*) FROM users", NULL) != 0)
		complain(&trial, "the database was not made");
	sqlite3_close(db);
	if (!story_is_whole(database))
		complain(&trial, "the database is damaged");
	return plan.fired > 0;
}

static void a_database_whose_making_failed_is_made_at_the_next_start(void)
{
	fixture_folder();
	log_folder();
	fault_install();
	before = "";
	for (enum fault_kind kind = FAULT_ONCE; kind < FAULT_KINDS; kind++)
		for (long at = 1; try_to_migrate(kind, at); at += stride())
			;
	printf("# %ld faults while a database was made\n", trials);
	fixture_remove();
}

int main(void)
{
	RUN(a_database_whose_making_failed_is_made_at_the_next_start);
	trials = 0;
	RUN(no_fault_of_the_disk_loses_or_doubles_anything);
	return check_done();
}
