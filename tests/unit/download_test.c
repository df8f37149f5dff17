/* Names of downloads: what a browser, an old client and a file system make of them. */
#include "check.h"

#include "base/latin.h"
#include "base/text.h"
#include "web/download.h"

static void russian_and_ukrainian_names_in_latin_letters(void)
{
	CHECK_STR(latin_text(arena, "Щукина Юлия Объёмова"), "Shchukina Iuliia Obieemova");
	CHECK_STR(latin_text(arena, "Їжак Ганна"), "Yizhak Hanna");
	CHECK_STR(latin_text(arena, "Згурський Юрій, Олена Ґрунтовна-Єфименко"),
	          "Zghurskyi Yurii, Olena Gruntovna-Yefymenko");
	CHECK_STR(latin_text(arena, "В’ячеслав"), "Viacheslav");
	CHECK_STR(latin_text(arena, "Zoë Müller, I\u0301ñigo"), "Zoe Muller, Inigo");
	CHECK_STR(latin_text(arena, "名前 🙂"), "__ _");
	CHECK_STR(latin_text(arena, "a\r\nb"), "a__b");
	CHECK_STR(latin_text(arena, ""), "");
}

static void a_name_is_told_whole_and_in_ascii(void)
{
	CHECK_STR(download_disposition(arena, "Ann Lee.pdf"),
	          "attachment; filename=\"Ann Lee.pdf\"; filename*=UTF-8''Ann%20Lee.pdf");
	CHECK_STR(download_disposition(arena, "Їжак_2026-11-21.pdf"),
	          "attachment; filename=\"Yizhak_2026-11-21.pdf\"; "
	          "filename*=UTF-8''%D0%87%D0%B6%D0%B0%D0%BA_2026-11-21.pdf");
	CHECK_STR(download_disposition(arena, "a\"b;c%41.txt"),
	          "attachment; filename=\"a'b_c_41.txt\"; filename*=UTF-8''a%22b%3Bc%2541.txt");
	CHECK_STR(download_disposition(arena, "😀.txt"),
	          "attachment; filename=\"_.txt\"; filename*=UTF-8''%F0%9F%98%80.txt");
}

static void no_name_breaks_out(void)
{
	CHECK_STR(download_disposition(arena, "a\r\nX-Evil: 1"),
	          "attachment; filename=\"a__X-Evil: 1\"; filename*=UTF-8''a__X-Evil%3A%201");
	CHECK_STR(download_disposition(arena, "../../etc/pass\\wd"),
	          "attachment; filename=\"_._.._etc_pass_wd\"; "
	          "filename*=UTF-8''_._.._etc_pass_wd");
	CHECK_STR(download_disposition(arena, ""),
	          "attachment; filename=\"download\"; filename*=UTF-8''download");
}

/* Three hundred letters of two bytes: cut between letters, the ending stays. */
static void a_long_name_keeps_its_ending(void)
{
	struct buf name;
	const char *value, *ending;

	buf_init(&name, arena);
	for (int i = 0; i < 300; i++)
		buf_str(&name, "ж");
	buf_str(&name, ".pdf");
	value = download_disposition(arena, name.data);
	ending = strstr(value, "\"; ");
	CHECK(ending != NULL && strncmp(ending - 4, ".pdf", 4) == 0);
	CHECK(strlen(strstr(value, "UTF-8''")) == strlen("UTF-8''") + 98 * strlen("%D0%B6") + 4);
	CHECK(text_valid(value, strlen(value)));
}

int main(void)
{
	RUN(russian_and_ukrainian_names_in_latin_letters);
	RUN(a_name_is_told_whole_and_in_ascii);
	RUN(no_name_breaks_out);
	RUN(a_long_name_keeps_its_ending);
	return check_done();
}
