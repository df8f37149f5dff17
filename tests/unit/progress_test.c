/* What many interviews show together: sums computed by hand, and the rows they come from. */
#include "store_fixture.h"

#include <math.h>

#include "report/growth.h"
#include "store/progress.h"
#include "store/submission.h"

#define ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))
#define DAY             (INT64_C(24) * 60 * 60 * 1000)

/* --- days in a row ------------------------------------------------------------------- */

static struct growth_streak streak_of(const int64_t *days, size_t count, int64_t today)
{
	int64_t sorted[16];

	for (size_t i = 0; i < count; i++)
		sorted[i] = days[i];
	return growth_streak(sorted, count, today);
}

static void a_streak_counts_days_up_to_today(void)
{
	const int64_t days[] = { 100, 98, 99, 99, 100, 90, 91, 92, 93, 80 };
	struct growth_streak streak = streak_of(days, ELEMENTS(days), 100);

	CHECK_INT(streak.days, 3);
	CHECK_INT(streak.longest, 4);
}

static void a_streak_lives_until_the_day_after_is_over(void)
{
	const int64_t days[] = { 100, 99 };

	CHECK_INT(streak_of(days, 2, 101).days, 2);
	CHECK_INT(streak_of(days, 2, 102).days, 0);
	CHECK_INT(streak_of(days, 2, 102).longest, 2);
}

static void no_day_is_no_streak(void)
{
	struct growth_streak streak = growth_streak(NULL, 0, 100);

	CHECK_INT(streak.days, 0);
	CHECK_INT(streak.longest, 0);
	CHECK_INT(streak_of((const int64_t[]){ 100 }, 1, 100).days, 1);
}

/* --- tracks, skills, trends ---------------------------------------------------------- */

static const char *tags_http[] = { "http", "api" };
static const char *tags_sql[] = { "sql" };
static const struct growth_point points_http[] = { { "safe", "GET is safe" },
	                                           { "same", "The same effect" } };
static const struct growth_point points_sql[] = { { "index", "Indexes speed up reading" } };

static struct growth_question questions[] = {
	{ .id = "q-http",
	  .track = "backend",
	  .text = "What is idempotency?",
	  .max_score = 10,
	  .tags = tags_http,
	  .tag_count = 2,
	  .points = points_http,
	  .point_count = 2 },
	{ .id = "q-sql",
	  .track = "data",
	  .text = "What is an index?",
	  .max_score = 10,
	  .tags = tags_sql,
	  .tag_count = 1,
	  .points = points_sql,
	  .point_count = 1 },
	{ .id = "task-sum",
	  .track = "backend",
	  .text = "Sum",
	  .max_score = 0,
	  .tags = tags_sql,
	  .tag_count = 1 },
};
static const struct growth_bank bank = { questions, 3 };

static struct progress_answer graded(const char *bank_id, int64_t at, double score)
{
	return (struct progress_answer){
		.bank_id = bank_id,
		.at = at,
		.is_graded = true,
		.score = score,
		.max_score = 10,
		.rubric = { 5, 4, 3, 2, 1 },
	};
}

static const struct growth_group *group(const struct growth_group_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].name, name) == 0)
			return &list->items[i];
	CHECK(false);
	return &list->items[0];
}

static void scores_add_up_by_track_and_by_skill(void)
{
	struct progress_answer answers[] = {
		graded("q-http", 1, 8),
		graded("q-sql", 2, 4),
		{ .bank_id = "q-http", .at = 3 }, /* given up: 0 of 10 */
		graded("gone", 4, 10),            /* no question of the bank any more */
	};
	struct progress_attempt attempts[] = {
		{ "t1", "task-sum", 5, 1, false, 1, 1, 2, 1, 4 },
		{ "t1", "task-sum", 5, 1, false, 2, 2, 2, 4, 4 },
		{ "t2", "task-sum", 6, 0, true, 1, 2, 2, 4, 4 },
		{ "t3", "task-sum", 7, 0, false, 0, 0, 0, 0, 0 },
	};
	const struct progress_answer_list answer_list = { answers, ELEMENTS(answers) };
	const struct progress_attempt_list attempt_list = { attempts, ELEMENTS(attempts) };
	struct growth_samples samples;
	struct growth_group_list list;

	growth_sample_all(arena, &bank, &answer_list, &attempt_list, &samples);
	list = growth_groups(&samples.tracks);
	CHECK_INT((int)list.count, 2);
	CHECK_STR(list.items[0].name, "backend");
	CHECK_INT(list.items[0].questions, 5);
	/*
	 * 8 + 0 of theory; a full pass at the second try with a hint: 10 - 0.5 - 0.25, rounded
	 * to 9.3 as its report has it; one after the model answer: 3; one given up: 0.
	 */
	CHECK_NEAR(list.items[0].ratio, (8 + 0 + 9.3 + 3 + 0) / 50, 1e-9);
	CHECK_NEAR(list.items[1].ratio, 0.4, 1e-9);
	list = growth_groups(&samples.skills);
	CHECK_INT((int)list.count, 3);
	CHECK_NEAR(group(&list, "http")->ratio, 0.4, 1e-9);
	CHECK_NEAR(group(&list, "api")->ratio, 0.4, 1e-9);
	CHECK_NEAR(group(&list, "sql")->ratio, (4 + 9.3 + 3 + 0) / 40, 1e-9);
}

