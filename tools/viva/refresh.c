/* viva refresh-questions: a model writes new questions for the roles' sets. */
#include "refresh.h"

#include <stdio.h>
#include <string.h>

#include "bank/search.h"
#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/refresh.h"

enum { COUNT = 15, COUNT_MOST = 15, TASKS_MOST = 10, LEAST_KEPT = 10 };
enum { NAME_LENGTH = 200 };

struct options {
	const char *role_id; /* NULL: all */
	int count, tasks;
	bool is_dry;
};

static int usage(void)
{
	fprintf(stderr,
	        "usage: viva refresh-questions [--role ID] [--count 1-%d] [--tasks 0-%d] "
	        "[--dry-run]\n",
	        COUNT_MOST, TASKS_MOST);
	return 2;
}

static bool read_number(const char *text, int least, int most, int *ret_number)
{
	long long number;

	if (text == NULL || !text_integer(text, least, most, &number))
		return false;
	*ret_number = (int)number;
	return true;
}

static bool read_options(int argc, char **argv, struct options *options)
{
	*options = (struct options){ .count = COUNT };
	for (int i = 0; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (strcmp(argv[i], "--dry-run") == 0) {
			options->is_dry = true;
			continue;
		}
		if (strcmp(argv[i], "--role") == 0 && value != NULL)
			options->role_id = value;
		else if (strcmp(argv[i], "--count") != 0 ||
		         !read_number(value, 1, COUNT_MOST, &options->count)) {
			if (strcmp(argv[i], "--tasks") != 0 ||
			    !read_number(value, 0, TASKS_MOST, &options->tasks))
				return false;
		}
		i++;
	}
	return true;
}

/* --- one role ----------------------------------------------------------------- */

static cJSON *parsed(const char *body)
{
	cJSON *item;

	return json_parse(body, strlen(body), &item) == OK ? item : NULL;
}

static void add_name(struct refresh_set *set, cJSON *names, const cJSON *body, const char *member)
{
	const char *text = json_string(json_get(body, member), "en", "");

	json_add_string(names, text_shortened(set->arena, text, NAME_LENGTH));
}

/* The model hears of everything; what replaces generated questions may be like those. */
static void know(struct refresh_set *set, const struct bank_question *question, bool is_replaced)
{
	const bool is_task = strcmp(question->q_type, "coding") == 0;
	cJSON *body = parsed(question->body);

	if (body == NULL)
		return;
	add_name(set, is_task ? set->task_names : set->question_names, body,
	         is_task ? "title" : "question");
	if (!is_replaced)
		json_add(is_task ? set->tasks : set->questions, body);
}

void refresh_keep(struct refresh_set *set, const struct bank_question *row)
{
	set->fresh.items[set->fresh.count++] = *row;
	know(set, row, false);
}

static enum err open_set(struct refresh_set *set)
{
	const struct refresh_run *run = set->run;
	struct bank_question_list current = { 0 };
	int number = 0;
	enum err err = edition_current(run->store, set->role->id, &number);

	if (err == OK)
		err = edition_questions(run->store, set->arena, set->role->id, number, &current);
	if (err != OK)
		return err;
	set->questions = cJSON_CreateArray();
	set->tasks = cJSON_CreateArray();
	set->question_names = cJSON_CreateArray();
	set->task_names = cJSON_CreateArray();
	set->fresh.items = arena_array(set->arena, (size_t)(run->count + run->tasks),
	                               sizeof(*set->fresh.items));
	for (size_t i = 0; i < current.count; i++)
		know(set, &current.items[i], strcmp(current.items[i].source, "llm") == 0);
	return OK;
}

static int count_questions(const struct refresh_set *set)
{
	int count = 0;

	for (size_t i = 0; i < set->fresh.count; i++)
		count += strcmp(set->fresh.items[i].q_type, "theory") == 0;
	return count;
}

static const char *dropped_json(const struct refresh_set *set)
{
	cJSON *dropped = cJSON_CreateObject();

	for (int i = 0; i < GENERATE_REASON_COUNT; i++)
		if (set->dropped[i] > 0)
			json_set_number(dropped, generate_reason_name((enum generate_reason)i),
			                set->dropped[i]);
	return json_text(dropped);
}

static enum err note(const struct refresh_set *set, const struct refresh *refresh)
{
	const struct audit_entry entry = {
		.action = "bank.refresh",
		.subject = { AUDIT_OTHER, arena_printf(set->arena, "role %s", set->role->id) },
		.details = arena_printf(set->arena, "{\"kept\":%d,\"edition\":%d}", refresh->kept,
		                        refresh->edition),
	};

	return audit_add(set->run->store, &entry);
}

