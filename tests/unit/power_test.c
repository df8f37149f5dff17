/*
 * The power goes before every sync of a person's story and after every step: what was synced is
 * on the disk, of the rest anything, torn at sectors. What was acknowledged must be there.
 */
#include "fixture.h"

#include "base/file.h"
#include "fault_story.h"
#include "power_disk.h"

enum { MOST_DATABASE = 32 << 20 };

static const char *found; /* the database as it is found when the power is back */
static size_t done;       /* steps that were acknowledged */
static size_t doing;      /* the step under way; equal to `done` between two */
static long cuts;
static struct arena *lasting;

static void complain(enum power_luck luck, const char *what)
{
	printf("# power cut %ld, luck %d, during “%s”: %s\n", cuts, luck,
	       doing < STORY_STEPS ? story[doing].name : "the end", what);
	check_failures++;
}

static void check_found(enum power_luck luck)
{
	sqlite3 *db;

	if (!story_is_whole(found))
		complain(luck, "the database is damaged");
	db = story_open_plainly(found);
	for (size_t i = 0; i < done; i++)
		if (doing - i <= (size_t)story[i].lasts && /* and what undoes it has not begun */
		    story_ask(db, story[i].effect, story_words(i)) != 1)
			complain(luck, arena_printf(arena, "“%s” is lost", story[i].name));
	sqlite3_close(db);
}

static void cut_with(enum power_luck luck)
{
	struct arena *outer = arena;

	arena = arena_create();
	unlink(arena_printf(arena, "%s-shm", found));
	power_cut(found, luck);
	check_found(luck);
	cuts++;
	arena_destroy(arena);
	arena = outer;
}

static void cut(void)
{
	for (enum power_luck luck = POWER_NOTHING; luck < POWER_LUCKS; luck++)
		cut_with(luck);
}

static void keep_start(void)
{
	char *bytes;
	size_t len;

	CHECK_INT(file_read(lasting, database, MOST_DATABASE, &bytes, &len), OK);
	power_watch(database, bytes, len, cut);
}

static void live(void)
{
	struct store *in = NULL;

	CHECK_INT(store_open(database, &in), OK);
	for (size_t step = 0; step < STORY_STEPS; step++) {
		doing = step;
		CHECK_INT(story[step].run(in), OK);
		done = doing = step + 1;
		cut();
	}
	store_close(in);
	cut();
}

static void nothing_acknowledged_is_lost_when_the_power_goes(void)
{
	const char *seed = getenv("FAULT_SEED");

	lasting = arena_create();
	power_seed = seed != NULL ? strtoull(seed, NULL, 10) * 2 + 1 : 20261121;
	story_in_own_arena(story_set_up);
	found = arena_printf(lasting, "%s/found.db", folder);
	fault_install();
	sqlite3_auto_extension((void (*)(void))story_check_often);
	keep_start();
	story_in_own_arena(live);
	power_end();
	printf("# the power was cut %ld times\n", cuts);
	CHECK(cuts > 3 * STORY_STEPS);
	fixture_remove();
	arena_destroy(lasting);
}

int main(void)
{
	RUN(nothing_acknowledged_is_lost_when_the_power_goes);
	return check_done();
}
