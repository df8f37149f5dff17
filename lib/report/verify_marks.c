#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/verify.h"
#include "score/constants.h"
#include "score/score.h"

/* Sums that were done in another order differ by less than this. */
#define SAME 1e-9

/* The grade of one question, and what was kept of how it came about. */
struct grade {
	struct verify *verify;
	const struct question *question;
	const struct evaluation *evaluation;
	const cJSON *steps; /* NULL: nothing was kept */
};

static double number(const cJSON *object, const char *name)
{
	return json_number(object, name, NAN);
}

static double to_tenths(double score)
{
	return round(score * 10) / 10;
}

/* A step that cannot be done, for something of it was not kept, is no difference. */
static void expect(const struct grade *grade, const char *name, double stored, double made)
{
	struct verify *verify = grade->verify;

	if (isnan(made) || fabs(stored - made) <= SAME)
		return;
	verify_find(verify, "marks",
	            arena_printf(verify->arena, "question %d: %s", grade->question->position, name),
	            cJSON_CreateNumber(stored), cJSON_CreateNumber(made));
}

/* --- the built-in examiner's ---------------------------------------------------------- */

static double credit_of(const cJSON *steps, const cJSON *point)
{
	const double covered = number(steps, "covered_min"), partial = number(steps, "partial_min");
	const double coverage = number(point, "coverage"), full = number(point, "full");
	const double credit = coverage < full ? pow(coverage / full, number(steps, "credit_power"))
	                                      : 1;

	if (!(covered > 0) || coverage >= covered)
		return credit;
	return coverage < partial ? 0 : credit * coverage / covered;
}

/* With key points of the author's; without, the references as a whole count as well. */
static void check_points(const struct grade *grade)
{
	double weights = 0, sum = 0;
	const cJSON *point;

	if (!(number(grade->steps, "covered_min") > 0))
		return;
	cJSON_ArrayForEach(point, json_get(grade->steps, "key_points"))
	{
		const double weight = number(point, "weight"), credit = number(point, "credit");

		expect(grade,
		       arena_printf(grade->verify->arena, "credit of %s",
		                    json_string(point, "id", "")),
		       credit, credit_of(grade->steps, point));
		weights += weight;
		sum += weight * credit;
	}
	expect(grade, "sum of the points", number(grade->steps, "points"),
	       weights > 0 ? sum / weights : 0);
}

static double share_of(const cJSON *steps)
{
	return fmin(number(steps, "agreement") *
	                    (1 - number(steps, "penalty") * number(steps, "denied")),
	            number(steps, "cap"));
}

static void check_arithmetic(const struct grade *grade)
{
	const cJSON *steps = grade->steps;
	const double part = number(steps, "point_share");

	expect(grade, "agreement", number(steps, "agreement"),
	       pow(part * number(steps, "points") + (1 - part) * number(steps, "likeness"),
	           number(steps, "power")));
	expect(grade, "share", number(steps, "share"), share_of(steps));
	expect(grade, "score before anything is taken off", number(steps, "score"),
	       to_tenths(number(steps, "share") * number(steps, "max_score")));
}

/* What hints and a shown model answer leave of a score. */
static double after_toll(const struct grade *grade, double score)
{
	const double max_score = grade->evaluation->max_score;
	const double price = grade->question->hints_used * REPORT_HINT_PRICE * max_score / 10;
	const double most = grade->question->model_answer
	                            ? to_tenths(REPORT_MODEL_ANSWER_CAP * max_score / 10)
	                            : max_score;

	score = to_tenths(fmax(score - json_number(grade->steps, "hints_price", price), 0));
	return fmin(score, json_number(grade->steps, "model_answer_cap", most));
}

/* --- a model's ------------------------------------------------------------------------ */

static double score_of_points(const struct evaluation *evaluation)
{
	double gained = 0, share;

	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const char *status = evaluation->marks[i].status;

		gained += strcmp(status, "covered") == 0   ? 1
		          : strcmp(status, "partial") == 0 ? 0.5
		                                           : 0;
	}
	share = gained / (double)evaluation->mark_count;
	if ((evaluation->flags & SCORE_FLAG_DUMP) != 0)
		share = fmin(share, DUMP_CAP);
	return to_tenths(share * evaluation->max_score);
}

static const char *verdict_of(const struct evaluation *evaluation)
{
	return score_verdict_name(score_verdict_of(
	        evaluation->max_score > 0 ? evaluation->score / evaluation->max_score : 0));
}

static void check_verdict(const struct grade *grade)
{
	struct verify *verify = grade->verify;
	const char *stored = grade->evaluation->verdict, *made = verdict_of(grade->evaluation);

	if (strcmp(stored, made) != 0)
		verify_find(verify, "marks",
		            arena_printf(verify->arena, "question %d: verdict",
		                         grade->question->position),
		            cJSON_CreateString(stored), cJSON_CreateString(made));
}

static void check(const struct grade *grade)
{
	const struct evaluation *evaluation = grade->evaluation;
	const bool is_builtin = strcmp(evaluation->engine, "builtin") == 0;
	const double builtin = grade->steps != NULL
	                               ? after_toll(grade, number(grade->steps, "score"))
	                               : NAN;

	if (grade->steps != NULL) {
		check_points(grade);
		check_arithmetic(grade);
	} else if (is_builtin) {
		verify_remark(grade->verify,
		              arena_printf(grade->verify->arena,
		                           "question %d: %s kept no steps of its mark",
		                           grade->question->position, evaluation->version));
	}
	if (is_builtin)
		expect(grade, "score", evaluation->score, builtin);
	else if (evaluation->mark_count > 0)
		expect(grade, "score", evaluation->score,
		       after_toll(grade, score_of_points(evaluation)));
	if (evaluation->has_builtin)
		expect(grade, "score by the built-in examiner", evaluation->builtin_score, builtin);
	check_verdict(grade);
}

void verify_marks(struct verify *verify)
{
	const struct report_source *source = &verify->source;

	for (size_t i = 0; i < source->count; i++) {
		const struct evaluation *evaluation = &source->evaluations[i];
		struct grade grade = { verify, &source->questions[i], evaluation, NULL };
		cJSON *steps;

		if (evaluation->question_id == NULL)
			continue;
		if (evaluation->steps != NULL &&
		    json_parse(evaluation->steps, strlen(evaluation->steps), &steps) == OK)
			grade.steps = steps;
		check(&grade);
	}
}
