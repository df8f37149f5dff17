/* Charts: well-formed at any number of points, without styles, with the same data in a table. */
#include "check.h"

#include <math.h>

#include "base/text.h"
#include "view/chart.h"

static const struct chart chart = {
	.id = "scores",
	.title = "Score over time",
	.description = "It rises.",
	.table = "Figures",
	.label_head = "Date",
	.text_head = "Result",
	.low = "0%",
	.high = "100%",
};

static int count(const char *html, const char *part)
{
	int found = 0;

	for (const char *p = html; (p = strstr(p, part)) != NULL; p += strlen(part))
		found++;
	return found;
}

static bool has(const char *html, const char *part)
{
	return strstr(html, part) != NULL;
}

/* Every element that is opened is closed, in order. */
static bool is_well_formed(const char *html)
{
	const char *open[32];
	size_t lens[32], depth = 0;

	for (const char *p = html; (p = strchr(p, '<')) != NULL; p++) {
		const char *end = strchr(p, '>'), *name = p + (p[1] == '/' ? 2 : 1);
		const size_t len = strcspn(name, " />");

		if (end == NULL)
			return false;
		if (end[-1] == '/')
			continue;
		if (p[1] != '/') {
			open[depth] = name;
			lens[depth++] = len;
		} else if (depth == 0 || lens[--depth] != len ||
		           strncmp(open[depth], name, len) != 0) {
			return false;
		}
	}
	return depth == 0;
}

static struct chart_point point(double value)
{
	return (struct chart_point){ .label = "21.11.2026", .text = "x%", .value = value };
}

static void without_points_there_is_no_chart(void)
{
	CHECK(chart_line(arena, &chart, NULL, 0) == NULL);
	CHECK(chart_bars(arena, &chart, NULL, 0) == NULL);
}

static void one_point_is_a_mark_in_the_middle(void)
{
	const struct chart_point points[] = { point(0.5) };
	const char *html = chart_line(arena, &chart, points, 1);

	CHECK(is_well_formed(html));
	CHECK(has(html, "cx=\"50%\" cy=\"102\""));
	CHECK(!has(html, "<path"));
	CHECK_INT(count(html, "<tr>"), 2);
}

static void two_points_are_a_line_from_edge_to_edge(void)
{
	const struct chart_point points[] = { point(0), point(1) };
	const char *html = chart_line(arena, &chart, points, 2);

	CHECK(is_well_formed(html));
	CHECK(has(html, "d=\"M2 100L98 0\""));
	CHECK_INT(count(html, "<circle"), 2);
}

static void equal_values_are_a_level_line(void)
{
	const struct chart_point points[] = { point(0.725), point(0.725), point(0.725) };

	CHECK(has(chart_line(arena, &chart, points, 3), "d=\"M2 27.50L50 27.50L98 27.50\""));
}

static void five_hundred_points_are_a_line_without_marks(void)
{
	struct chart_point points[500];
	const char *html;

	for (int i = 0; i < 500; i++)
		points[i] = point(i / 499.0);
	html = chart_line(arena, &chart, points, 500);
	CHECK(is_well_formed(html));
	CHECK_INT(count(html, "<circle"), 0);
	CHECK_INT(count(html, "<tr>"), 501);
	CHECK(has(html, "L98 0\""));
	CHECK(strlen(html) < 64 * 1024);
}

static void what_is_no_number_leaves_a_gap(void)
{
	const struct chart_point points[] = { point(0.5), point(NAN), point(1), point(0.5) };
	const char *html = chart_line(arena, &chart, points, 4);

	CHECK(has(html, "d=\"M2 50M66 0L98 50\""));
	CHECK_INT(count(html, "<circle"), 3);
	CHECK(!has(html, "nan"));
	CHECK(!has(chart_bars(arena, &chart, points, 4), "nan"));
}

static void values_beyond_the_scale_stay_in_the_chart(void)
{
	const struct chart_point points[] = { point(-3), point(7) };

	CHECK(has(chart_line(arena, &chart, points, 2), "d=\"M2 100L98 0\""));
	CHECK(has(chart_bars(arena, &chart, points, 2), "width=\"100%\" y=\"66\""));
}

