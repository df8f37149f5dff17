/* The marks of a closed theory question, as the API gives them to the candidate. */
#ifndef VIVA_VIEW_API_FEEDBACK_H
#define VIVA_VIEW_API_FEEDBACK_H

#include <cjson/cJSON.h>

#include "interview/flow.h"
#include "store/interview.h"

/* The five dimensions, 0..5, and the overall value of 100 that they give. */
cJSON *api_feedback_scores(const struct evaluation *evaluation);

/*
 * Sets `feedback_json`: at most three strengths in the candidate's own words, five weaknesses
 * (false statements first, then what is missing, then what is there in part), the model answer
 * and at most three improvements.
 */
enum err api_feedback(const struct flow *flow, const struct question *question,
                      const struct evaluation *evaluation, cJSON *item);

#endif
