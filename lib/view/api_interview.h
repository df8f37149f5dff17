/* Interviews, their questions and what was said, as the API gives them to the candidate. */
#ifndef VIVA_VIEW_API_INTERVIEW_H
#define VIVA_VIEW_API_INTERVIEW_H

#include <cjson/cJSON.h>

#include "interview/flow.h"
#include "store/interview.h"

/* "middle" for mid; other levels stay. */
const char *api_interview_level_read(const char *level);

/* What a session needs beside the interview's row. */
struct api_session {
	const struct interview *interview;
	const char *role_title;
	int current, answered;           /* position of the active question, 0: none; closed ones */
	bool is_stale;                   /* the role's questions were renewed since */
	const struct report_row *report; /* NULL: none yet */
};

/* The session object. */
cJSON *api_interview_session(struct arena *arena, const struct api_session *session);

/* True if the interview runs and the role's questions were renewed since it began. */
enum err api_interview_is_stale(struct store *store, const struct interview *interview,
                                bool *ret_stale);

/* The session of an opened flow; a completed one with its report, if that is there. */
enum err api_interview_session_of(const struct flow *flow, cJSON **ret_session);

/*
 * A question as its candidate may see it: no words while it is planned, no marks while it is
 * open, and never key points, references or hidden tests.
 */
enum err api_interview_question(const struct flow *flow, const struct question *question,
                                cJSON **ret_question);

/* The number of the last turn, 0 without any. */
int api_interview_last(const struct flow *flow);

/*
 * What a step came to: the session, the turns behind number `before`, the question that the
 * step was about with its marks, the next one.
 */
enum err api_interview_outcome(const struct flow *flow, int before, const char *question_id,
                               cJSON **ret_outcome);

/* The turns behind number `after`, oldest first. */
cJSON *api_interview_turns(const struct flow *flow, int after);

#endif
