#include "report/growth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "score/coding.h"

/* --- by track and by skill ----------------------------------------------------------- */

static void add_sample(struct growth_sample_list *list, const struct growth_sample *sample)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
		struct growth_sample *items = arena_array(list->arena, capacity, sizeof(*items));

		if (list->count > 0)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = *sample;
}

static void add_question(struct growth_samples *samples, const struct growth_question *question,
                         double score, double max_score, int64_t at)
{
	struct growth_sample sample = { question->track, score, max_score, at };

	add_sample(&samples->tracks, &sample);
	for (size_t i = 0; i < question->tag_count; i++) {
		sample.name = question->tags[i];
		add_sample(&samples->skills, &sample);
	}
}

static void add_answers(struct growth_samples *samples, const struct growth_bank *bank,
                        const struct progress_answer_list *answers)
{
	for (size_t i = 0; i < answers->count; i++) {
		const struct progress_answer *answer = &answers->items[i];
		const struct growth_question *question = growth_find(bank, answer->bank_id);

		if (question != NULL)
			add_question(samples, question, answer->score,
			             answer->is_graded ? answer->max_score : question->max_score,
			             answer->at);
	}
}

/* The score of a task whose `count` rows begin at `rows`, as its report has it. */
static double task_score(struct arena *arena, const struct progress_attempt *rows, size_t count)
{
	struct coding_attempt *attempts = arena_array(arena, count, sizeof(*attempts));
	struct coding_score score;
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		if (rows[i].attempt_number > 0)
			attempts[used++] = (struct coding_attempt){
				.public_passed = rows[i].public_passed,
				.public_total = rows[i].public_total,
				.hidden_passed = rows[i].hidden_passed,
				.hidden_total = rows[i].hidden_total,
			};
	score = coding_score(attempts, used, rows->hints_used);
	return rows->model_answer ? fmin(score.score, REPORT_MODEL_ANSWER_CAP) : score.score;
}

static void add_tasks(struct arena *arena, struct growth_samples *samples,
                      const struct growth_bank *bank, const struct progress_attempt_list *list)
{
	size_t end;

	for (size_t i = 0; i < list->count; i = end) {
		const struct progress_attempt *first = &list->items[i];
		const struct growth_question *question = growth_find(bank, first->bank_id);

		for (end = i + 1; end < list->count; end++)
			if (strcmp(list->items[end].question_id, first->question_id) != 0)
				break;
		if (question != NULL)
			add_question(samples, question, task_score(arena, first, end - i),
			             CODING_MAX_SCORE, first->at);
	}
}

void growth_sample_all(struct arena *arena, const struct growth_bank *bank,
                       const struct progress_answer_list *answers,
                       const struct progress_attempt_list *attempts,
                       struct growth_samples *ret_samples)
{
	*ret_samples = (struct growth_samples){ .tracks.arena = arena, .skills.arena = arena };
	add_answers(ret_samples, bank, answers);
	add_tasks(arena, ret_samples, bank, attempts);
}

static int by_name_and_time(const void *a, const void *b)
{
	const struct growth_sample *one = a, *other = b;
	const int order = strcmp(one->name, other->name);

	return order != 0 ? order : (one->at > other->at) - (one->at < other->at);
}

static double mean_ratio(const struct growth_sample *samples, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += samples[i].max_score > 0 ? samples[i].score / samples[i].max_score : 0;
	return sum / (double)count;
}

static double trend_of(const struct growth_sample *samples, size_t count)
{
	const size_t half = count / 2;
	const size_t few = half < GROWTH_TREND_MOST ? half : GROWTH_TREND_MOST;
	const struct growth_sample *latest = samples + count - few;

	if (count < GROWTH_TREND_MIN)
		return NAN;
	return mean_ratio(latest, few) - mean_ratio(latest - few, few);
}

static struct growth_group group_of(const struct growth_sample *samples, size_t count)
{
	double score = 0, max_score = 0;

	for (size_t i = 0; i < count; i++) {
		score += samples[i].score;
		max_score += samples[i].max_score;
	}
	return (struct growth_group){
		.name = samples->name,
		.ratio = max_score > 0 ? score / max_score : (double)NAN,
		.questions = (int)count,
		.trend = trend_of(samples, count),
	};
}

static int by_questions(const void *a, const void *b)
{
	const struct growth_group *one = a, *other = b;

	if (one->questions != other->questions)
		return other->questions - one->questions;
	return strcmp(one->name, other->name);
}

struct growth_group_list growth_groups(struct growth_sample_list *samples)
{
	struct growth_group_list list = { .items = arena_array(samples->arena, samples->count,
		                                               sizeof(*list.items)) };
	size_t end;

	if (samples->count == 0)
		return list;
	qsort(samples->items, samples->count, sizeof(*samples->items), by_name_and_time);
	for (size_t i = 0; i < samples->count; i = end) {
		for (end = i + 1; end < samples->count; end++)
			if (strcmp(samples->items[end].name, samples->items[i].name) != 0)
				break;
		list.items[list.count++] = group_of(&samples->items[i], end - i);
	}
	qsort(list.items, list.count, sizeof(*list.items), by_questions);
	return list;
}

/* --- the rubric and the streak ------------------------------------------------------- */

bool growth_rubric(const struct progress_answer_list *answers, double ret_means[5])
{
	double sums[5] = { 0 };
	int graded = 0;

	for (size_t i = 0; i < answers->count; i++) {
		if (!answers->items[i].is_graded)
			continue;
		for (int j = 0; j < 5; j++)
			sums[j] += answers->items[i].rubric[j];
		graded++;
	}
	for (int j = 0; graded > 0 && j < 5; j++)
		ret_means[j] = sums[j] / graded;
	return graded > 0;
}

static int by_day(const void *a, const void *b)
{
	const int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

struct growth_streak growth_streak(int64_t *days, size_t count, int64_t today)
{
	struct growth_streak streak = { 0 };
	int run = 0;

	if (count == 0)
		return streak;
	qsort(days, count, sizeof(*days), by_day);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || days[i] > days[i - 1] + 1)
			run = 1;
		else if (days[i] == days[i - 1] + 1)
			run++;
		if (run > streak.longest)
			streak.longest = run;
	}
	streak.days = days[count - 1] >= today - 1 ? run : 0;
	return streak;
}
