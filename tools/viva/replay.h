/* The parts of `viva replay`: grades made anew from the records. */
#ifndef VIVA_TOOLS_REPLAY_H
#define VIVA_TOOLS_REPLAY_H

#include <cjson/cJSON.h>

#include "store/interview.h"
#include "witness/model.h"

/*
 * Grades the question's stored answer anew, by the desk of the records if a model took part;
 * `ret_differences` is where that is not the stored grade (json_diff.h). ERR_INVALID: the
 * question as it was asked cannot be read.
 */
struct replay_grade {
	const struct agent_desk *desk;
	struct replay *replay; /* of that desk */
	enum language language;
	const struct question *question;
	const struct evaluation *stored;
};
enum err replay_grade(struct arena *arena, const struct replay_grade *grade,
                      struct evaluation *ret_made, cJSON **ret_differences);

#endif
