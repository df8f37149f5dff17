/* An invitation fixes the questions once; its uses are counted and never given back. */
#include "flow_fixture.h"

#include "base/clock.h"
#include "interview/invite.h"
#include "store/history.h"

static struct user admin;

static void set_up(void)
{
	fixture_set_up(6);
	admin = fixture_user(store, "boss", "Boss");
	admin.is_admin = true;
}

static struct invite_wish wish_of(int count, int most_uses)
{
	return (struct invite_wish){ .options = fixture_options("technical", count),
		                     .title = "Spring",
		                     .draw = "draw",
		                     .most_uses = most_uses,
		                     .days = 7 };
}

/* Looks at the questions and agrees to them. */
static struct invitation issue(struct invite_wish wish)
{
	struct invited_question_list shown;
	struct invitation invitation = { 0 };
	const char *id = NULL;

	CHECK_INT(invite_preview(store, arena, &admin, &wish, &shown), OK);
	wish.shown = invite_names(arena, &shown);
	CHECK_INT(invite_issue(store, arena, &admin, &wish, &id), OK);
	CHECK_INT(invitation_by_id(store, arena, id, &invitation), OK);
	return invitation;
}

static enum err take(const struct user *user, const struct invitation *invitation,
                     struct flow *ret_flow)
{
	struct flow_started started = { 0 };
	enum err err = invite_start(store, arena, user, invitation, &started);

	if (err == OK && ret_flow != NULL)
		CHECK_INT(open_as(user, started.id, ret_flow), OK);
	return err;
}

static int count(const char *sql)
{
	return atoi(fixture_ask(database, sql));
}

static void the_same_draw_gives_the_same_questions(void)
{
	struct invite_wish wish = wish_of(5, 0), other = wish;
	struct invited_question_list first, again, others;

	set_up();
	other.draw = "another draw";
	CHECK_INT(invite_preview(store, arena, &admin, &wish, &first), OK);
	CHECK_INT(invite_preview(store, arena, &admin, &wish, &again), OK);
	CHECK_INT(invite_preview(store, arena, &admin, &other, &others), OK);
	CHECK_INT((long long)first.count, 5);
	CHECK_STR(invite_names(arena, &first), invite_names(arena, &again));
	CHECK(strcmp(invite_names(arena, &first), invite_names(arena, &others)) != 0);
	CHECK_INT(count("SELECT count(*) FROM invitations"), 0);
	fixture_remove();
}

static void what_was_not_shown_is_not_issued(void)
{
	struct invite_wish wish = wish_of(2, 1);
	const char *id = "untouched";

	set_up();
	wish.shown = "something else";
	CHECK_INT(invite_issue(store, arena, &admin, &wish, &id), ERR_CONFLICT);
	wish.days = 91;
	CHECK_INT(invite_issue(store, arena, &admin, &wish, &id), ERR_INVALID);
	wish.days = 7;
	wish.most_uses = INVITE_USES_MAX + 1;
	CHECK_INT(invite_issue(store, arena, &admin, &wish, &id), ERR_INVALID);
	CHECK_STR(id, "untouched");
	CHECK_INT(count("SELECT count(*) FROM invitations"), 0);
	CHECK_INT(count("SELECT count(*) FROM audit"), 0);
	fixture_remove();
}

/* Whatever the bank becomes and however the talk goes. */
static void everybody_is_asked_what_was_fixed(void)
{
	struct invitation invitation;
	struct invited_question_list fixed;
	struct user ben;
	struct flow flow;

	set_up();
	ben = fixture_user(store, "ben", "Ben");
	invitation = issue(wish_of(4, 0));
	CHECK_INT(invitation_questions(store, arena, invitation.id, &fixed), OK);
	CHECK_INT(fixture_sql(database, "UPDATE bank_questions SET body = json_set(body,"
	                                " '$.edited', 1), enabled = 0"),
	          SQLITE_OK);
	for (int person = 0; person < 2; person++) {
		CHECK_INT(take(person == 0 ? &candidate : &ben, &invitation, &flow), OK);
		CHECK_STR(flow.interview.invitation_id, invitation.id);
		for (size_t i = 0; i < fixed.count; i++) {
			CHECK_STR(flow.active->bank_id, fixed.items[i].bank_id);
			flow.interview.difficulty = person == 0 ? 3 : 0;
			CHECK_INT(interview_save(store, &flow.interview), OK);
			press(&flow, FLOW_SKIP);
		}
		CHECK(is_completed(&flow));
	}
	CHECK_INT(count("SELECT count(*) FROM questions WHERE snapshot LIKE '%edited%'"), 0);
	fixture_remove();
}

