/* The route tables of the program interview, each from the file of its name. */
#ifndef VIVA_CGI_INTERVIEW_H
#define VIVA_CGI_INTERVIEW_H

#include "web/app.h"

extern const struct route_table again_routes, api_routes, api_talk_routes;
extern const struct route_table invited_routes, similar_routes, start_routes, talk_routes;

#endif
