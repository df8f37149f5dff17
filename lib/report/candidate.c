#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/present.h"
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

/* Candidates who compare notes need not be told that their tasks are of one kind. */
static void narrow_task(cJSON *task)
{
	take_out(task, "variant");
}

/* What was decided is told, who did is not. */
static void narrow_ruling(cJSON *ruling)
{
	cJSON *appeal;

	take_out(member(ruling, "override"), "by");
	cJSON_ArrayForEach(appeal, member(ruling, "appeals")) take_out(appeal, "by");
}

static void replace(cJSON *object, const char *name, cJSON *value)
{
	cJSON_ReplaceItemInObjectCaseSensitive(object, name, value);
}

/*
 * Who is invited and finishes early does not read what was still to come: another account
 * could use the link. Of how to answer it the document has nothing anyway.
 */
static void withhold_unasked(cJSON *question, enum language language)
{
	const char *title = i18n(language, "A question that was not asked");
	const cJSON *metrics = json_get(question, "metrics");

	if (json_string(metrics, "started_at", NULL) != NULL)
		return;
	replace(question, "bank_id", cJSON_CreateString(""));
	replace(question, "title", cJSON_CreateString(title));
	replace(question, "raw_prompt", cJSON_CreateString(title));
	replace(question, "skill_tags", cJSON_CreateArray());
	replace(question, "code_task", cJSON_CreateNull());
}

static bool has_tag(const cJSON *document, const char *tag)
{
	const cJSON *question, *item;

	cJSON_ArrayForEach(question, json_get(document, "questions"))
	{
		cJSON_ArrayForEach(item, json_get(question, "skill_tags"))
		{
			if (cJSON_IsString(item) && strcmp(item->valuestring, tag) == 0)
				return true;
		}
	}
	return false;
}

/* Skills that no question has any longer would tell what was still to come. */
static void withhold_skills(cJSON *document)
{
	cJSON *skills = member(member(document, "metrics"), "by_skill");
	cJSON *skill = skills != NULL ? skills->child : NULL, *next;

	for (; skill != NULL; skill = next) {
		next = skill->next;
		if (!has_tag(document, skill->string))
			cJSON_DetachItemViaPointer(skills, skill);
	}
}

void report_withhold(cJSON *document)
{
	cJSON *question;

	if (!cJSON_IsObject(json_get(document, "invitation")))
		return;
	cJSON_ArrayForEach(question, member(document, "questions"))
	        withhold_unasked(question, present_language(document));
	withhold_skills(document);
}

void report_for_candidate(cJSON *document)
{
	cJSON *question;

	/* It is of the whole document; who gives this one out signs it anew. */
	take_out(document, "signature");
	take_out(document, "llm_summary_admin");
	take_out(document, "level_fit");
	take_out(member(document, "metrics"), "anti_cheat");
	keep_roadmap(document);
	narrow_authors(document);
	cJSON_ArrayForEach(question, member(document, "questions"))
	{
		narrow_theory(member(member(question, "metrics"), "theory"));
		narrow_ruling(member(question, "ruling"));
		narrow_task(member(question, "code_task"));
	}
	report_withhold(document);
}
