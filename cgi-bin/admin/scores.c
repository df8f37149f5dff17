/* Setting the score of a question: an admin's instead of the examiner's, with a reason. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "report/blind.h"
#include "report/report.h"
#include "report/ruling.h"
#include "report/source.h"
#include "store/audit.h"
#include "view/score_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_REASON = 2000, MAX_SCORE_TEXT = 12 };

struct subject {
	struct interview interview;
	struct blind blind;
	const char *candidate;
	const cJSON *question; /* normalized, with what was decided so far */
	const char *question_id;
	int position;
	struct override_list history;
};

/* In the caller's transaction. ERR_CONFLICT: the interview is not finished. */
static enum err load(struct request *request, struct subject *subject)
{
	const struct blind_reader reader = { request->user, request->language };
	struct report_source source;
	size_t i = 0;
	enum err err = source_load(request->store, request->arena, request->params[0], &source);

	if (err != OK)
		return err;
	while (i < source.count && strcmp(source.questions[i].id, request->params[1]) != 0)
		i++;
	if (i == source.count)
		return ERR_NOT_FOUND;
	subject->interview = source.interview;
	subject->candidate = source.owner_name;
	subject->question = report_question(request->arena, &source, i);
	subject->question_id = source.questions[i].id;
	subject->position = source.questions[i].position;
	err = blind_interview(request->store, request->arena, &reader, &source.interview,
	                      &subject->blind);
	if (err == OK && subject->blind.alias != NULL)
		subject->candidate = subject->blind.alias;
	if (err == OK)
		err = override_list(request->store, request->arena, subject->question_id,
		                    &subject->history);
	return err;
}

static enum err show(struct request *request, int status, const struct subject *subject,
                     const char *error)
{
	struct override_list history = { arena_array(request->arena, subject->history.count + 1,
		                                     sizeof(struct override)),
		                         subject->history.count };
	const struct score_page shown = {
		.question = subject->question,
		.interview_id = subject->interview.id,
		.candidate = subject->candidate,
		.history = &history,
		.score = form_value(request, "score", ""),
		.reason = form_value(request, "reason", ""),
	};
	cJSON *page;

	for (size_t i = 0; i < history.count; i++) {
		history.items[i] = subject->history.items[i];
		history.items[i].reason = blind_text(request->arena, &subject->blind,
		                                     history.items[i].reason);
	}
	page = score_view(request->arena, &shown, request->language);
	if (subject->interview.language != request->language)
		json_set_string(page, "asked_in", language_code(subject->interview.language));
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "score", page);
}

static enum err get_score(struct request *request)
{
	struct subject subject;
	enum err err = store_begin_read(request->store);

	if (err != OK)
		return err;
	err = load(request, &subject);
	store_rollback(request->store);
	return err == OK ? show(request, 200, &subject, NULL) : err;
}

/* --- what is typed -------------------------------------------------------------------- */

/* Digits with one point or comma; tenths, as scores are. NAN for anything else. */
static double read_points(struct request *request, double max)
{
	const char *typed;
	char *end, *text;
	double points;

	if (form_text(request, "score", 1, MAX_SCORE_TEXT, &typed) != OK ||
	    typed[strspn(typed, "0123456789.,")] != '\0')
		return NAN;
	text = arena_copy(request->arena, typed, strlen(typed));
	for (char *c = text; *c != '\0'; c++)
		*c = (char)(*c == ',' ? '.' : *c);
	points = strtod(text, &end);
	if (end == text || *end != '\0' || points < 0 || points > max)
		return NAN;
	return round(points * 10) / 10;
}

static const struct override *newest_of(const struct subject *subject)
{
	return subject->history.count > 0 ? &subject->history.items[subject->history.count - 1]
	                                  : NULL;
}

/* True if nobody has set another score since the form was made. */
static bool is_fresh(const struct request *request, const struct subject *subject)
{
	const struct override *newest = newest_of(subject);

	return strcmp(form_value(request, "newest", ""),
	              arena_printf(request->arena, "%lld",
	                           newest != NULL ? (long long)newest->id : 0)) == 0;
}

/* True if the newest override is this one already: the form was sent twice. */
static bool is_done(const struct request *request, const struct subject *subject,
                    const struct override *wanted)
{
	const struct override *newest = newest_of(subject);

	return newest != NULL && newest->withdrawn_at == 0 && newest->author_id != NULL &&
	       strcmp(newest->author_id, request->user->id) == 0 &&
	       newest->score >= wanted->score && newest->score <= wanted->score &&
	       strcmp(newest->reason, wanted->reason) == 0;
}

