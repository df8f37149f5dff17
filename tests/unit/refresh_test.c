/* What a refresh stores: all of it or nothing, and what becomes of earlier sets. */
#include "store_fixture.h"

#include "store/refresh.h"

static struct bank_question question(const char *id, const char *q_type, const char *source)
{
	return (struct bank_question){ .id = id,
		                       .type = "technical",
		                       .track = "backend",
		                       .category = "core",
		                       .level = "junior",
		                       .body = id,
		                       .enabled = true,
		                       .q_type = q_type,
		                       .source = source };
}

/* A role whose first edition has one question and one task of the bank. */
static struct store *store_with_edition(void)
{
	struct store *store = fixture_store();
	struct bank_question items[] = { question("a", "theory", NULL),
		                         question("t", "coding", "bank") };
	const struct bank_question_list set = { items, 2 };
	int number = 0;

	fixture_role(store);
	for (int i = 0; i < 2; i++)
		CHECK_INT(bank_save(store, arena, &items[i]), OK);
	CHECK_INT(edition_save(store, arena, "backend", &set, &number), OK);
	CHECK_INT(number, 1);
	return store;
}

static struct refresh refresh_of(void)
{
	return (struct refresh){
		.role_id = "backend", .model = "m", .kept = 1, .dropped = "{\"shape\":2}"
	};
}

/* Applies one fresh item; the new edition's number. */
static int apply(struct store *store, const char *id, const char *q_type)
{
	struct bank_question item = question(id, q_type, "llm");
	struct refresh refresh = refresh_of();

	CHECK_INT(refresh_apply(store, arena, &refresh, &(struct bank_question_list){ &item, 1 }),
	          OK);
	return refresh.edition;
}

static const char *ids_of(struct store *store, int number)
{
	struct bank_question_list list = { 0 };
	const char *ids = "";

	CHECK_INT(edition_questions(store, arena, "backend", number, &list), OK);
	for (size_t i = 0; i < list.count; i++)
		ids = arena_printf(arena, "%s%s ", ids, list.items[i].id);
	return ids;
}

static void fresh_ones_replace_earlier_ones_of_their_kind(void)
{
	struct store *store = store_with_edition();

	CHECK_INT(apply(store, "llm-1", "theory"), 2);
	CHECK_STR(ids_of(store, 2), "a llm-1 t ");
	CHECK_INT(apply(store, "llm-t", "coding"), 3);
	CHECK_STR(ids_of(store, 3), "a llm-1 llm-t t ");
	CHECK_INT(apply(store, "llm-2", "theory"), 4);
	CHECK_STR(ids_of(store, 4), "a llm-2 llm-t t ");
	CHECK_STR(fixture_ask(database, "SELECT enabled FROM bank_questions WHERE id = 'llm-1'"),
	          "0");
	CHECK_INT(apply(store, "llm-1", "theory"), 5);
	CHECK_STR(ids_of(store, 5), "a llm-1 llm-t t ");
	CHECK_STR(fixture_ask(database, "SELECT group_concat(edition) FROM refreshes"), "2,3,4,5");
	fixture_remove();
}

static void a_failed_refresh_is_a_row(void)
{
	struct store *store = store_with_edition();
	struct refresh refresh = refresh_of();

	refresh.edition = 7;
	CHECK_INT(refresh_fail(store, &refresh), OK);
	CHECK_STR(
	        fixture_ask(database, "SELECT coalesce(edition, 'none') || dropped FROM refreshes"),
	        "none{\"shape\":2}");
	CHECK(refresh.created_at > 0);
	fixture_remove();
}

static void a_refresh_is_stored_whole_or_not_at_all(void)
{
	struct store *store = store_with_edition();
	struct bank_question items[] = { question("llm-1", "theory", "llm"),
		                         question("llm-2", "theory", "llm") };
	struct refresh refresh = refresh_of();

	items[1].level = "nobody";
	CHECK_INT(refresh_apply(store, arena, &refresh, &(struct bank_question_list){ items, 2 }),
	          ERR_INTERNAL);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM bank_questions"), "2");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM refreshes"), "0");
	CHECK_STR(fixture_ask(database, "SELECT max(number) FROM editions"), "1");
	fixture_remove();
}

static void an_import_leaves_generated_ones_enabled(void)
{
	struct store *store = store_with_edition();

	apply(store, "llm-1", "theory");
	CHECK_INT(bank_disable_others(store, (const char *const[]){ "a" }, 1), OK);
	CHECK_STR(ids_of(store, 2), "a llm-1 ");
	fixture_remove();
}

static void an_edition_came_since_or_not(void)
{
	struct store *store = store_with_edition();
	const int64_t before = clock_now_ms();
	bool came = true;

	CHECK_INT(edition_came_since(store, "backend", 1, 0, &came), OK);
	CHECK(!came);
	apply(store, "llm-1", "theory");
	CHECK_INT(edition_came_since(store, "backend", 1, before, &came), OK);
	CHECK(came);
	CHECK_INT(edition_came_since(store, "backend", 1, clock_now_ms() + 1, &came), OK);
	CHECK(!came);
	CHECK_INT(edition_came_since(store, "backend", 2, before, &came), OK);
	CHECK(!came);
	CHECK_INT(edition_came_since(store, "frontend", 0, 0, &came), OK);
	CHECK(!came);
	fixture_remove();
}

int main(void)
{
	RUN(fresh_ones_replace_earlier_ones_of_their_kind);
	RUN(a_failed_refresh_is_a_row);
	RUN(a_refresh_is_stored_whole_or_not_at_all);
	RUN(an_import_leaves_generated_ones_enabled);
	RUN(an_edition_came_since_or_not);
	return check_done();
}
