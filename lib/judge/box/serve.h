/* Serving the judge's requests, see protocol.h. */
#ifndef VIVA_JUDGE_BOX_SERVE_H
#define VIVA_JUDGE_BOX_SERVE_H

#include "judge/box/box.h"

/* Serves from BOX_SOCKET until it is closed; in the box's init. */
void serve(struct box *box);

/* Tells the judge that there is no box, and why. */
void serve_refusal(const char *error);

#endif
