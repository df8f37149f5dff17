/* Where two JSON values differ. */
#ifndef VIVA_TOOLS_JSON_DIFF_H
#define VIVA_TOOLS_JSON_DIFF_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * Appends { path, stored, rebuilt } to the array for each place where they differ, a missing
 * value as null; the order of members does not matter. The whole values are in it. Members that
 * objects of `stored` do not have at all are only counted, in *untold, unless that is NULL.
 */
void json_diff_add(struct arena *arena, cJSON *differences, const cJSON *stored,
                   const cJSON *rebuilt, size_t *untold);

#endif
