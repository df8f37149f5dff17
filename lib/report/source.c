#include "report/source.h"

#include <string.h>

#include "store/bank.h"
#include "store/invitation.h"

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

static enum err load_invitation(struct store *store, struct arena *arena,
                                struct report_source *source)
{
	struct invitation invitation;
	enum err err;

	if (source->interview.invitation_id == NULL)
		return OK;
	err = invitation_by_id(store, arena, source->interview.invitation_id, &invitation);
	if (err == OK)
		source->invitation = invitation.title;
	return err;
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

static bool is_ruled(const struct ruling *ruling)
{
	return ruling->override != NULL || ruling->appeal_count > 0;
}

static enum err load_rulings(struct store *store, struct arena *arena, struct report_source *source)
{
	struct ruling *rulings = arena_array(arena, source->count + 1, sizeof(*rulings));
	bool any = false;

	for (size_t i = 0; i < source->count; i++) {
		enum err err = ruling_of(store, arena, source->questions[i].id, &rulings[i]);

		if (err != OK)
			return err;
		any |= is_ruled(&rulings[i]);
	}
	source->rulings = any ? rulings : NULL;
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
	if (err == OK)
		err = load_rulings(store, arena, source);
	return err;
}

/* ERR_BUSY while the judge has code of it. */
static enum err check_judged(struct store *store, const char *interview_id)
{
	bool is_pending;
	enum err err = submission_pending(store, interview_id, NULL, &is_pending);

	return err == OK && is_pending ? ERR_BUSY : err;
}

enum err source_load(struct store *store, struct arena *arena, const char *interview_id,
                     struct report_source *source)
{
	enum err err;

	*source = (struct report_source){ 0 };
	err = interview_by_id(store, arena, interview_id, &source->interview);
	if (err == OK && strcmp(source->interview.status, "completed") != 0)
		err = ERR_CONFLICT;
	if (err == OK)
		err = check_judged(store, interview_id);
	if (err == OK)
		err = load_people(store, arena, source);
	if (err == OK)
		err = load_invitation(store, arena, source);
	if (err == OK)
		err = load_talk(store, arena, source);
	return err;
}
