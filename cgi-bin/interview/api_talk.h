/* What the API's files of the program interview share. */
#ifndef VIVA_CGI_INTERVIEW_API_TALK_H
#define VIVA_CGI_INTERVIEW_API_TALK_H

#include "interview/flow.h"
#include "web/request.h"

/* flow_open for the person who asks; the answer is in the interview's language from then on. */
enum err api_talk_open(struct request *request, const char *id, struct flow *flow);

#endif
