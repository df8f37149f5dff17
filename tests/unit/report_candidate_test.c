/* What of a report its candidate may have, and what the API makes of it. */
#include "report_pages.h"
#include "report_store_fixture.h"
#include "writers_fixture.h"

#include "report/brief.h"
#include "view/api_report.h"
#include "view/report_view.h"

static struct script script;

static const char assessment[] =
        "{\"grade\":\"middle\",\"hire_recommendation\":\"strong_no\",\"confidence\":0.2,"
        "\"confirmed_skills\":[{\"skill\":\"http\",\"reason\":\"Repeats were explained.\"}],"
        "\"gaps\":[],\"soft_skills\":{\"clarity\":{\"score\":4,\"reason\":\"Short sentences.\","
        "\"quote\":\"The effect stays the same\"}},\"roadmap\":[{\"topic\":\"databases\","
        "\"priority\":\"high\",\"resources\":[\"PostgreSQL manual\"]}]}";

static cJSON *parsed(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(json_parse(text, strlen(text), &value), OK);
	return value;
}

/* A model graded the first answer and failed at the second; one suspicious event. */
static cJSON *document_of_a_model(void)
{
	static const struct event_row event = { .kind = "focus_lost" };
	struct report_source source = fixture_source();
	const struct agent_desk desk = script_desk(&script);
	cJSON *document;

	fixture_evaluations[0].engine = "scripted";
	fixture_evaluations[0].has_builtin = true;
	fixture_evaluations[0].builtin_score = 3.75;
	fixture_evaluations[0].builtin_verdict = "partial";
	fixture_evaluations[0].steps = "{\"version\":\"second-witness\",\"key_points\":[]}";
	fixture_evaluations[1].fallback = "refused: no_quote";
	fixture_evaluations[1].steps = "{\"version\":\"own-marks\",\"key_points\":[]}";
	source.events = &event;
	source.event_count = 1;
	script = (struct script){ 0 };
	document = report_build(arena, &source, &desk);
	cJSON_ReplaceItemInObjectCaseSensitive(document, "assessment", parsed(assessment));
	return document;
}

static void what_is_the_recruiter_s_is_gone(void)
{
	static const char *const secrets[] = {
		"llm_summary_admin", "level_fit",       "hire_recommendation", "strong_no",
		"confirmed_skills",  "Short sentences", "builtin_score",       "3.75",
		"builtin_verdict",   "second-witness",  "anti_cheat",          "focus_lost",
		"no_quote",          "timeout",
	};
	cJSON *document = document_of_a_model();
	const char *before = json_text(document), *after;

	report_for_candidate(document);
	after = json_text(document);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		CHECK(strstr(before, secrets[i]) != NULL);
		CHECK(strstr(after, secrets[i]) == NULL);
	}
}

static void what_explains_the_marks_stays(void)
{
	cJSON *document = document_of_a_model();

	report_for_candidate(document);
	CHECK_TEXT(document, "questions.0.metrics.theory.graded_by", "scripted");
	CHECK_TEXT(document, "questions.0.metrics.theory.key_points.0.status", "covered");
	CHECK_TEXT(document, "questions.1.metrics.theory.scoring.version", "own-marks");
	CHECK_TEXT(document, "questions.1.metrics.theory.fallback", "model_failed");
	CHECK_TEXT(document, "assessment.roadmap.0.topic", "databases");
	CHECK_TEXT(document, "written_by.candidate.engine", "builtin");
	CHECK_TEXT(document, "written_by.candidate.fallback", "model_failed");
	CHECK_NUMBER(document, "metrics.overall.total_score", 8.5);
}

/* Candidates take along what a model was told for them. */
static bool tells(const struct digest *digest, enum agent agent, const char *word)
{
	return strstr(json_text(brief_of(arena, digest, agent)), word) != NULL;
}

