#include "web/gateway.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>

#include <fastcgi.h>

/* A record holds 65,535 bytes at most; from LARGE on the stream's copy is not worth it. */
enum { RECORD_MAX = 65528, LARGE = 4096 };

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

/*
 * One FCGI_STDOUT record (FastCGI specification 3.3). libfcgi's stream would copy the
 * bytes into records of 8 KiB, each with a system call of its own.
 */
static bool write_record(const FCGX_Request *fastcgi, const char *bytes, size_t len)
{
	unsigned char head[] = {
		FCGI_VERSION_1,
		FCGI_STDOUT,
		(unsigned char)(fastcgi->requestId >> 8),
		(unsigned char)fastcgi->requestId,
		(unsigned char)(len >> 8),
		(unsigned char)len,
		0,
		0,
	};
	struct iovec parts[] = {
		{ .iov_base = head, .iov_len = sizeof(head) },
		{ .iov_base = (void *)(uintptr_t)bytes, .iov_len = len },
	};

	return write_all(fastcgi->ipcFd, parts, 2);
}

static bool write_large(FCGX_Request *fastcgi, const char *bytes, size_t len)
{
	if (FCGX_FFlush(fastcgi->out) != 0)
		return false;
	while (len > 0) {
		size_t part = len > RECORD_MAX ? RECORD_MAX : len;

		if (!write_record(fastcgi, bytes, part))
			return false;
		bytes += part;
		len -= part;
	}
	return true;
}

bool gateway_write(const struct gateway *gateway, const char *bytes, size_t len)
{
	if (gateway->fastcgi == NULL)
		return fwrite(bytes, 1, len, stdout) == len;
	if (len >= LARGE)
		return write_large(gateway->fastcgi, bytes, len);
	return FCGX_PutStr(bytes, (int)len, gateway->fastcgi->out) == (int)len;
}

bool gateway_flush(const struct gateway *gateway)
{
	if (gateway->fastcgi == NULL)
		return fflush(stdout) == 0;
	return FCGX_FFlush(gateway->fastcgi->out) == 0;
}
