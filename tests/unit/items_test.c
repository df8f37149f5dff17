/* The statistics of the bank's items: sums by hand, figures, flags, and what counts. */
#include "flow_fixture.h"

#include <math.h>

#include "base/config.h"
#include "report/finish.h"
#include "report/item_figures.h"
#include "report/item_order.h"
#include "report/items.h"

/* --- sums ---------------------------------------------------------------------------- */

#define THEORY(id, state, score, more)                                                             \
	"{\"bank_id\":\"" id "\",\"q_type\":\"theory\",\"state\":\"" state "\",\"metrics\":{"      \
	"\"started_at\":\"2026-01-01T00:00:00Z\",\"theory\":{\"score\":" score ",\"max_score\":10" \
	"," more "}}}"
#define POINTS(first, second)                               \
	"\"key_points\":[{\"id\":\"a\",\"status\":\"" first \
	"\"},{\"id\":\"b\",\"status\":\"" second "\"}]"

/* 8 + 4 + 0 + 5 of 40; the last was never asked, the one before not judged. */
static const char document_text[] =
        "{\"questions\":[" THEORY("one", "answered", "8", POINTS("covered", "partial")) "," THEORY(
                "two", "answered", "4",
                POINTS("missing",
                       "covered")) "," THEORY("three", "skipped", "0",
                                              POINTS("missing",
                                                     "missing")) ","
                                                                 "{\"bank_id\":\"four\",\"q_type\":"
                                                                 "\"coding\",\"state\":"
                                                                 "\"answered\",\"metrics\":{"
                                                                 "\"started_at\":\"2026-01-01T00:"
                                                                 "00:00Z\",\"coding\":{\"score_"
                                                                 "code\":5,"
                                                                 "\"max_score_code\":10}}},"
                                                                 "{\"bank_id\":\"five\",\"q_type\":"
                                                                 "\"coding\",\"state\":"
                                                                 "\"answered\",\"metrics\":{"
                                                                 "\"started_at\":\"2026-01-01T00:"
                                                                 "00:00Z\",\"coding\":{\"score_"
                                                                 "code\":null,"
                                                                 "\"max_score_code\":null}}},"
                                                                 "{\"bank_id\":\"six\",\"q_type\":"
                                                                 "\"theory\",\"state\":"
                                                                 "\"unanswered\",\"metrics\":{"
                                                                 "\"started_at\":null,\"theory\":{"
                                                                 "\"score\":0,\"max_score\":10}}}]"
                                                                 "}";

static const struct item_sums *sums_for(const struct item_sums_list *list, const char *bank_id,
                                        const char *key_point_id)
{
	static const struct item_sums none = { .asked = -1 };

	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].bank_id, bank_id) == 0 &&
		    strcmp(list->items[i].key_point_id, key_point_id) == 0)
			return &list->items[i];
	return &none;
}

static void a_report_gives_these_sums(void)
{
	struct item_sums_list list;
	cJSON *document;

	json_bind(arena);
	CHECK_INT(json_parse(document_text, strlen(document_text), &document), OK);
	list = items_of_report(arena, document);
	CHECK_INT((long long)list.count, 9);
	CHECK_INT(sums_for(&list, "one", "")->asked, 1);
	CHECK_INT(sums_for(&list, "one", "")->answered, 1);
	CHECK_NEAR(sums_for(&list, "one", "")->share, 0.8, 1e-12);
	CHECK_NEAR(sums_for(&list, "one", "")->rest, 9.0 / 30, 1e-12);
	CHECK_NEAR(sums_for(&list, "one", "")->product, 0.8 * 9 / 30, 1e-12);
	CHECK_NEAR(sums_for(&list, "one", "a")->share, 1, 0);
	CHECK_NEAR(sums_for(&list, "one", "b")->share_squared, 0.25, 0);
	CHECK_NEAR(sums_for(&list, "two", "b")->rest_squared, 13.0 / 30 * 13 / 30, 1e-12);
	CHECK_INT(sums_for(&list, "three", "")->asked, 1);
	CHECK_INT(sums_for(&list, "three", "")->answered, 0);
	CHECK_NEAR(sums_for(&list, "three", "")->rest, 0, 0);
	CHECK_INT(sums_for(&list, "three", "a")->asked, -1);
	CHECK_NEAR(sums_for(&list, "four", "")->rest, 12.0 / 30, 1e-12);
	CHECK_INT(sums_for(&list, "five", "")->answered, 0);
	CHECK_INT(sums_for(&list, "six", "")->asked, -1);
}

