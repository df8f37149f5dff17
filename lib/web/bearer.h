/* Who is asking the API: `Authorization: Bearer` with an access token or a personal token. */
#ifndef VIVA_WEB_BEARER_H
#define VIVA_WEB_BEARER_H

#include "web/request.h"

/* What personal tokens begin with, so that people and scanners know one when they see it. */
#define BEARER_PERSONAL "viva_"

/*
 * Finds the user of the token, with scope and family. No token, or one that does not hold,
 * leaves user NULL; `ret_has_failed` tells the two apart. A user has an admin's rights only
 * with a token of scope admin.
 */
enum err bearer_load(struct request *request, bool *ret_has_failed);

#endif
