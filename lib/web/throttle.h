/* Counting tries, so that guessing and flooding are slow. */
#ifndef VIVA_WEB_THROTTLE_H
#define VIVA_WEB_THROTTLE_H

#include "web/request.h"

/* throttle_take; ERR_LIMITED gives the minutes to wait. */
enum err throttle_count(struct request *request, const struct throttle *throttles, size_t count,
                        int *ret_wait_min);

/*
 * Whose tries are counted together when they come over the network: an IPv4 address or, as one
 * person has all of it, the first half of an IPv6 address.
 */
const char *throttle_network(const struct request *request);

/* "Too many tries. Please wait 5 minutes." */
const char *throttle_text(const struct request *request, int wait_min);

#endif
