/*
 * The outcomes a function can have. Whoever detects a breakdown logs it once;
 * callers pass the code up. The visitor's text is a message id for base/i18n.
 */
#ifndef VIVA_BASE_ERR_H
#define VIVA_BASE_ERR_H

#define ERR_LIST(X)                                                                   \
	X(OK, 200, "Done.")                                                           \
	X(ERR_INVALID, 400, "Something in the form is not right.")                    \
	X(ERR_LOGIN, 401, "Please log in first.")                                     \
	X(ERR_FORBIDDEN, 403, "You are not allowed to do this.")                      \
	X(ERR_NOT_FOUND, 404, "There is no such page.")                               \
	X(ERR_METHOD, 405, "This page does not understand that kind of request.")     \
	X(ERR_CONFLICT, 409, "This was changed in the meantime. Reload the page.")    \
	X(ERR_TOO_LARGE, 413, "That is too large. A file may have 5 MB at most.")     \
	X(ERR_MEDIA_TYPE, 415, "The form was sent in a format Viva does not accept.") \
	X(ERR_LIMITED, 429, "Too many tries. Please wait a little.")                  \
	X(ERR_INTERNAL, 500, "Something went wrong on our side. Nothing is lost.")    \
	X(ERR_UPSTREAM, 502, "A service Viva depends on did not answer.")             \
	X(ERR_BUSY, 503, "Viva is busy. Please try again in a moment.")               \
	X(ERR_FULL, 507, "This was not saved: the server's disk is full. Please try again later.")

#define ERR_ENUM(name, status, text) name,
enum err { ERR_LIST(ERR_ENUM) };
#undef ERR_ENUM

/* "ERR_INVALID" */
const char *err_name(enum err err);

/* The HTTP status. */
int err_status(enum err err);

/* What the visitor reads, in English; translate with base/i18n. */
const char *err_text(enum err err);

#endif
