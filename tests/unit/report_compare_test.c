#include "report_fixture.h"

#include "report/compare.h"
#include "report/mistakes.h"

static const char *const statuses[] = { "missing", "partial", "covered" };

/* A question's report as far as a comparison reads it; `points` are digits of `statuses`. */
static cJSON *question(const char *bank_id, const char *language, double score, const char *points)
{
	cJSON *item = cJSON_CreateObject(), *theory, *list;

	json_set_string(item, "question_id", arena_printf(arena, "id of %s", bank_id));
	json_set_string(item, "bank_id", bank_id);
	json_set_string(item, "q_type", "theory");
	json_set_string(item, "state", "answered");
	json_set_string(item, "title", arena_printf(arena, "%s in %s", bank_id, language));
	theory = json_set_object(json_set_object(item, "metrics"), "theory");
	json_set_number(theory, "score", score);
	json_set_number(theory, "max_score", 10);
	json_set_string(theory, "verdict", score > 5 ? "good" : "partial");
	list = json_set_array(theory, "key_points");
	for (int i = 0; points[i] != '\0'; i++) {
		cJSON *point = json_add_object(list), *evidence;

		json_set_string(point, "id", arena_printf(arena, "p%d", i));
		json_set_string(point, "text", arena_printf(arena, "point %d in %s", i, language));
		json_set_string(point, "status", statuses[points[i] - '0']);
		evidence = json_set_array(point, "evidence");
		if (points[i] != '0')
			json_set_string(json_add_object(evidence), "text",
			                arena_printf(arena, "words on %d in %s", i, language));
	}
	return item;
}

static cJSON *document(const char *language, cJSON *const *questions, size_t count)
{
	cJSON *item = cJSON_CreateObject(), *list, *overall;
	double score = 0;

	json_bind(arena);
	json_set_string(item, "session_id", arena_printf(arena, "session in %s", language));
	json_set_string(item, "language", language);
	overall = json_set_object(json_set_object(item, "metrics"), "overall");
	list = json_set_array(item, "questions");
	for (size_t i = 0; i < count; i++) {
		score += json_number(json_get(json_get(questions[i], "metrics"), "theory"), "score",
		                     0);
		json_add(list, questions[i]);
	}
	json_set_number(overall, "total_score", score);
	json_set_number(overall, "max_total_score", 10 * (double)count);
	json_set_number(overall, "score_ratio", score / (10 * (double)count));
	return item;
}

#define DOCUMENT(language, ...)                             \
	document(language, (cJSON *const[]){ __VA_ARGS__ }, \
	         sizeof((cJSON *const[]){ __VA_ARGS__ }) / sizeof(cJSON *))

static void totals_stand_side_by_side(void)
{
	const cJSON *got;

	json_bind(arena);
	got = compare_reports(DOCUMENT("en", question("a", "en", 4, "")),
	                      DOCUMENT("en", question("a", "en", 9, "")));
	CHECK_NUMBER(got, "first.score", 4);
	CHECK_NUMBER(got, "second.score", 9);
	CHECK_NUMBER(got, "second.max_score", 10);
	CHECK_NUMBER(got, "first.score_ratio", 0.4);
	CHECK_NUMBER(got, "questions.0.first.score", 4);
	CHECK_TEXT(got, "questions.0.first.verdict", "partial");
	CHECK_TEXT(got, "questions.0.second.verdict", "good");
	CHECK_SIZE(got, "by_type", 0);
	CHECK_SIZE(got, "by_skill", 0);
}

static void points_are_gained_and_lost_with_their_words(void)
{
	const cJSON *got;

	json_bind(arena);
	/* lost, gained, half gained, kept, missing as before */
	got = compare_reports(DOCUMENT("en", question("a", "en", 5, "20020")),
	                      DOCUMENT("en", question("a", "en", 6, "02120")));
	CHECK_SIZE(got, "questions.0.points", 3);
	CHECK_TEXT(got, "questions.0.points.0.id", "p0");
	CHECK_TEXT(got, "questions.0.points.0.change", "lost");
	CHECK_TEXT(got, "questions.0.points.0.evidence.0", "words on 0 in en");
	CHECK_TEXT(got, "questions.0.points.1.change", "gained");
	CHECK_TEXT(got, "questions.0.points.1.evidence.0", "words on 1 in en");
	CHECK_TEXT(got, "questions.0.points.2.change", "gained");
	CHECK_TEXT(got, "questions.0.points.2.second", "partial");
	CHECK_NUMBER(got, "questions.0.kept", 1);
}

