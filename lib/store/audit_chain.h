/* Private to lib/store: how the rows of the audit log hang together. */
#ifndef VIVA_STORE_AUDIT_CHAIN_H
#define VIVA_STORE_AUDIT_CHAIN_H

#include "store/audit.h"
#include "store/statement.h"

/* The setting with the newest row's number and hash, parted by a space. */
#define AUDIT_HEAD "audit_head"

/* The hash of a row behind one with the hash `before`, "" for the first. */
const char *audit_hash(struct arena *arena, const char *before, const struct audit_row *row);

/* Columns of audit_names that a mark is made of, in this order. */
#define AUDIT_MARKED(t) t ".salt, " t ".user_id, " t ".interview_id, " t ".other_id"

/* The mark of the name whose columns begin at this one; NULL: there is no such name. */
const char *audit_mark(struct arena *arena, const struct statement *statement, int column);

#endif
