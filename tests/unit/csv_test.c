/* CSV: what a spreadsheet reads back, and that no cell of it is a formula. */
#include "check.h"

#include <math.h>

#include "base/csv.h"

/* Written by a row with that one text, without the byte order mark and the line's end. */
static const char *written(const char *text)
{
	struct buf out;
	struct csv csv;

	buf_init(&out, arena);
	csv = csv_begin(&out);
	csv_text(&csv, text);
	csv_end(&csv);
	CHECK(out.len >= 5 && memcmp(out.data, "\xEF\xBB\xBF", 3) == 0);
	CHECK(memcmp(out.data + out.len - 2, "\r\n", 2) == 0);
	return arena_copy(arena, out.data + 3, out.len - 5);
}

static void texts_are_quoted(void)
{
	CHECK_STR(written("Ann"), "\"Ann\"");
	CHECK_STR(written("O\"Brien, Ann"), "\"O\"\"Brien, Ann\"");
	CHECK_STR(written("two\nlines"), "\"two\nlines\"");
	CHECK_STR(written("Їжак — Ґудзь"), "\"Їжак — Ґудзь\"");
	CHECK_STR(written(""), "");
	CHECK_STR(written(NULL), "");
}

static void formulas_become_texts(void)
{
	CHECK_STR(written("=cmd|'/c calc'!A1"), "\"'=cmd|'/c calc'!A1\"");
	CHECK_STR(written("+1"), "\"'+1\"");
	CHECK_STR(written("-1+1"), "\"'-1+1\"");
	CHECK_STR(written("@SUM(1)"), "\"'@SUM(1)\"");
	CHECK_STR(written("\t=1"), "\"\t'=1\"");
	CHECK_STR(written("\r=1"), "\"\r'=1\"");
	CHECK_STR(written("  =1"), "\"  '=1\"");
	CHECK_STR(written("\"=1"), "\"\"\"'=1\"");
	CHECK_STR(written("\" \"\"=1"), "\"\"\" \"\"\"\"'=1\"");
	CHECK_STR(written("\xC2\xA0=1"), "\"\xC2\xA0'=1\"");
	CHECK_STR(written("\xE2\x80\x8B=1"), "\"\xE2\x80\x8B'=1\"");
	CHECK_STR(written("＝1"), "\"'＝1\"");
	CHECK_STR(written("＋1"), "\"'＋1\"");
	CHECK_STR(written("－1"), "\"'－1\"");
	CHECK_STR(written("＠1"), "\"'＠1\"");
}

/* A spreadsheet that separates by semicolons does not see our quotes where its cell begins. */
static void other_separators_begin_no_formula(void)
{
	CHECK_STR(written("a;=1"), "\"a;'=1\"");
	CHECK_STR(written("a\t@x"), "\"a\t'@x\"");
	CHECK_STR(written("a\n-x"), "\"a\n'-x\"");
	CHECK_STR(written("a\",\"=1"), "\"a\"\",\"\"'=1\"");
	CHECK_STR(written("a-b=c@d+e"), "\"a-b=c@d+e\"");
	CHECK_STR(written("a \"=1"), "\"a \"\"=1\"");
}

static void numbers_stay_numbers(void)
{
	struct buf out;
	struct csv csv;

	buf_init(&out, arena);
	csv = csv_begin(&out);
	csv_integer(&csv, -5);
	csv_number(&csv, -0.25);
	csv_number(&csv, 2.0 / 3);
	csv_number(&csv, -0.0);
	csv_number(&csv, 1e6);
	csv_number(&csv, NAN);
	csv_time(&csv, 1700000000000);
	csv_time(&csv, 0);
	csv_end(&csv);
	csv_head(&csv, (const char *const[]){ "a", "-b", NULL });
	CHECK_STR(out.data, "\xEF\xBB\xBF-5,-0.25,0.6667,0,1000000,,2023-11-14T22:13:20Z,\r\n"
	                    "\"a\",\"'-b\"\r\n");
}

int main(void)
{
	RUN(texts_are_quoted);
	RUN(formulas_become_texts);
	RUN(other_separators_begin_no_formula);
	RUN(numbers_stay_numbers);
	return check_done();
}