static double trend_of(const double *scores, size_t count)
{
	struct progress_answer answers[16];
	const struct progress_answer_list list = { answers, count };
	const struct progress_attempt_list none = { 0 };
	struct growth_samples samples;

	/* In the wrong order, for the trend goes by time. */
	for (size_t i = 0; i < count; i++)
		answers[count - 1 - i] = graded("q-sql", (int64_t)i + 1, scores[i]);
	growth_sample_all(arena, &bank, &list, &none, &samples);
	return growth_groups(&samples.skills).items[0].trend;
}

static void a_trend_sets_the_latest_against_those_before(void)
{
	CHECK(isnan(trend_of((const double[]){ 1, 2, 9 }, 3)));
	CHECK_NEAR(trend_of((const double[]){ 2, 4, 6, 10 }, 4), 0.5, 1e-9);
	CHECK_NEAR(trend_of((const double[]){ 9, 2, 4, 6, 10 }, 5), 0.5, 1e-9);
	CHECK_NEAR(trend_of((const double[]){ 7, 7, 7, 7, 7, 7 }, 6), 0, 1e-9);
	/* Twelve: the latest five, 8 on average, and the five before, 3. */
	CHECK_NEAR(trend_of((const double[]){ 10, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 12), 0.5,
	           1e-9);
}

static void the_rubric_is_the_mean_of_graded_answers(void)
{
	struct progress_answer answers[] = { graded("q-http", 1, 8),
		                             graded("q-sql", 2, 4),
		                             { .bank_id = "q-http", .at = 3 } };
	const struct progress_answer_list list = { answers, 3 };
	double means[5];

	answers[1].rubric[0] = 2;
	CHECK(growth_rubric(&list, means));
	CHECK_NEAR(means[0], 3.5, 1e-9);
	CHECK_NEAR(means[4], 1, 1e-9);
	CHECK(!growth_rubric(&(struct progress_answer_list){ &answers[2], 1 }, means));
	CHECK(!growth_rubric(&(struct progress_answer_list){ 0 }, means));
}

/* --- weak points --------------------------------------------------------------------- */

static void weak_points_are_those_missed_most_and_not_said_since(void)
{
	struct progress_point rows[] = {
		{ "q-sql", "index", 1, 0, 1, 30, "missing", "i3", 2 },
		{ "q-http", "safe", 2, 1, 0, 10, "partial", "i1", 1 },
		{ "q-http", "same", 1, 0, 2, 20, "covered", "i2", 4 },
		{ "q-http", "unknown", 9, 0, 0, 20, "missing", "i2", 4 },
		{ "gone", "x", 9, 0, 0, 20, "missing", "i2", 4 },
	};
	const struct growth_weak_list list = growth_weak_points(
	        arena, &bank, &(struct progress_point_list){ rows, ELEMENTS(rows) });

	CHECK_INT((int)list.count, 2);
	CHECK_INT((int)list.mended, 1);
	CHECK_STR(list.items[0].text, "GET is safe");
	CHECK_STR(list.items[0].question->text, "What is idempotency?");
	CHECK_INT(list.items[0].point.missing, 2);
	CHECK_INT(list.items[0].point.partial, 1);
	CHECK_STR(list.items[0].point.last_interview_id, "i1");
	CHECK_STR(list.items[1].text, "Indexes speed up reading");
}

static void giving_a_question_up_misses_all_its_points(void)
{
	struct progress_point rows[] = {
		{ "q-http", "safe", 0, 0, 1, 10, "covered", "i1", 1 },
		{ "q-http", NULL, 2, 0, 0, 40, "missing", "i4", 3 },
	};
	const struct growth_weak_list list = growth_weak_points(
	        arena, &bank, &(struct progress_point_list){ rows, ELEMENTS(rows) });

	CHECK_INT((int)list.count, 2);
	CHECK_STR(list.items[0].text, "GET is safe");
	CHECK_INT(list.items[0].point.missing, 2);
	CHECK_INT(list.items[0].point.covered, 1);
	CHECK_STR(list.items[0].point.last_status, "missing");
	CHECK_STR(list.items[0].point.last_interview_id, "i4");
	CHECK_INT(list.items[0].point.last_position, 3);
	CHECK_INT(list.items[1].point.missing, 2);
}

static void no_rows_are_no_weak_points(void)
{
	const struct growth_weak_list list = growth_weak_points(arena, &bank,
	                                                        &(struct progress_point_list){ 0 });

	CHECK_INT((int)list.count, 0);
	CHECK(growth_find(&(struct growth_bank){ 0 }, "q-sql") == NULL);
}

/* --- the rows ------------------------------------------------------------------------ */

/* Two finished interviews of ann, one under way, and one of bob's that must not count. */
static const char rows_sql[] =
        "INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition,"
        " question_count, status, difficulty, max_turns, start_nonce, created_at, finished_at)"
        " SELECT v.column1, (SELECT id FROM users WHERE username = v.column2), 'backend',"
        " 'middle', 'technical', v.column3, 1, 3, v.column4, 1, 80, v.column1, v.column5, v.column6"
        " FROM (VALUES ('i1', 'ann', 'en', 'completed', 1000, 2000),"
        " ('i2', 'ann', 'uk', 'completed', 3000, 4000),"
        " ('i3', 'ann', 'en', 'in_progress', 5000, NULL),"
        " ('i4', 'bob', 'en', 'completed', 1000, 2000)) v;"
        "INSERT INTO questions (id, interview_id, position, bank_id, q_type, category, snapshot,"
        " state, answer, finished_at) VALUES"
        " ('a1', 'i1', 1, 'q-http', 'theory', 'core', '{}', 'answered', 'words', 1100),"
        " ('a2', 'i1', 2, 'q-sql', 'theory', 'core', '{}', 'skipped', '', 1200),"
        " ('a3', 'i1', 3, 'task-sum', 'coding', 'practical', '{}', 'answered', '', 1300),"
        " ('b1', 'i2', 1, 'q-http', 'theory', 'core', '{}', 'answered', 'слова', 3100),"
        " ('b2', 'i2', 2, 'q-sql', 'theory', 'core', '{}', 'unanswered', '', NULL),"
        " ('c1', 'i3', 1, 'q-http', 'theory', 'core', '{}', 'answered', 'words', 5100),"
        " ('d1', 'i4', 1, 'q-http', 'theory', 'core', '{}', 'answered', 'words', 1100);"
        "INSERT INTO evaluations (question_id, engine, version, score, max_score, verdict,"
        " structure, relevance, technical_accuracy, depth, communication, flags, feedback_short,"
        " feedback_detailed, next_difficulty, created_at)"
        " SELECT column1, 'builtin', 'v', column2, 10, 'good', 1, 2, 3, 4, 5, 0, '', '', 'same', 1"
        " FROM (VALUES ('a1', 4.0), ('b1', 7.5), ('c1', 1.0), ('d1', 2.0));"
        "INSERT INTO marks (question_id, position, key_point_id, body, status, coverage) VALUES"
        " ('a1', 0, 'safe', 'GET is safe', 'missing', 0),"
        " ('a1', 1, 'same', 'The same effect', 'missing', 0),"
        " ('b1', 0, 'safe', 'GET безпечний', 'missing', 0),"
        " ('c1', 0, 'safe', 'GET is safe', 'missing', 0),"
        " ('d1', 0, 'safe', 'GET is safe', 'missing', 0);"
        "BEGIN;"
        "INSERT INTO marks (question_id, position, key_point_id, body, status, coverage, "
        "first_span)"
        " VALUES ('b1', 1, 'same', 'Той самий ефект', 'covered', 1, 0);"
        "INSERT INTO evidence VALUES ('b1', 1, 0, 5);"
        "COMMIT;"
        "INSERT INTO submissions (id, question_id, owner_id, kind, code_language, code, state,"
        " attempt_number, public_passed, public_total, hidden_passed, hidden_total, result, nonce,"
        " created_at) SELECT 's' || column1, 'a3', (SELECT id FROM users WHERE username = 'ann'),"
        " column2, 'python', '', column3, column4, 1, 2, 3, 4, '{}', column1, 1"
        " FROM (VALUES (1, 'run', 'done', 0), (2, 'submit', 'done', 1), (3, 'submit', 'failed', "
        "2));"
        "INSERT INTO reports (id, interview_id, version, body, total_score, max_score, created_at)"
        " VALUES ('r1', 'i1', 'v', '{}', 12, 30, 1), ('r4', 'i4', 'v', '{}', 1, 10, 1);"
        "INSERT INTO review_answers (id, user_id, bank_id, language, question, answer, result, "
        "nonce,"
        " created_at) SELECT 'x', id, 'q-sql', 'en', '', '', '{}', 'n', 9000 FROM users"
        " WHERE username = 'ann';";

static const char *ann;

static struct store *store_with_rows(void)
{
	struct store *store = fixture_store();

	ann = fixture_user(store, "ann", "Ann").id;
	fixture_user(store, "bob", "Bob");
	fixture_role(store);
	CHECK_INT(fixture_sql(database, rows_sql), SQLITE_OK);
	return store;
}

static void scores_are_those_of_reports(void)
{
	struct store *store = store_with_rows();
	struct progress_score_list list;

	CHECK_INT(progress_scores(store, arena, ann, LANG_RU, &list), OK);
	CHECK_INT((int)list.count, 1);
	CHECK_STR(list.items[0].interview_id, "i1");
	CHECK_STR(list.items[0].role_title, "Бэкенд");
	CHECK_INT(list.items[0].finished_at, 2000);
	CHECK_NEAR(list.items[0].score / list.items[0].max_score, 0.4, 1e-9);
	fixture_remove();
}

static void answers_are_those_of_finished_interviews(void)
{
	struct store *store = store_with_rows();
	struct progress_answer_list list;

	CHECK_INT(progress_answers(store, arena, ann, &list), OK);
	CHECK_INT((int)list.count, 3);
	CHECK_STR(list.items[0].bank_id, "q-http");
	CHECK(list.items[0].is_graded);
	CHECK_NEAR(list.items[0].score, 4, 1e-9);
	CHECK_NEAR(list.items[0].rubric[4], 5, 1e-9);
	CHECK(!list.items[1].is_graded);
	CHECK_NEAR(list.items[2].score, 7.5, 1e-9);
	fixture_remove();
}

static void attempts_are_judged_submissions(void)
{
	struct store *store = store_with_rows();
	struct progress_attempt_list list;

	CHECK_INT(progress_attempts(store, arena, ann, &list), OK);
	CHECK_INT((int)list.count, 1);
	CHECK_STR(list.items[0].question_id, "a3");
	CHECK_INT(list.items[0].attempt_number, 1);
	CHECK_INT(list.items[0].hidden_passed, 3);
	fixture_remove();
}

static const struct progress_point *row_of(const struct progress_point_list *list,
                                           const char *bank_id, const char *point)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *id = list->items[i].key_point_id;

		if (strcmp(list->items[i].bank_id, bank_id) == 0 &&
		    (point == NULL ? id == NULL : id != NULL && strcmp(id, point) == 0))
			return &list->items[i];
	}
	CHECK(false);
	return &list->items[0];
}

