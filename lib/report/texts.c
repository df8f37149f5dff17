#include "report/texts.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/phrase.h"
#include "report/report.h"
#include "report/ruling.h"

enum { STATEMENT_LENGTH = 160 };

/* Ratios nearer to one another than this are about the same; convention. */
#define SAME_WITHIN 0.1

static double ratio_of(const cJSON *groups, const char *name)
{
	return json_number(json_get(groups, name), "score_ratio", NAN);
}

static void theory_and_coding(struct prose *prose, double theory, double coding)
{
	enum language language = prose->language;
	const char *first = prose_percent(prose, theory), *second = prose_percent(prose, coding);

	if (fabs(theory - coding) < SAME_WITHIN)
		prose_sentence(prose, i18n(language, "Theory (%s) and coding (%s) are on a par."),
		               first, second);
	else if (theory > coding)
		prose_sentence(prose, i18n(language, "Theory (%s) is ahead of coding (%s)."), first,
		               second);
	else
		prose_sentence(prose, i18n(language, "Coding (%s) is ahead of theory (%s)."),
		               second, first);
}

static void knowledge_and_practice(struct prose *prose, double knowledge, double practice)
{
	enum language language = prose->language;
	const char *first = prose_percent(prose, knowledge);
	const char *second = prose_percent(prose, practice);

	if (fabs(knowledge - practice) < SAME_WITHIN)
		prose_sentence(prose,
		               i18n(language, "Questions on theory (%s) and questions on practice "
		                              "(%s) went about equally well."),
		               first, second);
	else if (knowledge > practice)
		prose_sentence(prose,
		               i18n(language, "Questions on theory (%s) went better than questions "
		                              "on practice (%s)."),
		               first, second);
	else
		prose_sentence(prose,
		               i18n(language, "Questions on practice (%s) went better than "
		                              "questions on theory (%s)."),
		               second, first);
}

/* Compares only what was met: with questions left over the groups say little. */
void texts_theory_and_practice(struct prose *prose)
{
	const cJSON *metrics = json_get(prose->digest->summary, "metrics");
	const cJSON *types = json_get(metrics, "by_type"), *focus = json_get(metrics, "by_focus");
	double theory = ratio_of(types, "theory"), coding = ratio_of(types, "coding");
	double knowledge = ratio_of(focus, "knowledge"), practice = ratio_of(focus, "practice");

	if (prose->digest->unanswered > 0 || prose->digest->answered == 0)
		return;
	if (isfinite(theory) && isfinite(coding))
		theory_and_coding(prose, theory, coding);
	else if (isfinite(knowledge) && isfinite(practice))
		knowledge_and_practice(prose, knowledge, practice);
}

void texts_disagreements(struct prose *prose)
{
	const cJSON *question;

	cJSON_ArrayForEach(question, json_get(prose->digest->summary, "questions"))
	{
		const struct facts facts = facts_of(question);

		if (!facts.is_disputed)
			continue;
		prose_item(prose,
		           i18n(prose->language,
		                "A person should look at question %d: the model gave %s points, "
		                "the built-in examiner %s."),
		           (int)json_number(question, "order", 0),
		           prose_number(prose, ruling_by_examiner(question)),
		           prose_number(prose, facts.builtin_score));
	}
}

void report_write_texts(struct arena *arena, const cJSON *summary, struct report_texts *ret_texts)
{
	struct digest digest = digest_of(arena, summary);

	*ret_texts = (struct report_texts){
		.candidate = texts_candidate(&digest),
		.admin = texts_admin(&digest),
	};
}

/* The candidate's own words about a point; the known mistake where they were not kept. */
static const char *statement(const struct prose *prose, const cJSON *point, const cJSON *theory)
{
	const char *id = json_string(point, "id", ""), *said = json_string(point, "wrong", "");
	struct arena *arena = prose->digest->arena;
	const cJSON *step;

	cJSON_ArrayForEach(step, json_get(json_get(theory, "scoring"), "key_points"))
	{
		const cJSON *denial = json_get(step, "denial");

		if (strcmp(json_string(step, "id", ""), id) == 0)
			said = json_string(denial, "text", said);
	}
	said = text_shortened(arena, text_one_line(arena, said), STATEMENT_LENGTH);
	return phrase_quoted(arena, prose->language, said);
}

static void wrong_statement(struct prose *prose, bool for_recruiter, const char *said,
                            const cJSON *point)
{
	const char *name = phrase_quoted(prose->digest->arena, prose->language,
	                                 json_string(point, "text", ""));

	if (for_recruiter)
		prose_item(prose,
		           i18n(prose->language,
		                "Risk, a wrong statement: %1$s, against the key point %2$s."),
		           said, name);
	else
		prose_item(prose,
		           i18n(prose->language,
		                "Please check: %1$s does not agree with the key point %2$s."),
		           said, name);
}

void texts_wrong_statements(struct prose *prose, bool for_recruiter)
{
	const cJSON *question, *point;
	int count = 0;

	cJSON_ArrayForEach(question, json_get(prose->digest->summary, "questions"))
	{
		const struct facts facts = facts_of(question);
		const cJSON *theory = json_get(json_get(question, "metrics"), "theory");

		if (!facts.is_measured)
			continue;
		cJSON_ArrayForEach(point, facts.points)
		{
			if (json_string(point, "wrong", NULL) != NULL && count++ < DIGEST_MAX_NAMES)
				wrong_statement(prose, for_recruiter,
				                statement(prose, point, theory), point);
		}
	}
}
