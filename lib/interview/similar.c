#include "interview/similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "judge/variants.h"
#include "score/stems.h"
#include "store/bank_search.h"
#include "store/met.h"

/* The question of a body, or a task's title and text; "" if there is none. */
static const char *subject_of(struct arena *arena, const cJSON *item, enum language language)
{
	const char *code = language_code(language);

	if (json_get(item, "question") != NULL)
		return json_string(json_get(item, "question"), code, "");
	return arena_printf(arena, "%s\n\n%s", json_string(json_get(item, "title"), code, ""),
	                    json_string(json_get(item, "description"), code, ""));
}

static const char *shown_of(const cJSON *item, enum language language)
{
	const cJSON *texts = json_get(item, "question");

	return json_string(texts != NULL ? texts : json_get(item, "title"), language_code(language),
	                   "");
}

/* A task is taken in its first variant. NULL: the body cannot be read. */
static const cJSON *read_item(struct arena *arena, const char *body)
{
	cJSON *item;

	if (json_parse(body, strlen(body), &item) != OK)
		return NULL;
	return variants_count(item) > 0 ? variants_expand(arena, item, 1) : item;
}

struct place {
	const struct bank_likeness *likeness;
	int64_t met;
};

static int by_worth(const void *a, const void *b)
{
	const struct place *one = a, *other = b;

	if (one->likeness->of_role != other->likeness->of_role)
		return one->likeness->of_role ? -1 : 1;
	if (one->met != other->met)
		return one->met < other->met ? -1 : 1;
	if (one->likeness->score != other->likeness->score)
		return one->likeness->score > other->likeness->score ? -1 : 1;
	return strcmp(one->likeness->bank_id, other->likeness->bank_id);
}

/* What the person met and what waits for them; nothing for nobody. */
struct knowledge {
	struct met_list met, waiting;
};

static enum err read_knowledge(struct store *store, struct arena *arena, const char *user_id,
                               struct knowledge *ret_knowledge)
{
	struct knowledge known = { 0 };
	enum err err = OK;

	if (user_id != NULL)
		err = met_list(store, arena, user_id, &known.met);
	if (err == OK && user_id != NULL)
		err = met_waiting(store, arena, user_id, &known.waiting);
	if (err == OK)
		*ret_knowledge = known;
	return err;
}

static double own_score(const struct bank_likeness_list *found, const char *bank_id)
{
	for (size_t i = 0; i < found->count; i++)
		if (strcmp(found->items[i].bank_id, bank_id) == 0)
			return found->items[i].score;
	/* It left the bank: the nearest one stands for it. */
	return found->count > 0 ? found->items[0].score : 0;
}

/* The score that others must have. */
static double least_score(const struct bank_likeness_list *found, const char *bank_id, double own)
{
	double best = 0;

	for (size_t i = 0; i < found->count; i++)
		if (strcmp(found->items[i].bank_id, bank_id) != 0)
			best = fmax(best, found->items[i].score);
	return fmax(SIMILAR_LEAST * own, SIMILAR_NEAR * best);
}

static struct similar_list sort_out(struct arena *arena, const struct similar_wish *wish,
                                    const struct bank_likeness_list *found,
                                    const struct knowledge *known)
{
	const double own = own_score(found, wish->bank_id);
	const double least = least_score(found, wish->bank_id, own);
	struct place *places = arena_array(arena, found->count + 1, sizeof(*places));
	struct similar_list list = { .items = arena_array(arena, SIMILAR_MOST,
		                                          sizeof(*list.items)) };
	size_t count = 0;

	for (size_t i = 0; i < found->count; i++) {
		const struct bank_likeness *likeness = &found->items[i];

		if (strcmp(likeness->bank_id, wish->bank_id) == 0 || likeness->score < least ||
		    met_at(&known->waiting, likeness->bank_id) != 0)
			continue;
		places[count++] = (struct place){ likeness,
			                          met_at(&known->met, likeness->bank_id) };
	}
	qsort(places, count, sizeof(*places), by_worth);
	for (; list.count < count && list.count < SIMILAR_MOST; list.count++)
		list.items[list.count] = (struct similar){
			.bank_id = places[list.count].likeness->bank_id,
			.likeness = fmin(1, places[list.count].likeness->score / own),
		};
	return list;
}

static enum err read_texts(struct store *store, struct arena *arena, enum language language,
                           struct similar_list *list)
{
	struct bank_question rows[SIMILAR_SHOWN] = { 0 };
	const size_t count = list->count < SIMILAR_SHOWN ? list->count : SIMILAR_SHOWN;
	enum err err;

	for (size_t i = 0; i < count; i++)
		rows[i].id = list->items[i].bank_id;
	err = bank_read_bodies(store, arena, rows, count);
	for (size_t i = 0; err == OK && i < count; i++) {
		const cJSON *item = rows[i].body != NULL ? read_item(arena, rows[i].body) : NULL;

		if (item == NULL)
			log_error("question %s cannot be read", rows[i].id);
		list->items[i].text = shown_of(item, language);
	}
	return err;
}

enum err similar_find(struct store *store, struct arena *arena, const struct similar_wish *wish,
                      struct similar_list *ret_list)
{
	struct bank_likeness_query query = { .q_type = wish->q_type,
		                             .language = wish->language,
		                             .role_id = wish->role_id,
		                             .most = 2 * SIMILAR_MOST };
	struct bank_likeness_list found;
	struct knowledge known;
	struct buf stems;
	const cJSON *item = read_item(arena, wish->body);
	enum err err;

	if (item == NULL)
		return ERR_INVALID;
	buf_init(&stems, arena);
	stems_add(&stems, subject_of(arena, item, wish->language));
	query.search = bank_search_any(arena, stems.len > 0 ? stems.data : "");
	err = bank_search_like(store, arena, &query, &found);
	if (err == OK)
		err = read_knowledge(store, arena, wish->user_id, &known);
	if (err != OK)
		return err;
	*ret_list = sort_out(arena, wish, &found, &known);
	return read_texts(store, arena, wish->language, ret_list);
}
