/* The page that sets two finished interviews side by side. */
#ifndef VIVA_VIEW_COMPARE_VIEW_H
#define VIVA_VIEW_COMPARE_VIEW_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/* The page's members for what report/compare gives, in `language`. */
cJSON *compare_view(struct arena *arena, const cJSON *comparison, enum language language);

#endif
