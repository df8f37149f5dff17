/* A program of the machine in the sandbox: what it says, what stops it, who waits for whom. */
#include "judge_fixture.h"

#include "judge/convert.h"
#include "judge/judge_internal.h"

static const char *const tiers[] = { "A1", "A2", "B", "C" };

static struct buf bytes_of(const char *text)
{
	struct buf input;

	buf_init(&input, arena);
	buf_str(&input, text);
	return input;
}

static struct judge_tool tool_of(const char *const *argv)
{
	return (struct judge_tool){
		.path = argv[0],
		.argv = argv,
		.threads = 2,
		.address_mb = 512,
		.limits = { .cpu_ms = 400, .wall_ms = 600, .memory_mb = 64, .output_kb = 1 },
	};
}

static struct judge_converted convert(const struct judge *judge, const char *const *argv,
                                      const char *text)
{
	const struct judge_tool tool = tool_of(argv);
	const struct buf input = bytes_of(text);
	struct judge_converted converted = { .text = "", .errors = "" };

	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), OK);
	return converted;
}

/* What one tier does with programs that behave and others that do not. */
static void check_tier(const struct judge *judge)
{
	static const char *const copy[] = { "/usr/bin/cat", "/box/input", NULL };
	static const char *const fail[] = { "/usr/bin/cat", "/box/nothing", NULL };
	static const char *const sleep_[] = { "/usr/bin/sleep", "9", NULL };
	static const char *const flood[] = { "/usr/bin/yes", NULL };
	static const char *const spy[] = { "/usr/bin/cat", "/etc/passwd", NULL };
	static const char *const spawn[] = { "/usr/bin/env", "sh", "-c", "cat /box/input & wait",
		                             NULL };
	struct judge_converted got = convert(judge, copy, "r\xC3\xA9sum\xC3\xA9 \xFF");

	CHECK_STR(got.text, "r\xC3\xA9sum\xC3\xA9 \xEF\xBF\xBD");
	CHECK_INT(got.status, 0);
	CHECK(!got.is_cut && got.stop == JUDGE_STOP_NONE);
	got = convert(judge, copy, arena_printf(arena, "%2000d", 7));
	CHECK(got.is_cut);
	CHECK_INT((long long)strlen(got.text), 1024);
	got = convert(judge, fail, "");
	CHECK_INT(got.status, 1);
	CHECK(strstr(got.errors, "nothing") != NULL);
	got = convert(judge, sleep_, "");
	CHECK_INT(got.stop, JUDGE_STOP_TIME);
	CHECK_INT(got.status, -1);
	got = convert(judge, flood, "");
	CHECK(got.stop == JUDGE_STOP_OUTPUT || got.stop == JUDGE_STOP_TIME);
	CHECK_STR(convert(judge, spy, "").text, "");
	CHECK_STR(convert(judge, spawn, "seen").text, "");
}

static void every_tier_runs_and_limits_it(void)
{
	for (size_t i = 0; i < sizeof(tiers) / sizeof(*tiers); i++) {
		struct judge_setup setup = fixture_setup;
		struct judge *judge;

		setup.tiers = tiers[i];
		judge = judge_create(arena, &setup);
		if (judge_tier(judge) == NULL)
			printf("# tier %s cannot be had here\n", tiers[i]);
		else
			check_tier(judge);
	}
}

static void it_takes_no_slot_from_code(void)
{
	static const char *const copy[] = { "/usr/bin/cat", "/box/input", NULL };
	struct judge_tool tool = tool_of(copy);
	const struct buf input = bytes_of("x");
	struct judge *judge = fixture_judge();
	struct judge_converted converted;
	int slot;

	if (judge == NULL)
		return;
	for (int i = 0; i < 4; i++)
		CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(judge_enter(judge, arena, &slot), ERR_BUSY);
	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), OK);
	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), OK);
	CHECK_INT(judge_enter_tools(judge, arena, &slot), OK);
	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), ERR_BUSY);
	judge_leave(judge, slot);
	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), OK);
}

static void without_the_program_it_refuses(void)
{
	static const char *const nothing[] = { "/usr/bin/no-such-program", NULL };
	const struct judge_tool tool = tool_of(nothing);
	const struct buf input = bytes_of("x");
	struct judge *judge = fixture_judge();
	struct judge_converted converted;

	if (judge == NULL)
		return;
	CHECK(!judge_has_tool(judge, &tool));
	CHECK_INT(judge_convert(judge, arena, &tool, &input, &converted), ERR_UPSTREAM);
}

int main(void)
{
	fixture_open();
	RUN(every_tier_runs_and_limits_it);
	RUN(it_takes_no_slot_from_code);
	RUN(without_the_program_it_refuses);
	fixture_close();
	return check_done();
}
