/*
 * The list of reports that a program's background threads are to write with a model, which
 * takes too long for a request. Safe to use from all threads.
 */
#ifndef VIVA_REPORT_WRITING_H
#define VIVA_REPORT_WRITING_H

#include "report/report.h"

struct writing;

/* A list in `lasting` whose reports are written with that model. */
struct writing *writing_create(struct arena *lasting, const struct model *model);

/*
 * Puts the interview on the list unless it is there already: ERR_BUSY, come again. When
 * writing it failed before, that error, once.
 */
enum err writing_ask(struct writing *writing, const char *interview_id);

/* Writes one report of the list; a step of web/background. */
bool writing_step(struct store *store, struct arena *arena, void *context);

#endif
