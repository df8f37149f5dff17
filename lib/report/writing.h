/*
 * The list of reports whose texts a program's background threads are to have a model write, which
 * takes too long for a request. Safe to use from all threads.
 */
#ifndef VIVA_REPORT_WRITING_H
#define VIVA_REPORT_WRITING_H

#include "report/report.h"

struct writing;

/* A list in `lasting` whose texts that model writes. */
struct writing *writing_create(struct arena *lasting, const struct model *model);

/*
 * Puts the interview on the list unless it is there already: ERR_BUSY, come again. When
 * writing it failed before, that error, once.
 */
enum err writing_ask(struct writing *writing, const char *interview_id);

/* Finishes one report of the list (report_finish); a step of web/background. */
bool writing_step(struct store *store, struct arena *arena, void *context);

#endif
