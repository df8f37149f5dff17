/*
 * A backup is one file: a whole SQLite database as it stood at one moment, which sqlite3 opens as
 * it is, then a manifest in JSON with its hash, its edition and the rows of each table, then a
 * last line of fixed length with the hash of the manifest. All that an installation must go on
 * with is in the database, keys and log-ins too; settings (.env) and logs are not in it.
 *
 * Faults are told in English, for the operator.
 */
#ifndef VIVA_CARE_BACKUP_H
#define VIVA_CARE_BACKUP_H

#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

struct backup {
	const char *version; /* of the program that made it */
	int edition;         /* of the schema */
	int64_t made_at;     /* ms */
	int64_t bytes;       /* of the database, from the file's beginning */
	const char *sha256;  /* of these */
	const cJSON *rows;   /* of each table: object of numbers */
	int64_t row_count;   /* of all */
};

/*
 * Makes a backup of a database that may be in use. `path` must not exist: it comes to be when
 * all is written and safe on the disk, or not at all. Mode 0600. The thread is bound to `arena`.
 * ERR_CONFLICT: there is such a file; ERR_INTERNAL: it could not be made.
 */
enum err backup_make(struct arena *arena, const char *database, const char *path,
                     struct backup *ret_backup, const char **ret_fault);

/*
 * Reads what a file says of itself, without looking whether it is true. ERR_INVALID: it is no
 * backup, or its end is missing. ERR_NOT_FOUND: it cannot be opened. Thread bound as above.
 */
enum err backup_read(struct arena *arena, const char *path, struct backup *ret_backup,
                     const char **ret_fault);

/*
 * Whether the whole file is as it was made: hash, a sound database, the same rows. Nothing is
 * written. ERR_INVALID, with the reason: it is not.
 */
enum err backup_check(struct arena *arena, const char *path, const struct backup *backup,
                      const char **ret_fault);

/*
 * Writes its database to a new file, 0600, and looks whether that is what the manifest says. A
 * file that is not is gone again. ERR_INVALID: the backup is damaged; ERR_CONFLICT, ERR_INTERNAL:
 * it cannot be written.
 */
enum err backup_unpack(struct arena *arena, const char *path, const struct backup *backup,
                       const char *database, const char **ret_fault);

/* Says that a rename or a new name in the folder of the path is to survive a power cut. */
void backup_sync_folder(struct arena *arena, const char *path);

#endif
