#include "base/mustache_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

enum { MAX_NESTING = 64, MAX_NAME = 255, MAX_DELIMITER = 16 };

struct slice {
	const char *text;
	size_t len;
};

struct tag {
	char type; /* one of # ^ / > < $ ! = & and '{', or '\0' for a plain value */
	struct slice content;
	const char *start, *end;
	const char *line_begin, *line_end; /* around the tag; NULL on a side that is not blank */
};

/* Something that is open; the outermost one is the template itself. */
struct scope {
	struct mustache_node *node;
	struct mustache_node **tail, *last;
	struct slice name;
	struct slice margin;          /* to go back to */
	struct slice own_indentation; /* a BLOCK's, for when its default is empty */
	struct mustache_node *lead;   /* a PARENT's white space, if it begins a line */
};

struct parser {
	struct arena *arena;
	const struct mustache_source *source;
	const char *begin, *at, *end;
	const char *counted; /* lines are counted up to here */
	int line;
	bool in_message;     /* a translation has no lines of its own */
	size_t message_base; /* depth below which a message must not close anything */
	char open[MAX_DELIMITER + 1], close[MAX_DELIMITER + 1];
	struct slice margin; /* taken off every line of a replaced block */
	struct scope scopes[MAX_NESTING + 1];
	size_t depth;
	struct mustache_parsed parsed;
	bool failed;
};

__attribute__((format(printf, 2, 3))) static void fail(struct parser *p, const char *format, ...)
{
	va_list args;

	if (!p->failed && p->source->path != NULL) {
		va_start(args, format);
		log_error("%s:%d: %s", p->source->path, p->line,
			  arena_vprintf(p->arena, format, args));
		va_end(args);
	}
	p->failed = true;
}

