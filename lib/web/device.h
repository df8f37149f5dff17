/*
 * Browsers that have logged in before: a signed cookie for one account. Whoever has it is counted
 * by itself when log-ins are slowed down, so that strangers cannot shut the owner out.
 */
#ifndef VIVA_WEB_DEVICE_H
#define VIVA_WEB_DEVICE_H

#include "web/request.h"

/* Gives the browser the cookie, or a longer life to the one it has. */
void device_remember(struct request *request, const struct user *user);

/*
 * A name for the browser if it has logged in to that account before, with the password of now,
 * else NULL.
 */
const char *device_known(struct request *request, const struct user *user);

#endif
