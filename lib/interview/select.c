#include "interview/select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interview/flow.h"

enum {
	MOST_SHARES = 4,
	WARM_UP = 2 /* theory questions before the first coding task */
};

/*
 * Weight in the draw by distance from the wished difficulty, in steps. With all four equally
 * frequent three of four questions are at the wished difficulty or next to it, and none is
 * drawn more than twice as often as the mean, whatever the size of the bank.
 */
static const double weights[] = { 1, 0.55, 0.3, 0.15 };

/* How far chance may outweigh difficulty when ordering, in steps. */
#define ORDER_SPREAD 1.0
#define REPEAT_COST  1.0 /* of a category that was just asked, in steps of difficulty */

/* A question with what it is ranked by, the first before the others. */
struct candidate {
	const struct bank_question *question;
	int64_t met; /* 0: never */
	double key;
};

struct planner {
	struct arena *arena;
	const struct bank_question_list *pool;
	const struct select_wish *wish;
	uint64_t random;
	struct candidate *chosen;
	size_t chosen_count;
};

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t select_seed(const char *id)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * 0x100000001b3u;
	return hash;
}

/* SplitMix64, scaled to [0, 1): https://prng.di.unimi.it/splitmix64.c */
static double next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return (double)(z >> 11) * 0x1.0p-53;
}

/* What chance gives to one id. */
static double random_of(uint64_t seed, const char *id)
{
	uint64_t state = seed ^ select_seed(id);

	return next_random(&state);
}

/* A theory question of that type and category; without a type: a coding task. */
static bool matches(const struct bank_question *question, const char *type, const char *category)
{
	const bool is_coding = question->q_type != NULL && strcmp(question->q_type, "coding") == 0;

	if (type == NULL)
		return is_coding;
	return !is_coding && strcmp(question->type, type) == 0 &&
	       strcmp(question->category, category) == 0;
}

static size_t count_in(const struct bank_question_list *pool, const char *type,
                       const char *category)
{
	size_t count = 0;

	for (size_t i = 0; i < pool->count; i++)
		count += matches(&pool->items[i], type, category);
	return count;
}

static bool is_mixed(const char *type)
{
	return strcmp(type, "mixed") == 0;
}

