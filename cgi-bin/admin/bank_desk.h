/* What the pages of the bank have in common. */
#ifndef VIVA_CGI_ADMIN_BANK_DESK_H
#define VIVA_CGI_ADMIN_BANK_DESK_H

#include "judge/judge.h"
#include "store/bank.h"
#include "web/request.h"

/* The filters of the address. */
struct bank_query bank_desk_query(const struct request *request);

/* The language of that code, else the reader's. */
enum language bank_desk_asked(const struct request *request, const char *code);

/* Which form of an item is wanted, as addresses and forms have it; "": any. */
struct bank_asked {
	const char *language, *variant;
};

/*
 * The item of the path, of a task with variants that one, and the members of its page.
 * ERR_NOT_FOUND, ERR_INVALID.
 */
enum err bank_desk_item(struct request *request, const struct bank_asked *asked,
                        struct bank_question *ret_question, cJSON **ret_page);

/*
 * Ends a change of the bank that store_begin began. `err` OK: the roles' sets are renewed, an
 * audit entry is added (`subject` as in store/audit.h for AUDIT_OTHER, may be NULL; `details` as
 * there) and all is committed; else all is taken back. The outcome of the whole.
 */
enum err bank_desk_end(struct request *request, enum err err, const char *action,
                       const char *subject, const char *details);

/* The judge for trials, made at its first use and kept. It may have no tier. */
const struct judge *bank_desk_judge(void);

#endif
