/* The words of a report's codes, in a language; an unknown code is its own word. */
#ifndef VIVA_REPORT_TERMS_H
#define VIVA_REPORT_TERMS_H

#include "base/arena.h"
#include "base/i18n.h"

/* "Middle", "Technical", "good", "covered", "skipped", "Technical accuracy" */
const char *terms_level(enum language language, const char *level);
const char *terms_type(enum language language, const char *type);
const char *terms_verdict(enum language language, const char *verdict);
const char *terms_status(enum language language, const char *status);
const char *terms_state(enum language language, const char *state);
const char *terms_dimension(enum language language, const char *dimension);

/* "wrong answer", "passed" of a test; "judged", "not judged" of code; "Python" */
const char *terms_test_verdict(enum language language, const char *verdict);
const char *terms_code_state(enum language language, const char *state);
const char *terms_code_language(const char *code_language);

/* "window or tab left" for focus_lost */
const char *terms_event(enum language language, const char *kind);

/* "the built-in examiner"; a model keeps its name. */
const char *terms_engine(enum language language, const char *engine);

/* "API design" for api-design, "Data science" for data-science */
const char *terms_tag(enum language language, const char *tag);
const char *terms_track(enum language language, const char *track);

/* "middle+" as "Middle+", "below junior", "undetermined" */
const char *terms_grade(struct arena *arena, enum language language, const char *grade);

/* "strong yes" of a recommendation to hire, "high" of a priority, "clarity" */
const char *terms_hire(enum language language, const char *hire);
const char *terms_priority(enum language language, const char *priority);
const char *terms_soft_skill(enum language language, const char *skill);

/* "Found by the wording of the point." for the `matched` of a key point; NULL for NULL */
const char *terms_matched(enum language language, const char *matched);

/* "The words of the answers, ..." of the report's basis */
const char *terms_basis(enum language language, const char *code);

/* "+", "~" or "-" for covered, partial and missing */
const char *terms_symbol(const char *status);

#endif
