/*
 * Interface languages. English is the source; ru and uk come from gettext .mo
 * catalogues that this module reads itself, because gettext's own language is a
 * property of the process and Viva needs one per request.
 *
 * The catalogues are the one thing that is global here: read-only once loaded, in
 * an arena of their own that lasts until the next i18n_load.
 */
#ifndef VIVA_BASE_I18N_H
#define VIVA_BASE_I18N_H

#include <stdbool.h>

#include "base/err.h"

enum language { LANG_EN, LANG_RU, LANG_UK, LANG_COUNT };

/*
 * Reads `folder`/ru.mo and `folder`/uk.mo once, before any thread starts; loading
 * again ends the life of all texts given out. A missing or malformed catalogue,
 * text that is not UTF-8 and a Plural-Forms header other than the three forms of
 * ru and uk are logged and give ERR_INTERNAL; what was loaded before stays.
 */
enum err i18n_load(const char *folder);

/*
 * The translation of an English message; the message itself when there is none.
 * "" gives "", not the catalogue's header.
 */
const char *i18n(enum language language, const char *message) __attribute__((format_arg(2)));

/* The plural form for `n`; each form has the same printf directives as the English ones. */
const char *i18n_plural(enum language language, const char *one, const char *many, long long n)
        __attribute__((format_arg(2), format_arg(3)));

/* "en", "ru", "uk" */
const char *language_code(enum language language);

/* The language's own name: "English", "Русский", "Українська". */
const char *language_name(enum language language);

/* Reads a code; false if it is none of the three. */
bool language_parse(const char *code, enum language *ret_language);

/*
 * The best of the three for an Accept-Language header (RFC 9110, section 12.5.4).
 * A range counts by its first subtag, "uk-UA" as uk; among equals the first wins.
 * NULL and a header that names none of the three give English.
 */
enum language language_negotiate(const char *accept_language);

/* Marks a message for the catalogue without translating it here. */
#define N_(message) message

#endif
