#include "llm/wait.h"

#include <poll.h>

#include "base/clock.h"

static bool fd_says_so(int fd, int ms)
{
	struct pollfd watched = { .fd = fd, .events = POLLIN | POLLRDHUP };

	/* A negative descriptor is skipped by poll, so that it only sleeps. */
	return poll(&watched, 1, ms) > 0;
}

static bool caller_says_so(struct llm_wait *wait)
{
	const int64_t now = clock_monotonic_us();

	if (wait->on_wait == NULL || now - wait->quiet_us < WAIT_TICK_MS * 1000)
		return false;
	wait->quiet_us = now;
	return !wait->on_wait(wait->context);
}

bool wait_is_cancelled(struct llm_wait *wait)
{
	return (wait->cancel_fd >= 0 && fd_says_so(wait->cancel_fd, 0)) || caller_says_so(wait);
}

int wait_slice_ms(int64_t at_us)
{
	const int64_t left = at_us - clock_monotonic_us();

	if (left <= 0)
		return 0;
	return left >= WAIT_TICK_MS * 1000 ? WAIT_TICK_MS : (int)((left + 999) / 1000);
}

enum wait_end wait_for(struct llm_wait *wait, int64_t ms)
{
	const int64_t over_us = clock_monotonic_us() + ms * 1000;
	const int64_t end_us = over_us < wait->until_us ? over_us : wait->until_us;

	for (;;) {
		const int slice = wait_slice_ms(end_us);

		if (fd_says_so(wait->cancel_fd, slice) || caller_says_so(wait))
			return WAIT_CANCELLED;
		if (clock_monotonic_us() >= end_us)
			return end_us == over_us ? WAIT_OVER : WAIT_DEADLINE;
	}
}
