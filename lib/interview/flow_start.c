#include "interview/flow_internal.h"

#include <string.h>

#include "base/config.h"
#include "base/log.h"
#include "interview/select.h"
#include "judge/variants.h"

enum { QUESTIONS_MAX = 30 };

/* What a start works with. */
struct start {
	struct flow_opening *opening;
	const struct flow_options *options;
};

static struct select_wish wish_of(const struct start *start)
{
	const struct interview *interview = &start->opening->interview;
	const int count = start->options->question_count;

	return (struct select_wish){
		.type = interview->type,
		.count = count < 1               ? 1
		         : count > QUESTIONS_MAX ? QUESTIONS_MAX
		                                 : count,
		.coding_percent = interview->coding_percent,
		.difficulty = interview->difficulty,
	};
}

/* Questions that cannot be read in the language are left out, and the log says so. */
static bool is_askable(const struct start *start, const struct bank_question *question)
{
	const struct interview *interview = &start->opening->interview;
	const bool is_coding = strcmp(question->q_type, "coding") == 0;
	struct flow_asked asked;

	if (is_coding && interview->coding_percent == 0)
		return false;
	if (flow_parse(start->opening->arena, question->q_type, question->body,
	               start->options->language, &asked) != OK) {
		log_error("question %s cannot be asked in %s", question->id,
		          language_code(start->options->language));
		return false;
	}
	return !is_coding || flow_task_fits(&asked.task, interview->code_language);
}

static void keep_askable(struct start *start)
{
	struct bank_question_list *pool = &start->opening->pool;
	size_t kept = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (is_askable(start, &pool->items[i]))
			pool->items[kept++] = pool->items[i];
	pool->count = kept;
}

static enum err gather(struct start *start)
{
	const struct flow_options *options = start->options;
	struct flow_opening *opening = start->opening;
	int edition;
	struct role role;
	struct select_wish wish;
	size_t shares;
	enum err err = role_by_id(opening->store, opening->arena, options->role_id, &role);

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_INVALID : err;
	if (!role.enabled || flow_shares(options->type, &shares) == NULL)
		return ERR_INVALID;
	err = edition_current(opening->store, options->role_id, &edition);
	if (err == OK)
		err = edition_questions(opening->store, opening->arena, options->role_id, edition,
		                        &opening->pool);
	if (err != OK)
		return err;
	opening->role_title = role.title[options->language];
	keep_askable(start);
	wish = wish_of(start);
	opening->interview.edition = edition;
	opening->interview.question_count = (int)select_count(&opening->pool, &wish);
	return opening->interview.question_count > 0 ? OK : ERR_INVALID;
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

/* The seed chooses the variants of tasks as well. */
static void fill_questions(struct flow_opening *opening, const struct bank_question_list *plan,
                           uint64_t seed)
{
	opening->count = plan->count;
	opening->questions = arena_array(opening->arena, plan->count, sizeof(*opening->questions));
	for (size_t i = 0; i < plan->count; i++) {
		const struct bank_question *planned = &plan->items[i];

		opening->questions[i] = (struct question){
			.interview_id = opening->interview.id,
			.position = (int)i + 1,
			.bank_id = planned->id,
			.q_type = planned->q_type,
			.category = planned->category,
			.snapshot = variants_draw(opening->arena, planned->body, seed),
			.state = "planned",
			.answer = "",
		};
	}
}

enum err flow_plan(struct flow_opening *opening, const struct flow_options *options)
{
	return fill_interview(&(struct start){ .opening = opening, .options = options });
}

void flow_plan_questions(struct flow_opening *opening, const struct flow_options *options,
                         uint64_t seed)
{
	struct select_wish wish =
	        wish_of(&(struct start){ .opening = opening, .options = options });
	struct bank_question_list plan;

	wish.seed = seed;
	select_plan(opening->arena, &opening->pool, &wish, &plan);
	fill_questions(opening, &plan, seed);
}

static enum err start_inside(void *context)
{
	struct start *start = context;
	struct flow_opening *opening = start->opening;
	enum err err = flow_plan(opening, start->options);

	if (err == OK)
		err = flow_opening_add(opening);
	if (err != OK)
		return err;
	flow_plan_questions(opening, start->options, select_seed(opening->interview.id));
	return flow_opening_talk(opening);
}

enum err flow_start(struct store *store, struct arena *arena, const struct user *user,
                    const struct flow_options *options, struct flow_started *ret_started)
{
	struct flow_opening opening = { .store = store, .arena = arena, .user = user };
	struct start start = { .opening = &opening, .options = options };

	return flow_opening_run(&opening, start_inside, &start, ret_started);
}
