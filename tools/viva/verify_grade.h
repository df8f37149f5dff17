/* A part of `viva verify` and `viva rescore`: grades made anew. */
#ifndef VIVA_TOOLS_VERIFY_GRADE_H
#define VIVA_TOOLS_VERIFY_GRADE_H

#include "examiner/agent.h"
#include "report/verify.h"

/*
 * Grades of the current scorers are made anew from the answers and the recorded replies; where
 * a prompt is another by now, a model's quotations are looked for in its recorded reply. Of older
 * scorers only the arithmetic can be done again (verify_marks).
 */
enum err verify_grades(struct verify *verify, const struct agent_kit *kit);

#endif
