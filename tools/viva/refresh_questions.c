/* The questions of a refresh: which are ordered, and what becomes of each. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bank/rows.h"
#include "bank/rules.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/flow.h"
#include "refresh.h"

enum { CALLS = 6, READY_TRIES = 60, MOST_MISSES = 3, MOST_SHARES = 4, LINE_LENGTH = 300 };

/* --- the model ---------------------------------------------------------------- */

/* A paused endpoint is waited for: nobody sits in front of this. */
const struct agent_desk *refresh_desk(struct refresh_run *run, struct arena *arena)
{
	const struct timespec second = { .tv_sec = 1 };
	const struct model_work work = {
		.store = run->store,
		.budget_ms = CALLS * config()->llm_timeout_s * 1000,
		.cancel_fd = -1,
	};
	const struct agent_desk *desk = model_desk(arena, run->model, &work);

	if (run->misses >= MOST_MISSES)
		return NULL;
	for (int i = 0; i < READY_TRIES; i++) {
		if (desk->is_ready(desk->context))
			return desk;
		nanosleep(&second, NULL);
	}
	run->misses = MOST_MISSES;
	return NULL;
}

const char *refresh_line(struct arena *arena, const char *text)
{
	const char *line = text_shortened(arena, text_one_line(arena, text), LINE_LENGTH);
	const char *end = line + strlen(line);
	struct buf clean;
	char bytes[4];

	buf_init(&clean, arena);
	while (line < end) {
		uint32_t letter = text_next(&line, end);

		if (letter < 0x20 || (letter >= 0x7f && letter < 0xa0))
			letter = ' ';
		buf_add(&clean, bytes, text_encode(letter, bytes));
	}
	return clean.data;
}

void refresh_drop(struct refresh_set *set, const struct generate_made *made)
{
	set->dropped[made->reason]++;
	set->run->misses = made->reason == GENERATE_NO_ANSWER ? set->run->misses + 1 : 0;
	printf("%s: dropped, %s: %s\n", set->role->id, generate_reason_name(made->reason),
	       refresh_line(set->arena, made->fault));
	fflush(stdout);
}

/* --- what is ordered ---------------------------------------------------------- */

/* Places go one by one to whoever is farthest behind its share. */
struct spread {
	const struct flow_share *shares;
	size_t count, total;
	size_t taken[MOST_SHARES];
};

static struct spread spread_of(const char *type)
{
	struct spread spread = { 0 };

	spread.shares = flow_shares(type, &spread.count);
	return spread;
}

static size_t take(struct spread *spread)
{
	size_t best = 0;
	double most = -1;

	spread->total++;
	for (size_t i = 0; i < spread->count; i++) {
		const double behind = (double)spread->total * spread->shares[i].percent / 100 -
		                      (double)spread->taken[i];

		if (behind > most) {
			most = behind;
			best = i;
		}
	}
	spread->taken[best]++;
	return best;
}

/* Types in equal parts, so that every type of interview gets new questions. */
struct plan {
	struct spread types, categories[MOST_SHARES];
	int orders;
};

static struct plan plan_of(void)
{
	struct plan plan = { .types = spread_of("mixed") };

	for (size_t i = 0; i < plan.types.count; i++)
		plan.categories[i] = spread_of(plan.types.shares[i].category);
	return plan;
}

static struct generate_order next_order(struct plan *plan, const struct refresh_set *set)
{
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };
	static const char *const levels[] = { "junior", "middle", "senior", "senior" };
	const size_t type = take(&plan->types);
	struct spread *categories = &plan->categories[type];
	const int step = plan->orders++ % 4;

	return (struct generate_order){
		.role_id = set->role->id,
		.role_title = set->role->title[LANG_EN],
		.role_track = set->role->track,
		.skill_tags = set->role->skill_tags,
		.type = plan->types.shares[type].category,
		.category = categories->shares[take(categories)].category,
		.level = levels[step],
		.difficulty = difficulties[step],
		.known = set->questions,
		.named = set->question_names,
	};
}

/* --- one question ------------------------------------------------------------- */

/* The bank's own rules, as for questions that people write. */
static void check_rules(struct arena *arena, const struct refresh_set *set,
                        struct generate_made *made)
{
	cJSON *roles = cJSON_CreateArray(), *role;
	struct rules_check check = { .arena = arena, .roles = roles };
	struct buf told;

	buf_init(&told, arena);
	check.told = &told;
	check.id = json_string(made->body, "id", "");
	role = json_add_object(roles);
	json_set_string(role, "id", set->role->id);
	json_set_string(role, "track", set->role->track);
	rules_question(&check, made->body);
	if (check.faults > 0)
		*made = (struct generate_made){ .reason = GENERATE_RULES, .fault = told.data };
}

static struct generate_made make(struct refresh_set *set, struct arena *arena,
                                 const struct generate_order *order)
{
	const struct agent_desk *desk = refresh_desk(set->run, arena);
	struct generate_made made = { .reason = GENERATE_NO_ANSWER, .fault = "no model is ready" };

	if (desk == NULL)
		return made;
	generate_question(desk, arena, order, &made);
	if (made.body != NULL)
		check_rules(arena, set, &made);
	return made;
}

static void keep(struct refresh_set *set, const char *text)
{
	struct bank_question row;
	cJSON *body;

	if (json_parse(text, strlen(text), &body) != OK)
		return;
	row = rows_question(body);
	row.source = "llm";
	set->run->misses = 0;
	refresh_keep(set, &row);
	printf("%s: kept %s: %s\n", set->role->id, row.id,
	       refresh_line(set->arena, json_string(json_get(body, "question"), "en", "")));
	fflush(stdout);
}

void refresh_make_questions(struct refresh_set *set)
{
	struct plan plan = plan_of();

	for (int i = 0; i < set->run->count; i++) {
		const struct generate_order order = next_order(&plan, set);
		struct arena *arena = arena_create();
		struct generate_made made;
		const char *text = NULL;

		json_bind(arena);
		made = make(set, arena, &order);
		if (made.body != NULL)
			text = arena_strdup(set->arena, json_text(made.body));
		json_bind(set->arena);
		if (text != NULL)
			keep(set, text);
		else
			refresh_drop(set, &made);
		arena_destroy(arena);
	}
}
