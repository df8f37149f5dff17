#include "interview/flow_internal.h"

#include "base/clock.h"
#include "base/log.h"

/* Other threads may win the race a few times, not forever. */
enum { TRIES = 20 };

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
	enum err err = turn_list(flow->store, flow->arena, flow->interview.id, &turns);

	/* Every change comes with a turn, so the last one tells whether anything changed. */
	if (err == OK)
		*ret_unchanged = turns.count > 0 &&
		                 turns.items[turns.count - 1].seq == reaction->last_seq;
	return err;
}

static enum err write_all(struct flow_reaction *reaction)
{
	struct flow *flow = reaction->flow;
	enum err err = OK;

	/* In order of position: the active question closes before the next one opens. */
	for (size_t i = 0; err == OK && i < flow->questions.count; i++)
		if (reaction->dirty[i])
			err = question_save(flow->store, &flow->questions.items[i]);
	if (err == OK && reaction->graded)
		err = evaluation_save(flow->store, &reaction->evaluation);
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
	};
	enum err err = flow_react(&reaction);

	return err == OK ? apply(&reaction) : err;
}

enum err flow_settle(struct flow *flow)
{
	for (int i = 0; i < TRIES; i++) {
		const int64_t now = clock_now_ms();
		const struct turn *open;
		enum err err = flow_load(flow);

		if (err != OK)
			return err;
		open = flow_open_turn(flow);
		if (!is_due(flow, open, now))
			return OK;
		err = react_and_apply(flow, open, now);
		if (err != OK)
			return err;
	}
	log_warning("interview %s: too many steps at once", flow->interview.id);
	return ERR_BUSY;
}