static void a_bar_is_as_long_as_its_value(void)
{
	const struct chart_point points[] = { point(0.125), point(0), point(1) };
	const char *html = chart_bars(arena, &chart, points, 3);

	CHECK(is_well_formed(html));
	CHECK(has(html, "class=\"bar\" x=\"0\" width=\"12.50%\""));
	CHECK(has(html, "class=\"bar\" x=\"0\" width=\"100%\""));
	CHECK_INT(count(html, "class=\"bar\""), 2);
	CHECK_INT(count(html, "class=\"track\""), 3);
	CHECK(has(html, "height=\"132\""));
}

static void a_long_label_is_cut_in_the_chart_and_whole_in_the_table(void)
{
	static const char label[] = "Проектирование распределённых отказоустойчивых систем";
	const struct chart_point points[] = { { .label = label, .text = "5", .value = 0.1 } };
	const char *html = chart_bars(arena, &chart, points, 1);

	CHECK(is_well_formed(html));
	CHECK(text_valid(html, strlen(html)));
	CHECK(has(html, "<title>Проектирование распределённых отказоустойчивых систем</title>"));
	CHECK(has(html, "…</text>"));
	CHECK(has(html, "<th scope=\"row\">Проектирование распределённых отказоустойчивых систем"));
}

static void only_the_first_bars_are_drawn_when_there_are_too_many(void)
{
	struct chart few = chart;
	struct chart_point points[20];
	const char *html;

	few.most = 15;
	for (int i = 0; i < 20; i++)
		points[i] = point(0.5);
	html = chart_bars(arena, &few, points, 20);
	CHECK_INT(count(html, "class=\"bar\""), 15);
	CHECK_INT(count(html, "<tr>"), 21);
}

static void names_are_text_and_never_markup(void)
{
	struct chart hostile = chart;
	const struct chart_point points[] = {
		{ .label = "<b>\"&", .text = "</svg>", .detail = "<i>", .value = 0.5 },
		{ .label = "b", .text = "c", .value = 0.5 },
	};

	hostile.title = "<script>";
	hostile.description = "\"><script>";
	hostile.detail_head = "Detail";
	for (int i = 0; i < 2; i++) {
		const char *html = i == 0 ? chart_line(arena, &hostile, points, 2)
		                          : chart_bars(arena, &hostile, points, 2);

		CHECK(is_well_formed(html));
		CHECK(!has(html, "<script"));
		CHECK(!has(html, "<b>"));
		CHECK(has(html, "&lt;script&gt;"));
		CHECK(has(html, "<td>&lt;i&gt;</td>"));
	}
}

static void who_does_not_see_it_gets_a_name_a_description_and_a_table(void)
{
	const struct chart_point points[] = { point(0.5), point(0.6) };
	const char *html = chart_line(arena, &chart, points, 2);

	CHECK(has(html, "role=\"img\""));
	CHECK(has(html, "aria-labelledby=\"scores-title scores-desc\""));
	CHECK(has(html, "<title id=\"scores-title\">Score over time</title>"));
	CHECK(has(html, "<desc id=\"scores-desc\">It rises.</desc>"));
	CHECK(has(html, "<summary>Figures</summary>"));
	CHECK(!has(html, "style="));
	CHECK(!has(html, "<style"));
}

int main(void)
{
	RUN(without_points_there_is_no_chart);
	RUN(one_point_is_a_mark_in_the_middle);
	RUN(two_points_are_a_line_from_edge_to_edge);
	RUN(equal_values_are_a_level_line);
	RUN(five_hundred_points_are_a_line_without_marks);
	RUN(what_is_no_number_leaves_a_gap);
	RUN(values_beyond_the_scale_stay_in_the_chart);
	RUN(a_bar_is_as_long_as_its_value);
	RUN(a_long_label_is_cut_in_the_chart_and_whole_in_the_table);
	RUN(only_the_first_bars_are_drawn_when_there_are_too_many);
	RUN(names_are_text_and_never_markup);
	RUN(who_does_not_see_it_gets_a_name_a_description_and_a_table);
	return check_done();
}
