#include "report/issue.h"

#include "base/clock.h"
#include "base/json.h"
#include "report/normalize.h"
#include "report/records.h"
#include "score/score.h"

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

enum err issue_report(struct store *store, struct arena *arena, cJSON *document,
                      const struct issue *given, struct report_row *ret_row)
{
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");
	const int64_t now = clock_now_ms();
	struct issue issue = *given;

	(void)store;
	if (issue.cause.cause == NULL)
		issue.cause = (struct report_cause){ "finished", "" };
	add_revision(arena, document, &issue, now);
	records_seal(arena, document, issue.manifest);
	*ret_row = (struct report_row){
		.interview_id = issue.interview_id,
		.version = SCORE_VERSION,
		.body = json_text(document),
		.total_score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
		.created_at = now,
		.revision = issue.revision,
		.cause = issue.cause.cause,
		.note = issue.cause.note,
		.records = issue.manifest,
		.texts_due = issue.texts_due,
	};
	return OK;
}
