/* A user as the API shows one to themselves. */
#ifndef VIVA_CGI_PERSON_H
#define VIVA_CGI_PERSON_H

#include <cjson/cJSON.h>

#include "store/user.h"

cJSON *person_document(struct arena *arena, const struct user *user);

#endif
