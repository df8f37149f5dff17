/*
 * Mustache, to the letter of the official spec: its required part, template
 * inheritance and dynamic names. All templates are tried in all languages when a
 * program starts: a missing partial or a syntax error stops the start, not a
 * visitor. The nodes that are kept are made when a template is first used in a
 * language, from the text that was read at the start.
 *
 * Values are cJSON. `{{name}}` escapes HTML in templates whose file name ends in
 * .html, and in whatever such a template includes; a cJSON_Raw item is ready-made
 * HTML and is not escaped. In those that end in .txt a value can neither steer
 * a terminal nor leave the indentation of its line (text_add_plain); a value
 * of several lines that begins within a line hangs four spaces farther in. Numbers print in their
 * shortest form, true and false as words, objects and lists as nothing. False in a section: an
 * absent value, null, false, 0, "" and an empty list.
 *
 * A section named "t" is a message: its source text, trimmed and with every run
 * of white space as one space, is the message id; the translation, which may
 * hold tags, is parsed in its place.
 *
 * A block that is replaced through inheritance loses the indentation of its first
 * line and takes that of the place where it is put.
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
 * Reads and tries every file below `folder` but hidden ones and backups (name~). A
 * template's name is its path below the folder without the ending,
 * "partials/score"; the ending may be given to tell report.txt from report.html,
 * otherwise the includer's ending is preferred, then html. Call i18n_load first.
 * Everything lives in `arena`, which must outlive the set. Faults are logged with
 * file and line and give ERR_INTERNAL.
 */
enum err mustache_load(struct arena *arena, const char *folder, struct mustache **ret_set);

/*
 * The same without reading any file: for a program that renders one page and ends. Faults are
 * found when a template is used.
 */
enum err mustache_open(struct arena *arena, const char *folder, struct mustache **ret_set);

/*
 * Appends the template in that language to `out`. An unknown name, partials
 * nested deeper than 64 and output beyond 32 MiB are logged and give
 * ERR_INTERNAL; `out` is then as it was.
 */
enum err mustache_render(const struct mustache *set, const char *name, enum language language,
                         const cJSON *context, struct buf *out);

/*
 * For tests and tools: parses one HTML template and its partials (an object of
 * name -> source, or NULL) and renders it; "t" is a name like any other and a
 * missing partial is empty. ERR_INVALID for a syntax error, ERR_TOO_LARGE for
 * what mustache_render refuses; nothing is logged.
 */
enum err mustache_render_text(const char *source, const cJSON *partials, const cJSON *context,
                              struct buf *out);

#endif
