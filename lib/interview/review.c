#include "interview/review.h"

#include <string.h>

#include "base/json.h"
#include "interview/flow_internal.h"
#include "interview/review_card.h"
#include "store/bank.h"

enum { DUE_MOST = 1000 }; /* cards that are looked at */

enum memory_grade review_grade(const char *status, bool is_complete)
{
	if (strcmp(status, "covered") == 0)
		return is_complete ? MEMORY_EASY : MEMORY_GOOD;
	return strcmp(status, "partial") == 0 ? MEMORY_HARD : MEMORY_AGAIN;
}

/* --- what is due ------------------------------------------------------------------- */

static enum err load_question(const struct review *review, const char *bank_id,
                              struct exam_question *ret_exam)
{
	struct bank_question question;
	enum err err = bank_by_id(review->store, review->arena, bank_id, &question);

	if (err == OK && (!question.enabled || strcmp(question.q_type, "theory") != 0))
		err = ERR_NOT_FOUND;
	if (err != OK)
		return err;
	err = flow_parse_exam(review->arena, question.body, review->language, ret_exam);
	return err == ERR_INVALID ? ERR_NOT_FOUND : err;
}

static const struct review_card *card_of(const struct review_card_list *cards, const char *point)
{
	for (size_t i = 0; i < cards->count; i++)
		if (strcmp(cards->items[i].key_point_id, point) == 0)
			return &cards->items[i];
	return NULL;
}

/* Those of the question's points that are due. */
static void collect_due(const struct review *review, const struct review_card_list *cards,
                        struct review_item *item)
{
	const struct score_question *score = &item->exam.score;
	struct review_card *due = arena_array(review->arena, score->point_count, sizeof(*due));
	size_t *points = arena_array(review->arena, score->point_count, sizeof(*points));

	item->count = 0;
	for (size_t i = 0; i < score->point_count; i++) {
		const struct review_card *card = card_of(cards, score->points[i].id);

		if (card == NULL || card->due_at > review->now)
			continue;
		due[item->count] = *card;
		points[item->count++] = i;
	}
	item->cards = due;
	item->points = points;
}

static bool has_point(const struct score_question *score, const char *id)
{
	for (size_t i = 0; i < score->point_count; i++)
		if (strcmp(score->points[i].id, id) == 0)
			return true;
	return false;
}

static enum err forget_gone(const struct review *review, const struct review_card_list *cards,
                            const struct score_question *score)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < cards->count; i++)
		if (!has_point(score, cards->items[i].key_point_id))
			err = review_card_delete(review->store, review->user_id,
			                         cards->items[i].bank_id,
			                         cards->items[i].key_point_id);
	return err;
}

static enum err cards_of(const struct review *review, const char *bank_id,
                         struct review_card_list *ret_cards)
{
	return review_of_question(review->store, review->arena, review->user_id, bank_id,
	                          ret_cards);
}

enum err review_open(const struct review *review, const char *bank_id, struct review_item *ret_item)
{
	struct review_item item = { .bank_id = bank_id };
	struct review_card_list cards;
	enum err err = cards_of(review, bank_id, &cards);

	if (err == OK && cards.count == 0)
		return ERR_NOT_FOUND;
	if (err == OK)
		err = load_question(review, bank_id, &item.exam);
	if (err == OK)
		err = forget_gone(review, &cards, &item.exam.score);
	if (err != OK)
		return err;
	collect_due(review, &cards, &item);
	if (item.count == 0)
		return ERR_NOT_FOUND;
	*ret_item = item;
	return OK;
}

static bool is_listed(const struct review_item_list *list, const char *bank_id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].bank_id, bank_id) == 0)
			return true;
	return false;
}

enum err review_items(const struct review *review, int most, struct review_item_list *ret_list)
{
	const struct review_range range = { review->user_id, review->now, DUE_MOST };
	struct review_item_list list = { .items = arena_array(review->arena, (size_t)most,
		                                              sizeof(*list.items)) };
	struct review_card_list due = { 0 };
	enum err err = review_due(review->store, review->arena, &range, &due);

