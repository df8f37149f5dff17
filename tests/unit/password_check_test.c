#include "check.h"

#include <stdlib.h>

#include "base/config.h"
#include "web/password_check.h"

static const char *fault(const char *password)
{
	return password_check(arena, password, "anna-k");
}

static bool is_about(const char *password, const char *word)
{
	const char *text = fault(password);

	if (text != NULL && strstr(text, word) != NULL)
		return true;
	printf("# %s: %s\n", password, text != NULL ? text : "no fault");
	return false;
}

static void good_passwords_pass(void)
{
	static const char *const good[] = {
		"correct horse battery staple",
		"my cat eats fish on monday",
		"кошка ест рыбу по средам",
		"кит гойдає синю парасольку",
		"the student hides nothing in the first drawer",
		"Tr0ub4dor&3",
		"h7#kQ2!vLp",
		"密码并不是很简单的东西",
		"🦊🐢🦉🐙🦀🐝🦋🐳",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		CHECK_STR(fault(good[i]) == NULL ? good[i] : fault(good[i]), good[i]);
}

static void length_counts_characters_not_bytes(void)
{
	char text[600];

	CHECK(is_about("k#9vQ!z", "8 to 256"));
	CHECK(is_about("жщюфъ", "8 to 256"));
	CHECK(is_about("", "8 to 256"));
	text[0] = '\0';
	for (int i = 0; i < 32; i++)
		strcat(text, "жЩюфъ7Э!");
	CHECK(fault(text) == NULL || strstr(fault(text), "8 to 256") == NULL);
	strcat(text, "!");
	CHECK(is_about(text, "8 to 256"));
}

static void the_user_name_is_no_part_of_it(void)
{
	CHECK(is_about("anna-k 7 towers", "user name"));
	CHECK(is_about("my ANNA-K sings", "user name"));
	CHECK(strstr(password_check(arena, "кот ПЁТР-7 спит", "Пётр-7"), "user name") != NULL);
}

static void what_repeats_itself(void)
{
	CHECK(is_about("aaaaaaaaaa", "repeats"));
	CHECK(is_about("ыыыыыыыыы", "repeats"));
	CHECK(is_about("abcabcabcab", "repeats"));
	CHECK(is_about("x1x1x1x1", "repeats"));
	CHECK(is_about("        ", "repeats"));
	CHECK(is_about("aab bab aab", "repeats"));
}

static void what_follows_a_row(void)
{
	CHECK(is_about("12345678", "follows"));
	CHECK(is_about("987654321", "follows"));
	CHECK(is_about("abcdefgh", "follows"));
	CHECK(is_about("qwertyuiop", "follows"));
	CHECK(is_about("йцукенгшщ", "follows"));
	CHECK(is_about("ЙЦУКЕН123", "follows"));
	CHECK(is_about("asdf1234", "follows"));
	CHECK(is_about("poiuytrewq", "follows"));
	CHECK(is_about("0987654321", "follows"));
}

static void what_is_too_common(void)
{
	static const char *const common[] = { "password",  "Password1!", "iloveyou", "sunshine1",
		                              "зфыыцщкв",  "пароль123",  "gfhjkm12", "Привет!!!",
		                              "parol2024", "сонечко1",   "1q2w3e4r", "admin123",
		                              "viva1234",  "drowssap" };

	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		CHECK(is_about(common[i], "too common"));
}

int main(void)
{
	config_load();
	RUN(good_passwords_pass);
	RUN(length_counts_characters_not_bytes);
	RUN(the_user_name_is_no_part_of_it);
	RUN(what_repeats_itself);
	RUN(what_follows_a_row);
	RUN(what_is_too_common);
	return check_done();
}
