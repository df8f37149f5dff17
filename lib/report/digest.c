#include "report/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "report/tally.h"
#include "score/score.h"

/* Shares of the full mark; convention. */
#define STRONG_FROM    0.7
#define WEAK_BELOW     0.5
#define UNSTABLE_RANGE 0.5
#define GOOD_ANSWER    0.6

/* Averages of the rubric, 0..5; convention. */
#define DIMENSION_STRONG 3.5
#define DIMENSION_WEAK   2.5

enum { POINTS_PER_QUESTION = 2, TAGS_TOGETHER = 4 };

static bool is_full(const struct digest_names *names, size_t most)
{
	return names->count >= most;
}

static void add_name(struct digest_names *names, const char *name, size_t most)
{
	if (!is_full(names, most))
		names->items[names->count++] = name;
}

/* --- skill tags --------------------------------------------------------------- */

static bool is_critical(const char *tag)
{
	static const char *const tags[] = {
		"security", "reliability",       "concurrency",   "databases",   "data-quality",
		"testing",  "incident-response", "observability", "scalability",
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strcmp(tag, tags[i]) == 0)
			return true;
	return false;
}

static int by_ratio(const void *a, const void *b)
{
	const struct tally *one = a, *other = b;
	double difference = tally_ratio(one) - tally_ratio(other);

	return difference != 0 ? (difference > 0) - (difference < 0)
	                       : strcmp(one->name, other->name);
}

/* Tags that could be scored, the weakest first. */
static struct tally_list measured_tags(struct arena *arena, const cJSON *questions)
{
	struct tally_list tags;
	const cJSON *question, *tag;

	tally_init(&tags, arena);
	cJSON_ArrayForEach(question, questions)
	{
		struct facts facts = facts_of(question);

		if (!facts.is_measured || !isfinite(facts.ratio))
			continue;
		cJSON_ArrayForEach(tag, facts.tags)
		        tally_add(&tags, tag->valuestring, facts.score, facts.max_score);
	}
	tally_merge(&tags);
	if (tags.count > 0)
		qsort(tags.items, tags.count, sizeof(*tags.items), by_ratio);
	return tags;
}

static void pick_tags(struct digest *digest, const cJSON *questions)
{
	struct tally_list tags = measured_tags(digest->arena, questions);

	for (size_t i = 0; i < tags.count; i++) {
		const struct tally *tag = &tags.items[i];

		if (tag->highest - tag->lowest >= UNSTABLE_RANGE)
			add_name(&digest->unstable, tag->name, TAGS_TOGETHER);
		if (tally_ratio(tag) >= WEAK_BELOW)
			continue;
		add_name(&digest->weak, tag->name, TAGS_TOGETHER);
		if (is_critical(tag->name))
			add_name(&digest->critical, tag->name, TAGS_TOGETHER);
	}
	for (size_t i = tags.count; i-- > 0;)
		if (tally_ratio(&tags.items[i]) >= STRONG_FROM)
			add_name(&digest->strong, tags.items[i].name, TAGS_TOGETHER);
}

/* --- key points ----------------------------------------------------------------- */

struct ranked {
	struct facts facts;
	size_t order;
};

static int best_first(const void *a, const void *b)
{
	const struct ranked *one = a, *other = b;
	double difference = other->facts.ratio - one->facts.ratio;

	if (difference != 0)
		return (difference > 0) - (difference < 0);
	return (one->order > other->order) - (one->order < other->order);
}

/* Adds up to POINTS_PER_QUESTION key points of that status; wrong ones have their own list. */
static void take_points(struct digest_names *names, const cJSON *points, enum score_status status)
{
	const cJSON *point;
	int taken = 0;

	cJSON_ArrayForEach(point, points)
	{
		if (strcmp(json_string(point, "status", ""), score_status_name(status)) != 0 ||
		    json_string(point, "wrong", NULL) != NULL)
			continue;
		if (taken++ == POINTS_PER_QUESTION || is_full(names, DIGEST_MAX_NAMES))
			return;
		add_name(names, json_string(point, "text", ""), DIGEST_MAX_NAMES);
	}
}

static void take_wrong(struct digest_names *names, const cJSON *points)
{
	const cJSON *point;

	cJSON_ArrayForEach(point, points) if (json_string(point, "wrong", NULL) != NULL)
	        add_name(names, json_string(point, "text", ""), DIGEST_MAX_NAMES);
}

/* The measured questions, the best first. */
static struct ranked *rank(struct digest *digest, const cJSON *questions, size_t *ret_count)
{
	struct ranked *ranked = arena_array(
	        digest->arena, (size_t)cJSON_GetArraySize(questions) + 1, sizeof(*ranked));
	const cJSON *question;
	size_t count = 0;

	cJSON_ArrayForEach(question, questions)
	{
		struct facts facts = facts_of(question);

		if (facts.is_measured && isfinite(facts.ratio)) {
			ranked[count] = (struct ranked){ .facts = facts, .order = count };
			count++;
		}
	}
	qsort(ranked, count, sizeof(*ranked), best_first);
	*ret_count = count;
	return ranked;
}

