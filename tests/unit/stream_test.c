/* Answers in pieces: FastCGI records, events, heartbeats, readers who leave or do not read. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "check.h"
#include "web/stream.h"

/* The request, as far as streams look at it, and the server's end of its socket. */
static FCGX_Request fastcgi;
static char *variables[2];
static struct request request;
static int server;

static void open_request(void)
{
	int ends[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
	server = ends[0];
	fastcgi = (FCGX_Request){ .requestId = 258, .ipcFd = ends[1], .envp = variables };
	request = (struct request){ .arena = arena, .id = "1234", .method = POST };
	request.gateway.fastcgi = &fastcgi;
	buf_init(&request.reply.headers, arena);
}

static void close_request(void)
{
	close(server);
	close(fastcgi.ipcFd);
}

static size_t read_bytes(unsigned char *bytes, size_t max)
{
	size_t len = 0;
	ssize_t got;

	while (len < max && (got = recv(server, bytes + len, max - len, MSG_DONTWAIT)) > 0)
		len += (size_t)got;
	return len;
}

/* What stands in the FCGI_STDOUT records that came; the test fails on any other record. */
static const char *received(void)
{
	static unsigned char bytes[1 << 20];
	size_t len = read_bytes(bytes, sizeof(bytes)), at = 0;
	struct buf text;

	buf_init(&text, arena);
	while (at + 8 <= len) {
		size_t part = (size_t)bytes[at + 4] << 8 | bytes[at + 5];

		CHECK_INT(bytes[at], 1);
		CHECK_INT(bytes[at + 1], 6);
		CHECK_INT(bytes[at + 2] << 8 | bytes[at + 3], 258);
		CHECK(at + 8 + part <= len);
		buf_add(&text, (const char *)bytes + at + 8, part);
		at += 8 + part + bytes[at + 6];
	}
	CHECK_INT((long long)at, (long long)len);
	return text.len > 0 ? text.data : "";
}

static bool say(const char *name, const char *data)
{
	return stream_event(&request, name, data, strlen(data));
}

static void test_head(void)
{
	const char *head;

	open_request();
	buf_str(&request.reply.headers, "Set-Cookie: a=b\r\n");
	CHECK_INT(stream_start(&request), OK);
	head = received();
	CHECK(strncmp(head, "Status: 200\r\n", 13) == 0);
	CHECK(strstr(head, "\r\nContent-Type: text/event-stream; charset=utf-8\r\n") != NULL);
	CHECK(strstr(head, "\r\nX-Accel-Buffering: no\r\n") != NULL);
	CHECK(strstr(head, "\r\nSet-Cookie: a=b\r\n") != NULL);
	CHECK(strstr(head, "Content-Length") == NULL);
	CHECK_STR(head + strlen(head) - 4, "\r\n\r\n");
	CHECK_INT(stream_start(&request), ERR_INTERNAL);
	CHECK_STR(received(), "");
	close_request();
}

static void test_no_stream_for_head(void)
{
	open_request();
	request.is_head = true;
	CHECK_INT(stream_start(&request), ERR_INTERNAL);
	CHECK(!say("text", "words"));
	CHECK_STR(received(), "");
	close_request();
}

static void test_wanted(void)
{
	open_request();
	CHECK(!stream_is_wanted(&request));
	variables[0] = "HTTP_ACCEPT=text/html, text/event-stream";
	CHECK(stream_is_wanted(&request));
	variables[0] = "HTTP_ACCEPT=text/html";
	CHECK(!stream_is_wanted(&request));
	variables[0] = NULL;
	close_request();
}

static void test_events(void)
{
	static const struct {
		const char *name, *data, *expected;
	} rows[] = {
		{ "text", "word", "event: text\ndata: word\n\n" },
		{ NULL, "<p>", "data: <p>\n\n" },
		{ "text", "", "event: text\ndata: \n\n" },
		{ "text", " a ", "event: text\ndata:  a \n\n" },
		{ "text", "a\nb", "event: text\ndata: a\ndata: b\n\n" },
		{ "text", "\n", "event: text\ndata: \ndata: \n\n" },
		{ NULL, "a\r\nb\rc\n", "data: a\ndata: b\ndata: c\ndata: \n\n" },
		/* Words cannot end an event or begin one of another name. */
		{ "text", "x\n\nevent: plain\ndata: y",
		  "event: text\ndata: x\ndata: \ndata: event: plain\ndata: data: y\n\n" },
	};

	open_request();
	stream_start(&request);
	received();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(say(rows[i].name, rows[i].data));
		CHECK_STR(received(), rows[i].expected);
	}
	close_request();
}

