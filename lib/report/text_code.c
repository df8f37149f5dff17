#include <string.h>

#include "base/json.h"
#include "report/texts.h"

static const struct digest_code *code_of(const struct prose *prose)
{
	return &prose->digest->code;
}

/* --- for the candidate ------------------------------------------------------------ */

void texts_code_candidate_result(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);
	enum language language = prose->language;

	if (prose->digest->band == BAND_UNJUDGED)
		return;
	if (code->attempts > 0 && code->solved == code->tasks)
		prose_sentence(prose, i18n(language, "In practice, every coding task is solved: "
		                                     "your code passed all tests."));
	else if (code->attempts > 0 && code->solved + code->assisted == 0)
		prose_sentence(prose, i18n(language, "In practice, no coding task passed all its "
		                                     "tests yet."));
	else if (code->attempts > 0 && code->solved > 0)
		prose_sentence(prose,
		               i18n_plural(language,
		                           "In practice, you solved %d coding task of %d in full.",
		                           "In practice, you solved %d coding tasks of %d in full.",
		                           code->solved),
		               code->solved, code->tasks);
	if (code->assisted > 0)
		prose_sentence(prose,
		               i18n_plural(language,
		                           "The code of %d task passed all tests, but the model "
		                           "answer had been shown: it does not count as solved.",
		                           "The code of %d tasks passed all tests, but the model "
		                           "answer had been shown: they do not count as solved.",
		                           code->assisted),
		               code->assisted);
	if (code->attempts > 0)
		prose_sentence(prose,
		               i18n_plural(language, "You sent your code in for judging %d time.",
		                           "You sent your code in for judging %d times.",
		                           code->attempts),
		               code->attempts);
	if (code->unjudged > 0)
		prose_sentence(prose,
		               i18n_plural(language,
		                           "The code of %d task could not be judged here and does "
		                           "not count in the score.",
		                           "The code of %d tasks could not be judged here and does "
		                           "not count in the score.",
		                           code->unjudged),
		               code->unjudged);
}

void texts_code_candidate_strengths(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);
	enum language language = prose->language;

	if (code->first_try.count > 0)
		prose_item(prose, i18n(language, "Coding, solved at the first attempt: %s."),
		           prose_points(prose, &code->first_try));
	if (code->later.count > 0)
		prose_item(prose,
		           i18n(language, "Coding, solved after you found your mistake: %s."),
		           prose_points(prose, &code->later));
}

void texts_code_candidate_growth(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);
	enum language language = prose->language;

	if (code->edges.count > 0)
		prose_item(prose,
		           i18n(language, "Coding, the visible tests pass but some of the hidden "
		                          "ones do not: %s."),
		           prose_points(prose, &code->edges));
	if (code->unsolved.count > 0)
		prose_item(prose, i18n(language, "Coding, not working yet: %s."),
		           prose_points(prose, &code->unsolved));
	if (code->helped.count > 0)
		prose_item(prose,
		           i18n(language, "Coding, working after the model answer had been shown: "
		                          "%s."),
		           prose_points(prose, &code->helped));
	if (code->errors > 0)
		prose_item(prose,
		           i18n_plural(language,
		                       "Coding, %d execution error (code that does not compile or "
		                       "breaks off in a visible test); the mentor's explanation is "
		                       "below the task.",
		                       "Coding, %d execution errors (code that does not compile or "
		                       "breaks off in a visible test); the mentor's explanations "
		                       "are below the tasks.",
		                       code->errors),
		           code->errors);
}

void texts_code_candidate_advice(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);
	enum language language = prose->language;

	if (code->edges.count > 0)
		prose_item(prose,
		           i18n(language, "Before you send code in, try the edge cases: empty "
		                          "input, a single element, equal values, the largest "
		                          "sizes."));
	if (code->unsolved.count > 0)
		prose_item(prose,
		           i18n(language, "Solve the open tasks once more without a time limit: "
		                          "first by hand on a small example, then in code."));
	if (code->helped.count > 0)
		prose_item(prose,
		           i18n(language, "In a few days, solve the tasks whose model answer you "
		                          "saw once more on your own."));
	if (code->unsolved.count == 0 && code->later.count > 0)
		prose_item(prose, i18n(language, "Run your code on the visible tests and on your "
		                                 "own input before you send it in."));
}

