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

static struct tm broken_down(int64_t ms, int offset_minutes)
{
	time_t seconds = (time_t)(ms / 1000) + offset_minutes * 60;
	struct tm parts;

	gmtime_r(&seconds, &parts);
	return parts;
}

char *clock_text(struct arena *arena, int64_t ms, int offset_minutes, enum clock_style style)
{
	struct tm parts = broken_down(ms, offset_minutes);
	char text[64] = "";

	switch (style) {
	case CLOCK_DATE:
		strftime(text, sizeof(text), "%d.%m.%Y", &parts);
		break;
	case CLOCK_DATE_TIME:
		strftime(text, sizeof(text), "%d.%m.%Y %H:%M", &parts);
		break;
	case CLOCK_TIME:
		strftime(text, sizeof(text), "%H:%M", &parts);
		break;
	case CLOCK_STAMP:
		strftime(text, sizeof(text), "%Y%m%d_%H%M%S", &parts);
		break;
	}
	return arena_strdup(arena, text);
}

char *clock_iso(struct arena *arena, int64_t ms)
{
	struct tm parts = broken_down(ms, 0);
	char text[64];

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	return arena_strdup(arena, text);
}

int64_t clock_day_start(int64_t ms, int offset_minutes)
{
	int64_t local = ms + (int64_t)offset_minutes * MINUTE_MS;
	int64_t into_day = ((local % DAY_MS) + DAY_MS) % DAY_MS;

	return ms - into_day;
}
