/* The buttons of the chat page. */
#ifndef VIVA_VIEW_CHAT_ACTION_H
#define VIVA_VIEW_CHAT_ACTION_H

#include "interview/flow.h"

/* What a button of that value ("say", "hint") asks for; false when there is no such one. */
bool chat_action_read(const char *value, enum flow_action *ret_action);

#endif
