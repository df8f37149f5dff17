#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/report.h"
#include "score/score.h"
#include "store/bank.h"

static enum err load_people(struct store *store, struct arena *arena, struct report_source *source)
{
	struct interview *interview = &source->interview;
	struct user user;
	struct role role;
	enum err err = user_by_id(store, arena, interview->owner_id, &user);

	if (err == OK)
		err = role_by_id(store, arena, interview->role_id, &role);
	if (err != OK)
		return err;
	source->owner_name = user.full_name[0] != '\0' ? user.full_name : user.username;
	source->role = (struct role_facts){
		.track = role.track,
		.title = role.title[interview->language],
	};
	return OK;
}

static enum err load_evaluations(struct store *store, struct arena *arena,
                                 struct report_source *source)
{
	struct evaluation *evaluations = arena_array(arena, source->count + 1,
	                                             sizeof(*evaluations));

	for (size_t i = 0; i < source->count; i++) {
		enum err err = evaluation_get(store, arena, source->questions[i].id,
		                              &evaluations[i]);

		if (err != OK && err != ERR_NOT_FOUND)
			return err;
	}
	source->evaluations = evaluations;
	return OK;
}

static enum err load_works(struct store *store, struct arena *arena, struct report_source *source)
{
	struct code_work *works = arena_array(arena, source->count + 1, sizeof(*works));

	for (size_t i = 0; i < source->count; i++) {
		const struct question *question = &source->questions[i];
		enum err err;

		if (strcmp(question->q_type, "coding") != 0)
			continue;
		err = submission_list(store, arena, question->id, false, &works[i].submissions);
		if (err == OK)
			err = hint_list(store, arena, question->id, &works[i].hints);
		if (err != OK)
			return err;
	}
	source->works = works;
	return OK;
}

static enum err load_events(struct store *store, struct arena *arena, struct report_source *source)
{
	struct event_list events;
	enum err err = event_list(store, arena, source->interview.id, &events);

	if (err != OK)
		return err;
	source->events = events.items;
	source->event_count = events.count;
	return OK;
}

static enum err load_talk(struct store *store, struct arena *arena, struct report_source *source)
{
	struct question_list questions;
	struct turn_list turns;
	enum err err = question_list(store, arena, source->interview.id, &questions);

	if (err == OK)
		err = turn_list(store, arena, source->interview.id, &turns);
	if (err != OK)
		return err;
	source->questions = questions.items;
	source->count = questions.count;
	source->turns = turns.items;
	source->turn_count = turns.count;
	err = load_evaluations(store, arena, source);
	if (err == OK)
		err = load_works(store, arena, source);
	if (err == OK)
		err = load_events(store, arena, source);
	return err;
}

/* ERR_BUSY while the judge has code of it. */
static enum err check_judged(struct store *store, const char *interview_id)
{
	bool is_pending;
	enum err err = submission_pending(store, interview_id, NULL, &is_pending);

	return err == OK && is_pending ? ERR_BUSY : err;
}

static enum err load(struct store *store, struct arena *arena, const char *interview_id,
                     struct report_source *source)
{
	enum err err = interview_by_id(store, arena, interview_id, &source->interview);

	if (err == OK && strcmp(source->interview.status, "completed") != 0)
		err = ERR_CONFLICT;
	if (err == OK)
		err = check_judged(store, interview_id);
	if (err == OK)
		err = load_people(store, arena, source);
	if (err == OK)
		err = load_talk(store, arena, source);
	return err;
}

static void build(struct arena *arena, const struct report_source *source, struct report_row *row)
{
	cJSON *document = report_build(arena, source);
	const cJSON *overall = json_get(json_get(document, "metrics"), "overall");

	*row = (struct report_row){
		.interview_id = source->interview.id,
		.version = SCORE_VERSION,
		.body = json_text(document),
		.total_score = json_number(overall, "total_score", 0),
		.max_score = json_number(overall, "max_total_score", 0),
	};
}

/* Stores the row unless another caller was faster; gives the one that is stored. */
static enum err store_once(struct store *store, struct arena *arena, const struct report_row *row,
                           struct report_row *ret_row)
{
	struct report_row stored = *row;
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, row->interview_id, &stored);
	if (err == ERR_NOT_FOUND)
		err = report_add(store, arena, &stored);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	else
		*ret_row = stored;
	return err;
}

enum err report_ensure(struct store *store, struct arena *arena, const char *interview_id,
                       struct report_row *ret_row)
{
	struct report_source source = { 0 };
	struct report_row row;
	enum err err = store_begin_read(store);

	if (err != OK)
		return err;
	err = report_of_interview(store, arena, interview_id, ret_row);
	if (err == ERR_NOT_FOUND)
		err = load(store, arena, interview_id, &source);
	store_rollback(store);
	if (err != OK || source.interview.id == NULL)
		return err;
	build(arena, &source, &row);
	return store_once(store, arena, &row, ret_row);
}
