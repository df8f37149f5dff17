#include "score_fixture.h"

/* What a key point must show before it is credited, and what honest terse answers get. */

static const struct score_key_point locking_points[] = {
	{ .id = "version-check",
	  .text = "An UPDATE with a version column in WHERE that affects zero rows reveals "
	          "somebody else's change.",
	  .aliases = TEXTS("version number or timestamp is compared on update",
	                   "zero updated rows mean the record changed meanwhile") },
	{ .id = "select-for-update",
	  .text = "SELECT FOR UPDATE holds the row until commit, so other writers have to wait.",
	  .aliases = TEXTS("other sessions queue until the transaction finishes") },
	{ .id = "rare-conflicts",
	  .text = "When conflicts are rare or a form is edited for minutes, version checking wins: "
	          "nobody waits.",
	  .aliases = TEXTS("low contention and mostly reads, no waiting",
	                   "conflicts are rare, so throughput is higher") },
	{ .id = "hot-rows",
	  .text = "On a hot row with heavy contention retries waste work: taking the lock first is "
	          "cheaper.",
	  .aliases = TEXTS("many writers fight for one hot row",
	                   "high contention: waiting is cheaper than constant retries") },
};

#define LOCKING_HALF                                                                           \
	"Optimistic locking leaves the row free while it is being edited: the row carries a "  \
	"version column, and if an UPDATE with that version in WHERE affects zero rows, this " \
	"reveals somebody else's change. Pessimistic locking reads the row with SELECT FOR "   \
	"UPDATE, which holds it until commit, so other writers have to wait."

#define LOCKING_REST                                                                      \
	" When conflicts are rare or a user edits a form for minutes, checking versions " \
	"wins, because nobody waits. On a hot row with heavy contention endless retries " \
	"waste work, so taking the lock first is cheaper."

static const struct score_question locking = {
	.language = LANG_EN,
	.text = "Compare optimistic and pessimistic locking: how is each implemented, and in which "
	        "situations would you prefer one to the other?",
	.references = TEXTS(LOCKING_HALF LOCKING_REST),
	.points = locking_points,
	.point_count = 4,
	.max_score = 10,
};

static const struct score_key_point http_points[] = {
	{ .id = "safe",
	  .text = "A GET or HEAD call only reads data and changes nothing on the server.",
	  .aliases = TEXTS("read-only calls such as GET and HEAD") },
	{ .id = "same-effect",
	  .text = "Repeating the same request leaves the server in the same state as sending it "
	          "once.",
	  .aliases = TEXTS("many identical calls have the effect of one") },
	{ .id = "methods",
	  .text = "PUT and DELETE can be retried freely, while POST creates a new resource each "
	          "time.",
	  .aliases = TEXTS("PUT and DELETE can be repeated, POST creates duplicates") },
};

static const struct score_question http = {
	.language = LANG_EN,
	.text = "Which HTTP methods are safe, which are idempotent, and why does it matter?",
	.references = TEXTS(
	        "A safe method like GET or HEAD only reads data and changes nothing on the "
	        "server. A method is idempotent if repeating the same request leaves the server "
	        "in the same state as sending it once. PUT and DELETE are idempotent, so they "
	        "can be retried freely, while POST creates a new resource each time.",
	        "Read-only calls such as GET and HEAD are safe. Idempotent means that many "
	        "identical calls have the effect of one: PUT and DELETE can be repeated, POST "
	        "creates duplicates."),
	.points = http_points,
	.point_count = 3,
	.max_score = 10,
};

/* --- what earns a point ---------------------------------------------------------- */

static void one_word_covers_no_point(void)
{
	struct score_result half = grade(&locking, LOCKING_HALF);
	double whole = grade(&locking, locking.references.items[0]).score;

	check_sound(&half, LOCKING_HALF, strlen(LOCKING_HALF));
	CHECK_INT(half.points[0].status, SCORE_COVERED);
	CHECK_INT(half.points[1].status, SCORE_COVERED);
	CHECK_INT(half.points[2].status, SCORE_MISSING);
	CHECK_INT(half.points[3].status, SCORE_MISSING);
	CHECK(half.score >= 4 && half.score <= 7);
	CHECK(whole >= 9.5);
}

static void words_of_the_question_prove_nothing(void)
{
	struct score_result result = grade(&locking, "You take the lock on the row first, locking "
	                                             "is optimistic or pessimistic.");

	for (size_t i = 0; i < result.point_count; i++)
		CHECK(result.points[i].status != SCORE_COVERED);
}

static void a_short_wording_needs_all_of_it(void)
{
	const struct score_key_point point = { .text = "Idempotency key",
		                               .aliases = TEXTS("replayed response") };
	struct score_question question = {
		.text = "What helps?", .points = &point, .point_count = 1, .max_score = 10
	};

	CHECK_INT(grade(&question, "We send an idempotency key.").points[0].status, SCORE_COVERED);
	CHECK_INT(grade(&question, "The replayed response.").points[0].status, SCORE_COVERED);
	CHECK(grade(&question, "Every table has a key.").points[0].status != SCORE_COVERED);
	CHECK(grade(&question, "The response is slow.").points[0].status != SCORE_COVERED);
}

