#include "store_fixture.h"

/* 70 bytes in 37 characters: places in it are counted in bytes. */
#define ANSWER "Ідемпотентний запит: повтор безпечний"

static struct store *store;
static struct interview interview;
static struct question question;

static void open_store(void)
{
	store = fixture_store();
	fixture_role(store);
	interview = fixture_interview(store, fixture_user(store, "ann", "Анна").id, "n");
	question = fixture_question(store, interview.id, 1);
	question.answer = ANSWER;
	CHECK_INT(question_save(store, &question), OK);
}

static struct evaluation grade(struct mark *marks, size_t count)
{
	return (struct evaluation){ .question_id = question.id,
		                    .engine = "builtin",
		                    .version = "builtin-1",
		                    .score = 7.125,
		                    .max_score = 10,
		                    .verdict = "good",
		                    .structure = 1,
		                    .relevance = 2,
		                    .technical_accuracy = 3,
		                    .depth = 4,
		                    .communication = 5,
		                    .flags = 0x80000001U,
		                    .feedback_short = "short",
		                    .feedback_detailed = "detailed",
		                    .next_difficulty = "increase",
		                    .created_at = 77,
		                    .marks = marks,
		                    .mark_count = count };
}

static void evaluations_round_trip(void)
{
	struct span spans[] = { { 40, 50 }, { 0, 9 }, { 40, 60 } };
	struct mark marks[] = { { "a", "A", "covered", 0.9, "wording", NULL, spans, 3, "call 7" },
		                { "b", "B", "missing", 0, NULL, "wrong", NULL, 0, NULL } };
	struct evaluation evaluation, got;

	open_store();
	evaluation = grade(marks, 2);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), ERR_NOT_FOUND);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK_NEAR(got.score, 7.125, 0);
	CHECK(got.structure == 1 && got.relevance == 2 && got.technical_accuracy == 3);
	CHECK(got.depth == 4 && got.communication == 5 && got.flags == 0x80000001U);
	CHECK_STR(got.verdict, "good");
	CHECK_STR(got.feedback_detailed, "detailed");
	CHECK_STR(got.next_difficulty, "increase");
	CHECK(got.steps == NULL);
	CHECK(got.created_at == 77 && got.mark_count == 2);
	CHECK_STR(got.marks[0].wording, "wording");
	CHECK_NEAR(got.marks[0].coverage, 0.9, 0);
	CHECK(got.marks[0].wrong == NULL && got.marks[0].span_count == 2);
	CHECK(got.marks[0].spans[0].start == 0 && got.marks[0].spans[0].end == 9);
	CHECK(got.marks[0].spans[1].start == 40 && got.marks[0].spans[1].end == 60);
	CHECK_STR(got.marks[0].matched, "call 7");
	CHECK_STR(got.marks[1].matched, "");
	CHECK(got.marks[1].span_count == 0 && got.marks[1].wording == NULL);
	CHECK_STR(got.marks[1].wrong, "wrong");
	fixture_remove();
}

static void an_evaluation_replaces_the_earlier_one(void)
{
	struct span span = { 1, 2 };
	struct mark marks[] = { { "a", "A", "covered", 1, "w", NULL, &span, 1, NULL },
		                { "b", "B", "partial", 1, "w", NULL, &span, 1, NULL } };
	struct evaluation evaluation, got;

	open_store();
	evaluation = grade(marks, 2);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	evaluation = grade(&marks[1], 1);
	evaluation.score = 1;
	evaluation.steps = "{\"points\":0.5}";
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(store_commit(store), OK);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK(got.score == 1 && got.mark_count == 1);
	CHECK_STR(got.steps, "{\"points\":0.5}");
	CHECK_STR(got.marks[0].key_point_id, "b");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM evidence"), "1");
	fixture_remove();
}

static void no_credit_without_evidence(void)
{
	struct span span = { 1, 2 }, empty = { 5, 5 };
	struct mark mark = { "a", "A", "partial", 1, "w", NULL, &span, 1, NULL };
	struct evaluation evaluation, got;

	open_store();
	evaluation = grade(&mark, 1);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	mark.span_count = 0;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	mark.span_count = 1;
	mark.spans = &empty;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK(got.mark_count == 1 && got.marks[0].span_count == 1); /* the first one stayed */
	CHECK_INT(fixture_sql(database, "DELETE FROM evidence"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET first_span = 9"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET first_span = NULL"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET status = 'missing', first_span = NULL;"
	                                "DELETE FROM evidence"),
	          SQLITE_OK);
	fixture_remove();
}

