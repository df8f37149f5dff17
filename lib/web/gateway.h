/* One request's way in and out: FastCGI when a server keeps the program, CGI when it starts it. */
#ifndef VIVA_WEB_GATEWAY_H
#define VIVA_WEB_GATEWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fcgiapp.h>

struct gateway {
	FCGX_Request *fastcgi; /* NULL: plain CGI on standard input and output */
	bool is_read;          /* nothing of the request's body is left to read */
	bool is_sent;          /* the whole response is on its way */
	bool is_streaming;     /* gateway_begin was called: the response goes out in pieces */
	bool is_broken;        /* the visitor left in the middle of them */
	int64_t piece_sent_us; /* when the last piece went out, monotonic clock */
	int64_t sending_us;    /* that sending all pieces so far took */
};

/* A CGI variable such as "REQUEST_METHOD"; NULL when it is not set. */
const char *gateway_param(const struct gateway *gateway, const char *name);

/* Reads up to `max` bytes of the request body; 0 at its end. */
size_t gateway_read(const struct gateway *gateway, char *bytes, size_t max);

struct gateway_bytes {
	const char *bytes;
	size_t len;
};

/*
 * Sends the whole response: its header lines with the blank line (less than 64 KiB), then
 * its body. False when the visitor has left. Nothing is sent after gateway_begin: the
 * response is under way then.
 */
bool gateway_send(struct gateway *gateway, struct gateway_bytes head, struct gateway_bytes body);

/*
 * Begins a response that goes out piece by piece, each at once; `head` as above.
 * gateway_finish ends it. False when the visitor has left.
 */
bool gateway_begin(struct gateway *gateway, struct gateway_bytes head);

/*
 * Sends a piece of the body. False when the visitor has left, or takes nothing for half a
 * minute, which counts as that; nothing is sent to them any more then.
 */
bool gateway_piece(struct gateway *gateway, struct gateway_bytes piece);

/* True once the visitor of a response in pieces has left. Asks the system, sends nothing. */
bool gateway_has_left(struct gateway *gateway);

/* Readable when the visitor of a response in pieces leaves; -1: that cannot be told. */
int gateway_fd(const struct gateway *gateway);

/*
 * Ends the request and closes its connection, at once when the body was read; otherwise
 * libfcgi waits for the server to close first, so that the unread rest harms nothing.
 */
void gateway_finish(struct gateway *gateway);

#endif
