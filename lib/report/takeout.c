#include "report/takeout.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "report/report.h"
#include "store/export.h"

enum { PIECE = 16 * 1024 };

/* Rows on their way, gathered into pieces of some size. */
struct writer {
	const struct takeout *takeout;
	bool is_first; /* no row of this table yet */
	size_t len;
	char bytes[PIECE];
};

static bool flush(struct writer *writer)
{
	const struct takeout *takeout = writer->takeout;
	const size_t len = writer->len;

	writer->len = 0;
	return len == 0 || takeout->write(takeout->context, writer->bytes, len);
}

static bool add(struct writer *writer, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		const size_t room = PIECE - writer->len, part = left < room ? left : room;

		memcpy(writer->bytes + writer->len, text, part);
		writer->len += part;
		text += part;
		left -= part;
		if (writer->len == PIECE && !flush(writer))
			return false;
	}
	return true;
}

/* --- what stays out ------------------------------------------------------------- */

static void drop(cJSON *object, const char *const *names)
{
	for (; *names != NULL; names++)
		cJSON_DeleteItemFromObjectCaseSensitive(object, *names);
}

static void blank(cJSON *object, const char *const *names)
{
	for (; *names != NULL; names++)
		if (json_get(object, *names) != NULL) {
			cJSON_DeleteItemFromObjectCaseSensitive(object, *names);
			json_set_null(object, *names);
		}
}

/*
 * The tests and solutions of a task may come again in somebody's interview, and so may how its
 * inputs grow; which of its variants it was is for recruiters. Hints cost points:
 * those that were shown are rows of their own.
 */
static void hide_solutions(cJSON *snapshot)
{
	static const char *const hidden[] = { "hidden_tests", "hints", "growth", "variant", NULL };
	static const char *const solution[] = { "reference", NULL };
	cJSON *language;

	drop(snapshot, hidden);
	cJSON_ArrayForEach(language, cJSON_GetObjectItemCaseSensitive(snapshot, "languages"))
	        drop(language, solution);
}

/* What a candidate sees of a question that is being asked. */
static void keep_asked(cJSON *snapshot)
{
	static const char *const seen =
	        " type track category level difficulty max_score estimated_answer_time_min question"
	        " kind title description function_signature compare tolerance limits schema"
	        " public_tests languages ";
	cJSON *member = snapshot->child;

	while (member != NULL) {
		cJSON *next = member->next;
		char word[64];

		snprintf(word, sizeof(word), " %s ", member->string);
		if (strstr(seen, word) == NULL)
			cJSON_Delete(cJSON_DetachItemViaPointer(snapshot, member));
		member = next;
	}
}

static void hide_question(const struct export_row *row)
{
	static const char *const coming[] = { "bank_id", "category", "q_type", "snapshot", NULL };
	cJSON *snapshot = cJSON_GetObjectItemCaseSensitive(row->columns, "snapshot");

	if (row->is_withheld) {
		blank(row->columns, coming);
		return;
	}
	if (!cJSON_IsObject(snapshot)) {
		blank(row->columns, (const char *const[]){ "snapshot", NULL });
		return;
	}
	hide_solutions(snapshot);
	if (row->comes_again)
		keep_asked(snapshot);
}

/* What models wrote for recruiters. */
static void hide_recruiters(const struct export_row *row)
{
	static const char *const of_call[] = { "prompt", "reply", "reasoning", NULL };
	const char *agent = json_string(row->columns, "agent", "");

	if (strcmp(row->table, "reports") == 0 || strcmp(row->table, "report_revisions") == 0)
		report_for_candidate(cJSON_GetObjectItemCaseSensitive(row->columns, "body"));
	else if (strcmp(agent, "recruiter_writer") == 0 || strcmp(agent, "assessor") == 0)
		blank(row->columns, of_call);
}

static void hide_others(const struct export_row *row)
{
	static const char *const other[] = { "other_user", "other_owner", "other_submission",
		                             "other_sent_at", NULL };

	drop(cJSON_GetObjectItemCaseSensitive(row->columns, "evidence"), other);
}

