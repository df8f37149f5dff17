/* From finished interviews to cards: each interview counts once, in the order of their ends. */
#include "store_fixture.h"

#include <math.h>

#include "base/zone.h"
#include "interview/review.h"
#include "interview/review_card.h"

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define NOON   INT64_C(1795262400000) /* 21.11.2026 12:00 UTC */

static const char *ann;

static struct store *store_of_ann(void)
{
	struct store *store = fixture_store();

	ann = fixture_user(store, "ann", "Ann").id;
	fixture_role(store);
	zone_bind("");
	return store;
}

/* A finished interview with one question, in that language and state. */
static void add_interview(const char *id, const char *language, const char *state, int64_t end)
{
	const char *sql = arena_printf(
	        arena,
	        "INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition,"
	        " question_count, status, difficulty, max_turns, start_nonce, created_at,"
	        " finished_at) VALUES ('%s', '%s', 'backend', 'middle', 'technical', '%s', 1, 1,"
	        " 'completed', 1, 80, '%s', 1, %lld);"
	        "INSERT INTO questions (id, interview_id, position, bank_id, q_type, category,"
	        " snapshot, state, answer) VALUES ('%s', '%s', 1, 'q-http', 'theory', 'core', '{}',"
	        " '%s', 'some words');",
	        id, ann, language, id, (long long)end, id, id, state);

	CHECK_INT(fixture_sql(database, sql), SQLITE_OK);
}

/* Its grade, with what became of the points "safe" and "same". */
static void grade(const char *id, const char *safe, const char *same)
{
	const char *const points[] = { "safe", "same" }, *const statuses[] = { safe, same };
	struct span span = { 0, 4 };
	struct mark marks[2];
	struct evaluation evaluation = {
		.question_id = id,
		.engine = "builtin",
		.version = "v",
		.max_score = 10,
		.verdict = "good",
		.feedback_short = "",
		.feedback_detailed = "",
		.next_difficulty = "same",
		.marks = marks,
		.mark_count = 2,
	};
	struct store *store;

	for (int i = 0; i < 2; i++)
		marks[i] = (struct mark){ .key_point_id = points[i],
			                  .body = "text",
			                  .status = statuses[i],
			                  .spans = &span,
			                  .span_count = strcmp(statuses[i], "missing") != 0 };
	CHECK_INT(store_open(database, &store), OK);
	CHECK_INT(evaluation_save(store, &evaluation), OK);
	store_close(store);
}

static struct review_card card_of(struct store *store, const char *point)
{
	struct review_card_list list;

	CHECK_INT(review_of_question(store, arena, ann, "q-http", &list), OK);
	for (size_t i = 0; i < list.count; i++)
		if (strcmp(list.items[i].key_point_id, point) == 0)
			return list.items[i];
	return (struct review_card){ 0 };
}

static void learn(struct store *store)
{
	CHECK_INT(review_learn(store, arena, ann), OK);
}

/* --- learning ------------------------------------------------------------------------ */

static void missing_and_partial_points_become_cards(void)
{
	struct store *store = store_of_ann();

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "partial");
	learn(store);
	CHECK_INT(card_of(store, "safe").repetitions, 1);
	CHECK_NEAR(card_of(store, "safe").stability, 0.212, 1e-9);
	CHECK_INT(card_of(store, "safe").due_at, NOON + MEMORY_AGAIN_MIN * MINUTE);
	CHECK_NEAR(card_of(store, "same").stability, 1.2931, 1e-9);
	CHECK_INT(card_of(store, "same").due_at, NOON + DAY / 2);
	CHECK_INT(card_of(store, "same").last_at, NOON);
	fixture_remove();
}

static void what_never_was_missing_is_no_card(void)
{
	struct store *store = store_of_ann();

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "covered", "partial");
	learn(store);
	CHECK_INT(card_of(store, "safe").repetitions, 0);
	CHECK_INT(card_of(store, "same").repetitions, 1);
	fixture_remove();
}