static void two_languages_meet_by_ids_in_the_words_of_the_second(void)
{
	const cJSON *got;

	json_bind(arena);
	got = compare_reports(DOCUMENT("ru", question("a", "ru", 5, "20")),
	                      DOCUMENT("en", question("a", "en", 5, "02")));
	CHECK_TEXT(got, "questions.0.title", "a in en");
	CHECK_TEXT(got, "questions.0.points.0.text", "point 0 in en");
	CHECK_TEXT(got, "questions.0.points.0.evidence.0", "words on 0 in ru");
	CHECK_TEXT(got, "questions.0.points.1.evidence.0", "words on 1 in en");
}

static void questions_of_one_side_are_counted_only(void)
{
	const cJSON *got;

	json_bind(arena);
	got = compare_reports(
	        DOCUMENT("en", question("a", "en", 1, ""), question("b", "en", 2, ""),
	                 question("c", "en", 3, "")),
	        DOCUMENT("en", question("d", "en", 4, ""), question("b", "en", 5, "")));
	CHECK_SIZE(got, "questions", 1);
	CHECK_TEXT(got, "questions.0.bank_id", "b");
	CHECK_NUMBER(got, "only_first", 2);
	CHECK_NUMBER(got, "only_second", 1);
}

/* The bank's wording changed in between: a point that was not there was not lost either. */
static void withheld_questions_are_not_taken_for_the_same(void)
{
	const cJSON *got;

	json_bind(arena);
	got = compare_reports(DOCUMENT("en", question("", "en", 0, "0")),
	                      DOCUMENT("en", question("", "en", 0, "0")));
	CHECK_SIZE(got, "questions", 0);
	CHECK_NUMBER(got, "only_second", 1);
}

static void a_point_of_one_wording_only_is_no_change(void)
{
	const cJSON *got;

	json_bind(arena);
	got = compare_reports(DOCUMENT("en", question("a", "en", 5, "222")),
	                      DOCUMENT("en", question("a", "en", 5, "2")));
	CHECK_SIZE(got, "questions.0.points", 0);
	CHECK_NUMBER(got, "questions.0.kept", 1);
}

static void whole_reports_compare_by_type_skill_and_rubric(void)
{
	struct report_source source = fixture_source();
	const cJSON *report, *got;

	json_bind(arena);
	report = report_summary(arena, &source);
	got = compare_reports(report, report);
	CHECK(cJSON_GetArraySize(at(got, "questions")) == (int)source.count);
	CHECK_TEXT(got, "by_type.0.name", "theory");
	CHECK(cJSON_GetArraySize(at(got, "by_skill")) > 1);
	CHECK_SIZE(got, "rubric", 6);
	CHECK_NUMBER(got, "only_first", 0);
	CHECK_SIZE(got, "questions.0.points", 0);
}

static void mistakes_are_what_has_not_the_full_score(void)
{
	struct mistakes mistakes;
	cJSON *unscored;

	json_bind(arena);
	unscored = question("c", "en", 0, "");
	json_set_string(unscored, "state", "unanswered");
	mistakes = mistakes_of(arena, DOCUMENT("en", question("a", "en", 9.75, ""),
	                                       question("b", "en", 10, ""), unscored));
	CHECK_INT((long long)mistakes.count, 2);
	CHECK_STR(mistakes.question_ids[0], "id of a");
	CHECK_STR(mistakes.question_ids[1], "id of c");
	CHECK_INT((long long)mistakes_of(arena, DOCUMENT("en", question("b", "en", 10, ""))).count,
	          0);
}

int main(void)
{
	RUN(totals_stand_side_by_side);
	RUN(points_are_gained_and_lost_with_their_words);
	RUN(two_languages_meet_by_ids_in_the_words_of_the_second);
	RUN(questions_of_one_side_are_counted_only);
	RUN(withheld_questions_are_not_taken_for_the_same);
	RUN(a_point_of_one_wording_only_is_no_change);
	RUN(whole_reports_compare_by_type_skill_and_rubric);
	RUN(mistakes_are_what_has_not_the_full_score);
	return check_done();
}
