#include "interview/flow_internal.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"

enum { DAY_MS = 86400000 };

bool flow_level_difficulty(const char *level, int *ret_difficulty)
{
	static const char *const levels[] = { "junior", "middle", "senior" };

	for (int i = 0; i < (int)(sizeof(levels) / sizeof(*levels)); i++) {
		if (strcmp(levels[i], level) == 0) {
			*ret_difficulty = i;
			return true;
		}
	}
	return false;
}

/* Starts of the day that holds `now`, and when the next day begins. */
static enum err count_day(struct store *store, const struct user *user, int64_t now, int *ret_count,
                          int64_t *ret_next_day)
{
	const int64_t day = clock_day_start(now, config()->tz_offset_min);
	int64_t first_at;

	*ret_next_day = day + DAY_MS;
	return interview_count_since(store, user->id, day, ret_count, &first_at);
}

enum err flow_quota(struct store *store, const struct user *user, struct flow_quota *ret_quota)
{
	struct flow_quota quota = { .is_exempt = user->is_admin,
		                    .limit = config()->interviews_per_day };
	int count;
	enum err err = count_day(store, user, clock_now_ms(), &count, &quota.allowed_at);

	if (err != OK)
		return err;
	quota.left = count < quota.limit ? quota.limit - count : 0;
	*ret_quota = quota;
	return OK;
}

static enum err check_limit(struct flow_opening *opening)
{
	int count;
	int64_t next_day;
	enum err err;

	if (opening->user->is_admin)
		return OK;
	err = count_day(opening->store, opening->user, opening->interview.created_at, &count,
	                &next_day);
	if (err != OK || count <= config()->interviews_per_day)
		return err;
	opening->allowed_at = next_day;
	return ERR_LIMITED;
}

enum err flow_opening_add(struct flow_opening *opening)
{
	enum err err = interview_add(opening->store, opening->arena, &opening->interview);

	return err == OK ? check_limit(opening) : err;
}

static enum err add_questions(struct flow_opening *opening)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < opening->count; i++)
		err = question_add(opening->store, opening->arena, &opening->questions[i]);
	return err;
}

/* The built-in interviewer opens every talk: the transaction waits for no network. */
static enum err speak(struct flow_opening *opening, enum cue cue, const char *kind,
                      const struct flow_asked *asked)
{
	const struct user *user = opening->user;
	const bool is_coding = cue == CUE_CODING_TASK;
	const struct cue_facts facts = {
		.cue = cue,
		.language = opening->interview.language,
		.candidate = user->full_name[0] != '\0' ? user->full_name : user->username,
		.role = opening->role_title,
		.position = asked != NULL ? 1 : 0,
		.total = (int)opening->count,
		.wished = opening->wished,
		.text = is_coding ? asked->task.title : NULL,
		.question = cue == CUE_QUESTION ? &asked->exam : NULL,
	};
	struct turn turn = {
		.question_id = asked != NULL ? opening->questions[0].id : NULL,
		.author = "interviewer",
		.kind = kind,
	};
	struct speech speech;
	enum err err = examiner_builtin()->speak(NULL, opening->arena, &facts, &speech);

	turn.body = speech.text;
	return err == OK ? turn_add(opening->store, opening->interview.id, &turn) : err;
}

static enum err activate_first(struct flow_opening *opening, struct flow_asked *ret_first)
{
	const struct flow_activation activation = {
		.store = opening->store,
		.pool = &opening->pool,
		.met = &opening->met,
		.interview = &opening->interview,
		.questions = opening->questions,
		.count = opening->count,
		.now = opening->interview.created_at,
	};

	return flow_activate(opening->arena, &activation, ret_first);
}

enum err flow_opening_talk(struct flow_opening *opening)
{
	const bool is_introduction = opening->interview.is_introduction;
	struct flow_asked first;
	enum err err = is_introduction ? OK : activate_first(opening, &first);

	if (err == OK)
		err = add_questions(opening);
	if (err == OK)
		err = speak(opening, CUE_GREETING, "greeting", NULL);
	if (err != OK)
		return err;
	if (is_introduction)
		return speak(opening, CUE_INTRODUCTION, "introduction", NULL);
	if (flow_is_coding(&opening->questions[0]))
		return speak(opening, CUE_CODING_TASK, "question", &first);
	return speak(opening, CUE_QUESTION, "question", &first);
}

enum err flow_opening_run(struct flow_opening *opening, enum err (*inside)(void *context),
                          void *context, struct flow_started *ret_started)
{
	enum err err = store_begin(opening->store);

	if (err != OK)
		return err;
	err = inside(context);
	if (err == OK)
		err = store_commit(opening->store);
	if (err != OK)
		store_rollback(opening->store);
	if (err == ERR_LIMITED)
		ret_started->allowed_at = opening->allowed_at;
	/* A second click on the same button: the interview is there already. */
	if (err == ERR_CONFLICT && opening->interview.id != NULL)
		err = OK;
	if (err == OK)
		ret_started->id = opening->interview.id;
	return err;
}
