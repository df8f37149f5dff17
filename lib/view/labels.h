/* The words people read for codes that no report holds; the others are in report/terms. */
#ifndef VIVA_VIEW_LABELS_H
#define VIVA_VIEW_LABELS_H

#include "base/i18n.h"

/* "In progress", "Advanced", in the language; the code itself if it is unknown. */
const char *label_status(enum language language, const char *status);
const char *label_difficulty(enum language language, int difficulty);

/* An agent of a model by its name, "observer"; the name itself for one that is unknown. */
const char *label_agent(enum language language, const char *agent);

#endif
