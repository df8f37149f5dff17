/* The built-in interviewer's words. */
#ifndef VIVA_EXAMINER_SPEAK_H
#define VIVA_EXAMINER_SPEAK_H

#include "examiner/examiner.h"

/* As struct examiner's speak; never fails. The wording varies with the position. */
enum err speak_cue(void *context, struct arena *arena, const struct cue_facts *facts,
                   struct speech *ret_speech);

#endif
