/* Who took an invitation, for recruiters. */
#ifndef VIVA_VIEW_INVITATION_GUESTS_H
#define VIVA_VIEW_INVITATION_GUESTS_H

#include <cjson/cJSON.h>

#include "store/invitation.h"

/*
 * Adds `guests`, has_guests and can_compare (two reports are there) to the page; their full_name
 * is what they are called.
 */
void invitation_guests_add(struct arena *arena, cJSON *page,
                           const struct invitation_guest_list *list, enum language language);

#endif
