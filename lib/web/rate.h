/*
 * Counts requests in windows of a minute, for all programs together: in a file of fixed size,
 * so that counting writes nothing to the database.
 */
#ifndef VIVA_WEB_RATE_H
#define VIVA_WEB_RATE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct rate {
	int limit, remaining; /* requests in the window; 0 left: this one still passes */
	int reset_s;          /* seconds until it ends */
};

struct rate_subject {
	uint64_t id; /* a keyed hash of who it is, so that nobody chooses its place */
	int limit;   /* requests a minute */
};

/*
 * Counts a request at `now` (milliseconds since 1970). ERR_LIMITED: it is one too many, with
 * `ret_rate` filled in; ERR_BUSY: the file was locked for too long; ERR_INTERNAL (logged). The
 * file is made when it is missing; when very many come at once the least active are forgotten.
 */
enum err rate_count(struct arena *arena, const char *path, const struct rate_subject *subject,
                    int64_t now, struct rate *ret_rate);

#endif
