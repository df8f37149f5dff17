/* QR codes as pictures in a page. */
#ifndef VIVA_VIEW_QR_H
#define VIVA_VIEW_QR_H

#include "base/arena.h"

/*
 * The text as an <svg class="qr"> for json_set_html, dark on white with the margin that readers
 * need, whatever colours the page has; `label` says what it is. NULL: the text is too long.
 */
char *qr_svg(struct arena *arena, const char *text, const char *label);

#endif
