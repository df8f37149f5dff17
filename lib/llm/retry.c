#include "llm/retry.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "llm/curl.h"

enum { FIRST_MS = 500, LARGEST_MS = 8000, SPREAD_MIN_MS = 250, SPREAD_MAX_MS = 2000 };

/* A longer wait is none that anybody meant; 10^9 s still fits. */
static const double MOST_MS = 1e15;

/* A plain decimal number that is not negative; -1 for anything else. */
static double plain_number(const char *text)
{
	char *end;
	double number;

	while (*text == ' ' || *text == '\t')
		text++;
	/* strtod also reads "nan", "inf" and "0x10". */
	if (!isdigit((unsigned char)*text) || strpbrk(text, "xXeEnN") != NULL)
		return -1;
	number = strtod(text, &end);
	while (*end == ' ' || *end == '\t')
		end++;
	return *end == '\0' ? number : -1;
}

static int64_t from_number(const char *text, double unit_ms)
{
	const double number = text != NULL ? plain_number(text) : -1;

	if (number < 0)
		return -1;
	return number * unit_ms > MOST_MS ? (int64_t)MOST_MS : (int64_t)ceil(number * unit_ms);
}

/* A date that lies ahead; curl's reader takes far more than dates, so look at it first. */
static int64_t from_date(const char *text, int64_t now_ms)
{
	time_t when;

	if (text == NULL || !isalpha((unsigned char)*text) || strchr(text, ':') == NULL)
		return -1;
	when = curl_getdate(text, NULL);
	return when != -1 && (int64_t)when * 1000 > now_ms ? (int64_t)when * 1000 - now_ms : -1;
}

int64_t retry_after_ms(const char *after, const char *after_ms, int64_t now_ms)
{
	int64_t ms = from_number(after_ms, 1);

	if (ms < 0)
		ms = from_number(after, 1000);
	return ms >= 0 ? ms : from_date(after, now_ms);
}

static int64_t dice_ms(int64_t ms)
{
	uint32_t dice;

	if (ms <= 0)
		return 0;
	if (getrandom(&dice, sizeof(dice), GRND_NONBLOCK) != (ssize_t)sizeof(dice))
		dice = (uint32_t)clock_monotonic_us() * UINT32_C(2654435761);
	return (int64_t)((double)dice / (double)UINT32_MAX * (double)ms);
}

int64_t retry_backoff_ms(int failures)
{
	int64_t ms = FIRST_MS;

	for (int i = 1; i < failures && ms < LARGEST_MS; i++)
		ms *= 2;
	return ms - dice_ms(ms / 4);
}

int64_t retry_spread_ms(int64_t pause_ms)
{
	const int64_t most = pause_ms / 4;

	if (most < SPREAD_MIN_MS)
		return dice_ms(SPREAD_MIN_MS);
	return dice_ms(most < SPREAD_MAX_MS ? most : SPREAD_MAX_MS);
}
