#include "report/revise.h"

#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "report/issue.h"
#include "report/records.h"
#include "report/source.h"

/* --- what the report before was made of ------------------------------------------- */

static bool is_ruling(const char *kind)
{
	return strcmp(kind, "override") == 0 || strcmp(kind, "appeal") == 0;
}

static void add(struct arena *arena, struct record_list *list, struct record record)
{
	struct record *items = arena_array(arena, list->count + 1, sizeof(*items));

	if (list->count > 0)
		memcpy(items, list->items, list->count * sizeof(*items));
	items[list->count] = record;
	list->items = items;
	list->count++;
}

/* Rulings of now may be others: the manifest names those that counted then. */
static enum err add_rulings(struct store *store, struct arena *arena, const cJSON *manifest,
                            struct record_list *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, manifest)
	{
		const char *kind = json_string(item, "kind", "");
		struct record record;
		enum err err;

		if (!is_ruling(kind))
			continue;
		err = record_ruling(store, arena, kind, json_string(item, "id", ""), &record);
		if (err == OK)
			add(arena, list, record);
		else if (err != ERR_NOT_FOUND)
			return err;
	}
	return OK;
}

enum err revise_grades(struct store *store, struct arena *arena, const struct report_row *report,
                       struct revision_grades *ret_grades)
{
	struct revision_grades grades;
	struct record_list kept = { 0 };
	cJSON *manifest;
	enum err err = revision_grades_read(store, arena, report->interview_id, &grades);

	if (err != OK)
		return err;
	kept.items = arena_array(arena, grades.records.count + 1, sizeof(*kept.items));
	for (size_t i = 0; i < grades.records.count; i++)
		if (!is_ruling(grades.records.items[i].kind))
			kept.items[kept.count++] = grades.records.items[i];
	if (json_parse(report->records, strlen(report->records), &manifest) == OK)
		err = add_rulings(store, arena, manifest, &kept);
	grades.records = kept;
	if (err == OK)
		*ret_grades = grades;
	return err;
}

/* --- making it anew ---------------------------------------------------------------- */

/* What a model wrote about the numbers of before is written again, if there is one to do it. */
static bool are_texts_due(const struct report_row *before)
{
	cJSON *document;
	const char *engine;

	if (before->texts_due || config()->llm_url[0] == '\0')
		return before->texts_due;
	if (json_parse(before->body, strlen(before->body), &document) != OK)
		return false;
	engine = json_string(json_get(json_get(document, "written_by"), "candidate"), "engine",
	                     "builtin");
	return strcmp(engine, "builtin") != 0;
}

static enum err make(struct store *store, struct arena *arena, const struct report_row *before,
                     const struct report_cause *cause, struct report_row *ret_row)
{
	struct report_source source;
	struct record_list records;
	struct issue issue = {
		.interview_id = before->interview_id,
		.before = before->revision,
		.cause = *cause,
		.texts_due = are_texts_due(before),
	};
	enum err err = source_load(store, arena, before->interview_id, &source);

	if (err == OK)
		err = record_list(store, arena, before->interview_id, NULL, &records);
	if (err != OK)
		return err;
	issue.manifest = records_manifest(arena, &records);
	return issue_report(store, arena, report_build(arena, &source, NULL), &issue, ret_row);
}

static enum err revise(struct store *store, struct arena *arena, const struct report_row *before,
                       const struct revise_order *order, struct report_row *ret_row)
{
	const struct revision_grades *grades = order->grades;
	struct revision_grades of_before;
	struct report_row row;
	enum err err = OK;

	if (grades == NULL) {
		err = revise_grades(store, arena, before, &of_before);
		grades = &of_before;
	}
	if (err == OK)
		err = make(store, arena, before, &order->cause, &row);
	if (err == OK)
		err = revision_add(store, arena, &row, grades);
	if (err == OK)
		*ret_row = row;
	return err;
}

/* Nothing to make anew; or there is no such interview either. */
static enum err without_report(struct store *store, struct arena *arena, const char *interview_id,
                               struct report_row *ret_row)
{
	struct interview interview;
	enum err err = interview_by_id(store, arena, interview_id, &interview);

	if (err == OK)
		*ret_row = (struct report_row){ 0 };
	return err;
}

enum err revise_report(struct store *store, struct arena *arena, const char *interview_id,
                       const struct revise_order *order, struct report_row *ret_row)
{
	struct report_row before;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, interview_id, &before);
	if (err == OK)
		err = revise(store, arena, &before, order, ret_row);
	else if (err == ERR_NOT_FOUND)
		err = without_report(store, arena, interview_id, ret_row);
	return store_leave(store, own, err);
}

enum err report_revise(struct store *store, struct arena *arena, const char *interview_id,
                       const struct report_cause *cause, struct report_row *ret_row)
{
	const struct revise_order order = { .cause = *cause };

	return revise_report(store, arena, interview_id, &order, ret_row);
}
