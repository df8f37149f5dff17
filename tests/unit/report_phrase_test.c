#include "report_fixture.h"

#include <math.h>

#include "base/format.h"
#include "report/phrase.h"

static void numbers_for_people(void)
{
	CHECK_STR(format_number(arena, LANG_EN, 7), "7");
	CHECK_STR(format_number(arena, LANG_EN, 7.25), "7.25");
	CHECK_STR(format_number(arena, LANG_EN, 7.5), "7.5");
	CHECK_STR(format_number(arena, LANG_EN, 100), "100");
	CHECK_STR(format_number(arena, LANG_EN, -0.001), "0");
	CHECK_STR(format_number(arena, LANG_UK, 7.25), "7,25");
	CHECK_STR(format_number(arena, LANG_EN, NAN), "–");
	CHECK_STR(format_percent(arena, LANG_EN, 0.725), "72.5%");
	CHECK_STR(format_percent(arena, LANG_RU, 0.725), "72,5\u00a0%");
	CHECK_STR(format_percent(arena, LANG_EN, 1), "100%");
	CHECK_STR(format_percent(arena, LANG_EN, NAN), "–");
	CHECK_STR(format_duration(arena, LANG_EN, 42.4), "42 s");
	CHECK_STR(format_duration(arena, LANG_EN, 320), "5 min 20 s");
	CHECK_STR(format_duration(arena, LANG_EN, 3900), "1 h 5 min");
	CHECK_STR(format_duration(arena, LANG_EN, NAN), "0 s");
	CHECK_STR(phrase_quoted(arena, LANG_EN, "A point."), "“A point”");
	CHECK_STR(phrase_quoted(arena, LANG_EN, "And so on..."), "“And so on...”");
}

/* As people round by hand, whatever the nearest binary fraction is. */
static void halves_are_rounded_away_from_zero(void)
{
	CHECK_STR(format_percent(arena, LANG_EN, (0.275 + 1) / 2), "63.8%");
	CHECK_STR(format_percent(arena, LANG_EN, (0.175 + 1) / 2), "58.8%");
	CHECK_STR(format_percent(arena, LANG_EN, 0.0005), "0.1%");
	CHECK_STR(format_percent(arena, LANG_EN, 0.63749), "63.7%");
	CHECK_STR(format_number(arena, LANG_EN, 0.125), "0.13");
	CHECK_STR(format_number(arena, LANG_EN, 1.005), "1.01");
	CHECK_STR(format_number(arena, LANG_EN, -0.125), "-0.13");
	CHECK_STR(format_decimal(arena, LANG_EN, 2.5, 0), "3");
	for (int tenths = 1; tenths <= 1000; tenths++)
		CHECK_STR(format_percent(arena, LANG_EN, (tenths - 0.5) / 1000),
		          format_percent(arena, LANG_EN, tenths / 1000.0));
}

static void times_are_read_back(void)
{
	int64_t ms = 0;

	CHECK(phrase_iso_ms("2023-11-14T22:13:20Z", &ms));
	CHECK_INT(ms, FIXTURE_MS(0));
	CHECK(!phrase_iso_ms("2023-11-14", &ms));
	CHECK(!phrase_iso_ms("2023-11-14T22:13:20Zx", &ms));
}

/* --- files -------------------------------------------------------------------------------- */

static const char *name_of(const char *participant, const char *role)
{
	cJSON *document = cJSON_CreateObject();

	json_set_string(document, "participant", participant);
	json_set_string(document, "finished_at", "2026-11-21T01:20:00Z");
	json_set_string(json_set_object(document, "role"), "title", role);
	return report_file_name(arena, document, "txt");
}

static void file_names_are_safe(void)
{
	CHECK_STR(name_of("Ann Lee", "Backend developer"),
	          "Ann_Lee_2026-11-21_Backend_developer.txt");
	CHECK_STR(name_of("Олена Ґрунтовна", "Бекенд-розробник"),
	          "Олена_Ґрунтовна_2026-11-21_Бекенд-розробник.txt");
	CHECK_STR(name_of("../../etc/passwd", "a\\b:c"), "etc_passwd_2026-11-21_a_b_c.txt");
	CHECK_STR(name_of("\u202eexe\u200b.", "x\"y\r\nz"), "exe_2026-11-21_x_y_z.txt");
	CHECK_STR(name_of(" . ", "///"), "participant_2026-11-21_interview.txt");
	CHECK_STR(name_of("李 明 😀", "x"), "李_明_😀_2026-11-21_x.txt");
	CHECK(strlen(name_of(
	              "long name long name long name long name long name long name long name "
	              "long name long name",
	              "x")) < 100);
}

int main(void)
{
	RUN(numbers_for_people);
	RUN(halves_are_rounded_away_from_zero);
	RUN(times_are_read_back);
	RUN(file_names_are_safe);
	return check_done();
}