static void test_first_event_starts(void)
{
	const char *all;

	open_request();
	CHECK(say("state", "thinking"));
	all = received();
	CHECK(strncmp(all, "Status: 200\r\n", 13) == 0);
	CHECK(strstr(all, "\r\n\r\nevent: state\ndata: thinking\n\n") != NULL);
	close_request();
}

/* Longer than a record, than a socket takes at once, and than the event's own buffer. */
static void test_large_event(void)
{
	enum { LEN = 150000 };
	char *data = arena_alloc(arena, LEN + 1);
	const char *text;
	int room = 400000;

	memset(data, 'x', LEN);
	data[LEN] = '\0';
	data[4090] = data[100000] = '\n';
	open_request();
	setsockopt(fastcgi.ipcFd, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	stream_start(&request);
	received();
	CHECK(say(NULL, data));
	text = received();
	CHECK_INT((long long)strlen(text), LEN - 2 + 3 * 7 + 1);
	CHECK(strncmp(text + 6 + 4090, "\ndata: x", 8) == 0);
	close_request();
}

static void test_reader_left(void)
{
	open_request();
	stream_start(&request);
	CHECK_INT(stream_fd(&request), -1);
	request.gateway.is_read = true;
	CHECK_INT(stream_fd(&request), fastcgi.ipcFd);
	CHECK(say("text", "a"));
	CHECK(stream_heartbeat(&request));
	close(server);
	CHECK(!stream_heartbeat(&request));
	CHECK(!say("text", "b"));
	CHECK(request.gateway.is_broken);
	close(fastcgi.ipcFd);
}

/* Leaves while a piece is sent: an error, not SIGPIPE, whose default would end this program. */
static void test_no_sigpipe(void)
{
	static const char bytes[] = "words";

	open_request();
	signal(SIGPIPE, SIG_DFL);
	stream_start(&request);
	close(server);
	CHECK(!gateway_piece(&request.gateway, (struct gateway_bytes){ bytes, 5 }));
	close(fastcgi.ipcFd);
}

static void test_heartbeat(void)
{
	open_request();
	CHECK(stream_heartbeat(&request));
	CHECK_STR(received(), "");
	stream_start(&request);
	received();
	CHECK(stream_heartbeat(&request));
	CHECK_STR(received(), "");
	request.gateway.piece_sent_us -= 15 * 1000 * 1000;
	CHECK(stream_heartbeat(&request));
	CHECK_STR(received(), ":\n\n");
	CHECK(stream_heartbeat(&request));
	CHECK_STR(received(), "");
	close_request();
}

static void test_no_second_response(void)
{
	const struct gateway_bytes head = { "Status: 500\r\n\r\n", 15 }, body = { "x", 1 };

	open_request();
	stream_start(&request);
	received();
	CHECK(gateway_send(&request.gateway, head, body));
	CHECK_STR(received(), "");
	request.gateway.is_broken = true;
	CHECK(!gateway_send(&request.gateway, head, body));
	close_request();
}

/* Standard output of a plain CGI program: a pipe that somebody reads, then nobody. */
static void test_cgi(void)
{
	int ends[2], stdout_before = dup(STDOUT_FILENO);
	char bytes[4096];
	ssize_t len;
	bool is_told, is_left_told;

	fflush(stdout);
	CHECK_INT(pipe(ends), 0);
	open_request();
	request.gateway.fastcgi = NULL;
	signal(SIGPIPE, SIG_IGN);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	is_told = stream_start(&request) == OK && say("text", "a") && say("text", "b");
	len = read(ends[0], bytes, sizeof(bytes) - 1);
	close(ends[0]);
	is_left_told = !stream_heartbeat(&request) && !say("text", "c");
	dup2(stdout_before, STDOUT_FILENO);
	close(stdout_before);
	signal(SIGPIPE, SIG_DFL);
	CHECK(is_told);
	CHECK(is_left_told);
	CHECK(len > 0);
	bytes[len > 0 ? len : 0] = '\0';
	CHECK(strstr(bytes, "\r\n\r\nevent: text\ndata: a\n\nevent: text\ndata: b\n\n") != NULL);
	CHECK_INT(stream_fd(&request), -1);
	close_request();
}

int main(void)
{
	RUN(test_head);
	RUN(test_no_stream_for_head);
	RUN(test_wanted);
	RUN(test_events);
	RUN(test_first_event_starts);
	RUN(test_large_event);
	RUN(test_reader_left);
	RUN(test_no_sigpipe);
	RUN(test_heartbeat);
	RUN(test_no_second_response);
	RUN(test_cgi);
	return check_done();
}
