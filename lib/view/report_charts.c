#include "view/report_charts.h"

#include <math.h>

#include "base/json.h"
#include "view/chart.h"

/* From these shares of the full mark on a bar has its tone, as the verdicts have it. */
#define GOOD_FROM 0.7
#define PART_FROM 0.5

#define RUBRIC_MAX 5

struct paper {
	struct arena *arena;
	enum language language;
};

static const char *tone_of(double ratio)
{
	if (isnan(ratio))
		return NULL;
	if (ratio >= GOOD_FROM)
		return "good";
	return ratio >= PART_FROM ? "part" : "poor";
}

static struct chart new_chart(const struct paper *paper, const char *id, const char *title)
{
	return (struct chart){
		.id = id,
		.title = title,
		.description =
		        i18n(paper->language,
		             "A bar for each row; the same figures stand in the table below."),
		.table = i18n(paper->language, "Figures"),
		.text_head = i18n(paper->language, "Result"),
		.low = "",
		.high = "",
	};
}

/* Points of a chart while they are collected. */
struct bars {
	struct chart_point *points;
	size_t count;
};

static struct bars new_bars(const struct paper *paper, size_t most)
{
	return (struct bars){ .points = arena_array(paper->arena, most + 1,
		                                    sizeof(struct chart_point)) };
}

static void set_bars(const struct paper *paper, cJSON *page, const char *name,
                     const struct chart *chart, const struct bars *bars)
{
	const char *html = chart_bars(paper->arena, chart, bars->points, bars->count);

	if (html == NULL)
		json_set_null(page, name);
	else
		json_set_html(page, name, html);
}

/* --- rubric, skills, tracks ------------------------------------------------------------ */

static void add_rubric(const struct paper *paper, cJSON *rubric)
{
	const cJSON *rows = json_get(rubric, "dimensions"), *row;
	struct chart chart = new_chart(paper, "rubric-chart",
	                               i18n(paper->language, "Quality of the answers"));
	struct bars bars = new_bars(paper, json_count(rubric, "dimensions"));

	if (rubric == NULL)
		return;
	chart.label_head = i18n(paper->language, "Dimension");
	chart.text_head = i18n(paper->language, "Points of 5");
	cJSON_ArrayForEach(row, rows)
	{
		const double ratio = json_number(row, "value", NAN) / RUBRIC_MAX;

		bars.points[bars.count++] = (struct chart_point){
			.label = json_string(row, "name", ""),
			.text = json_string(row, "figure", ""),
			.value = ratio,
			.tone = tone_of(ratio),
		};
	}
	set_bars(paper, rubric, "chart", &chart, &bars);
}

static const char *group_detail(const struct paper *paper, const cJSON *row, bool is_track)
{
	if (!is_track)
		return json_string(row, "questions", "");
	return arena_printf(paper->arena, "%s / %s", json_string(row, "score", ""),
	                    json_string(row, "max_score", ""));
}

static void add_groups(const struct paper *paper, cJSON *page, const char *rows_name,
                       struct chart *chart)
{
	const bool is_track = rows_name[0] == 't';
	const cJSON *rows = json_get(page, rows_name), *row;
	struct bars bars = new_bars(paper, json_count(page, rows_name));

	cJSON_ArrayForEach(row, rows)
	{
		const double ratio = json_number(row, "ratio", NAN);

		bars.points[bars.count++] = (struct chart_point){
			.label = json_string(row, "name", ""),
			.text = json_string(row, "percent", ""),
			.detail = group_detail(paper, row, is_track),
			.value = ratio,
			.tone = tone_of(ratio),
		};
	}
	set_bars(paper, page, is_track ? "track_chart" : "skill_chart", chart, &bars);
}

/* --- time --------------------------------------------------------------------------------- */

static double longest(const cJSON *rows)
{
	const cJSON *row;
	double seconds = 0;

	cJSON_ArrayForEach(row, rows) seconds = fmax(seconds, json_number(row, "seconds", 0));
	return seconds;
}

static void add_times(const struct paper *paper, cJSON *page)
{
	const cJSON *rows = json_get(page, "times"), *row;
	const double most = longest(rows);
	struct chart chart = new_chart(paper, "time-chart",
	                               i18n(paper->language, "Time per question"));
	struct bars bars = new_bars(paper, json_count(page, "times"));

	chart.description = i18n(paper->language,
	                         "A bar for each question, as long as the time it took; its shade "
	                         "is the mark. The same figures stand in the table below.");
	chart.label_head = i18n(paper->language, "Question");
	chart.text_head = i18n(paper->language, "Time");
	chart.detail_head = i18n(paper->language, "Result");
	cJSON_ArrayForEach(row, rows)
	{
		bars.points[bars.count++] = (struct chart_point){
			.label = arena_printf(paper->arena, "%d. %s",
			                      (int)json_number(row, "number", 0),
			                      json_string(row, "text", "")),
			.text = json_string(row, "duration", ""),
			.detail = json_string(row, "percent", ""),
			.value = json_number(row, "seconds", 0) / most,
			.tone = tone_of(json_number(row, "ratio", NAN)),
		};
	}
	set_bars(paper, page, "time_chart", &chart, &bars);
}

void report_charts_add(struct arena *arena, cJSON *page, enum language language)
{
	const struct paper paper = { .arena = arena, .language = language };
	struct chart skills = new_chart(&paper, "skill-chart", i18n(language, "By skill"));
	struct chart tracks = new_chart(&paper, "track-chart", i18n(language, "By track"));

	add_rubric(&paper, cJSON_GetObjectItemCaseSensitive(page, "rubric"));
	skills.label_head = i18n(language, "Skill");
	skills.detail_head = i18n(language, "Questions");
	add_groups(&paper, page, "skills", &skills);
	tracks.label_head = i18n(language, "Track");
	tracks.detail_head = i18n(language, "Points");
	add_groups(&paper, page, "tracks", &tracks);
	add_times(&paper, page);
}
