#include "care/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/log.h"
#include "store/signing_key.h"

static const int64_t HOUR_MS = 3600 * 1000LL, DAY_MS = 24 * 3600 * 1000LL;

enum { DUE_HOURS = 26, MOST_KEPT = 1000 };

static const char ENDING[] = ".backup";

bool shelf_rule_read(const char *text, struct shelf_rule *ret_rule)
{
	struct shelf_rule rule;
	char more;

	if (text[strspn(text, "0123456789,")] != '\0' ||
	    sscanf(text, "%4d,%4d,%4d%c", &rule.days, &rule.weeks, &rule.months, &more) != 3 ||
	    rule.days > MOST_KEPT || rule.weeks > MOST_KEPT || rule.months > MOST_KEPT ||
	    rule.days + rule.weeks + rule.months == 0)
		return false;
	*ret_rule = rule;
	return true;
}

const char *shelf_folder(struct arena *arena)
{
	const char *folder = config()->backup_folder;

	if (folder[0] == '/')
		return folder;
	return arena_printf(arena, "%s/%s", config()->var, folder[0] != '\0' ? folder : "backup");
}

char *shelf_name(struct arena *arena, const char *folder, int64_t now)
{
	const time_t seconds = (time_t)(now / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	return arena_printf(arena, "%s/viva-%04d%02d%02dT%02d%02d%02dZ%s", folder, t.tm_year + 1900,
	                    t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, ENDING);
}

/* The time in a name of ours; false: it is none. */
static bool read_name(struct arena *arena, const char *name, int64_t *ret_time)
{
	struct tm t = { 0 };
	time_t seconds;

	if (sscanf(name, "viva-%4d%2d%2dT%2d%2d%2dZ", &t.tm_year, &t.tm_mon, &t.tm_mday, &t.tm_hour,
	           &t.tm_min, &t.tm_sec) != 6)
		return false;
	t.tm_year -= 1900;
	t.tm_mon -= 1;
	seconds = timegm(&t);
	*ret_time = (int64_t)seconds * 1000;
	/* One that is written otherwise, or has a 31st of June, is not of ours. */
	return strcmp(shelf_name(arena, "", *ret_time) + 1, name) == 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct shelf_item *one = a, *other = b;

	return one->made_at < other->made_at ? 1 : one->made_at > other->made_at ? -1 : 0;
}

static void add_item(struct arena *arena, struct shelf *shelf, const char *name)
{
	struct stat status;
	int64_t made_at;

	if (!read_name(arena, name, &made_at) ||
	    lstat(arena_printf(arena, "%s/%s", shelf->folder, name), &status) != 0 ||
	    !S_ISREG(status.st_mode))
		return;
	if ((shelf->count & (shelf->count - 1)) == 0) {
		struct shelf_item *larger = arena_array(arena, shelf->count * 2 + 1,
		                                        sizeof(*larger));

		if (shelf->count > 0)
			memcpy(larger, shelf->items, shelf->count * sizeof(*larger));
		shelf->items = larger;
	}
	shelf->items[shelf->count++] = (struct shelf_item){ .name = arena_strdup(arena, name),
		                                            .made_at = made_at,
		                                            .bytes = status.st_size };
}

void shelf_read(struct arena *arena, const char *folder, struct shelf *ret_shelf)
{
	struct shelf shelf = { .folder = folder };
	DIR *files = opendir(folder);
	const struct dirent *file;

	while (files != NULL && (file = readdir(files)) != NULL)
		add_item(arena, &shelf, file->d_name);
	if (files != NULL)
		closedir(files);
	if (shelf.count > 0)
		qsort(shelf.items, shelf.count, sizeof(*shelf.items), newest_first);
	*ret_shelf = shelf;
}

/* --- what stays ------------------------------------------------------------------ */

static int64_t day_of(int64_t ms)
{
	return ms / DAY_MS;
}

/* 1970 began on a Thursday. */
static int64_t week_of(int64_t ms)
{
	return (day_of(ms) + 3) / 7;
}

static int64_t month_of(int64_t ms)
{
	const time_t seconds = (time_t)(ms / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	return (int64_t)t.tm_year * 12 + t.tm_mon;
}

/* Of the `most` newest spans that have any, the newest item of each; those ahead of `now` count
 * for none. */
static void keep_newest(struct shelf *shelf, int most, int64_t now, int64_t (*span_of)(int64_t ms))
{
	int64_t last = -1;

	for (size_t i = 0; i < shelf->count && most > 0; i++) {
		struct shelf_item *item = &shelf->items[i];

		if (item->made_at > now || span_of(item->made_at) == last)
			continue;
		last = span_of(item->made_at);
		item->is_kept = true;
		most--;
	}
}

void shelf_choose(struct shelf *shelf, const struct shelf_rule *rule, int64_t now)
{
	bool has_newest = false;

	for (size_t i = 0; i < shelf->count; i++) {
		struct shelf_item *item = &shelf->items[i];

		item->is_kept = item->made_at > now || !has_newest;
		has_newest = has_newest || item->made_at <= now;
	}
	keep_newest(shelf, rule->days, now, day_of);
	keep_newest(shelf, rule->weeks, now, week_of);
	keep_newest(shelf, rule->months, now, month_of);
}

/* --- making one -------------------------------------------------------------------- */

static void remove_old(struct arena *arena, const struct shelf_rule *rule, const char *folder)
{
	const int64_t now = clock_now_ms();
	struct shelf shelf;

	shelf_read(arena, folder, &shelf);
	shelf_choose(&shelf, rule, now);
	for (size_t i = 0; i < shelf.count; i++)
		if (!shelf.items[i].is_kept)
			unlink(arena_printf(arena, "%s/%s", folder, shelf.items[i].name));
}

/* What somebody left who was killed while writing. */
static void remove_parts(struct arena *arena, const char *folder)
{
	static const char part[] = ".part";
	DIR *files = opendir(folder);
	const struct dirent *file;
	int64_t made_at;

	while (files != NULL && (file = readdir(files)) != NULL) {
		const size_t len = strlen(file->d_name), end = sizeof(part) - 1;

		if (len > end && strcmp(file->d_name + len - end, part) == 0 &&
		    read_name(arena, arena_copy(arena, file->d_name, len - end), &made_at))
			unlink(arena_printf(arena, "%s/%s", folder, file->d_name));
	}
	if (files != NULL)
		closedir(files);
}

static const char *database(struct arena *arena)
{
	return arena_printf(arena, "%s/viva.db", config()->var);
}

/* The caller holds the lock. */
static enum err add(struct arena *arena, const struct shelf_rule *rule, const char **ret_path,
                    struct backup *ret_backup, const char **ret_fault)
{
	const char *folder = shelf_folder(arena);
	enum err err;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		*ret_fault = arena_printf(arena, "%s: %s", folder, strerror(errno));
		return ERR_INTERNAL;
	}
	file_give(folder, config()->var);
	remove_parts(arena, folder);
	*ret_path = shelf_name(arena, folder, clock_now_ms());
	err = backup_make(arena, database(arena), *ret_path, ret_backup, ret_fault);
	if (err == OK)
		file_give(*ret_path, folder);
	if (err == OK)
		remove_old(arena, rule, folder);
	return err;
}

static enum err take_turn(struct arena *arena, struct lock **ret_lock, const char **ret_fault)
{
	enum err err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var), "backup", 0,
	                         ret_lock);

	if (err != OK)
		*ret_fault = err == ERR_BUSY ? "a backup is being made already"
		                             : "VIVA_VAR cannot be written";
	return err;
}

