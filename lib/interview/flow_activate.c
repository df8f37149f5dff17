#include "interview/flow_internal.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "interview/select.h"
#include "judge/variants.h"

bool flow_is_coding(const struct question *question)
{
	return strcmp(question->q_type, "coding") == 0;
}

bool flow_task_fits(const struct coding_task *task, const char *code_language)
{
	return task->kind == JUDGE_SQL || task_code_of(task, code_language) != NULL;
}

enum err flow_parse_exam(struct arena *arena, const char *body, enum language language,
                         struct exam_question *ret_exam)
{
	struct arena *scratch = arena_create();
	enum err err;

	json_bind(scratch);
	err = exam_question_parse(arena, body, language, ret_exam);
	json_bind(arena);
	arena_destroy(scratch);
	return err;
}

enum err flow_parse(struct arena *arena, const char *q_type, const char *body,
                    enum language language, struct flow_asked *ret_asked)
{
	struct flow_asked asked = { 0 };
	const char *fault;
	enum err err;

	json_bind(arena);
	if (strcmp(q_type, "coding") == 0) {
		err = task_parse(arena, body, language, &asked.task, &fault);
		asked.difficulty = asked.task.difficulty;
	} else {
		err = flow_parse_exam(arena, body, language, &asked.exam);
		asked.difficulty = asked.exam.difficulty;
	}
	if (err == OK)
		*ret_asked = asked;
	return err;
}

/* The body as it would be asked in this interview. */
static const char *drawn(struct arena *arena, const struct flow_activation *activation,
                         const struct bank_question *other)
{
	return variants_draw(arena, other->body, select_seed(activation->interview->id));
}

/* A pool's question that could stand in, if it can be asked in this interview. */
static bool is_usable(struct arena *arena, const struct flow_activation *activation,
                      const struct bank_question *other, struct flow_asked *ret_asked)
{
	const struct question *question = &activation->questions[activation->index];
	const struct interview *interview = activation->interview;

	if (strcmp(other->q_type, question->q_type) != 0 ||
	    flow_parse(arena, other->q_type, drawn(arena, activation, other), interview->language,
	               ret_asked) != OK)
		return false;
	return !flow_is_coding(question) ||
	       flow_task_fits(&ret_asked->task, interview->code_language);
}

/* The best of the pool that suits better than what was planned, or NULL. */
static const struct bank_question *nearer(struct arena *arena,
                                          const struct flow_activation *activation,
                                          int planned_difficulty, struct flow_asked *ret_asked)
{
	const struct question *question = &activation->questions[activation->index];
	const size_t most = activation->count + activation->pool->count;
	const char **used = arena_array(arena, most, sizeof(*used));
	struct select_swap swap = {
		.category = question->category,
		.planned_difficulty = planned_difficulty,
		.wanted_difficulty = activation->interview->difficulty,
		.used = used,
		.used_count = activation->count,
		.seed = select_seed(activation->interview->id) + activation->index,
	};
	const struct bank_question *other;

	for (size_t i = 0; i < activation->count; i++)
		used[i] = activation->questions[i].bank_id;
	while ((other = select_nearer(activation->pool, &swap)) != NULL &&
	       !is_usable(arena, activation, other, ret_asked))
		used[swap.used_count++] = other->id;
	return other;
}

enum err flow_activate(struct arena *arena, const struct flow_activation *activation,
                       struct flow_asked *ret_asked)
{
	struct question *question = &activation->questions[activation->index];
	const enum language language = activation->interview->language;
	const struct bank_question *other;
	struct flow_asked asked, other_asked;
	enum err err = flow_parse(arena, question->q_type, question->snapshot, language, &asked);

	if (err != OK) {
		log_error("question %s cannot be asked in %s", question->bank_id,
		          language_code(language));
		return err;
	}
	other = nearer(arena, activation, asked.difficulty, &other_asked);
	if (other != NULL) {
		question->bank_id = other->id;
		question->snapshot = drawn(arena, activation, other);
		asked = other_asked;
	}
	question->state = "active";
	question->asked_at = activation->now;
	*ret_asked = asked;
	return OK;
}
