/* Watching what runs in the box until it has ended: its pipes, its box and the clock. */
#ifndef VIVA_JUDGE_ROUND_H
#define VIVA_JUDGE_ROUND_H

#include <stdbool.h>

#include "judge/box_client.h"
#include "judge/stream.h"

enum { ROUND_DRAINED = 16 * 1024 * 1024 }; /* bytes that are read and dropped, then it is a flood */

struct round {
	struct box_client *box;
	struct stream *output, *errors, *answer; /* errors and answer may be NULL */
	struct feed *feed;                       /* RUN_SERVE: the input, after BOX_DONE; also: */
	bool stops_at_answer;                    /* sends BOX_STOP once a frame is there */
	bool tolerates_output;                   /* output is cut as errors are: a compiler's */
	int timeout_ms; /* for all of it: judge-box should be done by then */

	bool is_flood; /* set when it was killed for writing too much */
	bool is_begun; /* BOX_DONE came: it is measured, and fed */
	bool is_stopping, is_killed;
	struct box_reply reply; /* set when round_watch gives true */
};

/*
 * Waits for BOX_ENDED and takes all that was written. False, logged: the box broke, or
 * gave no sign in time.
 */
bool round_watch(struct round *round);

#endif