static void grant(const char *question, const char *point)
{
	const char *sql = arena_printf(
	        arena,
	        "INSERT INTO appeals (id, question_id, key_point_id, span_start, span_end, state,"
	        " granted, status_before, created_at, decided_at)"
	        " VALUES ('%s-%s', '%s', '%s', 0, 1, 'accepted', 'covered', 'missing', 1, 2)",
	        question, point, question, point);

	CHECK_INT(fixture_sql(database, sql), SQLITE_OK);
}

static void what_a_person_granted_before_is_no_card(void)
{
	struct store *store = store_of_ann();

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "missing");
	grant("i1", "safe");
	learn(store);
	CHECK_INT(card_of(store, "safe").repetitions, 0);
	CHECK_INT(card_of(store, "same").repetitions, 1);
	fixture_remove();
}

static void what_a_person_grants_later_loses_the_card_that_it_made(void)
{
	struct store *store = store_of_ann();

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "missing");
	learn(store);
	add_interview("i2", "en", "answered", NOON + DAY);
	grade("i2", "covered", "missing");
	learn(store);
	CHECK_INT(review_forgive(store, "i1", "safe"), OK);
	CHECK_INT(card_of(store, "safe").repetitions, 2);
	CHECK_INT(review_forgive(store, "i2", "same"), OK);
	CHECK_INT(card_of(store, "same").repetitions, 2);
	add_interview("i3", "en", "answered", NOON + 2 * DAY);
	CHECK_INT(fixture_sql(database,
	                      "UPDATE questions SET bank_id = 'q-sql' WHERE id = 'i3';"
	                      "INSERT INTO review_cards VALUES ((SELECT owner_id FROM"
	                      " interviews LIMIT 1), 'q-sql', 'safe', 1, 5, 1, 0,"
	                      " (SELECT finished_at FROM interviews WHERE id = 'i3'), 9)"),
	          SQLITE_OK);
	CHECK_INT(review_forgive(store, "i3", "safe"), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM review_cards"), "2");
	fixture_remove();
}

static void an_interview_counts_once(void)
{
	struct store *store = store_of_ann();
	struct review_card before;

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "missing");
	learn(store);
	before = card_of(store, "safe");
	learn(store);
	learn(store);
	CHECK_INT(card_of(store, "safe").repetitions, before.repetitions);
	CHECK_INT(card_of(store, "safe").due_at, before.due_at);
	CHECK_STR(fixture_ask(database, "SELECT sum(in_review) FROM interviews"), "1");
	fixture_remove();
}

static void a_later_interview_in_another_language_grades_the_same_point(void)
{
	struct store *store = store_of_ann();
	struct memory memory = memory_grade((struct memory){ 0 }, MEMORY_AGAIN, 0);

	add_interview("i2", "uk", "answered", NOON + 3 * DAY);
	grade("i2", "covered", "missing");
	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "missing");
	learn(store);
	memory = memory_grade(memory, MEMORY_GOOD, 3);
	CHECK_INT(card_of(store, "safe").repetitions, 2);
	CHECK_INT(card_of(store, "safe").lapses, 0);
	CHECK_NEAR(card_of(store, "safe").stability, memory.stability, 1e-9);
	CHECK_NEAR(card_of(store, "safe").difficulty, memory.difficulty, 1e-9);
	CHECK_INT(card_of(store, "same").lapses, 1);
	fixture_remove();
}

static void an_answer_with_every_point_is_easy(void)
{
	struct store *store = store_of_ann();
	struct memory memory = memory_grade((struct memory){ 0 }, MEMORY_HARD, 0);

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "partial", "covered");
	add_interview("i2", "en", "answered", NOON + 2 * DAY);
	grade("i2", "covered", "covered");
	learn(store);
	memory = memory_grade(memory, MEMORY_EASY, 2);
	CHECK_NEAR(card_of(store, "safe").stability, memory.stability, 1e-9);
	CHECK_INT(card_of(store, "same").repetitions, 0);
	fixture_remove();
}

