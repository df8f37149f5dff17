/*
 * What must hold of every report, of interviews made by chance with a fixed seed. Sums are
 * done here once more in whole thousandths, the marks of coding tasks in fractions.
 */
#include "report_generator.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

enum { INTERVIEWS = 400, MANY = 3000, SEED = 20261121 };

static int interview_number; /* for who reads a failure */

#define HOLDS(condition)                                                                        \
	do {                                                                                    \
		if (!(condition)) {                                                             \
			printf("# %s:%d: %s in interview %d\n", __FILE__, __LINE__, #condition, \
			       interview_number);                                               \
			check_failures++;                                                       \
		}                                                                               \
	} while (0)

/* --- work: lookups in objects and the steps they take ------------------------------------ */

static long long lookup_steps;

/* Stands before the library's: the same, and the steps are counted. */
cJSON *cJSON_GetObjectItemCaseSensitive(const cJSON *object, const char *name)
{
	cJSON *item = object != NULL ? object->child : NULL;

	for (lookup_steps++; item != NULL; item = item->next, lookup_steps++)
		if (item->string != NULL && strcmp(item->string, name) == 0)
			return item;
	return NULL;
}

/* --- numbers ------------------------------------------------------------------------------ */

static long long thousandths(const cJSON *object, const char *path)
{
	const cJSON *item = at(object, path);

	return cJSON_IsNumber(item) ? llround(item->valuedouble * 1000) : 0;
}

/* At most three decimals, in the bytes that readers get. */
static bool is_exact(const cJSON *number)
{
	const char *text = json_text(number), *point = strchr(text, '.');
	const size_t digits = strspn(text, "0123456789");

	if (point == NULL)
		return text[digits] == '\0';
	return digits > 0 && text + digits == point && strlen(point + 1) <= 3 &&
	       strspn(point + 1, "0123456789") == strlen(point + 1);
}

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static void check_numbers(const cJSON *value)
{
	const cJSON *item;

	if (cJSON_IsNumber(value))
		HOLDS(isfinite(value->valuedouble) && value->valuedouble >= 0 && is_exact(value));
	if (value->string != NULL &&
	    (ends_with(value->string, "score_ratio") || ends_with(value->string, "ratio_code")))
		HOLDS(cJSON_IsNull(value) || value->valuedouble <= 1);
	cJSON_ArrayForEach(item, value) check_numbers(item);
}

/* --- sums ----------------------------------------------------------------------------------- */

struct sums {
	long long score, max_score, ms;
	int questions, scored;
};

static const char *part_of(const cJSON *question)
{
	return strcmp(json_string(question, "q_type", ""), "coding") == 0 ? "coding" : "theory";
}

static void add_up(struct sums *sums, const cJSON *question)
{
	const cJSON *part = at(at(question, "metrics"), part_of(question));
	const bool is_coding = strcmp(part_of(question), "coding") == 0;
	const char *score = is_coding ? "score_code" : "score";

	sums->score += thousandths(part, score);
	sums->max_score += thousandths(part, is_coding ? "max_score_code" : "max_score");
	sums->ms += thousandths(question, "metrics.time_spent_sec");
	sums->questions++;
	sums->scored += cJSON_IsNumber(at(part, score));
}

/* Of the questions for which it is true. */
static struct sums sums_of(const cJSON *questions, bool (*holds)(const cJSON *, const char *),
                           const char *name)
{
	struct sums sums = { 0 };
	const cJSON *question;

	cJSON_ArrayForEach(question, questions) if (holds(question, name)) add_up(&sums, question);
	return sums;
}

static bool any(const cJSON *question, const char *name)
{
	return question != NULL && name == NULL;
}

static bool of_type(const cJSON *question, const char *name)
{
	return strcmp(json_string(question, "q_type", ""), name) == 0;
}

static bool of_track(const cJSON *question, const char *name)
{
	return strcmp(json_string(question, "track", ""), name) == 0;
}

static bool with_tag(const cJSON *question, const char *name)
{
	const cJSON *tag;

	cJSON_ArrayForEach(tag,
	                   json_get(question, "skill_tags")) if (strcmp(tag->valuestring, name) ==
	                                                         0) return true;
	return false;
}

