#include "examiner/llm_engine.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/feedback.h"
#include "examiner/llm_checks.h"
#include "examiner/observe.h"
#include "examiner/proof.h"
#include "score/constants.h"

/* Flags of what only looks like an answer: there is nothing in it for a model to grade. */
#define FLAGS_NO_ANSWER                                                            \
	(SCORE_FLAG_QUESTION_COPIED | SCORE_FLAG_EMPTY | SCORE_FLAG_KEYWORD_LIST | \
	 SCORE_FLAG_WORD_ORDER | SCORE_FLAG_REPETITION)

/* Points that the same words of an answer may prove; code points of a model's texts. */
enum { PROOFS_MAX = 2, SHORT_MAX = 500, DETAILED_MAX = 4000, QUOTE_MAX = 300 };

/* The highest a rubric dimension can be: as in score/rubric.h, this and 4 times the share. */
#define RUBRIC_FLOOR 1.0
#define RUBRIC_SLOPE 4.0

/* Shares of the full mark that a model's wish for another difficulty must not contradict. */
#define HARDER_FROM  VERDICT_GOOD
#define EASIER_BELOW VERDICT_EXCELLENT

struct grading {
	struct arena *arena;
	const struct llm_engine *engine;
	const struct exam_situation *given;
	const struct exam_question *question;
	struct llm_fenced answer;
	const char *system;
	cJSON *data;
	const cJSON *reply;
	int64_t call; /* its record */
	struct grade builtin;
	struct score_span *wrong; /* false statements that stand in the answer */
	size_t wrong_count;
	const struct proof_topic *topic;
	unsigned char *proofs; /* per byte of the answer: how many points it proves */
	struct score_result result;
	struct exam_unproved *unproved;
	size_t unproved_count, known_ids;
	bool is_lowered; /* a point counts for less than the model gave */
};

/* --- asking ------------------------------------------------------------------ */

static void add_strings(cJSON *object, const char *name, const struct score_texts *texts)
{
	cJSON *array = json_set_array(object, name);

	for (size_t i = 0; i < texts->count; i++)
		json_add_string(array, texts->items[i]);
}

static void add_mistakes(const struct grading *grading, const struct score_key_point *point,
                         cJSON *array)
{
	for (size_t i = 0; i < point->wrong.count; i++) {
		cJSON *item = json_add_object(array);

		json_set_string(item, "key_point", point->id);
		json_set_string(item, "claim", point->wrong.items[i]);
		json_set_string(item, "fact",
		                observe_fact(grading->question, point->wrong.items[i]));
	}
}

static cJSON *data_of(const struct grading *grading)
{
	const struct score_question *score = &grading->question->score;
	cJSON *data = cJSON_CreateObject();
	cJSON *points, *mistakes;

	json_set_string(data, "question", score->text);
	points = json_set_array(data, "key_points");
	mistakes = json_set_array(data, "known_mistakes");
	for (size_t i = 0; i < score->point_count; i++) {
		cJSON *item = json_add_object(points);

		json_set_string(item, "id", score->points[i].id);
		json_set_string(item, "text", score->points[i].text);
		add_strings(item, "also_said_as", &score->points[i].aliases);
		add_mistakes(grading, &score->points[i], mistakes);
	}
	json_set_string(data, "answer", grading->answer.shown);
	return data;
}

/* NULL: `reply` is there. Otherwise the reason why it is not. */
static const char *ask(struct grading *grading)
{
	const struct agent_desk *desk = grading->engine->desk;
	struct llm_result result;
	const struct agent_task task = {
		.agent = AGENT_EVALUATOR,
		.language = grading->question->score.language,
		.subject = grading->given->question_id,
		.data = grading->data = data_of(grading),
	};
	enum err err = agent_run(desk, grading->arena, &task, &result);

	if (err == ERR_BUSY)
		return "not_ready";
	if (err != OK)
		return llm_class_name(result.class);
	if (result.json == NULL ||
	    agent_system(desk->kit, grading->arena, &task, &grading->system) != OK)
		return "nonsense";
	grading->reply = result.json;
	grading->call = result.record;
	return NULL;
}

/* --- points ------------------------------------------------------------------ */

