/* The static files and their version, part of their addresses so that they can be cached for ever.
 */
#ifndef VIVA_WEB_ASSETS_H
#define VIVA_WEB_ASSETS_H

#include "base/arena.h"
#include "base/err.h"

/* Finds the folder of static files and reads its VERSION, once, before any thread starts. */
void assets_load(void);

/* Hexadecimal digits; "0" when the file was not there. */
const char *assets_version(void);

/* The text of a static file; ERR_INTERNAL, logged, when it is not there or has over `max` bytes. */
enum err assets_read(struct arena *arena, const char *name, size_t max, char **ret_text);

#endif
