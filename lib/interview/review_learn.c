#include <string.h>

#include "base/json.h"
#include "interview/review.h"
#include "interview/review_card.h"
#include "store/bank.h"

enum { AT_ONCE = 50 }; /* interviews of a transaction */

/* The outcomes of one question of an interview. */
struct lesson {
	struct store *store;
	struct arena *arena;
	const char *user_id;
	int64_t at; /* the interview's end */
	const struct review_outcome *outcomes;
	size_t count;
};

static enum err learn_point(const struct lesson *lesson, const struct review_card_list *cards,
                            const char *point, enum memory_grade grade)
{
	struct review_card card = { .bank_id = lesson->outcomes[0].bank_id, .key_point_id = point };

	for (size_t i = 0; i < cards->count; i++)
		if (strcmp(cards->items[i].key_point_id, point) == 0)
			card = cards->items[i];
	if (card.repetitions == 0 ? grade >= MEMORY_GOOD : card.last_at >= lesson->at)
		return OK;
	review_card_grade(&card, grade, lesson->at);
	return review_card_save(lesson->store, lesson->user_id, &card);
}

/* A question that was given up: all of its points, as far as the bank still has it. */
static enum err learn_all_points(const struct lesson *lesson, const struct review_card_list *cards)
{
	struct bank_question question;
	const cJSON *point;
	cJSON *body;
	enum err err = bank_by_id(lesson->store, lesson->arena, lesson->outcomes[0].bank_id,
	                          &question);

	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK)
		err = json_parse(question.body, strlen(question.body), &body);
	if (err != OK)
		return err;
	cJSON_ArrayForEach(point, json_get(body, "key_points"))
	{
		const char *id = json_string(point, "id", "");

		if (err == OK && id[0] != '\0')
			err = learn_point(lesson, cards, id, MEMORY_AGAIN);
	}
	return err;
}

static bool is_complete(const struct lesson *lesson)
{
	for (size_t i = 0; i < lesson->count; i++)
		if (strcmp(lesson->outcomes[i].status, "covered") != 0)
			return false;
	return true;
}

static enum err learn_question(const struct lesson *lesson)
{
	const struct review_outcome *outcomes = lesson->outcomes;
	const bool complete = is_complete(lesson);
	struct review_card_list cards;
	enum err err = review_of_question(lesson->store, lesson->arena, lesson->user_id,
	                                  outcomes[0].bank_id, &cards);

	if (err == OK && outcomes[0].key_point_id == NULL)
		return learn_all_points(lesson, &cards);
	for (size_t i = 0; err == OK && i < lesson->count; i++) {
		const enum memory_grade grade =
		        outcomes[i].model_answer ? MEMORY_AGAIN
		                                 : review_grade(outcomes[i].status, complete);

		/* A question without explicit points has nothing that could be asked again. */
		if (outcomes[i].key_point_id[0] != '\0')
			err = learn_point(lesson, &cards, outcomes[i].key_point_id, grade);
	}
	return err;
}

static enum err learn_interview(struct store *store, struct arena *arena, const char *user_id,
                                const struct review_interview *interview)
{
	struct review_outcome_list list;
	enum err err = review_outcomes(store, arena, interview->id, &list);
	size_t end;

	for (size_t i = 0; err == OK && i < list.count; i = end) {
		for (end = i + 1; end < list.count; end++)
			if (strcmp(list.items[end].bank_id, list.items[i].bank_id) != 0)
				break;
		err = learn_question(&(struct lesson){
		        .store = store,
		        .arena = arena,
		        .user_id = user_id,
		        .at = interview->finished_at,
		        .outcomes = &list.items[i],
		        .count = end - i,
		});
	}
	return err == OK ? review_interview_done(store, interview->id) : err;
}

/* Inside a transaction, so that two requests do not enter one interview twice. */
static enum err learn_some(struct store *store, struct arena *arena, const char *user_id,
                           size_t *ret_count)
{
	struct review_interview_list list;
	enum err err = review_interviews(store, arena, user_id, AT_ONCE, &list);

	for (size_t i = 0; err == OK && i < list.count; i++)
		err = learn_interview(store, arena, user_id, &list.items[i]);
	if (err == OK)
		*ret_count = list.count;
	return err;
}

static enum err learn_in_transaction(struct store *store, const char *user_id, size_t *ret_count)
{
	struct arena *scratch = arena_create();
	enum err err = store_begin(store);

	if (err == OK) {
		json_bind(scratch);
		err = learn_some(store, scratch, user_id, ret_count);
		if (err == OK)
			err = store_commit(store);
		if (err != OK)
			store_rollback(store);
	}
	arena_destroy(scratch);
	return err;
}

enum err review_learn(struct store *store, struct arena *arena, const char *user_id)
{
	struct review_interview_list waiting;
	size_t count = AT_ONCE;
	enum err err = review_interviews(store, arena, user_id, 1, &waiting);

	if (err != OK || waiting.count == 0)
		return err;
	while (err == OK && count == AT_ONCE)
		err = learn_in_transaction(store, user_id, &count);
	json_bind(arena);
	return err;
}
