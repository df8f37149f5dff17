#include "view/chart.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* CSS pixels, since text must not shrink with the window: lengths across are per cent. */
enum {
	PLOT_TOP = 22, /* room for the scale's upper end */
	PLOT_HEIGHT = 160,
	PLOT_BOTTOM = 26, /* room for the labels */
	ROW_HEIGHT = 44,
	BAR_TOP = 22,
	BAR_HEIGHT = 12,
	LABEL_MAX = 30 /* characters beside a value, on the narrowest phone */
};

enum { MARKS_MOST = 60, EDGE_PERCENT = 2 };

static void add_text(struct buf *out, const char *text)
{
	buf_html(out, text, strlen(text));
}

/* An element with text in it and nothing else. */
static void add_element(struct buf *out, const char *open, const char *text, const char *close)
{
	buf_str(out, open);
	add_text(out, text);
	buf_str(out, close);
}

/* Numbers in attributes have a point and no more digits than a screen has pixels. */
static void add_number(struct buf *out, const char *before, double number, const char *after)
{
	buf_printf(out, "%s%lld", before, llround(number * 100) / 100);
	if (llround(number * 100) % 100 != 0)
		buf_printf(out, ".%02lld", llround(number * 100) % 100);
	buf_str(out, after);
}

static double clamped(double value)
{
	return fmin(fmax(value, 0), 1);
}

static size_t drawn(const struct chart *chart, size_t count)
{
	return chart->most > 0 && chart->most < count ? chart->most : count;
}

static void open_figure(struct buf *out, const struct chart *chart, const char *kind, int height)
{
	add_element(out, "<figure class=\"chart ", kind, "\" id=\"");
	add_element(out, "", chart->id, "\">\n<svg role=\"img\" width=\"100%\" height=\"");
	buf_printf(out, "%d\" aria-labelledby=\"", height);
	add_element(out, "", chart->id, "-title ");
	add_element(out, "", chart->id, "-desc\">\n<title id=\"");
	add_element(out, "", chart->id, "-title\">");
	add_element(out, "", chart->title, "</title>\n<desc id=\"");
	add_element(out, "", chart->id, "-desc\">");
	add_element(out, "", chart->description, "</desc>\n");
}

static void add_row(struct buf *out, const struct chart *chart, const struct chart_point *point)
{
	add_element(out, "<tr><th scope=\"row\">", point->label, "</th><td>");
	add_element(out, "", point->text, "</td>");
	if (chart->detail_head != NULL)
		add_element(out, "<td>", point->detail != NULL ? point->detail : "", "</td>");
	buf_str(out, "</tr>\n");
}

static void close_figure(struct buf *out, const struct chart *chart,
                         const struct chart_point *points, size_t count)
{
	add_element(
	        out, "</svg>\n<details>\n<summary>", chart->table,
	        "</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
	add_element(out, "", chart->title, "\">\n<table>\n<caption>");
	add_element(out, "", chart->title, "</caption>\n<thead><tr><th scope=\"col\">");
	add_element(out, "", chart->label_head, "</th><th scope=\"col\">");
	add_element(out, "", chart->text_head, "</th>");
	if (chart->detail_head != NULL)
		add_element(out, "<th scope=\"col\">", chart->detail_head, "</th>");
	buf_str(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < count; i++)
		add_row(out, chart, &points[i]);
	buf_str(out, "</tbody>\n</table>\n</div>\n</details>\n</figure>\n");
}

/* --- the line ------------------------------------------------------------------------ */

static double across(size_t index, size_t count)
{
	if (count == 1)
		return 50;
	return EDGE_PERCENT + (100.0 - 2 * EDGE_PERCENT) * (double)index / (double)(count - 1);
}

static void add_grid(struct buf *out, const struct chart *chart)
{
	for (int i = 0; i <= 4; i++) {
		const int y = PLOT_TOP + PLOT_HEIGHT * i / 4;

		buf_printf(out,
		           "<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>\n", y,
		           y);
	}
	buf_printf(out, "<text x=\"0\" y=\"%d\">", PLOT_TOP - 6);
	add_element(out, "", chart->high, "</text>\n");
	buf_printf(out, "<text x=\"0\" y=\"%d\">", PLOT_TOP + PLOT_HEIGHT - 6);
	add_element(out, "", chart->low, "</text>\n");
}

/* Stretched to the plot's size: a polyline knows no per cents. A gap where there is no value. */
static void add_path(struct buf *out, const struct chart_point *points, size_t count)
{
	bool is_open = false;

	buf_printf(out,
	           "<svg y=\"%d\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 100 100\""
	           " preserveAspectRatio=\"none\">\n<path class=\"line\" "
	           "vector-effect=\"non-scaling-stroke\" d=\"",
	           PLOT_TOP, PLOT_HEIGHT);
	for (size_t i = 0; i < count; i++) {
		if (isnan(points[i].value)) {
			is_open = false;
			continue;
		}
		add_number(out, is_open ? "L" : "M", across(i, count), " ");
		add_number(out, "", 100 * (1 - clamped(points[i].value)), "");
		is_open = true;
	}
	buf_str(out, "\"/>\n</svg>\n");
}

static void add_marks(struct buf *out, const struct chart_point *points, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (isnan(points[i].value))
			continue;
		add_number(out, "<circle class=\"mark\" r=\"4\" cx=\"", across(i, count), "%\"");
		add_number(out, " cy=\"", PLOT_TOP + PLOT_HEIGHT * (1 - clamped(points[i].value)),
		           "\"><title>");
		add_element(out, "", points[i].label, ": ");
		add_element(out, "", points[i].text, "</title></circle>\n");
	}
}

