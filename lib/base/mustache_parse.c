#include "base/mustache_internal.h"

#include <stdarg.h>
#include <string.h>

#include "base/log.h"
#include "base/mustache_text.h"
#include "base/text.h"

enum { MAX_NAME = 255 };

__attribute__((format(printf, 2, 3))) static void fail(struct mustache_parser *p,
                                                       const char *format, ...)
{
	va_list args;

	if (!p->failed && p->source->path != NULL) {
		va_start(args, format);
		log_error("%s:%d: %s", p->source->path, p->scanner.line,
		          arena_vprintf(p->arena, format, args));
		va_end(args);
	}
	p->failed = true;
}

/* --- names ----------------------------------------------------------------- */

static bool is_word(struct mustache_slice slice, const char *word)
{
	return slice.len == strlen(word) && memcmp(slice.text, word, slice.len) == 0;
}

static bool check_name(struct mustache_parser *p, struct mustache_slice name)
{
	if (name.len == 0)
		fail(p, "a tag without a name");
	else if (name.len > MAX_NAME)
		fail(p, "a name longer than %d bytes", MAX_NAME);
	for (size_t i = 0; i < name.len && !p->failed; i++) {
		if (mustache_scan_white(name.text[i]))
			fail(p, "white space inside the name \"%.*s\"", (int)name.len, name.text);
	}
	return !p->failed;
}

/* Splits the name of a value at its dots. */
static void set_path(struct mustache_parser *p, struct mustache_node *node,
                     struct mustache_slice name)
{
	char *rest;
	const char **parts;
	size_t count = 1;

	if (!check_name(p, name) || is_word(name, "."))
		return;
	rest = arena_copy(p->arena, name.text, name.len);
	for (size_t i = 0; i < name.len; i++)
		count += name.text[i] == '.';
	parts = arena_array(p->arena, count, sizeof(*parts));
	for (size_t i = 0; i < count; i++)
		parts[i] = strsep(&rest, ".");
	node->path = parts;
	node->path_count = count;
}

/* Names the template that a partial or a parent includes. */
static void set_reference(struct mustache_parser *p, struct mustache_node *node,
                          struct mustache_slice name)
{
	node->line = p->scanner.line;
	if (name.len > 0 && name.text[0] == '*') {
		node->dynamic = true;
		set_path(p, node, mustache_scan_trimmed(name.text + 1, name.text + name.len));
	} else if (check_name(p, name)) {
		node->label = arena_copy(p->arena, name.text, name.len);
		node->next_reference = p->parsed.references;
		p->parsed.references = node;
	}
}

static void set_indentation(struct mustache_node *node, struct mustache_slice indentation)
{
	node->text = indentation.text;
	node->len = indentation.len;
}

/* --- sections, blocks, parents --------------------------------------------- */

static void open_scope(struct mustache_parser *p, struct mustache_node *node,
                       const struct mustache_tag *tag)
{
	if (p->depth == MUSTACHE_MAX_NESTING) {
		fail(p, "sections nested deeper than %d", MUSTACHE_MAX_NESTING);
		return;
	}
	p->scopes[++p->depth] = (struct mustache_scope){
		.node = node,
		.tail = &node->children,
		.name = tag->content,
		.line = p->scanner.line,
		.margin = p->margin,
	};
}

static void open_section(struct mustache_parser *p, const struct mustache_tag *tag)
{
	struct mustache_node *node;

	mustache_text_pass_alone(p, tag);
	node = mustache_text_node(p, tag->type == '#' ? MUSTACHE_SECTION : MUSTACHE_INVERTED);
	set_path(p, node, tag->content);
	open_scope(p, node, tag);
}

/*
 * Whether the parent stands alone is known at its end, so its white space is a
 * literal of its own, which can still be emptied.
 */
static void open_parent(struct mustache_parser *p, const struct mustache_tag *tag)
{
	struct mustache_node *node, *lead = NULL;

	if (tag->line_begin != NULL && !mustache_text_is_parent(mustache_text_innermost(p))) {
		mustache_text_add(p, tag->line_begin);
		lead = mustache_text_literal(p, mustache_text_indentation(p, tag), true);
		p->scanner.at = tag->end;
	} else {
		mustache_text_pass(p, tag);
	}
	node = mustache_text_node(p, MUSTACHE_PARENT);
	set_reference(p, node, tag->content);
	open_scope(p, node, tag);
	mustache_text_innermost(p)->lead = lead;
}

