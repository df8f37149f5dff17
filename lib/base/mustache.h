/*
 * Mustache, to the letter of the official spec (its required part and template
 * inheritance). Templates are parsed once per language when a program starts; a
 * missing partial or a syntax error stops the start, not a visitor.
 *
 * Values are cJSON. `{{name}}` escapes HTML in templates whose file name ends in
 * .html and in no others; a cJSON_Raw item is ready-made HTML and is not escaped.
 * A section named "t" is a message: its source text is translated while parsing
 * and the translation, which may hold tags, is parsed in its place.
 */
#ifndef VIVA_BASE_MUSTACHE_H
#define VIVA_BASE_MUSTACHE_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"

struct mustache; /* a set of parsed templates that may include one another */

/*
 * Parses every file below `folder`. A template's name is its path below it
 * without the ending: "partials/score". Everything lives in `arena`, which must
 * outlive the set. Faults are logged with file and line and give ERR_INTERNAL.
 */
enum err mustache_load(struct arena *arena, const char *folder, struct mustache **ret_set);

/* Appends the template in that language to `out`. An unknown name is ERR_INTERNAL. */
enum err mustache_render(const struct mustache *set, const char *name, enum language language,
			 const cJSON *context, struct buf *out);

/*
 * For tests and tools: parses one HTML template and its partials (an object of
 * name -> source) and renders it. ERR_INVALID for a syntax error.
 */
enum err mustache_render_text(const char *source, const cJSON *partials, const cJSON *context,
			      struct buf *out);

#endif
