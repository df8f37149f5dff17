#include "interview/flow_internal.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/json.h"
#include "interview/steps.h"

/* Below this share of the full mark the next question gets easier, as for the examiner. */
#define EASIER_BELOW 0.4

int flow_moved_difficulty(int difficulty, const char *move)
{
	if (strcmp(move, "increase") == 0)
		return difficulty < 3 ? difficulty + 1 : 3;
	if (strcmp(move, "decrease") == 0)
		return difficulty > 0 ? difficulty - 1 : 0;
	return difficulty;
}

/* What the credit rests on: a rule of the built-in scorer or the model's recorded reply. */
static const char *matched_by(struct arena *arena, const struct grade *grade,
                              const struct score_point *point)
{
	if (point->status == SCORE_MISSING)
		return "";
	if (!grade->has_builtin)
		return arena_printf(arena, "rule %s", score_match_name(point->match));
	return grade->call > 0 ? arena_printf(arena, "call %lld", (long long)grade->call) : "";
}

static struct mark mark_of(struct arena *arena, const struct score_point *point, const char *id)
{
	struct mark mark = {
		.key_point_id = id,
		.body = point->text,
		.status = score_status_name(point->status),
		.coverage = point->coverage,
		.wording = point->wording,
		.wrong = point->wrong,
		.spans = arena_array(arena, point->span_count, sizeof(*mark.spans)),
		.span_count = point->span_count,
	};

	for (size_t i = 0; i < point->span_count; i++)
		mark.spans[i] = (struct span){ .start = (int64_t)point->spans[i].start,
			                       .end = (int64_t)point->spans[i].end };
	return mark;
}

static void add_marks(struct arena *arena, const struct score_question *question,
                      const struct grade *grade, struct evaluation *evaluation)
{
	const struct score_result *result = &grade->result;

	evaluation->marks = arena_array(arena, result->point_count, sizeof(*evaluation->marks));
	evaluation->mark_count = result->point_count;
	for (size_t i = 0; i < result->point_count; i++) {
		evaluation->marks[i] = mark_of(arena, &result->points[i],
		                               i < question->point_count ? question->points[i].id
		                                                         : "");
		evaluation->marks[i].matched = matched_by(arena, grade, &result->points[i]);
	}
}

static const char *unproved_points(const struct grade *grade)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < grade->unproved_count; i++) {
		cJSON *point = json_add_object(list);

		json_set_string(point, "key_point_id", grade->unproved[i].key_point_id);
		json_set_string(point, "text", grade->unproved[i].text);
		json_set_string(point, "quote", grade->unproved[i].quote);
	}
	return json_text(list);
}

/* What the reader needs to weigh a model's grade, or to know why there is none. */
static void add_witness(const struct grade *grade, struct evaluation *evaluation)
{
	evaluation->fallback = grade->fallback;
	evaluation->unproved = unproved_points(grade);
	evaluation->has_builtin = grade->has_builtin;
	if (!grade->has_builtin)
		return;
	evaluation->builtin_score = grade->builtin.score;
	evaluation->builtin_verdict = score_verdict_name(grade->builtin.verdict);
}

static struct evaluation evaluation_of(struct arena *arena, const struct question *question,
                                       const struct exam_question *exam, const struct grade *grade)
{
	const struct score_result *result = &grade->result;
	struct evaluation evaluation = {
		.question_id = question->id,
		.engine = grade->engine,
		.version = strcmp(grade->engine, "builtin") == 0 ? SCORE_VERSION
		                                                 : EXAMINER_PROOF_VERSION,
		.created_at = clock_now_ms(),
		.score = result->score,
		.max_score = result->max_score,
		.structure = result->rubric.structure,
		.relevance = result->rubric.relevance,
		.technical_accuracy = result->rubric.technical_accuracy,
		.depth = result->rubric.depth,
		.communication = result->rubric.communication,
		.flags = result->flags,
		.feedback_short = grade->feedback_short,
		.feedback_detailed = grade->feedback_detailed,
		.next_difficulty = grade->next_difficulty,
	};

	add_marks(arena, &exam->score, grade, &evaluation);
	add_witness(grade, &evaluation);
	return evaluation;
}

static double to_tenths(double score)
{
	return round(score * 10) / 10;
}

static double hints_price(double max_score, int hints)
{
	return hints * FLOW_HINT_PRICE * max_score / 10;
}

static double less_hints(double score, double max_score, int hints)
{
	const double price = hints_price(max_score, hints);

	return to_tenths(score > price ? score - price : 0);
}

static double model_answer_cap(double max_score)
{
	return to_tenths(FLOW_MODEL_ANSWER_CAP * max_score / 10);
}

