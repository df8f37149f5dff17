#include "flow_fixture.h"

#include "interview/select.h"

enum { PLANS = 1000, MOST_CATEGORIES = 8 };

/* Shares in percent that the categories of each type shall have on average. */
static const struct expectation {
	const char *type, *category;
	double percent;
} expectations[] = {
	{ "technical", "core", 50 },        { "technical", "advanced", 30 },
	{ "technical", "practical", 20 },   { "hr", "behavioural", 40 },
	{ "hr", "situational", 30 },        { "hr", "role_specific", 30 },
	{ "case", "problem_solving", 60 },  { "case", "system_design", 40 },
	{ "mixed", "core", 50 / 3.0 },      { "mixed", "advanced", 10 },
	{ "mixed", "practical", 20 / 3.0 }, { "mixed", "behavioural", 40 / 3.0 },
	{ "mixed", "situational", 10 },     { "mixed", "role_specific", 10 },
	{ "mixed", "problem_solving", 20 }, { "mixed", "system_design", 40 / 3.0 },
};

static bool has_repeat(const struct bank_question_list *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(plan->items[i].id, plan->items[j].id) == 0)
				return true;
	return false;
}

static struct bank_question_list plan_for(const struct bank_question_list *pool, const char *type,
                                          int count, uint64_t seed)
{
	const struct select_wish wish = { .type = type, .count = count, .seed = seed };
	struct bank_question_list plan = { 0 };

	select_plan(arena, pool, &wish, &plan);
	return plan;
}

static size_t count_category(const struct bank_question_list *plan, const char *category)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += strcmp(plan->items[i].category, category) == 0;
	return count;
}

static void shares_hold_over_many_plans(void)
{
	const size_t count = sizeof(expectations) / sizeof(*expectations);
	const struct bank_question_list pool = fixture_pool(12);
	size_t found[sizeof(expectations) / sizeof(*expectations)] = { 0 };
	int repeats = 0, wrong_sizes = 0;

	for (uint64_t seed = 0; seed < PLANS; seed++) {
		static const char *const types[] = { "technical", "hr", "case", "mixed" };

		for (size_t t = 0; t < 4; t++) {
			struct bank_question_list plan = plan_for(&pool, types[t], 10, seed);

			repeats += has_repeat(&plan);
			wrong_sizes += plan.count != 10;
			for (size_t i = 0; i < count; i++)
				if (strcmp(expectations[i].type, types[t]) == 0)
					found[i] += count_category(&plan, expectations[i].category);
		}
	}
	CHECK_INT(repeats, 0);
	CHECK_INT(wrong_sizes, 0);
	for (size_t i = 0; i < count; i++)
		CHECK_NEAR((double)found[i] * 100 / (PLANS * 10), expectations[i].percent, 5);
}

static void the_seed_decides(void)
{
	const struct bank_question_list pool = fixture_pool(12);
	struct bank_question_list one = plan_for(&pool, "mixed", 10, 7);
	struct bank_question_list same = plan_for(&pool, "mixed", 10, 7);
	struct bank_question_list other = plan_for(&pool, "mixed", 10, 8);
	int differences = 0;

	for (size_t i = 0; i < one.count; i++) {
		CHECK_STR(one.items[i].id, same.items[i].id);
		differences += strcmp(one.items[i].id, other.items[i].id) != 0;
	}
	CHECK(differences > 0);
	CHECK(select_seed("a") != select_seed("b"));
}

static void easy_ones_come_first_and_categories_mix(void)
{
	const struct bank_question_list pool = fixture_pool(12);
	double first = 0, last = 0;
	int neighbours = 0;

	for (uint64_t seed = 0; seed < 100; seed++) {
		struct bank_question_list plan = plan_for(&pool, "technical", 10, seed);

		for (size_t i = 0; i < 5; i++) {
			first += plan.items[i].difficulty;
			last += plan.items[i + 5].difficulty;
		}
		for (size_t i = 1; i < plan.count; i++)
			neighbours += strcmp(plan.items[i].category, plan.items[i - 1].category) ==
			              0;
	}
	CHECK(first < last);
	/* In random order 28 % of the 900 pairs would be alike. */
	CHECK(neighbours < 200);
}