static void evidence_stands_in_the_answer(void)
{
	const int64_t len = (int64_t)strlen(ANSWER);
	struct span span = { 0, len };
	struct mark mark = { "a", "A", "covered", 1, "w", NULL, &span, 1, "rule point" };
	struct evaluation evaluation, got;

	open_store();
	evaluation = grade(&mark, 1);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	span.end = len + 1;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	span = (struct span){ len + 4, len + 9 };
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	span = (struct span){ -1, 4 };
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET span_end = span_end + 1"),
	          SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET span_end = 0"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET span_start = -1"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET span_start = 3"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET position = 1"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE evidence SET span_end = 2"), SQLITE_OK);
	CHECK_INT(evaluation_get(store, arena, question.id, &got), OK);
	CHECK(got.marks[0].span_count == 1 && got.marks[0].spans[0].end == 2);
	CHECK_STR(got.marks[0].matched, "rule point");
	fixture_remove();
}

static void a_missing_point_becomes_no_covered_one(void)
{
	struct mark mark = { "a", "A", "missing", 0, NULL, NULL, NULL, 0, "" };
	struct evaluation evaluation;

	open_store();
	evaluation = grade(&mark, 1);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET status = 'covered'"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET status = 'partial', first_span = 0"),
	          SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database, "UPDATE marks SET status = 'said'"), SQLITE_CONSTRAINT);
	CHECK_INT(fixture_sql(database,
	                      "INSERT INTO marks (question_id, position, key_point_id,"
	                      " body, status, coverage)"
	                      " SELECT question_id, 1, 'b', 'B', 'covered', 1 FROM marks"),
	          SQLITE_CONSTRAINT);
	CHECK_STR(fixture_ask(database, "SELECT status || count(*) FROM marks"), "missing1");
	fixture_remove();
}

static void impossible_scores_are_refused(void)
{
	struct evaluation evaluation;

	open_store();
	evaluation = grade(NULL, 0);
	evaluation.score = 10.5;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	evaluation.score = 0.0 / 0.0;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	evaluation.score = 10;
	evaluation.depth = 5.5;
	CHECK_INT(evaluation_save(store, &evaluation), ERR_INTERNAL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM evaluations"), "0");
	fixture_remove();
}

static struct report_row add_report(const char *interview_id, double score)
{
	struct report_row report = { .interview_id = interview_id,
		                     .version = "builtin-1",
		                     .body = "{\"a\":1}",
		                     .total_score = score,
		                     .max_score = 80 };

	CHECK_INT(report_add(store, arena, &report), OK);
	return report;
}

static void an_interview_has_one_report(void)
{
	struct report_row report, twin, got;

	open_store();
	CHECK_INT(report_of_interview(store, arena, interview.id, &got), ERR_NOT_FOUND);
	report = add_report(interview.id, 40);
	twin = report;
	CHECK_INT(report_add(store, arena, &twin), ERR_CONFLICT);
	CHECK_INT(report_of_interview(store, arena, interview.id, &got), OK);
	CHECK_STR(got.id, report.id);
	CHECK_STR(got.body, "{\"a\":1}");
	CHECK(got.total_score == 40 && got.max_score == 80);
	CHECK(got.created_at == report.created_at && got.created_at > 0);
	fixture_remove();
}

static void a_deleted_user_leaves_nothing(void)
{
	static const char *const tables[] = { "web_sessions", "interviews", "questions",
		                              "turns",        "drafts",     "evaluations",
		                              "marks",        "evidence",   "reports" };
	struct span span = { 1, 2 };
	struct mark mark = { "a", "A", "covered", 1, "w", NULL, &span, 1, NULL };
	struct turn turn = { .author = "interviewer", .kind = "question", .body = "?" };
	struct evaluation evaluation;

	open_store();
	evaluation = grade(&mark, 1);
	turn.question_id = question.id;
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	CHECK_INT(turn_add(store, interview.id, &turn), OK);
	CHECK_INT(draft_save(store, interview.id, "d"), OK);
	CHECK_INT(session_add(store, "t", interview.owner_id, "", 5), OK);
	add_report(interview.id, 1);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		CHECK_STR(fixture_ask(database,
		                      arena_printf(arena, "SELECT count(*) FROM %s", tables[i])),
		          "1");
	CHECK_INT(fixture_sql(database, "DELETE FROM users"), SQLITE_OK);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		CHECK_STR(fixture_ask(database,
		                      arena_printf(arena, "SELECT count(*) FROM %s", tables[i])),
		          "0");
	fixture_remove();
}

int main(void)
{
	RUN(evaluations_round_trip);
	RUN(an_evaluation_replaces_the_earlier_one);
	RUN(no_credit_without_evidence);
	RUN(evidence_stands_in_the_answer);
	RUN(a_missing_point_becomes_no_covered_one);
	RUN(impossible_scores_are_refused);
	RUN(an_interview_has_one_report);
	RUN(a_deleted_user_leaves_nothing);
	return check_done();
}
