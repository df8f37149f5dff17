#include "interview/flow_internal.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "interview/select.h"

enum { QUESTIONS_MAX = 30, DAY_MS = 86400000 };

/* What a start works with, gathered before anything is written. */
struct start {
	struct store *store;
	struct arena *arena;
	const struct user *user;
	const struct flow_options *options;
	struct role role;
	struct interview interview;
	struct bank_question_list pool, plan;
	struct question *questions;
	struct flow_asked first;
	int64_t allowed_at;
};

static bool level_difficulty(const char *level, int *ret_difficulty)
{
	static const char *const levels[] = { "junior", "middle", "senior" };

	for (int i = 0; i < (int)(sizeof(levels) / sizeof(*levels)); i++) {
		if (strcmp(levels[i], level) == 0) {
			*ret_difficulty = i;
			return true;
		}
	}
	return false;
}

static struct select_wish wish_of(const struct start *start)
{
	const int count = start->options->question_count;

	return (struct select_wish){
		.type = start->interview.type,
		.count = count < 1               ? 1
		         : count > QUESTIONS_MAX ? QUESTIONS_MAX
		                                 : count,
		.coding_percent = start->interview.coding_percent,
		.difficulty = start->interview.difficulty,
	};
}

/* Questions that cannot be read in the language are left out, and the log says so. */
static bool is_askable(const struct start *start, const struct bank_question *question)
{
	const bool is_coding = strcmp(question->q_type, "coding") == 0;
	struct flow_asked asked;

	if (is_coding && start->interview.coding_percent == 0)
		return false;
	if (flow_parse(start->arena, question->q_type, question->body, start->options->language,
	               &asked) != OK) {
		log_error("question %s cannot be asked in %s", question->id,
		          language_code(start->options->language));
		return false;
	}
	return !is_coding || flow_task_fits(&asked.task, start->interview.code_language);
}

static void keep_askable(struct start *start)
{
	struct bank_question_list *pool = &start->pool;
	size_t kept = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (is_askable(start, &pool->items[i]))
			pool->items[kept++] = pool->items[i];
	pool->count = kept;
}

static enum err gather(struct start *start)
{
	const struct flow_options *options = start->options;
	int edition;
	struct select_wish wish;
	size_t shares;
	enum err err = role_by_id(start->store, start->arena, options->role_id, &start->role);

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_INVALID : err;
	if (!start->role.enabled || flow_shares(options->type, &shares) == NULL)
		return ERR_INVALID;
	err = edition_current(start->store, options->role_id, &edition);
	if (err == OK)
		err = edition_questions(start->store, start->arena, options->role_id, edition,
		                        &start->pool);
	if (err != OK)
		return err;
	keep_askable(start);
	wish = wish_of(start);
	start->interview.edition = edition;
	start->interview.question_count = (int)select_count(&start->pool, &wish);
	return start->interview.question_count > 0 ? OK : ERR_INVALID;
}

/* Coding tasks are a part of technical talks; the other types have none. */
static enum err fill_coding(struct start *start)
{
	const struct flow_options *options = start->options;
	const bool allowed = strcmp(options->type, "technical") == 0 ||
	                     strcmp(options->type, "mixed") == 0;

	start->interview.code_language = "";
	if (options->coding_percent < 0 || options->coding_percent > 100)
		return ERR_INVALID;
	if (!allowed || options->coding_percent == 0)
		return OK;
	if (options->code_language == NULL || options->code_language[0] == '\0')
		return ERR_INVALID;
	start->interview.coding_percent = options->coding_percent;
	start->interview.code_language = options->code_language;
	return OK;
}

static enum err fill_interview(struct start *start)
{
	const struct flow_options *options = start->options;
	struct interview *interview = &start->interview;
	enum err err;

	if (!level_difficulty(options->level, &interview->difficulty) || options->nonce == NULL ||
	    options->nonce[0] == '\0')
		return ERR_INVALID;
	interview->owner_id = start->user->id;
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
	interview->is_introduction = options->has_model && (start->user->position[0] == '\0' ||
	                                                    start->user->stack[0] == '\0');
	err = fill_coding(start);
	return err == OK ? gather(start) : err;
}