static void points_are_counted_over_sessions_and_languages(void)
{
	struct store *store = store_with_rows();
	struct progress_point_list list;
	const struct progress_point *point;

	CHECK_INT(progress_points(store, arena, ann, &list), OK);
	CHECK_INT((int)list.count, 3);
	point = row_of(&list, "q-http", "safe");
	CHECK_INT(point->missing, 2);
	CHECK_INT(point->covered, 0);
	CHECK_INT(point->last_at, 4000);
	CHECK_STR(point->last_status, "missing");
	CHECK_STR(point->last_interview_id, "i2");
	CHECK_INT(point->last_position, 1);
	point = row_of(&list, "q-http", "same");
	CHECK_INT(point->missing, 1);
	CHECK_INT(point->covered, 1);
	CHECK_STR(point->last_status, "covered");
	point = row_of(&list, "q-sql", NULL);
	CHECK_INT(point->missing, 1);
	CHECK_STR(point->last_interview_id, "i1");
	fixture_remove();
}

static void what_a_person_granted_counts_as_said(void)
{
	struct store *store = store_with_rows();
	struct progress_point_list list;
	const struct progress_point *point;

	CHECK_INT(fixture_sql(database,
	                      "INSERT INTO appeals (id, question_id, key_point_id, span_start,"
	                      " span_end, state, granted, status_before, created_at, decided_at)"
	                      " SELECT id || 'a', id, 'safe', 0, 1, 'accepted', 'covered',"
	                      " 'missing', 1, 2 FROM questions WHERE id = 'b1' UNION ALL"
	                      " SELECT id || 'b', id, 'same', 0, 1, 'declined', '', 'missing', 1, 2"
	                      " FROM questions WHERE id = 'b1'"),
	          SQLITE_OK);
	CHECK_INT(progress_points(store, arena, ann, &list), OK);
	CHECK_INT((int)list.count, 3);
	point = row_of(&list, "q-http", "safe");
	CHECK_INT(point->missing, 1);
	CHECK_INT(point->covered, 1);
	CHECK_STR(point->last_status, "covered");
	CHECK_INT(row_of(&list, "q-http", "same")->missing, 1);
	fixture_remove();
}

