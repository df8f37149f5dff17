/* Interviews by chance, the same for the same seed, for what must hold of every report. */
#ifndef VIVA_TESTS_REPORT_GENERATOR_H
#define VIVA_TESTS_REPORT_GENERATOR_H

#include "report_fixture.h"

/* What is special about an interview; 0: a mixture of everything. */
enum generator_kind {
	GENERATE_MIXED,
	GENERATE_THEORY,
	GENERATE_CODING,
	GENERATE_SKIPPED,   /* nothing was answered */
	GENERATE_UNREACHED, /* nothing was even asked */
	GENERATE_WORTHLESS, /* full marks of zero */
	GENERATE_UNJUDGED,  /* code, but no judge */
	GENERATE_STUBBORN,  /* dozens of attempts at each task */
	GENERATE_KINDS
};

static uint64_t generator_state;

/* 0 ... below - 1; splitmix64. */
static inline int generator_below(int below)
{
	uint64_t z = (generator_state += 0x9e3779b97f4a7c15U);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return (int)((z ^ z >> 31) % (uint64_t)below);
}

static inline bool generator_chance(int percent)
{
	return generator_below(100) < percent;
}

static const char *const generator_tracks[] = { "backend", "hr", "Дані", "" };
static const char *const generator_tags[] = { "http", "api-design", "мережі", "sql", "дані" };

static inline const char *generator_body(bool is_coding, double max_score)
{
	const char *tags = "";

	for (size_t i = 0; i < 5; i++)
		if (generator_chance(40))
			tags = arena_printf(arena, "%s%s\"%s\"", tags, tags[0] != '\0' ? "," : "",
			                    generator_tags[i]);
	return arena_printf(
	        arena,
	        "{\"track\":\"%s\",\"level\":\"junior\",\"max_score\":%.15g,\"skill_tags\":[%s],"
	        "\"%s\":{\"en\":\"?\"},\"topic\":\"%s\",\"key_points\":[" POINT(
	                "a", "A.", "А.") "],"
	                                 "\"public_tests\":[{},{}],\"hidden_tests\":[{}],"
	                                 "\"category\":\"algo\"}",
	        generator_tracks[generator_below(4)], max_score, tags,
	        is_coding ? "title" : "question", is_coding ? "http" : "");
}

/* Scores in tenths and rubrics in thousandths and beyond, as examiners and databases have them. */
static inline struct evaluation generator_evaluation(const char *question_id, double max_score)
{
	static const char *const engines[] = { "builtin", "llama3", "gpt-x" };
	struct evaluation evaluation =
	        fixture_evaluation(question_id, max_score * generator_below(101) / 100, "good");
	double *const rubric[] = { &evaluation.structure, &evaluation.relevance,
		                   &evaluation.technical_accuracy, &evaluation.depth,
		                   &evaluation.communication };

	evaluation.max_score = max_score;
	evaluation.engine = engines[generator_below(3)];
	evaluation.has_builtin = generator_chance(30);
	evaluation.builtin_score = max_score * generator_below(11) / 10;
	evaluation.builtin_verdict = "good";
	for (size_t i = 0; i < 5; i++)
		*rubric[i] = 5.0 * generator_below(100001) / 100000;
	return evaluation;
}

