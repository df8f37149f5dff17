#include "care/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/version.h"
#include "store/snapshot.h"

/* "\nviva-backup 1 <10 digits: bytes of the manifest> <its hash>\n" */
#define LAST_LINE "\nviva-backup 1 %010zu %s\n"
enum { LAST_BYTES = 91, MOST_MANIFEST = 1 << 20, PIECE = 1 << 17, FORMAT = 1, MOST_TABLES = 1000 };

/* A file of ours at work. */
struct work {
	struct arena *arena;
	const char **ret_fault;
};

static enum err fail(const struct work *work, const char *path, const char *what)
{
	*work->ret_fault = arena_printf(work->arena, "%s: %s", path, what);
	return ERR_INTERNAL;
}

static enum err refuse(const struct work *work, const char *why)
{
	*work->ret_fault = why;
	return ERR_INVALID;
}

static void close_file(void *descriptor)
{
	close(*(int *)descriptor);
}

static int keep_open(struct arena *arena, int file)
{
	int *kept = arena_alloc(arena, sizeof(*kept));

	*kept = file;
	arena_defer(arena, close_file, kept);
	return file;
}

static enum err create_file(const struct work *work, const char *path, int *ret_file)
{
	const int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	                      S_IRUSR | S_IWUSR);

	if (file < 0) {
		fail(work, path,
		     errno == EEXIST ? "there is such a file already" : strerror(errno));
		return errno == EEXIST ? ERR_CONFLICT : ERR_INTERNAL;
	}
	*ret_file = keep_open(work->arena, file);
	return OK;
}

static enum err write_all(const struct work *work, int file, const char *path, const void *bytes,
                          size_t len)
{
	const char *rest = bytes;

	while (len > 0) {
		const ssize_t written = write(file, rest, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail(work, path,
			            disk_is_full(errno) ? "the disk is full" : strerror(errno));
		rest += written;
		len -= (size_t)written;
	}
	return OK;
}

/*
 * The hash of the first `bytes` of the file, which are written to `copy` as well unless that is
 * below 0. NULL, with a fault: reading or writing failed.
 */
static const char *hash_file(const struct work *work, int file, int64_t bytes, int copy,
                             const char *copy_path)
{
	struct hash_stream *hash = hash_begin(work->arena);
	char *piece = arena_raw(work->arena, PIECE);

	for (int64_t at = 0; at < bytes;) {
		const size_t wanted = (size_t)(bytes - at < PIECE ? bytes - at : PIECE);
		const ssize_t len = pread(file, piece, wanted, at);

		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0) {
			*work->ret_fault = len < 0 ? strerror(errno) : "the file ends too early";
			return NULL;
		}
		hash_more(hash, piece, (size_t)len);
		if (copy >= 0 && write_all(work, copy, copy_path, piece, (size_t)len) != OK)
			return NULL;
		at += len;
	}
	return hash_end(hash, work->arena);
}

void backup_sync_folder(struct arena *arena, const char *path)
{
	const char *end = strrchr(path, '/');
	const char *folder = end == NULL   ? "."
	                     : end == path ? "/"
	                                   : arena_copy(arena, path, (size_t)(end - path));
	const int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (file < 0)
		return;
	fsync(file);
	close(file);
}

/* --- making -------------------------------------------------------------------- */

/* Sums up the rows of the manifest as well. */
static const char *manifest_text(const struct snapshot *snapshot, struct backup *backup,
                                 struct arena *arena)
{
	cJSON *manifest = cJSON_CreateObject(), *database, *rows;

	json_set_string(manifest, "program", "viva");
	json_set_number(manifest, "format", FORMAT);
	json_set_string(manifest, "version", backup->version);
	json_set_number(manifest, "edition", backup->edition);
	json_set_string(manifest, "made", clock_iso(arena, backup->made_at));
	json_set_number(manifest, "made_at", (double)backup->made_at);
	database = json_set_object(manifest, "database");
	json_set_number(database, "bytes", (double)backup->bytes);
	json_set_string(database, "sha256", backup->sha256);
	rows = json_set_object(manifest, "rows");
	backup->row_count = 0;
	for (size_t i = 0; i < snapshot->count; i++) {
		json_set_number(rows, snapshot->tables[i].name, (double)snapshot->tables[i].rows);
		backup->row_count += snapshot->tables[i].rows;
	}
	backup->rows = rows;
	return json_text(manifest);
}

/* Looks at the copy, then writes behind it what was seen. */
static enum err add_manifest(const struct work *work, int file, const char *path,
                             struct backup *backup)
{
	struct snapshot snapshot;
	struct stat status;
	const char *manifest;
	struct buf tail;
	enum err err = snapshot_inspect(work->arena, path, false, &snapshot, work->ret_fault);

