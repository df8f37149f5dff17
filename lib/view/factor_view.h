/* The pages of the second factor: setting it up, its state, recovery codes. */
#ifndef VIVA_VIEW_FACTOR_VIEW_H
#define VIVA_VIEW_FACTOR_VIEW_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/* `setup`: the secret as it is, in groups, and as a picture of the address for an app. */
cJSON *factor_view_setup(struct arena *arena, const char *secret, const char *uri,
                         enum language language);

/* `on`: what there is to do when it is on, and how many recovery codes are left. */
cJSON *factor_view_on(struct arena *arena, int codes_left, enum language language);

/* `codes`, as they are to be shown once. */
cJSON *factor_view_codes(const char *const *codes, size_t count);

/* The same as a text file. */
const char *factor_view_file(struct arena *arena, const char *const *codes, size_t count);

#endif
