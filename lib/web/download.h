/* The name under which a browser saves what it downloads. */
#ifndef VIVA_WEB_DOWNLOAD_H
#define VIVA_WEB_DOWNLOAD_H

#include "base/arena.h"

/*
 * The value of Content-Disposition (RFC 6266) for a file of that name: whole in filename*
 * (RFC 8187), and for old clients in ASCII letters, without what they misread: quotes,
 * backslashes, slashes, per cent signs, semicolons and controls. A folder before the name and
 * what makes it longer than 200 bytes are cut off, the ending is kept.
 */
char *download_disposition(struct arena *arena, const char *name);

#endif
