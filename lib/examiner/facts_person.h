/* Whose words a text is and since when they work, for lib/examiner/facts.c. */
#ifndef VIVA_EXAMINER_FACTS_PERSON_H
#define VIVA_EXAMINER_FACTS_PERSON_H

#include "examiner/facts_page.h"

/* The writer's name as it stands there; NULL when the text gives none. */
const char *facts_person_name(const struct facts_page *page);

/* How long they have worked ("3 years", "since 2019") as it stands there; never an age. */
const char *facts_person_experience(const struct facts_page *page);

#endif
