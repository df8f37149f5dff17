/* The route tables of the program code, each from the file of its name. */
#ifndef VIVA_CGI_CODE_H
#define VIVA_CGI_CODE_H

#include "web/app.h"

extern const struct route_table api_routes, task_routes;

#endif
