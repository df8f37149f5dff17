/* An interview made by hand, for the tests of the report. */
#ifndef VIVA_TESTS_REPORT_FIXTURE_H
#define VIVA_TESTS_REPORT_FIXTURE_H

#include "check.h"

#include "report/report.h"
#include "score/score.h"

enum { FIXTURE_START = 1700000000 }; /* 2023-11-14T22:13:20Z, seconds */

#define FIXTURE_MS(seconds) (((int64_t)FIXTURE_START + (seconds)) * 1000)

#define POINT(id, en, ru) \
	"{\"id\":\"" id "\",\"text\":{\"en\":\"" en "\",\"ru\":\"" ru "\",\"uk\":\"" ru "\"}}"

static const char http_body[] =
        "{\"track\":\"backend\",\"level\":\"junior\",\"category\":\"core\",\"max_score\":10,"
        "\"skill_tags\":[\"http\",\"api-design\"],"
        "\"question\":{\"en\":\"What is idempotent?\",\"ru\":\"Что идемпотентно?\"},"
        "\"reference_answer\":{\"en\":[\"A repeat changes nothing.\"]},"
        "\"key_points\":[" POINT("same", "The effect stays the same.", "Эффект тот же.") "," POINT(
                "put", "PUT may be repeated.",
                "PUT можно повторять.") "," POINT("post", "POST makes duplicates.",
                                                  "POST создаёт дубли.") "]}";

static const char sql_body[] =
        "{\"track\":\"backend\",\"level\":\"middle\",\"category\":\"practical\",\"max_score\":10,"
        "\"skill_tags\":[\"databases\"],"
        "\"question\":{\"en\":\"A query is slow. What do you do?\",\"ru\":\"Запрос медленный.\"},"
        "\"reference_answer\":{\"en\":[\"Read the plan.\"]},"
        "\"key_points\":[" POINT("plan", "Look at the plan.", "Посмотреть план.") "," POINT(
                "index", "Add an index.", "Добавить индекс.") "]}";

static const char hr_body[] =
        "{\"track\":\"hr\",\"level\":\"junior\",\"category\":\"behavioural\",\"max_score\":10,"
        "\"skill_tags\":[\"teamwork\",\"api-design\"],"
        "\"question\":{\"en\":\"A conflict?\",\"ru\":\"Конфликт?\"},"
        "\"reference_answer\":{\"en\":[\"We talked.\"]},"
        "\"key_points\":[" POINT("talk", "Talk to each other.", "Поговорить.") "]}";

/* "same" is covered by two spans, "put" in part by one that overlaps, "post" missing and wrong. */
static struct span same_spans[] = { { 0, 10 }, { 17, 23 } };
static struct span put_spans[] = { { 5, 14 } };
static struct mark http_marks[] = {
	{ "same", "The effect stays the same.", "covered", 0.91239, "effect same", NULL, same_spans,
	  2, "rule alias" },
	{ "put", "PUT may be repeated.", "partial", 0.3, "PUT repeat", NULL, put_spans, 1,
	  "rule union" },
	{ "post", "POST makes duplicates.", "missing", 0, NULL, "POST is idempotent", NULL, 0, "" },
};
static struct mark sql_marks[] = {
	{ "plan", "Look at the plan.", "missing", 0.1, NULL, NULL, NULL, 0, "" },
	{ "index", "Add an index.", "missing", 0, NULL, NULL, NULL, 0, NULL },
};

static struct question fixture_questions[3];
static struct evaluation fixture_evaluations[3];
static struct turn fixture_turns[3];

static inline struct evaluation fixture_evaluation(const char *id, double score,
                                                   const char *verdict)
{
	return (struct evaluation){
		.question_id = id,
		.engine = "builtin",
		.version = SCORE_VERSION,
		.score = score,
		.max_score = 10,
		.verdict = verdict,
		.feedback_short = "Short.",
		.feedback_detailed = "Detailed.",
		.next_difficulty = "same",
		.created_at = FIXTURE_MS(100),
	};
}

static inline void fixture_fill_questions(void)
{
	fixture_questions[0] = (struct question){
		.id = "q1",
		.interview_id = "i1",
		.position = 1,
		.bank_id = "backend-http",
		.q_type = "theory",
		.category = "core",
		.snapshot = http_body,
		.state = "answered",
		.follow_ups = 1,
		.answer = "The effect stays the same",
		.asked_at = FIXTURE_MS(10),
		.finished_at = FIXTURE_MS(100),
	};
	fixture_questions[1] = (struct question){
		.id = "q2",
		.interview_id = "i1",
		.position = 2,
		.bank_id = "backend-sql",
		.q_type = "theory",
		.category = "practical",
		.snapshot = sql_body,
		.state = "answered",
		.hints_used = 1,
		.model_answer = true,
		.answer = "Restart it",
		.asked_at = FIXTURE_MS(100),
		.finished_at = FIXTURE_MS(130) + 500,
	};
	fixture_questions[2] = (struct question){
		.id = "q3",
		.interview_id = "i1",
		.position = 3,
		.bank_id = "hr-conflict",
		.q_type = "theory",
		.category = "behavioural",
		.snapshot = hr_body,
		.state = "unanswered",
		.answer = "",
	};
}

