#include "view/api_feedback.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/normalize.h"

enum { STRENGTHS = 3, WEAKNESSES = 5, IMPROVEMENTS = 3, QUOTE_MAX = 160 };

cJSON *api_feedback_scores(const struct evaluation *evaluation)
{
	const struct score_rubric rubric = {
		.structure = evaluation->structure,
		.relevance = evaluation->relevance,
		.technical_accuracy = evaluation->technical_accuracy,
		.depth = evaluation->depth,
		.communication = evaluation->communication,
	};
	cJSON *holder = cJSON_CreateObject();

	normalize_set_rubric(holder, &rubric);
	return cJSON_DetachItemFromObjectCaseSensitive(holder, "rubric");
}

/* What is written while lists are filled. */
struct writer {
	struct arena *arena;
	enum language language;
	const struct question *question;
	const struct evaluation *evaluation;
};

static bool has_status(const struct mark *mark, const char *status)
{
	return strcmp(mark->status, status) == 0;
}

/* The words of the longest piece of evidence; "" when it does not stand in the answer. */
static const char *quote(const struct writer *writer, const struct mark *mark)
{
	const char *answer = writer->question->answer;
	const struct span *best = NULL;

	for (size_t i = 0; i < mark->span_count; i++) {
		const struct span *span = &mark->spans[i];

		if (span->start < 0 || span->start >= span->end ||
		    span->end > (int64_t)strlen(answer))
			continue;
		if (best == NULL || span->end - span->start > best->end - best->start)
			best = span;
	}
	if (best == NULL)
		return "";
	return text_shortened(
	        writer->arena,
	        text_one_line(writer->arena, arena_copy(writer->arena, answer + best->start,
	                                                (size_t)(best->end - best->start))),
	        QUOTE_MAX);
}

static const char *without_stop(const struct writer *writer, const char *text)
{
	char *name = text_trimmed(writer->arena, text);
	const size_t len = strlen(name);

	if (len > 1 && name[len - 1] == '.')
		name[len - 1] = '\0';
	return name;
}

/* The covered point with the highest coverage below `limit`; NULL: none. */
static const struct mark *next_best(const struct writer *writer, const bool *chosen)
{
	const struct evaluation *evaluation = writer->evaluation;
	const struct mark *best = NULL;

	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];

		if (!chosen[i] && has_status(mark, "covered") &&
		    (best == NULL || mark->coverage > best->coverage))
			best = mark;
	}
	return best;
}

static void add_strengths(const struct writer *writer, cJSON *feedback)
{
	const struct evaluation *evaluation = writer->evaluation;
	bool *chosen = arena_array(writer->arena, evaluation->mark_count + 1, sizeof(*chosen));
	cJSON *list = json_set_array(feedback, "strengths");
	const struct mark *mark;

	while (cJSON_GetArraySize(list) < STRENGTHS && (mark = next_best(writer, chosen)) != NULL) {
		chosen[mark - evaluation->marks] = true;
		json_add_string(
		        list, arena_printf(writer->arena,
		                           i18n(writer->language, "%1$s. Your words: “%2$s”."),
		                           without_stop(writer, mark->body), quote(writer, mark)));
	}
}

static void add_weak(const struct writer *writer, cJSON *list, const struct mark *mark)
{
	const char *name = without_stop(writer, mark->body), *text = name;

	if (mark->wrong != NULL)
		text = arena_printf(writer->arena,
		                    i18n(writer->language, "Said wrongly: “%1$s”. Right: %2$s."),
		                    mark->wrong, name);
	else if (has_status(mark, "partial"))
		text = arena_printf(writer->arena, i18n(writer->language, "Said only in part: %s."),
		                    name);
	else
		text = arena_printf(writer->arena, i18n(writer->language, "Missing: %s."), name);
	json_add_string(list, text);
}

/* What is false does most harm, then what is missing, then what is half there. */
static void add_weaknesses(const struct writer *writer, cJSON *feedback)
{
	const struct evaluation *evaluation = writer->evaluation;
	cJSON *list = json_set_array(feedback, "weaknesses");

	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < evaluation->mark_count; i++) {
			const struct mark *mark = &evaluation->marks[i];
			const int turn = mark->wrong != NULL           ? 0
			                 : has_status(mark, "missing") ? 1
			                 : has_status(mark, "partial") ? 2
			                                               : 3;

			if (turn == pass && cJSON_GetArraySize(list) < WEAKNESSES)
				add_weak(writer, list, mark);
		}
	}
}

/* The items below the built-in writer's heading of advice. */
static void add_advice(const struct writer *writer, cJSON *list)
{
	const char *heading = i18n(writer->language, "How to make it better:");
	const char *line = strstr(writer->evaluation->feedback_detailed, heading);

	if (line == NULL)
		return;
	line += strlen(heading);
	while (cJSON_GetArraySize(list) < IMPROVEMENTS && strncmp(line, "\n- ", 3) == 0) {
		const size_t len = strcspn(line + 3, "\n");

		json_add_string(list, arena_copy(writer->arena, line + 3, len));
		line += 3 + len;
	}
}

/* A model's words have no such heading: what is missing is what to add. */
static void add_improvements(const struct writer *writer, cJSON *feedback)
{
	const struct evaluation *evaluation = writer->evaluation;
	cJSON *list = json_set_array(feedback, "improvements");

	add_advice(writer, list);
	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];

		if (cJSON_GetArraySize(list) == IMPROVEMENTS ||
		    strcmp(evaluation->engine, "builtin") == 0)
			return;
		if (!has_status(mark, "covered"))
			json_add_string(
			        list, arena_printf(writer->arena,
			                           i18n(writer->language, "Add to the answer: %s."),
			                           without_stop(writer, mark->body)));
	}
}

static enum err add_model_answer(const struct flow *flow, const struct question *question,
                                 cJSON *feedback)
{
	struct question whole = *question;
	struct exam_question exam;
	enum err err = OK;

	if (whole.snapshot == NULL)
		err = question_by_id(flow->store, flow->arena, question->id, &whole);
	if (err == OK)
		err = exam_question_parse(flow->arena, whole.snapshot, flow->interview.language,
		                          &exam);
	if (err == OK)
		json_set_string(feedback, "model_answer", exam.model_answer);
	return err;
}

enum err api_feedback(const struct flow *flow, const struct question *question,
                      const struct evaluation *evaluation, cJSON *item)
{
	const struct writer writer = { flow->arena, flow->interview.language, question,
		                       evaluation };
	cJSON *feedback = json_set_object(item, "feedback_json");

	add_strengths(&writer, feedback);
	add_weaknesses(&writer, feedback);
	add_improvements(&writer, feedback);
	return add_model_answer(flow, question, feedback);
}
