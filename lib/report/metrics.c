#include <math.h>

#include "base/json.h"
#include "report/facts.h"
#include "report/normalize.h"
#include "report/report.h"
#include "report/tally.h"

/* Sums over all questions. */
struct totals {
	struct tally all, theory, coding, knowledge, practice;
	struct tally_list tracks, tags;
	struct score_rubric rubric;
	int graded;
	double seconds, attempts, hints;
};

static void count_in(struct tally *tally, const struct facts *facts)
{
	tally->score += facts->score;
	tally->max_score += facts->max_score;
	tally->questions++;
}

static void add_rubric(struct totals *totals, const cJSON *rubric)
{
	struct score_rubric *sum = &totals->rubric;

	sum->structure += json_number(rubric, "structure", 0);
	sum->relevance += json_number(rubric, "relevance", 0);
	sum->technical_accuracy += json_number(rubric, "technical_accuracy", 0);
	sum->depth += json_number(rubric, "depth", 0);
	sum->communication += json_number(rubric, "communication", 0);
	totals->graded++;
}

static void add_question(struct totals *totals, const cJSON *question)
{
	struct facts facts = facts_of(question);
	const cJSON *tag;

	count_in(&totals->all, &facts);
	count_in(facts.is_coding ? &totals->coding : &totals->theory, &facts);
	count_in(facts.is_practice ? &totals->practice : &totals->knowledge, &facts);
	tally_add(&totals->tracks, facts.track, facts.score, facts.max_score);
	cJSON_ArrayForEach(tag, facts.tags)
	        tally_add(&totals->tags, tag->valuestring, facts.score, facts.max_score);
	if (facts.rubric != NULL)
		add_rubric(totals, facts.rubric);
	totals->seconds += facts.seconds;
	if (facts.is_coding) {
		const cJSON *coding = json_get(json_get(question, "metrics"), "coding");

		totals->attempts += json_number(coding, "attempts", 0);
		totals->hints += json_number(coding, "hints_used", 0);
	}
}

/* Null for an empty group. */
static void set_average(cJSON *object, const char *name, double sum, int count)
{
	json_set_number(object, name, count > 0 ? json_rounded(sum / count) : NAN);
}

static void add_overall(cJSON *metrics, const struct totals *totals)
{
	const struct tally *all = &totals->all;
	cJSON *overall = json_set_object(metrics, "overall");

	json_set_number(overall, "total_questions", all->questions);
	json_set_number(overall, "theory_questions", totals->theory.questions);
	json_set_number(overall, "coding_questions", totals->coding.questions);
	json_set_number(overall, "total_score", json_rounded(all->score));
	json_set_number(overall, "max_total_score", json_rounded(all->max_score));
	json_set_number(overall, "score_ratio", json_rounded(tally_ratio(all)));
	json_set_number(overall, "time_total_sec", json_rounded(totals->seconds));
	set_average(overall, "avg_time_per_question_sec", totals->seconds, all->questions);
}

static void add_types(cJSON *metrics, const struct totals *totals)
{
	cJSON *types = json_set_object(metrics, "by_type"), *coding;
	const struct tally *tally = &totals->coding;

	tally_set(types, "theory", &totals->theory);
	coding = json_set_object(types, "coding");
	json_set_number(coding, "score", json_rounded(tally->score));
	json_set_number(coding, "max_score", json_rounded(tally->max_score));
	json_set_number(coding, "score_ratio", json_rounded(tally_ratio(tally)));
	set_average(coding, "avg_attempts", totals->attempts, tally->questions);
	set_average(coding, "avg_hints_used", totals->hints, tally->questions);
}

static void add_tracks(cJSON *metrics, const struct tally_list *tracks)
{
	cJSON *item = json_set_object(metrics, "by_track");

	for (size_t i = 0; i < tracks->count; i++)
		tally_set(item, tracks->items[i].name, &tracks->items[i]);
}

static void add_skills(cJSON *metrics, const struct tally_list *tags)
{
	cJSON *skills = json_set_object(metrics, "by_skill");

	for (size_t i = 0; i < tags->count; i++) {
		cJSON *skill = json_set_object(skills, tags->items[i].name);

		json_set_number(skill, "score_ratio", json_rounded(tally_ratio(&tags->items[i])));
		json_set_number(skill, "questions", tags->items[i].questions);
	}
}

static void add_focus(cJSON *metrics, const struct totals *totals)
{
	cJSON *focus = json_set_object(metrics, "by_focus");

	tally_set(focus, "knowledge", &totals->knowledge);
	tally_set(focus, "practice", &totals->practice);
}

static void add_rubric_averages(cJSON *metrics, const struct totals *totals)
{
	const struct score_rubric *sum = &totals->rubric;
	double count = totals->graded > 0 ? (double)totals->graded : (double)NAN;

	normalize_set_rubric(metrics, &(struct score_rubric){
	                                      .structure = sum->structure / count,
	                                      .relevance = sum->relevance / count,
	                                      .technical_accuracy = sum->technical_accuracy / count,
	                                      .depth = sum->depth / count,
	                                      .communication = sum->communication / count,
	                              });
}

static void add_anti_cheat(cJSON *metrics, enum language language)
{
	cJSON *item = json_set_object(metrics, "anti_cheat");

	json_set_number(item, "suspicious_events", 0);
	json_set_string(item, "notes", i18n(language, "no suspicious activity recorded"));
}

cJSON *report_metrics(struct arena *arena, const cJSON *questions, enum language language)
{
	struct totals totals = { 0 };
	cJSON *metrics = cJSON_CreateObject();
	const cJSON *question;

	tally_init(&totals.tracks, arena);
	tally_init(&totals.tags, arena);
	cJSON_ArrayForEach(question, questions) add_question(&totals, question);
	tally_merge(&totals.tracks);
	tally_merge(&totals.tags);
	add_overall(metrics, &totals);
	add_types(metrics, &totals);
	add_tracks(metrics, &totals.tracks);
	add_skills(metrics, &totals.tags);
	add_focus(metrics, &totals);
	add_rubric_averages(metrics, &totals);
	add_anti_cheat(metrics, language);
	return metrics;
}
