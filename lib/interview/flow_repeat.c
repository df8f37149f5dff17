#include "interview/flow_internal.h"

#include <string.h>

#include "base/config.h"
#include "base/log.h"
#include "judge/variants.h"

/* What a repetition works with beside the opening. */
struct repeat {
	struct flow_opening opening;
	const struct flow_again *again;
	struct interview parent;
	bool is_current; /* every question comes from the bank as it is now */
};

/*
 * What an invited candidate was never asked stays unknown: otherwise one could finish at once,
 * read everything and pass the link on.
 */
static bool is_wanted(const struct repeat *repeat, const struct question *question)
{
	const struct flow_again *again = repeat->again;

	if (repeat->parent.invitation_id != NULL && question->asked_at == 0)
		return false;
	if (strcmp(again->repeats, "all") == 0)
		return true;
	for (size_t i = 0; i < again->count; i++)
		if (strcmp(again->question_ids[i], question->id) == 0)
			return true;
	return false;
}

static bool can_be_asked(const struct repeat *repeat, const char *q_type, const char *body)
{
	struct flow_asked asked;

	return flow_parse(repeat->opening.arena, q_type, body, repeat->parent.language, &asked) ==
	               OK &&
	       (strcmp(q_type, "coding") != 0 ||
	        flow_task_fits(&asked.task, repeat->parent.code_language));
}

/* The bank's body of now, in the variant that was asked before. */
static const char *current_body(struct repeat *repeat, const struct question *asked,
                                const struct bank_question *current)
{
	const int number = variants_number(asked->snapshot);

	return variants_asked(repeat->opening.arena, current->body,
	                      number > 0 ? (size_t)number : 1);
}

/* The bank's body of now, mended since perhaps; what left the bank is asked as it was. */
static enum err choose_body(struct repeat *repeat, const struct question *asked,
                            const char **ret_body)
{
	struct bank_question current;
	const char *body = NULL;
	enum err err = bank_by_id(repeat->opening.store, repeat->opening.arena, asked->bank_id,
	                          &current);

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	*ret_body = NULL;
	if (err == OK && current.enabled && strcmp(current.q_type, asked->q_type) == 0)
		body = current_body(repeat, asked, &current);
	if (body != NULL && can_be_asked(repeat, current.q_type, body)) {
		*ret_body = body;
		return OK;
	}
	repeat->is_current = false;
	if (can_be_asked(repeat, asked->q_type, asked->snapshot))
		*ret_body = asked->snapshot;
	else
		log_error("question %s cannot be asked again", asked->bank_id);
	return OK;
}

static void add_question(struct flow_opening *opening, const struct question *asked,
                         const char *body)
{
	opening->questions[opening->count] = (struct question){
		.position = (int)opening->count + 1,
		.bank_id = asked->bank_id,
		.q_type = asked->q_type,
		.category = asked->category,
		.snapshot = body,
		.state = "planned",
		.answer = "",
	};
	opening->count++;
}

static enum err gather_questions(struct repeat *repeat)
{
	struct flow_opening *opening = &repeat->opening;
	struct question_list asked;
	enum err err = question_list(opening->store, opening->arena, repeat->parent.id, &asked);

	if (err != OK)
		return err;
	opening->questions = arena_array(opening->arena, asked.count, sizeof(*opening->questions));
	repeat->is_current = true;
	for (size_t i = 0; i < asked.count; i++) {
		const char *body;

		if (!is_wanted(repeat, &asked.items[i]))
			continue;
		err = choose_body(repeat, &asked.items[i], &body);
		if (err != OK)
			return err;
		if (body != NULL)
			add_question(opening, &asked.items[i], body);
	}
	return opening->count > 0 ? OK : ERR_INVALID;
}

/* The same nonce on another parent's button means another interview. */
static const char *start_nonce(const struct repeat *repeat)
{
	const struct flow_again *again = repeat->again;

	return arena_printf(repeat->opening.arena, "%s %s %s", again->nonce, again->repeats,
	                    again->parent_id);
}

/*
 * Theory of the bank that is enabled and can be read; the rest is left out. After a second click
 * the first one's questions are no longer offered: its interview is the answer.
 */
