#include "base/mustache_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

enum {
	MAX_INCLUDED = 64, /* partials, parents and replaced blocks in one another */
	MAX_INDENT = 40,   /* of further lines, in spaces */
	HANGING_INDENT = 4,
	MAX_DEPTH = 512,               /* those, sections and blocks in one another */
	MAX_STEPS = 16 * 1024 * 1024,  /* nodes and list elements of one rendering */
	MAX_OUTPUT = 32 * 1024 * 1024, /* bytes of one rendering */
};

/* White space before every line, from the outside in. */
struct indentation {
	const struct indentation *outer;
	const char *text;
	size_t len;
};

/* The blocks that a parent tag passes on, and those of the tags around it. */
struct arguments {
	const struct arguments *outer;
	const struct mustache_node *blocks;
};

struct renderer {
	const struct mustache *set;
	enum language language;
	struct buf *out;
	size_t limit; /* for out->len */
	const struct mustache_template *template;
	enum mustache_escape escape;
	const struct indentation *indentation;
	bool is_indented; /* the line that begins next has its white space already */
	const struct arguments *arguments;
	size_t included, depth, steps;
	const cJSON *scopes[MAX_DEPTH + 1];
	size_t scope_count;
	bool failed, is_broken; /* a template cannot be used */
};

static void render_nodes(struct renderer *r, const struct mustache_node *node);

/* --- values ---------------------------------------------------------------- */

static const cJSON *member(const cJSON *value, const char *name)
{
	return cJSON_IsObject(value) ? json_get(value, name) : NULL;
}

/* The nearest scope that has the first part of the name decides. */
static const cJSON *find_value(const struct renderer *r, const struct mustache_node *node)
{
	const cJSON *value = NULL;

	if (node->path_count == 0)
		return r->scopes[r->scope_count - 1];
	for (size_t i = r->scope_count; i > 0 && value == NULL; i--)
		value = member(r->scopes[i - 1], node->path[0]);
	for (size_t i = 1; i < node->path_count && value != NULL; i++)
		value = member(value, node->path[i]);
	return value;
}

static bool is_true(const cJSON *value)
{
	if (value == NULL || cJSON_IsNull(value) || cJSON_IsFalse(value))
		return false;
	if (cJSON_IsNumber(value))
		return value->valuedouble < 0 || value->valuedouble > 0;
	if (cJSON_IsString(value) || cJSON_IsRaw(value))
		return value->valuestring != NULL && *value->valuestring != '\0';
	return !cJSON_IsArray(value) || value->child != NULL;
}

static void add(struct renderer *r, const char *text, size_t len)
{
	if (len > r->limit - r->out->len)
		r->failed = true;
	else
		buf_add(r->out, text, len);
}

/* Every character reference is at most six bytes long. */
static void add_escaped(struct renderer *r, const char *text, size_t len)
{
	if (len > (r->limit - r->out->len) / 6)
		r->failed = true;
	else
		buf_html(r->out, text, len);
}

/*
 * Further lines of a value are indented like the line it begins, or farther than the line it
 * stands on, so that none of them can pass for a line of the template.
 */
static void add_plain(struct renderer *r, const char *text, size_t len)
{
	const char *line = r->out->data + r->out->len;
	int indent = 0;

	while (line > r->out->data && line[-1] != '\n')
		line--;
	while (indent < MAX_INDENT && line[indent] == ' ')
		indent++;
	if (line[indent] != '\0')
		indent += HANGING_INDENT;
	/* A control takes three bytes, a line its indentation. */
	if (len > (r->limit - r->out->len) / (MAX_INDENT + HANGING_INDENT + 3))
		r->failed = true;
	else
		text_add_plain(r->out, text, indent);
}

