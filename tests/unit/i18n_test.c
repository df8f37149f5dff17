#include "base/i18n.h"

#include "fixture.h"

static const struct message russian[] = {
	MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
	MESSAGE("%lld day\0%lld days", "%lld день\0%lld дня\0%lld дней"),
	MESSAGE("Hint", "Подсказка"),
	MESSAGE("Log in", "Войти"),
	MESSAGE("Not yet", ""),
};

static const struct message ukrainian[] = {
	MESSAGE("", CATALOGUE_HEADER("nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
	                             "n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;")),
	MESSAGE("%lld day\0%lld days", "%lld день\0%lld дні\0%lld днів"),
	MESSAGE("Log in", "Увійти"),
};

enum { RUSSIAN = sizeof(russian) / sizeof(russian[0]) };
enum { UKRAINIAN = sizeof(ukrainian) / sizeof(ukrainian[0]) };

/* A folder with a sound uk.mo and these bytes as ru.mo. */
static const char *folder_with(const void *bytes, size_t len)
{
	const char *folder = make_folder();
	struct buf uk = catalogue_bytes(ukrainian, UKRAINIAN, false);

	write_file(folder, "uk.mo", uk.data, uk.len);
	write_file(folder, "ru.mo", bytes, len);
	return folder;
}

static void english_needs_no_catalogue(void)
{
	CHECK_STR(i18n(LANG_EN, "Log in"), "Log in");
	CHECK_STR(i18n(LANG_RU, "Log in"), "Log in");
	CHECK_STR(i18n_plural(LANG_UK, "%lld day", "%lld days", 1), "%lld day");
	CHECK_STR(i18n_plural(LANG_UK, "%lld day", "%lld days", 21), "%lld days");
}

static void check_translations(void)
{
	CHECK_STR(i18n(LANG_RU, "Log in"), "Войти");
	CHECK_STR(i18n(LANG_RU, "Hint"), "Подсказка");
	CHECK_STR(i18n(LANG_UK, "Log in"), "Увійти");
	CHECK_STR(i18n(LANG_EN, "Log in"), "Log in");
	CHECK_STR(i18n(LANG_UK, "Hint"), "Hint");
	CHECK_STR(i18n(LANG_RU, "Not yet"), "Not yet");
	CHECK_STR(i18n(LANG_RU, "Zebra"), "Zebra");
	CHECK_STR(i18n(LANG_RU, ""), "");
	CHECK_STR(i18n(LANG_UK, ""), "");
}

static void both_byte_orders_are_read(void)
{
	for (int swapped = 0; swapped < 2; swapped++) {
		struct buf ru = catalogue_bytes(russian, RUSSIAN, swapped);

		CHECK_INT(i18n_load(folder_with(ru.data, ru.len)), OK);
		check_translations();
	}
}

static const char *days(enum language language, long long n)
{
	return i18n_plural(language, "%lld day", "%lld days", n);
}

