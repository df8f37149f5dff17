/* The route tables of the program report, each from the file of its name. */
#ifndef VIVA_CGI_REPORT_H
#define VIVA_CGI_REPORT_H

#include "web/app.h"

extern const struct route_table document_routes;

/* Opens the cache of rendered reports and the model that writes new ones, if any. */
bool document_open(struct arena *lasting, struct background_work *work);

#endif
