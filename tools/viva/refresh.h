/* Parts of `viva refresh-questions`. */
#ifndef VIVA_TOOLS_REFRESH_H
#define VIVA_TOOLS_REFRESH_H

#include "examiner/generate.h"
#include "store/bank.h"
#include "viva.h"
#include "witness/model.h"

/* The whole run. */
struct refresh_run {
	struct store *store;
	const struct model *model;
	const struct judge *judge; /* NULL: no tasks are wanted */
	int count, tasks;          /* wanted of each role */
	int misses;                /* calls in a row that no model answered */
};

/* What is being made for one role. */
struct refresh_set {
	struct refresh_run *run;
	struct arena *arena; /* of this role; the thread is bound to it */
	const struct role *role;
	cJSON *questions, *tasks;           /* bodies that new ones must not be like */
	cJSON *question_names, *task_names; /* English texts that the model is told of */
	struct bank_question_list fresh;    /* rows to be stored */
	int dropped[GENERATE_REASON_COUNT];
};

/* Asks for all questions; each is told on standard output. */
void refresh_make_questions(struct refresh_set *set);

/* The same for coding tasks. */
void refresh_make_tasks(struct refresh_set *set);

/*
 * A desk for one item, or NULL when there is no use asking: too many calls in a row had
 * no answer, or no model got ready within a minute.
 */
const struct agent_desk *refresh_desk(struct refresh_run *run, struct arena *arena);

/* Counts and tells what was dropped; `fault` is a model's text. */
void refresh_drop(struct refresh_set *set, const struct generate_made *made);

/* Keeps the item: later ones must not be like it. */
void refresh_keep(struct refresh_set *set, const struct bank_question *row);

/* The text on one line, nothing in it that would steer a terminal. */
const char *refresh_line(struct arena *arena, const char *text);

#endif
