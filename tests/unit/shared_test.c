/* What a link shows of a report: figures by a list of what may be shown, and no words about others.
 */
#include "check.h"

#include "report/report.h"
#include "report/shared.h"

static const char body[] =
        "{\"session_id\":\"s\",\"owner_id\":\"o\",\"participant\":\"Олена\",\"level\":\"middle\","
        "\"role\":{\"id\":\"backend\",\"title\":\"Backend\"},\"secret_of_tomorrow\":\"hidden\","
        "\"llm_summary_admin\":\"hidden\",\"llm_summary_candidate\":\"for the candidate\","
        "\"revision\":{\"number\":2,\"cause\":\"override\",\"note\":\"hidden\",\"made_at\":\"t\"},"
        "\"scoring\":{\"version\":\"v\",\"engines\":[],\"hint_price\":1},"
        "\"metrics\":{\"overall\":{\"total_score\":7},\"rubric\":{\"overall\":50},"
        "\"anti_cheat\":{\"hidden\":1}},"
        "\"questions\":[{\"order\":1,\"q_type\":\"theory\",\"title\":\"T\",\"state\":\"answered\","
        "\"answer\":\"words\",\"metrics\":{\"theory\":{\"score\":7,\"max_score\":10,"
        "\"verdict\":\"good\",\"graded_by\":\"builtin\",\"builtin_score\":3}},"
        "\"ruling\":{\"score_by_examiner\":5,\"score_by_appeals\":6,"
        "\"override\":{\"score\":7,\"reason\":\"hidden\",\"by\":\"hidden\"},"
        "\"appeals\":[{\"state\":\"accepted\",\"comment\":\"hidden\",\"reply\":\"hidden\"}]}},"
        "{\"order\":2,\"q_type\":\"coding\",\"title\":\"C\",\"state\":\"answered\","
        "\"metrics\":{\"coding\":{\"score_code\":4,\"max_score_code\":5}},\"ruling\":null}]}";

static cJSON *document(void)
{
	cJSON *parsed = NULL;

	CHECK_INT(json_parse(body, strlen(body), &parsed), OK);
	return parsed;
}

static void figures_are_what_is_named_and_nothing_else(void)
{
	CHECK_STR(json_text(shared_numbers(document())),
	          "{\"session_id\":\"s\",\"participant\":\"Олена\",\"role\":{\"id\":\"backend\","
	          "\"title\":\"Backend\"},\"level\":\"middle\",\"scope\":\"numbers\","
	          "\"revision\":{\"number\":2,\"made_at\":\"t\"},"
	          "\"scoring\":{\"version\":\"v\",\"engines\":[]},"
	          "\"metrics\":{\"overall\":{\"total_score\":7},\"rubric\":{\"overall\":50}},"
	          "\"questions\":[{\"order\":1,\"q_type\":\"theory\",\"title\":\"T\","
	          "\"state\":\"answered\",\"score\":7,\"max_score\":10,\"verdict\":\"good\","
	          "\"graded_by\":\"builtin\",\"is_corrected\":true},"
	          "{\"order\":2,\"q_type\":\"coding\",\"title\":\"C\",\"state\":\"answered\","
	          "\"score\":4,\"max_score\":5,\"verdict\":null,\"graded_by\":null,"
	          "\"is_corrected\":false}]}");
}

static void a_transcript_has_no_words_about_corrections(void)
{
	cJSON *shown = document();
	const char *text;

	cJSON_DetachItemFromObjectCaseSensitive(shown, "secret_of_tomorrow");
	report_for_candidate(shown);
	shared_transcript(shown);
	text = json_text(shown);
	CHECK(strstr(text, "hidden") == NULL);
	CHECK(strstr(text, "owner_id") == NULL);
	CHECK(strstr(text, "\"answer\":\"words\"") != NULL);
	CHECK(strstr(text, "for the candidate") != NULL);
	CHECK(strstr(text, "\"override\":{\"score\":7}") != NULL);
	CHECK(strstr(text, "\"appeals\":[{\"state\":\"accepted\"}]") != NULL);
}

int main(void)
{
	RUN(figures_are_what_is_named_and_nothing_else);
	RUN(a_transcript_has_no_words_about_corrections);
	return check_done();
}