/* False statements that the model quotes from the answer. */
static void find_wrong_claims(struct grading *grading)
{
	const cJSON *claims = json_get(grading->reply, "wrong_claims");
	const cJSON *claim;

	grading->wrong = arena_array(grading->arena, json_count(grading->reply, "wrong_claims"),
	                             sizeof(*grading->wrong));
	cJSON_ArrayForEach(claim, claims)
	{
		if (proof_find_quote(grading->arena, grading->answer.blanked,
		                     json_string(claim, "quote", ""),
		                     &grading->wrong[grading->wrong_count]))
			grading->wrong_count++;
	}
}

/* What the reply says of the point; the first row of an id counts. */
static const cJSON *row_of(const struct grading *grading, const char *id)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, json_get(grading->reply, "points"))
	{
		if (strcmp(json_string(row, "id", ""), id) == 0)
			return row;
	}
	return NULL;
}

static enum score_status status_of(const cJSON *row)
{
	const char *name = json_string(row, "status", "");

	for (enum score_status status = SCORE_PARTIAL; status <= SCORE_COVERED; status++)
		if (strcmp(score_status_name(status), name) == 0)
			return status;
	return SCORE_MISSING;
}

/* Most of these words have proved enough points already. */
static bool is_used_up(const struct grading *grading, struct score_span span)
{
	size_t used = 0;

	for (size_t i = span.start; i < span.end; i++)
		used += grading->proofs[i] >= PROOFS_MAX;
	return 2 * used > span.end - span.start;
}

/* Words of the question given back prove nothing. */
static bool is_echo(const struct grading *grading, struct score_span span)
{
	const size_t len = span.end - span.start;
	struct score_result result;

	score_answer(grading->arena, &grading->question->score,
	             arena_copy(grading->arena, grading->answer.blanked + span.start, len), len,
	             &result);
	return (result.flags & (SCORE_FLAG_QUESTION_COPIED | SCORE_FLAG_EMPTY)) != 0;
}

static bool prove(const struct grading *grading, size_t index, const char *quote,
                  struct score_span *ret_span)
{
	const struct guard_orders *orders = &grading->answer.orders;
	const struct score_point *builtin = &grading->builtin.result.points[index];

	if (!proof_find_quote(grading->arena, grading->answer.blanked, quote, ret_span) ||
	    llm_checks_overlaps(*ret_span, orders->spans, orders->count) ||
	    is_used_up(grading, *ret_span) || is_echo(grading, *ret_span) ||
	    !proof_topic_holds(grading->topic, index, *ret_span))
		return false;
	return builtin->wrong == NULL || !llm_checks_overlaps(*ret_span, &builtin->wrong_span, 1);
}

static void note_unproved(struct grading *grading, const struct score_key_point *point,
                          const char *quote)
{
	grading->unproved[grading->unproved_count++] = (struct exam_unproved){
		.key_point_id = point->id,
		.text = point->text,
		.quote = text_shortened(grading->arena, text_one_line(grading->arena, quote),
		                        QUOTE_MAX),
	};
}

static void give(struct grading *grading, size_t index, enum score_status status,
                 struct score_span span)
{
	struct score_point *point = &grading->result.points[index];

	for (size_t i = span.start; i < span.end; i++)
		if (grading->proofs[i] < PROOFS_MAX)
			grading->proofs[i]++;
	point->status = status;
	point->coverage = status == SCORE_COVERED ? 1 : 0.5;
	point->wording = point->text;
	point->spans = arena_alloc(grading->arena, sizeof(*point->spans));
	point->spans[0] = span;
	point->span_count = 1;
}

/* A statement that is known to be false, or that the model calls so, covers nothing. */
static bool is_denied(const struct grading *grading, const struct score_point *builtin,
                      struct score_span span)
{
	return builtin->wrong != NULL ||
	       llm_checks_overlaps(span, grading->wrong, grading->wrong_count);
}

