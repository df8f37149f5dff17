#include "report/ensure.h"

#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "report/source.h"
#include "score/score.h"

/* How long one who has no model waits for another builder; a model's takes longer anyway. */
enum { WAIT_MS = 2000 };

/* The stored report; or, when there is none, `source` is filled in for one to be built. */
static enum err find_or_load(struct store *store, struct arena *arena, const char *interview_id,
                             struct report_row *ret_row, struct report_source *source)
{
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, interview_id, ret_row);
	if (err == ERR_NOT_FOUND)
		err = source_load(store, arena, interview_id, source);
	store_rollback(store);
	return err;
}

static struct report_row row_of(const struct report_source *source, const cJSON *document)
{
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");

	return (struct report_row){
		.interview_id = source->interview.id,
		.version = SCORE_VERSION,
		.body = json_text(document),
		.total_score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
	};
}

/* Stores the row unless another caller was faster; gives the one that is stored. */
static enum err store_once(struct store *store, struct arena *arena, const struct report_row *row,
                           struct report_row *ret_row)
{
	struct report_row stored = *row;
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, row->interview_id, &stored);
	if (err == ERR_NOT_FOUND)
		err = report_add(store, arena, &stored);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	else
		*ret_row = stored;
	return err;
}

static enum err build(struct store *store, struct arena *arena, const char *interview_id,
                      const struct agent_desk *desk, struct report_row *ret_row)
{
	struct report_source source = { 0 };
	struct report_row row;
	enum err err = find_or_load(store, arena, interview_id, ret_row, &source);

	if (err != OK || source.interview.id == NULL)
		return err;
	/* No transaction is open while models write: that may take minutes. */
	row = row_of(&source, report_build(arena, &source, desk));
	return store_once(store, arena, &row, ret_row);
}

enum err ensure_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct agent_desk *desk, struct report_row *ret_row)
{
	enum err err = report_of_interview(store, arena, interview_id, ret_row);
	struct lock *lock;

	if (err != ERR_NOT_FOUND)
		return err;
	err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var),
	                arena_printf(arena, "report:%s", interview_id), desk == NULL ? WAIT_MS : 0,
	                &lock);
	if (err != OK)
		return err;
	err = build(store, arena, interview_id, desk, ret_row);
	lock_release(lock);
	return err;
}

enum err report_ensure(struct store *store, struct arena *arena, const char *interview_id,
                       const struct model *model, struct report_row *ret_row)
{
	const struct model_work work = {
		.store = store,
		.interview_id = interview_id,
		.budget_ms = config()->llm_report_s * 1000,
		.cancel_fd = -1,
	};

	return ensure_report(store, arena, interview_id, model_desk(arena, model, &work), ret_row);
}

enum err report_rebuild(struct store *store, struct arena *arena, const char *interview_id,
                        const struct agent_desk *desk, cJSON **ret_document)
{
	struct report_source source;
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = source_load(store, arena, interview_id, &source);
	store_rollback(store);
	if (err == OK)
		*ret_document = report_build(arena, &source, desk);
	return err;
}
