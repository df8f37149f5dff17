#include <math.h>
#include <string.h>

#include "base/json.h"
#include "pdf/writer.h"

#define BAR_ROW 24.0 /* a label and the bar below it */
#define PI      3.14159265358979323846

enum { RUBRIC_MAX = 5, AXES_MOST = 8, RINGS = 5 };

static struct sheet_spot spot(double x, double y)
{
	return (struct sheet_spot){ x, y };
}

struct bar {
	const char *name, *text;
	double ratio;
};

/* A bar with its name and figure above it; its corner at `at`. */
static void draw_bar(const struct writer *writer, const struct bar *bar, struct sheet_spot at,
                     double width)
{
	struct sheet *sheet = writer->sheet;

	sheet_label(sheet, SHEET_LEFT, at, width * 0.72, bar->name);
	sheet_label(sheet, SHEET_RIGHT, spot(at.x + width, at.y), width * 0.26, bar->text);
	sheet_box(sheet, spot(at.x, at.y + 12), spot(width, 5), SHEET_LINE);
	if (bar->ratio > 0)
		sheet_box(sheet, spot(at.x, at.y + 12), spot(width * fmin(bar->ratio, 1), 5),
		          writer_tone(bar->ratio));
}

/* --- rubric ------------------------------------------------------------------------------ */

struct radar {
	struct sheet_spot middle;
	double radius;
	size_t count;
};

static struct sheet_spot on_axis(const struct radar *radar, size_t axis, double share)
{
	const double angle = 2 * PI * (double)axis / (double)radar->count - PI / 2;

	return spot(radar->middle.x + radar->radius * share * cos(angle),
	            radar->middle.y + radar->radius * share * sin(angle));
}

static void draw_rings(const struct writer *writer, const struct radar *radar)
{
	struct sheet_spot spots[AXES_MOST];

	for (int ring = 1; ring <= RINGS; ring++) {
		for (size_t i = 0; i < radar->count; i++)
			spots[i] = on_axis(radar, i, (double)ring / RINGS);
		sheet_shape(writer->sheet, spots, radar->count, SHEET_LINE, true);
	}
	for (size_t i = 0; i < radar->count; i++) {
		spots[0] = radar->middle;
		spots[1] = on_axis(radar, i, 1);
		sheet_shape(writer->sheet, spots, 2, SHEET_LINE, true);
	}
}

static void label_axis(const struct writer *writer, const struct radar *radar, size_t axis,
                       const char *name)
{
	const struct sheet_spot end = on_axis(radar, axis, 1.08);
	const double across = end.x - radar->middle.x;
	enum sheet_side side = SHEET_MIDDLE;

	if (across > radar->radius * 0.2)
		side = SHEET_LEFT;
	else if (across < -radar->radius * 0.2)
		side = SHEET_RIGHT;
	sheet_label(writer->sheet, side, spot(end.x, end.y - (axis == 0 ? 9 : 4)), 108, name);
}

static void draw_radar(const struct writer *writer, const cJSON *dimensions,
                       const struct radar *radar)
{
	struct sheet_spot spots[AXES_MOST];
	const cJSON *row;
	size_t i = 0;

	draw_rings(writer, radar);
	cJSON_ArrayForEach(row, dimensions)
	{
		spots[i] = on_axis(radar, i, json_number(row, "value", 0) / RUBRIC_MAX);
		label_axis(writer, radar, i++, json_string(row, "name", ""));
	}
	sheet_shape(writer->sheet, spots, radar->count, 0x2d6cb5, false);
}

static void write_rubric(const struct writer *writer, const cJSON *rubric)
{
	const double height = 170;
	struct sheet *sheet = writer->sheet;
	const cJSON *dimensions = json_get(rubric, "dimensions"), *row;
	struct radar radar = { .radius = 58, .count = json_count(rubric, "dimensions") };
	double x = sheet_left(sheet) + 0.64 * sheet_width(sheet), y;

	if (radar.count < 3 || radar.count > AXES_MOST)
		return;
	sheet_heading(sheet, SHEET_PART, i18n(writer->language, "Quality of the answers"),
	              height + 20);
	y = sheet_y(sheet);
	radar.middle = spot(sheet_left(sheet) + 0.28 * sheet_width(sheet), y + height / 2 + 4);
	draw_radar(writer, dimensions, &radar);
	y += (height - BAR_ROW * (double)radar.count) / 2;
	cJSON_ArrayForEach(row, dimensions)
	{
		const struct bar bar = {
			.name = json_string(row, "name", ""),
			.text = arena_printf(writer->arena, "%s / %d",
			                     json_string(row, "figure", ""), RUBRIC_MAX),
			.ratio = json_number(row, "value", NAN) / RUBRIC_MAX,
		};

		draw_bar(writer, &bar, spot(x, y), 0.36 * sheet_width(sheet));
		y += BAR_ROW;
	}
	sheet_space(sheet, height);
	writer_say(writer, SHEET_BODY,
	           N_("Overall by the rubric: {{overall}} of 100. It covers the answers that were "
	              "given."),
	           rubric);
}

