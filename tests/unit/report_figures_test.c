/* What charts are drawn of: shares of marks, and where in the interview its time went. */
#include "report_fixture.h"

#include "report/present.h"

static const cJSON *page_of(const struct report_source *source)
{
	return present_document(arena, report_build(arena, source, NULL));
}

/* 200 seconds: the first question from 10 to 100, the second to 130.5, the third was not reached.
 */
static void time_lies_where_it_was_spent(void)
{
	struct report_source source = fixture_source();
	const cJSON *page = page_of(&source);

	CHECK_SIZE(page, "times", 2);
	CHECK_NUMBER(page, "times.0.number", 1);
	CHECK_NUMBER(page, "times.0.seconds", 90);
	CHECK_TEXT(page, "times.0.duration", "1 min 30 s");
	CHECK_NUMBER(page, "times.0.from", 0.05);
	CHECK_NUMBER(page, "times.0.to", 0.5);
	CHECK_NUMBER(page, "times.0.ratio", 0.8);
	CHECK_NUMBER(page, "times.1.from", 0.5);
	CHECK_NUMBER(page, "times.1.ratio", 0.05);
	CHECK(cJSON_IsTrue(at(page, "has_times")));
}

static void code_has_its_place_as_well(void)
{
	struct report_source source = fixture_coding_source();
	const cJSON *page = page_of(&source);

	CHECK_SIZE(page, "times", 3);
	CHECK_NUMBER(page, "times.2.from", 0.65);
	CHECK_NUMBER(page, "times.2.to", 0.95);
	CHECK_NUMBER(page, "times.2.ratio", 0.73);
}

/* An interview that ended when it began has no room for places. */
static void no_time_is_no_place(void)
{
	struct report_source source = fixture_source();

	source.interview.finished_at = source.interview.created_at;
	CHECK_NULL(page_of(&source), "times.0.from");
	source.count = 0;
	CHECK_SIZE(page_of(&source), "times", 0);
	CHECK(cJSON_IsFalse(at(page_of(&source), "has_times")));
}

static void a_single_track_is_no_chart(void)
{
	struct report_source source = fixture_source();

	CHECK_SIZE(page_of(&source), "tracks", 2);
	source.count = 2;
	CHECK_SIZE(page_of(&source), "tracks", 0);
	CHECK(cJSON_IsFalse(at(page_of(&source), "has_tracks")));
	CHECK_SIZE(page_of(&source), "skills", 3);
}

int main(void)
{
	RUN(time_lies_where_it_was_spent);
	RUN(code_has_its_place_as_well);
	RUN(no_time_is_no_place);
	RUN(a_single_track_is_no_chart);
	return check_done();
}