static void add_ends(struct buf *out, const struct chart_point *points, size_t count)
{
	const int y = PLOT_TOP + PLOT_HEIGHT + 18;

	if (count == 1) {
		buf_printf(out, "<text class=\"middle\" x=\"50%%\" y=\"%d\">", y);
		add_element(out, "", points[0].label, "</text>\n");
		return;
	}
	buf_printf(out, "<text x=\"0\" y=\"%d\">", y);
	add_element(out, "", points[0].label, "</text>\n");
	buf_printf(out, "<text class=\"end\" x=\"100%%\" y=\"%d\">", y);
	add_element(out, "", points[count - 1].label, "</text>\n");
}

const char *chart_line(struct arena *arena, const struct chart *chart,
                       const struct chart_point *points, size_t count)
{
	const size_t shown = drawn(chart, count);
	const struct chart_point *latest = points + (count - shown);
	struct buf out;

	if (count == 0)
		return NULL;
	buf_init(&out, arena);
	open_figure(&out, chart, "over-time", PLOT_TOP + PLOT_HEIGHT + PLOT_BOTTOM);
	add_grid(&out, chart);
	if (shown > 1)
		add_path(&out, latest, shown);
	if (shown <= MARKS_MOST)
		add_marks(&out, latest, shown);
	add_ends(&out, latest, shown);
	close_figure(&out, chart, points, count);
	return out.data;
}

/* --- the bars ------------------------------------------------------------------------ */

static void add_bar(struct arena *arena, struct buf *out, const struct chart_point *point, int top)
{
	const char *label = text_shortened(arena, point->label, LABEL_MAX);

	buf_printf(out, "<text class=\"label\" x=\"0\" y=\"%d\">", top + BAR_TOP - 7);
	if (strcmp(label, point->label) != 0)
		add_element(out, "<title>", point->label, "</title>");
	add_element(out, "", label, "</text>\n");
	buf_printf(out, "<text class=\"end\" x=\"100%%\" y=\"%d\">", top + BAR_TOP - 7);
	add_element(out, "", point->text, "</text>\n");
	buf_printf(out,
	           "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"100%%\" height=\"%d\""
	           " rx=\"3\"/>\n",
	           top + BAR_TOP, BAR_HEIGHT);
	if (isnan(point->value) || point->value <= 0)
		return;
	buf_printf(out, "<rect class=\"bar%s%s\"", point->tone != NULL ? " " : "",
	           point->tone != NULL ? point->tone : "");
	add_number(out, " x=\"0\" width=\"", 100 * clamped(point->value), "%\"");
	buf_printf(out, " y=\"%d\" height=\"%d\" rx=\"3\"/>\n", top + BAR_TOP, BAR_HEIGHT);
}

const char *chart_bars(struct arena *arena, const struct chart *chart,
                       const struct chart_point *points, size_t count)
{
	const size_t shown = drawn(chart, count);
	struct buf out;

	if (count == 0)
		return NULL;
	buf_init(&out, arena);
	open_figure(&out, chart, "by-name", ROW_HEIGHT * (int)shown);
	for (size_t i = 0; i < shown; i++)
		add_bar(arena, &out, &points[i], ROW_HEIGHT * (int)i);
	close_figure(&out, chart, points, count);
	return out.data;
}
