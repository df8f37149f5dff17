#include "view/score_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/ruling.h"

static void add_history(struct arena *arena, cJSON *page, const struct override_list *history,
                        enum language language)
{
	cJSON *rows = json_set_array(page, "history");
	bool stands = false;

	for (size_t i = history->count; i-- > 0;) {
		const struct override *override = &history->items[i];
		cJSON *row = json_add_object(rows);

		json_set_string(row, "points", format_number(arena, language, override->score));
		json_set_string(row, "why", override->reason);
		json_set_string(row, "by", override->author_name);
		json_set_string(row, "date", format_date(arena, override->created_at));
		if (override->withdrawn_at != 0)
			json_set_string(row, "withdrawn",
			                format_date(arena, override->withdrawn_at));
		json_set_bool(row, "counts", override->withdrawn_at == 0 && !stands);
		stands |= override->withdrawn_at == 0;
	}
	json_set_bool(page, "stands", stands);
	json_set_bool(page, "has_history", history->count > 0);
	json_set_number(page, "newest",
	                history->count > 0 ? (double)history->items[history->count - 1].id : 0);
}

static void add_scores(struct arena *arena, cJSON *page, const cJSON *question,
                       enum language language)
{
	const bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(json_get(question, "metrics"),
	                             is_coding ? "coding" : "theory");
	const double examiner = ruling_by_examiner(question);
	const double appeals = json_number(json_get(question, "ruling"), "score_by_appeals",
	                                   examiner);
	const double counts = json_number(part, is_coding ? "score_code" : "score", NAN);

	json_set_string(page, "by_examiner", format_number(arena, language, examiner));
	if (appeals > examiner)
		json_set_string(page, "by_appeals", format_number(arena, language, appeals));
	json_set_string(page, "counts", format_number(arena, language, counts));
}

cJSON *score_view(struct arena *arena, const struct score_page *page, enum language language)
{
	const bool is_coding = strcmp(json_string(page->question, "q_type", ""), "coding") == 0;
	cJSON *object = cJSON_CreateObject();

	json_set_string(object, "interview_id", page->interview_id);
	json_set_string(object, "question_id", json_string(page->question, "question_id", ""));
	json_set_number(object, "number", json_number(page->question, "order", 0));
	json_set_string(object, "title",
	                json_string(page->question, is_coding ? "title" : "raw_prompt", ""));
	json_set_string(object, "candidate", page->candidate);
	json_set_string(object, "max_score",
	                format_number(arena, language, ruling_max_score(page->question)));
	json_set_string(object, "score", page->score);
	json_set_string(object, "reason", page->reason);
	add_scores(arena, object, page->question, language);
	add_history(arena, object, page->history, language);
	return object;
}