/* The shortest decimal that reads back as the same double; infinities print nothing. */
static void add_number(struct renderer *r, double value)
{
	enum { SURE_DIGITS = 15, ALL_DIGITS = 17 };
	char text[32];
	int len;

	if (!isfinite(value))
		return;
	if (value <= 0 && value >= 0)
		value = 0; /* without the sign */
	if (fabs(value) < 9007199254740992.0 && value <= trunc(value) && value >= trunc(value)) {
		len = snprintf(text, sizeof(text), "%.0f", value);
	} else {
		for (int digits = SURE_DIGITS; digits <= ALL_DIGITS; digits++) {
			double back;

			len = snprintf(text, sizeof(text), "%.*g", digits, value);
			back = strtod(text, NULL);
			if (back <= value && back >= value)
				break;
		}
	}
	add(r, text, (size_t)len);
}

static void render_value(struct renderer *r, const struct mustache_node *node)
{
	const cJSON *value = find_value(r, node);

	if (cJSON_IsNumber(value)) {
		add_number(r, value->valuedouble);
	} else if (cJSON_IsBool(value)) {
		add(r, cJSON_IsTrue(value) ? "true" : "false", cJSON_IsTrue(value) ? 4 : 5);
	} else if ((cJSON_IsString(value) || cJSON_IsRaw(value)) && value->valuestring != NULL) {
		bool is_html = cJSON_IsRaw(value) || node->kind == MUSTACHE_RAW_VALUE;
		size_t len = strlen(value->valuestring);

		if (r->escape == MUSTACHE_PLAIN)
			add_plain(r, value->valuestring, len);
		else if (r->escape == MUSTACHE_HTML && !is_html)
			add_escaped(r, value->valuestring, len);
		else
			add(r, value->valuestring, len);
	}
}

/* --- text ------------------------------------------------------------------ */

static void add_indentation(struct renderer *r, const struct indentation *indentation)
{
	if (indentation == NULL)
		return;
	add_indentation(r, indentation->outer);
	if (!r->failed)
		add(r, indentation->text, indentation->len);
}

static void render_text(struct renderer *r, const struct mustache_node *node)
{
	const char *at = node->text, *end = node->text + node->len;

	if (r->indentation == NULL) {
		add(r, at, node->len);
		return;
	}
	if (node->line_start && !r->is_indented)
		add_indentation(r, r->indentation);
	r->is_indented = false;
	while (at < end && !r->failed) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *next = newline == NULL ? end : newline + 1;

		add(r, at, (size_t)(next - at));
		if (next < end && !r->failed)
			add_indentation(r, r->indentation);
		at = next;
	}
}

/* --- sections -------------------------------------------------------------- */

static void render_in(struct renderer *r, const cJSON *value, const struct mustache_node *node)
{
	r->scopes[r->scope_count++] = value;
	render_nodes(r, node->children);
	r->scope_count--;
}

static void render_section(struct renderer *r, const struct mustache_node *node)
{
	const cJSON *value = find_value(r, node);

	if (!is_true(value))
		return;
	if (!cJSON_IsArray(value)) {
		render_in(r, value, node);
		return;
	}
	for (value = value->child; value != NULL && !r->failed; value = value->next) {
		if (++r->steps > MAX_STEPS)
			r->failed = true;
		else
			render_in(r, value, node);
	}
}

/* --- templates in templates ------------------------------------------------ */

static const struct mustache_template *find_target(const struct renderer *r,
                                                   const struct mustache_node *node)
{
	const cJSON *name;

	if (!node->dynamic)
		return node->target;
	name = find_value(r, node);
	if (!cJSON_IsString(name))
		return NULL;
	return mustache_find(r->set, name->valuestring, r->template->ending);
}

/* Runs nodes with these settings, which are then put back. */
static void include(struct renderer *r, const struct mustache_node *nodes,
                    const struct indentation *indentation, const struct arguments *arguments)
{
	const struct indentation *outer_indentation = r->indentation;
	const struct arguments *outer_arguments = r->arguments;

	if (r->included == MAX_INCLUDED) {
		r->failed = true;
		return;
	}
	r->included++;
	r->indentation = indentation;
	r->arguments = arguments;
	render_nodes(r, nodes);
	r->indentation = outer_indentation;
	r->arguments = outer_arguments;
	r->included--;
}

