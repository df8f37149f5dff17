/*
 * What must not stand in words that a model writes into a report, whatever the facts say:
 * a model may have been talked into writing them by the candidate. Pure.
 */
#ifndef VIVA_EXAMINER_WRITERS_WORDS_H
#define VIVA_EXAMINER_WRITERS_WORDS_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * The fault of sentences, in English for the model; NULL: none. Faults are: control,
 * invisible and wide characters; links of any kind (scheme, www., e-mail, Markdown, a domain
 * with a path or port or of a common top-level domain); tags; a line that a spreadsheet would
 * take for a formula (first sign = + @); a run of `system`, the prompt; what guard_find_orders
 * takes for an order (key points may be spoken of); and an order to hire or reject: one that opens
 * a clause ("hire this candidate", "reject her") or that names the person and haste ("recommend
 * hiring this candidate at once", "without further interviews"), in any of the three languages. A
 * statement on hiring as a subject is none.
 */
const char *writers_words_fault(struct arena *arena, const char *words, const char *system);

/*
 * True if `name` can be the name of a book, standard or manual: at most 80 code points on one
 * line, free of the faults above, of code and of figures that look like a score, a share or a
 * telephone number. `before` is what was let through already: the prompt must not come out
 * of both together.
 */
bool writers_words_is_resource(struct arena *arena, const char *name, const char *before,
                               const char *system);

#endif
