#include "interview/flow_internal.h"

#include "base/log.h"
#include "interview/select.h"

static const struct bank_question *
nearer(struct arena *arena, const struct flow_activation *activation, int planned_difficulty)
{
	const struct question *question = &activation->questions[activation->index];
	const char **used = arena_array(arena, activation->count, sizeof(*used));
	struct select_swap swap = {
		.category = question->category,
		.planned_difficulty = planned_difficulty,
		.wanted_difficulty = activation->interview->difficulty,
		.used = used,
		.used_count = activation->count,
		.seed = select_seed(activation->interview->id) + activation->index,
	};

	for (size_t i = 0; i < activation->count; i++)
		used[i] = activation->questions[i].bank_id;
	return select_nearer(activation->pool, &swap);
}

enum err flow_activate(struct arena *arena, const struct flow_activation *activation,
                       struct exam_question *ret_exam)
{
	struct question *question = &activation->questions[activation->index];
	const enum language language = activation->interview->language;
	const struct bank_question *other;
	struct exam_question exam, other_exam;
	enum err err = exam_question_parse(arena, question->snapshot, language, &exam);

	if (err != OK) {
		log_error("question %s cannot be asked in %s", question->bank_id,
		          language_code(language));
		return err;
	}
	other = nearer(arena, activation, exam.difficulty);
	if (other != NULL && exam_question_parse(arena, other->body, language, &other_exam) == OK) {
		question->bank_id = other->id;
		question->snapshot = other->body;
		exam = other_exam;
	}
	question->state = "active";
	question->asked_at = activation->now;
	*ret_exam = exam;
	return OK;
}