static void after_the_model_answer_nothing_counts_as_remembered(void)
{
	struct store *store = store_of_ann();

	add_interview("i1", "en", "answered", NOON);
	grade("i1", "covered", "partial");
	CHECK_INT(fixture_sql(database, "UPDATE questions SET model_answer = 1"), SQLITE_OK);
	learn(store);
	CHECK_NEAR(card_of(store, "safe").stability, 0.212, 1e-9);
	CHECK_NEAR(card_of(store, "same").stability, 0.212, 1e-9);
	fixture_remove();
}

static void a_question_given_up_misses_every_point_of_the_bank(void)
{
	const struct bank_question question = {
		.id = "q-http",
		.type = "technical",
		.track = "backend",
		.category = "core",
		.level = "junior",
		.enabled = true,
		.body = "{\"key_points\":[{\"id\":\"safe\"},{\"id\":\"same\"},{\"id\":\"third\"}]}",
	};
	struct store *store = store_of_ann();

	CHECK_INT(bank_save(store, arena, &question), OK);
	add_interview("i1", "en", "skipped", NOON);
	add_interview("i2", "en", "dont_know", NOON + DAY);
	add_interview("i3", "en", "unanswered", NOON + 2 * DAY);
	learn(store);
	CHECK_INT(card_of(store, "third").repetitions, 2);
	CHECK_INT(card_of(store, "safe").last_at, NOON + DAY);
	fixture_remove();
}

static void a_card_that_was_graded_later_stays(void)
{
	struct store *store = store_of_ann();
	struct review_card reviewed = { .bank_id = "q-http", .key_point_id = "safe" };

	review_card_grade(&reviewed, MEMORY_GOOD, NOON + DAY);
	CHECK_INT(review_card_save(store, ann, &reviewed), OK);
	add_interview("i1", "en", "answered", NOON);
	grade("i1", "missing", "missing");
	learn(store);
	CHECK_INT(card_of(store, "safe").repetitions, 1);
	CHECK_INT(card_of(store, "safe").last_at, NOON + DAY);
	CHECK_INT(card_of(store, "same").repetitions, 1);
	fixture_remove();
}

static void many_interviews_are_learnt_in_one_go(void)
{
	struct store *store = store_of_ann();

	for (int i = 0; i < 120; i++) {
		const char *id = arena_printf(arena, "i%d", i);

		add_interview(id, "en", "answered", NOON + i * DAY);
		grade(id, "missing", "covered");
	}
	learn(store);
	CHECK_STR(fixture_ask(database, "SELECT sum(in_review) FROM interviews"), "120");
	CHECK_INT(card_of(store, "safe").repetitions, 120);
	CHECK_INT(card_of(store, "safe").lapses, 119);
	fixture_remove();
}

/* --- days ---------------------------------------------------------------------------- */

static void days_are_those_of_the_readers_calendar(void)
{
	/* In Kyiv, two hours ahead, 23:30 UTC is half past one of the next day. */
	const int64_t late = NOON + 11 * HOUR + 30 * MINUTE;
	struct review_card card = { .bank_id = "q", .key_point_id = "p" };

	zone_bind("Europe/Kyiv");
	review_card_grade(&card, MEMORY_GOOD, late);
	CHECK_INT(review_card_days(&card, MEMORY_GOOD), 2);
	CHECK_INT(card.due_at, NOON + 10 * HOUR + 2 * DAY);
	zone_bind("");
	card = (struct review_card){ .bank_id = "q", .key_point_id = "p" };
	review_card_grade(&card, MEMORY_GOOD, late);
	CHECK_INT(card.due_at, NOON + 12 * HOUR + DAY);
}