/* Stores the set, or that it is too small. */
static enum err store_set(struct refresh_set *set, struct refresh *refresh, bool is_enough)
{
	struct store *store = set->run->store;

	if (is_enough) {
		enum err err = store_begin(store);

		if (err == OK)
			err = refresh_apply(store, set->arena, refresh, &set->fresh);
		if (err == OK)
			err = search_renew(store, set->arena);
		if (err == OK)
			err = note(set, refresh);
		if (err == OK)
			return store_commit(store);
		store_rollback(store);
		return err;
	}
	refresh->kept = 0;
	return refresh_fail(store, refresh);
}

/* True if the role has a new edition, or would have. */
static bool finish_set(struct refresh_set *set, bool is_dry)
{
	const struct agent_kit *kit = model_kit(set->run->model);
	const int questions = count_questions(set);
	const bool is_enough = questions >= LEAST_KEPT;
	struct refresh refresh = {
		.role_id = set->role->id,
		.model = agent_model(kit, AGENT_QUESTION_GENERATOR),
		.kept = (int)set->fresh.count,
		.dropped = dropped_json(set),
	};

	printf("%s: %d questions and %d tasks are good, dropped: %s\n", set->role->id, questions,
	       (int)set->fresh.count - questions, refresh.dropped);
	if (!is_dry && store_set(set, &refresh, is_enough) != OK) {
		fprintf(stderr, "viva: %s: the questions could not be stored\n", set->role->id);
		return false;
	}
	if (!is_enough)
		fprintf(stderr,
		        "viva: %s: %d good questions of %d, %d are needed: nothing was changed\n",
		        set->role->id, questions, set->run->count, LEAST_KEPT);
	else if (!is_dry)
		printf("%s: edition %d\n", set->role->id, refresh.edition);
	return is_enough;
}

static bool refresh_role(struct refresh_run *run, const struct role *role, bool is_dry)
{
	struct refresh_set set = { .run = run, .arena = arena_create(), .role = role };
	bool is_done = false;

	json_bind(set.arena);
	if (open_set(&set) == OK) {
		refresh_make_questions(&set);
		if (run->tasks > 0)
			refresh_make_tasks(&set);
		is_done = finish_set(&set, is_dry);
	}
	fflush(stdout);
	json_bind(NULL);
	arena_destroy(set.arena);
	return is_done;
}

/* --- the run ------------------------------------------------------------------ */

static int refresh_roles(struct refresh_run *run, struct arena *arena,
                         const struct options *options)
{
	struct role_list roles = { 0 };
	bool is_found = false, is_done = true;

	if (role_list(run->store, arena, &roles) != OK)
		return 1;
	for (size_t i = 0; i < roles.count; i++) {
		if (options->role_id != NULL && strcmp(roles.items[i].id, options->role_id) != 0)
			continue;
		is_found = true;
		is_done = refresh_role(run, &roles.items[i], options->is_dry) && is_done;
	}
	json_bind(arena);
	if (!is_found)
		fputs("viva: there is no such role\n", stderr);
	return is_found && is_done ? 0 : 1;
}

/* One run at a time; the lock goes with the process. */
static bool take_turn(struct arena *arena)
{
	struct lock *lock;
	const enum err err = lock_take(arena, config_var_path("locks"), "refresh-questions", 0,
	                               &lock);

	if (err == ERR_BUSY)
		fputs("viva: another refresh is running\n", stderr);
	return err == OK;
}

static bool has_agents(const struct model *model, const struct options *options)
{
	const struct agent_kit *kit = model_kit(model);

	if (agent_is_there(kit, AGENT_QUESTION_GENERATOR) &&
	    (options->tasks == 0 || agent_is_there(kit, AGENT_TASK_GENERATOR)))
		return true;
	fputs("viva: the generators' prompts are missing in templates/prompts\n", stderr);
	return false;
}

int refresh_questions(struct arena *arena, int argc, char **argv)
{
	struct refresh_run run = { 0 };
	struct options options;
	struct model *model;

	if (!read_options(argc, argv, &options))
		return usage();
	if (model_open(arena, &model) != OK) {
		fputs("viva: the model cannot be used as it is configured\n", stderr);
		return 1;
	}
	if (model == NULL) {
		puts("no model is configured: nothing to do");
		return 0;
	}
	run.store = open_store(arena);
	if (run.store == NULL || !has_agents(model, &options) || !take_turn(arena))
		return 1;
	run.model = model;
	run.count = options.count;
	run.tasks = options.tasks;
	run.judge = options.tasks > 0 ? open_judge(arena) : NULL;
	return refresh_roles(&run, arena, &options);
}
