/* Selection over many interviews: shares, difficulty, exposure, and what somebody met before. */
#include "flow_fixture.h"

#include <dirent.h>

#include "bank/rows.h"
#include "base/file.h"
#include "base/json.h"
#include "interview/select.h"

enum { INTERVIEWS = 1000, MOST_POOL = 4000, LEVELS = 3 };

/* What 1,000 interviews asked. */
struct tally {
	const struct bank_question_list *pool;
	int asked[MOST_POOL];                     /* by place in the pool */
	int difficulties[LEVELS][4], all[LEVELS]; /* by level: junior, middle, senior */
	int repeats, short_plans;
};

static size_t place_of(const struct bank_question_list *pool, const char *id)
{
	size_t place = 0;

	while (strcmp(pool->items[place].id, id) != 0)
		place++;
	return place;
}

static void count_plan(struct tally *tally, const struct bank_question_list *plan, int level)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct bank_question *question = &plan->items[i];

		for (size_t j = 0; j < i; j++)
			tally->repeats += strcmp(question->id, plan->items[j].id) == 0;
		tally->asked[place_of(tally->pool, question->id)]++;
		tally->difficulties[level][question->difficulty]++;
		tally->all[level]++;
	}
}

static struct tally *simulate(const struct bank_question_list *pool, struct select_wish wish)
{
	struct tally *tally = arena_alloc(arena, sizeof(*tally));
	struct arena *scratch = arena_create();
	struct bank_question_list plan;

	CHECK(pool->count < MOST_POOL);
	*tally = (struct tally){ .pool = pool };
	for (int i = 0; i < INTERVIEWS; i++) {
		wish.seed = select_seed(arena_printf(scratch, "interview %d", i));
		wish.difficulty = i % LEVELS;
		select_plan(scratch, pool, &wish, &plan);
		tally->short_plans += (int)plan.count != wish.count;
		count_plan(tally, &plan, i % LEVELS);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	CHECK_INT(tally->repeats, 0);
	CHECK_INT(tally->short_plans, 0);
	return tally;
}

/* Of all theory that was asked. */
static double percent_of(const struct tally *tally, const char *type, const char *category)
{
	int all = 0, found = 0;

	for (size_t i = 0; i < tally->pool->count; i++) {
		const struct bank_question *question = &tally->pool->items[i];

		all += tally->asked[i];
		if (strcmp(question->type, type) == 0 &&
		    (category == NULL || strcmp(question->category, category) == 0))
			found += tally->asked[i];
	}
	return 100.0 * found / all;
}

/* The shares of section 3 of the product's description, where the type has so much of all. */
static void check_type(const struct tally *tally, const char *type, double percent)
{
	size_t count;
	const struct flow_share *shares = flow_shares(type, &count);

	CHECK_NEAR(percent_of(tally, type, NULL), percent, 5);
	for (size_t i = 0; i < count; i++)
		CHECK_NEAR(percent_of(tally, type, shares[i].category),
		           shares[i].percent * percent / 100, 5);
}

static void check_shares(const struct tally *tally, const char *type)
{
	static const char *const parts[] = { "technical", "hr", "case" };

	if (strcmp(type, "mixed") != 0)
		check_type(tally, type, 100);
	for (int i = 0; i < 3 && strcmp(type, "mixed") == 0; i++)
		check_type(tally, parts[i], 100.0 / 3);
}

/* No question more than three times as often as the mean of its type and category. */
static void check_exposure(const struct tally *tally)
{
	const struct bank_question_list *pool = tally->pool;

	for (size_t i = 0; i < pool->count; i++) {
		int all = 0, count = 0;

		for (size_t j = 0; j < pool->count; j++)
			if (strcmp(pool->items[i].type, pool->items[j].type) == 0 &&
			    strcmp(pool->items[i].category, pool->items[j].category) == 0) {
				all += tally->asked[j];
				count++;
			}
		CHECK(tally->asked[i] * count <= 3 * all);
	}
}

static double percent_at(const struct tally *tally, int level, int difficulty)
{
	return 100.0 * tally->difficulties[level][difficulty] / tally->all[level];
}

static struct select_wish wish_for(const char *type, int count)
{
	return (struct select_wish){ .type = type, .count = count };
}

static void a_large_bank_keeps_shares_levels_and_exposure(void)
{
	static const char *const types[] = { "technical", "hr", "case", "mixed" };
	const struct bank_question_list pool = fixture_pool(60);

	for (int i = 0; i < 4; i++) {
		const struct tally *tally = simulate(&pool, wish_for(types[i], 10));

		check_shares(tally, types[i]);
		check_exposure(tally);
		/* Junior, middle, senior: most questions at the level's difficulty or next to it.
		 */
		CHECK(percent_at(tally, 0, 0) + percent_at(tally, 0, 1) > 70);
		CHECK(percent_at(tally, 0, 0) > 2 * percent_at(tally, 0, 2));
		CHECK(percent_at(tally, 0, 3) > 2);
		CHECK(percent_at(tally, 1, 1) > percent_at(tally, 1, 2));
		CHECK(percent_at(tally, 1, 1) > 30 && percent_at(tally, 1, 3) < 20);
		CHECK(percent_at(tally, 2, 2) + percent_at(tally, 2, 3) > 55);
		CHECK(percent_at(tally, 2, 0) < 20);
	}
}

/* --- the repository's own bank ---------------------------------------------------------- */

static bool serves(const cJSON *item, const char *role)
{
	const cJSON *name;

	cJSON_ArrayForEach(name, json_get(item, "roles")) if (strcmp(name->valuestring, "*") == 0 ||
	                                                      strcmp(name->valuestring, role) ==
	                                                              0) return true;
	return false;
}

static cJSON *read_json(const char *path)
{
	char *text;
	size_t len;
	cJSON *document = NULL;

	CHECK_INT(file_read(arena, path, 32 << 20, &text, &len), OK);
	CHECK_INT(json_parse(text, len, &document), OK);
	return document;
}

/* The items of all files, read once. */
struct whole_bank {
	const cJSON *items[MOST_POOL];
	struct bank_question rows[MOST_POOL];
	size_t count;
};

static struct whole_bank *read_bank(void)
{
	struct whole_bank *bank = arena_alloc(arena, sizeof(*bank));
	DIR *files = opendir("bank/questions");
	const struct dirent *file;
	const cJSON *item;