/* --- figures ------------------------------------------------------------------------- */

static void add_pair(struct item_sums *sums, double share, double rest)
{
	sums->asked++;
	sums->answered++;
	sums->share += share;
	sums->share_squared += share * share;
	sums->rest += rest;
	sums->rest_squared += rest * rest;
	sums->product += share * rest;
}

/* The slope of `count` answers whose rest goes from 0 to 1, with every third one off by `noise`. */
static struct item_sums sums_along(int count, double slope, double noise)
{
	struct item_sums sums = { .bank_id = "one", .key_point_id = "" };

	for (int i = 0; i < count; i++) {
		const double rest = (double)i / (count - 1);

		add_pair(&sums, 0.5 + slope * (rest - 0.5) + noise * (i % 3 - 1), rest);
	}
	return sums;
}

static void discrimination_is_the_correlation_with_its_interval(void)
{
	/* Half of 28 are right here, half elsewhere; 20 agree: r = (20 - 8) / 28. */
	struct item_sums sums = { .bank_id = "one", .key_point_id = "" };
	struct item_figures figures;

	for (int i = 0; i < 28; i++)
		add_pair(&sums, i % 2, i < 20 ? i % 2 : i % 2 == 0);
	sums.asked += 12;
	figures = item_figures_of(&sums);
	CHECK_NEAR(figures.discrimination, 3.0 / 7, 1e-12);
	CHECK_NEAR(figures.low, 0.0661, 0.0001);
	CHECK_NEAR(figures.high, 0.6911, 0.0001);
	CHECK_NEAR(figures.mean, 0.5, 1e-12);
	CHECK_NEAR(figures.all, 14.0 / 40, 1e-12);
	CHECK(!figures.is_misleading && !figures.is_hopeless && !figures.is_trivial);
}

static void little_is_said_of_few_answers(void)
{
	struct item_sums sums = sums_along(ITEM_LEAST - 1, -1, 0);
	struct item_figures figures = item_figures_of(&sums);

	CHECK(isnan(figures.discrimination) && !figures.is_misleading);
	sums = sums_along(ITEM_LEAST, -1, 0);
	figures = item_figures_of(&sums);
	CHECK_NEAR(figures.discrimination, -1, 1e-9);
	CHECK(figures.is_misleading);
	sums = sums_along(ITEM_LEAST, 0, 0);
	CHECK(isnan(item_figures_of(&sums).discrimination));
	figures = item_figures_of(NULL);
	CHECK_INT(figures.asked, 0);
	CHECK(isnan(figures.all) && isnan(figures.mean));
}

/* A little below 0 by chance is no reason; far below, or a little with many answers, is. */
static void misleading_needs_evidence(void)
{
	struct item_sums sums = sums_along(30, -0.2, 0.4);
	struct item_figures figures = item_figures_of(&sums);

	CHECK(figures.discrimination < 0 && figures.high > ITEM_TELLING);
	CHECK(!figures.is_misleading);
	sums = sums_along(3000, -0.2, 0.4);
	CHECK(item_figures_of(&sums).is_misleading);
	sums = sums_along(3000, 0.02, 0.4);
	CHECK(!item_figures_of(&sums).is_misleading);
}

static void nobody_or_everybody_gets_it(void)
{
	struct item_sums sums = { .asked = 40, .answered = 20, .share = 1 };

	CHECK(item_figures_of(&sums).is_hopeless && !item_figures_of(&sums).is_trivial);
	sums.share = 1.1;
	CHECK(!item_figures_of(&sums).is_hopeless);
	sums.share = 19;
	CHECK(item_figures_of(&sums).is_trivial);
	sums.answered = 19;
	CHECK(!item_figures_of(&sums).is_trivial);
}