/* A partial inside a line is not indented, not even where the line itself is. */
static void render_template(struct renderer *r, const struct mustache_node *node,
                            const struct arguments *arguments)
{
	const struct mustache_template *outer = r->template, *target = find_target(r, node);
	struct indentation indentation = { r->indentation, node->text, node->len };
	enum mustache_escape escape = r->escape;
	const struct mustache_node *nodes;

	if (target == NULL)
		return;
	if (!mustache_nodes(r->set, target, r->language, &nodes)) {
		r->failed = r->is_broken = true;
		return;
	}
	r->template = target;
	r->escape = escape > target->escape ? escape : target->escape;
	include(r, nodes, node->own_line ? &indentation : NULL, arguments);
	r->template = outer;
	r->escape = escape;
}

static void render_parent(struct renderer *r, const struct mustache_node *node)
{
	struct arguments arguments = { r->arguments, node->children };

	render_template(r, node, &arguments);
}

/* The outermost argument of that name wins; `ret_owner` gets where it was found. */
static const struct mustache_node *find_argument(const struct renderer *r, const char *label,
                                                 const struct arguments **ret_owner)
{
	const struct mustache_node *found = NULL;

	for (const struct arguments *a = r->arguments; a != NULL; a = a->outer) {
		const struct mustache_node *block = a->blocks;

		while (block != NULL && strcmp(block->label, label) != 0)
			block = block->next;
		if (block == NULL)
			continue;
		found = block;
		*ret_owner = a;
	}
	return found;
}

/*
 * What an argument's own blocks may be replaced by was passed around the tag that
 * passes the argument, so only those arguments hold inside it. Its first line is
 * indented already where the block shares a line with its white space.
 */
static void render_block(struct renderer *r, const struct mustache_node *node)
{
	const struct arguments *owner = NULL;
	const struct mustache_node *argument = find_argument(r, node->label, &owner);
	struct indentation indentation = { r->indentation, node->text, node->len };

	if (argument == NULL) {
		render_nodes(r, node->children);
		return;
	}
	r->is_indented = !node->own_line;
	include(r, argument->children, &indentation, owner->outer);
	r->is_indented = false;
}

/* --- nodes ----------------------------------------------------------------- */

static void render_node(struct renderer *r, const struct mustache_node *node)
{
	switch (node->kind) {
	case MUSTACHE_TEXT:
		render_text(r, node);
		break;
	case MUSTACHE_VALUE:
	case MUSTACHE_RAW_VALUE:
		render_value(r, node);
		break;
	case MUSTACHE_SECTION:
		render_section(r, node);
		break;
	case MUSTACHE_INVERTED:
		if (!is_true(find_value(r, node)))
			render_nodes(r, node->children);
		break;
	case MUSTACHE_PARTIAL:
		render_template(r, node, r->arguments);
		break;
	case MUSTACHE_PARENT:
		render_parent(r, node);
		break;
	case MUSTACHE_BLOCK:
		render_block(r, node);
		break;
	}
}

static void render_nodes(struct renderer *r, const struct mustache_node *node)
{
	if (++r->depth > MAX_DEPTH)
		r->failed = true;
	for (; node != NULL && !r->failed; node = node->next) {
		if (++r->steps > MAX_STEPS)
			r->failed = true;
		else
			render_node(r, node);
	}
	r->depth--;
}

enum err mustache_render_template(const struct mustache *set,
                                  const struct mustache_template *template, enum language language,
                                  const cJSON *context, struct buf *out)
{
	struct renderer r = {
		.set = set,
		.language = language,
		.out = out,
		.limit = out->len + MAX_OUTPUT,
		.template = template,
		.escape = template->escape,
		.scope_count = 1,
	};
	const struct mustache_node *nodes;
	size_t len = out->len;

	if (!mustache_nodes(set, template, language, &nodes))
		return ERR_INTERNAL;
	r.scopes[0] = context;
	render_nodes(&r, nodes);
	if (!r.failed)
		return OK;
	buf_truncate(out, len);
	return r.is_broken ? ERR_INTERNAL : ERR_TOO_LARGE;
}
