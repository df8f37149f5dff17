/* What to say to a title that means no role, or several. */
#ifndef VIVA_CGI_INTERVIEW_TITLE_H
#define VIVA_CGI_INTERVIEW_TITLE_H

#include "profile/title.h"
#include "web/app.h"

/* A sentence for the reader; lives in the request's arena. */
const char *title_fault(struct request *request, const struct title_match *match);

#endif
