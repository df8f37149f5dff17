/* What the API's files about people share. */
#ifndef VIVA_CGI_PERSON_H
#define VIVA_CGI_PERSON_H

#include "web/request.h"

/* A user as they see themselves. */
cJSON *person_document(struct arena *arena, const struct user *user);

/* For a problem document: too many wrong passwords, and the minutes to wait. */
void person_pause(struct request *request, int wait_min);

#endif
