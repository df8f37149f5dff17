/* Form data: parsing, bounds, typed access. */
#ifndef VIVA_WEB_FORM_H
#define VIVA_WEB_FORM_H

#include "web/request.h"

enum { FORM_MAX_FIELDS = 64 };

/*
 * Decodes %XX (and + as a space in forms). False for a broken escape, NUL or
 * text that is not UTF-8.
 */
bool form_decode(struct arena *arena, const char *text, size_t len, bool plus_is_space,
                 const char **ret_text);

/* The text with all but letters, digits and -._~ of ASCII as %XX (RFC 3986). */
const char *form_encode(struct arena *arena, const char *text);

/*
 * Parse a body. ERR_INVALID for broken encoding, a field given twice or more than
 * FORM_MAX_FIELDS fields; uploads in multipart bodies may hold any bytes.
 */
enum err form_parse_urlencoded(struct arena *arena, const char *body, size_t len,
                               struct form *ret_form);
enum err form_parse_multipart(struct arena *arena, const char *body, size_t len,
                              const char *boundary, struct form *ret_form);

/*
 * Reads and parses the body of a POST of at most `max` bytes. ERR_TOO_LARGE,
 * ERR_MEDIA_TYPE for another content type, ERR_INVALID.
 */
enum err form_read(struct request *request, size_t max);

/*
 * Reads a body of at most `max` bytes as it is; a NUL follows it. ERR_TOO_LARGE, ERR_INVALID
 * when its length is not told or less of it came.
 */
enum err form_body(struct request *request, size_t max, const char **ret_body, size_t *ret_len);

/* True if the content type is `name`, with or without parameters. */
bool form_is_type(const char *type, const char *name);

/* The field, or NULL. */
const struct form_field *form_find(const struct form *form, const char *name);

/* The value of a field as it was sent, `fallback` when absent. */
const char *form_value(const struct request *request, const char *name, const char *fallback);

/* True if every field is named in the space-separated list `allowed`, or is "csrf". */
bool form_has_only(const struct form *form, const char *allowed);

/*
 * A text field without white space at its ends, `min` to `max` code points long.
 * An absent field counts as "". ERR_INVALID when it is too short or too long.
 */
enum err form_text(const struct request *request, const char *name, size_t min, size_t max,
                   const char **ret_text);

struct form_range {
	int min, max, fallback;
};

/* A whole number in the range; an absent or empty field gives its fallback. */
enum err form_integer(const struct request *request, const char *name, struct form_range range,
                      int *ret_number);

/* A value that must be one of the space-separated `choices`. */
enum err form_choice(const struct request *request, const char *name, const char *choices,
                     const char **ret_choice);

/*
 * The one-time value that tells a form sent twice from another: the field "nonce", "" when it is
 * not there or longer than any that was given out.
 */
const char *form_nonce(const struct request *request);

/* True if `word` stands in the space-separated list. */
bool form_word_in(const char *list, const char *word);

#endif