	CHECK(files != NULL);
	while (files != NULL && (file = readdir(files)) != NULL) {
		if (strstr(file->d_name, ".json") == NULL)
			continue;
		cJSON_ArrayForEach(
		        item, read_json(arena_printf(arena, "bank/questions/%s", file->d_name)))
		{
			bank->items[bank->count] = item;
			bank->rows[bank->count++] = rows_question(item);
		}
	}
	if (files != NULL)
		closedir(files);
	return bank;
}

static struct bank_question_list bank_of(const struct whole_bank *bank, const char *role)
{
	struct bank_question_list pool = {
		.items = arena_array(arena, bank->count + 1, sizeof(*pool.items)),
	};

	for (size_t i = 0; i < bank->count; i++)
		if (serves(bank->items[i], role))
			pool.items[pool.count++] = bank->rows[i];
	return pool;
}

/*
 * A type with fewer than ten questions is asked for five, which its shares divide. A role without
 * questions of its own is told by the bank's gates, not here.
 */
static void check_role(const struct whole_bank *bank, const char *role)
{
	static const char *const types[] = { "technical", "hr", "case", "mixed" };
	const struct bank_question_list pool = bank_of(bank, role);
	const bool is_whole = select_available(&pool, "technical") >= 5;

	for (int i = is_whole ? 0 : 1; i < (is_whole ? 4 : 3); i++) {
		const int count = select_available(&pool, types[i]) >= 10 ? 10 : 5;
		const struct tally *tally = simulate(&pool, wish_for(types[i], count));

		check_shares(tally, types[i]);
		check_exposure(tally);
	}
}

static void the_bank_of_each_role_keeps_them(void)
{
	const struct whole_bank *bank;
	const cJSON *role;
	int count = 0;

	json_bind(arena);
	bank = read_bank();
	cJSON_ArrayForEach(role, read_json("bank/roles.json"))
	{
		check_role(bank, json_string(role, "id", ""));
		count++;
	}
	CHECK(count > 0);
}

/* --- what was met before ----------------------------------------------------------------- */

static int by_bank_id(const void *a, const void *b)
{
	return strcmp(((const struct met *)a)->bank_id, ((const struct met *)b)->bank_id);
}

static void meet(struct met_list *met, const char *id, int64_t at)
{
	for (size_t i = 0; i < met->count; i++)
		if (strcmp(met->items[i].bank_id, id) == 0) {
			met->items[i].at = at;
			return;
		}
	met->items[met->count++] = (struct met){ id, at };
	qsort(met->items, met->count, sizeof(*met->items), by_bank_id);
}

/* Of 12 core questions 5 are asked at a time: the third interview has to come back to the first. */
static void nothing_comes_again_before_the_rest_and_then_the_oldest(void)
{
	const struct bank_question_list pool = fixture_pool(12);
	struct met_list met = { .items = arena_array(arena, pool.count, sizeof(*met.items)) };
	struct bank_question_list plan;

	for (int number = 1; number <= 20; number++) {
		const struct select_wish wish = { .type = "technical",
			                          .count = 10,
			                          .difficulty = 3,
			                          .met = &met,
			                          .seed = (uint64_t)number };
		int64_t asked[3] = { 0 }, left[3] = { INT64_MAX, INT64_MAX, INT64_MAX };
		static const char *const categories[] = { "core", "advanced", "practical" };
		bool is_planned[128] = { false };

		select_plan(arena, &pool, &wish, &plan);
		for (size_t i = 0; i < plan.count; i++)
			is_planned[place_of(&pool, plan.items[i].id)] = true;
		for (size_t i = 0; i < pool.count; i++)
			for (int c = 0; c < 3; c++) {
				const int64_t at = met_at(&met, pool.items[i].id);

				if (strcmp(pool.items[i].category, categories[c]) != 0)
					continue;
				if (is_planned[i] && at > asked[c])
					asked[c] = at;
				if (!is_planned[i] && at < left[c])
					left[c] = at;
			}
		for (int c = 0; c < 3; c++)
			CHECK(asked[c] <= left[c]);
		for (size_t i = 0; i < plan.count; i++)
			meet(&met, plan.items[i].id, number);
	}
}

/* What cannot be read leaves its place to the next choice; the others stay. */
static void who_leaves_the_pool_changes_no_other_choice(void)
{
	struct bank_question_list pool = fixture_pool(30), before, after;
	const struct select_wish wish = { .type = "technical", .count = 10, .seed = 4 };
	size_t place;
	int alike = 0;

	select_plan(arena, &pool, &wish, &before);
	place = place_of(&pool, before.items[3].id);
	pool.count--;
	memmove(&pool.items[place], &pool.items[place + 1],
	        (pool.count - place) * sizeof(*pool.items));
	select_plan(arena, &pool, &wish, &after);
	for (size_t i = 0; i < before.count; i++)
		for (size_t j = 0; j < after.count; j++)
			alike += strcmp(before.items[i].id, after.items[j].id) == 0;
	CHECK_INT((long long)after.count, 10);
	CHECK_INT(alike, 9);
}

static void a_swap_brings_nothing_that_was_met(void)
{
	static const char *const used[] = { "core-00" };
	const struct bank_question_list pool = fixture_pool(16);
	struct met met[] = {
		{ "core-03", 50 }, { "core-07", 20 }, { "core-11", 30 }, { "core-15", 40 }
	};
	const struct met_list all = { met, 4 };
	struct select_swap swap = { .planned = "core-00",
		                    .category = "core",
		                    .wanted_difficulty = 3,
		                    .used = used,
		                    .used_count = 1,
		                    .met = &all };
	const struct bank_question *found = select_nearer(&pool, &swap);

	CHECK(found != NULL && found->difficulty == 2);
	/* To who met the planned one, too, difficulty counts, and then the time. */
	swap.planned = "core-03";
	found = select_nearer(&pool, &swap);
	CHECK(found != NULL && strcmp(found->id, "core-07") == 0);
}

/* --- the same in real interviews --------------------------------------------------------- */

/* Answers well and badly in turn, so that the difficulty moves and questions are swapped. */
static void sit(int count)
{
	struct flow flow = begin(count);

	for (int i = 0; flow.active != NULL; i++) {
		if (i % 3 != 0)
			say(&flow, FULL_EN);
		else
			press(&flow, FLOW_SKIP);
	}
	CHECK(is_completed(&flow));
}

static void two_interviews_share_no_question_while_there_are_others(void)
{
	fixture_set_up(20);
	sit(12);
	sit(12);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM questions"), "24");
	CHECK_STR(fixture_ask(database, "SELECT count(DISTINCT bank_id) FROM questions"), "24");
	fixture_remove();
}

static void what_cannot_be_read_is_replaced(void)
{
	struct flow flow;

	fixture_set_up(4);
	CHECK_INT(fixture_sql(database, "UPDATE bank_questions SET body = '{}'"
	                                " WHERE id IN ('core-00', 'core-01', 'advanced-02')"),
	          SQLITE_OK);
	flow = begin(9);
	CHECK_INT((long long)flow.questions.count, 9);
	flow = begin(12);
	CHECK_INT((long long)flow.questions.count, 9);
	CHECK_INT(flow.interview.question_count, 9);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM questions WHERE snapshot = '{}'"),
	          "0");
	fixture_remove();
}

static void the_greeting_tells_of_a_short_bank(void)
{
	static const char few[] = "fewer than you asked for";
	struct flow flow;

	fixture_set_up(4);
	flow = begin(12);
	CHECK(strstr(flow.turns.items[0].body, few) == NULL);
	flow = begin(15);
	CHECK(strstr(flow.turns.items[0].body, "There will be 12 questions") != NULL);
	CHECK(strstr(flow.turns.items[0].body, few) != NULL);
	fixture_remove();
}

int main(void)
{
	RUN(a_large_bank_keeps_shares_levels_and_exposure);
	RUN(the_bank_of_each_role_keeps_them);
	RUN(nothing_comes_again_before_the_rest_and_then_the_oldest);
	RUN(who_leaves_the_pool_changes_no_other_choice);
	RUN(a_swap_brings_nothing_that_was_met);
	RUN(two_interviews_share_no_question_while_there_are_others);
	RUN(what_cannot_be_read_is_replaced);
	RUN(the_greeting_tells_of_a_short_bank);
	return check_done();
}
