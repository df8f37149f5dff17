/* The lines of `viva score`, and keys that are made once for many answers. */
#include "check.h"

#include <pthread.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"
#include "score/line.h"
#include "score/recent.h"

#include "score_fixture.h"

#define CAT "\"reference\":\"The cat purrs on the warm sofa.\",\"answer\":\"the cat purrs\""

/* What the command answers to a line, parsed. */
static const cJSON *reply_to(const char *text)
{
	struct score_line line;
	struct score_result result;
	const char *fault, *reply;
	cJSON *value = NULL;

	if (score_line_read(arena, text, strlen(text), &line, &fault) == OK) {
		score_answer(arena, &line.question, line.answer, strlen(line.answer), &result);
		reply = score_line_result(&line, &result);
	} else {
		reply = score_line_error(&line, fault);
	}
	CHECK(strchr(reply, '\n') == NULL);
	CHECK_INT(json_parse(reply, strlen(reply), &value), OK);
	return value;
}

static const char *error_of(const char *text)
{
	return json_string(reply_to(text), "error", NULL);
}

static const char *id_of(const char *text)
{
	return json_text(json_get(reply_to(text), "id"));
}

static void a_good_line_is_graded(void)
{
	const cJSON *reply = reply_to("{\"id\":7," CAT ",\"question\":\"What does it do?\"}");

	CHECK(json_string(reply, "error", NULL) == NULL);
	CHECK(json_number(reply, "score", 0) > 0);
	CHECK_NEAR(json_number(reply, "max_score", 0), 10, 0);
	CHECK_STR(json_string(reply, "version", ""), SCORE_VERSION);
	CHECK_INT((long long)json_count(reply, "key_points"), 1);
}

static void any_id_comes_back(void)
{
	static const char *const ids[] = {
		"\"a\\tb\"", "null", "true",       "[1,{\"id\":2}]",       "-0.5",
		"\"\"",      "17",   "{\"a\":[]}", "12345678901234567890", "1e999"
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const char *good = arena_printf(arena, "{" CAT ",\"id\" : %s }", ids[i]);
		const char *bad = arena_printf(arena, "{\"x\":{\"id\":9},\"id\":%s}", ids[i]);
		struct score_line line;
		const char *fault, *start = arena_printf(arena, "{\"id\":%s,", ids[i]);

		CHECK_INT(score_line_read(arena, good, strlen(good), &line, &fault), OK);
		CHECK(text_starts(score_line_error(&line, "x"), start));
		CHECK_INT(score_line_read(arena, bad, strlen(bad), &line, &fault), ERR_INVALID);
		CHECK(text_starts(score_line_error(&line, fault), start));
	}
	CHECK_STR(id_of("{" CAT "}"), "null");
	CHECK_STR(id_of("{\"id\":1,\"id\":2," CAT "}"), "1");
	CHECK_STR(id_of("{\"id\":007," CAT "}"), "7");
}

static void bad_lines_say_why(void)
{
	static const char *const lines[] = {
		"",
		" ",
		"x",
		"[]",
		"{\"reference\":\"a\",\"answer\":\"b\"} {}",
		"{\"reference\":\"a\",\"answer\":\"\xFF\"}",
		"{\"reference\":\"a\",\"answer\":\"\\u0000\"}",
		"{\"reference\":\"a\",\"answer\":\"\\ud800\"}",
		"{\"reference\":\"a\"}",
		"{\"reference\":\"a\",\"answer\":5}",
		"{\"reference\":5,\"answer\":\"b\"}",
		"{\"reference\":[\"a\",null],\"answer\":\"b\"}",
		"{\"answer\":\"b\"}",
		"{\"reference\":\" \",\"key_points\":[],\"answer\":\"b\"}",
		"{\"key_points\":{},\"answer\":\"b\"}",
		"{\"key_points\":[5],\"answer\":\"b\"}",
		"{\"key_points\":[{}],\"answer\":\"b\"}",
		"{\"key_points\":[{\"text\":\"a\",\"aliases\":[1]}],\"answer\":\"b\"}",
		"{\"key_points\":[{\"text\":\"a\",\"wrong\":{}}],\"answer\":\"b\"}",
		"{" CAT ",\"question\":[]}",
		"{" CAT ",\"lang\":\"de\"}",
		"{" CAT ",\"lang\":1}",
		"{" CAT ",\"max_score\":\"9\"}",
		"{" CAT ",\"max_score\":1e400}",
		"{" CAT ",\"max_score\":-1}",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *error = error_of(lines[i]);

		CHECK(error != NULL && *error != '\0');
	}
}

