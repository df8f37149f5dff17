/* What an admin may download of an interview: what was said, and all that was thought of it. */
#ifndef VIVA_WITNESS_RECORD_H
#define VIVA_WITNESS_RECORD_H

#include <cjson/cJSON.h>

#include "store/interview.h"

/*
 * The talk as a JSON document: the interview's facts and its turns. It lives in the arena
 * that the thread is bound to (base/json).
 */
enum err record_turns(struct store *store, struct arena *arena, const struct interview *interview,
                      cJSON **ret_document);

/*
 * The same with the observation that each turn reacts to, every call of an agent (prompt,
 * parameters, reply; `after_turn` says when) and `token_metrics`: total, by_agent, averages.
 */
enum err record_detailed(struct store *store, struct arena *arena,
                         const struct interview *interview, cJSON **ret_document);

/* "interview_log_20261121_032000.json" or "interview_detailed_...", by the interview's start. */
char *record_file_name(struct arena *arena, const struct interview *interview, bool is_detailed);

#endif
