#include "base/clock.h"

#include <time.h>

enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * 60 * 1000 };

int64_t clock_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

char *clock_format(struct arena *arena, int64_t ms, int offset_minutes, const char *format)
{
	time_t seconds = (time_t)((ms + (int64_t)offset_minutes * MINUTE_MS) / 1000);
	char text[128];
	struct tm parts;

	gmtime_r(&seconds, &parts);
	if (strftime(text, sizeof(text), format, &parts) == 0)
		text[0] = '\0';
	return arena_strdup(arena, text);
}

char *clock_iso(struct arena *arena, int64_t ms)
{
	return clock_format(arena, ms, 0, "%Y-%m-%dT%H:%M:%SZ");
}

int64_t clock_day_start(int64_t ms, int offset_minutes)
{
	int64_t local = ms + (int64_t)offset_minutes * MINUTE_MS;
	int64_t into_day = ((local % DAY_MS) + DAY_MS) % DAY_MS;

	return ms - into_day;
}
