/* How the mark of an answer came about: each key point, then the arithmetic. */
#ifndef VIVA_REPORT_EXPLAIN_H
#define VIVA_REPORT_EXPLAIN_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * Of a normalized theory question, in the words and numbers of that language:
 * is_second (a model graded: this tells what the built-in examiner thinks of the answer),
 * is_kept (false: the version that graded kept no arithmetic, and nothing follows),
 * points [{ number, text, status, status_code, wording (null where it is the text), coverage,
 * full, credit, sum (how the coverage gives the credit, null where the version that graded
 * did not keep it), has_words, words [{ quote, start, end, anchor (of the words on
 * the page; null where is_second) }], wrong, is_denied, denied_words (the same of one) }], lines [{
 * words, sum }], of which the last gives the mark, and rule, all of those sums in a sentence.
 *
 * The shown numbers add up: each result is what the numbers before it give as they are
 * printed, with as many digits as it takes to come to the stored mark. NULL: a coding
 * question, one that was not graded, or a model's grade beside which nothing was kept.
 */
cJSON *explain_mark(struct arena *arena, enum language language, const cJSON *question);

#endif
