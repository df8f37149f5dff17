#include "report/present_model.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/facts.h"
#include "report/phrase.h"
#include "report/ruling.h"
#include "report/terms.h"

/* --- a question's grade ----------------------------------------------------------------- */

static int count_status(const cJSON *points, const char *status)
{
	const cJSON *point;
	int count = 0;

	cJSON_ArrayForEach(point, points)
	        count += strcmp(json_string(point, "status", ""), status) == 0;
	return count;
}

/* "10 × (3 + 0.5 × 1) / 5": how a model's marks make a score. */
static const char *formula(struct arena *arena, enum language language, const struct facts *facts)
{
	const int all = cJSON_GetArraySize(facts->points);

	if (facts->graded_by == NULL || strcmp(facts->graded_by, "builtin") == 0 || all == 0)
		return NULL;
	return arena_printf(
	        arena, "%s × (%d + %s × %d) / %d", format_number(arena, language, facts->max_score),
	        count_status(facts->points, "covered"), format_number(arena, language, 0.5),
	        count_status(facts->points, "partial"), all);
}

static const char *dispute(struct arena *arena, enum language language, const cJSON *question,
                           const struct facts *facts)
{
	if (!facts->is_disputed)
		return NULL;
	return arena_printf(arena,
	                    i18n(language, "A person should look at this question: the model gave "
	                                   "%s points, the built-in examiner %s."),
	                    format_number(arena, language, ruling_by_examiner(question)),
	                    format_number(arena, language, facts->builtin_score));
}

static void add_unproved(cJSON *item, const cJSON *points)
{
	cJSON *rows = json_set_array(item, "unproved");
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		cJSON *row = json_add_object(rows);

		json_set_string(row, "claimed", json_string(point, "text", ""));
		json_set_string(row, "quote", json_string(point, "quote", ""));
	}
	json_set_bool(item, "has_unproved", rows->child != NULL);
}

void present_model_grade(struct arena *arena, enum language language, cJSON *item,
                         const cJSON *question)
{
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory");
	const struct facts facts = facts_of(question);
	const char *fallback = json_string(theory, "fallback", NULL);

	json_set_string(item, "graded_by",
	                facts.graded_by != NULL ? terms_engine(language, facts.graded_by) : NULL);
	json_set_string(item, "formula", formula(arena, language, &facts));
	json_set_bool(item, "is_fallback", fallback != NULL);
	json_set_string(item, "fallback_reason", fallback);
	add_unproved(item, json_get(theory, "unproved_points"));
	json_set_string(item, "dispute", dispute(arena, language, question, &facts));
}

/* --- who wrote what ----------------------------------------------------------------------- */

static const char *author(struct arena *arena, enum language language, const cJSON *entry)
{
	const char *engine = json_string(entry, "engine", NULL);

	if (engine == NULL)
		return NULL;
	if (json_string(entry, "fallback", NULL) != NULL)
		return i18n(language,
		            "Written by the built-in examiner, for the model gave no text "
		            "that holds.");
	return arena_printf(arena, i18n(language, "Written by %s."),
	                    terms_engine(language, engine));
}

/* --- the assessment ------------------------------------------------------------------------ */

static void add_skills(enum language language, cJSON *shown, const char *name, const cJSON *skills)
{
	cJSON *rows = json_set_array(shown, name);
	const cJSON *skill;

	cJSON_ArrayForEach(skill, skills)
	{
		cJSON *row = json_add_object(rows);

		json_set_string(row, "name", terms_tag(language, json_string(skill, "skill", "")));
		json_set_string(row, "reason", json_string(skill, "reason", ""));
	}
}

static void add_soft_skills(struct arena *arena, enum language language, cJSON *shown,
                            const cJSON *skills)
{
	cJSON *rows = json_set_array(shown, "soft_skills");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, skills)
	{
		const double score = json_number(skill, "score", NAN);
		cJSON *row;

		if (!isfinite(score))
			continue; /* what the model said of it did not pass the checks */
		row = json_add_object(rows);
		json_set_string(row, "name", terms_soft_skill(language, skill->string));
		json_set_string(row, "figure", format_number(arena, language, score));
		json_set_string(row, "reason", json_string(skill, "reason", ""));
		json_set_string(row, "quote", json_string(skill, "quote", ""));
	}
}

static void add_roadmap(enum language language, cJSON *shown, const cJSON *roadmap)
{
	cJSON *rows = json_set_array(shown, "roadmap");
	const cJSON *step, *resource;

	cJSON_ArrayForEach(step, roadmap)
	{
		cJSON *row = json_add_object(rows), *resources;

		json_set_string(row, "topic", terms_tag(language, json_string(step, "topic", "")));
		json_set_string(row, "priority",
		                terms_priority(language, json_string(step, "priority", "")));
		resources = json_set_array(row, "resources");
		cJSON_ArrayForEach(resource, json_get(step, "resources")) json_set_string(
		        json_add_object(resources), "resource", resource->valuestring);
	}
	json_set_bool(shown, "has_roadmap", rows->child != NULL);
}

static void add_assessment(struct arena *arena, enum language language, cJSON *page,
                           const cJSON *assessment)
{
	cJSON *shown = json_set_object(page, "assessment");

	json_set_string(shown, "grade",
	                terms_grade(arena, language, json_string(assessment, "grade", "")));
	json_set_string(shown, "hire",
	                terms_hire(language, json_string(assessment, "hire_recommendation", "")));
	json_set_string(
	        shown, "confidence",
	        format_percent(arena, language, json_number(assessment, "confidence", NAN)));
	add_skills(language, shown, "confirmed_skills", json_get(assessment, "confirmed_skills"));
	add_skills(language, shown, "skill_gaps", json_get(assessment, "gaps"));
	add_soft_skills(arena, language, shown, json_get(assessment, "soft_skills"));
	add_roadmap(language, shown, json_get(assessment, "roadmap"));
}

void present_model_authors(struct arena *arena, enum language language, cJSON *page,
                           const cJSON *document)
{
	const cJSON *written_by = json_get(document, "written_by");
	const cJSON *assessment = json_get(document, "assessment");

	json_set_string(page, "candidate_author",
	                author(arena, language, json_get(written_by, "candidate")));
	json_set_string(page, "admin_author",
	                author(arena, language, json_get(written_by, "admin")));
	json_set_string(page, "admin_text",
	                phrase_nested(arena, json_string(document, "llm_summary_admin", "")));
	if (!cJSON_IsObject(assessment))
		return;
	add_assessment(arena, language, page, assessment);
	json_set_string(page, "assessment_author",
	                author(arena, language, json_get(written_by, "assessment")));
}