/*
 * A block inside a parent is an argument: the indentation of its first line is its
 * margin. One that goes on in the line of its tag begins a line wherever it is put.
 */
static void open_argument(struct mustache_parser *p, const struct mustache_tag *tag,
                          struct mustache_node *node)
{
	open_scope(p, node, tag);
	if (tag->line_end != NULL) {
		p->scanner.at = tag->line_end;
		p->margin = mustache_scan_indentation(&p->scanner, tag->line_end);
	} else {
		p->scanner.at = tag->end;
		mustache_text_literal(p, (struct mustache_slice){ tag->end, 0 }, true);
	}
}

static void open_block(struct mustache_parser *p, const struct mustache_tag *tag)
{
	bool is_argument = mustache_text_is_parent(mustache_text_innermost(p));
	bool alone = !is_argument && mustache_text_pass_alone(p, tag);
	struct mustache_node *node = mustache_text_node(p, MUSTACHE_BLOCK);

	if (check_name(p, tag->content))
		node->label = arena_copy(p->arena, tag->content.text, tag->content.len);
	if (is_argument) {
		open_argument(p, tag, node);
		return;
	}
	node->own_line = alone;
	set_indentation(node, mustache_text_indentation(p, tag));
	if (alone)
		set_indentation(node, mustache_text_inner_indentation(p, tag->line_end));
	open_scope(p, node, tag);
	mustache_text_innermost(p)->own_indentation = mustache_text_indentation(p, tag);
}

static void close_argument(struct mustache_parser *p, const struct mustache_tag *tag,
                           struct mustache_node *node)
{
	const struct mustache_node *first;

	mustache_text_add(p, tag->line_begin != NULL ? tag->line_begin : tag->start);
	p->scanner.at = tag->end;
	first = node->children;
	if (first != NULL && first->next == NULL && first->kind == MUSTACHE_TEXT && first->len == 0)
		node->children = NULL; /* nothing, so no line to indent */
}

/* The default in a block says how far to indent; an empty one leaves it to the tag. */
static void close_block(struct mustache_parser *p, const struct mustache_tag *tag,
                        const struct mustache_scope *scope)
{
	mustache_text_pass_alone(p, tag);
	if (scope->node->own_line && scope->node->children == NULL)
		set_indentation(scope->node, scope->own_indentation);
}

static void close_parent(struct mustache_parser *p, const struct mustache_tag *tag,
                         const struct mustache_scope *scope)
{
	struct mustache_node **link = &scope->node->children;

	p->scanner.at = tag->end;
	if (scope->lead != NULL && tag->line_end != NULL) {
		scope->node->own_line = true;
		set_indentation(scope->node,
		                (struct mustache_slice){ scope->lead->text, scope->lead->len });
		scope->lead->len = 0;
		scope->lead->line_start = false;
		p->scanner.at = tag->line_end;
	}
	while (*link != NULL) {
		if ((*link)->kind == MUSTACHE_BLOCK)
			link = &(*link)->next;
		else
			*link = (*link)->next;
	}
}

static bool check_close(struct mustache_parser *p, const struct mustache_tag *tag)
{
	struct mustache_slice open = mustache_text_innermost(p)->name, close = tag->content;

	if (p->depth == p->message_depth)
		fail(p, "{{/%.*s}} closes nothing", (int)close.len, close.text);
	else if (open.len != close.len || memcmp(open.text, close.text, open.len) != 0)
		fail(p, "{{/%.*s}} stands where \"%.*s\" is to be closed", (int)close.len,
		     close.text, (int)open.len, open.text);
	return !p->failed;
}

static void close_scope(struct mustache_parser *p, const struct mustache_tag *tag)
{
	const struct mustache_scope *scope = mustache_text_innermost(p);

	if (!check_close(p, tag))
		return;
	if (mustache_text_is_parent(scope))
		close_parent(p, tag, scope);
	else if (scope->node->kind != MUSTACHE_BLOCK)
		mustache_text_pass_alone(p, tag);
	else if (mustache_text_is_parent(scope - 1))
		close_argument(p, tag, scope->node);
	else
		close_block(p, tag, scope);
	p->margin = scope->margin;
	p->depth--;
}

/* --- the other tags -------------------------------------------------------- */

static void take_value(struct mustache_parser *p, const struct mustache_tag *tag)
{
	mustache_text_pass(p, tag);
	set_path(p, mustache_text_node(p, tag->type == '\0' ? MUSTACHE_VALUE : MUSTACHE_RAW_VALUE),
	         tag->content);
}

