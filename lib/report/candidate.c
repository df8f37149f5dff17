#include <string.h>

#include "base/json.h"
#include "report/report.h"

/* An item of an arena needs no deletion: to take it out is enough. */
static void take_out(cJSON *object, const char *name)
{
	cJSON_DetachItemFromObjectCaseSensitive(object, name);
}

static cJSON *member(cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Of the model's assessment the page shows candidates what to learn next. */
static void keep_roadmap(cJSON *document)
{
	cJSON *assessment = member(document, "assessment"), *kept;

	if (!cJSON_IsObject(assessment))
		return;
	kept = cJSON_CreateObject();
	json_set(kept, "roadmap", cJSON_DetachItemFromObjectCaseSensitive(assessment, "roadmap"));
	cJSON_ReplaceItemInObjectCaseSensitive(document, "assessment", kept);
}

/* That a model failed is told, how it did is not. */
static void hide_reason(cJSON *object)
{
	if (cJSON_IsString(member(object, "fallback")))
		cJSON_ReplaceItemInObjectCaseSensitive(object, "fallback",
		                                       cJSON_CreateString("model_failed"));
}

static void narrow_authors(cJSON *document)
{
	cJSON *authors = member(document, "written_by"), *author;

	take_out(authors, "admin");
	cJSON_ArrayForEach(author, authors) hide_reason(author);
}

/* The arithmetic stays where it gave the mark; a second opinion is for the admin. */
static void narrow_theory(cJSON *theory)
{
	take_out(theory, "builtin_score");
	take_out(theory, "builtin_verdict");
	if (strcmp(json_string(theory, "graded_by", ""), "builtin") != 0)
		take_out(theory, "scoring");
	hide_reason(theory);
}

/* What was decided is told, who did is not. */
static void narrow_ruling(cJSON *ruling)
{
	cJSON *appeal;

	take_out(member(ruling, "override"), "by");
	cJSON_ArrayForEach(appeal, member(ruling, "appeals")) take_out(appeal, "by");
}

void report_for_candidate(cJSON *document)
{
	cJSON *question;

	take_out(document, "llm_summary_admin");
	take_out(document, "level_fit");
	take_out(member(document, "metrics"), "anti_cheat");
	keep_roadmap(document);
	narrow_authors(document);
	cJSON_ArrayForEach(question, member(document, "questions"))
	{
		narrow_theory(member(member(question, "metrics"), "theory"));
		narrow_ruling(member(question, "ruling"));
	}
}
