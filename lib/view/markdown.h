/* Markdown from tasks and reports as HTML that is safe to show. */
#ifndef VIVA_VIEW_MARKDOWN_H
#define VIVA_VIEW_MARKDOWN_H

#include "base/arena.h"

/*
 * HTML of CommonMark text with tables and strikethrough, for json_set_html. Whatever the
 * text holds, the result has no tags but those of the elements below, no attributes but
 * those written here, and no addresses but http:, https: and mailto: ones: raw HTML is
 * text, an image is its description, another link only its words. Headings begin at h3.
 * Text that is longer than 256 KiB or not UTF-8, and text nested deeper than 100, is given
 * as one <pre>.
 */
char *markdown_html(struct arena *arena, const char *markdown);

#endif
