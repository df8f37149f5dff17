#include "report/brief.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/guard.h"
#include "report/report.h"
#include "report/terms.h"

enum { ANSWER_LENGTH = 800, FEEDBACK_LENGTH = 300 };

struct brief {
	struct arena *arena;
	const struct digest *digest;
	enum agent agent;
};

static bool is_for_recruiter(const struct brief *brief)
{
	return brief->agent == AGENT_RECRUITER_WRITER || brief->agent == AGENT_ASSESSOR;
}

/* Copies the members of those names that are there. */
static void copy(cJSON *to, const cJSON *from, const char *const *names)
{
	for (; *names != NULL; names++) {
		const cJSON *member = json_get(from, *names);

		if (member != NULL)
			json_set(to, *names, cJSON_Duplicate(member, true));
	}
}

/* --- questions ---------------------------------------------------------------------- */

static void add_points(cJSON *item, const cJSON *points)
{
	static const char *const names[] = { "text", "status", "wrong", NULL };
	cJSON *copies = json_set_array(item, "key_points");
	const cJSON *point;

	cJSON_ArrayForEach(point, points) copy(json_add_object(copies), point, names);
}

static void add_theory(const struct brief *brief, cJSON *item, const cJSON *question,
                       const cJSON *theory)
{
	static const char *const names[] = { "score",   "max_score", "score_ratio",
		                             "verdict", "rubric",    NULL };
	const char *answer = json_string(question, "answer", "");
	struct guard_orders orders;

	copy(item, theory, names);
	json_set_string(item, "feedback",
	                text_shortened(brief->arena, json_string(theory, "llm_feedback_short", ""),
	                               FEEDBACK_LENGTH));
	add_points(item, json_get(theory, "key_points"));
	if (brief->agent != AGENT_ASSESSOR)
		return;
	guard_find_orders(brief->arena, answer, &orders);
	json_set_string(item, "answer",
	                text_shortened(brief->arena, guard_without(brief->arena, answer, &orders),
	                               ANSWER_LENGTH));
}

static void add_coding(cJSON *item, const cJSON *question, const cJSON *coding)
{
	static const char *const of_question[] = { "title", "category", NULL };
	static const char *const names[] = { "attempts",
		                             "score_code",
		                             "max_score_code",
		                             "score_ratio_code",
		                             "verdict",
		                             "public_tests_total",
		                             "public_tests_passed",
		                             "hidden_tests_total",
		                             "hidden_tests_passed",
		                             "errors_count",
		                             "first_success_attempt",
		                             NULL };

	copy(item, question, of_question);
	copy(item, coding, names);
}

static void add_questions(const struct brief *brief, cJSON *facts)
{
	static const char *const names[] = { "order",      "q_type",
		                             "state",      "track",
		                             "level",      "skill_tags",
		                             "hints_used", "model_answer_shown",
		                             "follow_ups", NULL };
	cJSON *items = json_set_array(facts, "questions");
	const cJSON *question;

	cJSON_ArrayForEach(question, json_get(brief->digest->summary, "questions"))
	{
		const cJSON *metrics = json_get(question, "metrics");
		const char *type = json_string(question, "q_type", "");
		cJSON *item = json_add_object(items);

		copy(item, question, names);
		json_set_number(item, "time_spent_sec", json_number(metrics, "time_spent_sec", 0));
		if (strcmp(type, "coding") == 0)
			add_coding(item, question, json_get(metrics, "coding"));
		else
			add_theory(brief, item, question, json_get(metrics, "theory"));
	}
}

/*
 * The digest with what may be told: candidates take along what models were told, and read what to
 * learn next.
 */
static struct digest shown(const struct digest *digest, enum agent agent)
{
	struct digest copied = *digest;
	cJSON *summary;

	if (agent == AGENT_RECRUITER_WRITER)
		return copied;
	summary = cJSON_Duplicate(digest->summary, true);
	report_withhold(summary);
	copied.summary = summary;
	return copied;
}

/* --- the whole ------------------------------------------------------------------------ */

static void add_metrics(const struct brief *brief, cJSON *facts)
{
	static const char *const names[] = { "overall",  "by_type", "by_track", "by_skill",
		                             "by_focus", "rubric",  NULL };
	static const char *const scale[] = { "rubric_max", NULL };
	static const char *const events[] = { "suspicious_events", "by_kind", NULL };
	const cJSON *metrics = json_get(brief->digest->summary, "metrics");
	const cJSON *scoring = json_get(brief->digest->summary, "scoring");
	cJSON *copies = json_set_object(facts, "metrics");

	copy(copies, metrics, names);
	copy(copies, scoring, scale);
	if (brief->agent == AGENT_RECRUITER_WRITER)
		copy(json_set_object(copies, "events"), json_get(metrics, "anti_cheat"), events);
}

/* How people call the codes of skills and tracks. */
static void add_names(const struct brief *brief, cJSON *facts)
{
	const cJSON *metrics = json_get(brief->digest->summary, "metrics"), *member;
	cJSON *names = json_set_object(facts, "names");

	cJSON_ArrayForEach(member, json_get(metrics, "by_skill")) json_set_string(
	        names, member->string, terms_tag(brief->digest->language, member->string));
	cJSON_ArrayForEach(
	        member, json_get(metrics, "by_track")) if (json_get(names, member->string) == NULL)
	        json_set_string(names, member->string,
	                        terms_track(brief->digest->language, member->string));
}

static void add_list(cJSON *object, const char *name, const struct digest_names *names)
{
	cJSON *list = json_set_array(object, name);

	for (size_t i = 0; i < names->count; i++)
		json_add_string(list, names->items[i]);
}

static void add_topics(const struct brief *brief, cJSON *facts)
{
	const struct digest *digest = brief->digest;
	cJSON *topics = json_set_object(facts, "topics");

	add_list(topics, "strong", &digest->strong);
	add_list(topics, "weak", &digest->weak);
	add_list(topics, "wrong_statements_about", &digest->wrong);
	if (!is_for_recruiter(brief))
		return;
	add_list(topics, "unstable", &digest->unstable);
	add_list(topics, "weak_and_critical_in_production", &digest->critical);
}

cJSON *brief_of(struct arena *arena, const struct digest *digest, enum agent agent)
{
	static const char *const names[] = { "track", "level", "type", "status", NULL };
	static const char *const fit[] = { "level_fit", NULL };
	const struct digest told = shown(digest, agent);
	const struct brief brief = { .arena = arena, .digest = &told, .agent = agent };
	const cJSON *summary = told.summary;
	cJSON *facts = cJSON_CreateObject();

	json_set_string(facts, "role", json_string(json_get(summary, "role"), "title", ""));
	copy(facts, summary, names);
	if (is_for_recruiter(&brief))
		copy(facts, summary, fit);
	add_topics(&brief, facts);
	add_metrics(&brief, facts);
	add_names(&brief, facts);
	add_questions(&brief, facts);
	return facts;
}
