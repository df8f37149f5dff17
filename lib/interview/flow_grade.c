#include "interview/flow_internal.h"

#include <math.h>
#include <string.h>

#include "base/format.h"

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
                      const struct score_result *result, struct evaluation *evaluation)
{
	evaluation->marks = arena_array(arena, result->point_count, sizeof(*evaluation->marks));
	evaluation->mark_count = result->point_count;
	for (size_t i = 0; i < result->point_count; i++)
		evaluation->marks[i] = mark_of(arena, &result->points[i],
		                               i < question->point_count ? question->points[i].id
		                                                         : "");
}

static struct evaluation evaluation_of(struct arena *arena, const struct question *question,
                                       const struct exam_question *exam, const struct grade *grade)
{
	const struct score_result *result = &grade->result;
	struct evaluation evaluation = {
		.question_id = question->id,
		.engine = grade->engine,
		.version = SCORE_VERSION,
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

	add_marks(arena, &exam->score, result, &evaluation);
	return evaluation;
}

static double to_tenths(double score)
{
	return round(score * 10) / 10;
}

/* Lowers the score and says why, so that the report's numbers add up. */
static void take_off_hints(struct arena *arena, enum language language, int hints,
                           struct evaluation *evaluation)
{
	const double before = evaluation->score;
	const double price = hints * FLOW_HINT_PRICE * evaluation->max_score / 10;

	evaluation->score = to_tenths(before > price ? before - price : 0);
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
	const double cap = FLOW_MODEL_ANSWER_CAP * evaluation->max_score / 10;
	const char *reason;

	if (before <= cap)
		return;
	evaluation->score = to_tenths(cap);
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

enum err flow_grade_active(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	struct question *question = flow->active;
	struct evaluation evaluation;
	struct grade grade;
	const struct exam_situation situation = {
		.question = &flow->active_exam,
		.answer = question->answer,
		.question_id = question->id,
	};
	enum err err = flow->examiner->grade(flow->examiner->context, flow->arena, &situation,
	                                     &grade);

	if (err != OK)
		return err;
	evaluation = evaluation_of(flow->arena, question, &flow->active_exam, &grade);
	take_off_hints(flow->arena, flow->interview.language, question->hints_used, &evaluation);
	if (question->model_answer)
		cap_after_model_answer(flow->arena, flow->interview.language, &evaluation);
	conclude(&evaluation);
	reaction->evaluation = evaluation;
	reaction->graded = true;
	flow->interview.difficulty = flow_moved_difficulty(flow->interview.difficulty,
	                                                   evaluation.next_difficulty);
	flow_close_active(reaction, "answered");
	return OK;
}
