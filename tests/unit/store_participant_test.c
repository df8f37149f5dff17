/* The recruiter's list of candidates. */
#include "store_fixture.h"

#include "base/buf.h"
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
	bob.full_name = "Семён Новий";
	CHECK_INT(user_save_profile(store, &bob), OK);
	CHECK_STR(find("семен", "name", false, 1), "Bob_1 /1");
	CHECK_STR(find("СЕМЁН н", "name", false, 1), "Bob_1 /1");
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

/* What the triggers keep, counted anew; what is in one and not in the other. */
#define KEPT                                                                               \
	"SELECT user_id, name_key, is_disabled, interviews, finished, last_at, latest_id," \
	" latest_at, total_score, max_score, share FROM participants"
#define LATEST                                                                             \
	"(SELECT i.id FROM interviews i JOIN reports r ON r.interview_id = i.id"           \
	" WHERE i.owner_id = u.id AND i.status = 'completed' ORDER BY i.finished_at DESC," \
	" i.created_at DESC LIMIT 1)"
#define COUNTED                                                                      \
	"SELECT u.id, u.name_key, u.disabled_at IS NOT NULL, (SELECT count(*) FROM"  \
	" interviews i WHERE i.owner_id = u.id), (SELECT count(*) FROM interviews i" \
	" WHERE i.owner_id = u.id AND i.status = 'completed'), (SELECT coalesce("    \
	"max(i.created_at), 0) FROM interviews i WHERE i.owner_id = u.id), l.id,"    \
	" coalesce(l.finished_at, 0), r.total_score, r.max_score,"                   \
	" coalesce(r.total_score / nullif(r.max_score, 0), -1) FROM users u"         \
	" LEFT JOIN interviews l ON l.id = " LATEST                                  \
	" LEFT JOIN reports r ON r.interview_id = l.id WHERE u.role = 'candidate'"
#define DIFFERENT                                                                      \
	"SELECT count(*) FROM (SELECT * FROM (" KEPT " EXCEPT " COUNTED ") UNION ALL " \
	"SELECT * FROM (" COUNTED " EXCEPT " KEPT "))"
#define NAMES_LEFT                                                                 \
	"SELECT count(*) FROM participant_names n WHERE NOT EXISTS (SELECT 1 FROM" \
	" participants p WHERE p.number = n.number AND instr(p.name_key, n.part) > 0)"

/* Acts upon random rows, from a generator of the test's own: the same in every run. */
static const char *const acts[] = {
	"INSERT INTO users (id, username, username_key, name_key, password_hash, language, role,"
	" created_at) VALUES ('u#', 'u#', 'u#', 'u# Їжак ?', '', 'en',"
	" 'candidate', #)",
	"INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition,"
	" question_count, status, difficulty, max_turns, start_nonce, created_at) SELECT 'i#',"
	" id, 'backend', 'junior', 'hr', 'en', 1, 1, 'created', 0, 9, 'n#', ? FROM users"
	" ORDER BY id || 'x?' LIMIT 1 OFFSET ? % 5",
	"UPDATE interviews SET status = 'completed', finished_at = # WHERE status <> 'completed'"
	" AND rowid % 3 = ? % 3",
	"INSERT INTO reports (id, interview_id, version, body, total_score, max_score, created_at)"
	" SELECT 'r' || id, id, '1', '{}', ? % 10, ? % 3 * 5, 1 FROM interviews i WHERE"
	" status = 'completed' AND NOT EXISTS (SELECT 1 FROM reports r WHERE"
	" r.interview_id = i.id) LIMIT 2",
	"UPDATE reports SET total_score = ? % 7, max_score = 7 WHERE rowid % 4 = ? % 4",
	"DELETE FROM reports WHERE rowid % 9 = ? % 9",
	"DELETE FROM interviews WHERE rowid % 11 = ? % 11",
	"UPDATE users SET name_key = id || ' ім’я ?' WHERE rowid % 5 = ? % 5",
	"UPDATE users SET disabled_at = CASE WHEN disabled_at IS NULL THEN 1 END"
	" WHERE rowid % 6 = ? % 6",
	"UPDATE users SET role = CASE role WHEN 'admin' THEN 'candidate' ELSE 'admin' END"
	" WHERE rowid % 8 = ? % 8",
	"DELETE FROM users WHERE rowid % 17 = ? % 17",
};

/* The act with the step's number for # and a random one for ?. */
static const char *written(const char *act, int step, int random)
{
	struct buf sql;

	buf_init(&sql, arena);
	for (; *act != '\0'; act++)
		if (*act == '#' || *act == '?')
			buf_printf(&sql, "%d", *act == '#' ? step : random);
		else
			buf_char(&sql, *act);
	return sql.data;
}