/* --- for the recruiter -------------------------------------------------------------- */

void texts_code_admin_result(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);
	enum language language = prose->language;

	if (code->tasks > code->unjudged)
		prose_sentence(prose,
		               i18n(language,
		                    "Coding tasks: %d, solved in full: %d, of these at the "
		                    "first attempt: %d; attempts: %d, execution errors: %d."),
		               code->tasks, code->solved, code->solved_first_try, code->attempts,
		               code->errors);
	if (code->assisted > 0)
		prose_sentence(prose,
		               i18n(language, "Tasks with a full pass although the model answer "
		                              "had been shown: %d; they do not count as solved."),
		               code->assisted);
	if (code->unjudged > 0)
		prose_sentence(prose,
		               i18n(language, "Tasks with code that was not judged: %d; they have "
		                              "no score, the code is to be read by hand."),
		               code->unjudged);
}

/* Solved tasks, or those with attempts that are not solved. */
static void each_task(struct prose *prose, bool is_solved,
                      void (*write)(struct prose *prose, const struct facts *facts))
{
	const cJSON *question;
	int written = 0;

	cJSON_ArrayForEach(question, json_get(prose->digest->summary, "questions"))
	{
		const struct facts facts = facts_of(question);

		if (!facts.is_coding || facts.code.attempts == 0 ||
		    facts.code.is_solved != is_solved || written++ == DIGEST_MAX_NAMES)
			continue;
		write(prose, &facts);
	}
}

static const char *title_of(const struct prose *prose, const struct facts *facts)
{
	const struct digest_names title = { .items = { facts->title }, .count = 1 };

	return prose_points(prose, &title);
}

static void write_solved(struct prose *prose, const struct facts *facts)
{
	prose_item(prose,
	           i18n(prose->language,
	                "Coding, %s: all tests passed, for the first time at attempt %d; hint "
	                "level used: %d; score: %s of %s."),
	           title_of(prose, facts), facts->code.first_success, facts->code.hints,
	           prose_number(prose, facts->score), prose_number(prose, facts->max_score));
}

static void write_assisted(struct prose *prose, const struct facts *facts)
{
	prose_item(prose,
	           i18n(prose->language,
	                "Coding, %s: all tests passed, but the model answer had been shown; "
	                "attempts: %d; hint level used: %d; score: %s of %s."),
	           title_of(prose, facts), facts->code.attempts, facts->code.hints,
	           prose_number(prose, facts->score), prose_number(prose, facts->max_score));
}

static void write_unsolved(struct prose *prose, const struct facts *facts)
{
	if (facts->code.is_assisted) {
		write_assisted(prose, facts);
		return;
	}
	prose_item(prose,
	           i18n(prose->language,
	                "Coding, %s: no full pass; attempts: %d; best attempt: public tests %d "
	                "of %d, hidden tests %d of %d; hint level used: %d; score: %s of %s."),
	           title_of(prose, facts), facts->code.attempts, facts->code.public_passed,
	           facts->code.public_total, facts->code.hidden_passed, facts->code.hidden_total,
	           facts->code.hints, prose_number(prose, facts->score),
	           prose_number(prose, facts->max_score));
}

void texts_code_admin_strengths(struct prose *prose)
{
	each_task(prose, true, write_solved);
}

void texts_code_admin_gaps(struct prose *prose)
{
	each_task(prose, false, write_unsolved);
}

void texts_code_admin_risks(struct prose *prose)
{
	const struct digest_code *code = code_of(prose);

	if (code->edges.count > 0)
		prose_item(prose,
		           i18n(prose->language, "Risk, edge cases: the visible tests pass and "
		                                 "hidden ones do not: %s."),
		           prose_points(prose, &code->edges));
}
