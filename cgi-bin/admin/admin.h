/* The route tables of the program admin, each from the file of its name. */
#ifndef VIVA_CGI_ADMIN_H
#define VIVA_CGI_ADMIN_H

#include "report/blind.h"
#include "store/history.h"
#include "view/people_view.h"
#include "web/app.h"

extern const struct route_table api_routes, people_routes, record_routes, webhook_routes;
extern const struct route_table account_routes, appeal_routes, audit_routes;
extern const struct route_table bank_list_routes, bank_routes, bank_trial_routes, blind_routes;
extern const struct route_table compare_routes, decision_routes, export_routes;
extern const struct route_table health_routes, invitation_routes, invite_routes;
extern const struct route_table participant_routes, playback_routes, role_routes;
extern const struct route_table score_routes, transfer_routes;

/* Traces, webhooks and late reports, as struct app_extra has them. */
bool errands_start(struct arena *lasting, struct background_work *work);
bool errands_step(struct store *store, struct arena *arena, void *context);

/* When this process was started; its context is request->context. */
int64_t errands_started_at(const void *context);

/* Adds `account` to the page: what this admin may do with the account. */
void accounts_add(const struct request *request, cJSON *page, const struct user *user);

/* Reads the filters of the list of participants; what cannot be is told in `error`. */
enum err people_read_wish(struct request *request, struct people_wish *ret_wish);

/* The newest 200 interviews of a participant; errors as of history_page. */
enum err people_history(struct request *request, const char *user_id,
                        struct history_list *ret_history);

/* Who reads, for report/blind.h. */
struct blind_reader blind_reader_of(const struct request *request);

/* While this admin reviews blind: no search and no order by name. */
void blind_query(const struct request *request, struct participant_query *query);

/* Each puts the alias in the place of what this admin is not to see, if anything. */
enum err blind_row(struct request *request, const char *user_id, const char **username,
                   const char **full_name);
enum err blind_interview_row(struct request *request, const char *interview_id,
                             const char **username, const char **full_name);
enum err blind_participants(struct request *request, struct arena *arena,
                            struct participant_list *list);
enum err blind_disagreements(struct request *request, struct disagreement_list *list);
enum err blind_user(struct request *request, struct user *user, bool *ret_hidden);

#endif