static void the_table_is_what_counting_gives(void)
{
	enum { STEPS = 200, ACTS = sizeof(acts) / sizeof(*acts) };
	uint32_t random = 7;

	open_store();
	fixture_sql(database, "PRAGMA synchronous = OFF");
	for (int i = 0; i < STEPS; i++) {
		const char *sql;

		random = random * 1664525 + 1013904223;
		/* Every other act is one that adds. */
		sql = written(acts[i % 2 == 0 ? i / 2 % 4 : (int)(random >> 8) % ACTS], i,
		              (int)(random >> 12) % 1000);
		CHECK_INT(fixture_sql(database, sql), SQLITE_OK);
		if (i % 10 == 9) {
			CHECK_STR(fixture_ask(database, DIFFERENT), "0");
			CHECK_STR(fixture_ask(database, NAMES_LEFT), "0");
		}
	}
	CHECK(atoi(fixture_ask(database, "SELECT count(*) FROM participants WHERE share > 0")) > 2);
	fixture_remove();
}

static const char many[] =
        "INSERT INTO users (id, username, username_key, name_key, password_hash, language, role,"
        " disabled_at, created_at) SELECT 'x' || n, n, 'x' || n, CASE WHEN n > 2500 THEN 'олена'"
        " ELSE 'тарас' END || n, '', 'en', 'candidate', CASE WHEN n <= 2500 THEN 1 END, n"
        " FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000)"
        " SELECT n FROM c)";

/* Both are frequent and nobody is both: a page looks at some and says where it stopped. */
static void a_search_that_meets_nobody_pauses(void)
{
	struct participant_query query = { .search = "олена",
		                           .sort = "last",
		                           .page_size = 25,
		                           .filter.state = PARTICIPANT_DISABLED };
	struct participant_list list = { 0 };
	int pages = 0;

	open_store();
	CHECK_INT(fixture_sql(database, many), SQLITE_OK);
	do {
		query.after = list.next;
		CHECK_INT(participant_page(store, arena, &query, &list), OK);
		CHECK(list.count == 0 && list.is_cut == (list.next != 0));
		pages++;
	} while (list.next != 0 && pages < 10);
	CHECK_INT(pages, 7);
	query.filter.state = PARTICIPANT_ENABLED;
	query.after = 0;
	CHECK_INT(participant_page(store, arena, &query, &list), OK);
	CHECK(list.is_cut && list.count == 0);
	while (list.is_cut && list.count == 0) {
		query.after = list.next;
		CHECK_INT(participant_page(store, arena, &query, &list), OK);
	}
	CHECK(list.count == 25 && !list.is_cut);
	query.search = "олена4999";
	query.after = 0;
	CHECK_INT(participant_page(store, arena, &query, &list), OK);
	CHECK(list.count == 1 && list.total == 1 && list.next == 0);
	fixture_remove();
}

/* Each direction and each way of finding shows everybody once, whatever the page's size. */
static void pages_hold_everybody_once(void)
{
	static const char *const sorts[] = { "name", "interviews", "last", "score" };

	open_store();
	for (int i = 0; i < 7; i++)
		fixture_user(store, arena_printf(arena, "user-%d", i), "");
	for (size_t i = 0; i < 16; i++) {
		struct participant_query query = { .search = i & 1 ? "user" : "",
			                           .sort = sorts[i / 4],
			                           .descending = (i & 2) != 0,
			                           .page_size = 3 };
		struct participant_list list = { 0 };
		size_t seen = 0;
		int64_t first = 0;

		do {
			query.after = list.next;
			CHECK_INT(participant_page(store, arena, &query, &list), OK);
			seen += list.count;
			first = first != 0 ? first : list.items[0].number;
		} while (list.next != 0 && seen < 20);
		CHECK_INT((int)seen, i & 1 ? 7 : 8);
		query.after = 0;
		while (list.previous != 0) {
			query.before = list.previous;
			CHECK_INT(participant_page(store, arena, &query, &list), OK);
		}
		CHECK(list.count == 3 && list.items[0].number == first);
	}
	fixture_remove();
}

int main(void)
{
	RUN(the_table_is_what_counting_gives);
	RUN(a_search_that_meets_nobody_pauses);
	RUN(pages_hold_everybody_once);
	RUN(participants_are_found_sorted_and_paged);
	RUN(a_participant_shows_the_latest_report);
	RUN(a_wrong_participant_query_is_refused);
	return check_done();
}
