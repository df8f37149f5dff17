/* What a process in the box writes to one of its pipes. */
#ifndef VIVA_JUDGE_STREAM_H
#define VIVA_JUDGE_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct stream {
	struct buf kept;
	size_t total, max; /* bytes that came, and how many are kept */
	int fd;            /* this end, -1 once it is closed */
	int far;           /* the process's end, -1 once it was given away */
};

/* Makes the pipe. False, logged, when the process has no descriptors left. */
bool stream_open(struct stream *stream, struct arena *arena, size_t max);

/* Closes the process's end here, so that its death is the end of the stream. */
void stream_give(struct stream *stream);

/* Closes both ends; the bytes stay. A stream of zeroes with fd and far -1 is closed. */
void stream_close(struct stream *stream);

/* Takes what is there without waiting; closes the stream at its end. */
void stream_take(struct stream *stream);

/* Forgets what came so far: the next test of a server begins. */
void stream_begin(struct stream *stream);

/* A pipe of the other direction: bytes for a server. */
struct feed {
	const char *bytes;
	size_t len, sent;
	int fd, far;
};

/* Makes the pipe; the bytes are given later. False, logged, on failure. */
bool feed_open(struct feed *feed);

/* Writes what fits without waiting. False when no one reads any more. */
bool feed_push(struct feed *feed);

/* Closes both ends. */
void feed_close(struct feed *feed);

#endif