	if (err != OK)
		return err;
	if (fstat(file, &status) != 0)
		return fail(work, path, strerror(errno));
	backup->edition = snapshot.edition;
	backup->bytes = status.st_size;
	backup->sha256 = hash_file(work, file, backup->bytes, -1, NULL);
	if (backup->sha256 == NULL)
		return ERR_INTERNAL;
	manifest = manifest_text(&snapshot, backup, work->arena);
	buf_init(&tail, work->arena);
	buf_str(&tail, manifest);
	buf_printf(&tail, LAST_LINE, strlen(manifest),
	           hash_bytes(work->arena, manifest, strlen(manifest)));
	if (lseek(file, 0, SEEK_END) < 0)
		return fail(work, path, strerror(errno));
	err = write_all(work, file, path, tail.data, tail.len);
	if (err == OK && fsync(file) != 0)
		return fail(work, path, strerror(errno));
	return err;
}

/* Gives the file its name unless that is taken meanwhile. */
static enum err give_name(const struct work *work, const char *part, const char *path)
{
	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return OK;
	if (errno == EINVAL && access(path, F_OK) != 0 && rename(part, path) == 0)
		return OK; /* a file system that does not know how */
	fail(work, path, errno == EEXIST ? "there is such a file already" : strerror(errno));
	return errno == EEXIST ? ERR_CONFLICT : ERR_INTERNAL;
}

/* It is better known before than after half of it is written. */
static enum err check_room(const struct work *work, const char *database, int file,
                           const char *path)
{
	enum { SPARE = 4 << 20 };
	const int64_t log = disk_file_size(arena_printf(work->arena, "%s-wal", database));
	struct stat status;
	struct statvfs disk;

	if (stat(database, &status) != 0)
		return fail(work, database, strerror(errno));
	if (fstatvfs(file, &disk) == 0 &&
	    (int64_t)(disk.f_bavail * disk.f_frsize) < status.st_size + (log > 0 ? log : 0) + SPARE)
		return fail(work, path, "the disk has no room for it");
	return OK;
}

enum err backup_make(struct arena *arena, const char *database, const char *path,
                     struct backup *ret_backup, const char **ret_fault)
{
	const struct work work = { arena, ret_fault };
	const char *part = arena_printf(arena, "%s.part", path);
	struct backup backup = { .version = VIVA_VERSION, .made_at = clock_now_ms() };
	int file = -1;
	enum err err;

	if (access(path, F_OK) == 0) {
		fail(&work, path, "there is such a file already");
		return ERR_CONFLICT;
	}
	unlink(part); /* what a power cut left */
	err = create_file(&work, part, &file);
	if (err != OK)
		return err;
	err = check_room(&work, database, file, part);
	if (err == OK)
		err = snapshot_make(arena, database, part, ret_fault);
	if (err == OK)
		err = add_manifest(&work, file, part, &backup);
	if (err == OK)
		err = give_name(&work, part, path);
	if (err != OK) {
		unlink(part);
		return err;
	}
	backup_sync_folder(arena, path);
	*ret_backup = backup;
	return OK;
}

/* --- reading ------------------------------------------------------------------- */

static enum err open_backup(const struct work *work, const char *path, int *ret_file,
                            int64_t *ret_bytes)
{
	/* Not blocking: somebody may have put a pipe there. */
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (file < 0) {
		refuse(work, strerror(errno));
		return ERR_NOT_FOUND;
	}
	keep_open(work->arena, file);
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
		return refuse(work, "it is no file");
	*ret_file = file;
	*ret_bytes = status.st_size;
	return OK;
}

/* The text of the manifest and where it begins. */
static enum err read_manifest(const struct work *work, int file, int64_t bytes, char **ret_text,
                              int64_t *ret_start)
{
	char line[LAST_BYTES + 1] = "", hash[65];
	size_t len;
	char *text;

	if (bytes < LAST_BYTES || pread(file, line, LAST_BYTES, bytes - LAST_BYTES) != LAST_BYTES ||
	    strncmp(line, "\nviva-backup ", 13) != 0 || line[LAST_BYTES - 1] != '\n')
		return refuse(work, "it is no backup of Viva, or its end is missing");
	if (sscanf(line, "\nviva-backup 1 %10zu %64[0-9a-f]\n", &len, hash) != 2)
		return refuse(work, "it was made by a newer Viva");
	if (len > MOST_MANIFEST || (int64_t)len > bytes - LAST_BYTES)
		return refuse(work, "it is damaged: its last line");
	text = arena_alloc(work->arena, len + 1);
	*ret_start = bytes - LAST_BYTES - (int64_t)len;
	if (pread(file, text, len, *ret_start) != (ssize_t)len ||
	    strcmp(hash_bytes(work->arena, text, len), hash) != 0)
		return refuse(work, "it is damaged: its manifest is not as it was written");
	*ret_text = text;
	return OK;
}

