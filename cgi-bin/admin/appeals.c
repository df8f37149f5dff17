/* Appeals of candidates: what waits, and one to be decided. */
#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "report/blind.h"
#include "report/report.h"
#include "report/ruling.h"
#include "store/audit.h"
#include "store/review.h"
#include "view/appeal_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { PAGE_SIZE = 25, MAX_PAGE = 1000000, MAX_REPLY = 2000 };

static struct blind_reader reader_of(const struct request *request)
{
	return (struct blind_reader){ request->user, request->language };
}

/* --- the list ---------------------------------------------------------------------- */

static struct appeal_query read_query(const struct request *request)
{
	struct appeal_query query = {
		.state = request_query(request, "state", ""),
		.page_size = PAGE_SIZE,
	};
	long long page = 1;

	if (!appeal_view_is_state(query.state))
		query.state = "";
	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &page))
		page = 1;
	query.page = (int)page;
	return query;
}

static enum err get_appeals(struct request *request)
{
	const struct appeal_query query = read_query(request);
	const struct blind_reader reader = reader_of(request);
	struct appeal_row_list list;
	enum err err = appeal_desk_page(request->store, request->arena, &query, &list);

	for (size_t i = 0; err == OK && i < list.count; i++)
		err = blind_interview_name(request->store, request->arena, &reader,
		                           list.items[i].interview_id, &list.items[i].candidate);
	if (err != OK)
		return err;
	return reply_page(request, "appeals",
	                  appeal_view_list(request->arena, &query, &list, request->language));
}

/* --- one ---------------------------------------------------------------------------- */

struct file {
	struct appeal appeal;
	struct interview interview;
	struct question question;
	struct evaluation evaluation;
	struct ruling ruling;
	struct user owner;
	struct blind blind;
};

static enum err load(struct request *request, struct file *file)
{
	struct store *store = request->store;
	struct arena *arena = request->arena;
	const struct blind_reader reader = reader_of(request);
	enum err err = appeal_by_id(store, arena, request->params[0], &file->appeal);

	if (err == OK)
		err = question_by_id(store, arena, file->appeal.question_id, &file->question);
	if (err == OK)
		err = interview_by_id(store, arena, file->question.interview_id, &file->interview);
	if (err == OK)
		err = evaluation_get(store, arena, file->question.id, &file->evaluation);
	if (err == OK)
		err = ruling_of(store, arena, file->question.id, &file->ruling);
	if (err == OK)
		err = user_by_id(store, arena, file->interview.owner_id, &file->owner);
	if (err == OK)
		err = blind_interview(store, arena, &reader, &file->interview, &file->blind);
	return err;
}

/* The score that this decision would give, with all that was decided before. */
static double score_with(struct request *request, const struct file *file, const char *granted)
{
	const struct ruling *ruling = &file->ruling;
	struct appeal *appeals = arena_array(request->arena, ruling->appeal_count + 1,
	                                     sizeof(*appeals));

	if (ruling->appeal_count > 0)
		memcpy(appeals, ruling->appeals, ruling->appeal_count * sizeof(*appeals));
	appeals[ruling->appeal_count] = file->appeal;
	appeals[ruling->appeal_count].granted = granted;
	return ruling_score(
	        &file->evaluation, &file->question,
	        &(struct ruling){ .appeals = appeals, .appeal_count = ruling->appeal_count + 1 });
}

/* Words of the candidate and of who replied as this reviewer may see them: spans of the answer stay
 * right. */
static void mask(struct request *request, struct file *file)
{
	file->question.answer = blind_text(request->arena, &file->blind, file->question.answer);
	file->appeal.reply = blind_text(request->arena, &file->blind, file->appeal.reply);
	file->appeal.comment = blind_text(request->arena, &file->blind, file->appeal.comment);
}

static const char *name_of(const struct file *file)
{
	if (file->blind.alias != NULL)
		return file->blind.alias;
	return file->owner.full_name[0] != '\0' ? file->owner.full_name : file->owner.username;
}

