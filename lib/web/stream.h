/* An answer that is sent event by event while the handler works (text/event-stream). */
#ifndef VIVA_WEB_STREAM_H
#define VIVA_WEB_STREAM_H

#include "web/request.h"

/* True if the visitor's script asked for events: Accept names text/event-stream. */
bool stream_is_wanted(const struct request *request);

/* Sends the head (200, unbuffered); the handler's reply is what follows. Not for plain HEAD. */
enum err stream_begin(struct request *request);

/* One event at once; line ends in `data` become further data lines. False: the reader left. */
bool stream_event(struct request *request, const char *name, const char *data, size_t len);

/* A comment every 15 s at most, however often it is called. False: the reader left. */
bool stream_heartbeat(struct request *request);

/* Gets readable when the reader leaves; -1 in plain CGI. */
int stream_fd(const struct request *request);

#endif
