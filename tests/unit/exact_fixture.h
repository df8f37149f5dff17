/* An interview with a question of every kind and fate; its figures are easily summed by hand. */
#ifndef VIVA_TESTS_EXACT_FIXTURE_H
#define VIVA_TESTS_EXACT_FIXTURE_H

#include "report_fixture.h"

enum { EXACT_COUNT = 11 };

#define EXACT_ANSWER "Эффект тот же: PUT и PATCH"

/* A full mark of 5, a track and a tag in Cyrillic, the tag named twice. */
static const char network_body[] =
        "{\"track\":\"Мережі\",\"level\":\"senior\",\"category\":\"core\",\"max_score\":5,"
        "\"skill_tags\":[\"мережі\",\"мережі\"],"
        "\"question\":{\"en\":\"What does «TCP» promise?\"},\"key_points\":[]}";

static struct span exact_same[] = { { 0, 12 }, { 13, 24 } }, exact_put[] = { { 26, 29 } };
static struct span exact_plan[] = { { 0, 12 } }, exact_index[] = { { 13, 36 } };
static struct mark exact_http_marks[] = {
	{ "same", "The effect stays the same.", "covered", 0.91239, "effect same", NULL, exact_same,
	  2, "rule alias" },
	{ "put", "PUT may be repeated.", "partial", 0.5, "PUT repeat", NULL, exact_put, 1,
	  "rule union" },
	{ "post", "POST makes duplicates.", "missing", 0, NULL, "POST is idempotent", NULL, 0, "" },
};
static struct mark exact_sql_marks[] = {
	{ "plan", "Look at the plan.", "covered", 1, "Look at the plan.", NULL, exact_plan, 1,
	  "call 41" },
	{ "index", "Add an index.", "partial", 0.5, "Add an index.", NULL, exact_index, 1,
	  "call 41" },
};

static struct question exact_questions[EXACT_COUNT];
static struct evaluation exact_evaluations[EXACT_COUNT];
static struct code_work exact_works[EXACT_COUNT];
static struct submission exact_attempts[7], exact_unjudged[1], exact_assisted[1];
static struct hint_row exact_hints[2];
static struct event_row exact_events[3];
static struct turn exact_turns[2];

/* Times are milliseconds after the interview's start; 0: not yet. */
static inline void exact_ask(int order, const char *category, const char *snapshot,
                             const char *state, const int64_t times[2])
{
	const bool is_coding = snapshot == two_sum_body;

	exact_questions[order - 1] = (struct question){
		.id = arena_printf(arena, "q%02d", order),
		.interview_id = "i1",
		.position = order,
		.bank_id = arena_printf(arena, "bank-%d", order),
		.q_type = is_coding ? "coding" : "theory",
		.category = category,
		.snapshot = snapshot,
		.state = state,
		.answer = "",
		.asked_at = times[0] > 0 ? FIXTURE_MS(0) + times[0] : 0,
		.finished_at = times[1] > 0 ? FIXTURE_MS(0) + times[1] : 0,
	};
}

static inline struct evaluation *exact_grade(int order, double score, const char *verdict,
                                             const double rubric[5])
{
	struct evaluation *evaluation = &exact_evaluations[order - 1];

	*evaluation = fixture_evaluation(exact_questions[order - 1].id, score, verdict);
	evaluation->structure = rubric[0];
	evaluation->relevance = rubric[1];
	evaluation->technical_accuracy = rubric[2];
	evaluation->depth = rubric[3];
	evaluation->communication = rubric[4];
	return evaluation;
}