/* The stability after a first grade and a second one that much later. */
static double stability_after(enum memory_grade first, int64_t wait, enum memory_grade second)
{
	const int64_t late = NOON + 11 * HOUR + 50 * MINUTE;
	struct review_card card = { .bank_id = "q", .key_point_id = "p" };

	review_card_grade(&card, first, late);
	review_card_grade(&card, second, late + wait);
	return card.stability;
}

static void midnight_makes_no_day_between_two_answers(void)
{
	struct memory memory = memory_grade((struct memory){ 0 }, MEMORY_AGAIN, 0);

	zone_bind("");
	memory = memory_grade(memory, MEMORY_EASY, 0);
	CHECK_NEAR(stability_after(MEMORY_AGAIN, 31 * MINUTE, MEMORY_EASY), memory.stability, 1e-9);
	CHECK(memory.stability < 0.5);
}

static void a_day_is_24_hours_of_memory(void)
{
	const struct memory first = memory_grade((struct memory){ 0 }, MEMORY_HARD, 0);
	const double same = memory_grade(first, MEMORY_GOOD, 0).stability;
	const double one = memory_grade(first, MEMORY_GOOD, 1).stability;
	const double two = memory_grade(first, MEMORY_GOOD, 2).stability;

	CHECK_NEAR(stability_after(MEMORY_HARD, DAY - 1, MEMORY_GOOD), same, 1e-9);
	CHECK_NEAR(stability_after(MEMORY_HARD, DAY, MEMORY_GOOD), one, 1e-9);
	CHECK_NEAR(stability_after(MEMORY_HARD, 2 * DAY - 1, MEMORY_GOOD), one, 1e-9);
	CHECK_NEAR(stability_after(MEMORY_HARD, 2 * DAY, MEMORY_GOOD), two, 1e-9);
	CHECK_NEAR(stability_after(MEMORY_HARD, -DAY, MEMORY_GOOD), same, 1e-9);
}

static void the_day_the_clocks_change_has_a_start_too(void)
{
	/* Kyiv puts the clocks back in the night to 25.10.2026 and forward to 28.3.2027. */
	static const int64_t graded[] = {
		INT64_C(1792755000000), /* 23.10. 14:30 */
		INT64_C(1806064200000), /* 26.3. 14:30 */
	};

	zone_bind("Europe/Kyiv");
	for (int i = 0; i < 2; i++) {
		struct review_card card = { .bank_id = "q", .key_point_id = "p" };

		review_card_grade(&card, MEMORY_GOOD, graded[i]);
		CHECK_STR(zone_text(arena, card.due_at, CLOCK_TIME), "00:00");
		CHECK_INT((card.due_at - graded[i] + DAY / 2) / DAY, 1);
	}
	zone_bind("");
}

static void grades_follow_from_what_was_said(void)
{
	CHECK_INT(review_grade("missing", false), MEMORY_AGAIN);
	CHECK_INT(review_grade("partial", false), MEMORY_HARD);
	CHECK_INT(review_grade("covered", false), MEMORY_GOOD);
	CHECK_INT(review_grade("covered", true), MEMORY_EASY);
}

int main(void)
{
	RUN(missing_and_partial_points_become_cards);
	RUN(what_never_was_missing_is_no_card);
	RUN(what_a_person_granted_before_is_no_card);
	RUN(what_a_person_grants_later_loses_the_card_that_it_made);
	RUN(an_interview_counts_once);
	RUN(a_later_interview_in_another_language_grades_the_same_point);
	RUN(an_answer_with_every_point_is_easy);
	RUN(after_the_model_answer_nothing_counts_as_remembered);
	RUN(a_question_given_up_misses_every_point_of_the_bank);
	RUN(a_card_that_was_graded_later_stays);
	RUN(many_interviews_are_learnt_in_one_go);
	RUN(days_are_those_of_the_readers_calendar);
	RUN(midnight_makes_no_day_between_two_answers);
	RUN(a_day_is_24_hours_of_memory);
	RUN(the_day_the_clocks_change_has_a_start_too);
	RUN(grades_follow_from_what_was_said);
	return check_done();
}