/* --- skills and tracks -------------------------------------------------------------------- */

static void write_groups(const struct writer *writer, const char *heading, const cJSON *rows)
{
	struct sheet *sheet = writer->sheet;
	const cJSON *row;

	if (cJSON_GetArraySize(rows) == 0)
		return;
	sheet_heading(sheet, SHEET_PART, heading, 2 * BAR_ROW);
	sheet_space(sheet, 5);
	cJSON_ArrayForEach(row, rows)
	{
		const struct bar bar = {
			.name = json_string(row, "name", ""),
			.text = json_string(row, "percent", ""),
			.ratio = json_number(row, "ratio", NAN),
		};

		sheet_need(sheet, BAR_ROW);
		draw_bar(writer, &bar, spot(sheet_left(sheet), sheet_y(sheet)), sheet_width(sheet));
		sheet_space(sheet, BAR_ROW);
	}
}

/* --- time --------------------------------------------------------------------------------- */

/* Every question where it stood in the interview; a number where there is room for it. */
static void draw_timeline(const struct writer *writer, const cJSON *times)
{
	const double width = sheet_width(writer->sheet), left = sheet_left(writer->sheet);
	const double y = sheet_y(writer->sheet) + 4;
	const cJSON *row;

	sheet_box(writer->sheet, spot(left, y), spot(width, 16), 0xeef1f3);
	cJSON_ArrayForEach(row, times)
	{
		const double from = json_number(row, "from", NAN), to = json_number(row, "to", NAN);
		const double length = fmax(width * (to - from) - 1, 1);

		if (isnan(from) || isnan(to))
			continue;
		sheet_box(writer->sheet, spot(left + width * from, y), spot(length, 16),
		          writer_tone(json_number(row, "ratio", NAN)));
		if (length > 12)
			sheet_label(writer->sheet, SHEET_MIDDLE,
			            spot(left + width * from + length / 2, y + 18), length,
			            writer_words(writer, "{{number}}", row));
	}
	sheet_space(writer->sheet, 36);
}

static void write_time(const struct writer *writer, const cJSON *row)
{
	static const double shares[] = { 0.06, 0.64, 0.16, 0.14 };
	const char *const cells[] = { writer_words(writer, "{{number}}", row),
		                      json_string(row, "text", ""),
		                      json_string(row, "duration", ""),
		                      json_string(row, "percent", "") };

	sheet_add_row(writer->sheet,
	              &(struct sheet_row){ .cells = cells, .shares = shares, .count = 4 });
}

static void write_times(const struct writer *writer, const cJSON *times)
{
	static const double shares[] = { 0.06, 0.64, 0.16, 0.14 };
	const enum language language = writer->language;
	const char *const head[] = { "", i18n(language, "Question"), i18n(language, "Time"),
		                     i18n(language, "Result") };
	const cJSON *row;

	if (cJSON_GetArraySize(times) == 0)
		return;
	sheet_heading(writer->sheet, SHEET_PART, i18n(language, "Time per question"), 110);
	writer_say(writer, SHEET_SMALL,
	           N_("The questions from the start of the interview to its end: green from seven "
	              "tenths of "
	              "the mark on, yellow from half of it, red below, grey without a mark."),
	           NULL);
	draw_timeline(writer, times);
	sheet_add_row(writer->sheet,
	              &(struct sheet_row){
	                      .cells = head, .shares = shares, .count = 4, .is_head = true });
	cJSON_ArrayForEach(row, times) write_time(writer, row);
}

void figures_write(const struct writer *writer, const cJSON *page)
{
	write_rubric(writer, json_get(page, "rubric"));
	write_groups(writer, i18n(writer->language, "Skills"), json_get(page, "skills"));
	write_groups(writer, i18n(writer->language, "Tracks"), json_get(page, "tracks"));
	write_times(writer, json_get(page, "times"));
}
