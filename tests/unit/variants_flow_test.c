/* Who is asked which variant of a task: by start, by invitation, when it is taken again. */
#include "coding_fixture.h"

#include "interview/invite.h"
#include "judge/variants.h"

enum { STARTS = 40 };

/* The bank's only task has three variants, told apart by their titles. */
static void set_up(void)
{
	struct bank_question task = coding_question("sum-00", 0);
	cJSON *body = NULL, *variants = NULL;

	json_bind(arena);
	coding_set_up(6, 1);
	candidate.is_admin = true; /* no daily limit */
	CHECK_INT(json_parse(task.body, strlen(task.body), &body), OK);
	CHECK_INT(json_parse("[{\"n\":1},{\"n\":2},{\"n\":3}]", 25, &variants), OK);
	json_set(body, "variants", variants);
	cJSON_ReplaceItemInObject(cJSON_GetObjectItem(body, "title"), "en",
	                          cJSON_CreateString("Sum {{n}}"));
	task.body = json_text(body);
	CHECK_INT(bank_save(store, arena, &task), OK);
}

static const char *task_of(const char *interview_id)
{
	return fixture_ask(database, arena_printf(arena,
	                                          "SELECT snapshot FROM questions WHERE q_type ="
	                                          " 'coding' AND interview_id = '%s'",
	                                          interview_id));
}

static void starts_meet_every_variant_of_one_row(void)
{
	int seen[4] = { 0 };

	set_up();
	for (int i = 0; i < STARTS; i++) {
		struct flow flow = begin_coding(2, 50);
		const char *snapshot = task_of(flow.interview.id);
		const int number = variants_number(snapshot);

		CHECK(number >= 1 && number <= 3);
		CHECK(strstr(snapshot, arena_printf(arena, "\"Sum %d\"", number)) != NULL);
		CHECK(strstr(snapshot, "variants") == NULL);
		seen[number]++;
	}
	for (int i = 1; i <= 3; i++)
		CHECK(seen[i] > 0);
	CHECK_STR(fixture_ask(database, "SELECT group_concat(DISTINCT bank_id) FROM questions WHERE"
	                                " q_type = 'coding'"),
	          "sum-00");
	fixture_remove();
}

static void an_invitation_gives_everybody_the_same(void)
{
	struct user boss, guests[4];
	struct invite_wish wish = { .options = fixture_options("technical", 2),
		                    .title = "Spring",
		                    .draw = "draw",
		                    .days = 7 };
	struct invited_question_list shown;
	struct invitation invitation = { 0 };
	const char *id = NULL, *first = NULL;

	set_up();
	boss = fixture_user(store, "boss", "Boss");
	boss.is_admin = true;
	wish.options.coding_percent = 50;
	wish.options.code_language = "python";
	CHECK_INT(invite_preview(store, arena, &boss, &wish, &shown), OK);
	wish.shown = invite_names(arena, &shown);
	CHECK_INT(invite_issue(store, arena, &boss, &wish, &id), OK);
	CHECK_INT(invitation_by_id(store, arena, id, &invitation), OK);
	for (size_t i = 0; i < 4; i++) {
		struct flow_started started = { 0 };

		guests[i] = fixture_user(store, arena_printf(arena, "guest%zu", i), "Guest");
		CHECK_INT(invite_start(store, arena, &guests[i], &invitation, &started), OK);
		if (first == NULL)
			first = task_of(started.id);
		CHECK(variants_number(first) > 0);
		CHECK_STR(task_of(started.id), first);
	}
	fixture_remove();
}

/* Mended since, it is the same variant still; and one that is gone is another that is there. */
static void who_takes_it_again_gets_the_same(void)
{
	set_up();
	for (int i = 0; i < 6; i++) {
		struct flow flow = begin_coding(2, 50);
		struct flow_started started = { 0 };
		struct flow_again again = { .parent_id = flow.interview.id,
			                    .repeats = "all",
			                    .nonce = new_nonce() };
		const int number = variants_number(task_of(flow.interview.id));

		press(&flow, FLOW_STOP);
		press(&flow, FLOW_FINISH);
		CHECK_INT(flow_repeat(store, arena, &candidate, &again, &started), OK);
		CHECK_INT(variants_number(task_of(started.id)), number);
		again.nonce = new_nonce();
		CHECK_INT(fixture_sql(database, "UPDATE bank_questions SET body = json_remove(body,"
		                                " '$.variants[2]') WHERE id = 'sum-00'"),
		          SQLITE_OK);
		CHECK_INT(flow_repeat(store, arena, &candidate, &again, &started), OK);
		CHECK_INT(variants_number(task_of(started.id)), number == 3 ? 1 : number);
	}
	fixture_remove();
}

int main(void)
{
	RUN(starts_meet_every_variant_of_one_row);
	RUN(an_invitation_gives_everybody_the_same);
	RUN(who_takes_it_again_gets_the_same);
	return check_done();
}
