/* What a list of log-ins says of a browser or a program. */
#include "check.h"

#include "view/log_ins.h"

#define CHROME "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"

static void browsers_are_called_as_people_call_them(void)
{
	static const struct {
		const char *user_agent, *words;
	} cases[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 "
		  "Firefox/128.0",
		  "Firefox on Windows" },
		{ "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " CHROME, "Chrome on Linux" },
		{ "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 " CHROME,
		  "Chrome on Android" },
		{ "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 " CHROME " Edg/126.0",
		  "Edge on Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 " CHROME " OPR/112.0",
		  "Opera on Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0) (KHTML, like Gecko) Chrome/124.0 YaBrowser/24.6"
		  " Safari/537.36",
		  "Yandex on Windows" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
		  "Version/17.5"
		  " Safari/605.1.15",
		  "Safari on macOS" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Safari/604.1",
		  "Chrome on iPhone" },
		{ "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
		  "Safari on iPad" },
		{ "Mozilla/5.0 (X11; Linux x86_64) SomethingElse/1.0", "a browser on Linux" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_STR(log_ins_device(arena, cases[i].user_agent, LANG_EN), cases[i].words);
}

static void programs_are_called_by_their_first_word(void)
{
	CHECK_STR(log_ins_device(arena, "curl/8.5.0", LANG_EN), "a program: curl");
	CHECK_STR(log_ins_device(arena, "python-requests/2.31", LANG_EN),
	          "a program: python-requests");
	CHECK_STR(log_ins_device(arena, "my bot", LANG_EN), "a program: my");
	CHECK_STR(log_ins_device(arena, "x123456789012345678901234567890123456789012345", LANG_EN),
	          "a program: x123456789012345678901234567890123456789");
}

static void nothing_known_is_said_to_be_unknown(void)
{
	static const char *const strange[] = { "", " ", "Mozilla/5.0", "(;)", "\xd0\x8f", "/1.0" };

	for (size_t i = 0; i < sizeof(strange) / sizeof(*strange); i++)
		CHECK_STR(log_ins_device(arena, strange[i], LANG_EN), "unknown device");
}

int main(void)
{
	RUN(browsers_are_called_as_people_call_them);
	RUN(programs_are_called_by_their_first_word);
	RUN(nothing_known_is_said_to_be_unknown);
	return check_done();
}
