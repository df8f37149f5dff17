#include "interview/flow_internal.h"

#include <string.h>

#include "base/config.h"
#include "base/log.h"
#include "interview/select.h"

enum { QUESTIONS_MAX = 30 };

/* What a start works with. */
struct start {
	struct flow_opening *opening;
	const struct flow_options *options;
	const char *draw; /* what decides between questions of equal worth */
};

static struct select_wish wish_of(const struct start *start)
{
	const struct flow_opening *opening = start->opening;

	return (struct select_wish){
		.type = opening->interview.type,
		.count = opening->wished,
		.coding_percent = opening->interview.coding_percent,
		.difficulty = opening->interview.difficulty,
		.met = &opening->met,
		.seed = select_seed(start->draw),
	};
}

/* Whether a body is worth reading, by its row alone. */
static bool is_eligible(const struct interview *interview, const struct bank_question *question)
{
	if (strcmp(question->q_type, "coding") != 0)
		return true;
	return interview->coding_percent > 0 &&
	       flow_languages_fit(question->code_languages, interview->code_language);
}

static void keep_eligible(struct flow_opening *opening)
{
	struct bank_question_list *pool = &opening->pool;
	size_t kept = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (is_eligible(&opening->interview, &pool->items[i]))
			pool->items[kept++] = pool->items[i];
	pool->count = kept;
}

/* The pool's question `id`, with its body from then on; or the pool without it. */
static enum err read_body(const struct start *start, const char *id)
{
	struct flow_opening *opening = start->opening;
	struct bank_question_list *pool = &opening->pool;
	const struct flow_reader reader = { opening->store, opening->arena, &opening->interview,
		                            select_seed(start->draw) };
	struct flow_asked asked;
	size_t i = 0;
	enum err err;

	while (pool->items[i].id != id)
		i++;
	err = flow_body(&reader, &pool->items[i], &asked);
	if (err != ERR_INVALID)
		return err;
	log_error("question %s cannot be asked in %s", id, language_code(start->options->language));
	pool->count--;
	memmove(&pool->items[i], &pool->items[i + 1], (pool->count - i) * sizeof(*pool->items));
	return OK;
}

/* Draws until every question that was drawn has been read: the next choice replaces others. */
static enum err draw(const struct start *start, struct bank_question_list *ret_plan)
{
	struct flow_opening *opening = start->opening;
	const struct select_wish wish = wish_of(start);
	bool is_read = false;
	enum err err = OK;

	while (err == OK && !is_read) {
		select_plan(opening->arena, &opening->pool, &wish, ret_plan);
		is_read = true;
		for (size_t i = 0; err == OK && i < ret_plan->count; i++) {
			if (ret_plan->items[i].body != NULL)
				continue;
			is_read = false;
			err = read_body(start, ret_plan->items[i].id);
		}
	}
	return err;
}

static void fill_questions(struct flow_opening *opening, const struct bank_question_list *plan)
{
	opening->count = plan->count;
	opening->questions = arena_array(opening->arena, plan->count, sizeof(*opening->questions));
	for (size_t i = 0; i < plan->count; i++) {
		const struct bank_question *planned = &plan->items[i];

		opening->questions[i] = (struct question){
			.position = (int)i + 1,
			.bank_id = planned->id,
			.q_type = planned->q_type,
			.category = planned->category,
			.snapshot = planned->body,
			.state = "planned",
			.answer = "",
		};
	}
}

static enum err gather(struct start *start)
{
	const struct flow_options *options = start->options;
	struct flow_opening *opening = start->opening;
	struct bank_question_list plan;
	struct role role;
	size_t shares;
	enum err err = role_by_id(opening->store, opening->arena, options->role_id, &role);

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_INVALID : err;
	if (!role.enabled || flow_shares(options->type, &shares) == NULL)
		return ERR_INVALID;
	opening->role_title = flow_role_title(&opening->interview, &role);
	err = edition_current(opening->store, options->role_id, &opening->interview.edition);
	if (err == OK)
		err = edition_outline(opening->store, opening->arena, options->role_id,
		                      opening->interview.edition, &opening->pool);
	if (err != OK)
		return err;
	keep_eligible(opening);
	err = draw(start, &plan);
	if (err != OK)
		return err;
	fill_questions(opening, &plan);
	opening->interview.question_count = (int)plan.count;
	return plan.count > 0 ? OK : ERR_INVALID;
}

/* Coding tasks are a part of technical talks; the other types have none. */
static enum err fill_coding(struct start *start)
{
	const struct flow_options *options = start->options;
	const bool allowed = strcmp(options->type, "technical") == 0 ||
	                     strcmp(options->type, "mixed") == 0;

	start->opening->interview.code_language = "";
	if (options->coding_percent < 0 || options->coding_percent > 100)
		return ERR_INVALID;
	if (!allowed || options->coding_percent == 0)
		return OK;
	if (options->code_language == NULL || options->code_language[0] == '\0')
		return ERR_INVALID;
	start->opening->interview.coding_percent = options->coding_percent;
	start->opening->interview.code_language = options->code_language;
	return OK;
}

static enum err fill_interview(struct start *start)
{
	const struct flow_options *options = start->options;
	const struct user *user = start->opening->user;
	struct interview *interview = &start->opening->interview;
	enum err err;

	if (!flow_level_difficulty(options->level, &interview->difficulty) ||
	    options->nonce == NULL || options->nonce[0] == '\0')
		return ERR_INVALID;
	interview->owner_id = user->id;
	interview->role_id = options->role_id;
	interview->role_title = options->role_title;
	interview->level = options->level;
	interview->type = options->type;
	interview->language = options->language;
	interview->time_limit_min = options->time_limit_min > 0 ? options->time_limit_min : 0;
	interview->job_description = options->job_description != NULL ? options->job_description
	                                                              : "";
	interview->status = "in_progress";
	interview->max_turns = config()->max_turns;
	interview->start_nonce = options->nonce;
	interview->is_introduction = options->has_model &&
	                             (user->position[0] == '\0' || user->stack[0] == '\0');
	err = fill_coding(start);
	return err == OK ? gather(start) : err;
}

enum err flow_plan(struct flow_opening *opening, const struct flow_options *options,
                   const char *draw)
{
	const int count = options->question_count;

	opening->wished = count < 1 ? 1 : count > QUESTIONS_MAX ? QUESTIONS_MAX : count;
	return fill_interview(
	        &(struct start){ .opening = opening, .options = options, .draw = draw });
}

static enum err start_inside(void *context)
{
	struct start *start = context;
	struct flow_opening *opening = start->opening;
	enum err err = met_list(opening->store, opening->arena, opening->user->id, &opening->met);

	if (err == OK)
		err = flow_plan(opening, start->options, store_new_id(opening->arena));
	if (err == OK)
		err = flow_opening_add(opening);
	if (err != OK)
		return err;
	for (size_t i = 0; i < opening->count; i++)
		opening->questions[i].interview_id = opening->interview.id;
	return flow_opening_talk(opening);
}

enum err flow_start(struct store *store, struct arena *arena, const struct user *user,
                    const struct flow_options *options, struct flow_started *ret_started)
{
	struct flow_opening opening = { .store = store, .arena = arena, .user = user };
	struct start start = { .opening = &opening, .options = options };

	return flow_opening_run(&opening, start_inside, &start, ret_started);
}
