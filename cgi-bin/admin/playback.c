/* An interview played back step by step. */
#include <string.h>

#include "admin.h"
#include "base/json.h"
#include "base/text.h"
#include "report/blind.h"
#include "store/audit.h"
#include "view/playback_view.h"
#include "web/reply.h"

/* More steps than an interview can have. */
enum { MAX_STEP = 1000000 };

static enum err load_works(struct request *request, struct playback *playback)
{
	struct code_work *works = arena_array(request->arena, playback->questions.count + 1,
	                                      sizeof(*works));
	enum err err = OK;

	for (size_t i = 0; err == OK && i < playback->questions.count; i++) {
		const struct question *question = &playback->questions.items[i];

		if (strcmp(question->q_type, "coding") != 0)
			continue;
		err = submission_list(request->store, request->arena, question->id, false,
		                      &works[i].submissions);
		if (err == OK)
			err = hint_list(request->store, request->arena, question->id,
			                &works[i].hints);
	}
	playback->works = works;
	return err;
}

static enum err load(struct request *request, const char *id, struct playback *playback)
{
	enum err err = interview_by_id(request->store, request->arena, id, &playback->interview);

	if (err == OK)
		err = question_list(request->store, request->arena, id, &playback->questions);
	if (err == OK)
		err = turn_list(request->store, request->arena, id, &playback->turns);
	if (err == OK)
		err = event_list(request->store, request->arena, id, &playback->events);
	return err == OK ? load_works(request, playback) : err;
}

/* Whose it is, as far as who reviews blind may know; all words of the page are masked alike. */
static enum err show_person(struct request *request, const struct interview *interview,
                            const struct blind *blind, cJSON *page)
{
	cJSON *step = cJSON_GetObjectItemCaseSensitive(page, "step");
	struct user user;
	enum err err = user_by_id(request->store, request->arena, interview->owner_id, &user);

	if (err != OK)
		return err;
	blind_document(request->arena, blind, step);
	json_set_string(page, "owner_id", user.id);
	json_set_string(page, "participant",
	                blind->alias != NULL        ? blind->alias
	                : user.full_name[0] != '\0' ? text_plain(request->arena, user.full_name)
	                                            : user.username);
	return OK;
}

static enum err note(struct request *request, const char *id)
{
	return audit_add_daily(request->store, &(struct audit_entry){
	                                               .actor_id = request->user->id,
	                                               .action = "interview.replay",
	                                               .subject = { AUDIT_INTERVIEW, id },
	                                       });
}

static enum err get_playback(struct request *request)
{
	const struct blind_reader reader = { request->user, request->language };
	struct playback playback = { 0 };
	struct blind blind = { 0 };
	long long number;
	cJSON *page;
	enum err err = load(request, request->params[0], &playback);

	if (err == OK)
		err = blind_interview(request->store, request->arena, &reader, &playback.interview,
		                      &blind);
	if (err == OK)
		err = blind_events(request->store, request->arena, &reader, &blind,
		                   &playback.events);
	if (err == OK)
		err = note(request, playback.interview.id);
	if (err != OK)
		return err;
	if (!text_integer(request_query(request, "step", "1"), 1, MAX_STEP, &number))
		number = 1;
	page = playback_view(request->arena, &playback, number, request->language);
	err = show_person(request, &playback.interview, &blind, page);
	return err == OK ? reply_page(request, "playback", page) : err;
}

static const struct route routes[] = {
	{ GET, "/admin/interviews/*/playback", ADMIN, get_playback, NULL },
};

const struct route_table playback_routes = ROUTE_TABLE(routes);
