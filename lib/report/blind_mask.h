/* Private to lib/report: the words that blind review masks. */
#ifndef VIVA_REPORT_BLIND_MASK_H
#define VIVA_REPORT_BLIND_MASK_H

#include "report/blind.h"

/* Has the name masked as a whole. */
void blind_mask_name(struct arena *arena, struct blind *blind, const char *name);

/* Has each word of two letters or more masked. */
void blind_mask_words(struct arena *arena, struct blind *blind, const char *name);

#endif