/* --- characters ------------------------------------------------------------ */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_white(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static struct slice trimmed(const char *from, const char *to)
{
	while (from < to && is_white(*from))
		from++;
	while (from < to && is_white(to[-1]))
		to--;
	return (struct slice){ from, (size_t)(to - from) };
}

static bool is_same(struct slice a, struct slice b)
{
	return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

static bool is_word(struct slice slice, const char *word)
{
	return slice.len == strlen(word) && memcmp(slice.text, word, slice.len) == 0;
}

static bool is_line_start(const struct parser *p, const char *at)
{
	return !p->in_message && (at == p->begin || at[-1] == '\n');
}

/* Where the line of `at` begins, if nothing but blanks stands before `at`; else NULL. */
static const char *blank_before(const struct parser *p, const char *at)
{
	while (at > p->begin && is_blank(at[-1]))
		at--;
	return is_line_start(p, at) ? at : NULL;
}

/* Where the next line begins, if nothing but blanks follows `at`; else NULL. */
static const char *blank_after(const struct parser *p, const char *at)
{
	if (p->in_message)
		return NULL;
	while (at < p->end && is_blank(*at))
		at++;
	if (p->end - at >= 2 && at[0] == '\r' && at[1] == '\n')
		return at + 2;
	if (at == p->end)
		return at;
	return *at == '\n' ? at + 1 : NULL;
}

/* The indentation of the first line from `at` on that is not blank. */
static struct slice first_indentation(const struct parser *p, const char *at)
{
	const char *next, *to;

	while (at < p->end && (next = blank_after(p, at)) != NULL)
		at = next;
	for (to = at; to < p->end && is_blank(*to);)
		to++;
	return (struct slice){ at, (size_t)(to - at) };
}

/* What is left of a line's beginning once the margin is taken off. */
static const char *skip_margin(const struct parser *p, const char *from, const char *to)
{
	for (size_t i = 0; i < p->margin.len && from < to && *from == p->margin.text[i]; i++)
		from++;
	return from;
}

static struct slice without_margin(const struct parser *p, struct slice indentation)
{
	const char *to = indentation.text + indentation.len;
	const char *from = skip_margin(p, indentation.text, to);

	return (struct slice){ from, (size_t)(to - from) };
}

/* --- nodes ----------------------------------------------------------------- */

static struct scope *innermost(struct parser *p)
{
	return &p->scopes[p->depth];
}

static bool is_parent(const struct scope *scope)
{
	return scope->node != NULL && scope->node->kind == MUSTACHE_PARENT;
}

static struct mustache_node *append(struct parser *p, enum mustache_kind kind)
{
	struct mustache_node *node = arena_alloc(p->arena, sizeof(*node));
	struct scope *scope = innermost(p);

	node->kind = kind;
	*scope->tail = node;
	scope->tail = &node->next;
	scope->last = node;
	return node;
}

static struct mustache_node *append_text(struct parser *p, struct slice text, bool line_start)
{
	struct mustache_node *node = append(p, MUSTACHE_TEXT);

	node->text = text.text;
	node->len = text.len;
	node->line_start = line_start;
	return node;
}

/* Adds the literal text up to `to`; a parent's own text is ignored. */
static void add_text(struct parser *p, const char *from, const char *to)
{
	struct scope *scope = innermost(p);

	while (from < to && !is_parent(scope)) {
		bool line_start = is_line_start(p, from);
		const char *text = line_start ? skip_margin(p, from, to) : from;
		const char *newline = p->margin.len == 0 ? NULL : memchr(text, '\n', (size_t)(to - text));
		const char *end = p->margin.len == 0 || newline == NULL ? to : newline + 1;
		struct mustache_node *last = scope->last;

		if (last != NULL && last->kind == MUSTACHE_TEXT && last->text + last->len == text &&
		    end > text)
			last->len += (size_t)(end - text);
		else
			append_text(p, (struct slice){ text, (size_t)(end - text) }, line_start);
		from = end;
	}
}

/* Passes a tag that shares its line with other things. */
static void pass_inline(struct parser *p, const struct tag *tag)
{
	add_text(p, p->at, tag->start);
	if (is_line_start(p, tag->start) && !is_parent(innermost(p)))
		append_text(p, (struct slice){ tag->start, 0 }, true);
	p->at = tag->end;
}

/* Passes a tag, and its whole line if nothing else stands there; tells if so. */
static bool pass_alone(struct parser *p, const struct tag *tag)
{
	if (tag->line_begin == NULL || tag->line_end == NULL) {
		pass_inline(p, tag);
		return false;
	}
	add_text(p, p->at, tag->line_begin);
	p->at = tag->line_end;
	return true;
}

static struct slice indentation_of(const struct parser *p, const struct tag *tag)
{
	if (tag->line_begin == NULL)
		return (struct slice){ tag->start, 0 };
	return without_margin(
		p, (struct slice){ tag->line_begin, (size_t)(tag->start - tag->line_begin) });
}

static void set_indentation(struct mustache_node *node, struct slice indentation)
{
	node->text = indentation.text;
	node->len = indentation.len;
}

/* --- names ----------------------------------------------------------------- */

static bool check_name(struct parser *p, struct slice name)
{
	if (name.len == 0)
		fail(p, "a tag without a name");
	else if (name.len > MAX_NAME)
		fail(p, "a name longer than %d bytes", MAX_NAME);
	for (size_t i = 0; i < name.len && !p->failed; i++) {
		if (is_white(name.text[i]))
			fail(p, "white space inside the name \"%.*s\"", (int)name.len, name.text);
	}
	return !p->failed;
}

static void set_path(struct parser *p, struct mustache_node *node, struct slice name)
{
	char *rest = arena_copy(p->arena, name.text, name.len);
	const char **parts;
	size_t count = 1;

	if (is_word(name, "."))
		return;
	for (size_t i = 0; i < name.len; i++)
		count += name.text[i] == '.';
	parts = arena_array(p->arena, count, sizeof(*parts));
	for (size_t i = 0; i < count; i++)
		parts[i] = strsep(&rest, ".");
	node->path = parts;
	node->path_count = count;
}

/* Names the template that a partial or a parent includes. */
static void set_reference(struct parser *p, struct mustache_node *node, struct slice name)
{
	node->line = p->line;
	if (name.len > 0 && name.text[0] == '*') {
		node->dynamic = true;
		name = trimmed(name.text + 1, name.text + name.len);
		if (check_name(p, name))
			set_path(p, node, name);
	} else if (check_name(p, name)) {
		node->label = arena_copy(p->arena, name.text, name.len);
		node->next_reference = p->parsed.references;
		p->parsed.references = node;
	}
}

/* --- finding tags ---------------------------------------------------------- */

static bool set_delimiters(struct parser *p, const char *open, const char *close)
{
	size_t open_len = strlen(open), close_len = strlen(close);

	if (open_len == 0 || close_len == 0 || open_len > MAX_DELIMITER ||
	    close_len > MAX_DELIMITER || strchr(open, '=') != NULL || strchr(close, '=') != NULL)
		return false;
	memcpy(p->open, open, open_len + 1);
	memcpy(p->close, close, close_len + 1);
	return true;
}

/* Finds the end of a tag whose text begins at `from`; a brace or = belongs to the end. */
static bool close_tag_text(struct parser *p, const char *from, struct tag *tag)
{
	char needle[MAX_DELIMITER + 2];
	size_t len = 0;
	const char *found;

	if (tag->type == '{' || tag->type == '=')
		needle[len++] = tag->type == '{' ? '}' : '=';
	memcpy(needle + len, p->close, strlen(p->close));
	len += strlen(p->close);
	found = memmem(from, (size_t)(p->end - from), needle, len);
	if (found == NULL)
		return false;
	tag->content = trimmed(from, found);
	tag->end = found + len;
	return true;
}

static void count_lines(struct parser *p, const char *to)
{
	if (p->in_message)
		return;
	while (p->counted < to)
		p->line += *p->counted++ == '\n';
}

/* Finds the next tag; false at the end of the text and at a tag that does not end. */
static bool next_tag(struct parser *p, struct tag *tag)
{
	const char *from;

	tag->start = memmem(p->at, (size_t)(p->end - p->at), p->open, strlen(p->open));
	if (tag->start == NULL)
		return false;
	count_lines(p, tag->start);
	from = tag->start + strlen(p->open);
	while (from < p->end && is_white(*from))
		from++;
	tag->type = '\0';
	if (from < p->end && *from != '\0' && strchr("#^/><$!=&{", *from) != NULL)
		tag->type = *from++;
	if (!close_tag_text(p, from, tag)) {
		fail(p, "a tag that does not end");
		return false;
	}
	tag->line_begin = blank_before(p, tag->start);
	tag->line_end = blank_after(p, tag->end);
	return true;
}

/* --- sections, blocks, parents --------------------------------------------- */

static void open_scope(struct parser *p, struct mustache_node *node, const struct tag *tag)
{
	if (p->depth == MAX_NESTING) {
		fail(p, "sections nested deeper than %d", MAX_NESTING);
		return;
	}
	p->scopes[++p->depth] = (struct scope){
		.node = node,
		.tail = &node->children,
		.name = tag->content,
		.margin = p->margin,
	};
}

static void open_section(struct parser *p, const struct tag *tag)
{
	struct mustache_node *node;

	pass_alone(p, tag);
	node = append(p, tag->type == '#' ? MUSTACHE_SECTION : MUSTACHE_INVERTED);
	if (check_name(p, tag->content))
		set_path(p, node, tag->content);
	open_scope(p, node, tag);
}

/*
 * Whether the parent stands alone is known at its end, so its white space is a
 * literal of its own, which can still be emptied.
 */
static void open_parent(struct parser *p, const struct tag *tag)
{
	struct mustache_node *node, *lead = NULL;

	if (tag->line_begin != NULL && !is_parent(innermost(p))) {
		add_text(p, p->at, tag->line_begin);
		lead = append_text(p, indentation_of(p, tag), true);
		p->at = tag->end;
	} else {
		pass_inline(p, tag);
	}
	node = append(p, MUSTACHE_PARENT);
	set_reference(p, node, tag->content);
	open_scope(p, node, tag);
	innermost(p)->lead = lead;
}

/* A block inside a parent is an argument: its first indentation is its margin. */
static void open_argument(struct parser *p, struct mustache_node *node, const struct tag *tag)
{
	p->at = tag->line_end != NULL ? tag->line_end : tag->end;
	open_scope(p, node, tag);
	if (tag->line_end != NULL)
		p->margin = first_indentation(p, p->at);
}

static void open_block(struct parser *p, const struct tag *tag)
{
	bool is_argument = is_parent(innermost(p));
	bool alone = !is_argument && pass_alone(p, tag);
	struct mustache_node *node = append(p, MUSTACHE_BLOCK);

	if (check_name(p, tag->content))
		node->label = arena_copy(p->arena, tag->content.text, tag->content.len);
	if (is_argument) {
		open_argument(p, node, tag);
		return;
	}
	node->own_line = alone;
	set_indentation(node, alone ? without_margin(p, first_indentation(p, p->at)) :
				      indentation_of(p, tag));
	open_scope(p, node, tag);
	innermost(p)->own_indentation = indentation_of(p, tag);
}

static void close_argument(struct parser *p, const struct tag *tag, struct mustache_node *node)
{
	struct mustache_node *first;

	add_text(p, p->at, tag->line_begin != NULL ? tag->line_begin : tag->start);
	p->at = tag->end;
	if (node->children != NULL && node->children->kind == MUSTACHE_TEXT) {
		node->children->line_start = true;
	} else if (node->children != NULL) { /* the renderer counts on a literal in front */
		first = arena_alloc(p->arena, sizeof(*first));
		*first = (struct mustache_node){ .kind = MUSTACHE_TEXT,
						 .text = "",
						 .line_start = true,
						 .next = node->children };
		node->children = first;
	}
}

static void close_parent(struct parser *p, const struct tag *tag, struct scope *scope)
{
	struct mustache_node **link = &scope->node->children;

	p->at = tag->end;
	if (scope->lead != NULL && tag->line_end != NULL) {
		scope->node->own_line = true;
		set_indentation(scope->node,
				(struct slice){ scope->lead->text, scope->lead->len });
		scope->lead->len = 0;
		scope->lead->line_start = false;
		p->at = tag->line_end;
	}
	while (*link != NULL) {
		if ((*link)->kind == MUSTACHE_BLOCK)
			link = &(*link)->next;
		else
			*link = (*link)->next;
	}
}

static void close_scope(struct parser *p, const struct tag *tag)
{
	struct scope *scope = innermost(p);

	if (p->depth == p->message_base) {
		fail(p, "{{/%.*s}} closes nothing", (int)tag->content.len, tag->content.text);
		return;
	}
	if (!is_same(scope->name, tag->content)) {
		fail(p, "{{/%.*s}} where %.*s is to be closed", (int)tag->content.len,
		     tag->content.text, (int)scope->name.len, scope->name.text);
		return;
	}
	if (is_parent(scope))
		close_parent(p, tag, scope);
	else if (scope->node->kind == MUSTACHE_BLOCK && is_parent(scope - 1))
		close_argument(p, tag, scope->node);
	else
		pass_alone(p, tag);
	if (scope->node->own_line && scope->node->kind == MUSTACHE_BLOCK &&
	    scope->node->children == NULL)
		set_indentation(scope->node, scope->own_indentation);
	p->margin = scope->margin;
	p->depth--;
}

/* --- the other tags -------------------------------------------------------- */

static void take_value(struct parser *p, const struct tag *tag)
{
	struct mustache_node *node;

	pass_inline(p, tag);
	node = append(p, tag->type == '\0' ? MUSTACHE_VALUE : MUSTACHE_RAW_VALUE);
	if (check_name(p, tag->content))
		set_path(p, node, tag->content);
}

static void take_partial(struct parser *p, const struct tag *tag)
{
	bool alone = pass_alone(p, tag);
	struct mustache_node *node = append(p, MUSTACHE_PARTIAL);

	node->own_line = alone;
	if (alone)
		set_indentation(node, indentation_of(p, tag));
	set_reference(p, node, tag->content);
}

static void take_delimiters(struct parser *p, const struct tag *tag)
{
	char *rest = arena_copy(p->arena, tag->content.text, tag->content.len);
	const char *open = strtok_r(rest, " \t\r\n", &rest);
	const char *close = open == NULL ? NULL : strtok_r(NULL, " \t\r\n", &rest);

	pass_alone(p, tag);
	if (close == NULL || strtok_r(NULL, " \t\r\n", &rest) != NULL ||
	    !set_delimiters(p, open, close))
		fail(p, "delimiters must be two short words without =");
}

static void parse_text(struct parser *p);

static void parse_translation(struct parser *p, const char *translation)
{
	const char *begin = p->begin, *at = p->at, *end = p->end;

	p->begin = p->at = translation;
	p->end = translation + strlen(translation);
	p->in_message = true;
	p->message_base = p->depth;
	parse_text(p);
	if (p->depth != p->message_base)
		fail(p, "a section is left open in the message \"%s\"", translation);
	p->begin = begin;
	p->at = at;
	p->end = end;
	p->in_message = false;
	p->message_base = 0;
}

/* Reads on to the end of the message and parses its translation instead. */
static void take_message(struct parser *p, const struct tag *tag)
{
	struct tag inner = { .type = '\0' };
	const char *message;

	if (p->in_message) {
		fail(p, "a message inside a message");
		return;
	}
	pass_inline(p, tag);
	while (next_tag(p, &inner) && !(inner.type == '/' && is_word(inner.content, "t"))) {
		if (inner.type == '=')
			fail(p, "delimiters cannot change inside a message");
		p->at = inner.end;
	}
	if (inner.type != '/' || !is_word(inner.content, "t") || p->failed) {
		fail(p, "a message that does not end");
		return;
	}
	p->at = inner.end;
	message = text_one_line(p->arena, arena_copy(p->arena, tag->end,
						     (size_t)(inner.start - tag->end)));
	if (*message == '\0')
		fail(p, "an empty message");
	p->parsed.has_messages = true;
	parse_translation(p, i18n(p->source->language, message));
}

static void take_tag(struct parser *p, const struct tag *tag)
{
	switch (tag->type) {
	case '!':
		pass_alone(p, tag);
		break;
	case '=':
		take_delimiters(p, tag);
		break;
	case '#':
		if (p->source->has_messages && is_word(tag->content, "t")) {
			take_message(p, tag);
			break;
		}
		/* fallthrough */
	case '^':
		open_section(p, tag);
		break;
	case '/':
		close_scope(p, tag);
		break;
	case '>':
		take_partial(p, tag);
		break;
	case '<':
		open_parent(p, tag);
		break;
	case '$':
		open_block(p, tag);
		break;
	default:
		take_value(p, tag);
	}
}

static void parse_text(struct parser *p)
{
	struct tag tag;

	while (!p->failed && next_tag(p, &tag))
		take_tag(p, &tag);
	if (!p->failed)
		add_text(p, p->at, p->end);
}

enum err mustache_parse(struct arena *arena, const struct mustache_source *source,
			struct mustache_parsed *ret_parsed)
{
	struct mustache_node root = { .kind = MUSTACHE_SECTION };
	struct parser p = {
		.arena = arena,
		.source = source,
		.begin = source->text,
		.at = source->text,
		.end = source->text + source->len,
		.counted = source->text,
		.line = 1,
		.open = "{{",
		.close = "}}",
	};

	p.scopes[0].tail = &root.children;
	parse_text(&p);
	if (p.depth > 0)
		fail(&p, "%.*s is not closed", (int)innermost(&p)->name.len, innermost(&p)->name.text);
	if (p.failed)
		return ERR_INVALID;
	p.parsed.root = root.children;
	*ret_parsed = p.parsed;
	return OK;
}
