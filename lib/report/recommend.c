#include "report/recommend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "report/digest.h"
#include "report/report.h"
#include "report/tally.h"
#include "score/score.h"

/* Shares of the full mark; the outer two are those of the flow's own difficulty. */
#define INCREASE_FROM 0.8
#define SAME_FROM     0.4
#define TRACK_WEAK    0.6

#define PLUS_FROM  0.85
#define EVEN_FROM  0.6
#define MINUS_FROM 0.45
#define LOWER_FROM 0.3

/* Fewer answers, or a smaller part of the questions, tell nothing about a level. */
enum { ANSWERS_MIN = 3 };
#define ANSWERED_PART_MIN 0.5

static void set_level(cJSON *summary, const char *level, const char *sign)
{
	cJSON *fit = json_set_object(summary, "level_fit");

	json_set_string(fit, "level", level);
	json_set_string(fit, "sign", sign);
}

static const char *level_below(const char *level)
{
	if (strcmp(level, "senior") == 0)
		return "middle";
	return strcmp(level, "middle") == 0 ? "junior" : NULL;
}

static bool is_enough(const cJSON *status, double ratio)
{
	double answered = json_number(status, "answered", 0);

	return answered >= ANSWERS_MIN && isfinite(ratio) &&
	       answered >= json_number(status, "questions", 0) * ANSWERED_PART_MIN;
}

void recommend_add_level_fit(cJSON *summary)
{
	const cJSON *overall = json_get(json_get(summary, "metrics"), "overall");
	double ratio = json_number(overall, "score_ratio", NAN);
	const char *level = json_string(summary, "level", "junior"), *below = level_below(level);

	if (!is_enough(json_get(summary, "status"), ratio))
		json_set_null(summary, "level_fit");
	else if (ratio >= MINUS_FROM)
		set_level(summary, level, ratio >= PLUS_FROM ? "+" : ratio >= EVEN_FROM ? "" : "-");
	else
		set_level(summary, below, below != NULL && ratio >= LOWER_FROM ? "+" : "");
}

const char *recommend_difficulty(const cJSON *questions)
{
	double score = 0, max = 0, ratio;
	const cJSON *question;

	cJSON_ArrayForEach(question, questions)
	{
		struct facts facts = facts_of(question);

		score += facts.is_measured ? facts.score : 0;
		max += facts.is_measured ? facts.max_score : 0;
	}
	ratio = max > 0 ? score / max : NAN;
	if (ratio >= INCREASE_FROM)
		return "increase";
	return ratio < SAME_FROM ? "decrease" : "same";
}

static int weakest_first(const void *a, const void *b)
{
	const struct tally *one = a, *other = b;
	double difference = tally_ratio(one) - tally_ratio(other);

	return difference != 0 ? (difference > 0) - (difference < 0)
	                       : strcmp(one->name, other->name);
}

/* Weak tracks, the weakest first; the interview's own when none is weak. */
static void add_tracks(struct arena *arena, cJSON *result, const cJSON *summary)
{
	cJSON *tracks = json_set_array(result, "tracks");
	struct tally_list list;
	const cJSON *question;

	tally_init(&list, arena);
	cJSON_ArrayForEach(question, json_get(summary, "questions"))
	{
		struct facts facts = facts_of(question);

		if (facts.is_measured && facts.max_score > 0)
			tally_add(&list, facts.track, facts.score, facts.max_score);
	}
	tally_merge(&list);
	if (list.count > 0)
		qsort(list.items, list.count, sizeof(*list.items), weakest_first);
	for (size_t i = 0; i < list.count && tally_ratio(&list.items[i]) < TRACK_WEAK; i++)
		json_add_string(tracks, list.items[i].name);
	if (cJSON_GetArraySize(tracks) == 0)
		json_add_string(tracks, json_string(summary, "track", ""));
}

static void add_names(cJSON *array, const struct digest_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		json_add_string(array, names->items[i]);
}

cJSON *report_recommendations(struct arena *arena, const cJSON *summary)
{
	struct digest digest = digest_of(arena, summary);
	cJSON *result = cJSON_CreateObject(), *topics;

	json_set_string(result, "difficulty", recommend_difficulty(json_get(summary, "questions")));
	add_tracks(arena, result, summary);
	topics = json_set_array(result, "topics_to_improve");
	add_names(topics, &digest.weak);
	add_names(topics, &digest.unsaid);
	add_names(topics, &digest.wrong);
	if (digest.unsaid.count == 0)
		add_names(topics, &digest.half_said);
	return result;
}
