/* What HTML, Markdown and plain lists put between the words of a text. */
#ifndef VIVA_SCORE_MARKUP_H
#define VIVA_SCORE_MARKUP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The text after the HTML tag that begins at `p`, NULL if none does. Sets *ret_block for a tag that
 * begins or ends a block.
 */
const char *markup_tag(const char *p, const char *end, bool *ret_block);

/*
 * For a line that begins at `p`: skips its indent, its list sign ("-", "*", "2.")
 * and Markdown's heading and quote signs. Sets *ret_block when a new sentence
 * begins here: after an empty line, at a list item or heading, or at a capital.
 */
const char *markup_line_start(const char *p, const char *end, bool *ret_block);

/*
 * The text after a character reference such as "&amp;" or "&#8217;", NULL if none stands at `p`.
 * Sets its character, 0 for one that stands between words like a space.
 */
const char *markup_reference(const char *p, const char *end, uint32_t *ret_sign);

/* The value of a text that is a JSON object such as {"answer": "..."}, or the text itself. */
const char *markup_object(const char *text, const char *end);

#endif
