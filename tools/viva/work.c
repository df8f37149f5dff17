/* viva work: what FastCGI programs do beside requests, once; for cron where they are plain CGI. */
#include <stdio.h>

#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "care/shelf.h"
#include "interview/coding_desk.h"
#include "report/report.h"
#include "sending.h"
#include "store/health.h"
#include "store/user.h"
#include "viva.h"

enum { WIPE_WAIT_MS = 2000 };

typedef bool step(struct store *store, struct arena *arena, void *context);

/* Piece after piece, each in memory of its own. */
static void work_off(struct store *store, step *take, void *context)
{
	struct arena *arena = arena_create();
	bool worked;

	do {
		json_bind(arena);
		worked = take(store, arena, context);
		store_rollback(store);
		arena_reset(arena);
	} while (worked);
	json_bind(NULL);
	arena_destroy(arena);
}

/* Code whose request was broken off before it was judged. */
static void judge_queue(struct store *store, struct arena *arena)
{
	struct coding_desk *desk = coding_desk_create(arena);
	const char *tier = judge_tier(coding_desk_judge(desk));

	health_note(store, HEALTH_JUDGE, tier != NULL ? tier : "");
	if (tier != NULL)
		work_off(store, coding_desk_step, desk);
}

static bool write_late(struct store *store, struct arena *arena, void *context)
{
	(void)context;
	return report_write_late(store, arena) == OK;
}

/* True when nothing is left but what is not due yet. */
static bool tell_others(struct store *store, struct arena *arena)
{
	const struct webhook *webhook = webhook_open(arena);
	const struct trace *trace = trace_open(arena);
	struct event_counts counts = { 0 };
	enum err err = ERR_NOT_FOUND;

	if (webhook != NULL) {
		work_off(store, write_late, NULL);
		err = send_events(store, webhook, &counts);
	}
	if (counts.failed > 0)
		fprintf(stderr, "viva: %d events were not taken; they are sent again\n",
		        counts.failed);
	if (trace != NULL && send_traces(store, trace) == ERR_UPSTREAM) {
		fputs("viva: a collector did not take the traces; they are sent again\n", stderr);
		return false;
	}
	health_note(store, HEALTH_ERRANDS, "");
	return counts.failed == 0 && (err == ERR_NOT_FOUND || err == ERR_BUSY);
}

static void keep_house(struct store *store, struct arena *arena)
{
	session_delete_expired(store);
	store_empty_log(store, WIPE_WAIT_MS);
	health_note(store, HEALTH_HOUSEKEEPING, "");
	shelf_keep(store, arena);
}

int work_once(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store(arena);
	struct lock *lock;
	enum err err;
	bool is_done;

	(void)argc;
	(void)argv;
	if (store == NULL)
		return 1;
	log_open("work", config_log_folder(), config()->tz_offset_min); /* cron mails all else */
	err = lock_take(arena, config_var_path("locks"), "work", 0, &lock);
	if (err != OK)
		return err == ERR_BUSY ? 0 : 1; /* the one before is still at it */
	judge_queue(store, arena);
	json_bind(arena);
	is_done = tell_others(store, arena);
	keep_house(store, arena);
	return is_done ? 0 : 1;
}