/* A whole number that JSON can hold; -1: it is none. */
static int64_t whole_number(const cJSON *value)
{
	const double most = 9e15;

	if (!cJSON_IsNumber(value) || !(value->valuedouble >= 0 && value->valuedouble <= most))
		return -1;
	return (int64_t)value->valuedouble;
}

static bool sum_rows(struct backup *backup)
{
	const cJSON *row;

	if (!cJSON_IsObject(backup->rows) || cJSON_GetArraySize(backup->rows) > MOST_TABLES)
		return false;
	cJSON_ArrayForEach(row, backup->rows)
	{
		if (whole_number(row) < 0)
			return false;
		backup->row_count += whole_number(row);
	}
	return true;
}

static bool parse_manifest(const char *text, struct backup *ret_backup)
{
	const cJSON *database;
	cJSON *manifest;
	struct backup backup;

	if (json_parse_strict(text, strlen(text), &manifest) != OK ||
	    strcmp(json_string(manifest, "program", ""), "viva") != 0 ||
	    whole_number(json_get(manifest, "format")) != FORMAT)
		return false;
	database = json_get(manifest, "database");
	backup = (struct backup){
		.version = json_string(manifest, "version", ""),
		.edition = (int)(whole_number(json_get(manifest, "edition")) % INT_MAX),
		.made_at = whole_number(json_get(manifest, "made_at")),
		.bytes = whole_number(json_get(database, "bytes")),
		.sha256 = json_string(database, "sha256", ""),
		.rows = json_get(manifest, "rows"),
	};
	*ret_backup = backup;
	return ret_backup->edition > 0 && sum_rows(ret_backup);
}

static enum err read_open(const struct work *work, int file, int64_t bytes,
                          struct backup *ret_backup)
{
	char *text;
	int64_t start;
	enum err err = read_manifest(work, file, bytes, &text, &start);

	if (err != OK)
		return err;
	if (!parse_manifest(text, ret_backup) || ret_backup->bytes != start)
		return refuse(work, "it is damaged: its manifest makes no sense");
	return OK;
}

enum err backup_read(struct arena *arena, const char *path, struct backup *ret_backup,
                     const char **ret_fault)
{
	const struct work work = { arena, ret_fault };
	int64_t bytes;
	int file;
	enum err err = open_backup(&work, path, &file, &bytes);

	return err == OK ? read_open(&work, file, bytes, ret_backup) : err;
}

/* --- checking ------------------------------------------------------------------ */

/* A database against what the manifest tells of it. */
static enum err compare(const struct work *work, const char *database, const struct backup *backup)
{
	struct snapshot snapshot;
	enum err err = snapshot_inspect(work->arena, database, true, &snapshot, work->ret_fault);

	if (err != OK)
		return err;
	if (snapshot.edition != backup->edition)
		return refuse(work, "its database is of another edition than it says");
	if ((int)snapshot.count != cJSON_GetArraySize(backup->rows))
		return refuse(work, "its database has other tables than it says");
	for (size_t i = 0; i < snapshot.count; i++)
		if (json_number(backup->rows, snapshot.tables[i].name, -1) !=
		    (double)snapshot.tables[i].rows)
			return refuse(work, arena_printf(work->arena,
			                                 "the table %s has %lld rows, not %.0f",
			                                 snapshot.tables[i].name,
			                                 (long long)snapshot.tables[i].rows,
			                                 json_number(backup->rows,
			                                             snapshot.tables[i].name, 0)));
	return OK;
}

static enum err check_hash(const struct work *work, const char *path, const struct backup *backup,
                           int copy, const char *copy_path)
{
	const char *hash;
	int64_t bytes;
	int file;
	enum err err = open_backup(work, path, &file, &bytes);

	if (err != OK)
		return err;
	hash = hash_file(work, file, backup->bytes, copy, copy_path);
	if (hash == NULL)
		return ERR_INTERNAL;
	if (strcmp(hash, backup->sha256) != 0)
		return refuse(work, "it is damaged: its database is not as it was written");
	return OK;
}

enum err backup_check(struct arena *arena, const char *path, const struct backup *backup,
                      const char **ret_fault)
{
	const struct work work = { arena, ret_fault };
	enum err err = check_hash(&work, path, backup, -1, NULL);

	return err == OK ? compare(&work, path, backup) : err;
}

enum err backup_unpack(struct arena *arena, const char *path, const struct backup *backup,
                       const char *database, const char **ret_fault)
{
	const struct work work = { arena, ret_fault };
	int file;
	enum err err = create_file(&work, database, &file);

	if (err != OK)
		return err;
	err = check_hash(&work, path, backup, file, database);
	if (err == OK && fsync(file) != 0)
		err = fail(&work, database, strerror(errno));
	if (err == OK)
		err = compare(&work, database, backup);
	if (err != OK)
		unlink(database);
	return err;
}
