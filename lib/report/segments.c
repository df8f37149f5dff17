#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "report/segments.h"

/* Where words for or against a point begin (+1) or end (-1). */
struct bound {
	size_t at, point;
	int step;
	bool is_denial;
};

struct sweep {
	struct arena *arena;
	const char *answer;
	size_t len;
	struct bound *bounds;
	size_t bound_count;
	int *evidence, *denials; /* spans of each point that are open */
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

static void add_span(struct sweep *sweep, const cJSON *span, size_t point, bool is_denial)
{
	double start = json_number(span, "start", -1), end = json_number(span, "end", -1);

	if (!is_inside(sweep, start) || !is_inside(sweep, end) || start >= end)
		return;
	sweep->bounds[sweep->bound_count++] = (struct bound){ (size_t)start, point, 1, is_denial };
	sweep->bounds[sweep->bound_count++] = (struct bound){ (size_t)end, point, -1, is_denial };
}

static void collect(struct sweep *sweep, const cJSON *key_points, const cJSON *denials)
{
	const cJSON *point, *span;
	size_t points = 0, spans = 0, number = 0;

	cJSON_ArrayForEach(point, key_points)
	{
		points++;
		spans += json_count(point, "evidence") + 1;
	}
	sweep->bounds = arena_array(sweep->arena, 2 * spans + 1, sizeof(*sweep->bounds));
	sweep->evidence = arena_array(sweep->arena, points + 1, sizeof(*sweep->evidence));
	sweep->denials = arena_array(sweep->arena, points + 1, sizeof(*sweep->denials));
	sweep->point_count = points;
	cJSON_ArrayForEach(point, key_points)
	{
		cJSON_ArrayForEach(span, json_get(point, "evidence"))
		        add_span(sweep, span, number, false);
		number++;
	}
	number = 0;
	cJSON_ArrayForEach(point, denials)
	{
		if (number < points)
			add_span(sweep, json_get(point, "denial"), number++, true);
	}
	qsort(sweep->bounds, sweep->bound_count, sizeof(*sweep->bounds), by_place);
}

/* The numbers, from 1, of the points that have open spans; NULL: none has. */
static const char *open_points(const struct sweep *sweep, const int *depth)
{
	struct buf numbers;

	buf_init(&numbers, sweep->arena);
	for (size_t i = 0; i < sweep->point_count; i++) {
		if (depth[i] > 0)
			buf_printf(&numbers, "%s%zu", numbers.len > 0 ? " " : "", i + 1);
	}
	return numbers.len > 0 ? numbers.data : NULL;
}

static void add_segment(const struct sweep *sweep, cJSON *segments, size_t start, size_t end)
{
	const char *points, *denied;
	cJSON *segment;

	if (start >= end)
		return;
	segment = json_add_object(segments);
	points = open_points(sweep, sweep->evidence);
	denied = open_points(sweep, sweep->denials);
	json_set_string(segment, "text",
	                arena_copy(sweep->arena, sweep->answer + start, end - start));
	json_set_number(segment, "at", (double)start);
	json_set_bool(segment, "is_marked", points != NULL || denied != NULL);
	/* Null as well, or a template would find the question's points instead. */
	json_set_string(segment, "points", points);
	json_set_string(segment, "denied", denied);
}

cJSON *segments_of(struct arena *arena, const char *answer, const cJSON *key_points,
                   const cJSON *denials)
{
	struct sweep sweep = { .arena = arena, .answer = answer, .len = strlen(answer) };
	cJSON *segments = cJSON_CreateArray();
	size_t from = 0;

	collect(&sweep, key_points, denials);
	for (size_t i = 0; i < sweep.bound_count; i++) {
		const struct bound *bound = &sweep.bounds[i];

		add_segment(&sweep, segments, from, bound->at);
		from = bound->at;
		(bound->is_denial ? sweep.denials : sweep.evidence)[bound->point] += bound->step;
	}
	add_segment(&sweep, segments, from, sweep.len);
	return segments;
}

/* The points as the built-in examiner explains its own grade; NULL: it gave none. */
static const cJSON *explained_points(const cJSON *theory)
{
	return strcmp(json_string(theory, "graded_by", ""), "builtin") == 0
	               ? json_get(json_get(theory, "scoring"), "key_points")
	               : NULL;
}

static bool has_denials(const cJSON *points)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		if (cJSON_IsObject(json_get(point, "denial")))
			return true;
	}
	return false;
}

cJSON *segments_of_question(struct arena *arena, const cJSON *question, bool *ret_has_denials)
{
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory");

	*ret_has_denials = has_denials(explained_points(theory));
	return segments_of(arena, json_string(question, "answer", ""),
	                   json_get(theory, "key_points"), explained_points(theory));
}