static inline void exact_fill_theory(void)
{
	struct evaluation *model;

	exact_ask(1, "core", http_body, "answered", (int64_t[]){ 10000, 100000 });
	exact_ask(2, "practical", sql_body, "answered", (int64_t[]){ 100000, 130500 });
	exact_ask(3, "core", http_body, "answered", (int64_t[]){ 130500, 150000 });
	exact_ask(4, "behavioural", hr_body, "skipped", (int64_t[]){ 150000, 155250 });
	exact_ask(5, "behavioural", hr_body, "dont_know", (int64_t[]){ 155250, 160000 });
	exact_ask(6, "behavioural", hr_body, "planned", (int64_t[]){ 0, 0 });
	exact_ask(11, "core", network_body, "answered", (int64_t[]){ 560000, 560100 });
	exact_questions[0].answer = EXACT_ANSWER;
	exact_questions[1].answer = "Смотрю план запроса";
	exact_questions[1].hints_used = 1;
	exact_questions[2].hints_used = 2;
	exact_questions[2].model_answer = true;
	exact_grade(1, 8, "good", (double[]){ 4, 5, 4, 3, 4 })->marks = exact_http_marks;
	exact_evaluations[0].mark_count = 3;
	model = exact_grade(2, 7.1, "good", (double[]){ 3.25, 4.5, 3.1, 2.2, 3.33 });
	model->engine = "llama3";
	model->version = "proof-1";
	model->marks = exact_sql_marks;
	model->mark_count = 2;
	model->has_builtin = true;
	model->builtin_score = 6.4;
	model->builtin_verdict = "good";
	exact_grade(3, 3, "partial", (double[]){ 1, 1, 1, 1, 1 });
	exact_grade(11, 1.7, "partial", (double[]){ 2.5, 2, 0, 0.5, 5 })->max_score = 5;
}

/* Two runs and five attempts, the second of them never judged; the fourth passes in full. */
static inline void exact_fill_retries(void)
{
	static const struct {
		const char *kind;
		int number, public_passed, hidden_passed, errors;
	} rows[] = { { "run", 0, 1, 0, 9 },   { "submit", 1, 1, 1, 2 }, { "submit", 2, 0, 0, 0 },
		     { "run", 0, 3, 0, 0 },   { "submit", 3, 3, 6, 0 }, { "submit", 4, 3, 7, 0 },
		     { "submit", 5, 2, 0, 1 } };

	for (size_t i = 0; i < 7; i++) {
		exact_attempts[i] = fixture_submission(
		        rows[i].kind, rows[i].number, rows[i].public_passed, rows[i].hidden_passed);
		exact_attempts[i].errors = rows[i].errors;
	}
	exact_attempts[2].state = "failed";
	exact_hints[0] = (struct hint_row){ .level = 1, .body = "A map helps.", .price = 0.5 };
	exact_hints[1] = (struct hint_row){ .level = 2, .body = "Store the rest.", .price = 1 };
	exact_works[6] = (struct code_work){ { exact_attempts, 7 }, { exact_hints, 2 } };
}

static inline void exact_fill_coding(void)
{
	exact_ask(7, "algo", two_sum_body, "answered", (int64_t[]){ 160000, 460001 });
	exact_ask(8, "algo", two_sum_body, "active", (int64_t[]){ 460001, 500000 });
	exact_ask(9, "algo", two_sum_body, "planned", (int64_t[]){ 0, 0 });
	exact_ask(10, "algo", two_sum_body, "answered", (int64_t[]){ 500000, 560000 });
	exact_questions[9].model_answer = true;
	exact_fill_retries();
	exact_unjudged[0] = fixture_submission("submit", 1, 0, 0);
	exact_unjudged[0].state = "not_judged";
	exact_assisted[0] = fixture_submission("submit", 1, 3, 7);
	exact_works[7] = (struct code_work){ .submissions = { exact_unjudged, 1 } };
	exact_works[9] = (struct code_work){ .submissions = { exact_assisted, 1 } };
}

static inline struct report_source exact_source(void)
{
	struct report_source source = fixture_source();

	exact_fill_theory();
	exact_fill_coding();
	exact_events[0].kind = exact_events[2].kind = "focus_lost";
	exact_events[1].kind = "large_paste";
	exact_turns[0] = (struct turn){ .seq = 1,
		                        .question_id = "q01",
		                        .author = "interviewer",
		                        .kind = "question",
		                        .body = "Начнём: идемпотентность?" };
	exact_turns[1] = (struct turn){ .seq = 2,
		                        .question_id = "q01",
		                        .author = "candidate",
		                        .kind = "answer",
		                        .body = EXACT_ANSWER };
	source.owner_name = "Олена Ґудзь";
	source.questions = exact_questions;
	source.evaluations = exact_evaluations;
	source.works = exact_works;
	source.count = EXACT_COUNT;
	source.turns = exact_turns;
	source.turn_count = 2;
	source.events = exact_events;
	source.event_count = 3;
	return source;
}

#endif
