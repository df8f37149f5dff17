/* viva restore: goes on from a backup. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "care/backup.h"
#include "care/restore.h"
#include "recheck.h"
#include "store/audit.h"
#include "store/snapshot.h"
#include "viva.h"

struct order {
	struct arena *arena;
	const char *file, *folder;
	bool is_forced;
	const char *database, *fresh; /* paths in the folder */
	struct backup backup;
};

static int usage(void)
{
	fputs("usage: viva restore FILE [--into FOLDER] [--force]\n", stderr);
	return 2;
}

static bool refuse(const char *what, const char *fault)
{
	fprintf(stderr, "viva: %s: %s\nviva: nothing was changed\n", what, fault);
	return false;
}

static bool read_order(struct order *order, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--force") == 0)
			order->is_forced = true;
		else if (strcmp(argv[i], "--into") == 0 && i + 1 < argc)
			order->folder = argv[++i];
		else if (argv[i][0] != '-' && order->file == NULL)
			order->file = argv[i];
		else
			return false;
	}
	return order->file != NULL;
}

/* What can be said before anything is written. */
static bool check_file(struct order *order)
{
	const char *fault;

	if (backup_read(order->arena, order->file, &order->backup, &fault) != OK)
		return refuse(order->file, fault);
	if (order->backup.edition > snapshot_newest_edition())
		return refuse(order->file, "it was made by a newer Viva; install that first");
	return true;
}

static bool check_folder(struct order *order)
{
	const char *fault;

	if (mkdir(order->folder, 0700) != 0 && errno != EEXIST)
		return refuse(order->folder, strerror(errno));
	if (restore_hold(order->arena, order->folder, &fault) != OK)
		return refuse(order->folder, fault);
	if (access(order->database, F_OK) == 0 && !order->is_forced)
		return refuse(order->database,
		              "there is a database already; --force puts it aside");
	return true;
}

/* --- the new database, beside the old one ---------------------------------------------- */

static void remove_fresh(struct order *order)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal", ".lock" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		unlink(arena_printf(order->arena, "%s%s", order->fresh, ends[i]));
	unlink(arena_printf(order->arena, "%s.before-%d", order->fresh, snapshot_newest_edition()));
}

static enum err note(struct order *order, struct store *store)
{
	const struct audit_entry entry = {
		.action = "database.restore",
		.subject.kind = AUDIT_NOTHING,
		.details = arena_printf(order->arena, "{\"made_at\":%lld,\"edition\":%d}",
		                        (long long)order->backup.made_at, order->backup.edition),
	};

	return audit_add(store, &entry);
}

static bool look_into(struct order *order)
{
	struct store *store = NULL;
	bool is_right;

	if (order->backup.edition < snapshot_newest_edition())
		printf("brought from edition %d to %d\n", order->backup.edition,
		       snapshot_newest_edition());
	if (store_open(order->fresh, &store) != OK)
		return refuse(order->file, "its database cannot be opened; the log says why");
	is_right = recheck_store(store, order->arena);
	if (!is_right && order->is_forced)
		puts("it is restored all the same, as --force asks");
	is_right = is_right || order->is_forced;
	if (is_right && note(order, store) != OK) {
		store_close(store);
		return refuse(order->fresh, "it cannot be written");
	}
	store_close(store);
	return is_right || refuse(order->file, "what it holds is not right; --force restores it "
	                                       "all the same");
}

/* Everything that could go wrong goes wrong here, where nobody uses it yet. */
static bool prepare(struct order *order)
{
	const char *fault;

	remove_fresh(order); /* what an earlier try left */
	if (backup_unpack(order->arena, order->file, &order->backup, order->fresh, &fault) != OK)
		return refuse(order->file, fault);
	if (migrate_at(order->arena, order->fresh) != OK)
		return refuse(order->file, "its database could not be brought up to date");
	if (!look_into(order))
		return false;
	file_give(order->fresh, order->folder);
	return true;
}

static int put_in_place(struct order *order)
{
	const char *aside, *fault;

	if (restore_swap(order->arena, order->database, order->fresh, &aside, &fault) != OK) {
		fprintf(stderr, "viva: %s\n", fault);
		return 1;
	}
	printf("%s is as it was at %s: %lld rows\n", order->database,
	       clock_iso(order->arena, order->backup.made_at), (long long)order->backup.row_count);
	if (aside != NULL)
		printf("what was there before is %s\n", aside);
	puts("accounts that were deleted and log-ins that were ended since then are back");
	return 0;
}

int restore_database(struct arena *arena, int argc, char **argv)
{
	struct order order = { .arena = arena, .folder = config()->var };
	int status = 1;

	if (!read_order(&order, argc, argv))
		return usage();
	order.database = arena_printf(arena, "%s/viva.db", order.folder);
	order.fresh = arena_printf(arena, "%s.restoring", order.database);
	if (!check_file(&order) || !check_folder(&order))
		return 1;
	if (prepare(&order))
		status = put_in_place(&order);
	remove_fresh(&order);
	return status;
}
