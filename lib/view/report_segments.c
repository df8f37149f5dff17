#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "view/report_view.h"

/* Where the evidence of a point begins (+1) or ends (-1). */
struct bound {
	size_t at, point;
	int step;
};

struct sweep {
	struct arena *arena;
	const char *answer;
	size_t len;
	struct bound *bounds;
	size_t bound_count;
	int *depth; /* spans of each point that are open */
	size_t point_count;
};

static int by_place(const void *a, const void *b)
{
	const struct bound *one = a, *other = b;

	return (one->at > other->at) - (one->at < other->at);
}

static bool is_inside(const struct sweep *sweep, double at)
{
	return at >= 0 && at <= (double)sweep->len &&
	       ((unsigned char)sweep->answer[(size_t)at] & 0xC0) != 0x80;
}

static void add_span(struct sweep *sweep, const cJSON *evidence)
{
	double start = json_number(evidence, "start", -1), end = json_number(evidence, "end", -1);

	if (!is_inside(sweep, start) || !is_inside(sweep, end) || start >= end)
		return;
	sweep->bounds[sweep->bound_count++] =
	        (struct bound){ .at = (size_t)start, .point = sweep->point_count, .step = 1 };
	sweep->bounds[sweep->bound_count++] =
	        (struct bound){ .at = (size_t)end, .point = sweep->point_count, .step = -1 };
}

static void collect(struct sweep *sweep, const cJSON *key_points)
{
	const cJSON *point, *evidence;
	size_t points = 0, spans = 0;

	cJSON_ArrayForEach(point, key_points)
	{
		points++;
		spans += json_count(point, "evidence");
	}
	sweep->bounds = arena_array(sweep->arena, 2 * spans + 1, sizeof(*sweep->bounds));
	sweep->depth = arena_array(sweep->arena, points + 1, sizeof(*sweep->depth));
	cJSON_ArrayForEach(point, key_points)
	{
		cJSON_ArrayForEach(evidence, json_get(point, "evidence")) add_span(sweep, evidence);
		sweep->point_count++;
	}
	qsort(sweep->bounds, sweep->bound_count, sizeof(*sweep->bounds), by_place);
}

static void add_segment(const struct sweep *sweep, cJSON *segments, size_t start, size_t end)
{
	struct buf numbers;
	cJSON *segment;

	if (start >= end)
		return;
	segment = json_add_object(segments);
	buf_init(&numbers, sweep->arena);
	for (size_t i = 0; i < sweep->point_count; i++) {
		if (sweep->depth[i] > 0)
			buf_printf(&numbers, "%s%zu", numbers.len > 0 ? " " : "", i + 1);
	}
	json_set_string(segment, "text",
	                arena_copy(sweep->arena, sweep->answer + start, end - start));
	json_set_bool(segment, "is_marked", numbers.len > 0);
	if (numbers.len > 0)
		json_set_string(segment, "points", numbers.data);
}

cJSON *report_view_segments(struct arena *arena, const char *answer, const cJSON *key_points)
{
	struct sweep sweep = { .arena = arena, .answer = answer, .len = strlen(answer) };
	cJSON *segments = cJSON_CreateArray();
	size_t from = 0;

	collect(&sweep, key_points);
	for (size_t i = 0; i < sweep.bound_count; i++) {
		const struct bound *bound = &sweep.bounds[i];

		add_segment(&sweep, segments, from, bound->at);
		from = bound->at;
		sweep.depth[bound->point] += bound->step;
	}
	add_segment(&sweep, segments, from, sweep.len);
	return segments;
}
