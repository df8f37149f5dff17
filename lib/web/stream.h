/* An answer that is sent event by event while the handler works (text/event-stream). */
#ifndef VIVA_WEB_STREAM_H
#define VIVA_WEB_STREAM_H

#include "web/request.h"

/* True if the visitor's script asked for events: Accept names text/event-stream. */
bool stream_is_wanted(const struct request *request);

/*
 * Sends the head (200, unbuffered) with the header lines so far; no other reply is sent after
 * it. ERR_INTERNAL: the request is a HEAD, or the stream has begun. Who left meanwhile is
 * told by the functions below.
 */
enum err stream_start(struct request *request);

/*
 * One event at once, after the stream's begin if that has not been yet; without a name when
 * that is NULL. Line ends in `data` become further data lines. False: the reader left.
 */
bool stream_event(struct request *request, const char *name, const char *data, size_t len);

/*
 * A comment every 15 s at most, however often it is called; none before the stream's begin.
 * False: the reader left.
 */
bool stream_heartbeat(struct request *request);

/* Gets readable when the reader leaves; -1 in plain CGI. */
int stream_fd(const struct request *request);

#endif
