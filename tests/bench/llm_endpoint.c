/*
 * The bench's model endpoint: streams ASCII tokens to any number of readers at once, from
 * one thread, and says in each token when it was sent.
 *
 *   llm_endpoint [port [tokens [interval_us]]]     0: any free port; 200; 50000
 *
 * Prints "ready PORT". Every POST is answered by a streamed chat completion of that many
 * tokens, the first at once; a token is "word@SSSSSSSSSSSSSSSS ", 16 digits: microseconds of
 * CLOCK_MONOTONIC just before it was written (process.hrtime() of node, the same clock).
 * Ended by SIGTERM or SIGINT it prints one line of JSON: how many streams and tokens it sent,
 * how many streams broke off, how late its own tokens were at worst and on average.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_HEAD = 8192, MAX_EVENTS = 256, BACKLOG = 1024 };

struct stream {
	int fd;
	char head[MAX_HEAD + 1];
	size_t head_len;
	size_t body_left; /* bytes of the request's body that are still to come */
	int tokens_left;  /* above 0: in the queue */
	int64_t due_us;
	struct stream *previous, *next; /* in the queue, the first due first */
};

/* Every token follows `interval_us` after the one before, so the queue stays sorted. */
static struct {
	int epoll, listener, tokens;
	int64_t interval_us;
	struct stream *first, *last;
	uint64_t streams, sent, broken;
	int64_t worst_us, late_us;
} state;

static int64_t now_us(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void enqueue(struct stream *stream)
{
	stream->previous = state.last;
	stream->next = NULL;
	*(state.last != NULL ? &state.last->next : &state.first) = stream;
	state.last = stream;
}

static void dequeue(struct stream *stream)
{
	*(stream->previous != NULL ? &stream->previous->next : &state.first) = stream->next;
	*(stream->next != NULL ? &stream->next->previous : &state.last) = stream->previous;
}

static void drop(struct stream *stream)
{
	if (stream->tokens_left > 0) {
		dequeue(stream);
		state.broken++;
	}
	close(stream->fd);
	free(stream);
}

/* False when the reader is gone, or so slow that the kernel takes no more. */
static bool put(const struct stream *stream, const char *bytes, size_t len)
{
	return send(stream->fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)len;
}

static bool put_token(const struct stream *stream)
{
	char event[256], chunk[300];
	int len = snprintf(event, sizeof(event),
	                   "data: {\"id\":\"bench\",\"object\":\"chat.completion.chunk\","
	                   "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word@%016" PRId64
	                   " \"},\"finish_reason\":null}]}\n\n",
	                   now_us());

	len = snprintf(chunk, sizeof(chunk), "%x\r\n%s\r\n", (unsigned)len, event);
	return put(stream, chunk, (size_t)len);
}

static bool put_end(const struct stream *stream)
{
	char event[512], chunk[600];
	int len = snprintf(event, sizeof(event),
	                   "data: {\"choices\":[{\"index\":0,\"delta\":{},"
	                   "\"finish_reason\":\"stop\"}]}\n\n"
	                   "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,"
	                   "\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n"
	                   "data: [DONE]\n\n",
	                   state.tokens, state.tokens + 10);

	len = snprintf(chunk, sizeof(chunk), "%x\r\n%s\r\n0\r\n\r\n", (unsigned)len, event);
	return put(stream, chunk, (size_t)len);
}

/* The first of the queue gets its token and goes to the queue's end, or is done. */
static void send_due(struct stream *stream, int64_t now)
{
	int64_t late = now - stream->due_us;

	if (!put_token(stream) || (stream->tokens_left == 1 && !put_end(stream))) {
		drop(stream);
		return;
	}
	state.sent++;
	state.late_us += late;
	state.worst_us = late > state.worst_us ? late : state.worst_us;
	dequeue(stream);
	stream->due_us += state.interval_us;
	if (--stream->tokens_left > 0)
		enqueue(stream);
}

static bool start(struct stream *stream)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
	                           "Transfer-Encoding: chunked\r\n\r\n";

	if (!put(stream, head, sizeof(head) - 1) || !put_token(stream))
		return false;
	state.streams++;
	state.sent++;
	stream->tokens_left = state.tokens - 1;
	stream->due_us = now_us() + state.interval_us;
	if (stream->tokens_left == 0)
		return put_end(stream);
	enqueue(stream);
	return true;
}