/* a / b to the thousandth, from whole numbers; null where b is nothing. */
static void check_quotient(const cJSON *object, const char *name, long long a, long long b)
{
	const cJSON *item = json_get(object, name);

	if (b == 0) {
		HOLDS(cJSON_IsNull(item));
		return;
	}
	HOLDS(cJSON_IsNumber(item) && thousandths(object, name) == (2 * 1000 * a + b) / (2 * b));
}

static void check_group(const cJSON *group, const struct sums *sums)
{
	HOLDS(thousandths(group, "score") == sums->score);
	HOLDS(thousandths(group, "max_score") == sums->max_score);
	check_quotient(group, "score_ratio", sums->score, sums->max_score);
	check_quotient(group, "avg_score_per_question", sums->score, 1000LL * sums->scored);
}

static void check_overall(const cJSON *metrics, const cJSON *questions)
{
	const struct sums sums = sums_of(questions, any, NULL);
	const cJSON *overall = at(metrics, "overall");

	HOLDS(thousandths(overall, "total_questions") == 1000 * sums.questions);
	HOLDS(thousandths(overall, "theory_questions") + thousandths(overall, "coding_questions") ==
	      1000 * sums.questions);
	HOLDS(thousandths(overall, "total_score") == sums.score);
	HOLDS(thousandths(overall, "max_total_score") == sums.max_score);
	HOLDS(thousandths(overall, "time_total_sec") == sums.ms);
	check_quotient(overall, "score_ratio", sums.score, sums.max_score);
	check_quotient(overall, "avg_time_per_question_sec", sums.ms, 1000LL * sums.questions);
}

/* The groups of a partition are those of their questions and leave nothing out. */
static void check_partition(const cJSON *groups, const cJSON *questions,
                            bool (*holds)(const cJSON *, const char *))
{
	const struct sums all = sums_of(questions, any, NULL);
	struct sums parts = { 0 };
	const cJSON *group;

	cJSON_ArrayForEach(group, groups)
	{
		struct sums sums = sums_of(questions, holds, group->string);

		check_group(group, &sums);
		parts.score += sums.score;
		parts.max_score += sums.max_score;
		parts.questions += sums.questions;
	}
	HOLDS(parts.score == all.score && parts.max_score == all.max_score &&
	      parts.questions == all.questions);
}

static void check_skills(const cJSON *skills, const cJSON *questions)
{
	const cJSON *skill, *question;
	size_t named = 0, counted = 0;

	cJSON_ArrayForEach(skill, skills)
	{
		const struct sums sums = sums_of(questions, with_tag, skill->string);

		check_quotient(skill, "score_ratio", sums.score, sums.max_score);
		HOLDS(thousandths(skill, "questions") == 1000 * sums.questions);
		counted += (size_t)sums.questions;
		HOLDS(skill->next == NULL || strcmp(skill->string, skill->next->string) < 0);
	}
	cJSON_ArrayForEach(question, questions) named += json_count(question, "skill_tags");
	HOLDS(named == counted);
}

static void check_focus(const cJSON *focus, const cJSON *overall)
{
	HOLDS(thousandths(focus, "knowledge.score") + thousandths(focus, "practice.score") ==
	      thousandths(overall, "total_score"));
	HOLDS(thousandths(focus, "knowledge.max_score") +
	              thousandths(focus, "practice.max_score") ==
	      thousandths(overall, "max_total_score"));
}

static void check_rubric(const cJSON *rubric, const cJSON *questions)
{
	static const char *const names[] = { "structure", "relevance", "depth", "communication",
		                             "technical_accuracy" };
	static const int weights[] = { 4, 4, 4, 3, 5 };
	long long overall = 0;

	for (size_t i = 0; i < 5; i++) {
		long long sum = 0, graded = 0;
		const cJSON *question;

		cJSON_ArrayForEach(question, questions)
		{
			const cJSON *given = at(question, "metrics.theory.rubric");

			graded += cJSON_IsObject(given);
			sum += thousandths(given, names[i]);
		}
		check_quotient(rubric, names[i], sum, 1000 * graded);
		overall += weights[i] * thousandths(rubric, names[i]);
	}
	HOLDS(thousandths(rubric, "overall") == overall);
}

/* --- the mark of a task, in fractions ---------------------------------------------------- */

