/* Questions like one of a finished practice interview, and practising them. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "interview.h"
#include "interview/flow.h"
#include "interview/similar.h"
#include "store/interview.h"
#include "view/start_limit.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, MAX_NONCE = 64, MAX_IDS = 600 };

/* What a request is about. */
struct subject {
	struct interview interview;
	struct question question;
	struct similar_list similar;
};

/*
 * Only theory of one's own finished practice: whoever was invited is told nothing more of what
 * others are asked as well.
 */
static enum err read_subject(struct request *request, struct subject *subject)
{
	struct interview *interview = &subject->interview;
	struct question *question = &subject->question;
	struct similar_wish wish;
	enum err err = interview_of_owner(request->store, request->arena, request->params[0],
	                                  request->user->id, interview);

	if (err == OK)
		err = question_by_id(request->store, request->arena, request->params[1], question);
	if (err != OK)
		return err;
	if (strcmp(question->interview_id, interview->id) != 0 || flow_is_coding(question) ||
	    interview->invitation_id != NULL || strcmp(interview->status, "completed") != 0)
		return ERR_NOT_FOUND;
	request_fix_language(request, interview->language);
	wish = (struct similar_wish){ .bank_id = question->bank_id,
		                      .q_type = "theory",
		                      .body = question->snapshot,
		                      .language = interview->language,
		                      .role_id = interview->role_id,
		                      .user_id = request->user->id };
	return similar_find(request->store, request->arena, &wish, &subject->similar);
}

static const char *text_of(const struct subject *subject)
{
	const char *body = subject->question.snapshot;
	cJSON *item;

	if (json_parse(body, strlen(body), &item) != OK)
		return "";
	return json_string(json_get(item, "question"), language_code(subject->interview.language),
	                   "");
}

static enum err show(struct request *request, int status, const struct subject *subject,
                     const char *error)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "rows");
	const char *ids = "";

	for (size_t i = 0; i < subject->similar.count && i < SIMILAR_SHOWN; i++) {
		const struct similar *similar = &subject->similar.items[i];

		json_set_string(json_add_object(rows), "text", similar->text);
		ids = arena_printf(request->arena, "%s%s%s", ids, i > 0 ? " " : "",
		                   similar->bank_id);
	}
	json_set_string(page, "id", subject->interview.id);
	json_set_number(page, "number", subject->question.position);
	json_set_string(page, "question_id", subject->question.id);
	json_set_string(page, "question", text_of(subject));
	json_set_bool(page, "has_rows", rows->child != NULL);
	json_set_string(page, "ids", ids);
	json_set_string(page, "nonce", token_random(request->arena, NONCE_BYTES));
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "similar", page);
}

static enum err get_similar(struct request *request)
{
	struct subject subject;
	enum err err = read_subject(request, &subject);

	return err == OK ? show(request, 200, &subject, NULL) : err;
}

static bool is_among(const struct similar_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].bank_id, id) == 0)
			return true;
	return false;
}

/*
 * The questions that the page showed, each once. Those that are not like it are left out: a form
 * made by hand chooses nothing from the rest of the bank.
 */
static size_t read_ids(struct request *request, const struct subject *subject, const char *typed,
                       const char **ids)
{
	struct similar_list chosen = { .items = arena_array(request->arena, SIMILAR_SHOWN,
		                                            sizeof(*chosen.items)) };

	while (*typed != '\0' && chosen.count < SIMILAR_SHOWN) {
		const size_t len = strcspn(typed, " ");
		const char *id = arena_copy(request->arena, typed, len);

		typed += len + (typed[len] == ' ');
		if (!is_among(&subject->similar, id) || is_among(&chosen, id))
			continue;
		ids[chosen.count] = id;
		chosen.items[chosen.count++].bank_id = id;
	}
	return chosen.count;
}

static enum err start(struct request *request, const struct subject *subject,
                      const struct flow_again *again)
{
	struct flow_started started;
	const enum err err = flow_repeat(request->store, request->arena, request->user, again,
	                                 &started);

	if (err == ERR_LIMITED)
		return show(
		        request, 429, subject,
		        start_limit_text(request->arena, request->language, started.allowed_at));
	if (err == ERR_INVALID)
		return show(
		        request, 409, subject,
		        i18n(request->language, "None of these questions can be asked any more."));
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena, "/interviews/%s", started.id));
}

static enum err post_similar(struct request *request)
{
	struct flow_again again = { .parent_id = request->params[0], .repeats = "similar" };
	const char *ids[SIMILAR_SHOWN], *typed;
	struct subject subject;
	enum err err = read_subject(request, &subject);

	if (err == OK)
		err = form_text(request, "questions", 0, MAX_IDS, &typed);
	if (err == OK)
		err = form_text(request, "nonce", 1, MAX_NONCE, &again.nonce);
	if (err != OK)
		return err;
	again.question_ids = ids;
	again.count = read_ids(request, &subject, typed, ids);
	return start(request, &subject, &again);
}

static const struct route routes[] = {
	{ GET, "/interviews/*/similar/*", CANDIDATE, get_similar, NULL },
	{ POST, "/interviews/*/similar/*", CANDIDATE, post_similar, "questions nonce" },
};

const struct route_table similar_routes = ROUTE_TABLE(routes);
