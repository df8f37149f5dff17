#include "report/items.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "store/revision.h"

enum { MOST_POINTS = 40 }; /* of a question; a plan has 30 questions at most */

/* One question of a report. */
struct answer {
	const cJSON *question;
	double score, max; /* NAN: nobody judged it */
	bool is_asked, is_answered;
};

struct answers {
	struct answer *items;
	size_t count, asked;
	double score, max; /* of all that were asked and judged */
};

static struct answer read_answer(const cJSON *question)
{
	const cJSON *metrics = json_get(question, "metrics");
	const bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(metrics, is_coding ? "coding" : "theory");
	struct answer answer = {
		.question = question,
		.score = json_number(part, is_coding ? "score_code" : "score", NAN),
		.max = json_number(part, is_coding ? "max_score_code" : "max_score", NAN),
		.is_asked = cJSON_IsString(json_get(metrics, "started_at")),
	};

	answer.is_answered = answer.is_asked && isfinite(answer.score) && answer.max > 0 &&
	                     strcmp(json_string(question, "state", ""), "answered") == 0 &&
	                     !cJSON_IsTrue(json_get(question, "model_answer_shown"));
	return answer;
}

static struct answers read_answers(struct arena *arena, const cJSON *document)
{
	const cJSON *questions = json_get(document, "questions"), *question;
	const size_t most = (size_t)cJSON_GetArraySize(questions);
	struct answers all = { .items = arena_array(arena, most + 1, sizeof(*all.items)) };

	cJSON_ArrayForEach(question, questions)
	{
		const struct answer answer = read_answer(question);

		if (!answer.is_asked)
			continue;
		all.items[all.count++] = answer;
		if (isfinite(answer.score) && answer.max > 0) {
			all.score += answer.score;
			all.max += answer.max;
		}
	}
	return all;
}

static struct item_sums sums_of(const struct answer *answer, double share, double rest)
{
	struct item_sums sums = {
		.bank_id = json_string(answer->question, "bank_id", ""),
		.key_point_id = "",
		.asked = 1,
		.answered = answer->is_answered,
	};

	if (!answer->is_answered)
		return sums;
	sums.share = share;
	sums.share_squared = share * share;
	sums.rest = rest;
	sums.rest_squared = rest * rest;
	sums.product = share * rest;
	return sums;
}

static double share_of_point(const cJSON *point)
{
	const char *status = json_string(point, "status", "missing");

	return strcmp(status, "covered") == 0 ? 1 : strcmp(status, "partial") == 0 ? 0.5 : 0;
}

static void add_points(struct item_sums_list *list, const struct answer *answer, double rest)
{
	const cJSON *theory = json_get(json_get(answer->question, "metrics"), "theory"), *point;
	int count = 0;

	cJSON_ArrayForEach(point, json_get(theory, "key_points"))
	{
		if (count++ == MOST_POINTS)
			return;
		list->items[list->count] = sums_of(answer, share_of_point(point), rest);
		list->items[list->count++].key_point_id = json_string(point, "id", "");
	}
}

struct item_sums_list items_of_report(struct arena *arena, const cJSON *document)
{
	const struct answers all = read_answers(arena, document);
	struct item_sums_list list = {
		.items = arena_array(arena, all.count * (MOST_POINTS + 1) + 1, sizeof(*list.items)),
	};

	for (size_t i = 0; i < all.count; i++) {
		const struct answer *answer = &all.items[i];
		const bool has_mark = isfinite(answer->score) && answer->max > 0;
		const double max = all.max - (has_mark ? answer->max : 0);
		const double rest = (all.score - (has_mark ? answer->score : 0)) / max;

		if (max <= 0)
			continue;
		list.items[list.count++] = sums_of(answer, answer->score / answer->max, rest);
		if (answer->is_answered)
			add_points(&list, answer, rest);
	}
	return list;
}

enum err items_learn(struct store *store, struct arena *arena, const char *interview_id,
                     const cJSON *document)
{
	struct item_sums_list list;
	int64_t at;
	enum err err = item_statistics_source(store, interview_id, &at);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	list = items_of_report(arena, document);
	for (size_t i = 0; err == OK && i < list.count; i++) {
		list.items[i].last_at = at;
		err = item_statistics_add(store, &list.items[i]);
	}
	return err;
}

/* An interview whose first revision is gone tells nothing. */
static enum err learn_again(struct store *store, struct arena *scratch, const char *interview_id,
                            int *count)
{
	struct report_row row;
	cJSON *document;
	int64_t at;
	enum err err = item_statistics_source(store, interview_id, &at);

	if (err == OK)
		err = revision_get(store, scratch, interview_id, 1, &row);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	if (json_parse(row.body, strlen(row.body), &document) != OK) {
		log_error("report %s is not valid JSON", row.id);
		return OK;
	}
	(*count)++;
	return items_learn(store, scratch, interview_id, document);
}

static enum err learn_all(struct store *store, int *ret_count)
{
	struct arena *scratch = arena_create(), *lasting = arena_create();
	const char *id = "";
	int count = 0;
	enum err err = OK;

	json_bind(scratch);
	while (err == OK && (err = revision_next(store, scratch, id, &id)) == OK) {
		id = arena_strdup(lasting, id);
		err = learn_again(store, scratch, id, &count);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	arena_destroy(lasting);
	*ret_count = count;
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err items_rebuild(struct store *store, struct arena *arena, int *ret_count)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = item_statistics_clear(store);
	if (err == OK)
		err = learn_all(store, ret_count);
	json_bind(arena);
	return store_leave(store, own, err);
}

enum err items_fill(struct store *store, struct arena *arena)
{
	bool is_empty;
	int count;
	const enum err err = item_statistics_empty(store, &is_empty);

	return err == OK && is_empty ? items_rebuild(store, arena, &count) : err;
}
