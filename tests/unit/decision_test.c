/* Decisions of recruiters: on finished interviews only, changeable, read by who may. */
#include "store_fixture.h"

#include "store/decision.h"

struct story {
	struct store *store;
	struct user admin, candidate;
	struct interview interview;
};

static struct story finished_interview(void)
{
	struct story story = { .store = fixture_store() };

	fixture_role(story.store);
	story.admin = fixture_user(story.store, "boss", "The Boss");
	story.candidate = fixture_user(story.store, "olena", "Олена Коваль");
	story.interview = fixture_interview(story.store, story.candidate.id, "one");
	CHECK_INT(fixture_sql(database, "UPDATE interviews SET status = 'completed',"
	                                " finished_at = created_at + 1"),
	          0);
	return story;
}

static struct decision verdict(const struct story *story, const char *verdict, const char *reason)
{
	return (struct decision){ .interview_id = story->interview.id,
		                  .verdict = verdict,
		                  .reason = reason,
		                  .author_id = story->admin.id,
		                  .was_blind = true };
}

static void a_decision_is_stored_and_changed(void)
{
	struct story story = finished_interview();
	struct decision decision = verdict(&story, "hold", "Wait for the second talk."), found;
	bool changed = false;

	CHECK_INT(decision_of(story.store, arena, story.interview.id, &found), ERR_NOT_FOUND);
	CHECK_INT(decision_save(story.store, &decision, &changed), OK);
	CHECK(changed);
	CHECK_INT(decision_save(story.store, &decision, &changed), OK);
	CHECK(!changed);
	decision = verdict(&story, "advance", "The second talk went well.");
	decision.was_blind = false;
	CHECK_INT(decision_save(story.store, &decision, &changed), OK);
	CHECK(changed);
	CHECK_INT(decision_of(story.store, arena, story.interview.id, &found), OK);
	CHECK_STR(found.verdict, "advance");
	CHECK_STR(found.reason, "The second talk went well.");
	CHECK_STR(found.author_name, "The Boss");
	CHECK(found.was_blind);
	fixture_remove();
}

static void there_is_none_of_what_is_not_finished(void)
{
	struct story story = finished_interview();
	struct interview running = fixture_interview(story.store, story.candidate.id, "two");
	struct decision decision = verdict(&story, "reject", "Too early.");
	bool changed;

	decision.interview_id = running.id;
	CHECK_INT(decision_save(story.store, &decision, &changed), ERR_CONFLICT);
	decision.interview_id = "none";
	CHECK_INT(decision_save(story.store, &decision, &changed), ERR_NOT_FOUND);
	fixture_remove();
}

static void a_person_is_known_when_all_that_is_finished_is_decided(void)
{
	struct story story = finished_interview();
	struct decision decision = verdict(&story, "advance", "Good.");
	bool all = true, changed;

	CHECK_INT(decision_all_made(story.store, story.candidate.id, &all), OK);
	CHECK(!all);
	CHECK_INT(decision_save(story.store, &decision, &changed), OK);
	fixture_interview(story.store, story.candidate.id, "two");
	CHECK_INT(decision_all_made(story.store, story.candidate.id, &all), OK);
	CHECK(all);
	CHECK_INT(fixture_sql(database, "UPDATE interviews SET status = 'completed',"
	                                " finished_at = created_at + 1"),
	          0);
	CHECK_INT(decision_all_made(story.store, story.candidate.id, &all), OK);
	CHECK(!all);
	CHECK_INT(decision_all_made(story.store, story.admin.id, &all), OK);
	CHECK(!all);
	fixture_remove();
}

static void it_outlives_its_author_without_the_name(void)
{
	struct story story = finished_interview();
	struct decision decision = verdict(&story, "advance", "Good."), found;
	bool changed;

	CHECK_INT(decision_save(story.store, &decision, &changed), OK);
	CHECK_INT(user_delete(story.store, arena, story.admin.id), OK);
	CHECK_INT(decision_of(story.store, arena, story.interview.id, &found), OK);
	CHECK(found.author_id == NULL && found.author_name == NULL);
	fixture_remove();
}

int main(void)
{
	RUN(a_decision_is_stored_and_changed);
	RUN(there_is_none_of_what_is_not_finished);
	RUN(a_person_is_known_when_all_that_is_finished_is_decided);
	RUN(it_outlives_its_author_without_the_name);
	return check_done();
}
