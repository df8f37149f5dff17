#include "judge/round.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"
#include "base/log.h"
#include "judge/frame.h"

enum { AT_BOX, AT_END, AT_OUTPUT, AT_ERRORS, AT_ANSWER, AT_FEED, PLACES };

static struct pollfd reading(const struct stream *stream)
{
	return (struct pollfd){ .fd = stream == NULL ? -1 : stream->fd, .events = POLLIN };
}

static int wait_for_news(const struct round *round, struct pollfd places[PLACES], int64_t deadline)
{
	int64_t left = (deadline - clock_monotonic_us() + 999) / 1000;
	bool is_fed = !round->is_begun || round->feed->sent == round->feed->len;

	places[AT_BOX] = (struct pollfd){ .fd = round->box->socket, .events = POLLIN };
	places[AT_END] = (struct pollfd){ .fd = round->box->pidfd, .events = POLLIN };
	places[AT_OUTPUT] = reading(round->output);
	places[AT_ERRORS] = reading(round->errors);
	places[AT_ANSWER] = reading(round->answer);
	places[AT_FEED] = (struct pollfd){ .fd = is_fed ? -1 : round->feed->fd, .events = POLLOUT };
	return poll(places, PLACES, (int)(left > 0 ? left : 0));
}

static bool is_over(const struct stream *stream, size_t excess)
{
	return stream != NULL && stream->total > stream->max + excess;
}

static void take_all(struct round *round)
{
	struct stream *const streams[] = { round->output, round->errors, round->answer };

	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++)
		if (streams[i] != NULL)
			stream_take(streams[i]);
	if (is_over(round->output, round->tolerates_output ? ROUND_DRAINED : 0) ||
	    is_over(round->errors, ROUND_DRAINED) || is_over(round->answer, 0))
		round->is_flood = true;
}

static bool has_answered(const struct round *round)
{
	enum frame_state state = frame_state(round->answer->kept.data, round->answer->kept.len);

	return state == FRAME_WHOLE || state == FRAME_EXCESS || state == FRAME_TOO_LONG;
}

/* Has it end when it has said enough, or too much. */
static bool react(struct round *round)
{
	const struct box_order kill = { .command = BOX_KILL }, stop = { .command = BOX_STOP };

	if (round->is_flood && !round->is_killed) {
		round->is_killed = true;
		return box_send(round->box, &kill);
	}
	if (round->stops_at_answer && !round->is_stopping && !round->is_killed &&
	    has_answered(round)) {
		round->is_stopping = true;
		return box_send(round->box, &stop);
	}
	return true;
}

/* A reply that can be: only what was told to be killed is killed by the judge. */
static bool is_end(const struct round *round)
{
	bool fits = round->reply.kind == BOX_ENDED &&
	            (round->reply.reason != BOX_BY_JUDGE || round->is_killed);

	if (!fits)
		log_error("judge: judge-box replies %d, reason %d", round->reply.kind,
		          round->reply.reason);
	return fits;
}

/* The box has begun to measure a server, which now gets its input. */
static bool is_begin(struct round *round)
{
	bool begins = round->feed != NULL && !round->is_begun && round->reply.kind == BOX_DONE;

	round->is_begun = round->is_begun || begins;
	return begins;
}

bool round_watch(struct round *round)
{
	int64_t deadline = clock_monotonic_us() + (int64_t)round->timeout_ms * 1000;
	struct pollfd places[PLACES];

	for (;;) {
		int count = wait_for_news(round, places, deadline);
		enum box_news news;

		if (count < 0 && errno == EINTR)
			continue;
		/* A dead server has closed the pipe: its BOX_ENDED tells about it. */
		if (round->is_begun && !feed_push(round->feed))
			round->feed->sent = round->feed->len;
		news = box_receive(round->box, &round->reply);
		/* What it wrote before it ended is in the pipes by now. */
		take_all(round);
		if (news == BOX_REPLIED && is_begin(round))
			continue;
		if (news != BOX_SILENT)
			return news == BOX_REPLIED && is_end(round);
		if (count <= 0 || (places[AT_END].revents & POLLIN) || !react(round)) {
			log_error("judge: judge-box %s", count <= 0 ? "is silent" : "died");
			return false;
		}
	}
}
