#include "view/report_view.h"

#include <math.h>
#include <string.h>

#include "base/config.h"
#include "base/format.h"
#include "base/json.h"
#include "report/present.h"
#include "report/terms.h"
#include "view/markdown.h"

/* A row of a table with a bar: name, share of the full mark, its figure. */
static cJSON *add_row(struct arena *arena, cJSON *rows, const char *name, const cJSON *group,
                      enum language language)
{
	double ratio = json_number(group, "score_ratio", NAN);
	cJSON *row = json_add_object(rows);

	json_set_string(row, "name", name);
	json_set_bool(row, "has_ratio", isfinite(ratio));
	json_set_number(row, "ratio", ratio);
	json_set_string(row, "percent", format_percent(arena, language, ratio));
	return row;
}

static void add_skills(struct arena *arena, cJSON *page, const cJSON *metrics,
                       enum language language)
{
	cJSON *rows = json_set_array(page, "skills");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, json_get(metrics, "by_skill"))
	{
		cJSON *row = add_row(arena, rows, terms_tag(language, skill->string), skill,
		                     language);

		json_set_number(row, "questions", json_number(skill, "questions", 0));
	}
	json_set_bool(page, "has_skills", rows->child != NULL);
}

/* A single track says what the total says, so it is left out. */
static void add_tracks(struct arena *arena, cJSON *page, const cJSON *metrics,
                       enum language language)
{
	cJSON *rows = json_set_array(page, "tracks");
	const cJSON *track;

	cJSON_ArrayForEach(track, json_get(metrics, "by_track"))
	{
		cJSON *row = add_row(arena, rows, terms_track(language, track->string), track,
		                     language);

		json_set_string(row, "score",
		                format_number(arena, language, json_number(track, "score", NAN)));
		json_set_string(
		        row, "max_score",
		        format_number(arena, language, json_number(track, "max_score", NAN)));
	}
	json_set_bool(page, "has_tracks", rows->child != NULL && rows->child->next != NULL);
}

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

/* The points as the built-in examiner explains its own grade; NULL: it gave none. */
static const cJSON *explained_points(const cJSON *theory)
{
	return strcmp(json_string(theory, "graded_by", ""), "builtin") == 0
	               ? json_get(json_get(theory, "scoring"), "key_points")
	               : NULL;
}

static bool has_denials(const cJSON *points)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		if (cJSON_IsObject(json_get(point, "denial")))
			return true;
	}
	return false;
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
		const cJSON *theory = json_get(json_get(question, "metrics"), "theory");
		const char *answer = json_string(question, "answer", "");

		json_set(shown, "segments",
		         report_view_segments(arena, answer, json_get(theory, "key_points"),
		                              explained_points(theory)));
		denials |= has_denials(explained_points(theory));
		json_set_bool(shown, "has_answer", answer[0] != '\0');
		add_code_html(arena, cJSON_GetObjectItemCaseSensitive(shown, "code"));
		question = question->next;
	}
	json_set_bool(page, "has_denials", denials);
}

static void add_admin(struct arena *arena, cJSON *page, const cJSON *document)
{
	const enum language language = present_language(document);
	const char *text = json_string(document, "llm_summary_admin", "");
	const cJSON *fit = json_get(document, "level_fit");

	json_set_bool(page, "for_admin", true);
	json_set(page, "admin_blocks", report_view_blocks(arena, text));
	if (json_string(fit, "level", NULL) != NULL)
		json_set_string(page, "level_fit",
		                arena_printf(arena, "%s%s",
		                             terms_level(language, json_string(fit, "level", "")),
		                             json_string(fit, "sign", "")));
}

cJSON *report_view(struct arena *arena, const cJSON *document, bool for_admin)
{
	cJSON *page = present_document(arena, document);
	const cJSON *metrics = json_get(document, "metrics");

	json_set_string(page, "id", json_string(document, "session_id", ""));
	json_set_string(page, "base", config()->base_path);
	json_set(page, "blocks",
	         report_view_blocks(arena, json_string(page, "candidate_text", "")));
	if (for_admin)
		add_admin(arena, page, document);
	add_skills(arena, page, metrics, present_language(document));
	add_tracks(arena, page, metrics, present_language(document));
	add_segments(arena, page, document);
	return page;
}
