/* The route tables of the program account, each from the file of its name. */
#ifndef VIVA_CGI_ACCOUNT_H
#define VIVA_CGI_ACCOUNT_H

#include "web/app.h"

extern const struct route_table api_docs_routes, api_login_routes, api_me_routes;
extern const struct route_table cv_routes, data_routes, history_routes;
extern const struct route_table login_routes, profile_routes, settings_routes;
extern const struct route_table system_routes;
extern const struct route_table tokens_routes;
extern const struct route_table health_routes, metrics_routes;
extern const struct route_table code_routes, progress_routes, reset_routes;
extern const struct route_table review_routes, second_factor_routes;
/* The path itself if it is one of ours without control characters, fit to follow a log-in. */
const char *login_next(const char *next);
/* Has who gave the right password go on to the page that asks for the second factor. */
enum err code_ask(struct request *request, const struct user *user, const char *next);
/*
 * NULL if the form's field holds the visitor's password, else what to tell them. Tries are
 * counted as at the log-in.
 */
const char *account_password_fault(struct request *request, const char *field);

/*
 * Removes log-ins and counts that are over every few minutes, and wipes what was deleted out
 * of the database's log file when a reader was in the way before. See struct background_work.
 */
bool housekeeping_step(struct store *store, struct arena *arena, void *context);

enum { POSITION_MAX = 200, STACK_MAX = 1000, STACK_ENTRIES = 60, ABOUT_MAX = 5000 };

/*
 * The profile's fields position, level, years and `stack`, a list of technologies, as a form
 * has them. NULL, or what is wrong with them, in the request's language.
 */
const char *profile_read(const struct request *request, const char *stack, struct user *user);

/* True if the list of technologies has at most STACK_MAX characters and STACK_ENTRIES entries. */
bool profile_stack_fits(const char *stack);

#endif
