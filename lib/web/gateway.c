#include "web/gateway.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <fastcgi.h>

#include "base/clock.h"
#include "base/text.h"

/* A record holds 65,535 bytes at most. */
enum { RECORD_MAX = 65528 };

/* How long all pieces of a response together may wait for a slow visitor: a thread waits too. */
enum { SLOW_MS = 10000 };

/* Of a body that was refused: what is larger is not waited for. */
enum { REST_MAX = 64 << 20 };

/* A pipe that can be written to takes so much without blocking (POSIX: at least 512). */
enum { PIPE_STEP = 512 };

const char *gateway_param(const struct gateway *gateway, const char *name)
{
	if (gateway->fastcgi == NULL)
		return getenv(name);
	return FCGX_GetParam(name, gateway->fastcgi->envp);
}

size_t gateway_read(const struct gateway *gateway, char *bytes, size_t max)
{
	int got;

	if (gateway->fastcgi == NULL)
		return fread(bytes, 1, max, stdin);
	got = FCGX_GetStr(bytes, max > INT_MAX ? INT_MAX : (int)max, gateway->fastcgi->in);
	return got < 0 ? 0 : (size_t)got;
}

/* Leaves the first `len` bytes of the parts out; gives the parts that remain. */
static int skip_parts(struct iovec **parts, int count, size_t len)
{
	for (; count > 0 && len >= (*parts)->iov_len; (*parts)++, count--)
		len -= (*parts)->iov_len;
	if (count > 0) {
		(*parts)->iov_base = (char *)(*parts)->iov_base + len;
		(*parts)->iov_len -= len;
	}
	return count;
}

/* Writes all parts, however many calls it takes. */
static bool write_all(int fd, struct iovec *parts, int count)
{
	while (count > 0) {
		ssize_t written = writev(fd, parts, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		count = skip_parts(&parts, count, (size_t)written);
	}
	return true;
}

/* False when the descriptor takes nothing before the deadline, or never will. */
static bool wait_writable(int fd, int64_t deadline_us)
{
	struct pollfd target = { .fd = fd, .events = POLLOUT };
	int ready;

	do {
		int64_t left_us = deadline_us - clock_monotonic_us();

		ready = poll(&target, 1, left_us > 0 ? (int)(left_us / 1000) + 1 : 0);
	} while (ready < 0 && errno == EINTR);
	return ready > 0 && (target.revents & POLLOUT) != 0 && (target.revents & POLLERR) == 0;
}

/* Writes all parts to a socket before the deadline; a reader who left raises no SIGPIPE. */
static bool send_all(int fd, struct iovec *parts, int count, int64_t deadline_us)
{
	while (count > 0) {
		struct msghdr message = { .msg_iov = parts, .msg_iovlen = (size_t)count };
		ssize_t sent = sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent >= 0) {
			count = skip_parts(&parts, count, (size_t)sent);
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN || !wait_writable(fd, deadline_us) ||
		    clock_monotonic_us() > deadline_us)
			return false;
	}
	return true;
}

/* The same for standard output, which may be a pipe. */
static bool print_all(struct gateway_bytes piece, int64_t deadline_us)
{
	while (piece.len > 0) {
		ssize_t written;

		if (!wait_writable(STDOUT_FILENO, deadline_us) ||
		    clock_monotonic_us() > deadline_us)
			return false;
		written = write(STDOUT_FILENO, piece.bytes,
		                piece.len < PIPE_STEP ? piece.len : PIPE_STEP);
		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			piece.bytes += written;
			piece.len -= (size_t)written;
		}
	}
	return true;
}

/* The head of an FCGI_STDOUT record (FastCGI specification 3.3) with `len` bytes behind it. */
static void put_record_head(const FCGX_Request *fastcgi, size_t len, unsigned char head[8])
{
	head[0] = FCGI_VERSION_1;
	head[1] = FCGI_STDOUT;
	head[2] = (unsigned char)(fastcgi->requestId >> 8);
	head[3] = (unsigned char)fastcgi->requestId;
	head[4] = (unsigned char)(len >> 8);
	head[5] = (unsigned char)len;
	head[6] = head[7] = 0;
}

/* Behind the body: the end of FCGI_STDOUT and FCGI_END_REQUEST with status 0 (5.5). */
static void put_end(const FCGX_Request *fastcgi, unsigned char end[24])
{
	memset(end, 0, 24);
	put_record_head(fastcgi, 0, end);
	put_record_head(fastcgi, 8, end + 8);
	end[9] = FCGI_END_REQUEST;
}

/*
 * libfcgi's own stream would copy the bytes into records of 8 KiB, and send each and the
 * end with a system call of its own that wakes the server up.
 */
static bool send_records(FCGX_Request *fastcgi, struct gateway_bytes head,
                         struct gateway_bytes body)
{
	unsigned char record[8], end[24];

	put_end(fastcgi, end);
	do {
		size_t part = body.len < RECORD_MAX - head.len ? body.len : RECORD_MAX - head.len;
		struct iovec parts[] = {
			{ .iov_base = record, .iov_len = sizeof(record) },
			{ .iov_base = (void *)(uintptr_t)head.bytes, .iov_len = head.len },
			{ .iov_base = (void *)(uintptr_t)body.bytes, .iov_len = part },
			{ .iov_base = end, .iov_len = part == body.len ? sizeof(end) : 0 },
		};

		put_record_head(fastcgi, head.len + part, record);
		if (!write_all(fastcgi->ipcFd, parts, 4))
			return false;
		body.bytes += part;
		body.len -= part;
		head.len = 0;
	} while (body.len > 0);
	return true;
}

