/* Checks of VIVA_VAR: the folder, the database and its backups. */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/disk.h"
#include "care/doctor.h"
#include "care/shelf.h"
#include "judge/task.h"
#include "store/audit.h"
#include "store/bank.h"
#include "store/health.h"
#include "store/snapshot.h"

static const int64_t DAY_MS = 24 * 3600 * 1000LL, MIB = 1 << 20;

enum { FEW_MIB = 1024, NONE_MIB = 64, FEW_INODES = 1000, LARGE_LOG_MIB = 256 };

static void check_folder(struct doctor *doctor)
{
	const char *var = config()->var;
	struct stat status;

	if (stat(var, &status) != 0 || !S_ISDIR(status.st_mode)) {
		doctor_say(doctor, DOCTOR_ERROR, "make it, or correct VIVA_VAR",
		           "there is no folder %s", var);
		return;
	}
	if ((status.st_mode & 022) != 0)
		doctor_say(doctor, DOCTOR_ERROR, arena_printf(doctor->arena, "chmod 700 %s", var),
		           "others may write to %s", var);
	else if ((status.st_mode & 005) != 0)
		doctor_say(doctor, DOCTOR_WARNING, arena_printf(doctor->arena, "chmod 700 %s", var),
		           "everybody may look into %s", var);
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "%s is private", var);
	if (access(var, R_OK | W_OK | X_OK) != 0)
		doctor_say(doctor, DOCTOR_ERROR, "run this as the user of Viva's programs",
		           "this user may not write to %s", var);
}

/* The database holds the keys: who reads it can sign and log in as anybody. */
static void check_files(struct doctor *doctor)
{
	static const char *const names[] = { "viva.db", "viva.db-wal", "viva.db-shm", "locks",
		                             "api-rates" };
	const size_t before = doctor->count;
	struct stat folder, status;

	if (stat(config()->var, &folder) != 0)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *path = config_var_path(names[i]);

		if (stat(path, &status) != 0)
			continue;
		if ((status.st_mode & 077) != 0)
			doctor_say(doctor,
			           (status.st_mode & 007) != 0 ? DOCTOR_ERROR : DOCTOR_WARNING,
			           arena_printf(doctor->arena, "chmod 600 %s", path),
			           "others than its owner may read or write %s", path);
		if (status.st_uid != folder.st_uid)
			doctor_say(doctor, DOCTOR_ERROR,
			           arena_printf(doctor->arena, "chown %u %s",
			                        (unsigned)folder.st_uid, path),
			           "%s belongs to user %u, its folder to %u", path,
			           (unsigned)status.st_uid, (unsigned)folder.st_uid);
	}
	if (doctor->count == before)
		doctor_say(doctor, DOCTOR_OK, NULL, "database and keys are for their owner only");
}

static void check_room(struct doctor *doctor, const char *path)
{
	struct statvfs disk;
	int64_t mib;

	if (statvfs(path, &disk) != 0)
		return;
	mib = (int64_t)(disk.f_bavail * disk.f_frsize) / MIB;
	if (mib < FEW_MIB)
		doctor_say(doctor, mib < NONE_MIB ? DOCTOR_ERROR : DOCTOR_WARNING,
		           "make room before answers can no longer be kept",
		           "%" PRId64 " MiB are free at %s", mib, path);
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "%" PRId64 " MiB are free at %s", mib, path);
	if (disk.f_files > 0 && disk.f_favail < FEW_INODES)
		doctor_say(doctor, DOCTOR_WARNING, "remove small files there",
		           "only %llu more files can be made at %s",
		           (unsigned long long)disk.f_favail, path);
}

static void check_disk(struct doctor *doctor)
{
	const char *shelf = shelf_folder(doctor->arena);

	check_room(doctor, config()->var);
	if (access(shelf, F_OK) == 0)
		check_room(doctor, shelf);
}

static void check_mount(struct doctor *doctor)
{
	static const struct {
		unsigned long type;
		const char *name;
	} networks[] = { { 0x6969, "NFS" }, { 0xFF534D42, "CIFS" }, { 0xFE534D42, "SMB" } };
	struct statfs disk;
	struct statvfs flags;

	if (statfs(config()->var, &disk) != 0 || statvfs(config()->var, &flags) != 0)
		return;
	for (size_t i = 0; i < sizeof(networks) / sizeof(*networks); i++)
		if ((unsigned long)disk.f_type == networks[i].type)
			doctor_say(doctor, DOCTOR_ERROR, "move VIVA_VAR to a disk of this machine",
			           "%s is on %s, where a write-ahead log does not work",
			           config()->var, networks[i].name);
	if ((flags.f_flag & ST_RDONLY) != 0)
		doctor_say(doctor, DOCTOR_ERROR, "mount it for writing", "%s is read-only",
		           config()->var);
}

