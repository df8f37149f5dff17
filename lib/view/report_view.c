#include "view/report_view.h"

#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "report/blocks.h"
#include "report/present.h"
#include "report/segments.h"
#include "view/markdown.h"
#include "view/report_charts.h"

/* The words of models among the rows; the others are shown as they are. */
static void add_prose(struct arena *arena, const cJSON *rows, const char *member)
{
	cJSON *row;

	cJSON_ArrayForEach(row, rows)
	{
		if (json_bool(row, "is_markdown", false))
			json_set_html(row, "prose",
			              markdown_html(arena, json_string(row, member, "")));
	}
}

static void add_code_html(struct arena *arena, cJSON *code)
{
	if (code == NULL)
		return;
	json_set_html(code, "description_html",
	              markdown_html(arena, json_string(code, "description", "")));
	add_prose(arena, json_get(code, "hints"), "hint_text");
	add_prose(arena, json_get(code, "explanations"), "words");
}

/* The questions of the page and of the document stand in the same order. */
static void add_segments(struct arena *arena, cJSON *page, const cJSON *document)
{
	const cJSON *question = json_get(document, "questions");
	bool denials = false;
	cJSON *shown;

	question = question != NULL ? question->child : NULL;
	cJSON_ArrayForEach(shown, json_get(page, "questions"))
	{
		bool has_denials;

		json_set(shown, "segments", segments_of_question(arena, question, &has_denials));
		denials |= has_denials;
		json_set_bool(shown, "has_answer", json_string(question, "answer", "")[0] != '\0');
		add_code_html(arena, cJSON_GetObjectItemCaseSensitive(shown, "code"));
		question = question->next;
	}
	json_set_bool(page, "has_denials", denials);
}

/* A theory question of one's own practice leads to others like it. */
static void add_similar(const cJSON *page, const cJSON *document)
{
	const bool is_practice = json_get(document, "invitation") == NULL ||
	                         cJSON_IsNull(json_get(document, "invitation"));
	cJSON *shown;

	cJSON_ArrayForEach(shown, json_get(page, "questions"))
	{
		json_set_bool(shown, "has_similar",
		              is_practice && !json_bool(shown, "is_coding", false));
	}
}

static void add_admin(struct arena *arena, cJSON *page, const cJSON *document)
{
	const char *text = json_string(document, "llm_summary_admin", "");

	json_set_bool(page, "for_admin", true);
	json_set(page, "admin_blocks", blocks_of(arena, text));
}

cJSON *report_view(struct arena *arena, const cJSON *document, bool for_admin)
{
	cJSON *page = present_document(arena, document);

	json_set_string(page, "id", json_string(document, "session_id", ""));
	json_set_string(page, "base", config()->base_path);
	json_set(page, "blocks", blocks_of(arena, json_string(page, "candidate_text", "")));
	if (for_admin)
		add_admin(arena, page, document);
	else
		add_similar(page, document);
	report_charts_add(arena, page, present_language(document));
	add_segments(arena, page, document);
	return page;
}
