/* What C and C++ share: programs that gcc makes and that end by signals. */
#ifndef VIVA_JUDGE_GLUE_NATIVE_H
#define VIVA_JUDGE_GLUE_NATIVE_H

#include "judge/language.h"

/* Fills in how /box/program runs and what it needs. */
void native_run(struct arena *arena, struct program *program);

/* Line of the first error in `file`, else of the first remark about it; 0: none. */
int native_compile_line(const char *message, const char *file);

/* `crash` of both: failed assertions, uncaught exceptions, a broken heap. */
bool native_crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception);

/* What an empty function returns; `null` is how the language spells a null pointer. */
const char *native_zero(struct type type, const char *null);

#endif
