/* The index of the bank's words: what finds a question, and that nothing typed is syntax. */
#include "store_fixture.h"

#include "bank/editions.h"
#include "bank/search.h"
#include "base/buf.h"
#include "score/stems.h"

static struct store *store;

static const char *texts(const char *en, const char *ru, const char *uk)
{
	return arena_printf(arena, "{\"en\":\"%s\",\"ru\":\"%s\",\"uk\":\"%s\"}", en, ru, uk);
}

/* A question in three languages with further members. */
static const char *asking(const char *question, const char *more)
{
	return arena_printf(arena, "{\"roles\":[\"backend\"],\"question\":%s%s}", question, more);
}

static void save(const char *id, const char *q_type, const char *body)
{
	const struct bank_question row = { .id = id,
		                           .type = "technical",
		                           .track = "backend",
		                           .category = "core",
		                           .level = "junior",
		                           .body = body,
		                           .enabled = true,
		                           .q_type = q_type };

	CHECK_INT(bank_save(store, arena, &row), OK);
}

static void renew(void)
{
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(editions_renew(store, arena), OK);
	CHECK_INT(store_commit(store), OK);
}

static void set_up(void)
{
	const char *point;

	store = fixture_store();
	json_bind(arena);
	fixture_role(store);
	point = arena_printf(
	        arena,
	        ",\"skill_tags\":[\"networking\"],\"key_points\":[{\"id\":\"etag\","
	        "\"text\":%s,\"aliases\":{\"en\":[\"a fingerprint\"],"
	        "\"ru\":[\"отпечаток\"],\"uk\":[\"відбиток\"]}}]",
	        texts("An ETag names a version.", "ETag называет версию.", "ETag називає версію."));
	save("http-cache", "theory",
	     asking(texts("How do caches of browsers work?", "Как работают кэши браузеров?",
	                  "Як працюють кеші браузерів?"),
	            point));
	save("cpp-memory", "theory",
	     asking(texts("Who frees memory in C++?", "Кто освобождает память в C++?",
	                  "Хто звільняє пам’ять у C++?"),
	            ""));
	save("cache-lines", "theory",
	     asking(texts("What are cache lines of a processor?",
	                  "Что такое строки кэша процессора?", "Що таке рядки кешу процесора?"),
	            ""));
	save("task-sum", "coding",
	     arena_printf(arena, "{\"roles\":[\"backend\"],\"title\":%s,\"description\":%s}",
	                  texts("Sums of invoices", "Суммы счетов", "Суми рахунків"),
	                  texts("Add them.", "Сложите.", "Додайте.")));
	renew();
}

/* The ids that a search finds, in their order. */
static const char *found(const char *typed)
{
	const struct bank_query query = { .search = typed,
		                          .match = search_typed(arena, typed),
		                          .type = "",
		                          .track = "",
		                          .level = "",
		                          .q_type = "",
		                          .state = "" };
	struct bank_question_list list = { 0 };
	struct buf ids;

	buf_init(&ids, arena);
	CHECK_INT(bank_find_outlines(store, arena, &query, &list), OK);
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&ids, "%s%s", i > 0 ? " " : "", list.items[i].id);
	return ids.len > 0 ? ids.data : "";
}

static void inflected_words_find_in_three_languages(void)
{
	set_up();
	CHECK_STR(found("browser caching"), "http-cache");
	CHECK_STR(found("БРАУЗЕРАМИ"), "http-cache");
	CHECK_STR(found("браузером кэш"), "http-cache");
	CHECK_STR(found("браузерах"), "http-cache");
	CHECK_STR(found("процесорів"), "cache-lines");
	CHECK_STR(found("версиями отпечаток"), "http-cache");
	CHECK_STR(found("network"), "http-cache");
	CHECK_STR(found("invoice"), "task-sum");
	CHECK_STR(found("c++"), "cpp-memory");
	CHECK_STR(found("fingerp"), "http-cache");
	CHECK_STR(found("browser memory"), "");
	fixture_remove();
}

static void ids_come_before_words(void)
{
	set_up();
	CHECK_STR(found("http-cache"), "http-cache");
	CHECK_STR(found("task-"), "task-sum");
	/* An id that contains it first, then what only says it. */
	CHECK_STR(found("cache"), "cache-lines http-cache");
	CHECK_STR(found("lines"), "cache-lines");
	CHECK_STR(found(""), "cache-lines cpp-memory http-cache task-sum");
	fixture_remove();
}