static void a_wording_of_one_word_needs_that_word(void)
{
	struct score_result result = grade(&udp, "It is connectionless.");

	CHECK_INT(result.points[1].status, SCORE_COVERED);
	CHECK_STR(result.points[1].wording, "connectionless");
}

static void two_words_of_a_long_wording_do_not_cover_it(void)
{
	const struct score_key_point point = {
		.text = "A canary release with a comparison to the baseline limits the blast "
		        "radius",
		.aliases = TEXTS("canary release and comparison with the baseline"),
	};
	struct score_question question = {
		.text = "What do you do?", .points = &point, .point_count = 1, .max_score = 10
	};
	const char *answer = "I look at the last release and compare the graphs.";

	CHECK(grade(&question, answer).points[0].status != SCORE_COVERED);
	answer = "A canary release, whose metrics I compare with the baseline.";
	CHECK_INT(grade(&question, answer).points[0].status, SCORE_COVERED);
}

static void generic_words_prove_nothing(void)
{
	static const struct score_key_point points[] = {
		{ .text = "Often you need to use a way to see what happens in the cache" },
		{ .text = "Нужно использовать способ увидеть содержимое кэша" },
	};
	struct score_question question = {
		.text = "What?", .points = points, .point_count = 2, .max_score = 10
	};
	struct score_result result = grade(&question, "You often need to use what happens to work. "
	                                              "Нужно использовать способ.");

	CHECK_INT(result.points[0].status, SCORE_MISSING);
	CHECK_INT(result.points[1].status, SCORE_MISSING);
}

static void the_same_words_earn_one_point(void)
{
	static const struct score_key_point points[] = {
		{ .text = "version column" },
		{ .text = "the version column grows with every update" },
	};
	struct score_question question = {
		.text = "How?", .points = points, .point_count = 2, .max_score = 10
	};
	struct score_result result = grade(&question, "There is a version column.");

	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_INT(result.points[1].status, SCORE_MISSING);
	CHECK_INT((long long)result.points[1].span_count, 0);
	CHECK(result.points[1].wording == NULL);
}

/* --- what is quoted ---------------------------------------------------------------- */

/* All that is quoted of a sole point that is put like this, with " | " between. */
static const char *quoted(const char *text, const char *answer)
{
	const struct score_key_point point = { .text = text };
	struct score_question question = {
		.text = "What do you do?", .points = &point, .point_count = 1, .max_score = 10
	};
	struct score_result result = grade(&question, answer);
	const char *all = "";

	check_sound(&result, answer, strlen(answer));
	for (size_t i = 0; i < result.points[0].span_count; i++)
		all = arena_printf(arena, "%s%s%s", all, i > 0 ? " | " : "",
		                   span_text(answer, result.points[0].spans[i]));
	return all;
}

/* What is quoted as this false claim. */
static const char *accused(const char *wrong, const char *answer)
{
	const struct score_key_point point = { .text = "names an honest weakness of his own",
		                               .wrong = { .items = &wrong, .count = 1 } };
	struct score_question question = { .text = "What are your weaknesses?",
		                           .points = &point,
		                           .point_count = 1,
		                           .max_score = 10 };
	struct score_result result = grade(&question, answer);

	check_sound(&result, answer, strlen(answer));
	return span_text(answer, result.points[0].wrong_span);
}

static void quotations_keep_their_negator(void)
{
	CHECK_STR(quoted("Never store the salt in the same table",
	                 "Hash first. Never store the salt in the same table."),
	          "Never store the salt in the same table");
	CHECK_STR(quoted("Services do not share one database",
	                 "Well, services don't share one database"),
	          "services don't share one database");
	CHECK_STR(quoted("ни одна из сессий дедлока закоммититься не сможет",
	                 "Итак, ни одна из сессий дедлока закоммититься не сможет."),
	          "ни одна из сессий дедлока закоммититься не сможет");
	CHECK_STR(quoted("Паролі не зберігають у відкритому вигляді",
	                 "Звісно, що ніколи не зберігають паролі у відкритому вигляді."),
	          "що ніколи не зберігають паролі у відкритому вигляді");
}

static void a_distant_negator_draws_the_quotation_to_it(void)
{
	const char *point = "passwords are not stored in the database";

	CHECK_STR(
	        quoted(point, "Never should careless people keep passwords stored in a database."),
	        "Never should careless people keep passwords stored in a database");
	CHECK_STR(quoted("A lock of the whole table is not needed",
	                 "Rows suffice. A lock of the whole table is surely not needed."),
	          "A lock of the whole table is surely not needed");
	CHECK_STR(quoted("Блокировка всей таблицы не нужна",
	                 "Блокировка всей таблицы мне и моим друзьям здесь не нужна."),
	          "Блокировка всей таблицы мне и моим друзьям здесь не нужна");
}

