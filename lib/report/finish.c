#include "report/finish.h"

#include "base/config.h"
#include "base/lock.h"
#include "report/issue.h"
#include "report/records.h"
#include "report/revise.h"
#include "report/source.h"

/* What the texts are written about; `row` is the report as it stands. */
static enum err load(struct store *store, struct arena *arena, const char *interview_id,
                     struct report_row *row, struct report_source *source)
{
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, interview_id, row);
	if (err == OK && row->texts_due)
		err = source_load(store, arena, interview_id, source);
	store_rollback(store);
	return err;
}

/* The calls that wrote the texts are records of it by now. */
static enum err add_revision(struct store *store, struct arena *arena, cJSON *document,
                             const struct report_row *before, struct report_row *ret_row)
{
	struct issue issue = {
		.interview_id = before->interview_id,
		.before = before->revision,
		.cause = { "texts", "" },
	};
	struct revision_grades grades;
	struct record_list records;
	struct report_row row;
	enum err err = record_list(store, arena, before->interview_id, NULL, &records);

	if (err != OK)
		return err;
	issue.manifest = records_manifest(arena, &records);
	err = revise_grades(store, arena, before, &grades);
	if (err == OK)
		err = issue_report(store, arena, document, &issue, &row);
	if (err == OK)
		err = revision_add(store, arena, &row, &grades);
	if (err == OK)
		*ret_row = row;
	return err;
}

/* The words are about the numbers of `before`: other numbers need others. */
static enum err store_texts(struct store *store, struct arena *arena, cJSON *document,
                            const struct report_row *before, struct report_row *ret_row)
{
	struct report_row stage;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = report_stage(store, before->interview_id, &stage);
	if (err == OK && (stage.revision != before->revision || !stage.texts_due))
		err = ERR_CONFLICT;
	if (err == OK)
		err = add_revision(store, arena, document, before, ret_row);
	return store_leave(store, own, err);
}

static enum err write(struct store *store, struct arena *arena, const char *interview_id,
                      const struct agent_desk *desk, struct report_row *ret_row)
{
	struct report_source source;
	struct report_row before;
	enum err err = load(store, arena, interview_id, &before, &source);

	if (err != OK)
		return err;
	if (!before.texts_due) {
		*ret_row = before;
		return OK;
	}
	/* No transaction is open while models write: that may take minutes. */
	return store_texts(store, arena, report_build(arena, &source, desk), &before, ret_row);
}

enum err finish_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct agent_desk *desk, struct report_row *ret_row)
{
	struct lock *lock;
	enum err err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var),
	                         arena_printf(arena, "texts:%s", interview_id), 0, &lock);

	if (err != OK)
		return err;
	err = write(store, arena, interview_id, desk, ret_row);
	lock_release(lock);
	return err;
}

enum err report_finish(struct store *store, struct arena *arena, const char *interview_id,
                       const struct model *model, struct report_row *ret_row)
{
	const struct model_work work = {
		.store = store,
		.interview_id = interview_id,
		.budget_ms = config()->llm_report_s * 1000,
		.cancel_fd = -1,
	};

	return finish_report(store, arena, interview_id, model_desk(arena, model, &work), ret_row);
}
