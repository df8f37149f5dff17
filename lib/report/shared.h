/* What a link of its owner shows of a report to strangers. */
#ifndef VIVA_REPORT_SHARED_H
#define VIVA_REPORT_SHARED_H

#include <cjson/cJSON.h>

/*
 * A new document of figures only: who, which role and level, when, the scores, the rubric, and
 * of each question its title, score, who graded it and whether a person corrected that. What is not
 * named here stays out.
 */
cJSON *shared_numbers(const cJSON *document);

/*
 * Makes the document the candidate's own one (report_for_candidate) in place: questions,
 * answers, evidence and feedback, without the owner's id, the words that came with corrections
 * of scores, and all that is the recruiter's.
 */
void shared_transcript(cJSON *document);

#endif
