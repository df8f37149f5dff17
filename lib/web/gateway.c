#include "web/gateway.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <fastcgi.h>

/* A record holds 65,535 bytes at most. */
enum { RECORD_MAX = 65528 };

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

/* Writes all parts, however many calls it takes. */
static bool write_all(int fd, struct iovec *parts, int count)
{
	while (count > 0) {
		ssize_t written = writev(fd, parts, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		for (; count > 0 && (size_t)written >= parts->iov_len; parts++, count--)
			written -= (ssize_t)parts->iov_len;
		if (count > 0) {
			parts->iov_base = (char *)parts->iov_base + written;
			parts->iov_len -= (size_t)written;
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

bool gateway_send(struct gateway *gateway, struct gateway_bytes head, struct gateway_bytes body)
{
	if (gateway->fastcgi == NULL)
		return fwrite(head.bytes, 1, head.len, stdout) == head.len &&
		       fwrite(body.bytes, 1, body.len, stdout) == body.len && fflush(stdout) == 0;
	if (head.len == 0 || head.len >= RECORD_MAX)
		return false;
	gateway->is_sent = send_records(gateway->fastcgi, head, body);
	return gateway->is_sent;
}

void gateway_finish(struct gateway *gateway)
{
	FCGX_Request *fastcgi = gateway->fastcgi;
	bool is_drained;

	if (fastcgi == NULL)
		return;
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
