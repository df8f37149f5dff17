/* What a link of its owner shows of a report to strangers. */
#ifndef VIVA_REPORT_SHARED_H
#define VIVA_REPORT_SHARED_H

#include <cjson/cJSON.h>

/*
 * A new document of figures only: who, which role and level, when, the scores, the rubric, and
 * of each question its title, score and who graded it. What is not named here stays out.
 */
cJSON *shared_numbers(const cJSON *document);

/*
 * Makes the document the candidate's own one (report_for_candidate) in place, without the
 * owner's id: questions, answers, evidence and feedback, and nothing of the recruiter's.
 */
void shared_transcript(cJSON *document);

#endif