static void check_database(struct doctor *doctor)
{
	const char *path = config_var_path("viva.db"), *found;
	struct health health;

	if (doctor->store == NULL) {
		doctor_say(doctor, DOCTOR_ERROR,
		           access(path, F_OK) == 0
		                   ? "`viva migrate` brings an older one up to date; a damaged one "
		                     "comes back with `viva restore`"
		                   : "make it with `viva migrate`, then `viva bank import`",
		           access(path, F_OK) == 0 ? "%s cannot be opened by this program"
		                                   : "%s is not there",
		           path);
		return;
	}
	if (health_integrity(doctor->store, doctor->arena, doctor->is_whole, &found) != OK ||
	    strcmp(found, "ok") != 0)
		doctor_say(doctor, DOCTOR_ERROR, "go back to the newest backup: `viva restore`",
		           "the database is damaged");
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "the database is sound%s",
		           doctor->is_whole ? ", every index as well" : "");
	if (health_read(doctor->store, doctor->arena, &health) == OK)
		doctor_say(doctor, DOCTOR_OK, NULL, "edition %d, %.1f MiB", health.edition,
		           (double)disk_file_size(path) / (double)MIB);
}

static void check_log(struct doctor *doctor)
{
	const int64_t mib = disk_file_size(config_var_path("viva.db-wal")) / MIB;

	if (mib >= LARGE_LOG_MIB)
		doctor_say(doctor, DOCTOR_WARNING,
		           "look for a program that reads for hours; a restart empties it",
		           "the write-ahead log has %" PRId64 " MiB", mib);
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "the write-ahead log has %" PRId64 " MiB", mib);
}

static void check_audit(struct doctor *doctor)
{
	struct audit_check end;
	enum err err;

	if (doctor->store == NULL)
		return;
	err = doctor->is_whole ? audit_verify(doctor->store, doctor->arena, NULL, &end)
	                       : audit_end(doctor->store, doctor->arena, &end);
	if (err != OK || end.reason != NULL)
		doctor_say(doctor, DOCTOR_ERROR, "see `viva audit verify`",
		           "the audit log is not whole");
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "audit log: %" PRId64 " rows, head %.16s",
		           end.rows, end.head[0] != '\0' ? end.head : "none");
}

static void check_backup(struct doctor *doctor)
{
	const int64_t now = clock_now_ms();
	const char *advice = "make one: `viva backup --daily`";
	struct shelf shelf;
	int64_t age;

	shelf_read(doctor->arena, shelf_folder(doctor->arena), &shelf);
	if (shelf.count == 0) {
		const int64_t began = doctor->store != NULL
		                              ? shelf_began_at(doctor->store, doctor->arena)
		                              : now;

		doctor_say(doctor, now - began > 2 * DAY_MS ? DOCTOR_WARNING : DOCTOR_OK,
		           now - began > 2 * DAY_MS ? advice : NULL, "there is no backup in %s yet",
		           shelf.folder);
		return;
	}
	age = (now - shelf.items[0].made_at) / (3600 * 1000);
	doctor_say(doctor, age >= 48 ? DOCTOR_WARNING : DOCTOR_OK, age >= 48 ? advice : NULL,
	           "the newest backup is %" PRId64 " hours old, %.1f MiB, in %s", age,
	           (double)shelf.items[0].bytes / (double)MIB, shelf.folder);
}

static void check_tasks(struct doctor *doctor)
{
	struct bank_question_list bank;
	int unjudged = 0;

	if (doctor->store == NULL || bank_list(doctor->store, doctor->arena, &bank) != OK)
		return;
	for (size_t i = 0; i < bank.count; i++)
		unjudged += bank.items[i].enabled && strcmp(bank.items[i].q_type, "coding") == 0 &&
		            !task_is_complete(doctor->arena, bank.items[i].body);
	if (unjudged > 0)
		doctor_say(doctor, DOCTOR_WARNING,
		           "`viva bank import`, where the sandbox works and Python is installed",
		           "%d coding tasks have no expected answers: code for them is not judged",
		           unjudged);
}

const struct doctor_check doctor_data_checks[] = {
	{ "folder", check_folder },     { "folder", check_files },
	{ "disk", check_disk },         { "disk", check_mount },
	{ "database", check_database }, { "database", check_log },
	{ "audit", check_audit },       { "backup", check_backup },
	{ "bank", check_tasks },        { NULL, NULL },
};
