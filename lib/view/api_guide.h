/* The page about the API: its operations, read off the document that describes them. */
#ifndef VIVA_VIEW_API_GUIDE_H
#define VIVA_VIEW_API_GUIDE_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/*
 * The data of templates/api.html from the text of openapi.yaml: groups [{ title, operations
 * [{ method, path, summary }] }] in the order of the document, and problems [{ type, status,
 * text }]. `yaml` must be laid out as ours is; what is laid out otherwise is left out.
 */
cJSON *api_guide(struct arena *arena, const char *yaml, enum language language);

#endif