/* 10 * (0.4 * public + 0.6 * hidden) of an attempt is top / bottom. */
struct fraction {
	long long top, bottom;
};

static struct fraction worth(const struct submission *attempt)
{
	const long long public = attempt->public_total, hidden = attempt->hidden_total;

	if (hidden == 0)
		return (struct fraction){ 4 * attempt->public_passed + 6 * public, public };
	return (struct fraction){ 4 * attempt->public_passed * hidden +
		                          6 * attempt->hidden_passed * public,
		                  public * hidden };
}

/* Tenths, halves up, of the best attempt less what hints and failures cost, in quarters. */
static long long expected_tenths(const struct code_work *work, bool is_capped)
{
	static const int hint_quarters[] = { 0, 2, 4, 8 };
	struct fraction best = { 0, 1 };
	int failures = 0;
	bool is_passed = false;
	long long quarters, top, tenths;

	for (size_t i = 0; i < work->submissions.count; i++) {
		const struct submission *attempt = &work->submissions.items[i];
		const struct fraction now = worth(attempt);

		if (attempt->attempt_number == 0 || strcmp(attempt->state, "done") != 0)
			continue;
		if (now.top * best.bottom > best.top * now.bottom)
			best = now;
		is_passed |= now.top == 10 * now.bottom;
		failures += !is_passed;
	}
	quarters = hint_quarters[work->hints.count] + (failures > 4 ? 4 : failures);
	top = 4 * best.top - quarters * best.bottom;
	tenths = top > 0 ? (20 * top + 4 * best.bottom) / (8 * best.bottom) : 0;
	return is_capped && tenths > 30 ? 30 : tenths;
}

static void check_code(const struct report_source *source, const cJSON *questions)
{
	const cJSON *question = questions->child;

	for (size_t i = 0; i < source->count; i++, question = question->next) {
		const cJSON *coding = at(question, "metrics.coding");

		if (strcmp(part_of(question), "theory") == 0)
			continue;
		if (cJSON_IsNull(at(coding, "score_code"))) {
			HOLDS(thousandths(coding, "attempts") == 0);
			HOLDS(json_count(question, "code_attempts") > 0);
			continue;
		}
		HOLDS(thousandths(coding, "score_code") ==
		      100 * expected_tenths(&source->works[i], source->questions[i].model_answer));
		check_quotient(coding, "score_ratio_code", thousandths(coding, "score_code"),
		               thousandths(coding, "max_score_code"));
	}
}

/* --- the document --------------------------------------------------------------------------- */

static void check_order(const struct report_source *source, const cJSON *document)
{
	static const char *const fates[] = { "answered", "skipped", "dont_know", "unanswered" };
	const cJSON *question = json_get(document, "questions")->child;
	long long sum = 0;

	for (size_t i = 0; i < source->count; i++, question = question->next) {
		HOLDS(strcmp(json_string(question, "question_id", ""), source->questions[i].id) ==
		      0);
		HOLDS(strcmp(json_string(question, "raw_llm_question", ""),
		             arena_printf(arena, "Asked %zu?", i)) == 0);
	}
	HOLDS(question == NULL);
	for (size_t i = 0; i < 4; i++)
		sum += thousandths(json_get(document, "status"), fates[i]);
	HOLDS(sum == 1000 * (long long)source->count);
}

static void check_document(const struct report_source *source, const cJSON *document)
{
	const cJSON *questions = json_get(document, "questions");
	const cJSON *metrics = json_get(document, "metrics");

	check_numbers(metrics);
	check_numbers(questions);
	check_overall(metrics, questions);
	check_partition(json_get(metrics, "by_type"), questions, of_type);
	check_partition(json_get(metrics, "by_track"), questions, of_track);
	check_skills(json_get(metrics, "by_skill"), questions);
	check_focus(json_get(metrics, "by_focus"), json_get(metrics, "overall"));
	check_rubric(json_get(metrics, "rubric"), questions);
	check_code(source, questions);
	check_order(source, document);
}

static struct report_source make(int number)
{
	generator_state = SEED + (uint64_t)number;
	return generator_interview((enum generator_kind)(number % GENERATE_KINDS),
	                           (size_t)(number % 13 == 0 ? 0 : 1 + generator_below(24)));
}

