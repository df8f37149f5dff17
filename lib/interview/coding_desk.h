/* Where the threads of a program judge what candidates send. */
#ifndef VIVA_INTERVIEW_CODING_DESK_H
#define VIVA_INTERVIEW_CODING_DESK_H

#include "interview/coding.h"
#include "interview/flow.h"

/* The judge of the program and what its threads share; any thread may use it. */
struct coding_desk;

/*
 * Makes the judge as the configuration says and logs its tier, and opens the model if one is
 * configured and can be used. Lives in `arena`.
 */
struct coding_desk *coding_desk_create(struct arena *arena);

/* The model of this program; NULL: the built-in examiner only. */
const struct model *coding_desk_model(const struct coding_desk *desk);

/* Its judge. */
const struct judge *coding_desk_judge(const struct coding_desk *desk);

/* How many threads can judge at once. */
int coding_desk_slots(const struct coding_desk *desk);

/*
 * Looks after the submissions of dead workers every few seconds, then takes one piece of
 * work (coding_work). False: there was none, or it could not be done now. Its type suits
 * web/background.h.
 */
bool coding_desk_step(struct store *store, struct arena *arena, void *desk);

/*
 * Waits until the submission is done, a second or two at most. `is_alone`: no thread works
 * for this program, so the caller's does, for as long as it takes within two minutes.
 */
void coding_desk_wait(struct store *store, struct arena *arena, const char *submission_id,
                      struct coding_desk *desk, bool is_alone);

/* coding_open, after the time limit was settled if it has passed. */
enum err coding_desk_open(struct store *store, struct arena *arena, const struct user *user,
                          const char *question_id, struct coding *ret_coding);

/* Sets the mentor of an open question: the desk's model, each of its calls recorded. */
void coding_desk_lend(const struct coding_desk *desk, struct coding *coding);

#endif
