/* What came of code that was sent: verdicts, outputs, attempts and the score so far. */
#ifndef VIVA_VIEW_CODE_RESULTS_H
#define VIVA_VIEW_CODE_RESULTS_H

#include <cjson/cJSON.h>

#include "interview/coding.h"

/*
 * Adds `sent`, the results of a submission (NULL: the newest), to the page: its state, its
 * place in the queue, a list `tests` of the public ones and the own input, and of the hidden
 * ones only pass or fail. `is_waiting` says whether the page is to be loaded again. Nothing
 * but `is_open` is added when nothing was sent yet.
 */
enum err code_results_add(cJSON *page, const struct coding *coding, const struct submission *sent);

/* The submission of the question with that id, NULL when it is none of them. */
const struct submission *code_results_find(const struct coding *coding, const char *id);

/* `id`, `state`, `is_pending` and `place` for the script; `shown` is what `sent` became. */
cJSON *code_results_status(const struct submission *sent, const cJSON *shown);

/* Adds `attempts`, newest first, and `score` with the steps that lead to it. */
void code_progress_add(cJSON *page, const struct coding *coding);

/* A JSON value of a test as people read it: a string's text (stdin, sql), else its JSON. */
const char *code_value_text(struct arena *arena, const struct coding_task *task,
                            const cJSON *value);

/* True while the judge has not come to an end with it. */
bool code_is_pending(const struct submission *submission);

/* "Wrong answer" for wrong_answer, in the language; the name itself if it is unknown. */
const char *code_verdict_text(enum language language, const char *verdict);

#endif
