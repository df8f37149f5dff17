/* Private to lib/store: how a database comes into being and grows older. */
#ifndef VIVA_STORE_MIGRATE_H
#define VIVA_STORE_MIGRATE_H

#include <stdbool.h>

#include "base/err.h"

/* SQL that turns edition i + 1 into i + 2, for every i; NULL ends the list. */
extern const char *const migrate_steps[];

/* The step from edition 5 to 6. */
extern const char migrate_recruiters_desk[];

/* The step from edition 6 to 7. */
extern const char migrate_practised_bank[];

/* The edition that `steps` lead to; the schema file describes this one. */
int migrate_newest(const char *const *steps);

/* store_is_current with a list of steps. */
bool migrate_is_current(const char *path, const char *const *steps);

/*
 * store_migrate with a list of steps. All steps run in one transaction, so that a
 * failure leaves the database as it was. A database of a newer edition, or one that
 * is not Viva's, is refused. Failures are logged and give ERR_INTERNAL.
 */
enum err migrate_run(const char *path, const char *schema_path, const char *const *steps);

#endif