static double capped(double score, double max_score)
{
	return fmin(score, model_answer_cap(max_score));
}

/* NULL where the built-in scorer had no part in the grade. */
static const char *steps_of(const struct question *question, const struct exam_question *exam,
                            const struct grade *grade)
{
	const bool is_builtin = strcmp(grade->engine, "builtin") == 0;
	const struct score_result *result = is_builtin ? &grade->result : &grade->builtin;
	const struct steps_toll toll = {
		.hints = question->hints_used,
		.price = hints_price(result->max_score, question->hints_used),
		.most = model_answer_cap(result->max_score),
		.is_limited = question->model_answer,
	};

	return is_builtin || grade->has_builtin ? steps_text(&exam->score, result, &toll) : NULL;
}

/* The verdict beside a model's is lowered alike, or the two could not be compared. */
static void lower_builtin(const struct question *question, struct evaluation *evaluation)
{
	const double max_score = evaluation->max_score;
	double score = less_hints(evaluation->builtin_score, max_score, question->hints_used);

	if (!evaluation->has_builtin)
		return;
	if (question->model_answer)
		score = capped(score, max_score);
	evaluation->builtin_score = score;
	evaluation->builtin_verdict =
	        score_verdict_name(score_verdict_of(max_score > 0 ? score / max_score : 0));
}

/* Lowers the score and says why, so that the report's numbers add up. */
static void take_off_hints(struct arena *arena, enum language language, int hints,
                           struct evaluation *evaluation)
{
	const double before = evaluation->score;

	evaluation->score = less_hints(before, evaluation->max_score, hints);
	if (evaluation->score >= before)
		return;
	evaluation->feedback_detailed = arena_printf(
	        arena, "%s\n\n%s", evaluation->feedback_detailed,
	        arena_printf(arena,
	                     i18n(language, "A hint was used, therefore the score is %2$s "
	                                    "instead of %1$s."),
	                     format_number(arena, language, before),
	                     format_number(arena, language, evaluation->score)));
}

static void cap_after_model_answer(struct arena *arena, enum language language,
                                   struct evaluation *evaluation)
{
	const double before = evaluation->score;
	const char *reason;

	evaluation->score = capped(before, evaluation->max_score);
	if (evaluation->score >= before)
		return;
	reason = arena_printf(arena,
	                      i18n(language, "The model answer was shown before the answer was "
	                                     "complete, therefore the score is %2$s instead of "
	                                     "%1$s."),
	                      format_number(arena, language, before),
	                      format_number(arena, language, evaluation->score));
	evaluation->feedback_short = arena_printf(arena, "%s %s", evaluation->feedback_short,
	                                          reason);
	evaluation->feedback_detailed = arena_printf(arena, "%s\n\n%s",
	                                             evaluation->feedback_detailed, reason);
}

/* The verdict and the next difficulty follow the score that is stored. */
static void conclude(struct evaluation *evaluation)
{
	const double share = evaluation->max_score > 0 ? evaluation->score / evaluation->max_score
	                                               : 0;

	evaluation->verdict = score_verdict_name(score_verdict_of(share));
	if (share < EASIER_BELOW)
		evaluation->next_difficulty = "decrease";
}

enum err flow_grade(const struct examiner *examiner, struct arena *arena,
                    const struct question *question, const struct exam_question *exam,
                    struct evaluation *ret_evaluation)
{
	const struct exam_situation situation = {
		.question = exam,
		.answer = question->answer,
		.question_id = question->id,
	};
	const enum language language = exam->score.language;
	struct evaluation evaluation;
	struct grade grade;
	enum err err = examiner->grade(examiner->context, arena, &situation, &grade);

	if (err != OK)
		return err;
	evaluation = evaluation_of(arena, question, exam, &grade);
	take_off_hints(arena, language, question->hints_used, &evaluation);
	if (question->model_answer)
		cap_after_model_answer(arena, language, &evaluation);
	lower_builtin(question, &evaluation);
	evaluation.steps = steps_of(question, exam, &grade);
	conclude(&evaluation);
	*ret_evaluation = evaluation;
	return OK;
}

enum err flow_grade_active(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	enum err err = flow_grade(flow->examiner, flow->arena, flow->active, &flow->active_exam,
	                          &reaction->evaluation);

	if (err != OK)
		return err;
	reaction->graded = true;
	flow->interview.difficulty = flow_moved_difficulty(flow->interview.difficulty,
	                                                   reaction->evaluation.next_difficulty);
	flow_close_active(reaction, "answered");
	return OK;
}
