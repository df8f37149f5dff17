/* The words people read for the codes the database keeps. */
#ifndef VIVA_VIEW_LABELS_H
#define VIVA_VIEW_LABELS_H

#include "base/i18n.h"

/* "Technical", "Middle", "In progress", "Advanced", in the language; the code itself if unknown. */
const char *label_type(enum language language, const char *type);
const char *label_level(enum language language, const char *level);
const char *label_status(enum language language, const char *status);
const char *label_difficulty(enum language language, int difficulty);

#endif
