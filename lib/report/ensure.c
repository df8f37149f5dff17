#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "report/authors.h"
#include "report/issue.h"
#include "report/items.h"
#include "report/records.h"
#include "report/source.h"
#include "store/interview.h"

/* How long one waits for another builder. */
enum { WAIT_MS = 2000 };

/* How old an interview without a report is when nobody will ask any more. */
enum { LATE_MS = 5 * 60 * 1000 };

static const int64_t LOOK_BACK_MS = 7LL * 24 * 60 * 60 * 1000;

/* What a report is made of. */
struct material {
	struct report_source source;
	const char *manifest;
};

/* The stored report; or, when there is none, the material for one to be built. */
static enum err find_or_load(struct store *store, struct arena *arena, const char *interview_id,
                             struct report_row *ret_row, struct material *material)
{
	struct record_list records;
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, interview_id, ret_row);
	if (err == ERR_NOT_FOUND) {
		err = source_load(store, arena, interview_id, &material->source);
		if (err == OK)
			err = record_list(store, arena, interview_id, NULL, &records);
		if (err == OK)
			material->manifest = records_manifest(arena, &records);
	}
	store_rollback(store);
	return err;
}

/* Stores the document unless another caller was faster; gives what is stored. */
static enum err store_once(struct store *store, struct arena *arena, cJSON *document,
                           const struct issue *issue, struct report_row *ret_row)
{
	struct report_row stored;
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, issue->interview_id, &stored);
	if (err == ERR_NOT_FOUND) {
		err = issue_report(store, arena, document, issue, &stored);
		if (err == OK)
			err = report_add(store, arena, &stored);
		/* Whose report was deleted has told already what it has to tell. */
		if (err == OK && stored.revision == 1)
			err = items_learn(store, arena, issue->interview_id, document);
	}
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	else
		*ret_row = stored;
	return err;
}

static enum err build(struct store *store, struct arena *arena, const char *interview_id,
                      const struct model *model, struct report_row *ret_row)
{
	struct issue issue = { .interview_id = interview_id };
	struct material material = { 0 };
	cJSON *document;
	enum err err = find_or_load(store, arena, interview_id, ret_row, &material);

	if (err != OK || material.source.interview.id == NULL)
		return err;
	document = report_build(arena, &material.source, NULL);
	issue.manifest = material.manifest;
	issue.texts_due = model != NULL && authors_are_wanted(arena, document);
	return store_once(store, arena, document, &issue, ret_row);
}

enum err report_ensure(struct store *store, struct arena *arena, const char *interview_id,
                       const struct model *model, struct report_row *ret_row)
{
	enum err err = report_of_interview(store, arena, interview_id, ret_row);
	struct lock *lock;

	if (err != ERR_NOT_FOUND)
		return err;
	err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var),
	                arena_printf(arena, "report:%s", interview_id), WAIT_MS, &lock);
	if (err != OK)
		return err;
	err = build(store, arena, interview_id, model, ret_row);
	lock_release(lock);
	return err;
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

enum err report_write_late(struct store *store, struct arena *arena)
{
	const int64_t until = clock_now_ms() - LATE_MS;
	struct report_row report;
	const char *id;
	enum err err = interview_unreported(store, arena, until - LOOK_BACK_MS, until, &id);

	if (err != OK)
		return err;
	err = report_ensure(store, arena, id, NULL, &report);
	if (err == OK)
		log_info("report of %s written, for nobody had asked for it", id);
	return err;
}
