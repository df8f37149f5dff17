/* Who is asking: the log-in cookie, the CSRF token, one-time messages. */
#ifndef VIVA_WEB_SESSION_H
#define VIVA_WEB_SESSION_H

#include "web/request.h"

/* Finds the user of the session cookie; no cookie or a dead one leaves user NULL. */
enum err session_load(struct request *request);

/* Logs the user in: a new session and its cookie (never one that existed before). */
enum err session_start(struct request *request, struct user *user);

/* Ends the session and takes the cookie back. */
enum err session_end(struct request *request);

/* The token for this visitor's forms; a stranger gets a cookie to tie it to. */
const char *session_csrf(struct request *request);

/* True if the form's csrf field is this visitor's token and the page was ours. */
bool session_csrf_valid(struct request *request);

/* Sets a cookie: HttpOnly, SameSite=Lax, Secure under https. Age 0 deletes it. */
void session_set_cookie(struct request *request, const char *name, const char *value,
                        long long max_age_s);

/* Short messages that the next page shows once. */
#define FLASH_LIST(X)                                                                       \
	X(FLASH_SAVED, N_("Saved."))                                                        \
	X(FLASH_WELCOME, N_("Welcome! Choose a role and start your first interview."))      \
	X(FLASH_LOGGED_OUT, N_("You have logged out."))                                     \
	X(FLASH_LOGIN_AGAIN,                                                                \
	  N_("Please log in again: it took too long or had too many wrong codes."))         \
	X(FLASH_PASSWORD_SET,                                                               \
	  N_("The password is changed and all log-ins have ended. Please log in."))         \
	X(FLASH_FACTOR_OFF, N_("Logging in takes only the password now."))                  \
	X(FLASH_NOTED, N_("The note is kept."))                                             \
	X(FLASH_NOTE_DELETED, N_("The note is deleted."))                                   \
	X(FLASH_DISABLED, N_("The account is disabled, its log-ins have ended."))           \
	X(FLASH_ENABLED, N_("The account is enabled again."))                               \
	X(FLASH_FINISHED, N_("The interview is finished. Here is your report."))            \
	X(FLASH_TOKEN_REVOKED, N_("The token is revoked."))                                 \
	X(FLASH_INTERVIEW_DELETED, N_("The interview is deleted."))                         \
	X(FLASH_HISTORY_CLEARED, N_("Your interview history is cleared."))                  \
	X(FLASH_NO_REPORT, N_("This participant has no finished interview yet."))           \
	X(FLASH_MOVED_ON,                                                                   \
	  N_("The interview moved on in another tab. Your text is kept below as a draft.")) \
	X(FLASH_ALREADY_FINISHED, N_("This interview is already finished."))                \
	X(FLASH_INVITATION_REVOKED, N_("The invitation is revoked."))                       \
	X(FLASH_DECIDED, N_("The decision is saved."))                                      \
	X(FLASH_BLIND_ON, N_("Blind review is on: names are hidden until you decide."))     \
	X(FLASH_BLIND_OFF, N_("Blind review is off: names are shown."))                     \
	X(FLASH_SENT_AGAIN, N_("It is sent again now."))                                    \
	X(FLASH_PASSWORD_CHANGED, N_("Password changed. All other log-ins have ended."))    \
	X(FLASH_LOG_IN_ENDED, N_("That log-in has ended."))                                 \
	X(FLASH_LOGGED_OUT_EVERYWHERE, N_("You have logged out everywhere."))               \
	X(FLASH_ACCOUNT_DELETED, N_("The account and everything in it are deleted."))       \
	X(FLASH_SHARE_REVOKED, N_("The link is closed."))                                   \
	X(FLASH_APPEALED, N_("A person will look at it; the decision will stand here."))    \
	X(FLASH_RULED, N_("The decision is stored, and the report is made anew."))          \
	X(FLASH_REVIEWED,                                                                   \
	  N_("This question was answered in another tab. Your text is kept for the next time."))
#define FLASH_ENUM(name, text) name,
enum flash { FLASH_LIST(FLASH_ENUM) FLASH_NONE };
#undef FLASH_ENUM

/* Has the next page show the message. */
void flash_set(struct request *request, enum flash flash);

/* Takes the message that is due, in the request's language; NULL when there is none. */
const char *flash_take(struct request *request);

#endif
