/* An endpoint of a model in this process: it gives each request the next answer of a script. */
#ifndef VIVA_TESTS_MODEL_FIXTURE_H
#define VIVA_TESTS_MODEL_FIXTURE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include "check.h"

enum { ENDPOINT_ANSWERS = 8, ENDPOINT_REQUEST = 1 << 16 };

/* An event stream of these words with usage 11 and 5; what follows a 200. */
#define ENDPOINT_CHUNK(words) \
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" words "}}]}\n\n"
#define ENDPOINT_END                                                                  \
	"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]," \
	"\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}\n\ndata: [DONE]\n\n"

struct scripted {
	int status;
	const char *body; /* an event stream for a 200, else JSON */
	bool hangs;       /* says the first half, then nothing until the other side leaves */
};

static struct {
	int fd;
	pthread_t thread;
	struct scripted answers[ENDPOINT_ANSWERS];
	atomic_int requests;
	char last[ENDPOINT_REQUEST]; /* the last request, whole */
} model_endpoint;

static inline size_t endpoint_wanted(const char *request)
{
	const char *end = strstr(request, "\r\n\r\n"),
	           *length = strcasestr(request, "content-length:");

	if (end == NULL)
		return SIZE_MAX;
	return (size_t)(end + 4 - request) +
	       (length != NULL && length < end ? strtoul(length + 15, NULL, 10) : 0);
}

static inline bool endpoint_read(int fd)
{
	size_t len = 0;

	memset(model_endpoint.last, 0, sizeof(model_endpoint.last));
	while (len < endpoint_wanted(model_endpoint.last)) {
		ssize_t got = read(fd, model_endpoint.last + len, ENDPOINT_REQUEST - 1 - len);

		if (got <= 0)
			return false;
		len += (size_t)got;
	}
	return true;
}

static inline void endpoint_answer(int fd, const struct scripted *answer)
{
	const bool is_stream = answer->status == 200;
	const size_t len = strlen(answer->body), part = answer->hangs ? len / 2 : len;
	char head[256];
	char rest[1];

	snprintf(head, sizeof(head),
	         "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nConnection: close\r\n\r\n",
	         answer->status, is_stream ? "text/event-stream" : "application/json");
	if (send(fd, head, strlen(head), MSG_NOSIGNAL) < 0 ||
	    send(fd, answer->body, part, MSG_NOSIGNAL) < 0)
		return;
	while (answer->hangs && recv(fd, rest, 1, 0) > 0)
		continue;
}

static inline void *endpoint_serve(void *unused)
{
	(void)unused;
	for (;;) {
		const int fd = accept(model_endpoint.fd, NULL, NULL);

		if (fd < 0)
			return NULL;
		if (endpoint_read(fd)) {
			const int number = atomic_fetch_add(&model_endpoint.requests, 1);

			if (number < ENDPOINT_ANSWERS &&
			    model_endpoint.answers[number].body != NULL)
				endpoint_answer(fd, &model_endpoint.answers[number]);
		}
		close(fd);
	}
}

/* Listens at a port of its own; the address is "http://127.0.0.1:<port>/v1". */
static inline const char *endpoint_start(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	static char url[64];

	model_endpoint.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(bind(model_endpoint.fd, (struct sockaddr *)&address, sizeof(address)) == 0);
	CHECK(listen(model_endpoint.fd, 16) == 0);
	CHECK(getsockname(model_endpoint.fd, (struct sockaddr *)&address, &len) == 0);
	CHECK(pthread_create(&model_endpoint.thread, NULL, endpoint_serve, NULL) == 0);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/v1", ntohs(address.sin_port));
	return url;
}

static inline void endpoint_script(const struct scripted *answers, size_t count)
{
	memset(model_endpoint.answers, 0, sizeof(model_endpoint.answers));
	memcpy(model_endpoint.answers, answers, count * sizeof(*answers));
	atomic_store(&model_endpoint.requests, 0);
}

#define ENDPOINT_SCRIPT(...)                                               \
	endpoint_script((const struct scripted[]){ __VA_ARGS__ },          \
	                sizeof((const struct scripted[]){ __VA_ARGS__ }) / \
	                        sizeof(struct scripted))

static inline void endpoint_stop(void)
{
	shutdown(model_endpoint.fd, SHUT_RDWR);
	pthread_join(model_endpoint.thread, NULL);
	close(model_endpoint.fd);
}

#endif