static void escapes_that_are_no_characters_are_told_with_the_id(void)
{
	static const char *const escapes[] = { "\\u0000", "\\ud800", "\\uDC00 x", "\\ud800\\ud800",
		                               "\\ud83d\\ude00\\u0000" };
	const char *pair = "{\"id\":3,\"reference\":\"a\",\"answer\":\"\\uD83D\\uDE00\"}";

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		const char *line = arena_printf(arena,
		                                "{\"answer\":\"%s\",\"id\":17,"
		                                "\"reference\":\"a\"}",
		                                escapes[i]);

		CHECK(strstr(error_of(line), "surrogate") != NULL);
		CHECK_STR(id_of(line), "17");
		line = arena_printf(arena, "{\"id\":\"%s\"," CAT "}", escapes[i]);
		CHECK(strstr(error_of(line), "surrogate") != NULL);
		CHECK_STR(id_of(line), "null");
	}
	CHECK(error_of(pair) == NULL);
	CHECK_STR(error_of("{\"answer\":\"\\u0000\""), error_of("x"));
	CHECK_STR(error_of("{\"answer\":\"\\u00\"}"), error_of("x"));
	CHECK_STR(error_of("{\"answer\":\"\\\\u0000\"}"), error_of("{\"answer\":\"a\"}"));
}

static void a_key_point_without_words_is_told(void)
{
	CHECK_STR(error_of("{" CAT ",\"key_points\":[{\"text\":\"\"}]}"),
	          error_of("{" CAT ",\"key_points\":[{}]}"));
	CHECK(error_of("{" CAT ",\"key_points\":[{\"text\":\" \\n\",\"aliases\":[\"a cat\"]}]}") !=
	      NULL);
	CHECK(error_of("{" CAT ",\"key_points\":[{\"text\":\"a cat\",\"aliases\":[\"\"]}]}") ==
	      NULL);
}

static void blanks_around_an_object_are_none_of_it(void)
{
	CHECK(error_of(" {" CAT "}\r") == NULL);
	CHECK(error_of("{" CAT ",\"key_points\":null,\"lang\":null,\"max_score\":null}") == NULL);
	CHECK(error_of("{\"reference\":\"a cat\",\"answer\":\"\"}") == NULL);
}

/* A line with `count` key points of `len` bytes each. */
static const char *line_of_points(int count, int len)
{
	struct buf line;

	buf_init(&line, arena);
	buf_str(&line, "{\"answer\":\"word\",\"key_points\":[");
	for (int i = 0; i < count; i++)
		buf_printf(&line, "%s{\"text\":\"%0*d\"}", i > 0 ? "," : "", len, i);
	buf_str(&line, "]}");
	return line.data;
}

static void what_is_too_much_is_refused(void)
{
	char *line = arena_alloc(arena, SCORE_LINE_MAX + 2);

	CHECK_INT((long long)json_count(reply_to(line_of_points(1000, 9)), "key_points"), 1000);
	CHECK(error_of(line_of_points(1001, 9)) != NULL);
	CHECK(error_of(line_of_points(1000, 1 + SCORE_QUESTION_MAX / 1000)) != NULL);
	memset(line, ' ', SCORE_LINE_MAX + 1);
	CHECK_STR(error_of(line), "the line is too long");
}

static void an_answer_may_fill_the_longest_line(void)
{
	char *line = arena_alloc(arena, SCORE_LINE_MAX + 1);
	size_t start = (size_t)sprintf(line, "{\"reference\":\"a b\",\"answer\":\"");

	for (size_t i = start; i < SCORE_LINE_MAX - 2; i++)
		line[i] = i % 7 == 0 ? ' ' : 'w';
	memcpy(line + SCORE_LINE_MAX - 2, "\"}", 2);
	CHECK(error_of(line) == NULL);
}