static void quotations_end_at_the_sentence(void)
{
	CHECK_STR(quoted("The salt stands beside the hash in the table",
	                 "We do not. The salt stands beside the hash in the table."),
	          "The salt stands beside the hash in the table");
	CHECK_STR(quoted("The salt stands beside the hash in the table",
	                 "It is not secret, because the salt stands beside the hash in the table."),
	          "the salt stands beside the hash in the table");
}

static void false_claims_keep_their_negator(void)
{
	CHECK_STR(accused("I do not make serious mistakes",
	                  "As a rule, I do not make serious mistakes at work."),
	          "I do not make serious mistakes");
	CHECK_STR(accused("ошибок я не допускаю", "Честно говоря, серьёзных ошибок я не допускаю."),
	          "ошибок я не допускаю");
}

static void a_dropped_aside_moves_no_negator(void)
{
	CHECK_STR(
	        quoted("Never store the salt in the same table",
	               "Thank you for the interesting question! We never ever carelessly store the "
	               "salt in the same table."),
	        "We never ever carelessly store the salt in the same table");
}

/* --- honest terse answers and bare lists ------------------------------------------- */

static void a_terse_answer_is_no_shuffle(void)
{
	struct score_result result = grade(
	        &http, "Safe methods like GET don't change data. Idempotent means calling it "
	               "twice gives the same result. PUT and DELETE are idempotent, POST is not.");

	CHECK_INT(result.flags, 0);
	CHECK(result.score >= 3.5);
}

static void a_terse_sentence_is_no_list(void)
{
	static const char *const ru[] = {
		"Мьютекс захватывает один поток.",
		"Владелец освобождает захваченный мьютекс, семафор владельца лишён.",
		"Мьютекс пускает один поток, захвативший поток освобождает мьютекс.",
	};

	for (size_t i = 0; i < sizeof(ru) / sizeof(ru[0]); i++)
		CHECK_INT(grade(&mutex_ru, ru[i]).flags & SCORE_FLAG_KEYWORD_LIST, 0);
	CHECK_INT(grade(&http, "PUT and DELETE can be repeated, POST creates duplicates.").flags,
	          0);
	CHECK_INT(grade(&locking,
	                "Optimistic: version column, UPDATE with WHERE version = old, zero "
	                "rows means conflict, retry. Pessimistic: SELECT FOR UPDATE, "
	                "others wait. Rare conflicts suit the first, hot rows the second.")
	                  .flags,
	          0);
}

static void a_bare_list_is_flagged(void)
{
	static const char *const http_lists[] = { "get put delete post",
		                                  "GET, HEAD, PUT, DELETE, POST",
		                                  "- GET\n- HEAD\n- state\n- duplicates" };

	for (size_t i = 0; i < 3; i++) {
		struct score_result result = grade(&http, http_lists[i]);

		CHECK(result.flags & SCORE_FLAG_KEYWORD_LIST);
		CHECK(result.score <= 4);
	}
	CHECK(grade(&mutex_ru, "поток, секция, владелец, захват").flags & SCORE_FLAG_KEYWORD_LIST);
	CHECK(grade(&mutex_uk, "потік, секція, власник, захоплення").flags &
	      SCORE_FLAG_KEYWORD_LIST);
}

static const char *matches_of(const struct score_question *question, const char *answer)
{
	const struct score_result result = grade(question, answer);
	const char *names = "";

	for (size_t i = 0; i < result.point_count; i++)
		names = arena_printf(arena, "%s%s ", names,
		                     result.points[i].status == SCORE_MISSING
		                             ? "-"
		                             : score_match_name(result.points[i].match));
	return names;
}

static void a_point_says_what_it_was_found_by(void)
{
	struct score_question bare = udp;

	CHECK_STR(matches_of(&udp, "UDP does not guarantee delivery."), "point - - ");
	CHECK_STR(matches_of(&udp, "Datagrams may get lost, and there is no handshake."),
	          "alias alias - ");
	/* The row of one wording, the commit of it, the others' queue of another. */
	CHECK_STR(matches_of(&locking, "Other sessions queue for the row until commit."),
	          "- union - - ");
	bare.point_count = 0;
	CHECK_STR(matches_of(&bare, "UDP does not guarantee delivery: datagrams may get lost."),
	          "reference - - ");
	CHECK_STR(matches_of(&udp, ""), "- - - ");
}

int main(void)
{
	RUN(one_word_covers_no_point);
	RUN(words_of_the_question_prove_nothing);
	RUN(a_short_wording_needs_all_of_it);
	RUN(a_wording_of_one_word_needs_that_word);
	RUN(two_words_of_a_long_wording_do_not_cover_it);
	RUN(generic_words_prove_nothing);
	RUN(the_same_words_earn_one_point);
	RUN(quotations_keep_their_negator);
	RUN(a_distant_negator_draws_the_quotation_to_it);
	RUN(quotations_end_at_the_sentence);
	RUN(false_claims_keep_their_negator);
	RUN(a_dropped_aside_moves_no_negator);
	RUN(a_terse_answer_is_no_shuffle);
	RUN(a_terse_sentence_is_no_list);
	RUN(a_bare_list_is_flagged);
	RUN(a_point_says_what_it_was_found_by);
	return check_done();
}
