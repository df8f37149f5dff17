/* viva backup: a copy of everything in one file, and a look at such a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/config.h"
#include "base/file.h"
#include "base/clock.h"
#include "care/shelf.h"
#include "recheck.h"
#include "store/snapshot.h"
#include "viva.h"

static int usage(void)
{
	fputs("usage: viva backup [--daily] [FILE|FOLDER]\n       viva backup --check FILE\n",
	      stderr);
	return 2;
}

static int fail(const char *what, const char *fault)
{
	fprintf(stderr, "viva: %s: %s\n", what, fault);
	return 1;
}

static void tell_made(const char *path, const struct backup *backup)
{
	printf("%s: %.1f MiB, edition %d, %lld rows, SHA-256 of the database %s\n", path,
	       (double)backup->bytes / (1 << 20), backup->edition, (long long)backup->row_count,
	       backup->sha256);
}

static int make_daily(struct arena *arena)
{
	struct shelf_rule rule;
	struct backup backup;
	const char *path, *fault;

	if (!shelf_rule_read(config()->backup_keep, &rule))
		return fail("VIVA_BACKUP_KEEP", "it must be three numbers like 7,4,6");
	if (shelf_add(arena, &rule, &path, &backup, &fault) != OK)
		return fail("no backup was made", fault);
	tell_made(path, &backup);
	return 0;
}

/* A folder that exists gets a file with a name of ours. */
static int make_at(struct arena *arena, const char *wanted)
{
	const char *path = wanted, *fault;
	struct backup backup;
	struct stat status;

	if (stat(wanted, &status) == 0 && S_ISDIR(status.st_mode))
		path = shelf_name(arena, wanted, clock_now_ms());
	if (shelf_make(arena, path, &backup, &fault) != OK)
		return fail("no backup was made", fault);
	tell_made(path, &backup);
	return 0;
}

/* The folder of backups, without tidying it up. */
static int make_in_folder(struct arena *arena)
{
	const char *folder = shelf_folder(arena);

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return fail(folder, strerror(errno));
	file_give(folder, config()->var);
	return make_at(arena, folder);
}

static int check(struct arena *arena, const char *path)
{
	struct backup backup;
	const char *fault;
	enum err err = backup_read(arena, path, &backup, &fault);

	if (err == OK)
		err = backup_check(arena, path, &backup, &fault);
	if (err != OK)
		return fail(path, fault);
	if (backup.edition > snapshot_newest_edition())
		return fail(path, "it is whole, but of a newer Viva than this one");
	printf("%s: made %s by Viva %s, edition %d\n", path, clock_iso(arena, backup.made_at),
	       backup.version, backup.edition);
	printf("the file is whole: %.1f MiB, %lld rows, hash and database are right\n",
	       (double)backup.bytes / (1 << 20), (long long)backup.row_count);
	if (backup.edition < snapshot_newest_edition()) {
		puts("its reports are verified when it is restored, after the upgrade");
		return 0;
	}
	return recheck_file(arena, path) ? 0 : 1;
}

int backup_database(struct arena *arena, int argc, char **argv)
{
	if (argc == 0)
		return make_in_folder(arena);
	if (strcmp(argv[0], "--daily") == 0)
		return argc == 1 ? make_daily(arena) : usage();
	if (strcmp(argv[0], "--check") == 0)
		return argc == 2 ? check(arena, argv[1]) : usage();
	return argc == 1 && argv[0][0] != '-' ? make_at(arena, argv[0]) : usage();
}