static struct bank_question bank_row(const char *id, const char *category)
{
	return (struct bank_question){ .id = id,
		                       .track = "backend",
		                       .category = category,
		                       .q_type = "theory",
		                       .enabled = true };
}

static void who_is_never_asked_is_seen_beside_the_others(void)
{
	struct bank_question rows[] = { bank_row("d", "core"), bank_row("a", "core"),
		                        bank_row("b", "core"), bank_row("c", "advanced"),
		                        bank_row("e", "core") };
	const struct bank_question_list bank = { rows, 5 };
	struct item_sums asked[] = {
		{ .bank_id = "a", .key_point_id = "", .asked = 12, .answered = 12, .share = 6 },
		{ .bank_id = "b", .key_point_id = "", .asked = 18, .answered = 1, .share = 0.3 },
		{ .bank_id = "b", .key_point_id = "x", .asked = 20, .answered = 20 },
		{ .bank_id = "gone", .key_point_id = "", .asked = 99 },
	};
	const struct item_sums_list sums = { asked, 4 };
	const struct item *items = item_figures_all(arena, &bank, &sums);

	/* d's others: a 12, b 18, e 0: 10 on average. */
	CHECK(items[0].figures.is_ignored && items[4].figures.is_ignored);
	CHECK(!items[1].figures.is_ignored && !items[3].figures.is_ignored);
	CHECK(item_figures_is_dead(&items[0]) && !item_figures_is_dead(&items[1]));
	CHECK_INT(items[2].hopeless_points, 1);
	CHECK(item_figures_is_dead(&items[2]));
	asked[1].asked = 17;
	CHECK(!item_figures_all(arena, &bank, &sums)[0].figures.is_ignored);
	asked[1].asked = 18;
	rows[0].enabled = false;
	CHECK(!item_figures_all(arena, &bank, &sums)[0].figures.is_ignored);
}

static void a_list_is_sorted_by_its_figures(void)
{
	struct bank_question rows[] = { bank_row("a", "core"), bank_row("b", "core"),
		                        bank_row("c", "core") };
	struct bank_question found_rows[] = { rows[2], rows[0], rows[1] };
	const struct bank_question_list bank = { rows, 3 }, found = { found_rows, 3 };
	struct item_sums asked[] = {
		{ .bank_id = "b", .key_point_id = "", .asked = 30, .answered = 30, .share = 29 },
		{ .bank_id = "c", .key_point_id = "", .asked = 9, .answered = 9, .share = 2 },
	};
	const struct item_sums_list sums = { asked, 2 };
	const struct item *items = item_figures_all(arena, &bank, &sums);
	struct item_order_list list = item_order_list(arena, items, 3, &found, false);

	CHECK_INT((long long)list.count, 3);
	CHECK_STR(list.items[0]->question->id, "c");
	item_order_sort(arena, &list, item_order_of("asked"));
	CHECK_STR(list.items[0]->question->id, "b");
	item_order_sort(arena, &list, item_order_of("hard"));
	CHECK_STR(list.items[0]->question->id, "c");
	CHECK_STR(list.items[2]->question->id, "a");
	list = item_order_list(arena, items, 3, &found, true);
	CHECK_INT((long long)list.count, 2); /* a is never asked, b is too easy */
}

/* --- what counts --------------------------------------------------------------------- */

#define ALL_SUMS                                                                                \
	"SELECT count(*) || ' ' || sum(asked) || ' ' || sum(answered) || ' ' ||"                \
	" round(sum(share), 9) || ' ' || round(sum(share_squared), 9) || ' ' ||"                \
	" round(sum(rest), 9) || ' ' || round(sum(rest_squared), 9) || ' ' ||"                  \
	" round(sum(product), 9) || ' ' || sum(last_at) || ' ' || min(bank_id || key_point_id)" \
	" FROM item_statistics"