static inline void fixture_fill_evaluations(void)
{
	fixture_evaluations[0] = fixture_evaluation("q1", 8, "good");
	fixture_evaluations[0].structure = 4;
	fixture_evaluations[0].relevance = 5;
	fixture_evaluations[0].technical_accuracy = 4;
	fixture_evaluations[0].depth = 3;
	fixture_evaluations[0].communication = 4;
	fixture_evaluations[0].flags = SCORE_FLAG_KEYWORD_LIST | SCORE_FLAG_DUMP;
	fixture_evaluations[0].marks = http_marks;
	fixture_evaluations[0].mark_count = 3;
	fixture_evaluations[1] = fixture_evaluation("q2", 0.5, "incorrect");
	fixture_evaluations[1].structure = 1;
	fixture_evaluations[1].marks = sql_marks;
	fixture_evaluations[1].mark_count = 2;
	fixture_evaluations[2] = (struct evaluation){ 0 };
}

/* Two graded questions (8 and 0.5 of 10) and one that was not reached. */
static inline struct report_source fixture_source(void)
{
	fixture_fill_questions();
	fixture_fill_evaluations();
	fixture_turns[0] = (struct turn){
		.seq = 1, .author = "interviewer", .kind = "greeting", .body = "Hello"
	};
	fixture_turns[1] = (struct turn){ .seq = 2,
		                          .question_id = "q1",
		                          .author = "interviewer",
		                          .kind = "question",
		                          .body = "Let us begin: idempotent?" };
	fixture_turns[2] = (struct turn){ .seq = 3,
		                          .question_id = "q1",
		                          .author = "interviewer",
		                          .kind = "question",
		                          .body = "Once more?" };
	return (struct report_source){
		.interview = { .id = "i1",
		               .owner_id = "u1",
		               .role_id = "backend",
		               .level = "middle",
		               .type = "mixed",
		               .language = LANG_EN,
		               .status = "completed",
		               .created_at = FIXTURE_MS(0),
		               .finished_at = FIXTURE_MS(200) },
		.role = { "backend", "Backend developer" },
		.owner_name = "Ann Lee",
		.questions = fixture_questions,
		.evaluations = fixture_evaluations,
		.count = 3,
		.turns = fixture_turns,
		.turn_count = 3,
	};
}

/* --- a coding question in the third place ------------------------------------- */

static const char two_sum_body[] =
        "{\"id\":\"task-two-sum\",\"kind\":\"function\",\"track\":\"backend\",\"level\":\"junior\","
        "\"category\":\"algo\",\"topic\":\"hash-maps\",\"skill_tags\":[\"algorithms\"],"
        "\"title\":{\"en\":\"Two Sum\",\"ru\":\"Сумма двух\",\"uk\":\"Сума двох\"},"
        "\"description\":{\"en\":\"Find **two** numbers.\",\"ru\":\"Найдите два числа.\"},"
        "\"function_signature\":\"two_sum(nums: int[], target: int) -> int[]\","
        "\"public_tests\":[{\"args\":[[2,7],9],\"expected\":[0,1]},"
        "{\"args\":[[1,2,3],5],\"expected\":[1,2]},{\"args\":[[4,4],8],\"expected\":[0,1]}],"
        "\"hidden_tests\":[{\"args\":[[987654,3],6],\"expected\":[424242,1]},"
        "{\"args\":[[1,1],2],\"expected\":[0,1]}],"
        "\"languages\":{\"python\":{\"starter\":\"def two_sum(nums, target):\\n    pass\","
        "\"reference\":\"def two_sum(reference_solution)\"},"
        "\"javascript\":{\"starter\":\"function twoSum() {}\",\"reference\":\"// js\"}}}";

