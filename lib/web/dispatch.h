/* From a request to its reply: the checks of web/app.h in their order. */
#ifndef VIVA_WEB_DISPATCH_H
#define VIVA_WEB_DISPATCH_H

#include "web/app.h"

/* Answers one request whose gateway, arena, store, templates and csrf_key are set. */
void dispatch(const struct route_table *const *tables, struct request *request);

/* True if the path fits the pattern; its `*` parts (never empty) go to `params`. */
bool dispatch_match(struct arena *arena, const char *pattern, const char *path,
                    const char *params[REQUEST_MAX_PARAMS]);

#endif
