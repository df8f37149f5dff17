/*
 * What a disk holds when the power goes: what was synced for certain, and of the rest any part,
 * writes torn at sectors. It watches fault_vfs.h.
 */
#ifndef VIVA_TESTS_POWER_DISK_H
#define VIVA_TESTS_POWER_DISK_H

#include "fault_vfs.h"

#include "check.h"

enum { POWER_FILES = 8, POWER_SECTOR = 512 };

/* A change of a file that no sync has made certain. */
struct power_change {
	enum { POWER_WRITE, POWER_TRUNCATE, POWER_DELETE } what;
	char *bytes;
	sqlite3_int64 offset; /* POWER_TRUNCATE: the new size */
	int len;
};

struct power_file {
	const char *path;
	char *bytes; /* that are certain; NULL: no such file, for certain */
	sqlite3_int64 len;
	struct power_change *changes;
	int count;
};

/* How much of what is uncertain reached the disk. */
enum power_luck { POWER_NOTHING, POWER_SOME, POWER_TORN, POWER_LUCKS };

static struct power_file power_files[POWER_FILES];
static uint64_t power_seed;
static void (*power_before_sync)(void);

static inline uint64_t power_random(void)
{
	power_seed ^= power_seed << 13;
	power_seed ^= power_seed >> 7;
	power_seed ^= power_seed << 17;
	return power_seed;
}

static inline struct power_file *power_file_of(const char *path)
{
	size_t i = 0;

	while (i < POWER_FILES && power_files[i].path != NULL &&
	       strcmp(power_files[i].path, path) != 0)
		i++;
	if (i == POWER_FILES)
		abort();
	if (power_files[i].path == NULL)
		power_files[i].path = sqlite3_mprintf("%s", path);
	return &power_files[i];
}

static inline void power_note(const char *path, const struct power_change *change)
{
	struct power_file *file = power_file_of(path);

	file->changes = sqlite3_realloc64(file->changes, ((sqlite3_uint64)file->count + 1) *
	                                                         sizeof(*file->changes));
	file->changes[file->count] = *change;
	if (change->len > 0) {
		file->changes[file->count].bytes = sqlite3_malloc(change->len);
		memcpy(file->changes[file->count].bytes, change->bytes, (size_t)change->len);
	}
	file->count++;
}

static inline void power_resize(struct power_file *file, sqlite3_int64 len)
{
	if (file->bytes == NULL || len > file->len) {
		file->bytes = sqlite3_realloc64(file->bytes, (sqlite3_uint64)len + 1);
		memset(file->bytes + file->len, 0, (size_t)(len - file->len));
	}
	file->len = len;
}

/* Puts a change into the bytes of a file; of a torn write each sector has a chance. */
static inline void power_apply(struct power_file *file, const struct power_change *change,
                               bool is_torn)
{
	if (change->what == POWER_DELETE) {
		sqlite3_free(file->bytes);
		file->bytes = NULL;
		file->len = 0;
		return;
	}
	if (change->what == POWER_TRUNCATE) {
		power_resize(file, change->offset);
		return;
	}
	if (change->offset + change->len > file->len || file->bytes == NULL)
		power_resize(file, change->offset + change->len);
	for (int at = 0; at < change->len; at += POWER_SECTOR) {
		const int rest = change->len - at;

		if (!is_torn || power_random() % 2 == 0)
			memcpy(file->bytes + change->offset + at, change->bytes + at,
			       (size_t)(rest < POWER_SECTOR ? rest : POWER_SECTOR));
	}
}

static inline void power_forget_changes(struct power_file *file)
{
	for (int i = 0; i < file->count; i++)
		sqlite3_free(file->changes[i].bytes);
	sqlite3_free(file->changes);
	file->changes = NULL;
	file->count = 0;
}

static void power_on_write(const char *path, const void *bytes, int len, sqlite3_int64 offset)
{
	char *copy = sqlite3_malloc(len);

	memcpy(copy, bytes, (size_t)len);
	power_note(path, &(struct power_change){ POWER_WRITE, copy, offset, len });
	sqlite3_free(copy);
}

static void power_on_truncate(const char *path, sqlite3_int64 size)
{
	power_note(path, &(struct power_change){ .what = POWER_TRUNCATE, .offset = size });
}

static void power_on_sync(const char *path)
{
	struct power_file *file = power_file_of(path);

	power_before_sync();
	for (int i = 0; i < file->count; i++)
		power_apply(file, &file->changes[i], false);
	power_forget_changes(file);
}

static void power_on_delete(const char *path, bool is_synced)
{
	power_note(path, &(struct power_change){ .what = POWER_DELETE });
	if (!is_synced)
		return;
	power_apply(power_file_of(path), &(struct power_change){ .what = POWER_DELETE }, false);
	power_forget_changes(power_file_of(path));
}

/* From now on every file below the path of a database is watched; its bytes are certain. */
static inline void power_watch(const char *path, const char *bytes, size_t len,
                               void (*before_sync)(void))
{
	static const struct fault_watcher watcher = { power_on_write, power_on_truncate,
		                                      power_on_sync, power_on_delete };
	struct power_file *file = power_file_of(path);

	power_resize(file, (sqlite3_int64)len);
	memcpy(file->bytes, bytes, len);
	power_before_sync = before_sync;
	fault_watcher = &watcher;
}

/* The file as it is found after the power went; the caller frees its bytes. */
static inline struct power_file power_found(const struct power_file *file, enum power_luck luck)
{
	struct power_file found = { 0 };

	if (file->bytes != NULL) {
		power_resize(&found, file->len);
		memcpy(found.bytes, file->bytes, (size_t)file->len);
	}
	for (int i = 0; i < file->count && luck != POWER_NOTHING; i++) {
		const bool is_there = power_random() % 3 != 0;

		if (!is_there && file->changes[i].what == POWER_DELETE)
			break; /* what follows went to a file that has no name now */
		if (is_there)
			power_apply(&found, &file->changes[i], luck == POWER_TORN);
	}
	return found;
}

static inline void power_write(const char *path, const struct power_file *found)
{
	FILE *out;

	unlink(path);
	if (found->bytes == NULL)
		return;
	out = fopen(path, "wbe");
	CHECK(out != NULL &&
	      fwrite(found->bytes, 1, (size_t)found->len, out) == (size_t)found->len);
	if (out != NULL)
		fclose(out);
}

/* Writes the disk's files as found to `path` and beside it. */
static inline void power_cut(const char *path, enum power_luck luck)
{
	const size_t stem = strlen(power_files[0].path);

	for (size_t i = 0; i < POWER_FILES && power_files[i].path != NULL; i++) {
		struct power_file found = power_found(&power_files[i], luck);

		power_write(arena_printf(arena, "%s%s", path, power_files[i].path + stem), &found);
		sqlite3_free(found.bytes);
	}
}

static inline void power_end(void)
{
	fault_watcher = NULL;
	for (size_t i = 0; i < POWER_FILES && power_files[i].path != NULL; i++) {
		power_forget_changes(&power_files[i]);
		sqlite3_free(power_files[i].bytes);
		sqlite3_free((void *)(uintptr_t)power_files[i].path);
	}
}

#endif
