/* What the parser and the renderer of base/mustache share. */
#ifndef VIVA_BASE_MUSTACHE_INTERNAL_H
#define VIVA_BASE_MUSTACHE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/mustache.h"

enum mustache_kind {
	MUSTACHE_TEXT,
	MUSTACHE_VALUE,
	MUSTACHE_RAW_VALUE,
	MUSTACHE_SECTION,
	MUSTACHE_INVERTED,
	MUSTACHE_PARTIAL,
	MUSTACHE_PARENT,
	MUSTACHE_BLOCK,
};

struct mustache_node {
	enum mustache_kind kind;
	bool line_start; /* TEXT begins a line of its template */
	bool own_line;   /* PARTIAL, PARENT, BLOCK: output starts at a line start */
	bool dynamic;    /* PARTIAL, PARENT: `path` leads to the template's name */

	/* TEXT: the literal; PARTIAL, PARENT, BLOCK: white space to indent by */
	const char *text;
	size_t len;

	/* The name split at its dots, for kinds that look up a value; 0 parts: "." */
	const char *const *path;
	size_t path_count;

	const char *label; /* PARTIAL, PARENT: template; BLOCK: parameter */
	struct mustache_node *children, *next;

	/* PARTIAL, PARENT that are not dynamic; the target is NULL when missing */
	const struct mustache_template *target;
	struct mustache_node *next_reference;
	int line;
};

/* What becomes of values; of a template and its includer the greater one counts. */
enum mustache_escape { MUSTACHE_VERBATIM, MUSTACHE_PLAIN, MUSTACHE_HTML };

struct mustache_template {
	const char *name, *ending; /* "partials/score", "html" */
	const char *path;          /* for the log */
	enum mustache_escape escape;
	const char *text; /* NULL: not read yet; guarded by the set's mutex */
	size_t len;
	/* The nodes of a language may be read when they are there. */
	atomic_bool is_there[LANG_COUNT];
	const struct mustache_node *roots[LANG_COUNT];
};

struct mustache {
	struct arena *arena; /* for what is read and parsed later; guarded by mutex */
	pthread_mutex_t mutex;
	struct mustache_template *templates; /* by name, then html before other endings */
	size_t count;
};

struct mustache_source {
	const char *path; /* for the log; NULL: faults are not logged */
	const char *text;
	size_t len;
	bool has_messages; /* sections named "t" are to be translated */
	enum language language;
};

struct mustache_parsed {
	const struct mustache_node *root;
	struct mustache_node *references; /* PARTIAL and PARENT nodes to be linked */
	bool has_messages;                /* differs between languages */
};

/*
 * Parses a template into nodes that live in `arena` and point into the source.
 * ERR_INVALID for a syntax error, logged if the source has a path.
 */
enum err mustache_parse(struct arena *arena, const struct mustache_source *source,
                        struct mustache_parsed *ret_parsed);

/* The template of that name, preferably of that ending; NULL if there is none. */
const struct mustache_template *mustache_find(const struct mustache *set, const char *name,
                                              const char *ending);

/*
 * The nodes of a template in a language, parsed now if that was not needed yet; false (logged)
 * when it cannot be read, has a fault or a partial that is missing.
 */
bool mustache_nodes(const struct mustache *set, const struct mustache_template *template,
                    enum language language, const struct mustache_node **ret_nodes);

/*
 * Appends a template to `out`, which is untouched after an error. ERR_TOO_LARGE: beyond the limits;
 * ERR_INTERNAL (logged): it, or one that it includes, cannot be used.
 */
enum err mustache_render_template(const struct mustache *set,
                                  const struct mustache_template *template, enum language language,
                                  const cJSON *context, struct buf *out);

#endif
