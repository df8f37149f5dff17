/* What imitates messages of a system, grades or other data, and what is encoded. */
#ifndef VIVA_EXAMINER_GUARD_FORGED_H
#define VIVA_EXAMINER_GUARD_FORGED_H

#include "examiner/guard_sense.h"

/* Sets `flagged` for units that forge messages ("SYSTEM: ...") or a grade. */
void guard_forged_mark(const struct guard_sense *sense, bool *flagged);

/*
 * The next run of base64 from byte *offset on that holds readable text: gives the text,
 * its bytes as `ret_span`, and moves the offset behind it. NULL: there is none.
 */
const char *guard_forged_decode(struct arena *arena, const char *text, size_t *offset,
                                struct score_span *ret_span);

#endif