/* Words that are all different and all resemble one of the key point. */
static char *like_words(size_t bytes)
{
	struct buf text;

	buf_init(&text, arena);
	for (unsigned number = 0; text.len < bytes; number++) {
		buf_str(&text, "handshake");
		for (unsigned rest = number, i = 0; i < 4; i++, rest /= 26)
			buf_char(&text, (char)('a' + rest % 26));
		buf_char(&text, ' ');
	}
	return text.data;
}

static void like_words_cost_no_more_than_others(void)
{
	const char *answer = like_words(4 << 20);
	struct score_result result;
	clock_t start = clock();

	score_answer(arena, &udp, answer, strlen(answer), &result);
	/* Far above what it takes even with sanitizers, far below what comparing all does. */
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 10);
	check_sound(&result, answer, strlen(answer));
}

static void spans_are_bytes_of_the_answer(void)
{
	const char *answer =
	        "«Кот» — мурчит\u0301 на тёплом диване 🙂";
	const char *text = arena_printf(
	        arena, "{\"reference\":\"Кот мурчит на тёплом диване\",\"answer\":\"%s\"}", answer);
	const cJSON *point = json_get(reply_to(text), "key_points")->child, *span;
	size_t from = 0, len = strlen(answer);

	CHECK_STR(json_string(point, "status", ""), "covered");
	cJSON_ArrayForEach(span, json_get(point, "evidence"))
	{
		size_t start = (size_t)json_number(span, "start", -1);
		size_t end = (size_t)json_number(span, "end", -1);

		CHECK(start >= from && start < end && end <= len);
		CHECK((answer[start] & 0xC0) != 0x80 && (answer[end] & 0xC0) != 0x80);
		from = end;
	}
	CHECK(from > 0);
}

/* Everything of a result that a line shows, and the steps of its arithmetic. */
static const char *shown(const struct score_result *result)
{
	struct score_line line = { 0 };
	const struct score_steps *steps = &result->steps;

	return arena_printf(arena, "%s %a %a %a %a", score_line_result(&line, result),
	                    steps->points, steps->likeness, steps->agreement, steps->share);
}

static const char *shown_by_key(const struct score_key *key, const char *answer)
{
	struct score_result result;

	score_grade(arena, key, answer, strlen(answer), &result);
	return shown(&result);
}

static const char *shown_alone(const struct score_question *question, const char *answer)
{
	struct score_result result;

	score_answer(arena, question, answer, strlen(answer), &result);
	return shown(&result);
}

static const char *const answers[] = {
	"UDP does not guarantee delivery, so datagrams may get lost. There is no handshake.",
	"",
	"UDP guarantees delivery and unsafe connexion is reestablished, high latency.",
	"Datagramms are unreliable; connecting needs no handshaking; small header, low latencies",
	"UDP UDP UDP UDP",
};

enum { ANSWERS = sizeof(answers) / sizeof(answers[0]) };

static void a_key_grades_like_the_question(void)
{
	struct score_question split = udp;
	const struct score_key *key = score_prepare(arena, &udp), *split_key;

	split.point_count = 0;
	split_key = score_prepare(arena, &split);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < ANSWERS; i++) {
			CHECK_STR(shown_by_key(key, answers[i]), shown_alone(&udp, answers[i]));
			CHECK_STR(shown_by_key(split_key, answers[i]),
			          shown_alone(&split, answers[i]));
		}
	}
}

struct grader {
	const struct score_key *key;
	double sum;
};

static void *grade_often(void *context)
{
	struct grader *grader = context;
	struct arena *own = arena_create();

	for (int i = 0; i < 200; i++) {
		const char *answer = answers[i % ANSWERS];
		struct score_result result;

		score_grade(own, grader->key, answer, strlen(answer), &result);
		grader->sum += result.score;
	}
	arena_destroy(own);
	return NULL;
}

