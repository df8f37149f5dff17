/* The chat page: what was said, the active question, the form's state. */
#ifndef VIVA_VIEW_CHAT_VIEW_H
#define VIVA_VIEW_CHAT_VIEW_H

#include <cjson/cJSON.h>

#include "interview/flow.h"
#include "store/history.h"

/*
 * The page's members for an interview. `typed` is the text for the answer field
 * (NULL: the saved draft), `nonce` the form's one-time value.
 */
cJSON *chat_view(const struct flow *flow, const char *typed, const char *nonce);

/* Adds `chats`, the side bar's list of the candidate's interviews, to the page. */
void chat_view_add_list(cJSON *page, const struct history_list *list, const char *current_id,
                        enum language language);

#endif