static enum err gather_similar(struct repeat *repeat)
{
	struct flow_opening *opening = &repeat->opening;
	const struct flow_again *again = repeat->again;
	enum err err = interview_by_nonce(opening->store, opening->arena, opening->user->id,
	                                  start_nonce(repeat), &opening->interview.id);

	if (err != ERR_NOT_FOUND)
		return err == OK ? ERR_CONFLICT : err;
	err = OK;
	opening->questions = arena_array(opening->arena, again->count, sizeof(*opening->questions));
	repeat->is_current = true;
	for (size_t i = 0; err == OK && i < again->count; i++) {
		struct bank_question row;

		err = bank_by_id(opening->store, opening->arena, again->question_ids[i], &row);
		if (err == OK && row.enabled && strcmp(row.q_type, "theory") == 0 &&
		    can_be_asked(repeat, row.q_type, row.body))
			add_question(opening,
			             &(struct question){ .bank_id = row.id,
			                                 .q_type = row.q_type,
			                                 .category = row.category },
			             row.body);
		if (err == ERR_NOT_FOUND)
			err = OK;
	}
	if (err == OK && opening->count == 0)
		err = ERR_INVALID;
	return err;
}

static bool is_similar(const struct repeat *repeat)
{
	return strcmp(repeat->again->repeats, "similar") == 0;
}

static enum err fill_interview(struct repeat *repeat)
{
	const struct interview *parent = &repeat->parent;
	struct flow_opening *opening = &repeat->opening;
	struct interview interview = *parent;
	int edition = parent->edition;
	enum err err = OK;

	if (repeat->is_current)
		err = edition_current(opening->store, parent->role_id, &edition);
	if (err != OK)
		return err;
	interview.parent_id = parent->id;
	interview.repeats = repeat->again->repeats;
	interview.invitation_id = NULL; /* practice */
	interview.edition = edition;
	interview.question_count = (int)opening->count;
	if (strcmp(interview.repeats, "all") != 0)
		interview.time_limit_min = 0;
	if (is_similar(repeat)) {
		interview.coding_percent = 0;
		interview.code_language = "";
	}
	interview.status = "in_progress";
	interview.max_turns = config()->max_turns;
	interview.stop_requested = false;
	interview.is_introduction = false;
	interview.finished_at = 0;
	interview.start_nonce = start_nonce(repeat);
	interview.id = NULL; /* a conflict names the one that is there */
	opening->interview = interview;
	return flow_level_difficulty(parent->level, &opening->interview.difficulty) ? OK
	                                                                            : ERR_INTERNAL;
}

/* Only a finished interview of the user's has something to take again. */
static enum err read_parent(struct repeat *repeat)
{
	struct flow_opening *opening = &repeat->opening;
	struct role role;
	enum err err = interview_of_owner(opening->store, opening->arena, repeat->again->parent_id,
	                                  opening->user->id, &repeat->parent);

	if (err == OK && strcmp(repeat->parent.status, "completed") != 0)
		err = ERR_CONFLICT;
	if (err == OK)
		err = role_by_id(opening->store, opening->arena, repeat->parent.role_id, &role);
	if (err == OK)
		opening->role_title = flow_role_title(&repeat->parent, &role);
	return err;
}

static enum err repeat_inside(void *context)
{
	struct repeat *repeat = context;
	struct flow_opening *opening = &repeat->opening;
	enum err err = read_parent(repeat);

	if (err == OK)
		err = is_similar(repeat) ? gather_similar(repeat) : gather_questions(repeat);
	if (err == OK)
		err = fill_interview(repeat);
	if (err == OK)
		err = flow_opening_add(opening);
	if (err != OK)
		return err;
	for (size_t i = 0; i < opening->count; i++)
		opening->questions[i].interview_id = opening->interview.id;
	return flow_opening_talk(opening);
}

enum err flow_repeat(struct store *store, struct arena *arena, const struct user *user,
                     const struct flow_again *again, struct flow_started *ret_started)
{
	struct repeat repeat = { .opening = { .store = store, .arena = arena, .user = user },
		                 .again = again };

	if (again->nonce == NULL || again->nonce[0] == '\0')
		return ERR_INVALID;
	return flow_opening_run(&repeat.opening, repeat_inside, &repeat, ret_started);
}
