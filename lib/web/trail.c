#include "web/trail.h"

#include <string.h>

static bool is_admin(const struct request *request)
{
	return request->user != NULL && request->user->is_admin;
}

enum err trail_add(struct request *request, const char *action, struct audit_subject subject,
                   const char *details)
{
	if (!is_admin(request))
		return OK;
	return audit_add(request->store, &(struct audit_entry){ .actor_id = request->user->id,
	                                                        .action = action,
	                                                        .subject = subject,
	                                                        .details = details });
}

enum err trail_read(struct request *request, const char *action, struct audit_subject subject)
{
	if (!is_admin(request))
		return OK;
	return audit_add_daily(request->store, &(struct audit_entry){ .actor_id = request->user->id,
	                                                              .action = action,
	                                                              .subject = subject });
}

enum err trail_read_interview(struct request *request, const char *action, const char *id,
                              const char *owner_id)
{
	if (!is_admin(request) || strcmp(owner_id, request->user->id) == 0)
		return OK;
	return trail_read(request, action, (struct audit_subject){ AUDIT_INTERVIEW, id });
}

enum err trail_account(struct request *request, const struct user *user, const char *action)
{
	if (!user->is_admin)
		return OK;
	return audit_add(request->store,
	                 &(struct audit_entry){ .actor_id = user->id,
	                                        .action = action,
	                                        .subject = { AUDIT_USER, user->id } });
}
