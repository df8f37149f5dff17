#include "report/issue.h"

#include "base/clock.h"
#include "base/json.h"
#include "report/normalize.h"
#include "report/records.h"
#include "score/score.h"
#include "seal/canonical.h"
#include "seal/seal.h"

static void add_revision(struct arena *arena, cJSON *document, const struct issue *issue,
                         int64_t now)
{
	cJSON *revision = json_set_object(document, "revision");

	json_set_number(revision, "number", issue->revision);
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

enum err issue_report(struct store *store, struct arena *arena, cJSON *document,
                      const struct issue *given, struct report_row *ret_row)
{
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");
	const int64_t now = clock_now_ms();
	struct issue issue = *given;
	struct report_row row;
	enum err err;

	if (issue.cause.cause == NULL)
		issue.cause = (struct report_cause){ "finished", "" };
	add_revision(arena, document, &issue, now);
	records_seal(arena, document, issue.manifest);
	row = (struct report_row){
		.interview_id = issue.interview_id,
		.version = SCORE_VERSION,
		.total_score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
		.created_at = now,
		.revision = issue.revision,
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
