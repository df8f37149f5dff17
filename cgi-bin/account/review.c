/* Reviews: weak key points that are due, asked one question at a time for five minutes. */
#include <string.h>

#include "account.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/review.h"
#include "view/review_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, NONCE_MAX = 64, LISTED_MOST = 50, ANSWERS_MOST = 100 };

#define MINUTE_MS      INT64_C(60000)
#define SESSION_MS     (REVIEW_MINUTES * MINUTE_MS)
#define SESSION_OLD_MS (24 * 60 * MINUTE_MS)

static struct review review_of(const struct request *request)
{
	return (struct review){
		.store = request->store,
		.arena = request->arena,
		.user_id = request->user->id,
		.language = request->language,
		.now = clock_now_ms(),
	};
}

/* --- what is due --------------------------------------------------------------------- */

static enum err read_due(const struct review *review, struct review_view_due *due)
{
	enum err err = review_count_due(review->store, review->user_id, review->now, &due->due);

	if (err != OK)
		return err;
	return review_next_due(review->store, review->user_id, review->now, &due->next_due_at);
}

static enum err get_review(struct request *request)
{
	struct review_item_list items = { 0 };
	struct review_view_due due = { .items = &items };
	const struct review review = review_of(request);
	enum err err = review_learn(request->store, request->arena, request->user->id);

	if (err == OK)
		err = review_items(&review, LISTED_MOST, &items);
	if (err == OK)
		err = read_due(&review, &due);
	if (err != OK)
		return err;
	return reply_page(request, "review", review_view(request->arena, &due, request->language));
}

/* --- a session ----------------------------------------------------------------------- */

/* When the session began; one that began long ago or never begins now. */
static int64_t read_since(const char *text, int64_t now)
{
	long long since;

	return text_integer(text, now - SESSION_OLD_MS, now, &since) ? since : now;
}

static const char *session_path(const struct request *request, int64_t since)
{
	return arena_printf(request->arena, "/review/session?since=%lld", (long long)since);
}

static enum err show_done(struct request *request, const struct review *review, int64_t since)
{
	const struct review_range range = { review->user_id, since, ANSWERS_MOST };
	struct review_answer_list answers;
	struct review_view_due due = { 0 };
	enum err err = review_answers_since(review->store, review->arena, &range, &answers);

	if (err == OK)
		err = read_due(review, &due);
	if (err != OK)
		return err;
	if (answers.count == 0)
		return reply_redirect(request, "/review");
	return reply_page(request, "review_done",
	                  review_view_done(request->arena, &answers, &due, request->language));
}

static enum err show_question(struct request *request, int status,
                              const struct review_view_question *shown, const char *error)
{
	struct review_view_question question = *shown;
	cJSON *page;

	question.nonce = token_random(request->arena, NONCE_BYTES);
	page = review_view_question(request->arena, &question);
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "review_question", page);
}

static int minutes_left(int64_t since, int64_t now)
{
	return (int)((since + SESSION_MS - now + MINUTE_MS - 1) / MINUTE_MS);
}

static enum err get_session(struct request *request)
{
	const struct review review = review_of(request);
	const int64_t since = read_since(request_query(request, "since", ""), review.now);
	struct review_view_question question = { .since = since };
	struct review_item_list items = { 0 };
	enum err err = review_learn(request->store, request->arena, request->user->id);

	if (err != OK)
		return err;
	if (review.now - since >= SESSION_MS)
		return show_done(request, &review, since);
	err = review_items(&review, 1, &items);
	if (err == OK && items.count == 0)
		return show_done(request, &review, since);
	if (err == OK)
		err = review_draft_get(request->store, request->arena, request->user->id,
		                       items.items[0].bank_id, &question.typed);
	if (err != OK)
		return err;
	question.item = &items.items[0];
	question.minutes_left = minutes_left(since, review.now);
	return show_question(request, 200, &question, NULL);
}

static enum err show_answer_of(struct request *request, const char *id, int64_t since)
{
	return reply_redirect(request, arena_printf(request->arena, "/review/answers/%s?since=%lld",
	                                            id, (long long)since));
}

