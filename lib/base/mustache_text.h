/* The tree under construction and its literal text; private to base/mustache. */
#ifndef VIVA_BASE_MUSTACHE_TEXT_H
#define VIVA_BASE_MUSTACHE_TEXT_H

#include "base/mustache_internal.h"
#include "base/mustache_scan.h"

enum { MUSTACHE_MAX_NESTING = 64 };

/* Something that is open; the outermost one is the template itself. */
struct mustache_scope {
	struct mustache_node *node;
	struct mustache_node **tail, *last;
	struct mustache_slice name;
	int line;
	struct mustache_slice margin;          /* to go back to */
	struct mustache_slice own_indentation; /* a BLOCK's, for when its default is empty */
	struct mustache_node *lead;            /* a PARENT's white space, if it begins a line */
};

struct mustache_parser {
	struct arena *arena;
	const struct mustache_source *source;
	struct mustache_scanner scanner;
	struct mustache_slice margin; /* taken off every line of a replaced block */
	struct mustache_scope scopes[MUSTACHE_MAX_NESTING + 1];
	size_t depth;
	bool in_message;
	size_t message_depth; /* a message must not close what is open at this depth */
	struct mustache_parsed parsed;
	bool failed;
};

static inline struct mustache_scope *mustache_text_innermost(struct mustache_parser *p)
{
	return &p->scopes[p->depth];
}

/* True for the scope of a parent tag, where text is ignored. */
static inline bool mustache_text_is_parent(const struct mustache_scope *scope)
{
	return scope->node != NULL && scope->node->kind == MUSTACHE_PARENT;
}

/* Appends an empty node, or a literal of its own, to the innermost scope. */
struct mustache_node *mustache_text_node(struct mustache_parser *p, enum mustache_kind kind);
struct mustache_node *mustache_text_literal(struct mustache_parser *p, struct mustache_slice text,
                                            bool line_start);

/* Takes the text up to `to` as literals; a parent's own text is ignored. */
void mustache_text_add(struct mustache_parser *p, const char *to);

/* Passes a tag that shares its line with other things, and the text before it. */
void mustache_text_pass(struct mustache_parser *p, const struct mustache_tag *tag);

/* The same, but takes away the whole line if nothing else stands there; tells if so. */
bool mustache_text_pass_alone(struct mustache_parser *p, const struct mustache_tag *tag);

/* The white space before a tag that begins its line, less the margin; else empty. */
struct mustache_slice mustache_text_indentation(const struct mustache_parser *p,
                                                const struct mustache_tag *tag);

/* The indentation of the first line from `at` on that is not blank, less the margin. */
struct mustache_slice mustache_text_inner_indentation(const struct mustache_parser *p,
                                                      const char *at);

#endif