static enum err show(struct request *request, int status, struct file *file, const char *error)
{
	const struct override *override = file->ruling.override;
	const struct appeal_case item = {
		.appeal = &file->appeal,
		.interview = &file->interview,
		.question = &file->question,
		.evaluation = &file->evaluation,
		.candidate = text_plain(request->arena, name_of(file)),
		.has_override = override != NULL,
		.score = override != NULL
		                 ? override->score
		                 : ruling_score(&file->evaluation, &file->question, &file->ruling),
		.covered = score_with(request, file, "covered"),
		.partial = score_with(request, file, "partial"),
	};
	cJSON *page;

	mask(request, file);
	page = appeal_view_case(request->arena, &item, request->language);
	json_set_string(page, "error", error);
	json_set_string(page, "reply", form_value(request, "reply", ""));
	return reply_page_status(request, status, "appeal", page);
}

static enum err get_appeal(struct request *request)
{
	struct file file;
	enum err err = load(request, &file);

	return err == OK ? show(request, 200, &file, NULL) : err;
}

/* --- deciding ----------------------------------------------------------------------- */

static enum err note(struct request *request, const struct file *file)
{
	const bool is_accepted = file->appeal.granted[0] != '\0';
	cJSON *details = cJSON_CreateObject();

	json_set_number(details, "question", file->question.position);
	json_set_string(details, "point", file->appeal.key_point_id);
	if (is_accepted)
		json_set_string(details, "granted", file->appeal.granted);
	return audit_add(request->store,
	                 &(struct audit_entry){
	                         .actor_id = request->user->id,
	                         .action = is_accepted ? "appeal.accept" : "appeal.decline",
	                         .subject = { AUDIT_INTERVIEW, file->interview.id },
	                         .details = json_text(details),
	                 });
}

/* The decision, the report that follows from it and the note of it, or none of them. */
static enum err decide(struct request *request, const struct file *file)
{
	const struct report_cause cause = { "appeal", file->appeal.reply };
	struct report_row report;
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = appeal_decide(request->store, &file->appeal);
	if (err == OK && strcmp(file->appeal.granted, "covered") == 0)
		err = review_forgive(request->store, file->question.id, file->appeal.key_point_id);
	if (err == OK)
		err = report_revise(request->store, request->arena, file->interview.id, &cause,
		                    &report);
	if (err == OK)
		err = note(request, file);
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

/* "" for a refusal. */
static const char *granted_by(const char *decision)
{
	return strcmp(decision, "decline") == 0 ? "" : decision;
}

/* Somebody was faster, perhaps this reviewer's own first click: the page shows what stands. */
static enum err show_decided(struct request *request, const struct appeal *wanted)
{
	struct file file;
	enum err err = load(request, &file);

	if (err != OK)
		return err;
	if (file.appeal.decided_by != NULL &&
	    strcmp(file.appeal.decided_by, request->user->id) == 0 &&
	    strcmp(file.appeal.granted, wanted->granted) == 0)
		return reply_redirect(request, request->path);
	return show(request, 409, &file,
	            i18n(request->language, "It was decided in the meantime; this decision "
	                                    "stands."));
}

static enum err post_decision(struct request *request)
{
	struct file file;
	const char *decision, *reply;
	enum err err = form_choice(request, "decision", "covered partial decline", &decision);
	const enum err fault = form_text(request, "reply", 0, MAX_REPLY, &reply);

	if (err == OK)
		err = load(request, &file);
	if (err != OK)
		return err;
	if (fault != OK)
		return show(request, 400, &file,
		            i18n(request->language, "A reply has at most 2,000 characters."));
	if (strcmp(decision, "decline") == 0 && reply[0] == '\0')
		return show(request, 400, &file,
		            i18n(request->language, "Tell the candidate why it is declined."));
	file.appeal.granted = granted_by(decision);
	file.appeal.reply = reply;
	file.appeal.decided_by = request->user->id;
	err = file.appeal.decided_at != 0 ? ERR_CONFLICT : decide(request, &file);
	if (err == ERR_CONFLICT)
		return show_decided(request, &file.appeal);
	if (err != OK)
		return err;
	flash_set(request, FLASH_RULED);
	return reply_redirect(request, request->path);
}

static const struct route routes[] = {
	{ GET, "/admin/appeals", ADMIN, get_appeals, NULL },
	{ GET, "/admin/appeals/*", ADMIN, get_appeal, NULL },
	{ POST, "/admin/appeals/*", ADMIN, post_decision, "decision reply" },
};

const struct route_table appeal_routes = ROUTE_TABLE(routes);
