/* Finds tags and lines in the text of a template; private to base/mustache. */
#ifndef VIVA_BASE_MUSTACHE_SCAN_H
#define VIVA_BASE_MUSTACHE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum { MUSTACHE_MAX_DELIMITER = 16 };

struct mustache_slice {
	const char *text;
	size_t len;
};

struct mustache_tag {
	char type;                     /* one of # ^ / > < $ ! = & { or '\0' for a plain value */
	struct mustache_slice content; /* without white space at both ends */
	const char *start, *end;
	const char *line_begin, *line_end; /* around the tag; NULL on a side that is not blank */
};

struct mustache_scanner {
	const char *begin, *at, *end; /* the text, and how far it has been taken */
	const char *counted;          /* `line` is the line of this place */
	int line;
	bool no_lines; /* the text is part of a line: nothing in it stands alone */
	char open[MUSTACHE_MAX_DELIMITER + 1], close[MUSTACHE_MAX_DELIMITER + 1];
};

enum mustache_found { MUSTACHE_TAG, MUSTACHE_END, MUSTACHE_UNCLOSED };

/* A scanner of `len` bytes with the usual delimiters. */
struct mustache_scanner mustache_scan_start(const char *text, size_t len);

/* Finds the next tag from `at` on, and its line; `at` is left alone. */
enum mustache_found mustache_scan_tag(struct mustache_scanner *scanner,
                                      struct mustache_tag *ret_tag);

/* Takes the content of a {{= =}} tag; false unless it is two short words without =. */
bool mustache_scan_delimiters(struct mustache_scanner *scanner, struct mustache_slice words);

/* True if a line begins at this place. */
bool mustache_scan_line_start(const struct mustache_scanner *scanner, const char *at);

/* The indentation of the first line from `at` on that is not blank. */
struct mustache_slice mustache_scan_indentation(const struct mustache_scanner *scanner,
                                                const char *at);

/* The text between two places without white space at both ends. */
struct mustache_slice mustache_scan_trimmed(const char *from, const char *to);

/* True for the white space that ends words in a tag. */
bool mustache_scan_white(char c);

#endif
