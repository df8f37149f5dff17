/* Times are shown by the clock of who reads them, through every change of its offset. */
#include <pthread.h>
#include <strings.h>

#include "check.h"

#include "base/format.h"
#include "base/zone.h"

enum { SECOND = 1000 };

/* 2026-03-29 01:00 UTC: clocks in Kyiv go from 03:00 to 04:00. */
static const int64_t kyiv_spring = INT64_C(1774746000) * SECOND;
/* 2026-10-25 01:00 UTC: from 04:00 back to 03:00. */
static const int64_t kyiv_autumn = INT64_C(1792890000) * SECOND;
/* 2026-03-08 07:00 UTC: clocks in New York go from 02:00 to 03:00. */
static const int64_t new_york_spring = INT64_C(1772953200) * SECOND;
/* 2026-11-01 06:00 UTC: from 02:00 back to 01:00. */
static const int64_t new_york_autumn = INT64_C(1793512800) * SECOND;

static const char *shown(const char *zone, int64_t ms)
{
	zone_bind(zone);
	return format_date(arena, ms);
}

static void kyiv_jumps_forward_in_march_and_back_in_october(void)
{
	CHECK_STR(shown("Europe/Kyiv", kyiv_spring - SECOND), "29.03.2026 02:59");
	CHECK_STR(shown("Europe/Kyiv", kyiv_spring), "29.03.2026 04:00");
	CHECK_STR(shown("Europe/Kyiv", kyiv_autumn - SECOND), "25.10.2026 03:59");
	CHECK_STR(shown("Europe/Kyiv", kyiv_autumn), "25.10.2026 03:00");
}

static void new_york_changes_on_days_of_its_own(void)
{
	CHECK_STR(shown("America/New_York", new_york_spring - SECOND), "08.03.2026 01:59");
	CHECK_STR(shown("America/New_York", new_york_spring), "08.03.2026 03:00");
	CHECK_STR(shown("America/New_York", new_york_autumn - SECOND), "01.11.2026 01:59");
	CHECK_STR(shown("America/New_York", new_york_autumn), "01.11.2026 01:00");
}

static void offsets_may_be_odd_and_zones_without_summer_stay(void)
{
	CHECK_STR(shown("Asia/Kathmandu", kyiv_spring), "29.03.2026 06:45");
	CHECK_STR(shown("UTC", kyiv_spring), "29.03.2026 01:00");
	zone_bind("Europe/Moscow");
	CHECK_INT(zone_offset_min(kyiv_spring), 180);
	CHECK_INT(zone_offset_min(kyiv_autumn), 180);
}

static void rules_go_on_after_the_last_listed_change(void)
{
	zone_bind("Europe/Kyiv");
	CHECK_INT(zone_offset_min(INT64_C(4070908800) * SECOND), 120); /* 2099-01-01 */
	CHECK_INT(zone_offset_min(INT64_C(4086547200) * SECOND), 180); /* 2099-07-01 */
	CHECK_INT(zone_offset_min(0), 180);                            /* 1970: Moscow's time */
}

static void a_day_of_23_or_25_hours_begins_at_its_midnight(void)
{
	zone_bind("Europe/Kyiv");
	CHECK_STR(format_date(arena, zone_day_start(kyiv_spring + 3600 * SECOND)),
	          "29.03.2026 00:00");
	CHECK_STR(format_date(arena, zone_day_start(kyiv_autumn + 3600 * SECOND)),
	          "25.10.2026 00:00");
	CHECK_STR(format_date(arena, zone_day_start(kyiv_autumn - 5 * 3600 * SECOND)),
	          "24.10.2026 00:00");
}

static void without_a_zone_the_configured_offset_counts(void)
{
	CHECK_STR(shown("", kyiv_spring), "29.03.2026 01:00");
	CHECK_STR(zone_bound(), "");
	zone_bind("Europe/Kyiv");
	CHECK_STR(zone_bound(), "Europe/Kyiv");
	CHECK_STR(shown("Atlantis/Capital", kyiv_spring), "29.03.2026 01:00");
	CHECK_STR(zone_bound(), "");
}

static void only_names_of_the_list_are_zones(void)
{
	static const char *const strange[] = {
		"",
		"Kyiv",
		"Europe/Kyiv ",
		"../../etc/passwd",
		"/etc/localtime",
		"+03:00",
		"posix/Europe/Kyiv",
		"Europe",
		"EST5EDT,M3.2.0,M11.1.0",
	};

	for (size_t i = 0; i < sizeof(strange) / sizeof(*strange); i++)
		CHECK(zone_find(strange[i]) == NULL);
	CHECK_STR(zone_find("europe/kyiv"), "Europe/Kyiv");
	CHECK_STR(zone_find("AMERICA/ARGENTINA/BUENOS_AIRES"), "America/Argentina/Buenos_Aires");
	CHECK_STR(zone_find("utc"), "UTC");
	CHECK_STR(zone_find("Europe/Kiev"), "Europe/Kyiv");
	CHECK_STR(zone_find("asia/calcutta"), "Asia/Kolkata");
}

static void every_listed_zone_can_be_shown(void)
{
	const char *const *names = zone_names();
	size_t count = 0;

	for (; names[count] != NULL; count++) {
		zone_bind(names[count]);
		CHECK_STR(zone_bound(), names[count]);
		CHECK(zone_offset_min(kyiv_spring) >= -720 && zone_offset_min(kyiv_spring) <= 840);
		CHECK(count == 0 || strcasecmp(names[count - 1], names[count]) < 0);
	}
	CHECK(count > 300);
}

static void *read_elsewhere(void *result)
{
	*(int *)result = zone_offset_min(kyiv_autumn);
	return NULL;
}

static void a_thread_knows_nothing_of_anothers_reader(void)
{
	pthread_t thread;
	int offset = -1;

	zone_bind("Asia/Tokyo");
	CHECK_INT(pthread_create(&thread, NULL, read_elsewhere, &offset), 0);
	pthread_join(thread, NULL);
	CHECK_INT(offset, 0);
	CHECK_INT(zone_offset_min(kyiv_autumn), 540);
}

int main(void)
{
	RUN(kyiv_jumps_forward_in_march_and_back_in_october);
	RUN(new_york_changes_on_days_of_its_own);
	RUN(offsets_may_be_odd_and_zones_without_summer_stay);
	RUN(rules_go_on_after_the_last_listed_change);
	RUN(a_day_of_23_or_25_hours_begins_at_its_midnight);
	RUN(without_a_zone_the_configured_offset_counts);
	RUN(only_names_of_the_list_are_zones);
	RUN(every_listed_zone_can_be_shown);
	RUN(a_thread_knows_nothing_of_anothers_reader);
	return check_done();
}
