#include "report/present_figures.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/phrase.h"
#include "report/terms.h"

struct reader {
	struct arena *arena;
	enum language language;
};

static void set_ratio(const struct reader *reader, cJSON *row, double ratio)
{
	json_set_bool(row, "has_ratio", isfinite(ratio));
	json_set_number(row, "ratio", ratio);
	json_set_string(row, "percent", format_percent(reader->arena, reader->language, ratio));
}

static void set_figure(const struct reader *reader, cJSON *row, const cJSON *group,
                       const char *name)
{
	json_set_string(
	        row, name,
	        format_number(reader->arena, reader->language, json_number(group, name, NAN)));
}

/* A group of questions: its name and its share of the full mark. */
static void add_group(const struct reader *reader, cJSON *rows, const char *name,
                      const cJSON *group)
{
	cJSON *row = json_add_object(rows);

	json_set_string(row, "name", name);
	set_ratio(reader, row, json_number(group, "score_ratio", NAN));
	set_figure(reader, row, group, "questions");
	set_figure(reader, row, group, "score");
	set_figure(reader, row, group, "max_score");
}

static void add_skills(const struct reader *reader, cJSON *page, const cJSON *metrics)
{
	cJSON *rows = json_set_array(page, "skills");
	const cJSON *skill;

	cJSON_ArrayForEach(skill, json_get(metrics, "by_skill"))
	        add_group(reader, rows, terms_tag(reader->language, skill->string), skill);
	json_set_bool(page, "has_skills", rows->child != NULL);
}

/* A single track says what the total says, so it is left out. */
static void add_tracks(const struct reader *reader, cJSON *page, const cJSON *metrics)
{
	const bool are_several = cJSON_GetArraySize(json_get(metrics, "by_track")) > 1;
	const cJSON *tracks = are_several ? json_get(metrics, "by_track") : NULL, *track;
	cJSON *rows = json_set_array(page, "tracks");

	cJSON_ArrayForEach(track, tracks)
	        add_group(reader, rows, terms_track(reader->language, track->string), track);
	json_set_bool(page, "has_tracks", are_several);
}

/* --- time ------------------------------------------------------------------------------ */

struct span_ms {
	int64_t from, to;
};

static bool read_span(const cJSON *object, const char *from, const char *to, struct span_ms *ret)
{
	return phrase_iso_ms(json_string(object, from, ""), &ret->from) &&
	       phrase_iso_ms(json_string(object, to, ""), &ret->to) && ret->to > ret->from;
}

static double within(const struct span_ms *whole, int64_t ms)
{
	const double share = (double)(ms - whole->from) / (double)(whole->to - whole->from);

	return fmin(fmax(share, 0), 1);
}

static void set_place(cJSON *row, const cJSON *metrics, const struct span_ms *whole)
{
	struct span_ms span;
	const bool has_place = whole->to > whole->from &&
	                       read_span(metrics, "started_at", "finished_at", &span);

	json_set_number(row, "from", has_place ? within(whole, span.from) : NAN);
	json_set_number(row, "to", has_place ? within(whole, span.to) : NAN);
}

static double ratio_of(const cJSON *metrics)
{
	const cJSON *theory = json_get(metrics, "theory");

	return cJSON_IsObject(theory)
	               ? json_number(theory, "score_ratio", NAN)
	               : json_number(json_get(metrics, "coding"), "score_ratio_code", NAN);
}

static void add_times(const struct reader *reader, cJSON *page, const cJSON *document)
{
	struct span_ms whole = { 0 };
	const cJSON *question = json_get(document, "questions"), *shown;
	cJSON *rows = json_set_array(page, "times");

	read_span(document, "started_at", "finished_at", &whole);
	question = question != NULL ? question->child : NULL;
	cJSON_ArrayForEach(shown, json_get(page, "questions"))
	{
		const cJSON *metrics = json_get(question, "metrics");
		const double seconds = json_number(metrics, "time_spent_sec", 0);

		if (seconds > 0) {
			cJSON *row = json_add_object(rows);

			json_set_number(row, "number", json_number(shown, "number", 0));
			json_set_string(row, "text", json_string(question, "title", ""));
			json_set_number(row, "seconds", seconds);
			json_set_string(row, "duration", json_string(shown, "duration", ""));
			set_ratio(reader, row, ratio_of(metrics));
			json_set_string(row, "verdict_code",
			                json_string(shown, "verdict_code", NULL));
			set_place(row, metrics, &whole);
		}
		question = question->next;
	}
	json_set_bool(page, "has_times", rows->child != NULL);
}

void present_figures(struct arena *arena, enum language language, cJSON *page,
                     const cJSON *document)
{
	const struct reader reader = { .arena = arena, .language = language };
	const cJSON *metrics = json_get(document, "metrics");

	add_skills(&reader, page, metrics);
	add_tracks(&reader, page, metrics);
	add_times(&reader, page, document);
}