static void grade_point(struct grading *grading, size_t index)
{
	const struct score_key_point *point = &grading->question->score.points[index];
	const struct score_point *builtin = &grading->builtin.result.points[index];
	const cJSON *row = row_of(grading, point->id);
	const char *quote = json_string(row, "quote", "");
	enum score_status status = status_of(row);
	struct score_span span;

	grading->result.points[index] = (struct score_point){
		.text = point->text,
		.wrong = builtin->wrong,
		.wrong_span = builtin->wrong_span,
	};
	grading->known_ids += row != NULL;
	if (status == SCORE_MISSING)
		return;
	if (!prove(grading, index, quote, &span)) {
		note_unproved(grading, point, quote);
		return;
	}
	if (status == SCORE_COVERED && is_denied(grading, builtin, span)) {
		status = SCORE_PARTIAL;
		grading->is_lowered = true;
	}
	give(grading, index, status, span);
}

static void grade_points(struct grading *grading)
{
	const size_t count = grading->question->score.point_count;

	find_wrong_claims(grading);
	grading->topic = proof_topic_create(grading->arena, grading->question,
	                                    grading->answer.blanked);
	grading->proofs = arena_alloc(grading->arena, strlen(grading->answer.blanked) + 1);
	grading->unproved = arena_array(grading->arena, count, sizeof(*grading->unproved));
	grading->result.points = arena_array(grading->arena, count,
	                                     sizeof(*grading->result.points));
	grading->result.point_count = count;
	for (size_t i = 0; i < count; i++)
		grade_point(grading, i);
}

/* --- marks ------------------------------------------------------------------- */

static size_t count_of(const struct score_result *result, enum score_status status)
{
	size_t count = 0;

	for (size_t i = 0; i < result->point_count; i++)
		count += result->points[i].status == status;
	return count;
}

static double share_of(const struct score_result *result)
{
	return result->max_score > 0 ? result->score / result->max_score : 0;
}

static void set_score(struct grading *grading)
{
	struct score_result *result = &grading->result;
	const double gained = (double)count_of(result, SCORE_COVERED) +
	                      0.5 * (double)count_of(result, SCORE_PARTIAL);
	double share = gained / (double)result->point_count;

	result->max_score = grading->question->score.max_score;
	result->flags = grading->builtin.result.flags;
	if ((result->flags & SCORE_FLAG_DUMP) != 0 && share > DUMP_CAP) {
		share = DUMP_CAP;
		grading->is_lowered = true;
	}
	result->score = round(share * result->max_score * 10) / 10;
	result->verdict = score_verdict_of(share_of(result));
}

/* Any of the five that is no mark, or promises more than was proved, is brought in line. */
static void set_rubric(struct grading *grading)
{
	struct score_rubric *rubric = &grading->result.rubric;
	const struct score_rubric *builtin = &grading->builtin.result.rubric;
	const double most = RUBRIC_FLOOR + RUBRIC_SLOPE * share_of(&grading->result);
	const cJSON *given = json_get(grading->reply, "rubric");
	const struct {
		const char *name;
		double *mark, fallback;
	} rows[] = {
		{ "structure", &rubric->structure, builtin->structure },
		{ "relevance", &rubric->relevance, builtin->relevance },
		{ "technical_accuracy", &rubric->technical_accuracy, builtin->technical_accuracy },
		{ "depth", &rubric->depth, builtin->depth },
		{ "communication", &rubric->communication, builtin->communication },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		double mark = json_number(given, rows[i].name, NAN);

		if (!(mark >= 0 && mark <= 5))
			mark = rows[i].fallback;
		*rows[i].mark = round((mark < most ? mark : most) * 10) / 10;
	}
}

static const char *next_difficulty(const struct grading *grading)
{
	const char *wish = json_string(grading->reply, "suggested_next_difficulty", "");
	const double share = share_of(&grading->result);

	if (strcmp(wish, "increase") == 0 && share >= HARDER_FROM)
		return "increase";
	if (strcmp(wish, "decrease") == 0 && share < EASIER_BELOW)
		return "decrease";
	return "same";
}

/* --- words ------------------------------------------------------------------- */

