/* The coding tasks of a refresh: each is tried in the sandbox before it may enter. */
#include <stdio.h>
#include <string.h>

#include "bank_bodies.h"
#include "bank/rows.h"
#include "bank/rules.h"
#include "bank_trial.h"
#include "base/json.h"
#include "judge/task.h"
#include "refresh.h"

enum { TRIES = 2 };

static bool can_try(const struct judge *judge)
{
	return judge_tier(judge) != NULL && judge_has_language(judge, "python") &&
	       judge_has_language(judge, "javascript");
}

static struct generate_order order_of(const struct refresh_set *set, int number)
{
	static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED" };
	static const char *const levels[] = { "junior", "middle", "senior" };

	return (struct generate_order){
		.role_id = set->role->id,
		.role_title = set->role->title[LANG_EN],
		.role_track = set->role->track,
		.skill_tags = set->role->skill_tags,
		.type = "technical",
		.category = number % 2 == 0 ? "algo" : "domain",
		.level = levels[number % 3],
		.difficulty = difficulties[number % 3],
		.known = set->tasks,
		.named = set->task_names,
	};
}

/* What `bank check` asks of a task: its rules, then references, starters and wrong variants. */
static void check_made(struct arena *arena, const struct refresh_set *set,
                       struct generate_made *made)
{
	cJSON *roles = cJSON_CreateArray(), *tasks = cJSON_CreateArray(), *role;
	struct rules_check check = { .arena = arena, .roles = roles, .tasks = tasks };
	enum generate_reason reason = GENERATE_RULES;
	struct buf told;

	buf_init(&told, arena);
	check.told = &told;
	check.id = json_string(made->body, "id", "");
	role = json_add_object(roles);
	json_set_string(role, "id", set->role->id);
	json_set_string(role, "track", set->role->track);
	json_add(tasks, cJSON_Duplicate(made->body, true));
	rules_task(&check, made->body);
	if (check.faults == 0) {
		reason = GENERATE_TRIAL;
		bank_trials(&check, &(struct bank_trial_order){ .is_whole = true });
	}
	if (check.faults > 0)
		*made = (struct generate_made){ .reason = reason, .fault = told.data };
}

static struct generate_made make(struct refresh_set *set, struct arena *arena,
                                 const struct generate_order *order)
{
	const struct agent_desk *desk = refresh_desk(set->run, arena);
	struct generate_made made = { .reason = GENERATE_NO_ANSWER, .fault = "no model is ready" };
	struct generate_retry retry = { 0 };

	for (int i = 0; desk != NULL && i < TRIES; i++) {
		generate_task(desk, arena, order, &retry, &made);
		if (made.body != NULL)
			check_made(arena, set, &made);
		if (made.body != NULL || retry.previous == NULL)
			return made;
		retry.fault = made.fault;
	}
	return made;
}

/* The task's row with expected answers; false when the sandbox is gone meanwhile. */
static bool complete(struct refresh_set *set, const cJSON *body, struct bank_question *ret_row)
{
	cJSON *tasks = cJSON_CreateArray();
	struct task_bodies bodies;

	json_add(tasks, cJSON_Duplicate(body, true));
	if (bank_bodies(set->run->store, set->arena, tasks, &bodies) != OK ||
	    !task_is_complete(set->arena, bodies.items[0]))
		return false;
	*ret_row = rows_task(set->arena, body, bodies.items[0]);
	ret_row->source = "llm";
	return true;
}

static void keep(struct refresh_set *set, const char *text)
{
	const struct generate_made gone = { .reason = GENERATE_NO_JUDGE,
		                            .fault = "the references could not be run again" };
	struct bank_question row;
	cJSON *body;

	if (json_parse(text, strlen(text), &body) != OK || !complete(set, body, &row)) {
		refresh_drop(set, &gone);
		return;
	}
	set->run->misses = 0;
	refresh_keep(set, &row);
	printf("%s: kept %s: %s\n", set->role->id, row.id,
	       refresh_line(set->arena, json_string(json_get(body, "title"), "en", "")));
	fflush(stdout);
}

static void make_task(struct refresh_set *set, int number)
{
	const struct generate_order order = order_of(set, number);
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

void refresh_make_tasks(struct refresh_set *set)
{
	const struct generate_made none = {
		.reason = GENERATE_NO_JUDGE,
		.fault = "Python and JavaScript cannot be run in a sandbox here",
	};

	for (int i = 0; i < set->run->tasks; i++) {
		if (can_try(set->run->judge))
			make_task(set, i);
		else
			refresh_drop(set, &none);
	}
}
