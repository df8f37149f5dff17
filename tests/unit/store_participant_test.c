/* The recruiter's list of candidates. */
#include "store_fixture.h"

#include "store/participant.h"

static struct store *store;
static struct interview interview;

static void open_store(void)
{
	store = fixture_store();
	fixture_role(store);
	interview = fixture_interview(store, fixture_user(store, "ann", "Анна").id, "n");
}

static void add_report(const char *interview_id, double score)
{
	struct report_row report = { .interview_id = interview_id,
		                     .version = "builtin-1",
		                     .body = "{}",
		                     .total_score = score,
		                     .max_score = 80 };

	CHECK_INT(report_add(store, arena, &report), OK);
}

/* The user names found, joined by spaces. */
static const char *find(const char *search, const char *sort, bool descending, int page)
{
	const struct participant_query query = { .search = search,
		                                 .sort = sort,
		                                 .descending = descending,
		                                 .page = page,
		                                 .page_size = 2 };
	struct participant_list list = { 0 };
	const char *names = "";

	CHECK_INT(participant_find(store, arena, &query, &list), OK);
	for (size_t i = 0; i < list.count; i++)
		names = arena_printf(arena, "%s%s ", names, list.items[i].username);
	return arena_printf(arena, "%s/%d", names, list.total);
}

static void complete(struct interview *done, int64_t when, double score)
{
	done->status = "completed";
	done->finished_at = when;
	CHECK_INT(interview_save(store, done), OK);
	add_report(done->id, score);
}

static void participants_are_found_sorted_and_paged(void)
{
	struct user bob, root;
	struct interview second, older;

	open_store();
	bob = fixture_user(store, "Bob_1", "Борис Ґудзь 100%");
	fixture_user(store, "cy", "C\\D");
	root = fixture_user(store, "root", "");
	CHECK_INT(user_set_admin(store, root.id, true), OK);
	second = fixture_interview(store, bob.id, "2");
	older = fixture_interview(store, bob.id, "3");
	complete(&interview, 100, 20);
	complete(&second, 300, 60);
	complete(&older, 200, 1);
	fixture_sql(database, "UPDATE interviews SET created_at = 1 WHERE start_nonce = 'n'");
	CHECK_STR(find("", "name", false, 1), "ann Bob_1 /3");
	CHECK_STR(find("", "name", false, 2), "cy /3");
	CHECK_STR(find("", "name", false, 3), "/3");
	CHECK_STR(find("", "name", true, 1), "cy Bob_1 /3");
	CHECK_STR(find("", "interviews", true, 1), "Bob_1 ann /3");
	CHECK_STR(find("", "last", false, 1), "cy ann /3");
	CHECK_STR(find("", "score", true, 1), "Bob_1 ann /3");
	CHECK_STR(find("", "score", false, 1), "cy ann /3");
	CHECK_STR(find("БОРИС ґУД", "name", false, 1), "Bob_1 /1");
	CHECK_STR(find("_", "name", false, 1), "Bob_1 /1");
	CHECK_STR(find("100%", "name", false, 1), "Bob_1 /1");
	CHECK_STR(find("c\\d", "name", false, 1), "cy /1");
	CHECK_STR(find("root", "name", false, 1), "/0");
	bob.full_name = "Новий";
	CHECK_INT(user_save_profile(store, &bob), OK);
	CHECK_STR(find("bob_1 нов", "name", false, 1), "Bob_1 /1");
	CHECK_STR(find("борис", "name", false, 1), "/0");
	fixture_remove();
}

static void a_participant_shows_the_latest_report(void)
{
	const struct participant_query query = {
		.search = "ann", .sort = "name", .page = 1, .page_size = 10
	};
	struct participant_list list = { 0 };
	struct interview second;

	open_store();
	second = fixture_interview(store, interview.owner_id, "2");
	CHECK_INT(participant_find(store, arena, &query, &list), OK);
	CHECK(list.count == 1 && !list.items[0].has_report && list.items[0].finished == 0);
	complete(&second, 300, 60);
	complete(&interview, 200, 20);
	CHECK_INT(participant_find(store, arena, &query, &list), OK);
	CHECK(list.items[0].interviews == 2 && list.items[0].finished == 2);
	CHECK(list.items[0].has_report && list.items[0].total_score == 60);
	CHECK(list.items[0].max_score == 80 && list.items[0].last_at == second.created_at);
	CHECK_STR(list.items[0].full_name, "Анна");
	fixture_remove();
}

static void a_wrong_participant_query_is_refused(void)
{
	struct participant_query query = {
		.search = "", .sort = "password_hash", .page = 1, .page_size = 10
	};
	struct participant_list list;
	char search[202];

	open_store();
	CHECK_INT(participant_find(store, arena, &query, &list), ERR_INVALID);
	query.sort = "name";
	query.page = 0;
	CHECK_INT(participant_find(store, arena, &query, &list), ERR_INVALID);
	query.page = 1;
	query.page_size = 1001;
	CHECK_INT(participant_find(store, arena, &query, &list), ERR_INVALID);
	query.page_size = 10;
	memset(search, 'a', sizeof(search));
	search[201] = '\0';
	query.search = search;
	CHECK_INT(participant_find(store, arena, &query, &list), ERR_INVALID);
	fixture_remove();
}

int main(void)
{
	RUN(participants_are_found_sorted_and_paged);
	RUN(a_participant_shows_the_latest_report);
	RUN(a_wrong_participant_query_is_refused);
	return check_done();
}
