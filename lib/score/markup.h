/* What HTML, Markdown and plain lists put between the words of a text. */
#ifndef VIVA_SCORE_MARKUP_H
#define VIVA_SCORE_MARKUP_H

#include <stdbool.h>

/*
 * The text after the HTML tag, comment or character reference that begins at
 * `p`, NULL if none does. Sets *ret_block for a tag that begins or ends a block.
 */
const char *markup_tag(const char *p, const char *end, bool *ret_block);

/*
 * For a line that begins at `p`: skips its indent, its list sign ("-", "*", "2.")
 * and Markdown's heading and quote signs. Sets *ret_block when a new sentence
 * begins here: after an empty line, at a list item or heading, or at a capital.
 */
const char *markup_line_start(const char *p, const char *end, bool *ret_block);

#endif
