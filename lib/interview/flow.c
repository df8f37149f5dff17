#include "interview/flow_internal.h"

#include <string.h>

#include "store/fact.h"

bool flow_is_running(const struct flow *flow)
{
	return strcmp(flow->interview.status, "in_progress") == 0;
}

static struct question *find_active(const struct flow *flow)
{
	for (size_t i = 0; i < flow->questions.count; i++)
		if (strcmp(flow->questions.items[i].state, "active") == 0)
			return &flow->questions.items[i];
	return NULL;
}

const char *flow_role_title(const struct interview *interview, const struct role *role)
{
	const bool is_named = interview->role_title != NULL && interview->role_title[0] != '\0';

	return is_named ? interview->role_title : role->title[interview->language];
}

static enum err read_role(struct flow *flow)
{
	struct role role;
	enum err err = role_by_id(flow->store, flow->arena, flow->interview.role_id, &role);

	if (err == OK)
		flow->role_title = flow_role_title(&flow->interview, &role);
	return err;
}

static enum err read_facts(struct flow *flow)
{
	struct exam_facts *facts = &flow->facts;
	struct fact_list list;
	enum err err = fact_list(flow->store, flow->arena, flow->interview.id, &list);

	if (err != OK)
		return err;
	facts->name = fact_value(&list, "name");
	facts->position = fact_value(&list, "position");
	facts->level = fact_value(&list, "level");
	facts->experience = fact_value(&list, "experience");
	facts->technologies = fact_value(&list, "technologies");
	return OK;
}

enum err flow_read(struct flow *flow)
{
	const struct question_list questions = flow->questions;
	const struct turn_list turns = flow->turns;
	const char *id = flow->interview.id;
	enum err err = interview_of_owner(flow->store, flow->arena, id, flow->interview.owner_id,
	                                  &flow->interview);

	if (err == OK)
		err = question_list_again(flow->store, flow->arena, id, &questions,
		                          &flow->questions);
	if (err == OK)
		err = turn_list_again(flow->store, flow->arena, id, &turns, &flow->turns);
	if (err == OK)
		err = draft_get(flow->store, flow->arena, id, &flow->draft);
	if (err == OK && flow->role_title == NULL)
		err = read_role(flow);
	if (err == OK)
		err = read_facts(flow);
	if (err == OK)
		flow->active = flow_is_running(flow) ? find_active(flow) : NULL;
	return err;
}

/* What is asked does not change while it is asked. */
static bool is_parsed(const struct flow *flow)
{
	return flow->parsed_id != NULL && strcmp(flow->parsed_id, flow->active->id) == 0;
}

enum err flow_load(struct flow *flow)
{
	struct flow_asked asked;
	enum err err = store_begin_read(flow->store);

	if (err != OK)
		return err;
	err = flow_read(flow);
	store_rollback(flow->store);
	if (err != OK || flow->active == NULL || is_parsed(flow))
		return err;
	err = flow_parse(flow->arena, flow->active->q_type, flow->active->snapshot,
	                 flow->interview.language, &asked);
	if (err == OK) {
		flow->active_exam = asked.exam;
		flow->active_task = asked.task;
		flow->parsed_id = flow->active->id;
	}
	return err;
}

enum err flow_open(const struct flow_setting *setting, const struct user *user, const char *id,
                   struct flow *ret_flow)
{
	struct arena *arena = setting->arena;
	struct flow flow = {
		.store = setting->store,
		.arena = arena,
		.examiner = examiner_builtin(),
		.model = setting->model,
		.listener = setting->listener,
		.interview = { .id = arena_strdup(arena, id),
		               .owner_id = arena_strdup(arena, user->id) },
		.candidate = arena_strdup(arena, user->full_name[0] != '\0' ? user->full_name
		                                                            : user->username),
	};
	enum err err = flow_settle(&flow);

	/* A full disk or a busy database: what was said is shown, the reaction comes later. */
	if (err == ERR_INTERNAL || err == ERR_BUSY || err == ERR_FULL)
		err = flow_load(&flow);
	if (err == OK)
		*ret_flow = flow;
	return err;
}
