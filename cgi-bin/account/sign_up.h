/* The rules of new accounts, for the page and the API. */
#ifndef VIVA_CGI_SIGN_UP_H
#define VIVA_CGI_SIGN_UP_H

#include "web/request.h"

enum { NAME_MIN = 3, NAME_MAX = 40, FULL_NAME_MAX = 100 };

/* What is wrong with a user name, in the request's language; NULL if nothing. */
const char *sign_up_name_fault(const struct request *request, const char *username);

/*
 * Opens the account of `user` (username, full_name, language), whose other members are set
 * here. ERR_CONFLICT: the name is taken; ERR_LIMITED: the address opened too many.
 */
enum err sign_up(struct request *request, struct user *user, const char *password);

#endif