	for (size_t i = 0; err == OK && i < due.count && list.count < (size_t)most; i++) {
		if (is_listed(&list, due.items[i].bank_id))
			continue;
		err = review_open(review, due.items[i].bank_id, &list.items[list.count]);
		if (err == OK)
			list.count++;
		else if (err == ERR_NOT_FOUND)
			err = OK;
	}
	if (err == OK)
		*ret_list = list;
	return err;
}

/* --- an answer --------------------------------------------------------------------- */

static bool is_complete(const struct score_result *result)
{
	for (size_t i = 0; i < result->point_count; i++)
		if (result->points[i].status != SCORE_COVERED)
			return false;
	return true;
}

static void add_point(cJSON *points, const struct score_point *point,
                      const struct review_card *card, enum memory_grade grade)
{
	cJSON *item = json_add_object(points), *evidence;

	json_set_string(item, "key_point_id", card->key_point_id);
	json_set_string(item, "text", point->text);
	json_set_string(item, "status", score_status_name(point->status));
	evidence = json_set_array(item, "evidence");
	for (size_t i = 0; i < point->span_count; i++) {
		cJSON *span = json_add_object(evidence);

		json_set_number(span, "start", (double)point->spans[i].start);
		json_set_number(span, "end", (double)point->spans[i].end);
	}
	json_set_string(item, "wrong", point->wrong);
	json_set_string(item, "grade", memory_grade_name(grade));
	json_set_number(item, "days", review_card_days(card, grade));
	json_set_number(item, "due_at", (double)card->due_at);
}

/* Moves the cards of the item and tells of them. */
static enum err move_cards(const struct review *review, const struct review_item *item,
                           const struct score_result *result, cJSON *points)
{
	const bool complete = is_complete(result);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < item->count; i++) {
		const struct score_point *point = &result->points[item->points[i]];
		const enum memory_grade grade = review_grade(score_status_name(point->status),
		                                             complete);
		struct review_card card = item->cards[i];

		review_card_grade(&card, grade, review->now);
		add_point(points, point, &card, grade);
		err = review_card_save(review->store, review->user_id, &card);
	}
	return err;
}

/* Moves the cards; the answer gets its result. */
static enum err grade_cards(const struct review *review, const struct review_item *item,
                            const struct score_result *result, struct review_answer *answer)
{
	cJSON *document = cJSON_CreateObject();
	enum err err;

	json_set_number(document, "score", result->score);
	json_set_number(document, "max_score", result->max_score);
	json_set_bool(document, "is_unknown", answer->answer[0] == '\0');
	json_set_string(document, "model_answer", item->exam.model_answer);
	err = move_cards(review, item, result, json_set_array(document, "points"));
	answer->result = json_text(document);
	return err;
}

/* Inside a transaction; ERR_CONFLICT: nothing is due any more. */
static enum err store_answer(const struct review *review, const struct review_item *item,
                             const struct score_result *result, struct review_answer *answer)
{
	struct review_item due = *item;
	struct review_card_list cards;
	enum err err = review_answer_by_nonce(review->store, review->arena, review->user_id,
	                                      answer->nonce, answer);

	if (err != ERR_NOT_FOUND)
		return err;
	err = cards_of(review, item->bank_id, &cards);
	if (err != OK)
		return err;
	collect_due(review, &cards, &due);
	if (due.count == 0)
		return ERR_CONFLICT;
	err = grade_cards(review, &due, result, answer);
	if (err == OK)
		err = review_answer_add(review->store, review->arena, review->user_id, answer);
	if (err == OK)
		err = review_draft_save(review->store, review->user_id, item->bank_id, "");
	return err;
}

enum err review_submit(const struct review *review, const struct review_item *item,
                       const struct review_input *input, const char **ret_answer_id)
{
	struct review_answer answer = {
		.bank_id = item->bank_id,
		.language = item->exam.score.language,
		.question = item->exam.score.text,
		.answer = input->answer,
		.nonce = input->nonce,
	};
	struct score_result result;
	enum err err;

	score_answer(review->arena, &item->exam.score, input->answer, strlen(input->answer),
	             &result);
	err = store_begin(review->store);
	if (err != OK)
		return err;
	err = store_answer(review, item, &result, &answer);
	if (err == OK)
		err = store_commit(review->store);
	if (err != OK)
		store_rollback(review->store);
	else
		*ret_answer_id = answer.id;
	return err;
}
