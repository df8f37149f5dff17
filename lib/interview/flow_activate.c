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

bool flow_languages_fit(const char *code_languages, const char *code_language)
{
	const size_t len = strlen(code_language);

	if (code_languages == NULL || code_languages[0] == '\0' ||
	    strstr(code_languages, " sql ") != NULL)
		return true;
	for (const char *at = strchr(code_languages, ' '); at != NULL; at = strchr(at + 1, ' '))
		if (strncmp(at + 1, code_language, len) == 0 && at[1 + len] == ' ')
			return true;
	return false;
}

enum err flow_body(const struct flow_reader *reader, struct bank_question *question,
                   struct flow_asked *ret_asked)
{
	const struct interview *interview = reader->interview;
	struct bank_question read;
	const char *body;
	enum err err = bank_by_id(reader->store, reader->arena, question->id, &read);

	if (err != OK)
		return err;
	body = variants_draw(reader->arena, read.body, reader->seed);
	err = flow_parse(reader->arena, read.q_type, body, interview->language, ret_asked);
	if (err != OK)
		return err;
	if (strcmp(read.q_type, "coding") == 0 &&
	    !flow_task_fits(&ret_asked->task, interview->code_language))
		return ERR_INVALID;
	question->body = body;
	return OK;
}

/* A pool's question that could stand in, if it can be asked in this interview. */
static bool is_usable(struct arena *arena, const struct flow_activation *activation,
                      struct bank_question *other, struct flow_asked *ret_asked)
{
	const struct question *question = &activation->questions[activation->index];
	const struct interview *interview = activation->interview;
	const struct flow_reader reader = { activation->store, arena, interview,
		                            select_seed(interview->id) };

	return strcmp(other->q_type, question->q_type) == 0 &&
	       (!flow_is_coding(question) ||
	        flow_languages_fit(other->code_languages, interview->code_language)) &&
	       flow_body(&reader, other, ret_asked) == OK;
}

/* The best of the pool that suits better than what was planned; false: there is none. */
static bool find_nearer(struct arena *arena, const struct flow_activation *activation,
                        struct bank_question *ret_other, struct flow_asked *asked)
{
	const struct question *question = &activation->questions[activation->index];
	const size_t most = activation->count + activation->pool->count;
	const char **used = arena_array(arena, most, sizeof(*used));
	struct select_swap swap = {
		.planned = question->bank_id,
		.category = question->category,
		.planned_difficulty = asked->difficulty,
		.wanted_difficulty = activation->interview->difficulty,
		.used = used,
		.used_count = activation->count,
		.met = activation->met,
		.seed = select_seed(activation->interview->id) + activation->index,
	};
	const struct bank_question *other;

	for (size_t i = 0; i < activation->count; i++)
		used[i] = activation->questions[i].bank_id;
	while ((other = select_nearer(activation->pool, &swap)) != NULL) {
		*ret_other = *other;
		if (is_usable(arena, activation, ret_other, asked))
			return true;
		used[swap.used_count++] = other->id;
	}
	return false;
}

enum err flow_activate(struct arena *arena, const struct flow_activation *activation,
                       struct flow_asked *ret_asked)
{
	struct question *question = &activation->questions[activation->index];
	const enum language language = activation->interview->language;
	struct bank_question other;
	struct flow_asked asked, other_asked;
	enum err err = flow_parse(arena, question->q_type, question->snapshot, language, &asked);

	if (err != OK) {
		log_error("question %s cannot be asked in %s", question->bank_id,
		          language_code(language));
		return err;
	}
	other_asked = asked;
	if (find_nearer(arena, activation, &other, &other_asked)) {
		question->bank_id = other.id;
		question->snapshot = other.body;
		asked = other_asked;
	}
	question->state = "active";
	question->asked_at = activation->now;
	*ret_asked = asked;
	return OK;
}
