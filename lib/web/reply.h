/* What goes back to the visitor. */
#ifndef VIVA_WEB_REPLY_H
#define VIVA_WEB_REPLY_H

#include <cjson/cJSON.h>

#include "web/request.h"

/*
 * Renders templates/<name>.html in the request's language. `page` gets the members
 * every page has: lang, base, static, path, csrf, user, flash, languages.
 */
enum err reply_page(struct request *request, const char *name, cJSON *page);

/* The same with another status, such as 400 for a form that is shown again. */
enum err reply_page_status(struct request *request, int status, const char *name, cJSON *page);

/* 303 to a path of ours, without the base path. */
enum err reply_redirect(struct request *request, const char *path);

/*
 * A file to save under `file_name` (any UTF-8; RFC 6266 and 8187 forms are sent). The
 * bytes are not copied: they must live until the request ends.
 */
enum err reply_download(struct request *request, const char *file_name, const char *type,
                        const char *bytes, size_t len);

/*
 * Begins a download whose bytes go out piece by piece with reply_piece, each at once: for what
 * is too large to be held in memory. No other reply is sent after it.
 */
enum err reply_begin_download(struct request *request, const char *file_name, const char *type);

/* False: the visitor has left. */
bool reply_piece(struct request *request, const char *bytes, size_t len);

/* Ends such a download before its end, so that the visitor sees it as broken. */
void reply_break_off(struct request *request);

/* JSON text as it is, not copied. */
enum err reply_json(struct request *request, const char *json);

/* 204, for background requests such as saving a draft. */
enum err reply_empty(struct request *request);

/* Adds a header line. */
void reply_header(struct request *request, const char *name, const char *value);

/* The page for an error: what happened, what was typed, the request id. */
void reply_error(struct request *request, enum err err);

/* Sends the reply; false when the visitor has left. */
bool reply_send(struct request *request);

#endif
