/* One request's way in and out: FastCGI when a server keeps the program, CGI when it starts it. */
#ifndef VIVA_WEB_GATEWAY_H
#define VIVA_WEB_GATEWAY_H

#include <stdbool.h>
#include <stddef.h>

#include <fcgiapp.h>

struct gateway {
	FCGX_Request *fastcgi; /* NULL: plain CGI on standard input and output */
	bool is_read;          /* nothing of the request's body is left to read */
	bool is_sent;          /* the whole response is on its way */
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
 * its body. False when the visitor has left.
 */
bool gateway_send(struct gateway *gateway, struct gateway_bytes head, struct gateway_bytes body);

/*
 * Ends the request and closes its connection, at once when the body was read; otherwise
 * libfcgi waits for the server to close first, so that the unread rest harms nothing.
 */
void gateway_finish(struct gateway *gateway);

#endif
