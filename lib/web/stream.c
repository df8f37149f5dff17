#include "web/stream.h"

#include <string.h>

#include "base/clock.h"

enum { HEARTBEAT_US = 15 * 1000 * 1000 };

/* Events are no page: nothing in them may load or frame anything. */
static const char head_lines[] = "Content-Type: text/event-stream; charset=utf-8\r\n"
                                 "Content-Security-Policy: default-src 'none'; "
                                 "frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n"
                                 "X-Content-Type-Options: nosniff\r\n"
                                 "X-Frame-Options: DENY\r\n"
                                 "Referrer-Policy: no-referrer\r\n"
                                 "X-Accel-Buffering: no\r\n";

bool stream_is_wanted(const struct request *request)
{
	return strstr(request_param(request, "HTTP_ACCEPT"), "text/event-stream") != NULL;
}

enum err stream_start(struct request *request)
{
	const struct reply *reply = &request->reply;
	struct buf head;

	if (request->is_head || request->gateway.is_streaming)
		return ERR_INTERNAL;
	buf_init(&head, request->arena);
	buf_str(&head, "Status: 200\r\n");
	buf_str(&head, head_lines);
	/* Nobody stores an answer to a POST; Chromium reports a read "no-store" one as failed. */
	buf_printf(&head, "Cache-Control: %s\r\n",
	           request->method == POST ? "no-cache" : "no-store");
	if (request->is_https)
		buf_str(&head, "Strict-Transport-Security: max-age=31536000\r\n");
	buf_printf(&head, "X-Request-Id: %s\r\n", request->id);
	buf_add(&head, reply->headers.data, reply->headers.len);
	buf_str(&head, "\r\n");
	/* Who left already is met by the first event. */
	gateway_begin(&request->gateway, (struct gateway_bytes){ head.data, head.len });
	return OK;
}

/* An event on its way: small ones are one piece, and nothing of them stays in the arena. */
struct event {
	struct gateway *gateway;
	size_t len;
	bool is_sent;
	char bytes[4096];
};

static void flush(struct event *event)
{
	if (event->is_sent && event->len > 0)
		event->is_sent = gateway_piece(event->gateway,
		                               (struct gateway_bytes){ event->bytes, event->len });
	event->len = 0;
}

static void add(struct event *event, const char *bytes, size_t len)
{
	while (len > 0) {
		size_t room = sizeof(event->bytes) - event->len;
		size_t part = len < room ? len : room;

		memcpy(event->bytes + event->len, bytes, part);
		event->len += part;
		bytes += part;
		len -= part;
		if (event->len == sizeof(event->bytes))
			flush(event);
	}
}

static void add_text(struct event *event, const char *text)
{
	add(event, text, strlen(text));
}

/* Bytes of the first line, without its end. */
static size_t line_len(const char *data, size_t len)
{
	size_t i = 0;

	while (i < len && data[i] != '\n' && data[i] != '\r')
		i++;
	return i;
}

/* Bytes of the line end that stands there: LF, CR LF or CR; 0 at the end of the data. */
static size_t line_end_len(const char *data, size_t len)
{
	if (len >= 2 && data[0] == '\r' && data[1] == '\n')
		return 2;
	return len > 0 ? 1 : 0;
}

bool stream_event(struct request *request, const char *name, const char *data, size_t len)
{
	struct event event = { .gateway = &request->gateway, .is_sent = true };
	size_t end;

	if (!request->gateway.is_streaming && stream_start(request) != OK)
		return false;
	if (gateway_has_left(&request->gateway))
		return false;
	if (name != NULL) {
		add_text(&event, "event: ");
		add_text(&event, name);
		add_text(&event, "\n");
	}
	do {
		size_t line = line_len(data, len);

		add_text(&event, "data: ");
		add(&event, data, line);
		add_text(&event, "\n");
		end = line_end_len(data + line, len - line);
		data += line + end;
		len -= line + end;
	} while (end > 0);
	add_text(&event, "\n");
	flush(&event);
	return event.is_sent;
}

bool stream_heartbeat(struct request *request)
{
	static const char comment[] = ":\n\n";
	struct gateway *gateway = &request->gateway;

	if (!gateway->is_streaming)
		return true;
	if (gateway_has_left(gateway))
		return false;
	if (clock_monotonic_us() - gateway->piece_sent_us < HEARTBEAT_US)
		return true;
	return gateway_piece(gateway, (struct gateway_bytes){ comment, sizeof(comment) - 1 });
}

int stream_fd(const struct request *request)
{
	return gateway_fd(&request->gateway);
}
