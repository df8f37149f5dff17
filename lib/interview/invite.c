#include "interview/invite.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "interview/flow_internal.h"
#include "store/audit.h"

enum { DAY_MS = 86400000 };

/* --- choosing the questions ---------------------------------------------------------- */

static enum err draw(struct flow_opening *opening, const struct invite_wish *wish,
                     struct invited_question_list *ret_list)
{
	struct invited_question_list list = { 0 };
	enum err err = flow_plan(opening, &wish->options, wish->draw);

	if (err != OK)
		return err;
	list.items = arena_array(opening->arena, opening->count, sizeof(*list.items));
	for (size_t i = 0; i < opening->count; i++) {
		const struct question *question = &opening->questions[i];

		list.items[list.count++] = (struct invited_question){
			.bank_id = question->bank_id,
			.q_type = question->q_type,
			.category = question->category,
			.snapshot = question->snapshot,
		};
	}
	*ret_list = list;
	return OK;
}

enum err invite_preview(struct store *store, struct arena *arena, const struct user *admin,
                        const struct invite_wish *wish, struct invited_question_list *ret_list)
{
	struct flow_opening opening = { .store = store, .arena = arena, .user = admin };

	return draw(&opening, wish, ret_list);
}

const char *invite_names(struct arena *arena, const struct invited_question_list *list)
{
	struct buf names;

	buf_init(&names, arena);
	for (size_t i = 0; i < list->count; i++)
		buf_printf(&names, "%s%s", i > 0 ? " " : "", list->items[i].bank_id);
	return names.len > 0 ? names.data : "";
}

/* --- issuing -------------------------------------------------------------------------- */

static enum err note(struct store *store, const struct user *admin, const char *action,
                     const char *id)
{
	struct arena *scratch = arena_create();
	const struct audit_entry entry = {
		.actor_id = admin->id,
		.action = action,
		.subject = { AUDIT_OTHER, arena_printf(scratch, "invitation %s", id) },
	};
	const enum err err = audit_add(store, &entry);

	arena_destroy(scratch);
	return err;
}

static struct invitation invitation_of(const struct flow_opening *opening,
                                       const struct invite_wish *wish)
{
	const struct interview *interview = &opening->interview;

	return (struct invitation){
		.title = wish->title,
		.role_id = interview->role_id,
		.level = interview->level,
		.type = interview->type,
		.language = interview->language,
		.edition = interview->edition,
		.coding_percent = interview->coding_percent,
		.code_language = interview->code_language,
		.time_limit_min = interview->time_limit_min,
		.job_description = interview->job_description,
		.most_uses = wish->most_uses,
		.created_by = opening->user->id,
		.nonce = wish->options.nonce,
		.expires_at = clock_now_ms() + (int64_t)wish->days * DAY_MS,
	};
}

/* Inside a transaction, so that what was compared is what is stored. */
static enum err issue(struct flow_opening *opening, const struct invite_wish *wish,
                      struct invitation *invitation)
{
	struct invited_question_list questions;
	enum err err = draw(opening, wish, &questions);

	if (err != OK)
		return err;
	if (strcmp(invite_names(opening->arena, &questions), wish->shown) != 0)
		return ERR_CONFLICT;
	*invitation = invitation_of(opening, wish);
	err = invitation_add(opening->store, opening->arena, invitation, &questions);
	if (err == OK)
		err = note(opening->store, opening->user, "invitation.create", invitation->id);
	return err;
}

enum err invite_issue(struct store *store, struct arena *arena, const struct user *admin,
                      const struct invite_wish *wish, const char **ret_id)
{
	struct flow_opening opening = { .store = store, .arena = arena, .user = admin };
	struct invitation invitation = { 0 };
	enum err err;

	if (wish->days < 1 || wish->days > INVITE_DAYS_MAX || wish->most_uses < 0 ||
	    wish->most_uses > INVITE_USES_MAX)
		return ERR_INVALID;
	err = store_begin(store);
	if (err != OK)
		return err;
	err = issue(&opening, wish, &invitation);
	if (err == OK)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	/* A second click on the same button: the invitation is there already. */
	if (err == ERR_CONFLICT && invitation.id != NULL)
		err = OK;
	if (err == OK)
		*ret_id = invitation.id;
	return err;
}

