#include "view/progress_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/zone.h"
#include "report/growth.h"
#include "report/terms.h"
#include "view/chart.h"

enum { SKILLS_DRAWN = 15, WEAK_SHOWN = 10, DIMENSIONS = 5 };

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* What the builders of the page's parts share. */
struct paper {
	struct arena *arena;
	enum language language;
	cJSON *page;
};

static double ratio_of(const struct progress_score *score)
{
	return score->max_score > 0 ? score->score / score->max_score : (double)NAN;
}

static const char *percent(const struct paper *paper, double ratio)
{
	return format_percent(paper->arena, paper->language, ratio);
}

/* What all charts of the page have alike. */
static struct chart new_chart(const struct paper *paper, const char *id, const char *title)
{
	return (struct chart){
		.id = id,
		.title = title,
		.description = title,
		.table = i18n(paper->language, "Figures"),
		.text_head = i18n(paper->language, "Result"),
		.low = percent(paper, 0),
		.high = percent(paper, 1),
	};
}

static void set_chart(const struct paper *paper, const char *name, const char *html)
{
	if (html != NULL)
		json_set_html(paper->page, name, html);
	else
		json_set_null(paper->page, name);
}

/* --- scores over time ---------------------------------------------------------------- */

struct score_facts {
	double first, latest, best, mean; /* ratios */
	int counted;
};

static struct score_facts score_facts_of(const struct progress_score_list *scores)
{
	struct score_facts facts = { 0 };
	double sum = 0;

	for (size_t i = 0; i < scores->count; i++) {
		const double ratio = ratio_of(&scores->items[i]);

		if (isnan(ratio))
			continue;
		if (facts.counted++ == 0)
			facts.first = facts.best = ratio;
		facts.best = fmax(facts.best, ratio);
		facts.latest = ratio;
		sum += ratio;
	}
	facts.mean = facts.counted > 0 ? sum / facts.counted : (double)NAN;
	return facts;
}

static void add_score_chart(const struct paper *paper, const struct progress_score_list *scores,
                            const struct score_facts *facts)
{
	struct chart chart = new_chart(paper, "scores", i18n(paper->language, "Score over time"));
	struct chart_point *points = arena_array(paper->arena, scores->count, sizeof(*points));

	chart.description = arena_printf(
	        paper->arena,
	        i18n(paper->language, "Results in the order of the interviews: %1$s in the "
	                              "first, %2$s in the latest, %3$s at best."),
	        percent(paper, facts->first), percent(paper, facts->latest),
	        percent(paper, facts->best));
	chart.label_head = i18n(paper->language, "Date");
	chart.detail_head = i18n(paper->language, "Role");
	for (size_t i = 0; i < scores->count; i++) {
		const struct progress_score *score = &scores->items[i];

		points[i] = (struct chart_point){
			.label = zone_text(paper->arena, score->finished_at, CLOCK_DATE),
			.text = percent(paper, ratio_of(score)),
			.detail = score->role_title,
			.value = ratio_of(score),
		};
	}
	set_chart(paper, "score_chart", chart_line(paper->arena, &chart, points, scores->count));
}

/* --- by track, by skill, by dimension ------------------------------------------------ */

/* In percentage points, as the comparison has it. */
static const char *trend_text(const struct paper *paper, double trend)
{
	const char *figure = format_decimal(paper->arena, paper->language, fabs(trend) * 100, 1);

	if (strcmp(figure, "0") == 0)
		return figure;
	return arena_printf(paper->arena, "%s%s", trend > 0 ? "+" : "−", figure);
}

/* "12 questions", and where there are enough of them how they went of late. */
static const char *group_detail(const struct paper *paper, const struct growth_group *group)
{
	const char *questions = arena_printf(
	        paper->arena,
	        i18n_plural(paper->language, "%d question", "%d questions", group->questions),
	        group->questions);

	if (isnan(group->trend))
		return questions;
	return arena_printf(paper->arena, "%s, %s", questions, trend_text(paper, group->trend));
}

static const char *draw_groups(const struct paper *paper, struct chart *chart,
                               const struct growth_group_list *groups,
                               const char *(*name)(enum language, const char *))
{
	struct chart_point *points = arena_array(paper->arena, groups->count, sizeof(*points));

	chart->detail_head = i18n(paper->language, "Questions, and the change of late");
	for (size_t i = 0; i < groups->count; i++) {
		const struct growth_group *group = &groups->items[i];

		points[i] = (struct chart_point){
			.label = name(paper->language, group->name),
			.text = percent(paper, group->ratio),
			.detail = group_detail(paper, group),
			.value = group->ratio,
		};
	}
	return chart_bars(paper->arena, chart, points, groups->count);
}

static void add_group_charts(const struct paper *paper, const struct growth_bank *bank,
                             const struct progress_rows *rows)
{
	struct chart tracks = new_chart(paper, "tracks", i18n(paper->language, "By track"));
	struct chart skills = new_chart(paper, "skills", i18n(paper->language, "By skill"));
	struct growth_samples samples;
	struct growth_group_list list;

	growth_sample_all(paper->arena, bank, &rows->answers, &rows->attempts, &samples);
	tracks.label_head = i18n(paper->language, "Track");
	list = growth_groups(&samples.tracks);
	set_chart(paper, "track_chart", draw_groups(paper, &tracks, &list, terms_track));
	skills.label_head = i18n(paper->language, "Skill");
	skills.most = SKILLS_DRAWN;
	list = growth_groups(&samples.skills);
	set_chart(paper, "skill_chart", draw_groups(paper, &skills, &list, terms_tag));
	json_set_bool(paper->page, "skills_are_cut", list.count > SKILLS_DRAWN);
}

