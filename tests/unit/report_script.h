/* What the writing models say of the interview of report_fixture.h, for the tests of reports. */
#ifndef VIVA_TESTS_REPORT_SCRIPT_H
#define VIVA_TESTS_REPORT_SCRIPT_H

#include "writers_fixture.h"

static struct script script;

static const char good_text[] =
        "{\"overall_assessment\":\"The result is 8.5 of 30 points, and 2 of 3 questions were "
        "answered.\",\"strengths\":[\"- HTTP is **understood** well.\"],\"growth_areas\":[\"A "
        "slow query was a dead end.\"],\"recommendations\":[\"Read query plans.\",\"Talk in the "
        "team.\"]}";
static const char good_recommendations[] =
        "{\"difficulty\":\"decrease\",\"tracks\":[\"backend\"],\"topics_to_improve\":["
        "\"databases\",\"Look at the plan.\"]}";
static const char good_assessment[] =
        "{\"grade\":\"undetermined\",\"hire_recommendation\":\"undetermined\",\"confidence\":0.2,"
        "\"confirmed_skills\":[{\"skill\":\"http\",\"reason\":\"Repeats were explained.\"}],"
        "\"gaps\":[{\"skill\":\"databases\",\"reason\":\"No plan was read.\"}],\"soft_skills\":{"
        "\"clarity\":{\"score\":4,\"reason\":\"Short sentences.\",\"quote\":\"The effect stays "
        "the same\"},\"honesty\":{\"score\":3,\"reason\":\"Nothing was made up.\",\"quote\":"
        "\"\"},\"engagement\":{\"score\":2,\"reason\":\"One question was left.\",\"quote\":\"\"}"
        "},\"roadmap\":[{\"topic\":\"databases\",\"priority\":\"high\",\"resources\":["
        "\"PostgreSQL manual\"]}]}";

static inline void write_script(void)
{
	script = (struct script){ 0 };
	script.answers[AGENT_CANDIDATE_WRITER][0] = good_text;
	script.answers[AGENT_RECRUITER_WRITER][0] = good_text;
	script.answers[AGENT_RECOMMENDER][0] = good_recommendations;
	script.answers[AGENT_ASSESSOR][0] = good_assessment;
}

static inline int asked_in_all(void)
{
	int all = 0;

	for (int i = 0; i < AGENT_COUNT; i++)
		all += script.asked[i];
	return all;
}

#endif