/* --- storing -------------------------------------------------------------------------- */

static enum err note(struct request *request, const struct subject *subject, const char *action,
                     double score)
{
	cJSON *details = cJSON_CreateObject();

	json_set_number(details, "question", subject->position);
	json_set_number(details, "score", score);
	json_set_number(details, "examiner", ruling_by_examiner(subject->question));
	return audit_add(request->store,
	                 &(struct audit_entry){
	                         .actor_id = request->user->id,
	                         .action = action,
	                         .subject = { AUDIT_INTERVIEW, subject->interview.id },
	                         .details = json_text(details),
	                 });
}

/* The report made anew; part of the transaction of what made it necessary. */
static enum err revise(struct request *request, const struct subject *subject, const char *why)
{
	const struct report_cause cause = { "override", why };
	struct report_row report;

	return report_revise(request->store, request->arena, subject->interview.id, &cause,
	                     &report);
}

static enum err finish(struct request *request, enum err err)
{
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

static enum err to_report(struct request *request, const struct subject *subject)
{
	flash_set(request, FLASH_RULED);
	return reply_redirect(request, arena_printf(request->arena, "/reports/%s#question-%d",
	                                            subject->interview.id, subject->position));
}

/* What is wrong with the form, in words; NULL when `override` holds what it says. */
static const char *read_override(struct request *request, const struct subject *subject,
                                 struct override *override)
{
	override->question_id = subject->question_id;
	override->author_id = request->user->id;
	override->score = read_points(request, ruling_max_score(subject->question));
	if (!isfinite(override->score))
		return i18n(request->language,
		            "A score is a number from 0 to the full mark, such as 7.5.");
	if (form_text(request, "reason", 1, MAX_REASON, &override->reason) != OK)
		return i18n(request->language, "A reason has 1 to 2,000 characters.");
	return NULL;
}

/* In a transaction of its own. ERR_CONFLICT: somebody has set another score since. */
static enum err store_override(struct request *request, struct subject *subject,
                               struct override *override, const char **ret_fault)
{
	enum err err = load(request, subject);

	if (err != OK)
		return err;
	*ret_fault = read_override(request, subject, override);
	if (*ret_fault != NULL)
		return ERR_INVALID;
	if (is_done(request, subject, override))
		return OK;
	if (!is_fresh(request, subject))
		return ERR_CONFLICT;
	err = override_add(request->store, override);
	if (err == OK)
		err = revise(request, subject, override->reason);
	if (err == OK)
		err = note(request, subject, "score.override", override->score);
	return err;
}

static enum err show_newer(struct request *request, const struct subject *subject)
{
	return show(request, 409, subject,
	            i18n(request->language, "The score was set by somebody else in the "
	                                    "meantime: see below."));
}

static enum err post_score(struct request *request)
{
	struct subject subject = { 0 };
	struct override override = { 0 };
	const char *fault = NULL;
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = finish(request, store_override(request, &subject, &override, &fault));
	if (fault != NULL)
		return show(request, 400, &subject, fault);
	if (err == ERR_CONFLICT && subject.question != NULL)
		return show_newer(request, &subject);
	return err == OK ? to_report(request, &subject) : err;
}

/* Withdrawn already is withdrawn: nothing is left to do. ERR_CONFLICT: it is another's now. */
static enum err withdraw(struct request *request, struct subject *subject)
{
	enum err err = load(request, subject);

	if (err != OK)
		return err;
	if (newest_of(subject) == NULL || newest_of(subject)->withdrawn_at != 0)
		return OK;
	if (!is_fresh(request, subject))
		return ERR_CONFLICT;
	err = override_withdraw(request->store, subject->question_id);
	if (err == OK)
		err = revise(request, subject, "");
	if (err == OK)
		err = note(request, subject, "score.withdraw", NAN);
	return err;
}

static enum err post_withdraw(struct request *request)
{
	struct subject subject = { 0 };
	enum err err = store_begin(request->store);

	if (err == OK)
		err = finish(request, withdraw(request, &subject));
	if (err == ERR_CONFLICT && subject.question != NULL)
		return show_newer(request, &subject);
	return err == OK ? to_report(request, &subject) : err;
}

static const struct route routes[] = {
	{ GET, "/admin/interviews/*/questions/*/score", ADMIN, get_score, NULL },
	{ POST, "/admin/interviews/*/questions/*/score", ADMIN, post_score, "score reason newest" },
	{ POST, "/admin/interviews/*/questions/*/score/withdraw", ADMIN, post_withdraw, "newest" },
};

const struct route_table score_routes = ROUTE_TABLE(routes);
