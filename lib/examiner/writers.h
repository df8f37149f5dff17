/*
 * The agents that write about a finished interview: the two texts, the recommendations, the
 * assessment. What they write is checked against the facts they were given; a fault is told
 * to the model once, then nothing of it is used.
 */
#ifndef VIVA_EXAMINER_WRITERS_H
#define VIVA_EXAMINER_WRITERS_H

#include "examiner/agent.h"

struct writers_order {
	enum agent agent;       /* CANDIDATE_WRITER, RECRUITER_WRITER, RECOMMENDER, ASSESSOR */
	enum language language; /* of the words */

	/*
	 * All that the agent may know (report/brief.h). The checks read track, level_fit,
	 * metrics.by_track, metrics.by_skill, metrics.overall.score_ratio, and of questions
	 * answer and key_points { text, status }.
	 */
	const cJSON *facts;
};

struct writers_work {
	const cJSON *json;   /* in the shape of the agent's schema, checked; NULL: none */
	const char *engine;  /* the model's name; "builtin" when json is NULL */
	const char *refusal; /* why json is NULL, English, for the report; NULL otherwise */
};

/*
 * Asks, checks, asks once more if it must. Names of tracks and topics come back as the
 * facts spell them. Never fails otherwise than without json.
 */
void writers_ask(const struct agent_desk *desk, struct arena *arena,
                 const struct writers_order *order, struct writers_work *ret_work);

#endif
