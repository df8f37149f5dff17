/* What admins leave in the audit log. */
#ifndef VIVA_WEB_TRAIL_H
#define VIVA_WEB_TRAIL_H

#include "store/audit.h"
#include "web/request.h"

/*
 * What this admin did: in the handler's transaction if one is open. `details` as in struct
 * audit_entry. Of who is no admin nothing is written.
 */
enum err trail_add(struct request *request, const char *action, struct audit_subject subject,
                   const char *details);

/* What this admin read: once a day. Nothing is written of who is no admin. */
enum err trail_read(struct request *request, const char *action, struct audit_subject subject);

/* The same of an interview; one's own is nobody's concern. */
enum err trail_read_interview(struct request *request, const char *action, const char *id,
                              const char *owner_id);

/* What was done to the account of an admin, by whoever is asking. Nothing of other accounts. */
enum err trail_account(struct request *request, const struct user *user, const char *action);

#endif
