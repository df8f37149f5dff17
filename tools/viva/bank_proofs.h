/*
 * Which tasks of the bank have shown all they must in the sandbox, as they stand now: to run all
 * wrong variants of all tasks takes long, so only what changed is tried again.
 */
#ifndef VIVA_TOOLS_BANK_PROOFS_H
#define VIVA_TOOLS_BANK_PROOFS_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

struct bank_proofs;

/* The proofs of FOLDER/proofs.json; none where there is no such file or it cannot be read. */
struct bank_proofs *proofs_read(struct arena *arena, const char *folder);

/* True if the task was proved as it stands. */
bool proofs_has(const struct bank_proofs *proofs, const cJSON *task);

/* Notes that the task is proved: so many of its wrong variants fail. */
void proofs_add(struct bank_proofs *proofs, const cJSON *task, size_t variants, size_t failing);

/* Writes those of the tasks that are proved, ordered as the tasks are. ERR_INTERNAL with a message.
 */
enum err proofs_write(const struct bank_proofs *proofs, const cJSON *tasks);

#endif
