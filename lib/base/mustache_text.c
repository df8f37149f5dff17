#include "base/mustache_text.h"

#include <string.h>

struct mustache_node *mustache_text_node(struct mustache_parser *p, enum mustache_kind kind)
{
	struct mustache_node *node = arena_alloc(p->arena, sizeof(*node));
	struct mustache_scope *scope = mustache_text_innermost(p);

	node->kind = kind;
	*scope->tail = node;
	scope->tail = &node->next;
	scope->last = node;
	return node;
}

struct mustache_node *mustache_text_literal(struct mustache_parser *p, struct mustache_slice text,
                                            bool line_start)
{
	struct mustache_node *node = mustache_text_node(p, MUSTACHE_TEXT);

	node->text = text.text;
	node->len = text.len;
	node->line_start = line_start;
	return node;
}

/* What is left of a line's beginning once the margin is taken off. */
static const char *skip_margin(const struct mustache_parser *p, const char *from, const char *to)
{
	for (size_t i = 0; i < p->margin.len && from < to && *from == p->margin.text[i]; i++)
		from++;
	return from;
}

static struct mustache_slice without_margin(const struct mustache_parser *p,
                                            struct mustache_slice indentation)
{
	const char *to = indentation.text + indentation.len;
	const char *from = skip_margin(p, indentation.text, to);

	return (struct mustache_slice){ from, (size_t)(to - from) };
}

/* The end of what can be taken as one literal: of the line if lines have a margin. */
static const char *literal_end(const struct mustache_parser *p, const char *from, const char *to)
{
	const char *newline = NULL;

	if (p->margin.len > 0)
		newline = memchr(from, '\n', (size_t)(to - from));
	return newline == NULL ? to : newline + 1;
}

void mustache_text_add(struct mustache_parser *p, const char *to)
{
	const struct mustache_scope *scope = mustache_text_innermost(p);
	const char *from = p->scanner.at;

	while (from < to && !mustache_text_is_parent(scope)) {
		bool line_start = mustache_scan_line_start(&p->scanner, from);
		const char *text = line_start ? skip_margin(p, from, to) : from;
		const char *end = literal_end(p, text, to);
		size_t len = (size_t)(end - text);
		struct mustache_node *last = scope->last;

		if (len > 0 && last != NULL && last->kind == MUSTACHE_TEXT &&
		    last->text + last->len == text)
			last->len += len;
		else
			mustache_text_literal(p, (struct mustache_slice){ text, len }, line_start);
		from = end;
	}
	p->scanner.at = to;
}

void mustache_text_pass(struct mustache_parser *p, const struct mustache_tag *tag)
{
	mustache_text_add(p, tag->start);
	if (mustache_scan_line_start(&p->scanner, tag->start) &&
	    !mustache_text_is_parent(mustache_text_innermost(p)))
		mustache_text_literal(p, (struct mustache_slice){ tag->start, 0 }, true);
	p->scanner.at = tag->end;
}

bool mustache_text_pass_alone(struct mustache_parser *p, const struct mustache_tag *tag)
{
	if (tag->line_begin == NULL || tag->line_end == NULL) {
		mustache_text_pass(p, tag);
		return false;
	}
	mustache_text_add(p, tag->line_begin);
	p->scanner.at = tag->line_end;
	return true;
}

struct mustache_slice mustache_text_indentation(const struct mustache_parser *p,
                                                const struct mustache_tag *tag)
{
	const char *from = tag->line_begin != NULL ? tag->line_begin : tag->start;

	return without_margin(p, (struct mustache_slice){ from, (size_t)(tag->start - from) });
}

struct mustache_slice mustache_text_inner_indentation(const struct mustache_parser *p,
                                                      const char *at)
{
	return without_margin(p, mustache_scan_indentation(&p->scanner, at));
}
