#include "report/appeals.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/normalize.h"

static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;

/* --- places of an answer --------------------------------------------------------- */

/* What may end a sentence, and what may stand behind that. */
static bool is_end(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == ';' || c == 0x2026;
}

static bool is_closing(uint32_t c)
{
	return is_end(c) || c == '"' || c == ')' || c == '\'' || c == 0xBB || c == 0x201D ||
	       c == 0x2019;
}

/* Behind the piece that starts at `start`: at a line end, or at a space behind an end. */
static const char *end_of(const char *start, const char *end)
{
	const char *cursor = start;
	bool is_over = false;

	while (cursor < end) {
		const char *at = cursor;
		const uint32_t c = text_next(&cursor, end);

		if (c == '\n' || (is_over && text_is_space(c)))
			return at;
		is_over = is_end(c) || (is_over && is_closing(c));
	}
	return end;
}

static const char *skip_spaces(const char *cursor, const char *end)
{
	while (cursor < end) {
		const char *next = cursor;

		if (!text_is_space(text_next(&next, end)))
			break;
		cursor = next;
	}
	return cursor;
}

/* The end of the piece without the white space before it. */
static const char *last_word(const char *start, const char *end)
{
	const char *last = start, *cursor = start;

	while (cursor < end)
		if (!text_is_space(text_next(&cursor, end)))
			last = cursor;
	return last;
}

static void join_neighbours(struct sentence_list *list)
{
	const size_t step = (list->count + APPEALS_SENTENCES - 1) / APPEALS_SENTENCES;
	size_t kept = 0;

	if (step < 2)
		return;
	for (size_t i = 0; i < list->count; i += step) {
		const size_t last = i + step <= list->count ? i + step - 1 : list->count - 1;

		list->items[kept++] = (struct span){ list->items[i].start, list->items[last].end };
	}
	list->count = kept;
}

struct sentence_list appeals_sentences(struct arena *arena, const char *answer)
{
	const size_t len = strlen(answer);
	const char *end = answer + len, *cursor = skip_spaces(answer, end);
	struct sentence_list list = { .items = arena_array(arena, len / 2 + 1,
		                                           sizeof(*list.items)) };

	while (cursor < end) {
		const char *stop = end_of(cursor, end);

		list.items[list.count++] = (struct span){
			.start = cursor - answer,
			.end = last_word(cursor, stop) - answer,
		};
		cursor = skip_spaces(stop, end);
	}
	join_neighbours(&list);
	return list;
}

/* --- what waits --------------------------------------------------------------------- */

bool appeals_in_time(const struct interview *interview, int64_t now_ms)
{
	return strcmp(interview->status, "completed") == 0 &&
	       now_ms - interview->finished_at < APPEALS_DAYS * DAY_MS;
}

static void add_waiting(struct arena *arena, cJSON *question, const struct appeal_list *list)
{
	const char *id = json_string(question, "question_id", "");
	cJSON *rows = json_set_array(question, "waiting_appeals");

	for (size_t i = 0; i < list->count; i++) {
		const struct appeal *appeal = &list->items[i];
		const struct span span = { appeal->span_start, appeal->span_end };
		cJSON *row, *words;

		if (appeal->decided_at != 0 || strcmp(appeal->question_id, id) != 0)
			continue;
		words = normalize_quotation(arena, json_string(question, "answer", ""), &span);
		row = json_add_object(rows);
		json_set_string(row, "key_point_id", appeal->key_point_id);
		json_set(row, "evidence", words != NULL ? words : cJSON_CreateNull());
		json_set_string(row, "comment", appeal->comment);
		normalize_set_time(arena, row, "at", appeal->created_at);
	}
}

void appeals_attach(struct arena *arena, cJSON *document, const struct appeal_list *list,
                    bool may_appeal)
{
	cJSON *question;

	json_set_bool(document, "may_appeal", may_appeal);
	cJSON_ArrayForEach(question, cJSON_GetObjectItemCaseSensitive(document, "questions"))
	        add_waiting(arena, question, list);
}