static void after_the_model_answer_nothing_counts_as_said(void)
{
	struct store *store = store_with_rows();
	struct progress_point_list list;
	const struct progress_point *point;

	CHECK_INT(fixture_sql(database, "UPDATE questions SET model_answer = 1 WHERE id = 'b1'"),
	          SQLITE_OK);
	CHECK_INT(progress_points(store, arena, ann, &list), OK);
	point = row_of(&list, "q-http", "same");
	CHECK_INT(point->missing, 2);
	CHECK_INT(point->covered, 0);
	CHECK_STR(point->last_status, "missing");
	CHECK_STR(point->last_interview_id, "i2");
	fixture_remove();
}

static void times_are_of_answers_and_reviews(void)
{
	struct store *store = store_with_rows();
	struct progress_time_list list;
	int64_t sum = 0;

	CHECK_INT(progress_times(store, arena, ann, &list), OK);
	for (size_t i = 0; i < list.count; i++)
		sum += list.items[i];
	CHECK_INT((int)list.count, 5);
	CHECK_INT(sum, 1100 + 1300 + 3100 + 5100 + 9000);
	fixture_remove();
}

static void questions_come_in_the_readers_language(void)
{
	static const char body[] =
	        "{\"question\":{\"en\":\"What?\",\"ru\":\"Что?\"},\"max_score\":10,"
	        "\"skill_tags\":[\"http\",7],\"key_points\":[{\"id\":\"safe\",\"text\":"
	        "{\"en\":\"GET is safe\",\"ru\":\"GET безопасен\"}}]}";
	const struct bank_question http = { .id = "q-http",
		                            .type = "technical",
		                            .track = "backend",
		                            .category = "core",
		                            .level = "junior",
		                            .body = body,
		                            .enabled = false };
	const struct bank_question broken = { .id = "q-sql",
		                              .type = "technical",
		                              .track = "data",
		                              .category = "core",
		                              .level = "junior",
		                              .body = "{",
		                              .enabled = true };
	struct store *store = store_with_rows();
	struct progress_question_list list;
	struct growth_bank read;

	CHECK_INT(bank_save(store, arena, &http), OK);
	CHECK_INT(bank_save(store, arena, &broken), OK);
	CHECK_INT(progress_questions(store, arena, ann, &list), OK);
	CHECK_INT((int)list.count, 2);
	read = growth_read_bank(arena, &list, LANG_RU);
	CHECK_INT((int)read.count, 1);
	CHECK_STR(read.items[0].text, "Что?");
	CHECK_STR(read.items[0].points[0].text, "GET безопасен");
	CHECK_INT((int)read.items[0].tag_count, 1);
	fixture_remove();
}

int main(void)
{
	RUN(a_streak_counts_days_up_to_today);
	RUN(a_streak_lives_until_the_day_after_is_over);
	RUN(no_day_is_no_streak);
	RUN(scores_add_up_by_track_and_by_skill);
	RUN(a_trend_sets_the_latest_against_those_before);
	RUN(the_rubric_is_the_mean_of_graded_answers);
	RUN(weak_points_are_those_missed_most_and_not_said_since);
	RUN(giving_a_question_up_misses_all_its_points);
	RUN(no_rows_are_no_weak_points);
	RUN(scores_are_those_of_reports);
	RUN(answers_are_those_of_finished_interviews);
	RUN(attempts_are_judged_submissions);
	RUN(points_are_counted_over_sessions_and_languages);
	RUN(what_a_person_granted_counts_as_said);
	RUN(after_the_model_answer_nothing_counts_as_said);
	RUN(times_are_of_answers_and_reviews);
	RUN(questions_come_in_the_readers_language);
	return check_done();
}
