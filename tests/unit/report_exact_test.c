/*
 * Every figure of a report by hand: the sums stand in the comments, what is expected stands as
 * the very bytes of the document, with ' for ".
 */
#include "exact_fixture.h"

#include "score/score.h"

static void check_json(int line, const cJSON *value, const char *path, const char *expected)
{
	char *text = arena_strdup(arena, expected);

	for (char *c = text; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	check_str(__FILE__, line, json_text(at(value, path)), text);
}
#define CHECK_JSON(value, path, expected) check_json(__LINE__, value, path, expected)

static cJSON *question(size_t order)
{
	struct report_source source = exact_source();

	return report_question(arena, &source, order - 1);
}

static const cJSON *metrics(void)
{
	struct report_source source = exact_source();

	return at(report_summary(arena, &source), "metrics");
}

/* --- a question --------------------------------------------------------------------- */

#define NO_CODE                                                                   \
	"{'attempts':0,'runs':0,'score_code':null,'max_score_code':null,"         \
	"'score_ratio_code':null,'public_tests_total':0,'public_tests_passed':0," \
	"'hidden_tests_total':0,'hidden_tests_passed':0,'hints_used':0,"          \
	"'errors_count':0,'first_success_attempt':null,'computation':null}"

static void an_answer_graded_by_the_rules(void)
{
	/* 100 - 10 = 90 s; 8 / 10 = .8; overall 4 * 4 + 4 * 5 + 5 * 4 + 4 * 3 + 3 * 4 = 80 */
	CHECK_JSON(question(1), "metrics",
	           "{'time_spent_sec':90,'started_at':'2023-11-14T22:13:30Z',"
	           "'finished_at':'2023-11-14T22:15:00Z','theory':{'score':8,'max_score':10,"
	           "'score_ratio':0.8,'verdict':'good','key_points':["
	           "{'id':'same','text':'The effect stays the same.','status':'covered',"
	           "'evidence':[{'start':0,'end':12,'text':'Эффект'},"
	           "{'start':13,'end':24,'text':'тот же'}],'coverage':0.912,"
	           "'wording':'effect same','wrong':null,'matched':'rule alias'},"
	           "{'id':'put','text':'PUT may be repeated.','status':'partial',"
	           "'evidence':[{'start':26,'end':29,'text':'PUT'}],'coverage':0.5,"
	           "'wording':'PUT repeat','wrong':null,'matched':'rule union'},"
	           "{'id':'post','text':'POST makes duplicates.','status':'missing',"
	           "'evidence':[],'coverage':0,'wording':null,'wrong':'POST is idempotent',"
	           "'matched':null}],'llm_feedback_short':'Short.',"
	           "'llm_feedback_detailed':'Detailed.','rubric':{'structure':4,'relevance':5,"
	           "'technical_accuracy':4,'depth':3,'communication':4,'overall':80},"
	           "'graded_by':'builtin','builtin_score':null,'builtin_verdict':null,"
	           "'unproved_points':[],'fallback':null},'coding':" NO_CODE "}");
	CHECK_TEXT(question(1), "raw_llm_question", "Начнём: идемпотентность?");
	CHECK_TEXT(question(1), "answer", EXACT_ANSWER);
}

static void an_answer_graded_by_a_model(void)
{
	const cJSON *q = question(2);

	/* 130.5 - 100 = 30.5 s; overall 13 + 18 + 15.5 + 8.8 + 9.99 = 65.29 */
	CHECK_NUMBER(q, "metrics.time_spent_sec", 30.5);
	CHECK_JSON(q, "metrics.theory.rubric",
	           "{'structure':3.25,'relevance':4.5,'technical_accuracy':3.1,'depth':2.2,"
	           "'communication':3.33,'overall':65.29}");
	CHECK_NUMBER(q, "metrics.theory.score", 7.1);
	CHECK_NUMBER(q, "metrics.theory.score_ratio", 0.71);
	CHECK_TEXT(q, "metrics.theory.graded_by", "llama3");
	CHECK_NUMBER(q, "metrics.theory.builtin_score", 6.4);
	CHECK_TEXT(q, "metrics.theory.key_points.0.matched", "call 41");
	CHECK_TEXT(q, "metrics.theory.key_points.0.evidence.0.text", "Смотрю");
	CHECK_TEXT(q, "metrics.theory.key_points.1.evidence.0.text", "план запроса");
	CHECK_NUMBER(q, "hints_used", 1);
	CHECK_TEXT(q, "llm_evaluation.engine", "llama3");
	CHECK_TEXT(q, "llm_evaluation.version", "proof-1");
}

static void a_full_mark_of_five(void)
{
	const cJSON *q = question(11);

	/* 560.1 - 560 = 0.1 s; 1.7 / 5 = .34; overall 10 + 8 + 0 + 2 + 15 = 35 */
	CHECK_NUMBER(q, "metrics.time_spent_sec", 0.1);
	CHECK_NUMBER(q, "metrics.theory.score", 1.7);
	CHECK_NUMBER(q, "metrics.theory.max_score", 5);
	CHECK_NUMBER(q, "metrics.theory.score_ratio", 0.34);
	CHECK_NUMBER(q, "metrics.theory.rubric.overall", 35);
	CHECK_JSON(q, "skill_tags", "['мережі']");
}

#define NOTHING_SAID(feedback)                                                            \
	"{'score':0,'max_score':10,'score_ratio':0,'verdict':'incorrect','key_points':["  \
	"{'id':'talk','text':'Talk to each other.','status':'missing','evidence':[],"     \
	"'coverage':0,'wording':null,'wrong':null,'matched':null}],'llm_feedback_short':" \
	"'" feedback "','llm_feedback_detailed':'','rubric':null,'graded_by':null,"       \
	"'builtin_score':null,'builtin_verdict':null,'unproved_points':[],'fallback':null}"

static void questions_without_an_answer_count_as_nothing(void)
{
	CHECK_TEXT(question(4), "state", "skipped");
	CHECK_NUMBER(question(4), "metrics.time_spent_sec", 5.25);
	CHECK_JSON(question(4), "metrics.theory", NOTHING_SAID("This question was skipped."));
	CHECK_TEXT(question(5), "state", "dont_know");
	CHECK_NUMBER(question(5), "metrics.time_spent_sec", 4.75);
	CHECK_NUMBER(question(5), "metrics.theory.score", 0);
	CHECK_TEXT(question(6), "state", "unanswered");
	CHECK_NUMBER(question(6), "metrics.time_spent_sec", 0);
	CHECK_NULL(question(6), "metrics.started_at");
	CHECK_NULL(question(6), "llm_evaluation");
	CHECK_JSON(question(6), "metrics.theory",
	           NOTHING_SAID("This question was not answered before the end."));
}

static void a_task_with_retries_and_hints(void)
{
	const cJSON *q = question(7);

	/*
	 * The fourth of five attempts passes all: 10. Hint 2 costs 1; before the pass the first
	 * and third failed (nobody judged the second): 2 * .25. 10 - 1 - .5 = 8.5. Errors 2 + 1:
	 * those of runs are not counted.
	 */
	CHECK_JSON(q, "metrics.coding",
	           "{'attempts':4,'runs':2,'score_code':8.5,'max_score_code':10,"
	           "'score_ratio_code':0.85,'public_tests_total':3,'public_tests_passed':3,"
	           "'hidden_tests_total':7,'hidden_tests_passed':7,'hints_used':2,"
	           "'errors_count':3,'first_success_attempt':4,'computation':{'best_attempt':4,"
	           "'before_prices':10,'hint_level':2,'hint_price':1,'failed_attempts':2,"
	           "'failure_price':0.5,'before_cap':8.5}}");
	CHECK_NULL(q, "metrics.theory");
	CHECK_NUMBER(q, "metrics.time_spent_sec", 300.001);
	CHECK_SIZE(q, "code_attempts", 5);
	CHECK_NUMBER(q, "code_attempts.0.score", 2.19); /* 4 / 3 + 6 / 7 = 2.190476 */
	CHECK_NULL(q, "code_attempts.1.score");
	CHECK_NUMBER(q, "code_attempts.2.score", 9.143); /* 4 + 36 / 7 = 9.142857 */
	CHECK_NUMBER(q, "code_attempts.3.score", 10);
	CHECK_NUMBER(q, "code_attempts.4.score", 2.667); /* 4 * 2 / 3 */
	CHECK_NUMBER(q, "code_attempts.4.time_spent", 90.5);
	CHECK_JSON(q, "hints",
	           "[{'level':1,'text':'A map helps.','price':0.5,'engine':'builtin'},"
	           "{'level':2,'text':'Store the rest.','price':1,'engine':'builtin'}]");
}

static void code_that_nobody_judged_has_no_score(void)
{
	CHECK_TEXT(question(8), "state", "answered");
	CHECK_JSON(question(8), "metrics.coding",
	           "{'attempts':0,'runs':0,'score_code':null,'max_score_code':null,"
	           "'score_ratio_code':null,'public_tests_total':3,'public_tests_passed':0,"
	           "'hidden_tests_total':2,'hidden_tests_passed':0,'hints_used':0,"
	           "'errors_count':0,'first_success_attempt':null,'computation':null}");
}

static void a_task_that_was_not_reached_scores_nothing(void)
{
	CHECK_TEXT(question(9), "state", "unanswered");
	CHECK_JSON(question(9), "metrics.coding",
	           "{'attempts':0,'runs':0,'score_code':0,'max_score_code':10,"
	           "'score_ratio_code':0,'public_tests_total':3,'public_tests_passed':0,"
	           "'hidden_tests_total':2,'hidden_tests_passed':0,'hints_used':0,"
	           "'errors_count':0,'first_success_attempt':null,'computation':null}");
}

static void a_shown_solution_caps_a_full_pass(void)
{
	CHECK_JSON(question(10), "metrics.coding",
	           "{'attempts':1,'runs':0,'score_code':3,'max_score_code':10,"
	           "'score_ratio_code':0.3,'public_tests_total':3,'public_tests_passed':3,"
	           "'hidden_tests_total':7,'hidden_tests_passed':7,'hints_used':0,"
	           "'errors_count':0,'first_success_attempt':1,'computation':{'best_attempt':1,"
	           "'before_prices':10,'hint_level':0,'hint_price':0,'failed_attempts':0,"
	           "'failure_price':0,'before_cap':10}}");
}

/* --- the interview -------------------------------------------------------------------- */

static void the_whole(void)
{
	/*
	 * 8 + 7.1 + 3 + 1.7 = 19.8 and 8.5 + 0 + 3 = 11.5; the full marks are 6 * 10 + 5 and
	 * 3 * 10. 31.3 / 95 = .329474. 90 + 30.5 + 19.5 + 5.25 + 4.75 + 300.001 + 39.999 + 60 +
	 * .1 = 550.1 s, / 11 = 50.009091
	 */
	CHECK_JSON(metrics(), "overall",
	           "{'total_questions':11,'theory_questions':7,'coding_questions':4,"
	           "'total_score':31.3,'max_total_score':95,'score_ratio':0.329,"
	           "'time_total_sec':550.1,'avg_time_per_question_sec':50.009}");
}

static void by_type(void)
{
	/* 19.8 / 65 = .304615, 19.8 / 7 = 2.828571 */
	CHECK_JSON(metrics(), "by_type.theory",
	           "{'score':19.8,'max_score':65,'score_ratio':0.305,"
	           "'avg_score_per_question':2.829}");
	/*
	 * 11.5 / 30 = .383333; three have a score: 11.5 / 3 = 3.833333. Attempts (4 + 0 + 0 + 1)
	 * / 4, hints 2 / 4; the first is solved, not at once, the last with the solution at hand.
	 */
	CHECK_JSON(metrics(), "by_type.coding",
	           "{'score':11.5,'max_score':30,'score_ratio':0.383,"
	           "'avg_score_per_question':3.833,'avg_attempts':1.25,'avg_hints_used':0.5,"
	           "'attempts':5,'hints_used':2,'errors_count':3,'solved':1,"
	           "'solved_first_try':0,'assisted':1,'unjudged':1}");
}

static void by_track_skill_and_focus(void)
{
	/* 8 + 7.1 + 3 + 8.5 + 3 = 29.6 of 60, six questions with a score: .493333, 4.933333 */
	CHECK_JSON(metrics(), "by_track",
	           "{'backend':{'score':29.6,'max_score':60,'score_ratio':0.493,"
	           "'avg_score_per_question':4.933},"
	           "'hr':{'score':0,'max_score':30,'score_ratio':0,'avg_score_per_question':0},"
	           "'Мережі':{'score':1.7,'max_score':5,'score_ratio':0.34,"
	           "'avg_score_per_question':1.7}}");
	/* 11.5 / 30; (8 + 3 + 0 + 0 + 0) / 50; 7.1 / 10; (8 + 3) / 20; 0 / 30; 1.7 / 5 */
	CHECK_JSON(metrics(), "by_skill",
	           "{'algorithms':{'score_ratio':0.383,'questions':4},"
	           "'api-design':{'score_ratio':0.22,'questions':5},"
	           "'databases':{'score_ratio':0.71,'questions':1},"
	           "'hash-maps':{'score_ratio':0.383,'questions':4},"
	           "'http':{'score_ratio':0.55,'questions':2},"
	           "'teamwork':{'score_ratio':0,'questions':3},"
	           "'мережі':{'score_ratio':0.34,'questions':1}}");
	/* 8 + 3 + 1.7 = 12.7 of 25, / 3; the rest 18.6 of 70 = .265714, / 7 = 2.657143 */
	CHECK_JSON(metrics(), "by_focus",
	           "{'knowledge':{'score':12.7,'max_score':25,'score_ratio':0.508,"
	           "'avg_score_per_question':4.233},"
	           "'practice':{'score':18.6,'max_score':70,'score_ratio':0.266,"
	           "'avg_score_per_question':2.657}}");
}

static void rubric_and_events(void)
{
	/*
	 * Four graded: 10.75 / 4 = 2.6875, 12.5 / 4, 8.1 / 4, 6.7 / 4, 13.33 / 4 = 3.3325; overall
	 * 4 * 2.688 + 4 * 3.125 + 5 * 2.025 + 4 * 1.675 + 3 * 3.333 = 50.076
	 */
	CHECK_JSON(metrics(), "rubric",
	           "{'structure':2.688,'relevance':3.125,'technical_accuracy':2.025,"
	           "'depth':1.675,'communication':3.333,'overall':50.076}");
	CHECK_JSON(metrics(), "anti_cheat",
	           "{'suspicious_events':3,'by_kind':{'focus_lost':2,'large_paste':1},"
	           "'notes':'3 events were recorded; an event is no verdict'}");
}

static void head_and_progress(void)
{
	struct report_source source = exact_source();
	const cJSON *d = report_summary(arena, &source);

	CHECK_TEXT(d, "participant", "Олена Ґудзь");
	CHECK_TEXT(d, "session_id", "i1");
	CHECK_TEXT(d, "owner_id", "u1");
	CHECK_TEXT(d, "created_at", "2023-11-14T22:16:40Z");
	/* Answered: 1, 2, 3, 7, 8, 10, 11; hints 1 + 2 + 2; marks 3 + 2 */
	CHECK_JSON(d, "status",
	           "{'interview':'completed','questions':11,'answered':7,'skipped':1,"
	           "'dont_know':1,'unanswered':2,'hints_used':5,'model_answers_shown':2,"
	           "'key_points_of_answers':{'total':5,'covered':2,'partial':2,'missing':1}}");
	CHECK_JSON(d, "scoring.engines",
	           "[{'engine':'builtin','version':'" SCORE_VERSION "','questions':3},"
	           "{'engine':'llama3','version':'proof-1','questions':1}]");
	/* .329 of a middle's questions: no middle, but more than a junior */
	CHECK_JSON(d, "level_fit", "{'level':'junior','sign':'+'}");
	CHECK_JSON(d, "basis.used", "['answers','tests','attempts','hints','model_answers']");
	for (int i = 0; i < EXACT_COUNT; i++)
		CHECK_INT((long long)json_number(cJSON_GetArrayItem(json_get(d, "questions"), i),
		                                 "order", 0),
		          i + 1);
}

static void what_to_do_next(void)
{
	struct report_source source = exact_source();
	const cJSON *next = report_recommendations(arena, report_summary(arena, &source));

	/* Of what was met 31.3 / 75 = .417; tracks: hr 0, Мережі .34, backend 29.6 / 50 = .592 */
	CHECK_TEXT(next, "difficulty", "same");
	CHECK_JSON(next, "tracks", "['hr','Мережі','backend']");
}

/* --- numbers ---------------------------------------------------------------------------- */

static void decimal_halves_are_rounded_up_as_people_do(void)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = { { 0.1 + 0.2, "0.3" }, { 1.0005, "1.001" },     { 2.0245, "2.025" },
		     { 0.0005, "0.001" },  { 0.00049999, "0" },     { 4.35 * 100, "435" },
		     { 2.0 / 3, "0.667" }, { -0.0, "0" },           { 1e6 + 0.0005, "1000000.001" },
		     { -0.0001, "0" },     { 86399.9995, "86400" }, { 3.3325, "3.333" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const cJSON *number = cJSON_CreateNumber(json_rounded(rows[i].value));

		CHECK_STR(json_text(number), rows[i].text);
	}
}

int main(void)
{
	RUN(an_answer_graded_by_the_rules);
	RUN(an_answer_graded_by_a_model);
	RUN(a_full_mark_of_five);
	RUN(questions_without_an_answer_count_as_nothing);
	RUN(a_task_with_retries_and_hints);
	RUN(code_that_nobody_judged_has_no_score);
	RUN(a_task_that_was_not_reached_scores_nothing);
	RUN(a_shown_solution_caps_a_full_pass);
	RUN(the_whole);
	RUN(by_type);
	RUN(by_track_skill_and_focus);
	RUN(rubric_and_events);
	RUN(head_and_progress);
	RUN(what_to_do_next);
	RUN(decimal_halves_are_rounded_up_as_people_do);
	return check_done();
}