/* One question in a category is not enough for its share: the type's others fill in. */
static void short_categories_are_filled(void)
{
	const struct bank_question_list pool = fixture_pool(3);
	struct bank_question_list plan = plan_for(&pool, "technical", 8, 1);

	CHECK_INT((long long)plan.count, 8);
	CHECK_INT((long long)count_category(&plan, "core"), 3);
	plan = plan_for(&pool, "technical", 30, 1);
	CHECK_INT((long long)plan.count, 9);
	CHECK_INT((long long)select_available(&pool, "technical"), 9);
	CHECK_INT((long long)select_available(&pool, "mixed"), 24);
	CHECK_INT((long long)select_available(&pool, "poetry"), 0);
}

static struct bank_question_list pool_with_tasks(int each, int tasks)
{
	const struct bank_question_list theory = fixture_pool(each);
	struct bank_question_list pool = {
		.items = arena_array(arena, theory.count + (size_t)tasks, sizeof(*pool.items)),
		.count = theory.count,
	};

	memcpy(pool.items, theory.items, theory.count * sizeof(*pool.items));
	for (int i = 0; i < tasks; i++)
		pool.items[pool.count++] = (struct bank_question){
			.id = arena_printf(arena, "task-%02d", i),
			.type = "technical",
			.category = i % 2 == 0 ? "algo" : "domain",
			.difficulty = i % 4,
			.q_type = "coding",
		};
	return pool;
}

static bool is_task(const struct bank_question *question)
{
	return question->q_type != NULL && strcmp(question->q_type, "coding") == 0;
}

static struct bank_question_list plan_with_tasks(const struct bank_question_list *pool, int count,
                                                 int percent, uint64_t seed)
{
	const struct select_wish wish = {
		.type = "technical", .count = count, .coding_percent = percent, .seed = seed
	};
	struct bank_question_list plan = { 0 };

	select_plan(arena, pool, &wish, &plan);
	CHECK_INT((long long)plan.count, (long long)select_count(pool, &wish));
	CHECK(!has_repeat(&plan));
	return plan;
}

static int count_tasks(const struct bank_question_list *plan)
{
	int count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += is_task(&plan->items[i]);
	return count;
}

static void coding_tasks_have_their_share(void)
{
	static const struct {
		int count, percent, tasks;
	} cases[] = { { 10, 0, 0 },    { 10, 25, 3 }, { 10, 50, 5 }, { 10, 75, 8 },
		      { 10, 100, 10 }, { 4, 50, 2 },  { 2, 25, 1 },  { 1, 100, 1 } };
	const struct bank_question_list pool = pool_with_tasks(12, 20);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (uint64_t seed = 0; seed < 20; seed++) {
			struct bank_question_list plan = plan_with_tasks(&pool, cases[i].count,
			                                                 cases[i].percent, seed);

			CHECK_INT((long long)plan.count, cases[i].count);
			CHECK_INT(count_tasks(&plan), cases[i].tasks);
		}
}

/* Theory fills up for tasks that are missing; tasks do not for theory. */
static void a_short_pool_of_tasks_is_filled(void)
{
	struct bank_question_list pool = pool_with_tasks(12, 2), plan;

	plan = plan_with_tasks(&pool, 10, 75, 3);
	CHECK_INT((long long)plan.count, 10);
	CHECK_INT(count_tasks(&plan), 2);
	pool = pool_with_tasks(1, 20);
	plan = plan_with_tasks(&pool, 10, 50, 3);
	CHECK_INT((long long)plan.count, 8);
	CHECK_INT(count_tasks(&plan), 5);
}

static void tasks_come_after_a_warm_up_and_spread(void)
{
	const struct bank_question_list pool = pool_with_tasks(12, 20);
	double first = 0, last = 0;

	for (uint64_t seed = 0; seed < 100; seed++) {
		struct bank_question_list plan = plan_with_tasks(&pool, 10, 40, seed);
		static const bool expected[] = { false, false, true,  false, true,
			                         false, true,  false, true,  false };

		for (size_t i = 0; i < plan.count; i++)
			CHECK_INT(is_task(&plan.items[i]), expected[i]);
		first += plan.items[2].difficulty;
		last += plan.items[8].difficulty;
	}
	CHECK(first < last);
	CHECK(!is_task(&plan_with_tasks(&pool, 4, 75, 1).items[0]));
	CHECK(is_task(&plan_with_tasks(&pool, 4, 75, 1).items[1]));
}