static void threads_share_a_key(void)
{
	const struct score_key *key = score_prepare(arena, &udp);
	struct grader graders[4], alone = { .key = key };
	pthread_t threads[4];

	grade_often(&alone);
	for (int i = 0; i < 4; i++) {
		graders[i] = (struct grader){ .key = key };
		CHECK_INT(pthread_create(&threads[i], NULL, grade_often, &graders[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CHECK_NEAR(graders[i].sum, alone.sum, 0);
	}
}

/* A question of one key point, made of a number so that many differ. */
static struct score_question numbered(int number, struct score_key_point *point)
{
	struct score_question question = udp;

	*point = (struct score_key_point){ .id = "p",
		                           .text = arena_printf(arena, "point%d holds", number) };
	question.points = point;
	question.point_count = 1;
	question.references = (struct score_texts){ 0 };
	return question;
}

static void recent_keys_are_found_again(void)
{
	struct recent *recent = recent_create(arena);
	struct score_key_point point;
	struct score_question question = numbered(1, &point);
	const struct score_key *first = recent_key(recent, &question);

	question = numbered(1, &point);
	CHECK(recent_key(recent, &question) == first);
	question = numbered(2, &point);
	CHECK(recent_key(recent, &question) != first);
	question.max_score = 5;
	CHECK_NEAR(grade(&question, "point2 holds").max_score, 5, 0);
	question = numbered(1, &point);
	CHECK(recent_key(recent, &question) == first);
}

static void many_questions_are_graded_in_any_order(void)
{
	struct recent *recent = recent_create(arena);
	struct score_key_point point;

	for (int i = 0; i < 3 * RECENT_KEYS; i++) {
		int number = i % 3 == 0 ? i % 7 : i;
		struct score_question question = numbered(number, &point);
		const char *answer = arena_printf(arena, "point%d holds", number);
		struct score_result result;

		score_grade(arena, recent_key(recent, &question), answer, strlen(answer), &result);
		CHECK_INT(result.points[0].status, SCORE_COVERED);
		CHECK_STR(result.points[0].text, point.text);
	}
}

/* Each differs from the one before it in one thing that no other tells. */
static void like_questions_have_keys_of_their_own(void)
{
	struct recent *recent = recent_create(arena);
	struct score_key_point point = { .id = "p",
		                         .text = "cats purr softly",
		                         .aliases = TEXTS("dogs bark", "birds sing") };
	struct score_question question = udp;
	struct score_result result;

	question.points = &point;
	question.point_count = 1;
	score_grade(arena, recent_key(recent, &question), "dogs bark", 9, &result);
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	point.aliases = (struct score_texts)TEXTS("cows moo!", "birds sing");
	score_grade(arena, recent_key(recent, &question), "dogs bark", 9, &result);
	CHECK_INT(result.points[0].status, SCORE_MISSING);
	question.max_score = 4;
	score_grade(arena, recent_key(recent, &question), "cows moo!", 9, &result);
	CHECK_INT(result.points[0].status, SCORE_COVERED);
	CHECK_NEAR(result.max_score, 4, 0);
	point.wrong = (struct score_texts)TEXTS("cows moo!");
	point.aliases = (struct score_texts){ 0 };
	score_grade(arena, recent_key(recent, &question), "cows moo!", 9, &result);
	CHECK_STR(result.points[0].wrong, "cows moo!");
}

int main(void)
{
	RUN(a_good_line_is_graded);
	RUN(any_id_comes_back);
	RUN(bad_lines_say_why);
	RUN(escapes_that_are_no_characters_are_told_with_the_id);
	RUN(a_key_point_without_words_is_told);
	RUN(blanks_around_an_object_are_none_of_it);
	RUN(what_is_too_much_is_refused);
	RUN(an_answer_may_fill_the_longest_line);
	RUN(like_words_cost_no_more_than_others);
	RUN(spans_are_bytes_of_the_answer);
	RUN(a_key_grades_like_the_question);
	RUN(threads_share_a_key);
	RUN(recent_keys_are_found_again);
	RUN(many_questions_are_graded_in_any_order);
	RUN(like_questions_have_keys_of_their_own);
	return check_done();
}
