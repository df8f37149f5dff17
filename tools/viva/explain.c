/* viva explain: how the mark of one answer came about, from what was stored with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/mustache.h"
#include "report/present.h"
#include "report/report.h"
#include "viva.h"

/* One question of the interview with its grade. */
struct subject {
	struct interview interview;
	struct question question;
	struct evaluation evaluation;
	struct ruling ruling;
};

static int refuse(const char *what, const char *why)
{
	fprintf(stderr, "viva: %s: %s\n", what, why);
	return 1;
}

/* By its number from 1, or by its id. */
static const struct question *find(const struct question_list *questions, const char *name)
{
	const bool is_number = strlen(name) <= 4 && strspn(name, "0123456789") == strlen(name);

	for (size_t i = 0; i < questions->count; i++) {
		const struct question *question = &questions->items[i];

		if (is_number ? question->position == atoi(name) : strcmp(question->id, name) == 0)
			return question;
	}
	return NULL;
}

/* NULL, or why that question has no mark to be explained. */
static const char *why_not(struct arena *arena, const struct subject *subject)
{
	const struct evaluation *evaluation = &subject->evaluation;

	if (strcmp(subject->question.q_type, "coding") == 0)
		return "it is a coding task: its report shows the tests and how they were counted";
	if (evaluation->question_id == NULL)
		return arena_printf(arena, "it was not graded (%s)", subject->question.state);
	if (evaluation->steps == NULL)
		return arena_printf(arena,
		                    "%s %s graded it and did not keep its arithmetic; viva replay "
		                    "grades it anew",
		                    evaluation->engine, evaluation->version);
	return NULL;
}

static enum err load(struct store *store, struct arena *arena, const char *interview_id,
                     const char *name, struct subject *ret_subject)
{
	struct subject subject = { 0 };
	struct question_list questions;
	const struct question *found;
	enum err err = interview_by_id(store, arena, interview_id, &subject.interview);

	if (err == OK)
		err = question_list(store, arena, interview_id, &questions);
	if (err != OK)
		return err; /* of an unknown interview, ERR_NOT_FOUND */
	found = find(&questions, name);
	if (found != NULL) {
		subject.question = *found;
		err = evaluation_get(store, arena, found->id, &subject.evaluation);
		if (err == ERR_NOT_FOUND)
			err = OK;
	}
	if (found != NULL && err == OK)
		err = ruling_of(store, arena, found->id, &subject.ruling);
	*ret_subject = subject;
	return err;
}

/* The question as reports have it, and as people read it. */
static cJSON *normalized(struct arena *arena, const struct subject *subject)
{
	const struct report_source source = {
		.interview = subject->interview,
		.questions = &subject->question,
		.evaluations = &subject->evaluation,
		.rulings = &subject->ruling,
		.count = 1,
	};

	return report_question(arena, &source, 0);
}

static cJSON *shown(struct arena *arena, const struct subject *subject, const cJSON *question)
{
	cJSON *scoring = cJSON_CreateObject();

	json_set_number(scoring, "model_answer_cap", REPORT_MODEL_ANSWER_CAP);
	json_set_number(scoring, "hint_price", REPORT_HINT_PRICE);
	return present_question(arena, subject->interview.language, question, scoring);
}

static int print_text(struct arena *arena, const struct subject *subject, const cJSON *page)
{
	struct mustache *templates;
	struct buf out;

	buf_init(&out, arena);
	if (mustache_load(arena, config_home_path("templates"), &templates) != OK ||
	    mustache_render(templates, "explain.txt", subject->interview.language, page, &out) !=
	            OK)
		return 1;
	fputs(out.data, stdout);
	return 0;
}

static int print_json(const struct subject *subject, const cJSON *question, const cJSON *page)
{
	static const char *const of_question[] = {
		"question_id", "order",      "raw_prompt",         "answer",
		"ruling",      "hints_used", "model_answer_shown",
	};
	static const char *const of_mark[] = { "score",     "max_score",       "verdict",
		                               "graded_by", "builtin_score",   "builtin_verdict",
		                               "fallback",  "unproved_points", "key_points",
		                               "scoring" };
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory");
	cJSON *document = cJSON_CreateObject();

	json_set_string(document, "interview_id", subject->interview.id);
	for (size_t i = 0; i < sizeof(of_question) / sizeof(*of_question); i++)
		json_set(document, of_question[i],
		         cJSON_Duplicate(json_get(question, of_question[i]), true));
	for (size_t i = 0; i < sizeof(of_mark) / sizeof(*of_mark); i++)
		json_set(document, of_mark[i], cJSON_Duplicate(json_get(theory, of_mark[i]), true));
	json_set(document, "lines",
	         cJSON_Duplicate(json_get(json_get(page, "explanation"), "lines"), true));
	puts(json_text(document));
	return 0;
}

int explain_grade(struct arena *arena, int argc, char **argv)
{
	const bool wants_json = argc == 3 && strcmp(argv[2], "--json") == 0;
	struct subject subject = { 0 };
	struct store *store;
	const char *reason;
	cJSON *question, *page;
	enum err err;

	if (argc == 3 && !wants_json) {
		fputs("usage: viva explain INTERVIEW QUESTION [--json]\n", stderr);
		return 2;
	}
	store = open_store_to_read(arena);
	if (store == NULL || i18n_load(config_made_path("locale")) != OK)
		return 1;
	err = load(store, arena, argv[0], argv[1], &subject);
	if (err != OK)
		return refuse(argv[0], err == ERR_NOT_FOUND
		                               ? "there is no such interview"
		                               : "it could not be read; the log says why");
	if (subject.question.id == NULL)
		return refuse(argv[1], "the interview has no such question");
	reason = why_not(arena, &subject);
	if (reason != NULL)
		return refuse(argv[1], reason);
	question = normalized(arena, &subject);
	page = shown(arena, &subject, question);
	return wants_json ? print_json(&subject, question, page)
	                  : print_text(arena, &subject, page);
}
