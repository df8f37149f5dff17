#include "report/issue.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"
#include "report/normalize.h"
#include "report/records.h"
#include "score/score.h"
#include "seal/canonical.h"
#include "seal/seal.h"
#include "store/revision.h"
#include "store/signing_key.h"

static void add_revision(struct arena *arena, cJSON *document, const struct issue *issue,
                         int number, int64_t now)
{
	cJSON *revision = json_set_object(document, "revision");

	json_set_number(revision, "number", number);
	json_set_string(revision, "cause", issue->cause.cause);
	json_set_string(revision, "note", issue->cause.note);
	normalize_set_time(arena, revision, "made_at", now);
	json_set_bool(revision, "texts_follow", issue->texts_due);
}

/* The canonical form is what is signed, and what is stored and downloaded is what was signed. */
static enum err sign(struct store *store, struct arena *arena, cJSON *document,
                     struct report_row *row)
{
	struct buf body;
	enum err err = seal_sign(store, arena, document);

	buf_init(&body, arena);
	if (err == OK)
		err = canonical_write(document, &body);
	if (err != OK)
		return err;
	row->body = body.data;
	row->key_id = json_string(json_get(document, "signature"), "key_id", "");
	row->signature = json_string(json_get(document, "signature"), "value", "");
	return OK;
}

/* Whoever takes a report away does not make the next one the first. */
static enum err find_number(struct store *store, struct arena *arena, const cJSON *document,
                            struct issue *issue, int *ret_number)
{
	enum language language = LANG_EN;
	int highest;
	enum err err = revision_log_highest(store, arena, issue->interview_id, &highest);

	if (err != OK)
		return err;
	*ret_number = highest + 1;
	if (highest == issue->before)
		return OK;
	log_error("revision %d of the report of interview %s is missing", highest,
	          issue->interview_id);
	language_parse(json_string(document, "language", ""), &language);
	issue->cause.note = arena_printf(
	        arena, issue->cause.note[0] != '\0' ? "%s %s" : "%s%s",
	        arena_printf(arena,
	                     i18n(language, "Revision %d, made before this one, is missing."),
	                     highest),
	        issue->cause.note);
	return OK;
}

enum err issue_report(struct store *store, struct arena *arena, cJSON *document,
                      const struct issue *given, struct report_row *ret_row)
{
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");
	const int64_t now = clock_now_ms();
	struct issue issue = *given;
	struct report_row row;
	int number;
	enum err err;

	if (issue.cause.cause == NULL)
		issue.cause = (struct report_cause){ "finished", "" };
	err = find_number(store, arena, document, &issue, &number);
	if (err != OK)
		return err;
	add_revision(arena, document, &issue, number, now);
	records_seal(arena, document, issue.manifest);
	row = (struct report_row){
		.interview_id = issue.interview_id,
		.version = SCORE_VERSION,
		.total_score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
		.created_at = now,
		.revision = number,
		.cause = issue.cause.cause,
		.note = issue.cause.note,
		.records = issue.manifest,
		.texts_due = issue.texts_due,
	};
	err = sign(store, arena, document, &row);
	if (err == OK)
		*ret_row = row;
	return err;
}

/* --- reports of before ------------------------------------------------------------------- */

/* What the log knows was signed when it was made. */
static enum err sign_old(struct store *store, struct arena *arena, struct report_row *row)
{
	struct revision_made_list made;
	cJSON *document;
	enum err err = revision_log_list(store, arena, row->interview_id, &made);

	if (err != OK)
		return err;
	if (made.count > 0 || json_parse(row->body, strlen(row->body), &document) != OK)
		err = ERR_INVALID;
	if (err == OK)
		err = sign(store, arena, document, row);
	if (err == OK)
		return revision_log_sign(store, arena, row);
	if (err == ERR_INVALID)
		log_error("the report of interview %s cannot be signed", row->interview_id);
	return err == ERR_INVALID ? OK : err;
}

static enum err sign_all(struct store *store, struct arena *arena)
{
	struct arena *scratch = arena_create();
	struct report_row row;
	const char *id = "";
	enum err err;

	json_bind(scratch);
	while ((err = revision_log_unsigned(store, scratch, id, &row)) == OK) {
		id = arena_copy(arena, row.interview_id, strlen(row.interview_id));
		err = sign_old(store, scratch, &row);
		if (err != OK)
			break;
		arena_reset(scratch);
	}
	json_bind(arena);
	arena_destroy(scratch);
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err issue_first_key(struct store *store, struct arena *arena)
{
	struct signing_key_list keys;
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = signing_key_list(store, arena, &keys);
	if (err == OK && keys.count == 0)
		err = sign_all(store, arena);
	if (err == OK)
		err = seal_init(store, arena);
	return store_leave(store, own, err);
}
