/* viva replay: one grade, made anew and compared. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "examiner/examiner.h"
#include "interview/flow.h"
#include "json_diff.h"
#include "replay.h"

/* --- what is compared ---------------------------------------------------------- */

static void set_rubric(cJSON *object, const struct score_rubric *rubric)
{
	cJSON *item = json_set_object(object, "rubric");

	json_set_number(item, "structure", rubric->structure);
	json_set_number(item, "relevance", rubric->relevance);
	json_set_number(item, "technical_accuracy", rubric->technical_accuracy);
	json_set_number(item, "depth", rubric->depth);
	json_set_number(item, "communication", rubric->communication);
}

static cJSON *add_mark(cJSON *marks, const char *id, const char *status, double coverage)
{
	cJSON *item = json_add_object(marks);

	json_set_string(item, "key_point", id);
	json_set_string(item, "status", status);
	json_set_number(item, "coverage", coverage);
	return json_set_array(item, "spans");
}

static void add_span(cJSON *spans, int64_t start, int64_t end)
{
	cJSON *span = json_add_object(spans);

	json_set_number(span, "start", (double)start);
	json_set_number(span, "end", (double)end);
}

static void set_unproved(cJSON *object, const char *text)
{
	cJSON *value;

	if (json_parse(text, strlen(text), &value) != OK)
		value = cJSON_CreateArray();
	json_set(object, "unproved", value);
}

static void set_steps(cJSON *object, const char *text)
{
	cJSON *value;

	if (text == NULL || json_parse(text, strlen(text), &value) != OK)
		value = cJSON_CreateNull();
	json_set(object, "steps", value);
}

static cJSON *json_of(const struct evaluation *evaluation)
{
	const struct score_rubric rubric = { evaluation->structure, evaluation->relevance,
		                             evaluation->technical_accuracy, evaluation->depth,
		                             evaluation->communication };
	cJSON *object = cJSON_CreateObject(), *marks;

	json_set_string(object, "engine", evaluation->engine);
	json_set_number(object, "score", evaluation->score);
	json_set_number(object, "max_score", evaluation->max_score);
	json_set_string(object, "verdict", evaluation->verdict);
	json_set_number(object, "flags", evaluation->flags);
	set_rubric(object, &rubric);
	marks = json_set_array(object, "marks");
	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];
		cJSON *spans = add_mark(marks, mark->key_point_id, mark->status, mark->coverage);

		for (size_t k = 0; k < mark->span_count; k++)
			add_span(spans, mark->spans[k].start, mark->spans[k].end);
	}
	json_set_number(object, "builtin_score",
	                evaluation->has_builtin ? evaluation->builtin_score : NAN);
	json_set_string(object, "builtin_verdict", evaluation->builtin_verdict);
	json_set_string(object, "next_difficulty", evaluation->next_difficulty);
	set_steps(object, evaluation->steps);
	json_set_string(object, "feedback_short", evaluation->feedback_short);
	json_set_string(object, "feedback_detailed", evaluation->feedback_detailed);
	set_unproved(object, evaluation->unproved);
	return object;
}

/* --- grading ------------------------------------------------------------------- */

/* True if a model was asked to grade this answer, whatever came of it. */
static bool was_asked(const struct replay_grade *work)
{
	for (size_t i = 0; i < work->replay->calls.count; i++) {
		const struct llm_call *call = &work->replay->calls.items[i];

		if (strcmp(call->agent, agent_name(AGENT_EVALUATOR)) == 0 &&
		    strcmp(call->question_id, work->question->id) == 0)
			return true;
	}
	return false;
}

static enum err grade_anew(struct arena *arena, const struct replay_grade *grade,
                           const struct examiner *examiner, struct evaluation *ret_made)
{
	struct exam_question exam;
	enum err err = exam_question_parse(arena, grade->question->snapshot, grade->language,
	                                   &exam);

	grade->replay->model = NULL;
	if (err == OK)
		err = flow_grade(examiner, arena, grade->question, &exam, ret_made);
	/* The installation may have another model by now: the record knows whose words they are. */
	if (err == OK && strcmp(ret_made->engine, "builtin") != 0 && grade->replay->model != NULL)
		ret_made->engine = grade->replay->model;
	return err;
}

static cJSON *differences_of(struct arena *arena, const struct replay_grade *grade,
                             const struct evaluation *made)
{
	cJSON *differences = cJSON_CreateArray();

	json_diff_add(arena, differences, json_of(grade->stored), json_of(made), NULL);
	return differences;
}

enum err replay_grade(struct arena *arena, const struct replay_grade *grade,
                      struct evaluation *ret_made, cJSON **ret_differences)
{
	const bool is_builtin = strcmp(grade->stored->engine, "builtin") == 0;
	const bool by_model = !is_builtin || was_asked(grade);
	struct evaluation made, other;
	cJSON *differences, *others;
	enum err err = grade_anew(arena, grade,
	                          by_model ? examiner_llm(arena, grade->desk) : examiner_builtin(),
	                          &made);

	if (err != OK)
		return err;
	differences = differences_of(arena, grade, &made);
	/* A model that could not be asked leaves no record; the orders in the answer were cut out.
	 */
	if (!by_model && differences->child != NULL &&
	    grade_anew(arena, grade, examiner_llm(arena, grade->desk), &other) == OK) {
		others = differences_of(arena, grade, &other);
		if (others->child == NULL) {
			made = other;
			differences = others;
		}
	}
	*ret_made = made;
	*ret_differences = differences;
	return OK;
}