size_t select_available(const struct bank_question_list *pool, const char *type)
{
	const struct flow_share *shares;
	size_t count, available = 0;

	if (flow_shares(type, &count) == NULL)
		return 0;
	shares = flow_shares(type, &count);
	for (size_t i = 0; i < count; i++)
		available += is_mixed(type) ? select_available(pool, shares[i].category)
		                            : count_in(pool, type, shares[i].category);
	return available;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

static size_t coding_count(const struct bank_question_list *pool, const struct select_wish *wish)
{
	const int wished = (wish->count * wish->coding_percent + 50) / 100;

	return least((size_t)wished, count_in(pool, NULL, NULL));
}

static size_t theory_count(const struct bank_question_list *pool, const struct select_wish *wish)
{
	return least((size_t)wish->count - coding_count(pool, wish),
	             select_available(pool, wish->type));
}

size_t select_count(const struct bank_question_list *pool, const struct select_wish *wish)
{
	return coding_count(pool, wish) + theory_count(pool, wish);
}

/*
 * Largest remainder with room for at most `room[i]` each: places go one by one to
 * whoever is farthest behind its quota; chance decides ties.
 */
struct apportionment {
	const struct flow_share *shares;
	size_t count;
	size_t room[MOST_SHARES], seats[MOST_SHARES];
};

static size_t farthest_behind(const struct apportionment *all, size_t total, uint64_t *random)
{
	size_t best = all->count;
	double best_key = 0;
	int sum = 0;

	for (size_t i = 0; i < all->count; i++)
		sum += all->shares[i].percent;
	for (size_t i = 0; i < all->count; i++) {
		double quota = (double)total * all->shares[i].percent / sum;
		double key = quota - (double)all->seats[i] + 1e-6 * next_random(random);

		if (all->seats[i] < all->room[i] && (best == all->count || key > best_key)) {
			best = i;
			best_key = key;
		}
	}
	return best;
}

static void apportion(struct apportionment *all, size_t total, uint64_t *random)
{
	for (size_t given = 0; given < total; given++) {
		size_t i = farthest_behind(all, total, random);

		if (i == all->count)
			return;
		all->seats[i]++;
	}
}

static int by_rank(const void *a, const void *b)
{
	const struct candidate *one = a, *other = b;

	if (one->met != other->met)
		return one->met < other->met ? -1 : 1;
	return (one->key > other->key) - (one->key < other->key);
}

/*
 * The smallest keys of these are a weighted draw without replacement: P. Efraimidis,
 * P. Spirakis, "Weighted random sampling with a reservoir", Inf. Process. Lett. 97 (2006).
 */
static struct candidate rank(const struct planner *planner, const struct bank_question *question)
{
	const struct select_wish *wish = planner->wish;
	const double weight = weights[abs(question->difficulty - wish->difficulty) & 3];

	return (struct candidate){
		.question = question,
		.met = met_at(wish->met, question->id),
		.key = -log1p(-random_of(wish->seed, question->id)) / weight,
	};
}

/* Takes `count` questions of a category. */
static void choose(struct planner *planner, const char *type, const char *category, size_t count)
{
	const struct bank_question_list *pool = planner->pool;
	struct candidate *found = arena_array(planner->arena, pool->count, sizeof(*found));
	size_t found_count = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (matches(&pool->items[i], type, category))
			found[found_count++] = rank(planner, &pool->items[i]);
	qsort(found, found_count, sizeof(*found), by_rank);
	for (size_t i = 0; i < count && i < found_count; i++)
		planner->chosen[planner->chosen_count++].question = found[i].question;
}

static void plan_type(struct planner *planner, const char *type, size_t total)
{
	struct apportionment all = { 0 };

	all.shares = flow_shares(type, &all.count);
	for (size_t i = 0; i < all.count; i++)
		all.room[i] = count_in(planner->pool, type, all.shares[i].category);
	apportion(&all, total, &planner->random);
	for (size_t i = 0; i < all.count; i++)
		choose(planner, type, all.shares[i].category, all.seats[i]);
}

static void plan_mixed(struct planner *planner, size_t total)
{
	struct apportionment all = { 0 };

	all.shares = flow_shares("mixed", &all.count);
	for (size_t i = 0; i < all.count; i++)
		all.room[i] = select_available(planner->pool, all.shares[i].category);
	apportion(&all, total, &planner->random);
	for (size_t i = 0; i < all.count; i++)
		plan_type(planner, all.shares[i].category, all.seats[i]);
}

/* A part of what was chosen, to be put in order. */
struct part {
	struct candidate *items;
	size_t count;
};

static size_t next_in_order(const struct part *part, const char *last_category)
{
	size_t best = 0;
	double best_cost = 0;
	bool found = false;

	for (size_t i = 0; i < part->count; i++) {
		const struct candidate *candidate = &part->items[i];
		double cost = candidate->key;

		if (candidate->question == NULL)
			continue;
		if (strcmp(candidate->question->category, last_category) == 0)
			cost += REPEAT_COST;
		if (!found || cost < best_cost) {
			best = i;
			best_cost = cost;
			found = true;
		}
	}
	return best;
}

/* Easier ones first within reason, categories mixed. */
static void order(struct planner *planner, const struct part *part)
{
	struct candidate *ordered = arena_array(planner->arena, part->count, sizeof(*ordered));
	const char *last_category = "";

	for (size_t i = 0; i < part->count; i++)
		part->items[i].key = part->items[i].question->difficulty +
		                     ORDER_SPREAD * next_random(&planner->random);
	for (size_t i = 0; i < part->count; i++) {
		struct candidate *next = &part->items[next_in_order(part, last_category)];

		ordered[i] = *next;
		last_category = next->question->category;
		next->question = NULL;
	}
	for (size_t i = 0; i < part->count; i++)
		part->items[i] = ordered[i];
}

/* Some theory to warm up, then the coding tasks at even distances. */
static void merge(const struct part *theory, const struct part *coding, struct bank_question *items)
{
	const size_t total = theory->count + coding->count;
	const size_t warm_up = least(WARM_UP, (theory->count + 1) / 2);
	size_t used = 0;

	for (size_t place = 0; place < total; place++) {
		const bool theory_left = place - used < theory->count;
		const bool due = used < coding->count &&
		                 place >= warm_up + used * (total - warm_up) / coding->count;

		if (due || !theory_left)
			items[place] = *coding->items[used++].question;
		else
			items[place] = *theory->items[place - used].question;
	}
}

void select_plan(struct arena *arena, const struct bank_question_list *pool,
                 const struct select_wish *wish, struct bank_question_list *ret_plan)
{
	struct planner planner = {
		.arena = arena,
		.pool = pool,
		.wish = wish,
		.random = wish->seed,
		.chosen = arena_array(arena, pool->count, sizeof(*planner.chosen)),
	};
	struct part theory = { planner.chosen, theory_count(pool, wish) };
	struct part coding = { planner.chosen + theory.count, coding_count(pool, wish) };
	struct bank_question_list plan = { .count = theory.count + coding.count };

	if (is_mixed(wish->type))
		plan_mixed(&planner, theory.count);
	else if (theory.count > 0)
		plan_type(&planner, wish->type, theory.count);
	choose(&planner, NULL, NULL, coding.count);
	order(&planner, &theory);
	order(&planner, &coding);
	plan.items = arena_array(arena, plan.count, sizeof(*plan.items));
	merge(&theory, &coding, plan.items);
	*ret_plan = plan;
}

static bool is_used(const struct select_swap *swap, const char *id)
{
	for (size_t i = 0; i < swap->used_count; i++)
		if (strcmp(swap->used[i], id) == 0)
			return true;
	return false;
}

/* Difficulty decides, then who was met longest ago, then chance. */
static struct candidate rank_swap(const struct select_swap *swap,
                                  const struct bank_question *question)
{
	return (struct candidate){
		.question = question,
		.met = met_at(swap->met, question->id),
		.key = abs(question->difficulty - swap->wanted_difficulty) +
		       0.5 * random_of(swap->seed, question->id),
	};
}

static bool is_better(const struct candidate *one, const struct candidate *other)
{
	if (other->question == NULL || (int)one->key != (int)other->key)
		return other->question == NULL || one->key < other->key;
	return by_rank(one, other) < 0;
}

const struct bank_question *select_nearer(const struct bank_question_list *pool,
                                          const struct select_swap *swap)
{
	const bool is_new = met_at(swap->met, swap->planned) == 0;
	const int distance = abs(swap->planned_difficulty - swap->wanted_difficulty);
	struct candidate best = { 0 };

	for (size_t i = 0; i < pool->count; i++) {
		const struct bank_question *question = &pool->items[i];
		const struct candidate candidate = rank_swap(swap, question);

		if (abs(question->difficulty - swap->wanted_difficulty) < distance &&
		    strcmp(question->category, swap->category) == 0 &&
		    !(is_new && candidate.met != 0) && is_better(&candidate, &best) &&
		    !is_used(swap, question->id))
			best = candidate;
	}
	return best.question;
}
