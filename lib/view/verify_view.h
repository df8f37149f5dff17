/* The pages that check a signed report: by upload, in the browser, and without a network. */
#ifndef VIVA_VIEW_VERIFY_VIEW_H
#define VIVA_VIEW_VERIFY_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "seal/seal.h"

/*
 * What partials/verify_result shows: `states` [{ code, title, text, is_shown }], `levels`, and
 * `facts` of a genuine document; `check` NULL: nothing was checked yet.
 */
void verify_view_add(struct arena *arena, cJSON *page, const struct seal_check *check,
                     enum language language);

/* Has the page say that the file is too large. */
void verify_view_too_large(cJSON *page, enum language language);

/* The texts of a script and a style sheet as elements of a page that stands alone. */
void verify_view_embed(struct arena *arena, cJSON *page, const char *script, const char *style);

#endif