/* Counts the new interview as well, so that two starts at once cannot both be the last. */
static enum err check_limit(struct start *start)
{
	const int offset = config()->tz_offset_min;
	const int64_t day = clock_day_start(start->interview.created_at, offset);
	int count;
	int64_t first_at;
	enum err err;

	if (start->user->is_admin)
		return OK;
	err = interview_count_since(start->store, start->user->id, day, &count, &first_at);
	if (err != OK || count <= config()->interviews_per_day)
		return err;
	start->allowed_at = day + DAY_MS;
	return ERR_LIMITED;
}

static enum err add_questions(struct start *start)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < start->plan.count; i++)
		err = question_add(start->store, start->arena, &start->questions[i]);
	return err;
}

static void fill_questions(struct start *start)
{
	start->questions = arena_array(start->arena, start->plan.count, sizeof(*start->questions));
	for (size_t i = 0; i < start->plan.count; i++) {
		const struct bank_question *planned = &start->plan.items[i];

		start->questions[i] = (struct question){
			.interview_id = start->interview.id,
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

static enum err plan_questions(struct start *start)
{
	struct select_wish wish = wish_of(start);
	struct flow_activation activation = {
		.pool = &start->pool,
		.interview = &start->interview,
		.now = start->interview.created_at,
	};
	enum err err;

	wish.seed = select_seed(start->interview.id);
	select_plan(start->arena, &start->pool, &wish, &start->plan);
	fill_questions(start);
	if (start->interview.is_introduction)
		return add_questions(start);
	activation.questions = start->questions;
	activation.count = start->plan.count;
	err = flow_activate(start->arena, &activation, &start->first);
	return err == OK ? add_questions(start) : err;
}

/* The built-in interviewer opens every talk: the transaction waits for no network. */
static enum err open_talk(struct start *start, enum cue cue, const char *kind)
{
	const struct user *user = start->user;
	const bool asks = cue == CUE_QUESTION || cue == CUE_CODING_TASK;
	const bool is_coding = cue == CUE_CODING_TASK;
	const struct cue_facts facts = {
		.cue = cue,
		.language = start->interview.language,
		.candidate = user->full_name[0] != '\0' ? user->full_name : user->username,
		.role = start->role.title[start->interview.language],
		.position = asks ? 1 : 0,
		.total = (int)start->plan.count,
		.text = is_coding ? start->first.task.title : NULL,
		.question = cue == CUE_QUESTION ? &start->first.exam : NULL,
	};
	struct turn turn = {
		.question_id = asks ? start->questions[0].id : NULL,
		.author = "interviewer",
		.kind = kind,
	};
	struct speech speech;
	enum err err = examiner_builtin()->speak(NULL, start->arena, &facts, &speech);

	turn.body = speech.text;
	return err == OK ? turn_add(start->store, start->interview.id, &turn) : err;
}

static enum err start_inside(struct start *start)
{
	enum err err = fill_interview(start);

	if (err == OK)
		err = interview_add(start->store, start->arena, &start->interview);
	if (err == OK)
		err = check_limit(start);
	if (err == OK)
		err = plan_questions(start);
	if (err == OK)
		err = open_talk(start, CUE_GREETING, "greeting");
	if (err != OK)
		return err;
	if (start->interview.is_introduction)
		return open_talk(start, CUE_INTRODUCTION, "introduction");
	if (flow_is_coding(&start->questions[0]))
		return open_talk(start, CUE_CODING_TASK, "question");
	return open_talk(start, CUE_QUESTION, "question");
}

enum err flow_start(struct store *store, struct arena *arena, const struct user *user,
                    const struct flow_options *options, struct flow_started *ret_started)
{
	struct start start = { .store = store, .arena = arena, .user = user, .options = options };
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = start_inside(&start);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	if (err == ERR_LIMITED)
		ret_started->allowed_at = start.allowed_at;
	/* A second click on the same button: the interview is there already. */
	if (err == ERR_CONFLICT && start.interview.id != NULL)
		err = OK;
	if (err == OK)
		ret_started->id = start.interview.id;
	return err;
}