/* The first test passes, the second is wrong, the third breaks. */
static const char failing_result[] =
        "{\"tier\":\"A1\",\"compile\":{\"ok\":true,\"message\":\"\",\"line\":0},\"public\":["
        "{\"verdict\":\"accepted\",\"input\":[[2,7],9],\"expected\":[0,1],\"got\":[0,1],"
        "\"exception\":null},"
        "{\"verdict\":\"wrong_answer\",\"input\":[[1,2,3],5],\"expected\":[1,2],\"got\":[0,2],"
        "\"exception\":null},"
        "{\"verdict\":\"runtime_error\",\"input\":[[4,4],8],\"expected\":[0,1],\"got\":null,"
        "\"exception\":{\"class\":\"IndexError\",\"message\":\"list index out of range\","
        "\"line\":3}}],\"custom\":null,\"hidden\":[{\"verdict\":\"failed\"},"
        "{\"verdict\":\"passed\"}]}";

static struct submission fixture_submissions[4];
static struct hint_row fixture_hints[1];
static struct code_work fixture_works[3];

static inline struct submission fixture_submission(const char *kind, int attempt_number,
                                                   int public_passed, int hidden_passed)
{
	bool is_submit = attempt_number > 0;

	return (struct submission){
		.id = "s",
		.question_id = "q3",
		.kind = kind,
		.code_language = "python",
		.code = "def two_sum(nums, target):\n    return <b>",
		.custom_input = "",
		.state = "done",
		.attempt_number = attempt_number,
		.worker = "",
		.public_passed = public_passed,
		.public_total = 3,
		.hidden_passed = is_submit ? hidden_passed : 0,
		.hidden_total = is_submit ? 7 : 0,
		.result = "{\"compile\":{\"ok\":true},\"public\":[]}",
		.explanation = "",
		.nonce = "n",
		.time_spent_ms = 90500,
		.created_at = FIXTURE_MS(160),
	};
}

/*
 * As fixture_source, but the last question is a coding task: a run, an attempt with an
 * error, the judge failing on the second, the third nearly right (3 of 3, 5 of 7), one hint.
 */
static inline struct report_source fixture_coding_source(void)
{
	struct report_source source = fixture_source();

	fixture_questions[2] = (struct question){
		.id = "q3",
		.interview_id = "i1",
		.position = 3,
		.bank_id = "task-two-sum",
		.q_type = "coding",
		.category = "algo",
		.snapshot = two_sum_body,
		.state = "answered",
		.hints_used = 1,
		.answer = "",
		.asked_at = FIXTURE_MS(130),
		.finished_at = FIXTURE_MS(190),
	};
	fixture_submissions[0] = fixture_submission("run", 0, 1, 0);
	fixture_submissions[0].explanation = "Look at the range.";
	fixture_submissions[1] = fixture_submission("submit", 1, 1, 1);
	fixture_submissions[1].result = failing_result;
	fixture_submissions[1].errors = 2;
	fixture_submissions[1].explanation = "The index is outside.";
	fixture_submissions[1].explanation_engine = "scripted";
	fixture_submissions[2] = fixture_submission("submit", 2, 0, 0);
	fixture_submissions[2].state = "failed";
	fixture_submissions[2].result = NULL;
	fixture_submissions[3] = fixture_submission("submit", 3, 3, 5);
	fixture_submissions[3].hints_used = 1;
	fixture_hints[0] = (struct hint_row){ .level = 1, .body = "A map helps.", .price = 0.5 };
	fixture_works[2] = (struct code_work){
		.submissions = { fixture_submissions, 4 },
		.hints = { fixture_hints, 1 },
	};
	source.works = fixture_works;
	return source;
}

/* Item at a path such as "metrics.overall.total_score"; NULL when it is not there. */
static inline const cJSON *at(const cJSON *value, const char *path)
{
	char name[64];

	while (value != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		snprintf(name, sizeof(name), "%.*s", (int)len, path);
		value = name[0] >= '0' && name[0] <= '9' ? cJSON_GetArrayItem(value, name[0] - '0')
		                                         : json_get(value, name);
		path += len + (path[len] == '.');
	}
	return value;
}

#define CHECK_NUMBER(value, path, expected)                                                  \
	do {                                                                                 \
		const cJSON *item_ = at(value, path);                                        \
		CHECK(cJSON_IsNumber(item_));                                                \
		CHECK_NEAR(cJSON_IsNumber(item_) ? item_->valuedouble : -1, expected, 1e-9); \
	} while (0)
#define CHECK_TEXT(value, path, expected) CHECK_STR(cJSON_GetStringValue(at(value, path)), expected)
#define CHECK_NULL(value, path)           CHECK(cJSON_IsNull(at(value, path)))
#define CHECK_SIZE(value, path, expected)                                 \
	do {                                                              \
		CHECK(cJSON_IsArray(at(value, path)));                    \
		CHECK_INT(cJSON_GetArraySize(at(value, path)), expected); \
	} while (0)

#endif
