/* How measured growth is told: lib/report/present_growth.c. */
#include "check.h"
#include "base/json.h"
#include "report/present_growth.h"

#define POINTS "\"points\":[{\"n\":1000,\"cpu_ms\":2.5},{\"n\":16000,\"cpu_ms\":640}]"

/* What is shown of `growth` in the language; NULL: nothing. */
static const cJSON *shown(enum language language, const char *growth)
{
	cJSON *item, *value = NULL;

	json_bind(arena);
	item = cJSON_CreateObject();
	CHECK_INT(json_parse(growth, strlen(growth), &value), OK);
	present_growth(arena, language, item, value);
	return json_get(item, "growth");
}

static const char *said(const char *growth)
{
	return json_string(shown(LANG_EN, growth), "sentence", "");
}

static const char *seen(const char *asked, const char *least, const char *most)
{
	return said(arena_printf(
	        arena,
	        "{\"asked\":\"%s\",\"sight\":\"seen\",\"least\":\"%s\",\"most\":\"%s\","
	        "\"sizes\":2,\"stopped\":null," POINTS "}",
	        asked, least, most));
}

static const char *unseen(const char *sight, const char *stopped)
{
	return said(arena_printf(
	        arena,
	        "{\"asked\":\"n\",\"sight\":\"%s\",\"least\":null,\"most\":null,\"sizes\":"
	        "5,\"stopped\":%s," POINTS "}",
	        sight, stopped));
}

static void it_says_what_was_seen_and_what_was_asked(void)
{
	CHECK_STR(
	        seen("n log n", "n^2", "n^2"),
	        "Processor time grew like n² between the sizes 1,000 and 16,000; the task asks for "
	        "n log n. The score does not depend on it.");
	CHECK_STR(
	        seen("n", "n", "n log n"),
	        "Processor time grew like n or n log n between the sizes 1,000 and 16,000, as the "
	        "task asks. The score does not depend on it.");
	CHECK_STR(seen("n^3", "n^2", "n^2"), "Processor time grew like n² between the sizes 1,000 "
	                                     "and 16,000; the task allows n³. "
	                                     "The score does not depend on it.");
	CHECK_STR(
	        seen("1", "log n", "n"),
	        "Processor time grew like log n or n between the sizes 1,000 and 16,000; the task "
	        "asks for constant time. The score does not depend on it.");
	CHECK_STR(seen("n", "1", "1"), "Processor time did not grow between the sizes 1,000 and "
	                               "16,000. The score does not depend on it.");
}

static void it_says_when_it_cannot_tell_and_why(void)
{
	CHECK_STR(unseen("few", "\"time_limit\""),
	          "How processor time grows cannot be told. Larger inputs took too long. The score "
	          "does not depend on it.");
	CHECK_STR(
	        unseen("few", "\"runtime_error\""),
	        "How processor time grows cannot be told. With larger inputs the code failed. The "
	        "score does not depend on it.");
	CHECK_STR(
	        unseen("short", "null"),
	        "How processor time grows cannot be told: the times are too short. The score does "
	        "not depend on it.");
	CHECK_STR(
	        unseen("unclear", "\"judge_error\""),
	        "How processor time grows cannot be told: the times fit no pattern. The score does "
	        "not depend on it.");
}

static void the_points_are_shown_as_people_write_numbers(void)
{
	const cJSON *growth = shown(LANG_EN, "{\"asked\":\"n\",\"sight\":\"short\"," POINTS "}");

	CHECK(json_bool(growth, "has_points", false));
	CHECK_STR(json_string(growth, "line", ""), "1,000: 2.5 ms; 16,000: 640 ms");
	CHECK_STR(json_string(json_get(growth, "points")->child, "size", ""), "1,000");
	CHECK_STR(json_string(json_get(growth, "points")->child, "time", ""), "2.5");
	growth = shown(LANG_RU, "{" POINTS "}");
	CHECK_STR(json_string(json_get(growth, "points")->child, "size", ""), "1\u00a0000");
	CHECK_STR(json_string(json_get(growth, "points")->child, "time", ""), "2,5");
}

/* A document of another edition, or of somebody else's making, is shown as far as it can be. */
static void what_is_not_known_is_not_shown(void)
{
	CHECK(shown(LANG_EN, "null") == NULL);
	CHECK(shown(LANG_EN, "[1]") == NULL);
	CHECK_STR(
	        said("{\"sight\":\"seen\",\"least\":\"n!\",\"most\":\"n!\",\"asked\":\"n\"}"),
	        "How processor time grows cannot be told: the times fit no pattern. The score does "
	        "not depend on it.");
	CHECK_STR(
	        said("{\"sight\":\"seen\",\"least\":\"n\",\"most\":\"n\",\"asked\":\"n\"}"),
	        "How processor time grows cannot be told: the times fit no pattern. The score does "
	        "not depend on it.");
	CHECK(!json_bool(shown(LANG_EN, "{\"points\":3}"), "has_points", true));
}

int main(void)
{
	RUN(it_says_what_was_seen_and_what_was_asked);
	RUN(it_says_when_it_cannot_tell_and_why);
	RUN(the_points_are_shown_as_people_write_numbers);
	RUN(what_is_not_known_is_not_shown);
	return check_done();
}