static void tasks_are_near_the_wished_difficulty(void)
{
	const struct bank_question_list pool = pool_with_tasks(12, 40);
	double sums[4] = { 0 };

	for (int difficulty = 0; difficulty < 4; difficulty += 3)
		for (uint64_t seed = 0; seed < 100; seed++) {
			const struct select_wish wish = { .type = "technical",
				                          .count = 5,
				                          .coding_percent = 100,
				                          .difficulty = difficulty,
				                          .seed = seed };
			struct bank_question_list plan;

			select_plan(arena, &pool, &wish, &plan);
			for (size_t i = 0; i < plan.count; i++)
				sums[difficulty] += plan.items[i].difficulty;
		}
	CHECK(sums[0] < 500 && sums[3] > 1000); /* 750 by chance */
}

static void swaps_only_for_something_nearer(void)
{
	static const char *const used[] = { "core-01", "core-02" };
	const struct bank_question_list pool = fixture_pool(8);
	struct select_swap swap = { .planned = "core-05",
		                    .category = "core",
		                    .planned_difficulty = 1,
		                    .wanted_difficulty = 1,
		                    .used = used,
		                    .used_count = 2 };
	const struct bank_question *found;

	CHECK(select_nearer(&pool, &swap) == NULL);
	for (swap.seed = 0; swap.seed < 50; swap.seed++) {
		swap.wanted_difficulty = 2;
		found = select_nearer(&pool, &swap);
		CHECK(found != NULL && strcmp(found->id, "core-06") == 0);
		swap.wanted_difficulty = 3;
		found = select_nearer(&pool, &swap);
		CHECK(found != NULL && found->difficulty == 3);
		CHECK(found != NULL && strcmp(found->category, "core") == 0);
	}
}

static void the_type_table_names_categories(void)
{
	size_t count = 0;
	const struct flow_share *shares = flow_shares("technical", &count);

	CHECK_INT((long long)count, 3);
	CHECK_STR(shares[0].category, "core");
	CHECK_INT(shares[0].percent, 50);
	CHECK(flow_shares("mixed", &count) != NULL && count == 3);
	CHECK(flow_shares("poetry", &count) == NULL);
}

static int difficulty_of(const struct question *question)
{
	struct exam_question exam = { 0 };

	CHECK_INT(exam_question_parse(arena, question->snapshot, LANG_EN, &exam), OK);
	CHECK_STR(exam.bank_id, question->bank_id);
	CHECK_STR(exam.category, question->category);
	return exam.difficulty;
}

static void difficulty_follows_the_answers(void)
{
	static const int expected[] = { 0, 1, 2, 3, 3, 2, 1, 0, 0 };
	struct flow flow;

	fixture_set_up(12);
	flow = begin(9);
	for (int i = 0; i < 8; i++) {
		CHECK_INT(flow.interview.difficulty, expected[i]);
		CHECK_INT(difficulty_of(flow.active), expected[i]);
		if (i < 4) {
			say(&flow, FULL_EN);
		} else {
			say(&flow, "Cookies.");
			say(&flow, "Cookies again.");
		}
	}
	CHECK_INT(flow.interview.difficulty, expected[8]);
	CHECK_STR(fixture_ask(database, "SELECT count(DISTINCT bank_id) FROM questions"), "9");
	fixture_remove();
}

static void the_level_sets_the_start(void)
{
	static const char *const levels[] = { "junior", "middle", "senior" };

	fixture_set_up(8);
	for (int i = 0; i < 3; i++) {
		struct flow_options options = fixture_options("mixed", 6);
		struct flow flow = { 0 };
		const char *id = NULL;
		int64_t allowed_at;

		options.level = levels[i];
		CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), OK);
		CHECK_INT(open_as(&candidate, id, &flow), OK);
		CHECK_INT(flow.interview.difficulty, i);
		CHECK_INT(difficulty_of(flow.active), i);
	}
	fixture_remove();
}

int main(void)
{
	RUN(shares_hold_over_many_plans);
	RUN(the_seed_decides);
	RUN(easy_ones_come_first_and_categories_mix);
	RUN(short_categories_are_filled);
	RUN(coding_tasks_have_their_share);
	RUN(a_short_pool_of_tasks_is_filled);
	RUN(tasks_come_after_a_warm_up_and_spread);
	RUN(tasks_are_near_the_wished_difficulty);
	RUN(swaps_only_for_something_nearer);
	RUN(the_type_table_names_categories);
	RUN(difficulty_follows_the_answers);
	RUN(the_level_sets_the_start);
	return check_done();
}
