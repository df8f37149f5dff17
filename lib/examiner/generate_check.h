/* Private to examiner/generate: what is wrong with something a model wrote. */
#ifndef VIVA_EXAMINER_GENERATE_CHECK_H
#define VIVA_EXAMINER_GENERATE_CHECK_H

#include "base/buf.h"
#include "examiner/generate.h"

/* Faults so far, a line each, and the reason of the first. */
struct generate_faults {
	struct arena *arena;
	struct buf text;
	enum generate_reason reason;
};

/* No faults. */
void generate_faults_init(struct generate_faults *faults, struct arena *arena);

/* Notes a fault, an English sentence for the model. */
void generate_fault(struct generate_faults *faults, enum generate_reason reason, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* True once a fault was noted. */
bool generate_is_faulty(const struct generate_faults *faults);

/* What was ordered must have been made: track, category, level, difficulty of an answer. */
void generate_check_kind(struct generate_faults *faults, const struct generate_order *order,
                         const cJSON *answer);

/*
 * All strings of the value but those under the members named `but` (NULL-ended list) are in
 * the language's script (wordings under "aliases" may be terms in Latin letters), and none
 * has letters that the language lacks.
 */
void generate_check_script(struct generate_faults *faults, enum language language,
                           const cJSON *value, const char *const *but);

/* A question is like none of the order's known ones, in that language. */
void generate_check_question_alike(struct generate_faults *faults,
                                   const struct generate_order *order, const cJSON *body,
                                   enum language language);

/* The same for a coding task. */
void generate_check_task_alike(struct generate_faults *faults, const struct generate_order *order,
                               const cJSON *body, enum language language);

/* Topics as tags: lower case, words joined by hyphens, no two the same. */
cJSON *generate_tags(struct arena *arena, const cJSON *tags);

/* The topic as a tag; "" when nothing is left of it. */
const char *generate_tag(struct arena *arena, const char *text);

/* "llm-<role>-<hash of the text>" */
const char *generate_id(struct arena *arena, const struct generate_order *order, const char *kind,
                        const char *text);

/* The order as the model reads it, with the try before where there was one. */
cJSON *generate_order_data(const struct generate_order *order, const struct generate_retry *retry);

/* Asks; NULL and a fault when there is no answer of the agent's shape. */
cJSON *generate_ask(const struct agent_desk *desk, struct arena *arena,
                    const struct agent_task *task, struct generate_faults *faults);

#endif
