/* Errors in the JSON of an endpoint, in the many shapes that they have. */
#ifndef VIVA_LLM_REPLY_ERROR_H
#define VIVA_LLM_REPLY_ERROR_H

#include "llm/reply.h"

/*
 * Sets the reply's error, code, error_status, retry_after_ms and context_limit if `root`,
 * mended JSON (llm/reply_mend.h), is an error, and says whether it is. `is_error`: it is one
 * whatever it looks like.
 */
bool reply_error_read(struct llm_reply *reply, const cJSON *root, bool is_error);

#endif