enum err shelf_add(struct arena *arena, const struct shelf_rule *rule, const char **ret_path,
                   struct backup *ret_backup, const char **ret_fault)
{
	struct lock *lock;
	enum err err = take_turn(arena, &lock, ret_fault);

	if (err != OK)
		return err;
	err = add(arena, rule, ret_path, ret_backup, ret_fault);
	lock_release(lock);
	return err;
}

enum err shelf_make(struct arena *arena, const char *path, struct backup *ret_backup,
                    const char **ret_fault)
{
	struct lock *lock = NULL;
	enum err err = OK;

	if (access(config()->var, W_OK) == 0)
		err = take_turn(arena, &lock, ret_fault);
	if (err == OK)
		err = backup_make(arena, database(arena), path, ret_backup, ret_fault);
	lock_release(lock);
	return err;
}

/* --- the daily one ------------------------------------------------------------------ */

int64_t shelf_due_at(const struct shelf *shelf, int64_t began_at, int64_t now)
{
	for (size_t i = 0; i < shelf->count; i++)
		if (shelf->items[i].made_at <= now)
			return shelf->items[i].made_at + DUE_HOURS * HOUR_MS;
	return began_at + DUE_HOURS * HOUR_MS;
}

static bool is_due(struct arena *arena, int64_t began_at)
{
	const int64_t now = clock_now_ms();
	struct shelf shelf;

	shelf_read(arena, shelf_folder(arena), &shelf);
	return shelf_due_at(&shelf, began_at, now) <= now;
}

static void make_due(struct arena *arena)
{
	const char *path, *fault;
	struct backup backup;
	struct shelf_rule rule;

	if (!shelf_rule_read(config()->backup_keep, &rule))
		log_error("no daily backup: VIVA_BACKUP_KEEP must be like 7,4,6");
	else if (add(arena, &rule, &path, &backup, &fault) == OK)
		log_info("daily backup %s, %lld bytes", path, (long long)backup.bytes);
	else
		log_error("no daily backup: %s", fault);
}

int64_t shelf_began_at(struct store *store, struct arena *arena)
{
	struct signing_key_list keys;

	if (signing_key_list(store, arena, &keys) != OK || keys.count == 0)
		return 0;
	return keys.items[keys.count - 1].created_at;
}

void shelf_keep(struct store *store, struct arena *arena)
{
	const int64_t began_at = shelf_began_at(store, arena);
	const char *fault;
	struct lock *lock;

	if (!config()->backup_daily || began_at == 0 || !is_due(arena, began_at) ||
	    take_turn(arena, &lock, &fault) != OK)
		return;
	if (is_due(arena, began_at)) /* still: nobody was at it meanwhile */
		make_due(arena);
	lock_release(lock);
}
