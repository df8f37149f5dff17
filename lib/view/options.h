/* What a list of choices in a form holds: objects with code, text and selected. */
#ifndef VIVA_VIEW_OPTIONS_H
#define VIVA_VIEW_OPTIONS_H

#include <cjson/cJSON.h>

#include "base/i18n.h"

/* Appends a choice; it is selected if `code` is `chosen`. */
void options_add(cJSON *options, const char *code, const char *text, const char *chosen);

/* Adds `levels` to the page: junior, middle, senior. */
void options_levels(cJSON *page, const char *chosen, enum language language);

#endif
