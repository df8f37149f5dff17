/*
 * The fonts, which all sheets of a process share: made when they are first needed, because they
 * are large, and used by one thread at a time, because Pango's are not made for more.
 */
#ifndef VIVA_PDF_PRESS_H
#define VIVA_PDF_PRESS_H

#include <pango/pango.h>

#include "base/arena.h"
#include "base/err.h"

struct press;

/* A press without fonts yet; it is closed when `lasting` is reset. */
struct press *press_open(struct arena *lasting);

/*
 * Makes the press this thread's own until press_unlock. ERR_INTERNAL: the machine has no font
 * with Latin and Cyrillic letters, which is logged; the press is not locked then.
 */
enum err press_lock(struct press *press);
void press_unlock(struct press *press);

/* A new context of the locked press, 72 points an inch; the caller unreferences it. */
PangoContext *press_context(struct press *press);

#endif