static inline struct code_work generator_work(enum generator_kind kind)
{
	const int most = kind == GENERATE_STUBBORN ? 60 : 6;
	const int count = kind == GENERATE_UNJUDGED ? 2 : generator_below(most);
	const int public_total = 1 + generator_below(7), hidden_total = generator_below(9);
	struct submission *items = arena_array(arena, (size_t)count + 1, sizeof(*items));
	struct hint_row *hints = arena_array(arena, 3, sizeof(*hints));
	int attempts = 0, levels = generator_below(4);

	for (int i = 0; i < count; i++) {
		const bool is_run = generator_chance(30) && kind != GENERATE_UNJUDGED;
		const bool is_judged = generator_chance(85) && kind != GENERATE_UNJUDGED;

		items[i] = fixture_submission(is_run ? "run" : "submit", is_run ? 0 : ++attempts,
		                              generator_below(public_total + 1),
		                              generator_below(hidden_total + 1));
		items[i].public_total = public_total;
		items[i].hidden_total = is_run ? 0 : hidden_total;
		items[i].state = is_judged ? "done" : "not_judged";
		items[i].errors = generator_below(3);
	}
	for (int i = 0; i < levels; i++)
		hints[i] = (struct hint_row){ .level = i + 1, .body = "H", .price = 0.5 };
	return (struct code_work){ { items, (size_t)count }, { hints, (size_t)levels } };
}

static inline const char *generator_fate(enum generator_kind kind)
{
	static const char *const states[] = { "answered", "skipped",    "dont_know",
		                              "planned",  "unanswered", "active" };

	if (kind == GENERATE_SKIPPED)
		return states[1];
	if (kind == GENERATE_UNREACHED)
		return states[3];
	return generator_chance(60) ? states[0] : states[generator_below(6)];
}

static inline struct question generator_question(enum generator_kind kind, int position)
{
	static const char *const categories[] = { "core", "practical", "behavioural", "advanced" };
	const bool is_coding = kind == GENERATE_CODING || kind == GENERATE_UNJUDGED ||
	                       kind == GENERATE_STUBBORN ||
	                       (kind != GENERATE_THEORY && generator_chance(30));
	const int64_t asked_at = FIXTURE_MS(0) + generator_below(100000000);
	struct question question = {
		.id = arena_printf(arena, "id-%d", position),
		.interview_id = "i1",
		.position = position,
		.bank_id = "b",
		.q_type = is_coding ? "coding" : "theory",
		.category = is_coding ? "algo" : categories[generator_below(4)],
		.state = generator_fate(kind),
		.answer = "Слова",
		.model_answer = generator_chance(20),
	};

	if (kind == GENERATE_UNREACHED)
		return question;
	question.asked_at = generator_chance(90) ? asked_at : 0;
	question.finished_at = generator_chance(90) ? asked_at + generator_below(3000000) : 0;
	return question;
}

/* An interview of `count` questions. */
static inline struct report_source generator_interview(enum generator_kind kind, size_t count)
{
	struct report_source source = fixture_source();
	struct question *questions = arena_array(arena, count + 1, sizeof(*questions));
	struct evaluation *evaluations = arena_array(arena, count + 1, sizeof(*evaluations));
	struct code_work *works = arena_array(arena, count + 1, sizeof(*works));
	struct turn *turns = arena_array(arena, 2 * count + 1, sizeof(*turns));

	for (size_t i = 0; i < count; i++) {
		const double max_score = kind == GENERATE_WORTHLESS ? 0 : 1 + generator_below(10);
		struct question *question = &questions[i];
		bool is_coding;

		*question = generator_question(kind, (int)i + 1);
		is_coding = strcmp(question->q_type, "coding") == 0;
		question->snapshot = generator_body(is_coding, max_score);
		if (is_coding && kind != GENERATE_UNREACHED && kind != GENERATE_SKIPPED)
			works[i] = generator_work(kind);
		else if (!is_coding && strcmp(question->state, "answered") == 0)
			evaluations[i] = generator_evaluation(question->id, max_score);
		turns[2 * i] = fixture_turns[1];
		turns[2 * i].question_id = question->id;
		turns[2 * i].body = arena_printf(arena, "Asked %zu?", i);
		turns[2 * i + 1] = (struct turn){ .question_id = question->id,
			                          .author = "candidate",
			                          .kind = "answer",
			                          .body = "Слова" };
	}
	source.questions = questions;
	source.evaluations = evaluations;
	source.works = works;
	source.turns = turns;
	source.count = count;
	source.turn_count = 2 * count;
	return source;
}

#endif
