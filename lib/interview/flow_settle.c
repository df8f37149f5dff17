#include "interview/flow_internal.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "store/fact.h"

/* Other threads may win the race a few times, not forever. */
enum { TRIES = 20 };

/* For who answers in the talk already; the page comes back after that. */
enum { WAIT_MS = 300 };

static const char *limit_text(const struct flow *flow, int64_t now)
{
	if (now > flow_deadline(&flow->interview))
		return i18n(flow->interview.language, "The time for this interview is over.");
	if (flow_turns_used(flow) >= flow->interview.max_turns)
		return i18n(flow->interview.language,
		            "This interview has reached its limit of messages.");
	return NULL;
}

/* While nothing is open the time limit waits out its grace: an answer may be on its way. */
static bool is_due(const struct flow *flow, const struct turn *open, int64_t now)
{
	if (open != NULL)
		return true;
	return flow_is_running(flow) && limit_text(flow, now - FLOW_GRACE_MS) != NULL;
}

static enum err check_unchanged(const struct flow_reaction *reaction, bool *ret_unchanged)
{
	struct flow *flow = reaction->flow;
	struct turn_list turns;
	enum err err = turn_list_again(flow->store, flow->arena, flow->interview.id, &flow->turns,
	                               &turns);

	/* Every change comes with a turn, so the last one tells whether anything changed. */
	if (err == OK)
		*ret_unchanged = turns.count > 0 &&
		                 turns.items[turns.count - 1].seq == reaction->last_seq;
	return err;
}

/* The time a model took to think is not the candidate's: the question is asked now. */
static void date_question(const struct flow_reaction *reaction)
{
	struct question *question = reaction->flow->active;

	if (question != NULL && question->asked_at == reaction->now)
		question->asked_at = clock_now_ms();
}

static enum err save_facts(const struct flow_reaction *reaction)
{
	const struct exam_facts *told = &reaction->seen.facts;
	const struct fact facts[] = {
		{ "name", told->name },
		{ "position", told->position },
		{ "level", told->level },
		{ "experience", told->experience },
		{ "technologies", told->technologies },
	};
	enum err err = OK;

	for (size_t i = 0; err == OK && i < sizeof(facts) / sizeof(*facts); i++)
		if (facts[i].value != NULL)
			err = fact_save(reaction->flow->store, reaction->flow->interview.id,
			                &facts[i], reaction->seen.engine);
	return err;
}

static enum err write_all(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	enum err err = OK;

	date_question(reaction);
	/* In order of position: the active question closes before the next one opens. */
	for (size_t i = 0; err == OK && i < flow->questions.count; i++)
		if (reaction->dirty[i])
			err = question_save(flow->store, &flow->questions.items[i]);
	if (err == OK && reaction->graded)
		err = evaluation_save(flow->store, &reaction->evaluation);
	if (err == OK && reaction->observed && reaction->reply_count > 0)
		reaction->replies[0].observation = flow_observation(reaction);
	if (err == OK && reaction->observed)
		err = save_facts(reaction);
	for (size_t i = 0; err == OK && i < reaction->reply_count; i++)
		err = turn_add(flow->store, flow->interview.id, &reaction->replies[i]);
	if (err == OK)
		err = interview_save(flow->store, &flow->interview);
	return err;
}

/* Writes the reaction unless the interview changed since it was decided. */
static enum err apply(struct flow_reaction *reaction)
{
	struct store *store = reaction->flow->store;
	bool unchanged = false;
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = check_unchanged(reaction, &unchanged);
	if (err == OK && unchanged)
		err = write_all(reaction);
	if (err == OK && unchanged)
		err = store_commit(store);
	if (err != OK || !unchanged)
		store_rollback(store);
	return err;
}

static enum err react_and_apply(struct flow *flow, const struct turn *open, int64_t now)
{
	struct flow_reaction reaction = {
		.flow = flow,
		.message = open,
		.last_seq = flow->turns.items[flow->turns.count - 1].seq,
		.dirty = arena_array(flow->arena, flow->questions.count, sizeof(bool)),
		.limit = limit_text(flow, open != NULL ? open->created_at : now),
		.now = now,
		.difficulty_before = flow->interview.difficulty,
	};
	enum err err;

	flow_voice_equip(flow);
	err = flow_react(&reaction);

	return err == OK ? apply(&reaction) : err;
}

/* OK with `ret_due` when something is open; the flow is loaded then. */
static enum err load_due(struct flow *flow, bool *ret_due)
{
	enum err err = flow_load(flow);

	if (err == OK)
		*ret_due = is_due(flow, flow_open_turn(flow), clock_now_ms());
	return err;
}

enum err flow_settle_inside(struct flow *flow)
{
	for (int i = 0; i < TRIES; i++) {
		bool due;
		enum err err = load_due(flow, &due);

		if (err == OK && due)
			err = react_and_apply(flow, flow_open_turn(flow), clock_now_ms());
		if (err != OK || !due)
			return err;
	}
	log_warning("interview %s: too many steps at once", flow->interview.id);
	return ERR_BUSY;
}

enum err flow_enter(struct flow *flow, struct lock **ret_lock)
{
	const char *path, *name;
	enum err err;

	*ret_lock = NULL;
	if (flow->model == NULL)
		return OK;
	path = arena_printf(flow->arena, "%s/locks", config()->var);
	name = arena_printf(flow->arena, "talk:%s", flow->interview.id);
	store_rest(flow->store);
	if (lock_take(flow->arena, path, name, WAIT_MS, ret_lock) != ERR_BUSY)
		return OK; /* without the file a race costs a model's words, nothing more */
	err = flow_load(flow);
	if (err == OK)
		flow->is_answering = flow_open_turn(flow) != NULL;
	return err == OK ? ERR_BUSY : err;
}

enum err flow_settle(struct flow *flow)
{
	struct lock *lock = NULL;
	bool due;
	enum err err = load_due(flow, &due);

	if (err != OK || !due)
		return err;
	err = flow_enter(flow, &lock);
	if (err == OK)
		err = flow_settle_inside(flow);
	else if (err == ERR_BUSY)
		err = OK;
	lock_release(lock);
	return err;
}