/* Of three the last was not asked; what it shares with one that was asked is no secret. */
static void skills_of_questions_to_come_are_withheld(void)
{
	struct digest digest;
	cJSON *document = parsed(
	        "{\"language\":\"en\",\"invitation\":{\"title\":\"I\"},\"metrics\":{\"by_skill\":{"
	        "\"api\":{\"questions\":2},\"coming\":{\"questions\":1},\"http\":{},"
	        "\"secret\":{\"questions\":1}}},\"questions\":["
	        "{\"skill_tags\":[\"api\"],\"metrics\":{\"started_at\":\"t\"}},"
	        "{\"skill_tags\":[\"http\"],\"metrics\":{\"started_at\":\"t\"}},"
	        "{\"skill_tags\":[\"secret\",\"api\",\"coming\"],\"metrics\":{\"started_at\":null}}"
	        "]}");

	digest = digest_of(arena, document);
	CHECK(tells(&digest, AGENT_RECRUITER_WRITER, "secret"));
	CHECK(tells(&digest, AGENT_CANDIDATE_WRITER, "http"));
	CHECK(!tells(&digest, AGENT_CANDIDATE_WRITER, "secret"));
	CHECK(!tells(&digest, AGENT_ASSESSOR, "secret"));
	report_for_candidate(document);
	CHECK_STR(json_text(json_get(json_get(document, "metrics"), "by_skill")),
	          "{\"api\":{\"questions\":2},\"http\":{}}");
}

static void page_and_text_are_the_same_without_it(void)
{
	cJSON *document = document_of_a_model();
	const char *page = page_of(document, false), *text = txt_of(document, false);
	const char *for_admin = txt_of(document, true);

	report_for_candidate(document);
	CHECK_STR(page_of(document, false), page);
	CHECK_STR(txt_of(document, false), text);
	CHECK(strstr(for_admin, "For the recruiter") != NULL);
	CHECK(strstr(text, "For the recruiter") == NULL);
}

static void documents_without_these_members_do_no_harm(void)
{
	static const char *const texts[] = {
		"{}", "[]",
		"{\"metrics\":null,\"written_by\":3,\"assessment\":null,\"questions\":{}}",
		"{\"questions\":[{\"metrics\":{\"theory\":null}},7]}"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		cJSON *document = parsed(texts[i]);

		report_for_candidate(document);
		CHECK_STR(json_text(document), texts[i]);
	}
}

static void the_api_sums_it_up(void)
{
	cJSON *document = document_of_a_model(), *object;

	report_for_candidate(document);
	object = api_report(arena, document);
	CHECK_TEXT(object, "interview_id", json_string(document, "session_id", "?"));
	CHECK_NUMBER(object, "overall_score", 28.333);
	CHECK_NUMBER(object, "score", 8.5);
	CHECK_NUMBER(object, "max_score", 30);
	CHECK(json_count(object, "strengths") >= 1 && json_count(object, "strengths") <= 3);
	CHECK(json_count(object, "weaknesses") >= 1 && json_count(object, "weaknesses") <= 5);
	CHECK_NUMBER(object, "rubric_breakdown.structure", 2.5);
	CHECK_TEXT(object, "skill_breakdown.0.skill", "api-design");
	CHECK_NUMBER(object, "answer_summaries.0.score", 8);
	CHECK_TEXT(object, "answer_summaries.0.verdict", "good");
	CHECK_TEXT(object, "answer_summaries.2.state", "unanswered");
	CHECK_STR(json_text(json_get(object, "report")), json_text(document));
}

static void nothing_scored_is_null(void)
{
	cJSON *object = api_report(arena, parsed("{\"metrics\":{\"overall\":{\"score_ratio\":null,"
	                                         "\"total_score\":0}}}"));

	CHECK_NULL(object, "overall_score");
	CHECK_SIZE(object, "strengths", 0);
	CHECK_SIZE(object, "answer_summaries", 0);
	CHECK_NULL(object, "rubric_breakdown");
}

int main(void)
{
	RUN(what_is_the_recruiter_s_is_gone);
	RUN(what_explains_the_marks_stays);
	RUN(skills_of_questions_to_come_are_withheld);
	RUN(page_and_text_are_the_same_without_it);
	RUN(documents_without_these_members_do_no_harm);
	RUN(the_api_sums_it_up);
	RUN(nothing_scored_is_null);
	return check_done();
}