static void hide(const struct export_row *row)
{
	if (strcmp(row->table, "questions") == 0)
		hide_question(row);
	else if (strcmp(row->table, "events") == 0)
		hide_others(row);
	else
		hide_recruiters(row);
}

/* --- the document ----------------------------------------------------------------- */

static bool take_row(void *context, const struct export_row *row)
{
	struct writer *writer = context;
	const char *before = writer->is_first ? "\n" : ",\n";

	hide(row);
	writer->is_first = false;
	return add(writer, before) && add(writer, json_text(row->columns));
}

/* Interviews of which something is withheld. */
static bool take_running(void *context, const struct export_row *row)
{
	struct buf *ids = context;

	if (strcmp(json_string(row->columns, "status", ""), "completed") != 0)
		buf_printf(ids, "%s\"%s\"", ids->len > 0 ? "," : "",
		           json_string(row->columns, "id", ""));
	return true;
}

static const char *notes(enum language language)
{
	static const char *const texts[] = {
		N_("Times are milliseconds since 1970-01-01 UTC."),
		N_("Hashes of passwords, cookies, tokens and codes are left out: they only serve "
		   "to check what you enter."),
		N_("Hidden tests and reference solutions of coding tasks are left out for good, "
		   "and "
		   "so are texts written for recruiters and names of other people."),
		N_("Of the interviews in running_interviews, evaluations, marks, evidence, "
		   "observations, calls of models, reference answers, key points and coming "
		   "questions are withheld until the interview is finished."),
		N_("Questions of an interview by invitation that were never asked are withheld: "
		   "others may still be asked them."),
		N_("The same is withheld of questions that were asked before and stand in one of "
		   "them. Hints of coding tasks are there once they were shown."),
	};
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		json_add_string(array, i18n(language, texts[i]));
	return json_text(array);
}

static enum err add_head(struct writer *writer)
{
	const struct takeout *takeout = writer->takeout;
	struct buf ids;
	size_t table = 0;
	enum err err;

	buf_init(&ids, takeout->arena);
	while (strcmp(export_table(table), "interviews") != 0)
		table++;
	err = export_rows(takeout->store, takeout->arena, table, takeout->user_id,
	                  &(struct export_sink){ .take = take_running, .context = &ids });
	if (err != OK)
		return err;
	return add(writer, arena_printf(takeout->arena,
	                                "{\"format\":\"viva-export-1\",\n\"exported_at\":\"%s\",\n"
	                                "\"notes\":%s,\n\"running_interviews\":[%s],\n\"tables\":{",
	                                clock_iso(takeout->arena, clock_now_ms()),
	                                notes(takeout->language), ids.len > 0 ? ids.data : ""))
	               ? OK
	               : ERR_CONFLICT;
}

static enum err add_table(struct writer *writer, size_t table)
{
	const struct takeout *takeout = writer->takeout;
	const char *start = arena_printf(takeout->arena, "%s\n\"%s\":[", table > 0 ? "," : "",
	                                 export_table(table));
	const struct export_sink sink = { .take = take_row, .context = writer };
	enum err err;

	if (!add(writer, start))
		return ERR_CONFLICT;
	writer->is_first = true;
	err = export_rows(takeout->store, takeout->arena, table, takeout->user_id, &sink);
	if (err == OK && !add(writer, "]"))
		return ERR_CONFLICT;
	return err;
}

static enum err write_all(struct writer *writer)
{
	enum err err = add_head(writer);

	for (size_t table = 0; err == OK && export_table(table) != NULL; table++)
		err = add_table(writer, table);
	if (err == OK && !(add(writer, "}}\n") && flush(writer)))
		return ERR_CONFLICT;
	return err;
}

enum err takeout_write(const struct takeout *takeout)
{
	struct writer *writer = arena_alloc(takeout->arena, sizeof(*writer));
	enum err err = store_begin_read(takeout->store);

	if (err != OK)
		return err;
	writer->takeout = takeout;
	err = write_all(writer);
	store_rollback(takeout->store);
	return err;
}

char *takeout_file_name(struct arena *arena, const char *username)
{
	return arena_printf(
	        arena, "viva_export_%s_%s.json", username,
	        clock_text(arena, clock_now_ms(), config()->tz_offset_min, CLOCK_STAMP));
}