static void plural_forms_follow_the_number(void)
{
	static const struct {
		long long n;
		const char *ru, *uk;
	} cases[] = {
		{ 0, "%lld дней", "%lld днів" },
		{ 1, "%lld день", "%lld день" },
		{ 2, "%lld дня", "%lld дні" },
		{ 4, "%lld дня", "%lld дні" },
		{ 5, "%lld дней", "%lld днів" },
		{ 11, "%lld дней", "%lld днів" },
		{ 12, "%lld дней", "%lld днів" },
		{ 14, "%lld дней", "%lld днів" },
		{ 21, "%lld день", "%lld день" },
		{ 22, "%lld дня", "%lld дні" },
		{ 25, "%lld дней", "%lld днів" },
		{ 100, "%lld дней", "%lld днів" },
		{ 101, "%lld день", "%lld день" },
		{ 111, "%lld дней", "%lld днів" },
		{ 112, "%lld дней", "%lld днів" },
		{ 1003, "%lld дня", "%lld дні" },
		{ -1, "%lld день", "%lld день" },
		{ -3, "%lld дня", "%lld дні" },
		{ 9223372036854775807LL, "%lld дней", "%lld днів" },
		{ -9223372036854775807LL - 1, "%lld дней", "%lld днів" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_STR(days(LANG_RU, cases[i].n), cases[i].ru);
		CHECK_STR(days(LANG_UK, cases[i].n), cases[i].uk);
	}
	CHECK_STR(days(LANG_EN, 1), "%lld day");
	CHECK_STR(days(LANG_EN, 0), "%lld days");
	CHECK_STR(i18n_plural(LANG_RU, "%d egg", "%d eggs", 1), "%d egg");
	CHECK_STR(i18n_plural(LANG_RU, "%d egg", "%d eggs", 2), "%d eggs");
	CHECK_STR(i18n_plural(LANG_RU, "Hint", "Hints", 1), "Подсказка");
	CHECK_STR(i18n_plural(LANG_RU, "Hint", "Hints", 2), "Hints");
}

static enum err load_bytes(const void *bytes, size_t len)
{
	return i18n_load(folder_with(bytes, len));
}

static void truncated_files_are_refused(void)
{
	struct buf ru = catalogue_bytes(russian, RUSSIAN, false);
	const char *folder = folder_with("", 0);

	for (size_t len = 0; len < ru.len; len++) {
		char *exact = malloc(len + 1); /* so that ASan sees a read beyond */

		memcpy(exact, ru.data, len);
		write_file(folder, "ru.mo", exact, len);
		CHECK_INT(i18n_load(folder), ERR_INTERNAL);
		free(exact);
	}
	check_translations(); /* what was loaded before stays */
	CHECK_INT(load_bytes(ru.data, ru.len), OK);
}

/* Overwrites every 32-bit field of the tables with extreme values: no crash, no OK. */
static void hostile_offsets_are_refused(void)
{
	static const uint32_t extremes[] = { 0x7fffffff, 0xffffffff, 0xfffffff8, 0x80000000 };
	struct buf ru = catalogue_bytes(russian, RUSSIAN, false);
	const char *folder = folder_with("", 0);
	size_t tables = 28 + 16 * RUSSIAN;

	for (size_t at = 0; at < tables; at += 4) {
		for (size_t i = 0; i < 4; i++) {
			char *copy = arena_copy(arena, ru.data, ru.len);
			bool unused = at == 20 || at == 24; /* the hash table */

			memcpy(copy + at, &extremes[i], 4);
			write_file(folder, "ru.mo", copy, ru.len);
			CHECK_INT(i18n_load(folder), unused ? OK : ERR_INTERNAL);
		}
	}
}

static void check_refused(const struct message *messages, size_t count)
{
	struct buf ru = catalogue_bytes(messages, count, false);

	CHECK_INT(load_bytes(ru.data, ru.len), ERR_INTERNAL);
}

static void unfit_catalogues_are_refused(void)
{
	static const struct message unsorted[] = { MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		                                   MESSAGE("b", "б"), MESSAGE("a", "а") };
	static const struct message twice[] = { MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		                                MESSAGE("a", "б"), MESSAGE("a", "а") };
	static const struct message not_utf8[] = { MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		                                   MESSAGE("a", "\xC0\xAF") };
	static const struct message two_forms[] = { MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		                                    MESSAGE("a\0as", "а\0б") };
	static const struct message four_forms[] = { MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		                                     MESSAGE("a\0as", "а\0б\0в\0г") };
	static const struct message english_rule[] = {
		MESSAGE("", CATALOGUE_HEADER("nplurals=2; plural=(n != 1);")), MESSAGE("a", "а")
	};
	static const struct message headless[] = { MESSAGE("a", "а") };

	check_refused(unsorted, 3);
	check_refused(twice, 3);
	check_refused(not_utf8, 2);
	check_refused(two_forms, 2);
	check_refused(four_forms, 2);
	check_refused(english_rule, 2);
	check_refused(headless, 1);
	CHECK(strstr(log_text(), "ru.mo: messages are not sorted") != NULL);
	CHECK(strstr(log_text(), "ru.mo: text is not UTF-8") != NULL);
	CHECK(strstr(log_text(), "Plural-Forms") != NULL);
	CHECK_INT(load_bytes("GIF89a, not a catalogue at all", 30), ERR_INTERNAL);
	CHECK_INT(i18n_load("/nonexistent"), ERR_INTERNAL);
}

/* Strings that lie on top of one another would make a small file slow to read. */
static void overlapping_strings_are_refused(void)
{
	static const struct message messages[] = {
		MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		{ "a", 1, NULL, 2000 },
		MESSAGE("b", "б"),
		MESSAGE("c", "в"),
	};
	struct message own[4];
	struct buf ru;

	memcpy(own, messages, sizeof(own));
	own[1].text = memset(arena_alloc(arena, 2000), 'x', 2000);
	ru = catalogue_bytes(own, 4, false);
	CHECK_INT(load_bytes(ru.data, ru.len), OK);
	for (size_t i = 6; i < 8; i++)
		memcpy(ru.data + 28 + 8 * i, ru.data + 28 + 8 * 5, 8);
	CHECK_INT(load_bytes(ru.data, ru.len), ERR_INTERNAL);
}

static void languages_have_codes_and_names(void)
{
	enum language language = LANG_EN;

	CHECK_STR(language_code(LANG_UK), "uk");
	CHECK_STR(language_name(LANG_RU), "Русский");
	CHECK_STR(language_name(LANG_UK), "Українська");
	CHECK(language_parse("ru", &language) && language == LANG_RU);
	CHECK(!language_parse("RU", &language) && language == LANG_RU);
	CHECK(!language_parse("", &language));
	CHECK(!language_parse("rus", &language));
}

static void languages_are_negotiated(void)
{
	static const struct {
		const char *header;
		enum language expected;
	} cases[] = {
		{ "uk-UA,uk;q=0.9,ru;q=0.8", LANG_UK },
		{ "be,ru;q=0.5", LANG_RU },
		{ "*", LANG_EN },
		{ "", LANG_EN },
		{ "de-DE, fr;q=0.5", LANG_EN },
		{ "en;q=0.5, ru;q=0.6", LANG_RU },
		{ "en-GB;q=0.5,uk;q=0.55,ru;q=0.549", LANG_UK },
		{ "ru,uk", LANG_RU },
		{ "uk,ru", LANG_UK },
		{ "RU-ru ; Q=1.000", LANG_RU },
		{ " ,\t, uk\t;\tq=0.3 ,", LANG_UK },
		{ "ru;q=0, *", LANG_EN },
		{ "en;q=0, *;q=0.1, uk;q=0", LANG_RU },
		{ "*;q=0.1, uk;q=0.2", LANG_UK },
		{ "*;q=0.3, uk;q=0.2", LANG_EN },
		{ "uk, *", LANG_UK },
		{ "ru;q=0", LANG_EN },
		{ "en;q=0.1, ru;q=2", LANG_EN },
		{ "en;q=0.1, ru;q=1.001", LANG_EN },
		{ "en;q=0.1, ru;q=0.1234", LANG_EN },
		{ "en;q=0.1, ru;q=.9", LANG_EN },
		{ "en;q=0.1, ru;q=", LANG_EN },
		{ "en;q=0.1, ru;q", LANG_EN },
		{ "en;q=0.1, ru;level=1", LANG_EN },
		{ "en;q=0.1, ru uk", LANG_EN },
		{ "en;q=0.1, rus, ru_RU, r, -ru", LANG_EN },
		{ "en;q=0.1, ru;q=0.", LANG_EN },
		{ "en;q=0.1, ru;q=1.", LANG_RU },
		{ "\xff\xfe;;;==,,q=1;", LANG_EN },
	};

	CHECK_INT(language_negotiate(NULL), LANG_EN);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (language_negotiate(cases[i].header) != cases[i].expected)
			printf("# for \"%s\":\n", cases[i].header);
		CHECK_INT(language_negotiate(cases[i].header), cases[i].expected);
	}
}

int main(void)
{
	log_folder();
	RUN(english_needs_no_catalogue);
	RUN(both_byte_orders_are_read);
	RUN(plural_forms_follow_the_number);
	RUN(truncated_files_are_refused);
	RUN(hostile_offsets_are_refused);
	RUN(unfit_catalogues_are_refused);
	RUN(overlapping_strings_are_refused);
	RUN(languages_have_codes_and_names);
	RUN(languages_are_negotiated);
	remove_folder(log_folder());
	return check_done();
}
