#include "check.h"

#include "base/buf.h"
#include "view/code_diff.h"

/* "expected|got" with the marked stretches in brackets, or the signs and lines of the diff. */
static const char *diff_of(const char *expected, const char *got)
{
	static const char *const names[] = { "expected_parts", "got_parts" };
	cJSON *test = cJSON_CreateObject();
	const cJSON *item;
	struct buf out;

	code_diff_add(arena, test, expected, got);
	buf_init(&out, arena);
	cJSON_ArrayForEach(item, json_get(test, "diff"))
	{
		const char *sign = json_bool(item, "is_missing", false) ? "-"
		                   : json_bool(item, "is_extra", false) ? "+"
		                                                        : " ";

		buf_printf(&out, "%s%s\n", sign, json_string(item, "text", "?"));
	}
	for (size_t i = 0; i < 2 && json_get(test, names[i]) != NULL; i++) {
		cJSON_ArrayForEach(item, json_get(test, names[i]))
		{
			bool is_marked = json_bool(item, "is_marked", false);

			buf_printf(&out, is_marked ? "[%s]" : "%s", json_string(item, "text", "?"));
		}
		buf_str(&out, i == 0 ? "|" : "");
	}
	return out.data;
}

static void one_line_marks_the_stretch_that_differs(void)
{
	CHECK_STR(diff_of("[1,2,3]", "[1,5,3]"), "[1,[2],3]|[1,[5],3]");
	CHECK_STR(diff_of("aaa", "aaaa"), "aaa|aaa[a]");
	CHECK_STR(diff_of("12", "1"), "1[2]|1");
	CHECK_STR(diff_of("", "x"), "|[x]");
	CHECK_STR(diff_of("same", "same"), "same|same");
}

static void characters_are_never_cut(void)
{
	/* и and й share their first byte, й and щ's neighbours their last one. */
	CHECK_STR(diff_of("кий", "кии"), "ки[й]|ки[и]");
	CHECK_STR(diff_of("\xD0\xB9", "\xD1\xB9"), "[\xD0\xB9]|[\xD1\xB9]");
	CHECK_STR(diff_of("a😀", "a😁"), "a[😀]|a[😁]");
}

static void several_lines_give_a_shortest_edit(void)
{
	CHECK_STR(diff_of("a\nb\nc\n", "a\nc\n"), " a\n-b\n c\n");
	CHECK_STR(diff_of("a\nc", "a\nb\nc"), " a\n+b\n c\n");
	CHECK_STR(diff_of("a\nb\nc", "a\nx\nc"), " a\n-b\n+x\n c\n");
	CHECK_STR(diff_of("a\n\nb", "a\nb"), " a\n-\n b\n");
	CHECK_STR(diff_of("a\nb", ""), "-a\n-b\n+\n");
}

static char *numbers(int from, int count)
{
	struct buf out;

	buf_init(&out, arena);
	for (int i = from; i < from + count; i++)
		buf_printf(&out, "%d\n", i);
	return out.data;
}

static void very_long_texts_are_compared_line_by_line(void)
{
	const char *text = diff_of(numbers(0, 400), numbers(1, 400));
	size_t lines = 0;

	CHECK(strncmp(text, "-0\n 1\n", 6) == 0);
	text = diff_of(numbers(0, 5000), numbers(1, 5000));
	CHECK(strncmp(text, "-0\n+1\n-1\n+2\n", 12) == 0);
	for (const char *p = text; *p != '\0'; p++)
		lines += *p == '\n';
	CHECK_INT((long long)lines, 1000);
}

int main(void)
{
	RUN(one_line_marks_the_stretch_that_differs);
	RUN(characters_are_never_cut);
	RUN(several_lines_give_a_shortest_edit);
	RUN(very_long_texts_are_compared_line_by_line);
	return check_done();
}
