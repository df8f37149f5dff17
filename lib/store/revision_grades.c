#include <string.h>

#include "base/json.h"
#include "store/revision.h"

static const char *const kinds[] = { "evaluation", "mark", "evidence", "override", "appeal" };

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* The kind as a text that outlives what it was read from; NULL: it is no grade's. */
static const char *kind_of(const char *name)
{
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(kinds[i], name) == 0)
			return kinds[i];
	return NULL;
}

static void append(struct arena *arena, struct record_list *list, const struct record_list *more)
{
	struct record *items = arena_array(arena, list->count + more->count + 1, sizeof(*items));

	if (list->count > 0)
		memcpy(items, list->items, list->count * sizeof(*items));
	if (more->count > 0)
		memcpy(items + list->count, more->items, more->count * sizeof(*items));
	list->items = items;
	list->count += more->count;
}

enum err revision_grades_read(struct store *store, struct arena *arena, const char *interview_id,
                              struct revision_grades *ret_grades)
{
	struct revision_grades grades = { 0 };
	enum err err = OK;

	for (size_t i = 0; err == OK && i < KINDS; i++) {
		struct record_list found;

		err = record_list(store, arena, interview_id, kinds[i], &found);
		if (err == OK)
			append(arena, &grades.records, &found);
	}
	if (err == OK)
		*ret_grades = grades;
	return err;
}

const char *revision_grades_text(struct arena *arena, const struct revision_grades *grades)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < grades->records.count; i++) {
		const struct record *record = &grades->records.items[i];
		cJSON *item = json_add_object(list);

		json_set_string(item, "kind", record->kind);
		json_set_string(item, "id", record->id);
		json_set(item, "row", cJSON_CreateRaw(record_text(arena, record->row)));
	}
	return json_text(list);
}

enum err revision_grades_parse(struct arena *arena, const char *text,
                               struct revision_grades *ret_grades)
{
	struct revision_grades grades = { 0 };
	cJSON *list, *item;
	enum err err = json_parse(text, strlen(text), &list);

	if (err != OK || !cJSON_IsArray(list))
		return ERR_INVALID;
	grades.records.items = arena_array(arena, (size_t)cJSON_GetArraySize(list) + 1,
	                                   sizeof(*grades.records.items));
	cJSON_ArrayForEach(item, list)
	{
		const struct record record = {
			.kind = kind_of(json_string(item, "kind", "")),
			.id = json_string(item, "id", NULL),
			.row = cJSON_GetObjectItemCaseSensitive(item, "row"),
		};

		if (record.kind == NULL || record.id == NULL || !cJSON_IsObject(record.row))
			return ERR_INVALID;
		grades.records.items[grades.records.count++] = record;
	}
	*ret_grades = grades;
	return OK;
}

/* --- as the structures of the rest of the program -------------------------------- */

/* The next record from *at of that kind and question; NULL: there is none any more. */
static const cJSON *next_row(const struct revision_grades *grades, const char *kind,
                             const char *question_id, size_t *at)
{
	while (*at < grades->records.count) {
		const struct record *record = &grades->records.items[(*at)++];

		if (strcmp(record->kind, kind) == 0 &&
		    strcmp(json_string(record->row, "question_id", ""), question_id) == 0)
			return record->row;
	}
	return NULL;
}

static size_t count_rows(const struct revision_grades *grades, const char *kind,
                         const char *question_id)
{
	size_t at = 0, count = 0;

	while (next_row(grades, kind, question_id, &at) != NULL)
		count++;
	return count;
}

static struct mark mark_of(const cJSON *row)
{
	return (struct mark){
		.key_point_id = json_string(row, "key_point_id", ""),
		.body = json_string(row, "body", ""),
		.status = json_string(row, "status", "missing"),
		.coverage = json_number(row, "coverage", 0),
		.wording = json_string(row, "wording", NULL),
		.wrong = json_string(row, "wrong", NULL),
		.matched = json_string(row, "matched", ""),
	};
}

static void add_spans(struct arena *arena, const struct revision_grades *grades,
                      const cJSON *mark_row, struct mark *mark)
{
	const char *question_id = json_string(mark_row, "question_id", "");
	const double position = json_number(mark_row, "position", -1);
	size_t at = 0;
	const cJSON *row;

	mark->spans = arena_array(arena, count_rows(grades, "evidence", question_id) + 1,
	                          sizeof(*mark->spans));
	while ((row = next_row(grades, "evidence", question_id, &at)) != NULL)
		if (json_number(row, "position", -1) == position)
			mark->spans[mark->span_count++] = (struct span){
				.start = (int64_t)json_number(row, "span_start", 0),
				.end = (int64_t)json_number(row, "span_end", 0),
			};
}