static void add_rubric_chart(const struct paper *paper, const struct progress_answer_list *answers)
{
	static const char *const names[DIMENSIONS] = { "structure", "relevance",
		                                       "technical_accuracy", "depth",
		                                       "communication" };
	struct chart chart = new_chart(paper, "rubric",
	                               i18n(paper->language, "Quality of the answers"));
	struct chart_point points[DIMENSIONS];
	double means[DIMENSIONS];

	if (!growth_rubric(answers, means)) {
		json_set_null(paper->page, "rubric_chart");
		return;
	}
	chart.label_head = i18n(paper->language, "Dimension");
	chart.text_head = i18n(paper->language, "Points of 5");
	for (int i = 0; i < DIMENSIONS; i++)
		points[i] = (struct chart_point){
			.label = terms_dimension(paper->language, names[i]),
			.text = format_decimal(paper->arena, paper->language, means[i], 1),
			.value = means[i] / 5,
		};
	set_chart(paper, "rubric_chart", chart_bars(paper->arena, &chart, points, DIMENSIONS));
}

/* --- weak points --------------------------------------------------------------------- */

static void add_weak_point(const struct paper *paper, cJSON *list, const struct growth_weak *weak)
{
	const struct progress_point *point = &weak->point;
	cJSON *item = json_add_object(list);

	json_set_string(item, "text", weak->text);
	json_set_string(item, "question", weak->question->text);
	json_set_string(item, "status", terms_status(paper->language, point->last_status));
	json_set_string(item, "status_code", point->last_status);
	json_set_number(item, "missing", point->missing);
	json_set_number(item, "partial", point->partial);
	json_set_number(item, "covered", point->covered);
	json_set_string(item, "date", zone_text(paper->arena, point->last_at, CLOCK_DATE));
	json_set_string(item, "interview", point->last_interview_id);
	json_set_number(item, "position", point->last_position);
}

static void add_weak_points(const struct paper *paper, const struct growth_bank *bank,
                            const struct progress_point_list *points)
{
	const struct growth_weak_list weak = growth_weak_points(paper->arena, bank, points);
	const size_t shown = weak.count < WEAK_SHOWN ? weak.count : WEAK_SHOWN;
	cJSON *list = json_set_array(paper->page, "weak");

	for (size_t i = 0; i < shown; i++)
		add_weak_point(paper, list, &weak.items[i]);
	json_set_bool(paper->page, "has_weak", shown > 0);
	if (weak.count > shown)
		json_set_string(paper->page, "more_weak",
		                arena_printf(paper->arena,
		                             i18n_plural(paper->language,
		                                         "%d more key point waits behind these.",
		                                         "%d more key points wait behind these.",
		                                         (long long)(weak.count - shown)),
		                             (int)(weak.count - shown)));
	if (weak.mended > 0)
		json_set_string(
		        paper->page, "mended",
		        arena_printf(paper->arena,
		                     i18n_plural(paper->language,
		                                 "%d key point that was missed before was said the "
		                                 "last time.",
		                                 "%d key points that were missed before were said "
		                                 "the last time.",
		                                 (long long)weak.mended),
		                     (int)weak.mended));
}

/* --- the page ------------------------------------------------------------------------ */

static int64_t day_of(int64_t ms)
{
	return (ms + zone_offset_min(ms) * INT64_C(60000)) / DAY_MS;
}

static const char *days_text(const struct paper *paper, int days)
{
	return arena_printf(paper->arena, i18n_plural(paper->language, "%d day", "%d days", days),
	                    days);
}

static void add_facts(const struct paper *paper, const struct progress_rows *rows,
                      const struct score_facts *scores)
{
	int64_t *days = arena_array(paper->arena, rows->times.count, sizeof(*days));
	struct growth_streak streak;
	cJSON *facts = json_set_object(paper->page, "facts");

	for (size_t i = 0; i < rows->times.count; i++)
		days[i] = day_of(rows->times.items[i]);
	streak = growth_streak(days, rows->times.count, day_of(rows->now));
	json_set_number(facts, "interviews", (double)rows->scores.count);
	json_set_string(facts, "mean", percent(paper, scores->mean));
	json_set_string(facts, "best", percent(paper, scores->counted > 0 ? scores->best : NAN));
	json_set_string(facts, "streak", days_text(paper, streak.days));
	json_set_string(facts, "longest", days_text(paper, streak.longest));
}

void progress_view_add_due(struct arena *arena, cJSON *page, int due, enum language language)
{
	json_set_bool(page, "has_due", due > 0);
	json_set_string(page, "due_text",
	                arena_printf(arena,
	                             i18n_plural(language, "%d key point is due for review.",
	                                         "%d key points are due for review.", due),
	                             due));
}

cJSON *progress_view(struct arena *arena, struct progress_rows *rows, enum language language)
{
	const struct paper paper = { arena, language, cJSON_CreateObject() };
	const struct score_facts scores = score_facts_of(&rows->scores);
	const struct growth_bank bank = growth_read_bank(arena, &rows->questions, language);

	json_set_bool(paper.page, "has_progress", rows->scores.count > 0);
	add_facts(&paper, rows, &scores);
	add_score_chart(&paper, &rows->scores, &scores);
	add_group_charts(&paper, &bank, rows);
	add_rubric_chart(&paper, &rows->answers);
	add_weak_points(&paper, &bank, &rows->points);
	progress_view_add_due(arena, paper.page, rows->due, language);
	return paper.page;
}
