/*
 * Charts as SVG that the server draws, for pages under a strict policy: no scripts and no
 * inline styles, colours and type come from static/charts.css, which the page links in its
 * head. Each chart is a figure with a title, a description for those who do not see it, and
 * the same data in a table that opens below.
 */
#ifndef VIVA_VIEW_CHART_H
#define VIVA_VIEW_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct chart_point {
	const char *label;  /* of the row: a date, a skill */
	const char *text;   /* the value for people: "72.5%" */
	const char *detail; /* of the table's third column; NULL: empty */
	double value;       /* 0..1; beyond them it is drawn at the edge, NaN: not at all */
	const char *tone;   /* of a bar: class "good", "part" or "poor"; NULL: none of them */
};

struct chart {
	const char *id;                     /* of the figure; unique in the page */
	const char *title;                  /* what it shows */
	const char *description;            /* what one sees in it, in a sentence */
	const char *table;                  /* what opens the table: "Figures" */
	const char *label_head, *text_head; /* heads of the table's columns */
	const char *detail_head;            /* NULL: no third column */
	const char *low, *high;             /* the ends of the scale: "0%" and "100%" */
	size_t most; /* rows that are drawn; all stand in the table. 0: all */
};

/*
 * HTML of a line through the points from left to right, with marks on them as long as they
 * are few; first and last label stand below. NULL: there is no point.
 */
const char *chart_line(struct arena *arena, const struct chart *chart,
                       const struct chart_point *points, size_t count);

/* HTML of a horizontal bar for each point, its label above it. NULL: there is no point. */
const char *chart_bars(struct arena *arena, const struct chart *chart,
                       const struct chart_point *points, size_t count);

#endif
