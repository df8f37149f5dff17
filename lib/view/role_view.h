/* The recruiter's pages of the catalogue of roles. */
#ifndef VIVA_VIEW_ROLE_VIEW_H
#define VIVA_VIEW_ROLE_VIEW_H

#include <cjson/cJSON.h>

#include "store/bank.h"

/* The members of templates/roles. */
cJSON *role_view_list(const struct role_list *roles, enum language language);

/* The members of templates/role; `tags` as role_view_tags or as typed. */
cJSON *role_view_form(const struct role *role, const char *tags);

/* The role's skill tags parted by commas. */
const char *role_view_tags(struct arena *arena, const struct role *role);

#endif
