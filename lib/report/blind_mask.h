/* Private to lib/report: the words that blind review masks. */
#ifndef VIVA_REPORT_BLIND_MASK_H
#define VIVA_REPORT_BLIND_MASK_H

#include "report/blind.h"

/* Has the name masked as a whole. */
void blind_mask_name(struct arena *arena, struct blind *blind, const char *name);

/*
 * Has each word masked; those of one or two letters, numbers, and small ones that are words of
 * the language, too, only beside another.
 */
void blind_mask_words(struct arena *arena, struct blind *blind, const char *name);

#endif