enum err invite_revoke(struct store *store, const struct user *admin, const char *id)
{
	enum err err = store_begin(store);

	if (err != OK)
		return err;
	err = invitation_revoke(store, id, clock_now_ms());
	if (err == OK)
		err = note(store, admin, "invitation.revoke", id);
	if (err == OK)
		return store_commit(store);
	store_rollback(store);
	return err;
}

/* --- the candidate's start -------------------------------------------------------------- */

/* What such a start works with beside the opening. */
struct guest {
	struct flow_opening opening;
	const struct invitation *invitation;
};

static enum err fill_interview(struct guest *guest)
{
	const struct invitation *invitation = guest->invitation;
	struct flow_opening *opening = &guest->opening;

	opening->role_title = invitation->role_title[invitation->language];
	opening->interview = (struct interview){
		.owner_id = opening->user->id,
		.role_id = invitation->role_id,
		.level = invitation->level,
		.type = invitation->type,
		.language = invitation->language,
		.edition = invitation->edition,
		.question_count = (int)opening->count,
		.time_limit_min = invitation->time_limit_min,
		.job_description = invitation->job_description,
		.status = "in_progress",
		.max_turns = config()->max_turns,
		.start_nonce = store_new_id(opening->arena),
		.coding_percent = invitation->coding_percent,
		.code_language = invitation->code_language,
		.repeats = "",
		.invitation_id = invitation->id,
	};
	return flow_level_difficulty(invitation->level, &opening->interview.difficulty)
	               ? OK
	               : ERR_INTERNAL;
}

static enum err gather_questions(struct guest *guest)
{
	struct flow_opening *opening = &guest->opening;
	struct invited_question_list list;
	enum err err = invitation_questions(opening->store, opening->arena, guest->invitation->id,
	                                    &list);

	if (err != OK)
		return err;
	opening->questions = arena_array(opening->arena, list.count, sizeof(*opening->questions));
	opening->count = list.count;
	for (size_t i = 0; i < list.count; i++)
		opening->questions[i] = (struct question){
			.position = (int)i + 1,
			.bank_id = list.items[i].bank_id,
			.q_type = list.items[i].q_type,
			.category = list.items[i].category,
			.snapshot = list.items[i].snapshot,
			.state = "planned",
			.answer = "",
		};
	return list.count > 0 ? OK : ERR_INTERNAL;
}

/* Who used it before comes to that interview, which is what the conflict's id says. */
static enum err take(struct guest *guest)
{
	struct flow_opening *opening = &guest->opening;
	const char *known;
	enum err err = invitation_interview(opening->store, opening->arena, guest->invitation->id,
	                                    opening->user->id, &known);

	if (err == OK) {
		opening->interview.id = known;
		return ERR_CONFLICT;
	}
	if (err != ERR_NOT_FOUND)
		return err;
	return invitation_take(opening->store, guest->invitation->id, opening->user->id,
	                       clock_now_ms());
}

static enum err start_inside(void *context)
{
	struct guest *guest = context;
	struct flow_opening *opening = &guest->opening;
	enum err err = take(guest);

	if (err == OK)
		err = gather_questions(guest);
	if (err == OK)
		err = fill_interview(guest);
	if (err == OK)
		err = interview_add(opening->store, opening->arena, &opening->interview);
	if (err != OK)
		return err;
	for (size_t i = 0; i < opening->count; i++)
		opening->questions[i].interview_id = opening->interview.id;
	return flow_opening_talk(opening);
}

enum err invite_start(struct store *store, struct arena *arena, const struct user *user,
                      const struct invitation *invitation, struct flow_started *ret_started)
{
	struct guest guest = { .opening = { .store = store, .arena = arena, .user = user },
		               .invitation = invitation };

	return flow_opening_run(&guest.opening, start_inside, &guest, ret_started);
}
