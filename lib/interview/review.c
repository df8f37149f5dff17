#include "interview/review.h"

#include <string.h>

#include "base/json.h"
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

/* The tree of a body in all languages is many times what one of them takes. */
static enum err parse_question(struct arena *arena, const char *body, enum language language,
                               struct exam_question *ret_exam)
{
	struct arena *scratch = arena_create();
	enum err err;

	json_bind(scratch);
	err = exam_question_parse(arena, body, language, ret_exam);
	json_bind(arena);
	arena_destroy(scratch);
	return err == ERR_INVALID ? ERR_NOT_FOUND : err;
}

static enum err load_question(struct store *store, struct arena *arena, const char *bank_id,
                              enum language language, struct exam_question *ret_exam)
{
	struct bank_question question;
	enum err err = bank_by_id(store, arena, bank_id, &question);

	if (err == OK && (!question.enabled || strcmp(question.q_type, "theory") != 0))
		err = ERR_NOT_FOUND;
	return err == OK ? parse_question(arena, question.body, language, ret_exam) : err;
}

static const struct review_card *card_of(const struct review_card_list *cards, const char *point)
{
	for (size_t i = 0; i < cards->count; i++)
		if (strcmp(cards->items[i].key_point_id, point) == 0)
			return &cards->items[i];
	return NULL;
}

/* Those of the question's points that are due at `now`. */
static void collect_due(struct arena *arena, const struct review_card_list *cards, int64_t now,
                        struct review_item *item)
{
	const struct score_question *score = &item->exam.score;
	struct review_card *due = arena_array(arena, score->point_count, sizeof(*due));
	size_t *points = arena_array(arena, score->point_count, sizeof(*points));

	item->count = 0;
	for (size_t i = 0; i < score->point_count; i++) {
		const struct review_card *card = card_of(cards, score->points[i].id);

		if (card == NULL || card->due_at > now)
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

static enum err forget_gone(struct store *store, const char *user_id,
                            const struct review_card_list *cards,
                            const struct score_question *score)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < cards->count; i++)
		if (!has_point(score, cards->items[i].key_point_id))
			err = review_card_delete(store, user_id, cards->items[i].bank_id,
			                         cards->items[i].key_point_id);
	return err;
}

enum err review_open(struct store *store, struct arena *arena, const char *user_id,
                     const char *bank_id, enum language language, int64_t now,
                     struct review_item *ret_item)
{
	struct review_item item = { .bank_id = bank_id };
	struct review_card_list cards;
	enum err err = review_of_question(store, arena, user_id, bank_id, &cards);

	if (err == OK && cards.count == 0)
		return ERR_NOT_FOUND;
	if (err == OK)
		err = load_question(store, arena, bank_id, language, &item.exam);
	if (err == OK)
		err = forget_gone(store, user_id, &cards, &item.exam.score);
	if (err != OK)
		return err;
	collect_due(arena, &cards, now, &item);
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

enum err review_items(struct store *store, struct arena *arena, const char *user_id,
                      enum language language, int64_t now, int most,
                      struct review_item_list *ret_list)
{
	struct review_item_list list = { .items = arena_array(arena, (size_t)most,
		                                              sizeof(*list.items)) };
	struct review_card_list due;
	enum err err = review_due(store, arena, user_id, now, DUE_MOST, &due);

	for (size_t i = 0; err == OK && i < due.count && list.count < (size_t)most; i++) {
		if (is_listed(&list, due.items[i].bank_id))
			continue;
		err = review_open(store, arena, user_id, due.items[i].bank_id, language, now,
		                  &list.items[list.count]);
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

static void grade_answer(struct arena *arena, const struct review_item *item, const char *answer,
                         struct score_result *ret_result)
{
	score_grade(arena, score_prepare(arena, &item->exam.score), answer, strlen(answer),
	            ret_result);
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

/* Moves the cards that are still due and tells of them. */
static enum err move_cards(struct store *store, const struct review_item *item,
                           const struct review_input *input, const struct score_result *result,
                           cJSON *points)
{
	const bool complete = is_complete(result);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < item->count; i++) {
		const struct score_point *point = &result->points[item->points[i]];
		const enum memory_grade grade = review_grade(score_status_name(point->status),
		                                             complete);
		struct review_card card = item->cards[i];

		review_card_grade(&card, grade, input->now);
		add_point(points, point, &card, grade);
		err = review_card_save(store, input->user_id, &card);
	}
	return err;
}

static enum err store_answer(struct store *store, struct arena *arena,
                             const struct review_item *item, const struct review_input *input,
                             const struct score_result *result, const char **ret_id)
{
	struct review_answer answer = {
		.bank_id = item->bank_id,
		.language = item->exam.score.language,
		.question = item->exam.score.text,
		.answer = input->answer,
		.nonce = input->nonce,
	};
	cJSON *document = cJSON_CreateObject();
	enum err err;

	json_set_number(document, "score", result->score);
	json_set_number(document, "max_score", result->max_score);
	json_set_bool(document, "is_unknown", input->answer[0] == '\0');
	json_set_string(document, "model_answer", item->exam.model_answer);
	err = move_cards(store, item, input, result, json_set_array(document, "points"));
	answer.result = json_text(document);
	if (err == OK)
		err = review_answer_add(store, arena, input->user_id, &answer);
	if (err == OK)
		err = review_draft_save(store, input->user_id, item->bank_id, "");
	if (err == OK)
		*ret_id = answer.id;
	return err;
}

/* Inside a transaction; ERR_CONFLICT: nothing is due any more. */
static enum err submit(struct store *store, struct arena *arena, const struct review_item *item,
                       const struct review_input *input, const struct score_result *result,
                       const char **ret_id)
{
	struct review_item now = *item;
	struct review_card_list cards;
	struct review_answer earlier;
	enum err err = review_answer_by_nonce(store, arena, input->user_id, input->nonce, &earlier);

	if (err == OK)
		*ret_id = earlier.id;
	if (err != ERR_NOT_FOUND)
		return err;
	err = review_of_question(store, arena, input->user_id, item->bank_id, &cards);
	if (err != OK)
		return err;
	collect_due(arena, &cards, input->now, &now);
	return now.count > 0 ? store_answer(store, arena, &now, input, result, ret_id)
	                     : ERR_CONFLICT;
}

enum err review_submit(struct store *store, struct arena *arena, const struct review_item *item,
                       const struct review_input *input, const char **ret_answer_id)
{
	struct score_result result;
	enum err err;

	grade_answer(arena, item, input->answer, &result);
	err = store_begin(store);
	if (err != OK)
		return err;
	err = submit(store, arena, item, input, &result, ret_answer_id);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	return err;
}
