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
	double seconds;
	struct code_totals {
		double attempts, hints, errors;
		int solved, solved_first_try, assisted, unjudged;
	} code;
};

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

static void add_code(struct code_totals *totals, const struct code_facts *code)
{
	totals->attempts += code->attempts;
	totals->hints += code->hints;
	totals->errors += code->errors;
	totals->solved += code->is_solved;
	totals->solved_first_try += code->is_solved && code->failures == 0;
	totals->assisted += code->is_assisted;
	totals->unjudged += code->is_unjudged;
}

static void add_question(struct totals *totals, const cJSON *question)
{
	struct facts facts = facts_of(question);
	const double score = facts.code.is_unjudged ? NAN : facts.score;
	const cJSON *tag;

	tally_count(&totals->all, score, facts.max_score);
	tally_count(facts.is_coding ? &totals->coding : &totals->theory, score, facts.max_score);
	tally_count(facts.is_practice ? &totals->practice : &totals->knowledge, score,
	            facts.max_score);
	tally_add(&totals->tracks, facts.track, score, facts.max_score);
	cJSON_ArrayForEach(tag, facts.tags)
	        tally_add(&totals->tags, tag->valuestring, score, facts.max_score);
	if (facts.rubric != NULL)
		add_rubric(totals, facts.rubric);
	totals->seconds += facts.seconds;
	if (facts.is_coding)
		add_code(&totals->code, &facts.code);
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
	const struct code_totals *code = &totals->code;
	int questions = totals->coding.questions;

	tally_set(types, "theory", &totals->theory);
	coding = tally_set(types, "coding", &totals->coding);
	set_average(coding, "avg_attempts", code->attempts, questions);
	set_average(coding, "avg_hints_used", code->hints, questions);
	json_set_number(coding, "attempts", code->attempts);
	json_set_number(coding, "hints_used", code->hints);
	json_set_number(coding, "errors_count", code->errors);
	json_set_number(coding, "solved", code->solved);
	json_set_number(coding, "solved_first_try", code->solved_first_try);
	json_set_number(coding, "assisted", code->assisted);
	json_set_number(coding, "unjudged", code->unjudged);
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

static void count_kind(cJSON *kinds, const char *kind)
{
	double count = json_number(kinds, kind, 0);

	if (count > 0)
		cJSON_SetNumberValue(cJSON_GetObjectItemCaseSensitive(kinds, kind), count + 1);
	else
		json_set_number(kinds, kind, 1);
}

static const char *event_note(struct arena *arena, enum language language, size_t count)
{
	if (count == 0)
		return i18n(language, "no suspicious activity recorded");
	return arena_printf(arena,
	                    i18n_plural(language, "%d event was recorded; an event is no verdict",
	                                "%d events were recorded; an event is no verdict",
	                                (long long)count),
	                    (int)count);
}

/* What the events show is for the admin only and stays out of the document. */
static void add_anti_cheat(struct arena *arena, cJSON *metrics, const struct report_source *source)
{
	cJSON *item = json_set_object(metrics, "anti_cheat"), *kinds;

	json_set_number(item, "suspicious_events", (double)source->event_count);
	kinds = json_set_object(item, "by_kind");
	for (size_t i = 0; i < source->event_count; i++)
		count_kind(kinds, source->events[i].kind);
	json_set_string(item, "notes",
	                event_note(arena, source->interview.language, source->event_count));
}

cJSON *report_metrics(struct arena *arena, const struct report_source *source,
                      const cJSON *questions)
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
	add_anti_cheat(arena, metrics, source);
	return metrics;
}
