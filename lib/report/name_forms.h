/* Private to lib/report: the cases of Russian and Ukrainian names. */
#ifndef VIVA_REPORT_NAME_FORMS_H
#define VIVA_REPORT_NAME_FORMS_H

#include <stdbool.h>

/*
 * True if `word` is the first name or surname `name` in another case, by a closed table of
 * endings: "павла" of "павел", not "маркер" of "марк". Both in lower case with е for ё.
 */
bool name_forms_has(const char *name, const char *word);

/* True for a name that is a common word, too, perhaps in another case: "вера", "will". */
bool name_forms_is_common(const char *name);

#endif