/*
 * Of plain CGI: a server may pass on the whole body before it reads the answer, and Apache loses
 * the answer of a program that ends with some of the body unread.
 */
static void read_rest(struct gateway *gateway)
{
	const char *said = gateway_param(gateway, "CONTENT_LENGTH");
	char bytes[16 * 1024];
	long long left = 0;
	size_t part;

	if (!gateway->is_read && said != NULL && text_integer(said, 0, 1LL << 40, &left) &&
	    left > REST_MAX)
		left = REST_MAX;
	for (; left > 0; left -= (long long)part) {
		part = fread(bytes, 1,
		             left < (long long)sizeof(bytes) ? (size_t)left : sizeof(bytes), stdin);
		if (part == 0)
			break;
	}
	gateway->is_read = true;
}

/* The whole answer of plain CGI. */
static bool print(struct gateway *gateway, struct gateway_bytes head, struct gateway_bytes body)
{
	read_rest(gateway);
	return fwrite(head.bytes, 1, head.len, stdout) == head.len &&
	       fwrite(body.bytes, 1, body.len, stdout) == body.len && fflush(stdout) == 0;
}

bool gateway_send(struct gateway *gateway, struct gateway_bytes head, struct gateway_bytes body)
{
	if (gateway->is_streaming)
		return !gateway->is_broken;
	if (gateway->fastcgi == NULL)
		return print(gateway, head, body);
	if (head.len == 0 || head.len >= RECORD_MAX)
		return false;
	gateway->is_sent = send_records(gateway->fastcgi, head, body);
	return gateway->is_sent;
}

/* A record of its own for each piece; nothing of it waits in a buffer of ours. */
static bool send_piece(const struct gateway *gateway, struct gateway_bytes piece,
                       int64_t deadline_us)
{
	while (piece.len > 0) {
		size_t part = piece.len < RECORD_MAX ? piece.len : RECORD_MAX;
		unsigned char record[8];
		struct iovec parts[] = {
			{ .iov_base = record, .iov_len = sizeof(record) },
			{ .iov_base = (void *)(uintptr_t)piece.bytes, .iov_len = part },
		};

		put_record_head(gateway->fastcgi, part, record);
		if (!send_all(gateway->fastcgi->ipcFd, parts, 2, deadline_us))
			return false;
		piece.bytes += part;
		piece.len -= part;
	}
	return true;
}

bool gateway_piece(struct gateway *gateway, struct gateway_bytes piece)
{
	const int64_t begun_us = clock_monotonic_us();
	const int64_t deadline_us = begun_us + SLOW_MS * INT64_C(1000) - gateway->sending_us;
	bool is_sent;

	if (!gateway->is_streaming || gateway->is_broken)
		return false;
	is_sent = gateway->fastcgi != NULL ? send_piece(gateway, piece, deadline_us)
	                                   : print_all(piece, deadline_us);
	gateway->is_broken = !is_sent;
	gateway->piece_sent_us = clock_monotonic_us();
	gateway->sending_us += gateway->piece_sent_us - begun_us;
	return is_sent;
}

bool gateway_begin(struct gateway *gateway, struct gateway_bytes head)
{
	if (gateway->is_streaming || head.len == 0 || head.len >= RECORD_MAX)
		return false;
	gateway->is_streaming = true;
	/* What is left of the request would make its socket readable as a reader who leaves does.
	 */
	if (gateway->fastcgi != NULL && gateway->is_read)
		gateway->is_read = FCGX_GetChar(gateway->fastcgi->in) == EOF;
	return gateway_piece(gateway, head);
}

int gateway_fd(const struct gateway *gateway)
{
	const FCGX_Request *fastcgi = gateway->fastcgi;

	return fastcgi != NULL && gateway->is_read ? fastcgi->ipcFd : -1;
}

bool gateway_has_left(struct gateway *gateway)
{
	/* A pipe nobody reads any more reports an error, a socket the end of what it gives. */
	struct pollfd reader = { .fd = STDOUT_FILENO, .events = 0 };
	char byte;

	if (gateway->is_broken)
		return true;
	if (gateway->fastcgi != NULL) {
		reader.fd = gateway_fd(gateway);
		reader.events = POLLIN;
	}
	if (reader.fd < 0 || poll(&reader, 1, 0) <= 0)
		return false;
	if ((reader.revents & POLLIN) != 0)
		gateway->is_broken = recv(reader.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
	if ((reader.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
		gateway->is_broken = true;
	return gateway->is_broken;
}

/* The end of a response in pieces; after a broken piece the server could not read it. */
static void end_pieces(struct gateway *gateway)
{
	unsigned char end[24];
	struct iovec part = { .iov_base = end, .iov_len = sizeof(end) };

	put_end(gateway->fastcgi, end);
	if (!gateway->is_broken)
		send_all(gateway->fastcgi->ipcFd, &part, 1,
		         clock_monotonic_us() + SLOW_MS * INT64_C(1000));
	gateway->is_sent = true;
}

void gateway_finish(struct gateway *gateway)
{
	FCGX_Request *fastcgi = gateway->fastcgi;
	bool is_drained;

	if (fastcgi == NULL)
		return;
	if (gateway->is_streaming)
		end_pieces(gateway);
	if (!gateway->is_sent) {
		FCGX_Finish_r(fastcgi);
		return;
	}
	/* The record that ends the body may still be on its way: a close would break it off. */
	is_drained = gateway->is_read && FCGX_GetChar(fastcgi->in) == EOF;
	if (is_drained) {
		close(fastcgi->ipcFd);
		fastcgi->ipcFd = -1;
	}
	FCGX_Free(fastcgi, !is_drained);
}