static size_t content_length(const char *head)
{
	for (const char *line = head; line != NULL; line = strchr(line + 1, '\n'))
		if (strncasecmp(line, "\nContent-Length:", 16) == 0)
			return strtoul(line + 16, NULL, 10);
	return 0;
}

/* Takes what came of a request; false when it is none. The body is not looked at. */
static bool take(struct stream *stream, const char *bytes, size_t len)
{
	size_t before = stream->head_len, room = MAX_HEAD - before, body = len;
	const char *end;

	if (stream->body_left == 0) {
		memcpy(stream->head + before, bytes, len < room ? len : room);
		stream->head_len += len < room ? len : room;
		stream->head[stream->head_len] = '\0';
		end = strstr(stream->head, "\r\n\r\n");
		if (end == NULL)
			return len < room;
		body -= (size_t)(end + 4 - stream->head) - before;
		stream->body_left = content_length(stream->head);
		stream->head_len = 0;
	}
	stream->body_left -= body < stream->body_left ? body : stream->body_left;
	return stream->body_left > 0 || start(stream);
}

static void read_from(struct stream *stream)
{
	char bytes[MAX_HEAD];
	ssize_t len = recv(stream->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (len < 0 && errno == EAGAIN)
		return;
	if (len <= 0 || stream->tokens_left > 0 || !take(stream, bytes, (size_t)len))
		drop(stream);
}

static void watch(int fd, void *what)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = what };

	if (epoll_ctl(state.epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		die("epoll_ctl");
}

static void admit(void)
{
	int fd, on = 1;

	while ((fd = accept4(state.listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct stream *stream = calloc(1, sizeof(*stream));

		if (stream == NULL)
			die("calloc");
		stream->fd = fd;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		watch(fd, stream);
	}
}

static void listen_on(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		                       .sin_port = htons((uint16_t)port),
		                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int on = 1;

	state.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(state.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(state.listener, (struct sockaddr *)&address, len) != 0 ||
	    listen(state.listener, BACKLOG) != 0 ||
	    getsockname(state.listener, (struct sockaddr *)&address, &len) != 0)
		die("llm_endpoint: cannot listen");
	printf("ready %d\n", ntohs(address.sin_port));
	fflush(stdout);
}

static int signal_descriptor(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static int wait_for(struct epoll_event *events)
{
	int64_t wait_us = state.first != NULL ? state.first->due_us - now_us() : -1;
	struct timespec time;

	if (state.first == NULL)
		return epoll_pwait2(state.epoll, events, MAX_EVENTS, NULL, NULL);
	wait_us = wait_us > 0 ? wait_us : 0;
	time = (struct timespec){ wait_us / 1000000, (long)(wait_us % 1000000) * 1000 };
	return epoll_pwait2(state.epoll, events, MAX_EVENTS, &time, NULL);
}

/* Until the signal comes. */
static void serve(const int *signals)
{
	struct epoll_event events[MAX_EVENTS];

	for (;;) {
		int count = wait_for(events);

		for (int i = 0; i < count; i++) {
			if (events[i].data.ptr == signals)
				return;
			if (events[i].data.ptr == &state.listener)
				admit();
			else
				read_from(events[i].data.ptr);
		}
		for (int64_t now = now_us(); state.first != NULL && state.first->due_us <= now;
		     now = now_us())
			send_due(state.first, now);
	}
}

int main(int argc, char **argv)
{
	int signals = signal_descriptor();

	state.tokens = argc > 2 ? atoi(argv[2]) : 200;
	state.interval_us = argc > 3 ? atoll(argv[3]) : 50000;
	if (state.tokens < 1 || state.interval_us < 0) {
		fprintf(stderr, "usage: llm_endpoint [port [tokens [interval_us]]]\n");
		return 2;
	}
	state.epoll = epoll_create1(EPOLL_CLOEXEC);
	listen_on(argc > 1 ? atoi(argv[1]) : 0);
	watch(signals, &signals);
	watch(state.listener, &state.listener);
	serve(&signals);
	printf("{\"streams\": %" PRIu64 ", \"tokens\": %" PRIu64 ", \"broken\": %" PRIu64
	       ", \"worst_late_us\": %" PRId64 ", \"mean_late_us\": %.1f}\n",
	       state.streams, state.sent, state.broken, state.worst_us,
	       state.sent > 0 ? (double)state.late_us / (double)state.sent : 0.0);
	return 0;
}
