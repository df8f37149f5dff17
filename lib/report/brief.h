/* What the writing agents are told of an interview. */
#ifndef VIVA_REPORT_BRIEF_H
#define VIVA_REPORT_BRIEF_H

#include <cjson/cJSON.h>

#include "examiner/agent.h"
#include "report/digest.h"

/*
 * The facts of a summary for that agent: results, skills, key points and tests, without the
 * participant's name, questions' texts, model answers, code and ids. Only the assessor gets
 * answers (shortened, orders to the examiner taken out), only the recruiter's agents get
 * level_fit, risks and events, and only the recruiter's writer learns what was not asked of
 * who was invited. The same summary gives the same facts.
 */
cJSON *brief_of(struct arena *arena, const struct digest *digest, enum agent agent);

#endif