static void every_report_adds_up(void)
{
	struct arena *outer = arena;

	for (interview_number = 0; interview_number < INTERVIEWS; interview_number++) {
		struct report_source source;
		const cJSON *document;

		arena = arena_create();
		json_bind(arena);
		source = make(interview_number);
		document = report_build(arena, &source, NULL);
		check_document(&source, document);
		arena_destroy(arena);
	}
	arena = outer;
	json_bind(arena);
}

static void thousands_of_questions_add_up(void)
{
	struct report_source source;

	generator_state = SEED;
	source = generator_interview(GENERATE_MIXED, MANY);
	check_document(&source, report_build(arena, &source, NULL));
}

/* --- what must change nothing ---------------------------------------------------------------- */

/* Other turns between the asking ones, and later askings of the same question. */
static void shuffle_turns(struct report_source *source)
{
	struct turn *turns = arena_array(arena, source->turn_count + 3, sizeof(*turns));
	size_t count = 0;

	for (size_t i = 0; i < source->turn_count; i += 2)
		turns[count++] = source->turns[i];
	for (size_t i = count; i > 1; i--) {
		const size_t other = (size_t)generator_below((int)i);
		const struct turn kept = turns[i - 1];

		turns[i - 1] = turns[other];
		turns[other] = kept;
	}
	for (size_t i = 1; i < source->turn_count; i += 2)
		turns[count++] = source->turns[i];
	if (count > 0) {
		turns[count] = source->turns[0];
		turns[count++].body = "Asked once more";
	}
	source->turns = turns;
	source->turn_count = count;
}

/* All runs after the attempts: they earn and cost nothing. */
static void move_runs(struct report_source *source)
{
	struct code_work *works = arena_array(arena, source->count + 1, sizeof(*works));

	for (size_t i = 0; i < source->count; i++) {
		const struct submission_list *given = &source->works[i].submissions;
		struct submission *items = arena_array(arena, given->count + 1, sizeof(*items));
		size_t count = 0;

		for (int kind = 1; kind >= 0; kind--)
			for (size_t k = 0; k < given->count; k++)
				if ((given->items[k].attempt_number > 0) == kind)
					items[count++] = given->items[k];
		works[i] = source->works[i];
		works[i].submissions.items = items;
	}
	source->works = works;
}

static void same_data_gives_the_same_bytes(void)
{
	for (interview_number = 1; interview_number < 64; interview_number++) {
		struct report_source source = make(interview_number),
		                     again = make(interview_number);
		const char *text = json_text(report_build(arena, &source, NULL));

		check_str(__FILE__, __LINE__, json_text(report_build(arena, &source, NULL)), text);
		check_str(__FILE__, __LINE__, json_text(report_build(arena, &again, NULL)), text);
		shuffle_turns(&source);
		check_str(__FILE__, __LINE__, json_text(report_build(arena, &source, NULL)), text);
		move_runs(&source);
		check_str(__FILE__, __LINE__, json_text(report_build(arena, &source, NULL)), text);
	}
}

/* --- what it takes ---------------------------------------------------------------------------- */

struct work {
	long long steps;
	size_t bytes;
};

static struct work work_for(size_t count)
{
	struct arena *own = arena_create();
	struct report_source source;
	struct work work;

	generator_state = SEED;
	source = generator_interview(GENERATE_MIXED, count);
	json_bind(own);
	lookup_steps = 0;
	report_build(own, &source, NULL);
	work = (struct work){ lookup_steps, arena_used(own) };
	json_bind(arena);
	arena_destroy(own);
	return work;
}

/* Twice as many questions take twice the work; a walk over all for each would take four times. */
static void work_grows_with_the_questions_only(void)
{
	const struct work once = work_for(1000), twice = work_for(2000);

	CHECK(once.steps > 10000 && once.bytes > 100000);
	CHECK((double)twice.steps < 2.1 * (double)once.steps);
	CHECK((double)twice.bytes < 2.1 * (double)once.bytes);
}

int main(void)
{
	RUN(every_report_adds_up);
	RUN(thousands_of_questions_add_up);
	RUN(same_data_gives_the_same_bytes);
	RUN(work_grows_with_the_questions_only);
	return check_done();
}