/* Nothing of the question is due any more; the same form sent twice gets its answer again. */
static enum err answered_before(struct request *request, const struct review_input *input,
                                int64_t since)
{
	struct review_answer earlier;
	enum err err = review_answer_by_nonce(request->store, request->arena, request->user->id,
	                                      input->nonce, &earlier);

	if (err == OK)
		return show_answer_of(request, earlier.id, since);
	if (err == ERR_NOT_FOUND)
		err = input->answer[0] == '\0'
		              ? OK
		              : review_draft_save(request->store, request->user->id,
		                                  request->params[0], input->answer);
	if (err != OK)
		return err;
	flash_set(request, FLASH_REVIEWED);
	return reply_redirect(request, session_path(request, since));
}

/* Without words it is no answer: "I don't know" has a button of its own. */
static enum err read_answer(const struct request *request, const char *action,
                            struct review_input *input)
{
	enum err err = form_text(request, "nonce", 1, NONCE_MAX, &input->nonce);

	input->answer = "";
	if (err == OK && strcmp(action, "say") == 0)
		err = form_text(request, "answer", 1, REVIEW_MAX_ANSWER, &input->answer);
	return err;
}

static enum err show_fault(struct request *request, const struct review_item *item, int64_t since)
{
	const struct review_view_question question = {
		.item = item,
		.typed = form_value(request, "answer", ""),
		.since = since,
		.minutes_left = minutes_left(since, clock_now_ms()),
	};

	return show_question(request, 400, &question,
	                     i18n(request->language, "An answer has 1 to 20,000 characters."));
}

static enum err take_answer(struct request *request, const char *action, int64_t since)
{
	const struct review review = review_of(request);
	struct review_input input;
	const enum err fault = read_answer(request, action, &input);
	struct review_item item;
	const char *answer_id;
	enum err err = review_open(&review, request->params[0], &item);

	if (fault == OK && err == ERR_NOT_FOUND)
		return answered_before(request, &input, since);
	if (err != OK)
		return err;
	if (fault != OK)
		return show_fault(request, &item, since);
	err = review_submit(&review, &item, &input, &answer_id);
	if (err == ERR_CONFLICT)
		return answered_before(request, &input, since);
	return err == OK ? show_answer_of(request, answer_id, since) : err;
}

static enum err post_answer(struct request *request)
{
	const int64_t now = clock_now_ms();
	const int64_t since = read_since(form_value(request, "since", ""), now);
	struct review_card_list cards;
	const char *action;
	enum err err = form_choice(request, "action", "say dont_know skip", &action);

	if (err == OK)
		err = review_of_question(request->store, request->arena, request->user->id,
		                         request->params[0], &cards);
	if (err == OK && cards.count == 0)
		err = ERR_NOT_FOUND;
	if (err != OK)
		return err;
	if (strcmp(action, "skip") != 0)
		return take_answer(request, action, since);
	err = review_put_off(request->store, request->user->id, request->params[0], now,
	                     now + REVIEW_SKIP_MIN * MINUTE_MS);
	return err == OK ? reply_redirect(request, session_path(request, since)) : err;
}

static enum err post_draft(struct request *request)
{
	const char *answer = form_value(request, "answer", "");
	const struct review review = review_of(request);
	struct review_item item;
	enum err err;

	if (text_count(answer, strlen(answer)) > REVIEW_MAX_ANSWER)
		return ERR_INVALID;
	err = review_open(&review, request->params[0], &item);
	if (err == OK)
		err = review_draft_save(request->store, request->user->id, item.bank_id, answer);
	return err == OK ? reply_empty(request) : err;
}

static enum err get_answer(struct request *request)
{
	const int64_t now = clock_now_ms();
	struct review_answer answer;
	cJSON *page;
	enum err err = review_answer_by_id(request->store, request->arena, request->user->id,
	                                   request->params[0], &answer);

	if (err != OK)
		return err;
	request_fix_language(request, answer.language);
	page = review_view_answer(request->arena, &answer);
	json_set_number(page, "since",
	                (double)read_since(request_query(request, "since", ""), now));
	return reply_page(request, "review_answer", page);
}

static const struct route routes[] = {
	{ GET, "/review", CANDIDATE, get_review, NULL },
	{ GET, "/review/session", CANDIDATE, get_session, NULL },
	{ GET, "/review/answers/*", CANDIDATE, get_answer, NULL },
	{ POST, "/review/questions/*", CANDIDATE, post_answer, "nonce since action answer" },
	{ POST, "/review/questions/*/draft", CANDIDATE, post_draft, "answer" },
};

const struct route_table review_routes = ROUTE_TABLE(routes);
