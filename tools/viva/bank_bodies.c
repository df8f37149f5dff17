#include "bank_bodies.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bank/edit.h"
#include "bank_judge.h"
#include "base/json.h"
#include "hash.h"
#include "judge/task.h"
#include "store/bank.h"
#include "viva.h"

struct bodies {
	struct arena *arena;
	struct bank_question_list stored;
	const struct judge *judge; /* NULL until a task needs it */
	int slot;                  /* -1: none */
	int unjudged;              /* tasks without expected answers */
	const char *why;           /* so, of the last of them */
};

/* What tells this text of a task from another, kept in the body. */
static const char *source_hash(struct arena *arena, const cJSON *task)
{
	return arena_printf(arena, "%016" PRIx64, hash_text(HASH_START, json_text(task)));
}

static const char *stored_body(const struct bodies *bodies, const char *id)
{
	for (size_t i = 0; i < bodies->stored.count; i++)
		if (strcmp(bodies->stored.items[i].id, id) == 0)
			return bodies->stored.items[i].body;
	return NULL;
}

/* True if the stored body was made of this text and has all its answers. */
static bool is_current(const struct bodies *bodies, const char *body, const char *hash)
{
	cJSON *parsed;

	return body != NULL && json_parse(body, strlen(body), &parsed) == OK &&
	       strcmp(json_string(parsed, "source_hash", ""), hash) == 0 &&
	       task_is_complete(bodies->arena, body);
}

/* The judge and a slot in it, once; ERR_UPSTREAM where there is no sandbox. */
static enum err enter(struct bodies *bodies, const char **ret_text)
{
	if (bodies->judge == NULL)
		bodies->judge = open_judge(bodies->arena);
	if (judge_tier(bodies->judge) == NULL) {
		*ret_text = judge_refusal(bodies->judge);
		return ERR_UPSTREAM;
	}
	return bodies->slot >= 0 ? OK
	                         : bank_judge_enter(bodies->judge, bodies->arena, &bodies->slot);
}

/* Text of the task with its hash, and without answers that somebody may have written to it. */
static const char *plain_body(const cJSON *task, const char *hash)
{
	cJSON *copy = edit_plain(task);

	json_set_string(copy, "source_hash", hash);
	return json_text(copy);
}

/* The body, or what is wrong with it. */
static enum err complete(struct bodies *bodies, const char *plain, const char **ret_text)
{
	struct coding_task task;
	enum err err = task_parse(bodies->arena, plain, LANG_EN, &task, ret_text);

	if (err != OK)
		return err;
	err = enter(bodies, ret_text);
	if (err == OK)
		err = task_complete(bodies->judge, bodies->arena, bodies->slot, plain, ret_text);
	if (err == ERR_UPSTREAM) {
		bodies->why = *ret_text;
		*ret_text = plain;
		bodies->unjudged++;
		return OK;
	}
	return err;
}

static enum err make_body(struct bodies *bodies, const cJSON *task, const char **ret_body)
{
	const char *id = json_string(task, "id", ""), *hash = source_hash(bodies->arena, task);
	const char *text = "";
	enum err err;

	*ret_body = stored_body(bodies, id);
	if (is_current(bodies, *ret_body, hash))
		return OK;
	err = complete(bodies, plain_body(task, hash), &text);
	*ret_body = text;
	if (err == ERR_BUSY)
		fputs("viva: no slot of the judge became free\n", stderr);
	else if (err != OK)
		fprintf(stderr, "viva: %s: %s\n", id, text);
	return err;
}

static void tell_unjudged(const struct bodies *bodies)
{
	if (bodies->unjudged > 0)
		printf("%d coding tasks have no expected answers, code for them is not judged: "
		       "%s\n",
		       bodies->unjudged, bodies->why);
}

enum err bank_bodies(struct store *store, struct arena *arena, const cJSON *tasks,
                     struct task_bodies *ret_bodies)
{
	struct bodies bodies = { .arena = arena, .slot = -1 };
	const char **items = arena_array(arena, (size_t)cJSON_GetArraySize(tasks) + 1,
	                                 sizeof(*items));
	const cJSON *task;
	size_t i = 0;
	enum err err = bank_list(store, arena, &bodies.stored);

	cJSON_ArrayForEach(task, tasks)
	{
		if (err == OK)
			err = make_body(&bodies, task, &items[i++]);
	}
	if (bodies.slot >= 0)
		judge_leave(bodies.judge, bodies.slot);
	if (err != OK)
		return err;
	tell_unjudged(&bodies);
	*ret_bodies = (struct task_bodies){ .items = items, .unjudged = bodies.unjudged };
	return OK;
}