static void take_partial(struct mustache_parser *p, const struct mustache_tag *tag)
{
	bool alone = mustache_text_pass_alone(p, tag);
	struct mustache_node *node = mustache_text_node(p, MUSTACHE_PARTIAL);

	node->own_line = alone;
	if (alone)
		set_indentation(node, mustache_text_indentation(p, tag));
	set_reference(p, node, tag->content);
}

static void take_delimiters(struct mustache_parser *p, const struct mustache_tag *tag)
{
	mustache_text_pass_alone(p, tag);
	if (p->in_message)
		fail(p, "delimiters cannot change inside a message");
	else if (!mustache_scan_delimiters(&p->scanner, tag->content))
		fail(p, "delimiters must be two short words without =");
}

static bool next_tag(struct mustache_parser *p, struct mustache_tag *tag)
{
	enum mustache_found found = mustache_scan_tag(&p->scanner, tag);

	if (found == MUSTACHE_UNCLOSED)
		fail(p, "a tag that does not end");
	return found == MUSTACHE_TAG;
}

static void parse_text(struct mustache_parser *p);

static void parse_translation(struct mustache_parser *p, const char *translation)
{
	struct mustache_scanner outer = p->scanner;

	p->scanner.begin = p->scanner.at = translation;
	p->scanner.end = translation + strlen(translation);
	p->scanner.no_lines = true;
	p->in_message = true;
	p->message_depth = p->depth;
	parse_text(p);
	if (p->depth != p->message_depth)
		fail(p, "a section is left open in the message \"%s\"", translation);
	p->scanner = outer;
	p->in_message = false;
	p->message_depth = 0;
}

/* Finds the end of a message that begins at `at`, and passes it. */
static bool find_message_end(struct mustache_parser *p, const char **ret_end)
{
	struct mustache_tag tag;

	while (next_tag(p, &tag)) {
		p->scanner.at = tag.end;
		if (tag.type == '=')
			fail(p, "delimiters cannot change inside a message");
		else if (tag.type == '#' && is_word(tag.content, "t"))
			fail(p, "a message inside a message");
		if (tag.type != '/' || !is_word(tag.content, "t"))
			continue;
		*ret_end = tag.start;
		return !p->failed;
	}
	fail(p, "a message that does not end");
	return false;
}

static void take_message(struct mustache_parser *p, const struct mustache_tag *tag)
{
	const char *end, *message;

	if (p->in_message) {
		fail(p, "a message inside a message");
		return;
	}
	mustache_text_pass(p, tag);
	if (!find_message_end(p, &end))
		return;
	message = text_one_line(p->arena, arena_copy(p->arena, tag->end, (size_t)(end - tag->end)));
	if (*message == '\0')
		fail(p, "an empty message");
	p->parsed.has_messages = true;
	parse_translation(p, i18n(p->source->language, message));
}

static void take_tag(struct mustache_parser *p, const struct mustache_tag *tag)
{
	switch (tag->type) {
	case '!':
		mustache_text_pass_alone(p, tag);
		break;
	case '=':
		take_delimiters(p, tag);
		break;
	case '#':
	case '^':
		if (tag->type == '#' && p->source->has_messages && is_word(tag->content, "t"))
			take_message(p, tag);
		else
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

static void parse_text(struct mustache_parser *p)
{
	struct mustache_tag tag;

	while (!p->failed && next_tag(p, &tag))
		take_tag(p, &tag);
	if (!p->failed)
		mustache_text_add(p, p->scanner.end);
}

enum err mustache_parse(struct arena *arena, const struct mustache_source *source,
                        struct mustache_parsed *ret_parsed)
{
	struct mustache_node root = { .kind = MUSTACHE_SECTION };
	struct mustache_parser p = {
		.arena = arena,
		.source = source,
		.scanner = mustache_scan_start(source->text, source->len),
	};

	p.scopes[0].tail = &root.children;
	parse_text(&p);
	if (p.depth > 0) {
		const struct mustache_scope *scope = mustache_text_innermost(&p);

		p.scanner.line = scope->line;
		fail(&p, "\"%.*s\" is not closed", (int)scope->name.len, scope->name.text);
	}
	if (p.failed)
		return ERR_INVALID;
	p.parsed.root = root.children;
	*ret_parsed = p.parsed;
	return OK;
}
