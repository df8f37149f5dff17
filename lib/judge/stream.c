#include "judge/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* A full pipe, which a program can make that large, is emptied at once, but not more. */
enum { CHUNK = 64 * 1024, CHUNKS = 17 };

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* This side of the pipe does not wait. */
static bool open_pipe(int *ret_near, int *ret_far, bool reads)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		log_error("judge: no pipe: %s", strerror(errno));
		return false;
	}
	*ret_near = ends[reads ? 0 : 1];
	*ret_far = ends[reads ? 1 : 0];
	fcntl(*ret_near, F_SETFL, O_NONBLOCK);
	return true;
}

bool stream_open(struct stream *stream, struct arena *arena, size_t max)
{
	*stream = (struct stream){ .max = max, .fd = -1, .far = -1 };
	buf_init(&stream->kept, arena);
	return open_pipe(&stream->fd, &stream->far, true);
}

void stream_give(struct stream *stream)
{
	close_end(&stream->far);
}

void stream_close(struct stream *stream)
{
	close_end(&stream->fd);
	close_end(&stream->far);
}

void stream_take(struct stream *stream)
{
	char chunk[CHUNK];

	for (int i = 0; i < CHUNKS && stream->fd >= 0; i++) {
		ssize_t got = read(stream->fd, chunk, sizeof(chunk));
		size_t room = stream->max - stream->kept.len;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0) {
			close_end(&stream->fd);
			return;
		}
		stream->total += (size_t)got;
		buf_add(&stream->kept, chunk, (size_t)got < room ? (size_t)got : room);
		if ((size_t)got < sizeof(chunk))
			return;
	}
}

void stream_begin(struct stream *stream)
{
	buf_init(&stream->kept, stream->kept.arena);
	stream->total = 0;
}

bool feed_open(struct feed *feed)
{
	*feed = (struct feed){ .fd = -1, .far = -1 };
	return open_pipe(&feed->fd, &feed->far, false);
}

bool feed_push(struct feed *feed)
{
	while (feed->sent < feed->len) {
		ssize_t put = write(feed->fd, feed->bytes + feed->sent, feed->len - feed->sent);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno == EAGAIN;
		feed->sent += (size_t)put;
	}
	return true;
}

void feed_close(struct feed *feed)
{
	close_end(&feed->fd);
	close_end(&feed->far);
}
