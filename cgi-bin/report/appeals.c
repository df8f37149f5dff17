/* "I did say it": candidates point at the words of an answer that say a missing key point. */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report.h"
#include "report/appeals.h"
#include "view/appeal_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_COMMENT = 1000 };

enum err appeals_open(struct request *request, struct look *look)
{
	struct interview interview;
	struct appeal_list all;
	enum err err = interview_by_id(request->store, request->arena, request->params[0],
	                               &interview);
	size_t kept = 0;

	if (err == OK)
		err = appeal_list(request->store, request->arena, interview.id, &all);
	if (err != OK)
		return err;
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].decided_at == 0)
			all.items[kept++] = all.items[i];
	all.count = kept;
	look->open = all;
	look->may_appeal = !request->user->is_admin && appeals_in_time(&interview, clock_now_ms());
	return OK;
}

const char *appeals_key(struct request *request, const struct look *look)
{
	const size_t count = look->open.count;
	const int64_t newest = count > 0 ? look->open.items[count - 1].created_at : 0;

	return arena_printf(request->arena, "%s%zu/%lld", look->may_appeal ? "open " : "", count,
	                    (long long)newest);
}

/* --- what is objected to --------------------------------------------------------- */

struct subject {
	struct interview interview;
	struct question question;
	struct evaluation evaluation;
	const struct mark *mark;
};

/* A point that the examiner did not find, or found in part. */
static const struct mark *open_mark(const struct evaluation *evaluation, const char *point)
{
	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];

		if (point[0] != '\0' && strcmp(mark->key_point_id, point) == 0 &&
		    strcmp(mark->status, "covered") != 0)
			return mark;
	}
	return NULL;
}

/* Of the path. ERR_NOT_FOUND: nothing of this visitor's that could be objected to. */
static enum err find_subject(struct request *request, struct subject *ret_subject)
{
	struct subject subject = { 0 };
	struct store *store = request->store;
	struct arena *arena = request->arena;
	enum err err = interview_of_owner(store, arena, request->params[0], request->user->id,
	                                  &subject.interview);

	if (err == OK && strcmp(subject.interview.status, "completed") != 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = question_by_id(store, arena, request->params[1], &subject.question);
	if (err == OK && strcmp(subject.question.interview_id, subject.interview.id) != 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = evaluation_get(store, arena, subject.question.id, &subject.evaluation);
	if (err != OK)
		return err;
	subject.mark = open_mark(&subject.evaluation, request->params[2]);
	if (subject.mark == NULL)
		return ERR_NOT_FOUND;
	*ret_subject = subject;
	request_fix_language(request, subject.interview.language);
	return OK;
}

/* Why there can be no appeal at all, or NULL. */
static const char *why_not(struct request *request, const struct subject *subject, int waiting)
{
	if (!appeals_in_time(&subject->interview, clock_now_ms()))
		return arena_printf(
		        request->arena,
		        i18n_plural(request->language,
		                    "Marks can be appealed against for %d day after the interview.",
		                    "Marks can be appealed against for %d days after the "
		                    "interview.",
		                    APPEALS_DAYS),
		        APPEALS_DAYS);
	if (waiting >= APPEALS_WAITING)
		return arena_printf(
		        request->arena,
		        i18n_plural(request->language,
		                    "%d appeal of yours waits for a decision. Another one can "
		                    "follow after that.",
		                    "%d appeals of yours wait for a decision. Others can follow "
		                    "after that.",
		                    waiting),
		        waiting);
	return NULL;
}

static enum err show(struct request *request, int status, const struct appeal_form *form,
                     const char *error)
{
	cJSON *page = appeal_view_form(request->arena, form);

	json_set_string(page, "error", error);
	return reply_page_status(request, status, "appeal_form", page);
}

static enum err show_refusal(struct request *request, const struct appeal_form *form,
                             const char *reason)
{
	cJSON *page = appeal_view_form(request->arena, form);

	json_set_string(page, "error", reason);
	json_set_bool(page, "is_refused", true);
	return reply_page_status(request, 409, "appeal_form", page);
}

static struct appeal_form form_of(struct request *request, const struct subject *subject)
{
	return (struct appeal_form){
		.interview = &subject->interview,
		.question = &subject->question,
		.mark = subject->mark,
		.sentences = appeals_sentences(request->arena, subject->question.answer),
		.comment = "",
	};
}

static enum err to_question(struct request *request, const struct subject *subject)
{
	return reply_redirect(request,
	                      arena_printf(request->arena, "/reports/%s#question-%d",
	                                   subject->interview.id, subject->question.position));
}

static bool is_appealed(const struct appeal_list *list, const struct subject *subject)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].question_id, subject->question.id) == 0 &&
		    strcmp(list->items[i].key_point_id, subject->mark->key_point_id) == 0)
			return true;
	return false;
}