static void pick_points(struct digest *digest, const cJSON *questions)
{
	size_t count;
	const struct ranked *ranked = rank(digest, questions, &count);

	for (size_t i = 0; i < count; i++) {
		const struct facts *facts = &ranked[i].facts;

		if (facts->is_answered && !facts->is_coding && facts->ratio >= GOOD_ANSWER &&
		    !digest->has_best) {
			digest->has_best = true;
			digest->best = *facts;
		}
		take_points(&digest->said, facts->points, SCORE_COVERED);
		take_wrong(&digest->wrong, facts->points);
	}
	for (size_t i = count; i-- > 0;) {
		take_points(&digest->unsaid, ranked[i].facts.points, SCORE_MISSING);
		take_points(&digest->half_said, ranked[i].facts.points, SCORE_PARTIAL);
	}
}

/* --- the rest --------------------------------------------------------------------- */

static void pick_dimensions(struct digest *digest, const cJSON *rubric)
{
	static const char *const names[] = { "structure", "relevance", "technical_accuracy",
		                             "depth", "communication" };
	double best = -INFINITY, worst = INFINITY;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		double value = json_number(rubric, names[i], NAN);

		if (value >= DIMENSION_STRONG && value > best) {
			best = value;
			digest->best_dimension = names[i];
		}
		if (value < DIMENSION_WEAK && value < worst) {
			worst = value;
			digest->worst_dimension = names[i];
		}
	}
}

static int count_of(const cJSON *object, const char *name)
{
	return (int)json_number(object, name, 0);
}

static void read_status(struct digest *digest, const cJSON *status)
{
	const cJSON *points = json_get(status, "key_points_of_answers");

	digest->questions = count_of(status, "questions");
	digest->answered = count_of(status, "answered");
	digest->skipped = count_of(status, "skipped");
	digest->dont_know = count_of(status, "dont_know");
	digest->unanswered = count_of(status, "unanswered");
	digest->hints = count_of(status, "hints_used");
	digest->model_answers = count_of(status, "model_answers_shown");
	digest->points = count_of(points, "total");
	digest->covered = count_of(points, "covered");
	digest->partial = count_of(points, "partial");
	digest->missing = count_of(points, "missing");
}

/* The list of titles that a task with judged attempts belongs to. */
static struct digest_names *list_for(struct digest_code *code, const struct code_facts *task)
{
	if (task->is_solved)
		return task->failures == 0 ? &code->first_try : &code->later;
	if (task->is_assisted)
		return &code->helped;
	return task->public_passed == task->public_total ? &code->edges : &code->unsolved;
}

static void read_code(struct digest_code *code, const cJSON *coding, const cJSON *questions)
{
	const cJSON *question;

	code->solved = count_of(coding, "solved");
	code->solved_first_try = count_of(coding, "solved_first_try");
	code->assisted = count_of(coding, "assisted");
	code->attempts = count_of(coding, "attempts");
	code->errors = count_of(coding, "errors_count");
	code->unjudged = count_of(coding, "unjudged");
	cJSON_ArrayForEach(question, questions)
	{
		const struct facts facts = facts_of(question);
		const struct code_facts *task = &facts.code;

		code->tasks += facts.is_coding;
		if (!facts.is_coding || task->attempts == 0)
			continue;
		add_name(list_for(code, task), facts.title, DIGEST_MAX_NAMES);
	}
}

/* Whether all that was answered is code that nobody judged. */
static bool is_nothing_judged(const cJSON *questions)
{
	const cJSON *question;

	cJSON_ArrayForEach(question, questions)
	{
		const struct facts facts = facts_of(question);

		if (facts.is_answered && !facts.code.is_unjudged)
			return false;
	}
	return true;
}

static enum digest_band band_of(const struct digest *digest)
{
	if (digest->answered == 0)
		return BAND_EMPTY;
	if (is_nothing_judged(json_get(digest->summary, "questions")))
		return BAND_UNJUDGED;
	if (!(digest->ratio >= 0))
		return BAND_FAIR; /* answered, but nothing to score it by */
	switch (score_verdict_of(digest->ratio)) {
	case SCORE_EXCELLENT:
		return BAND_EXCELLENT;
	case SCORE_GOOD:
		return BAND_GOOD;
	case SCORE_WEAK:
		return BAND_FAIR;
	case SCORE_INCORRECT:
		break;
	}
	return BAND_WEAK;
}

struct digest digest_of(struct arena *arena, const cJSON *summary)
{
	const cJSON *metrics = json_get(summary, "metrics");
	const cJSON *overall = json_get(metrics, "overall");
	const cJSON *questions = json_get(summary, "questions");
	struct digest digest = {
		.arena = arena,
		.summary = summary,
		.score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
		.ratio = json_number(overall, "score_ratio", NAN),
	};

	language_parse(json_string(summary, "language", "en"), &digest.language);
	read_status(&digest, json_get(summary, "status"));
	read_code(&digest.code, json_get(json_get(metrics, "by_type"), "coding"), questions);
	digest.band = band_of(&digest);
	pick_tags(&digest, questions);
	pick_points(&digest, questions);
	pick_dimensions(&digest, json_get(metrics, "rubric"));
	return digest;
}
