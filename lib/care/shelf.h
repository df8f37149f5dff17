/*
 * The folder of backups: which are there, how long they stay, when the next is due. Files of the
 * form viva-20261121T032000Z.backup are ours, all others are left alone.
 */
#ifndef VIVA_CARE_SHELF_H
#define VIVA_CARE_SHELF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "care/backup.h"
#include "store/store.h"

struct shelf_item {
	const char *name;
	int64_t made_at; /* by its name, ms */
	int64_t bytes;
	bool is_kept; /* by shelf_choose */
};

struct shelf {
	const char *folder;
	struct shelf_item *items; /* newest first */
	size_t count;
};

/* How many days, weeks and months have a backup that stays: of each the newest. */
struct shelf_rule {
	int days, weeks, months;
};

/* Reads "7,4,6": numbers from 0 to 1000, not all of them 0. False: it is not like that. */
bool shelf_rule_read(const char *text, struct shelf_rule *ret_rule);

/* The configured folder; from VIVA_VAR unless it begins with a slash. */
const char *shelf_folder(struct arena *arena);

/* What is in it; none when there is no such folder. */
void shelf_read(struct arena *arena, const char *folder, struct shelf *ret_shelf);

/* "<folder>/viva-<time>.backup" */
char *shelf_name(struct arena *arena, const char *folder, int64_t now);

/*
 * Sets is_kept: the newest of each of the newest days, weeks (from Monday) and months (all UTC)
 * that have one. The newest of all and what comes from the future (a clock was wrong) stay too.
 */
void shelf_choose(struct shelf *shelf, const struct shelf_rule *rule, int64_t now);

/*
 * Makes a backup in the folder, which is made when missing, and removes those that the rule does
 * not keep, never before the new one is whole. One at a time: ERR_BUSY while another process is
 * at it. The thread is bound to `arena`; other errors as of backup_make.
 */
enum err shelf_add(struct arena *arena, const struct shelf_rule *rule, const char **ret_path,
                   struct backup *ret_backup, const char **ret_fault);

/*
 * backup_make of this installation's database, under the same lock as shelf_add: ERR_BUSY too. A
 * VIVA_VAR that cannot be written has no lock, and nobody else who could be at it.
 */
enum err shelf_make(struct arena *arena, const char *path, struct backup *ret_backup,
                    const char **ret_fault);

/* When the installation began: its first key was made. 0: that is not known. */
int64_t shelf_began_at(struct store *store, struct arena *arena);

/*
 * When the next daily backup is to be made by the programs themselves: a little more than a day
 * after the newest, so that a timer comes first; without any, after the installation began.
 */
int64_t shelf_due_at(const struct shelf *shelf, int64_t began_at, int64_t now);

/*
 * The daily backup, if it is due and nobody else is making it; what came of it is logged. For the
 * housekeeping of a program.
 */
void shelf_keep(struct store *store, struct arena *arena);

#endif
