/* What the API tells admins of participants and models. */
#ifndef VIVA_VIEW_API_ADMIN_H
#define VIVA_VIEW_API_ADMIN_H

#include "store/history.h"
#include "store/participant.h"
#include "store/user.h"
#include "view/usage_view.h"

/* A page of the table: { participants, total, page, pages, limit }. */
cJSON *api_admin_participants(struct arena *arena, const struct participant_query *query,
                              const struct participant_list *list);

/* One person with the profile and the interviews, newest first. */
cJSON *api_admin_participant(struct arena *arena, const struct user *user,
                             const struct history_list *history);

/* { period, model, calls, disagreements }. */
cJSON *api_admin_usage(struct arena *arena, const struct usage_page *usage);

#endif
