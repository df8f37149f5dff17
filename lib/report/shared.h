/* What a link of its owner shows of a report to strangers. */
#ifndef VIVA_REPORT_SHARED_H
#define VIVA_REPORT_SHARED_H

#include <cjson/cJSON.h>

/* Both take the candidate's own document: report_for_candidate comes first. */

/*
 * A new document of figures only: who, which role and level, when, the scores, the rubric, and
 * of each question its title, score, who graded it and whether a person corrected that. What is not
 * named here stays out.
 */
cJSON *shared_numbers(const cJSON *document);

/*
 * Leaves of the document, in place, what strangers may read: questions, answers, evidence and
 * feedback, without the owner's id and the words that came with corrections of scores.
 */
void shared_transcript(cJSON *document);

#endif