static enum err get_form(struct request *request)
{
	struct subject subject;
	struct appeal_form form;
	struct appeal_list list;
	const char *reason;
	int waiting;
	enum err err = find_subject(request, &subject);

	if (err == OK)
		err = appeal_list(request->store, request->arena, subject.interview.id, &list);
	if (err == OK)
		err = appeal_waiting(request->store, request->user->id, &waiting);
	if (err != OK)
		return err;
	if (is_appealed(&list, &subject))
		return to_question(request, &subject);
	form = form_of(request, &subject);
	reason = why_not(request, &subject, waiting);
	if (reason != NULL)
		return show_refusal(request, &form, reason);
	return show(request, 200, &form, NULL);
}

/* --- filing ---------------------------------------------------------------------- */

/* Sentences as they were ticked; what is wrong with them in words, or NULL. */
static const char *read_sentences(struct request *request, struct appeal_form *form)
{
	const struct form_range range = { 1, (int)form->sentences.count, 0 };

	if (range.max == 0 || form_integer(request, "from", range, &form->from) != OK ||
	    form->from == 0)
		return i18n(request->language, "Choose the sentence that says it.");
	if (form_integer(request, "to", range, &form->to) != OK ||
	    (form->to != 0 && form->to < form->from))
		return i18n(request->language,
		            "The last sentence stands before the first one. Choose a later one.");
	return NULL;
}

static struct appeal appeal_of(const struct subject *subject, const struct appeal_form *form)
{
	const int last = form->to != 0 ? form->to : form->from;

	return (struct appeal){
		.question_id = subject->question.id,
		.key_point_id = subject->mark->key_point_id,
		.span_start = form->sentences.items[form->from - 1].start,
		.span_end = form->sentences.items[last - 1].end,
		.comment = form->comment,
		.status_before = subject->mark->status,
	};
}

/* ERR_LIMITED: there can be none at the moment, and *ret_waiting tells why_not why. */
static enum err file(struct request *request, const struct subject *subject, struct appeal *appeal,
                     int *ret_waiting)
{
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = appeal_waiting(request->store, request->user->id, ret_waiting);
	if (err == OK && why_not(request, subject, *ret_waiting) != NULL)
		err = ERR_LIMITED;
	if (err == OK)
		err = appeal_add(request->store, request->arena, appeal);
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

static enum err post_appeal(struct request *request)
{
	struct subject subject;
	struct appeal_form form;
	struct appeal appeal;
	const char *fault;
	int waiting = 0;
	enum err err = find_subject(request, &subject);

	if (err != OK)
		return err;
	form = form_of(request, &subject);
	form.comment = form_value(request, "comment", "");
	fault = read_sentences(request, &form);
	if (fault == NULL && form_text(request, "comment", 0, MAX_COMMENT, &form.comment) != OK)
		fault = i18n(request->language, "A comment has at most 1,000 characters.");
	if (fault != NULL)
		return show(request, 400, &form, fault);
	appeal = appeal_of(&subject, &form);
	err = file(request, &subject, &appeal, &waiting);
	if (err == ERR_LIMITED)
		return show_refusal(request, &form, why_not(request, &subject, waiting));
	/* Pressed twice: it is there. */
	if (err != OK && err != ERR_CONFLICT)
		return err;
	flash_set(request, FLASH_APPEALED);
	return to_question(request, &subject);
}

static const struct route routes[] = {
	{ GET, "/reports/*/questions/*/appeals/*", CANDIDATE, get_form, NULL },
	{ POST, "/reports/*/questions/*/appeals/*", CANDIDATE, post_appeal, "from to comment" },
};

const struct route_table appeal_routes = ROUTE_TABLE(routes);