static void add_marks(struct arena *arena, const struct revision_grades *grades,
                      const char *question_id, struct evaluation *evaluation)
{
	size_t at = 0;
	const cJSON *row;

	evaluation->marks = arena_array(arena, count_rows(grades, "mark", question_id) + 1,
	                                sizeof(*evaluation->marks));
	while ((row = next_row(grades, "mark", question_id, &at)) != NULL) {
		struct mark *mark = &evaluation->marks[evaluation->mark_count++];

		*mark = mark_of(row);
		add_spans(arena, grades, row, mark);
	}
}

static struct evaluation evaluation_of(const cJSON *row)
{
	return (struct evaluation){
		.question_id = json_string(row, "question_id", ""),
		.engine = json_string(row, "engine", ""),
		.version = json_string(row, "version", ""),
		.score = json_number(row, "score", 0),
		.max_score = json_number(row, "max_score", 0),
		.verdict = json_string(row, "verdict", ""),
		.structure = json_number(row, "structure", 0),
		.relevance = json_number(row, "relevance", 0),
		.technical_accuracy = json_number(row, "technical_accuracy", 0),
		.depth = json_number(row, "depth", 0),
		.communication = json_number(row, "communication", 0),
		.flags = (unsigned)json_number(row, "flags", 0),
		.feedback_short = json_string(row, "feedback_short", ""),
		.feedback_detailed = json_string(row, "feedback_detailed", ""),
		.next_difficulty = json_string(row, "next_difficulty", "same"),
		.created_at = (int64_t)json_number(row, "created_at", 0),
		.has_builtin = cJSON_IsNumber(json_get(row, "builtin_score")),
		.builtin_score = json_number(row, "builtin_score", 0),
		.builtin_verdict = json_string(row, "builtin_verdict", NULL),
		.unproved = json_string(row, "unproved", NULL),
		.fallback = json_string(row, "fallback", ""),
		.steps = json_string(row, "steps", NULL),
	};
}

struct evaluation revision_evaluation(struct arena *arena, const struct revision_grades *grades,
                                      const char *question_id)
{
	struct evaluation evaluation = { 0 };
	size_t at = 0;
	const cJSON *row = next_row(grades, "evaluation", question_id, &at);

	if (row == NULL)
		return evaluation;
	evaluation = evaluation_of(row);
	add_marks(arena, grades, question_id, &evaluation);
	return evaluation;
}

static const struct override *override_of(struct arena *arena, const cJSON *row)
{
	struct override *override;

	if (row == NULL)
		return NULL;
	override = arena_alloc(arena, sizeof(*override));
	*override = (struct override){
		.id = (int64_t)json_number(row, "id", 0),
		.question_id = json_string(row, "question_id", ""),
		.score = json_number(row, "score", 0),
		.reason = json_string(row, "reason", ""),
		.created_at = (int64_t)json_number(row, "created_at", 0),
	};
	return override;
}

static struct appeal appeal_of(const cJSON *row)
{
	return (struct appeal){
		.id = json_string(row, "id", ""),
		.question_id = json_string(row, "question_id", ""),
		.key_point_id = json_string(row, "key_point_id", ""),
		.span_start = (int64_t)json_number(row, "span_start", 0),
		.span_end = (int64_t)json_number(row, "span_end", 0),
		.comment = json_string(row, "comment", ""),
		.state = "accepted",
		.granted = json_string(row, "granted", ""),
		.status_before = json_string(row, "status_before", ""),
		.reply = json_string(row, "reply", ""),
		.created_at = (int64_t)json_number(row, "created_at", 0),
		.decided_at = (int64_t)json_number(row, "decided_at", 0),
	};
}

struct ruling revision_ruling(struct arena *arena, const struct revision_grades *grades,
                              const char *question_id)
{
	const size_t count = count_rows(grades, "appeal", question_id);
	struct appeal *appeals = arena_array(arena, count + 1, sizeof(*appeals));
	struct ruling ruling = { .appeals = appeals };
	size_t at = 0;
	const cJSON *row;

	ruling.override = override_of(arena, next_row(grades, "override", question_id, &at));
	at = 0;
	while ((row = next_row(grades, "appeal", question_id, &at)) != NULL)
		appeals[ruling.appeal_count++] = appeal_of(row);
	return ruling;
}