/* What a sentence about the score may name, beside what the model was given. */
static cJSON *figures(const struct grading *grading)
{
	const struct score_result *result = &grading->result;
	cJSON *figures = cJSON_CreateObject();

	json_set(figures, "data", cJSON_Duplicate(grading->data, true));
	json_set_number(figures, "score", result->score);
	json_set_number(figures, "max_score", result->max_score);
	json_set_number(figures, "points", (double)result->point_count);
	json_set_number(figures, "covered", (double)count_of(result, SCORE_COVERED));
	json_set_number(figures, "partial", (double)count_of(result, SCORE_PARTIAL));
	json_set_number(figures, "missing", (double)count_of(result, SCORE_MISSING));
	return figures;
}

/* The model's words, or NULL when they cannot be shown. */
static const char *words(const struct grading *grading, const char *name, size_t max)
{
	const struct exam_question *question = grading->question;
	const struct score_texts secrets = { .items = &grading->system, .count = 1 };
	const char *known[] = { question->score.text, grading->answer.shown };
	const char *text = llm_checks_words(grading->arena, json_string(grading->reply, name, ""),
	                                    question->score.language, max);

	if (text == NULL ||
	    guard_leaks(grading->arena, text, &secrets, &(struct score_texts){ known, 2 }) ||
	    llm_checks_false_score(grading->arena, text, figures(grading)))
		return NULL;
	return text;
}

static struct grade compose(const struct grading *grading)
{
	/* Praise for what was not proved would contradict the marks beside it. */
	const bool may_speak = grading->unproved_count == 0 && !grading->is_lowered;
	const char *brief = may_speak ? words(grading, "feedback_short", SHORT_MAX) : NULL;
	const char *detailed = may_speak ? words(grading, "feedback_detailed", DETAILED_MAX) : NULL;
	const char *answer = grading->answer.blanked;

	if (brief == NULL)
		brief = feedback_short(grading->arena, grading->question, answer, &grading->result);
	if (detailed == NULL)
		detailed = feedback_detailed(grading->arena, grading->question, answer,
		                             &grading->result);
	return (struct grade){
		.engine = agent_model(grading->engine->desk->kit, AGENT_EVALUATOR),
		.result = grading->result,
		.feedback_short = brief,
		.feedback_detailed = detailed,
		.next_difficulty = next_difficulty(grading),
		.has_builtin = true,
		.builtin = grading->builtin.result,
		.unproved = grading->unproved,
		.unproved_count = grading->unproved_count,
		.call = grading->call,
		.fallback = "",
	};
}

/* --- grading ----------------------------------------------------------------- */

/* Nothing that the model quotes stands in an answer in which the built-in finds something. */
static bool is_nonsense(const struct grading *grading)
{
	const struct score_result *builtin = &grading->builtin.result;

	if (grading->known_ids == 0)
		return true;
	return grading->unproved_count > 0 &&
	       count_of(&grading->result, SCORE_MISSING) == grading->result.point_count &&
	       count_of(builtin, SCORE_MISSING) < builtin->point_count;
}

/*
 * The grade is in `result` when NULL is given, else the reason why it is the built-in's, ""
 * where it was not for a model to give.
 */
static const char *grade_by_model(struct grading *grading)
{
	const struct score_result *builtin = &grading->builtin.result;
	const size_t count = grading->question->score.point_count;
	const char *reason;

	if ((builtin->flags & FLAGS_NO_ANSWER) != 0 || count == 0 || count != builtin->point_count)
		return "";
	reason = ask(grading);
	if (reason != NULL)
		return reason;
	grade_points(grading);
	if (is_nonsense(grading))
		return "nonsense";
	set_score(grading);
	set_rubric(grading);
	return NULL;
}

enum err llm_grade_answer(void *context, struct arena *arena,
                          const struct exam_situation *situation, struct grade *ret_grade)
{
	const struct examiner *builtin = examiner_builtin();
	struct grading grading = {
		.arena = arena,
		.engine = context,
		.given = situation,
		.question = situation->question,
		.answer = llm_checks_fence(arena, situation->answer),
	};
	struct exam_situation cleaned = *situation;
	const char *reason;

	cleaned.answer = grading.answer.blanked;
	builtin->grade(builtin->context, arena, &cleaned, &grading.builtin);
	reason = grade_by_model(&grading);
	if (reason == NULL) {
		*ret_grade = compose(&grading);
		return OK;
	}
	*ret_grade = grading.builtin;
	ret_grade->fallback = reason;
	return OK;
}
