/* Places of an answer that a candidate can point at, and until when. */
#include "check.h"

#include <string.h>

#include "base/buf.h"
#include "report/appeals.h"

/* The pieces, each in brackets. */
static const char *cut(const char *answer)
{
	const struct sentence_list list = appeals_sentences(arena, answer);
	struct buf out;

	buf_init(&out, arena);
	buf_str(&out, "");
	for (size_t i = 0; i < list.count; i++) {
		buf_char(&out, '[');
		buf_add(&out, answer + list.items[i].start,
		        (size_t)(list.items[i].end - list.items[i].start));
		buf_char(&out, ']');
	}
	return out.data;
}

static void sentences_end_where_people_end_them(void)
{
	CHECK_STR(cut("One. Two! Three? Four"), "[One.][Two!][Three?][Four]");
	CHECK_STR(cut("Say it (now.) Then go..."), "[Say it (now.)][Then go...]");
	CHECK_STR(cut("Он сказал: «да». Потом — нет… Всё"),
	          "[Он сказал: «да».][Потом — нет…][Всё]");
	CHECK_STR(cut("PostgreSQL 15.2 and a.b() stay whole"),
	          "[PostgreSQL 15.2 and a.b() stay whole]");
	CHECK_STR(cut("- a list\n- of two\n\n\nand more"), "[- a list][- of two][and more]");
}

static void white_space_is_no_place(void)
{
	CHECK_STR(cut(""), "");
	CHECK_STR(cut(" \n\t "), "");
	CHECK_STR(cut("  One.   \n  Two  "), "[One.][Two]");
	CHECK_STR(cut("."), "[.]");
	CHECK_STR(cut("🙂. 🙂"), "[🙂.][🙂]");
}

static void a_very_long_answer_is_still_covered(void)
{
	struct sentence_list list;
	struct buf answer;

	buf_init(&answer, arena);
	for (int i = 0; i < 1000; i++)
		buf_str(&answer, "Да. ");
	list = appeals_sentences(arena, answer.data);
	CHECK(list.count > 0 && list.count <= APPEALS_SENTENCES);
	CHECK_INT(list.items[0].start, 0);
	CHECK_INT(list.items[list.count - 1].end, (int64_t)answer.len - 1);
	for (size_t i = 1; i < list.count; i++)
		CHECK_INT(list.items[i].start, list.items[i - 1].end + 1);
}

static void only_what_is_over_and_not_long_ago_can_be_appealed_against(void)
{
	const int64_t day = INT64_C(24) * 60 * 60 * 1000, end = 1000 * day;
	struct interview interview = { .status = "completed", .finished_at = end };

	CHECK(appeals_in_time(&interview, end));
	CHECK(appeals_in_time(&interview, end + APPEALS_DAYS * day - 1));
	CHECK(!appeals_in_time(&interview, end + APPEALS_DAYS * day));
	interview.status = "in_progress";
	CHECK(!appeals_in_time(&interview, end));
}

int main(void)
{
	RUN(sentences_end_where_people_end_them);
	RUN(white_space_is_no_place);
	RUN(a_very_long_answer_is_still_covered);
	RUN(only_what_is_over_and_not_long_ago_can_be_appealed_against);
	return check_done();
}
