/* What a text tells about its writer: position, level, experience, technologies. */
#ifndef VIVA_EXAMINER_FACTS_H
#define VIVA_EXAMINER_FACTS_H

#include "examiner/agent.h"
#include "examiner/examiner.h"

/*
 * Asks the profile extractor at that desk; where there is none or it fails, a dictionary of
 * technologies and patterns in three languages does it. Only what stands in the text counts.
 * `ret_engine` gets "builtin" or the model's name. `desk` may be NULL.
 */
struct exam_facts facts_extract(const struct agent_desk *desk, struct arena *arena,
                                enum language language, const char *text, const char **ret_engine);

/* The built-in way alone. */
struct exam_facts facts_find(struct arena *arena, const char *text);

/* What a model's object (name, position, level, ...) has that stands in the text. */
struct exam_facts facts_read(struct arena *arena, const cJSON *object, const char *text);

#endif