static void a_use_is_taken_once_a_person_and_never_given_back(void)
{
	struct invitation invitation;
	struct user ben, cat;
	struct flow first, again;
	const char *known = "";

	set_up();
	ben = fixture_user(store, "ben", "Ben");
	cat = fixture_user(store, "cat", "Cat");
	invitation = issue(wish_of(2, 2));
	CHECK_INT(take(&candidate, &invitation, &first), OK);
	CHECK_INT(take(&candidate, &invitation, &again), OK);
	CHECK_STR(again.interview.id, first.interview.id);
	CHECK_INT(history_delete(store, candidate.id, first.interview.id), OK);
	CHECK_INT(take(&candidate, &invitation, NULL), ERR_CONFLICT);
	CHECK_INT(invitation_interview(store, arena, invitation.id, candidate.id, &known), OK);
	CHECK(known == NULL);
	CHECK_INT(user_delete(store, arena, candidate.id), OK);
	CHECK_INT(take(&ben, &invitation, NULL), OK);
	CHECK_INT(take(&cat, &invitation, NULL), ERR_CONFLICT);
	CHECK_INT(invitation_by_id(store, arena, invitation.id, &invitation), OK);
	CHECK_INT(invitation.uses, 2);
	CHECK_INT(invitation_state(&invitation, clock_now_ms()), INVITATION_USED_UP);
	fixture_remove();
}

static void a_closed_invitation_opens_nothing_and_leaves_nothing(void)
{
	struct invitation invitation;

	set_up();
	invitation = issue(wish_of(2, 0));
	CHECK_INT(invite_revoke(store, &admin, invitation.id), OK);
	CHECK_INT(invite_revoke(store, &admin, invitation.id), ERR_CONFLICT);
	CHECK_INT(invite_revoke(store, &admin, "none"), ERR_NOT_FOUND);
	CHECK_INT(take(&candidate, &invitation, NULL), ERR_CONFLICT);
	invitation = issue(wish_of(2, 0));
	CHECK_INT(fixture_sql(database, "UPDATE invitations SET expires_at = 1"), SQLITE_OK);
	CHECK_INT(take(&candidate, &invitation, NULL), ERR_CONFLICT);
	CHECK_INT(count("SELECT count(*) FROM interviews"), 0);
	CHECK_INT(count("SELECT count(*) FROM invitation_uses"), 0);
	CHECK_INT(count("SELECT sum(uses) FROM invitations"), 0);
	CHECK_INT(count("SELECT count(*) FROM audit WHERE action LIKE 'invitation.%'"), 3);
	fixture_remove();
}

static void what_was_not_asked_does_not_come_again(void)
{
	struct invitation invitation;
	struct flow parent, child;
	struct flow_started started = { 0 };
	struct flow_again again = { .repeats = "all" };

	set_up();
	invitation = issue(wish_of(4, 0));
	CHECK_INT(take(&candidate, &invitation, &parent), OK);
	press(&parent, FLOW_SKIP);
	press(&parent, FLOW_STOP);
	press(&parent, FLOW_FINISH);
	again.parent_id = parent.interview.id;
	again.nonce = new_nonce();
	CHECK_INT(flow_repeat(store, arena, &candidate, &again, &started), OK);
	CHECK_INT(open_as(&candidate, started.id, &child), OK);
	CHECK_INT((long long)child.questions.count, 2);
	CHECK(child.interview.invitation_id == NULL);
	CHECK_INT(count("SELECT count(*) FROM interview_starts"), 1);
	fixture_remove();
}

int main(void)
{
	RUN(the_same_draw_gives_the_same_questions);
	RUN(what_was_not_shown_is_not_issued);
	RUN(everybody_is_asked_what_was_fixed);
	RUN(a_use_is_taken_once_a_person_and_never_given_back);
	RUN(a_closed_invitation_opens_nothing_and_leaves_nothing);
	RUN(what_was_not_asked_does_not_come_again);
	return check_done();
}
