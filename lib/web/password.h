/* Passwords: Argon2id with RFC 9106's second recommended option, and throttled log-in. */
#ifndef VIVA_WEB_PASSWORD_H
#define VIVA_WEB_PASSWORD_H

#include "web/request.h"

/* The encoded hash (t=3, m=64 MiB, p=4, fresh salt); ERR_BUSY when there is no memory. */
enum err password_hash(struct arena *arena, const char *password, const char **ret_hash);

/* ERR_LOGIN when it does not match. */
enum err password_verify(const char *known, const char *password);

/*
 * Checks a log-in. ERR_LOGIN: no such account, wrong password or disabled account
 * (they take the same time); ERR_LIMITED: too many failures from this address, of this account
 * or of this browser, or very many log-ins to this account from here, and the minutes to wait.
 */
enum err password_login(struct request *request, const char *username, const char *password,
                        struct user *ret_user, int *ret_wait_min);

/*
 * Checks the password of request->user before something that only they may do. ERR_LOGIN: it is
 * wrong; ERR_LIMITED as of password_login.
 */
enum err password_confirm(struct request *request, const char *password, int *ret_wait_min);

/* Counts a registration of the request's address; ERR_LIMITED gives the minutes to wait. */
enum err password_may_register(struct request *request, int *ret_wait_min);

/*
 * Takes the count back: no account came of it. Who asks for very many names that are taken has
 * them counted after all.
 */
void password_did_not_register(struct request *request);

#endif