static void nothing_typed_is_syntax(void)
{
	static const char *const typed[] = {
		"\"",        "\"\"",       "'",          "*",           "cache*",
		"NEAR(a b)", "a NEAR/3 b", "AND",        "OR",          "NOT",
		"a AND",     "-cache",     "^cache",     "words:cache", "(",
		")",         "{a}",        "+",          "cache OR",    "\\",
		"%",         "_",          "🙂",       "a\"b",        "\"; DROP TABLE users; --",
		"\x01\x02",  "z22z",       "не",         "the",         ":",
		",",         ";",          "O(n log n)", "3.14",        "´",
		"\xc2\xa0",
	};
	struct buf rubbish;

	set_up();
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++)
		CHECK(found(typed[i]) != NULL);
	CHECK_STR(found("\"cache"), "cache-lines http-cache");
	CHECK_STR(found("processor OR"), "cache-lines");
	CHECK_STR(found("🙂"), "");
	CHECK_STR(found("%"), "");
	buf_init(&rubbish, arena);
	while (rubbish.len < 200)
		buf_char(&rubbish, "\"*(-^:+'aZ9 "[rubbish.len * 7 % 12]);
	CHECK_STR(found(rubbish.data), "");
	fixture_remove();
}

static void the_index_follows_the_bank(void)
{
	const char *before;

	set_up();
	before = fixture_ask(database, "SELECT group_concat(made_of) FROM bank_searched");
	renew();
	CHECK_STR(fixture_ask(database, "SELECT group_concat(made_of) FROM bank_searched"), before);
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM bank_search"), "12");
	save("cpp-memory", "theory",
	     asking(texts("What is a destructor?", "Что такое деструктор?", "Що таке деструктор?"),
	            ""));
	CHECK_STR(found("destructors"), "");
	renew();
	CHECK_STR(found("destructors"), "cpp-memory");
	CHECK_STR(found("деструкторами"), "cpp-memory");
	CHECK_STR(found("memory"), "cpp-memory"); /* its id */
	CHECK_STR(found("frees"), "");
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM bank_search"), "12");
	/* An index that is empty, as before it was there, is made anew. */
	CHECK_INT(fixture_sql(database, "DELETE FROM bank_search; DELETE FROM bank_searched"),
	          SQLITE_OK);
	CHECK_INT(search_renew(store, arena), OK);
	CHECK_STR(found("destructors"), "cpp-memory");
	save("broken", "theory", "{");
	CHECK_INT(search_renew(store, arena), OK);
	CHECK_STR(found("broken"), "broken");
	fixture_remove();
}

static void the_likest_come_first(void)
{
	struct bank_likeness_query query = {
		.q_type = "theory", .language = LANG_RU, .role_id = "backend", .most = 10
	};
	struct buf stems;
	struct bank_likeness_list list = { 0 };

	set_up();
	buf_init(&stems, arena);
	stems_add(&stems, "Зачем браузеру кэш?");
	query.search = bank_search_any(arena, stems.data);
	CHECK_INT(bank_search_like(store, arena, &query, &list), OK);
	CHECK_INT((long long)list.count, 2);
	CHECK_STR(list.items[0].bank_id, "http-cache");
	CHECK(list.items[0].score > list.items[1].score && list.items[0].of_role);
	CHECK_INT(bank_enable(store, "http-cache", false, 1), OK);
	query.role_id = "frontend";
	CHECK_INT(bank_search_like(store, arena, &query, &list), OK);
	CHECK_INT((long long)list.count, 1);
	CHECK(!list.items[0].of_role);
	fixture_remove();
}

static void stems_are_words_of_letters_and_digits(void)
{
	struct buf stems;

	buf_init(&stems, arena);
	stems_add(&stems, "Caching, cached; кэшируем the C++ «кешування» HTTP/2 \"");
	for (size_t i = 0; i < stems.len; i++)
		CHECK(stems.data[i] == ' ' || (stems.data[i] & 0x80) != 0 ||
		      strchr("abcdefghijklmnopqrstuvwxyz0123456789", stems.data[i]) != NULL);
	CHECK(strncmp(stems.data, "cach cach ", 10) == 0);
	CHECK(strstr(stems.data, "cz2bzz2bz ") != NULL);
}

static void words_are_found_where_they_stand(void)
{
	static const char text[] = "A cache «кэширует» pages; Caches, caching.";
	const struct stems_spans spans = stems_find(arena, text, "page cach ");

	/* The loan word is the same stem. */
	CHECK_INT((long long)spans.count, 5);
	CHECK(spans.count == 5 && strncmp(text + spans.items[0].start, "cache ", 6) == 0);
	CHECK(spans.count == 5 && strncmp(text + spans.items[2].start, "pages;", 6) == 0);
	CHECK(spans.count == 5 && spans.items[4].end == sizeof(text) - 2);
	CHECK_INT((long long)stems_find(arena, text, "cach pag ").count, 5); /* a beginning */
	CHECK_INT((long long)stems_find(arena, text, "pag cach ").count, 4);
	CHECK_INT((long long)stems_find(arena, "", "cach ").count, 0);
	CHECK_INT((long long)stems_find(arena, text, "").count, 0);
}

int main(void)
{
	RUN(inflected_words_find_in_three_languages);
	RUN(ids_come_before_words);
	RUN(nothing_typed_is_syntax);
	RUN(the_index_follows_the_bank);
	RUN(the_likest_come_first);
	RUN(words_are_found_where_they_stand);
	RUN(stems_are_words_of_letters_and_digits);
	return check_done();
}
