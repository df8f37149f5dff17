/*
 * Files that somebody has restored. The input is a manifest, a line "%%" and the database's bytes;
 * {sha} and {bytes} in the manifest stand for what is true of these, and the last line is made
 * for it. Without "%%" it is the file as it stands. What is refused says why; what is taken is
 * unpacked as it was.
 */
#include <stdio.h>
#include <unistd.h>

#include "target.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "care/backup.h"

static void add_filled(struct arena *arena, struct buf *out, const char *text, const char *bytes,
                       size_t len)
{
	for (const char *at; (at = strchr(text, '{')) != NULL; text = at) {
		buf_add(out, text, (size_t)(at - text));
		if (strncmp(at, "{sha}", 5) == 0) {
			buf_str(out, hash_bytes(arena, bytes, len));
			at += 5;
		} else if (strncmp(at, "{bytes}", 7) == 0) {
			buf_printf(out, "%zu", len);
			at += 7;
		} else {
			buf_char(out, *at++);
		}
	}
	buf_str(out, text);
}

/* The file that the input describes. */
static struct buf file_of(struct arena *arena, const char *text, size_t size)
{
	static const char divider[] = "\n%%\n";
	const char *found = memmem(text, size, divider, strlen(divider)), *bytes;
	struct buf file, manifest;
	size_t len;

	buf_init(&file, arena);
	buf_init(&manifest, arena);
	if (found == NULL) {
		buf_add(&file, text, size);
		return file;
	}
	bytes = found + strlen(divider);
	len = size - (size_t)(bytes - text);
	add_filled(arena, &manifest, arena_copy(arena, text, (size_t)(found - text)), bytes, len);
	buf_add(&file, bytes, len);
	buf_str(&file, manifest.len > 0 ? manifest.data : "");
	buf_printf(&file, "\nviva-backup 1 %010zu %s\n", manifest.len,
	           hash_bytes(arena, manifest.len > 0 ? manifest.data : "", manifest.len));
	return file;
}

static void restore(struct arena *arena, const char *path, const char *database)
{
	const char *fault = NULL;
	struct backup backup;

	if (backup_read(arena, path, &backup, &fault) != OK) {
		must(fault != NULL);
		return;
	}
	must(backup.bytes >= 0 && backup.edition > 0 && backup.row_count >= 0);
	if (backup_check(arena, path, &backup, &fault) != OK)
		must(fault != NULL && backup_unpack(arena, path, &backup, database, &fault) != OK);
	else
		must(backup_unpack(arena, path, &backup, database, &fault) == OK);
}

FUZZ_TARGET("backup")
{
	struct arena *arena = arena_create();
	char folder[] = "/dev/shm/viva-fuzz-XXXXXX"; /* in memory */
	const struct buf bytes = file_of(arena, arena_copy(arena, data, size), size);
	const char *path, *database;
	FILE *file;

	must(mkdtemp(folder) != NULL);
	path = arena_printf(arena, "%s/viva.backup", folder);
	database = arena_printf(arena, "%s/viva.db", folder);
	file = fopen(path, "wbe");
	must(file != NULL);
	must(bytes.len == 0 || fwrite(bytes.data, 1, bytes.len, file) == bytes.len);
	fclose(file);
	json_bind(arena);
	restore(arena, path, database);
	json_bind(NULL);
	unlink(path);
	unlink(database);
	must(rmdir(folder) == 0);
	arena_destroy(arena);
	return 0;
}