/* A finished interview of the user, with its report. */
static const char *sit(const struct user *user)
{
	struct flow_options options = fixture_options("technical", 5);
	struct flow flow = { 0 };
	struct report_row row;
	const char *id = NULL;
	int64_t allowed_at;

	CHECK_INT(press_start(user, &options, &id, &allowed_at), OK);
	CHECK_INT(open_as(user, id, &flow), OK);
	for (int i = 0; flow.active != NULL; i++) {
		if (i % 2 == 0)
			say(&flow, FULL_EN);
		else
			press(&flow, i % 4 == 1 ? FLOW_SKIP : FLOW_DONT_KNOW);
	}
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), OK);
	CHECK_INT(report_ensure(store, arena, id, NULL, &row), OK);
	return id;
}

static void repeat(const char *parent_id)
{
	const struct flow_again again = { .parent_id = parent_id,
		                          .repeats = "all",
		                          .nonce = new_nonce() };
	struct flow_started started;
	struct report_row row;
	struct flow flow = { 0 };

	CHECK_INT(flow_repeat(store, arena, &candidate, &again, &started), OK);
	CHECK_INT(open_as(&candidate, started.id, &flow), OK);
	while (flow.active != NULL)
		say(&flow, FULL_EN);
	CHECK_INT(report_ensure(store, arena, started.id, NULL, &row), OK);
}

static void interviews_count_once_and_the_sums_can_be_made_anew(void)
{
	const char *before, *first;
	struct user other;
	int count = 0;

	fixture_set_up(8);
	first = sit(&candidate);
	CHECK_STR(fixture_ask(database, "SELECT sum(asked) || ' ' || sum(answered)"
	                                " FROM item_statistics WHERE key_point_id = ''"),
	          "5 3");
	sit(&candidate);
	before = fixture_ask(database, ALL_SUMS);
	repeat(first);
	other = fixture_user(store, "boss", "Boss");
	CHECK_INT(fixture_sql(database, "UPDATE users SET role = 'admin' WHERE username = 'boss'"),
	          SQLITE_OK);
	other.is_admin = true;
	sit(&other);
	CHECK_STR(fixture_ask(database, ALL_SUMS), before);
	CHECK_INT(items_rebuild(store, arena, &count), OK);
	CHECK_INT(count, 2);
	CHECK_STR(fixture_ask(database, ALL_SUMS), before);
	/* What was finished before there were sums is counted by the first `viva migrate`. */
	CHECK_INT(item_statistics_clear(store), OK);
	CHECK_INT(items_fill(store, arena), OK);
	CHECK_STR(fixture_ask(database, ALL_SUMS), before);
	CHECK_INT(fixture_sql(database, "UPDATE item_statistics SET asked = asked + 1"), SQLITE_OK);
	before = arena_strdup(arena, fixture_ask(database, ALL_SUMS));
	CHECK_INT(items_fill(store, arena), OK);
	CHECK_STR(fixture_ask(database, ALL_SUMS), before);
	/* The sums name nobody, and stay. */
	CHECK_INT(user_delete(store, arena, candidate.id), OK);
	CHECK_STR(fixture_ask(database, ALL_SUMS), before);
	CHECK_INT(items_rebuild(store, arena, &count), OK);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM item_statistics"), "0");
	fixture_remove();
}

int main(void)
{
	char var[] = "/tmp/viva-items-XXXXXX";
	int failed;

	if (mkdtemp(var) == NULL || setenv("VIVA_VAR", var, 1) != 0 ||
	    setenv("VIVA_INTERVIEWS_PER_DAY", "20", 1) != 0 || config_load() != OK)
		return 1;
	RUN(a_report_gives_these_sums);
	RUN(discrimination_is_the_correlation_with_its_interval);
	RUN(little_is_said_of_few_answers);
	RUN(misleading_needs_evidence);
	RUN(nobody_or_everybody_gets_it);
	RUN(who_is_never_asked_is_seen_beside_the_others);
	RUN(a_list_is_sorted_by_its_figures);
	RUN(interviews_count_once_and_the_sums_can_be_made_anew);
	failed = check_done();
	unlink(config_var_path("locks"));
	rmdir(var);
	return failed;
}
