/* A coding task and what was sent for it, as the API gives them to the candidate. */
#ifndef VIVA_VIEW_API_CODE_H
#define VIVA_VIEW_API_CODE_H

#include <cjson/cJSON.h>

#include "interview/coding_draft.h"

/*
 * The task with the starter and the draft of that language, the public tests, the hints that
 * were taken and, once it was shown, the reference solution. Of hidden tests: how many.
 */
enum err api_code_task(const struct coding *coding, const struct judge *judge,
                       const char *code_language, cJSON **ret_task);

/* `hints` that were taken and `next_hint`, null when there are no more. */
void api_code_hints(const struct coding *coding, cJSON *document);

/* A run or an attempt with its verdicts; of hidden tests only passed or failed. */
enum err api_code_submission(const struct coding *coding, const struct submission *sent,
                             cJSON **ret_submission);

#endif
