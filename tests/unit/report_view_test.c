#include "report_fixture.h"

#include <pthread.h>

#include "base/buf.h"
#include "base/format.h"
#include "report/blocks.h"
#include "report/normalize.h"
#include "report/phrase.h"
#include "report/segments.h"
#include "view/report_view.h"
#include "web/cache.h"

/* --- segments ------------------------------------------------------------------------ */

static cJSON *points(const char *json)
{
	cJSON *value = NULL;

	CHECK_INT(json_parse(json, strlen(json), &value), OK);
	return value;
}

/* "[1:abc][1 2:de]fg[3/2:h]": marked parts in brackets with their points / denied points. */
static const char *marked_against(const char *answer, const char *json, const char *denials)
{
	const cJSON *segment;
	struct buf out;

	buf_init(&out, arena);
	cJSON_ArrayForEach(segment, segments_of(arena, answer, points(json), points(denials)))
	{
		const char *denied = json_string(segment, "denied", NULL);

		CHECK(strncmp(answer + (size_t)json_number(segment, "at", 99),
		              json_string(segment, "text", "?"),
		              strlen(json_string(segment, "text", "?"))) == 0);
		if (json_bool(segment, "is_marked", false))
			buf_printf(&out, "[%s%s%s:%s]", json_string(segment, "points", ""),
			           denied != NULL ? "/" : "", denied != NULL ? denied : "",
			           json_string(segment, "text", "?"));
		else
			buf_str(&out, json_string(segment, "text", "?"));
	}
	return out.data;
}

static const char *marked(const char *answer, const char *json)
{
	return marked_against(answer, json, "[]");
}

static void segments_mark_what_is_denied(void)
{
	static const char evidence[] = "[{\"evidence\":[{\"start\":0,\"end\":4}]},"
	                               "{\"evidence\":[]}]";

	CHECK_STR(marked_against("abcdefghij", evidence,
	                         "[{\"denial\":null},{\"denial\":{\"start\":2,\"end\":6}}]"),
	          "[1:ab][1/2:cd][/2:ef]ghij");
	CHECK_STR(marked_against("abcd", evidence,
	                         "[{\"denial\":{\"start\":1,\"end\":99}},{\"denial\":null},"
	                         "{\"denial\":{\"start\":0,\"end\":1}}]"),
	          "[1:abcd]");
}

static void segments_mark_the_evidence(void)
{
	CHECK_STR(marked("one two three",
	                 "[{\"text\":\"A\",\"evidence\":[{\"start\":4,\"end\":7}]}]"),
	          "one [1:two] three");
	CHECK_STR(marked("one", "[{\"text\":\"A\",\"evidence\":[{\"start\":0,\"end\":3}]}]"),
	          "[1:one]");
	CHECK_STR(marked("one", "[{\"text\":\"A\",\"evidence\":[]}]"), "one");
	CHECK_STR(marked("", "[{\"text\":\"A\",\"evidence\":[]}]"), "");
	CHECK_STR(marked("one", "[]"), "one");
}

static void overlapping_spans_are_cut(void)
{
	CHECK_STR(marked("abcdefghij", "[{\"text\":\"A\",\"evidence\":[{\"start\":1,\"end\":6},{"
	                               "\"start\":8,\"end\":10}]},"
	                               "{\"text\":\"B\",\"evidence\":[]},"
	                               "{\"text\":\"C\",\"evidence\":[{\"start\":3,\"end\":9}]}]"),
	          "a[1:bc][1 3:def][3:gh][1 3:i][1:j]");
	/* The same span twice, one within another of the same point, neighbours. */
	CHECK_STR(marked("abcdef", "[{\"text\":\"A\",\"evidence\":[{\"start\":0,\"end\":4},{"
	                           "\"start\":1,\"end\":2}]},"
	                           "{\"text\":\"B\",\"evidence\":[{\"start\":0,\"end\":4}]},"
	                           "{\"text\":\"C\",\"evidence\":[{\"start\":4,\"end\":5}]}]"),
	          "[1 2:a][1 2:b][1 2:cd][3:e]f");
}

static void segments_give_the_whole_answer_back(void)
{
	const char *answer = "Ім'я — <b>\n\nдругий рядок & 😀";
	const cJSON *segment;
	struct buf out;

	buf_init(&out, arena);
	cJSON_ArrayForEach(
	        segment,
	        segments_of(arena, answer,
	                    points("[{\"text\":\"A\",\"evidence\":[{\"start\":2,\"end\":7},"
	                           "{\"start\":1,\"end\":7},{\"start\":-1,\"end\":3},"
	                           "{\"start\":5,\"end\":4000},{\"start\":9,\"end\":9}]}]"),
	                    NULL)) buf_str(&out, json_string(segment, "text", ""));
	CHECK_STR(out.data, answer);
}

static void segments_name_their_points(void)
{
	const cJSON *segments =
	        segments_of(arena, "abc",
	                    points("[{\"text\":\"First\",\"evidence\":[{\"start\":0,\"end\":3}]},"
	                           "{\"text\":\"Second\",\"evidence\":[{\"start\":0,\"end\":3}]}]"),
	                    NULL);

	CHECK_INT(cJSON_GetArraySize(segments), 1);
	CHECK_TEXT(segments, "0.points", "1 2");
}

/* --- blocks ----------------------------------------------------------------------------- */

static void blocks_are_split(void)
{
	const cJSON *blocks = blocks_of(arena, "Strengths\nOne. Two.\n\nGrowth areas\n"
	                                       "- first\n- second\n");

	CHECK_INT(cJSON_GetArraySize(blocks), 2);
	CHECK_TEXT(blocks, "0.heading", "Strengths");
	CHECK_TEXT(blocks, "0.paragraphs.0.text", "One. Two.");
	CHECK(cJSON_IsFalse(at(blocks, "0.has_items")));
	CHECK_TEXT(blocks, "1.heading", "Growth areas");
	CHECK_TEXT(blocks, "1.items.1.text", "second");
	CHECK(cJSON_IsTrue(at(blocks, "1.has_items")));
}

static void blocks_of_markdown_and_plain_text(void)
{
	const cJSON *blocks = blocks_of(arena, "## Strengths\n\nText here.\n\n**Growth**\n* a");

	CHECK_INT(cJSON_GetArraySize(blocks), 2);
	CHECK_TEXT(blocks, "0.heading", "Strengths");
	CHECK_TEXT(blocks, "0.paragraphs.0.text", "Text here.");
	CHECK_TEXT(blocks, "1.heading", "Growth");
	CHECK_TEXT(blocks, "1.items.0.text", "a");
	blocks = blocks_of(arena, "Only a sentence.");
	CHECK_INT(cJSON_GetArraySize(blocks), 1);
	CHECK_NULL(blocks, "0.heading");
	CHECK_INT(cJSON_GetArraySize(blocks_of(arena, "")), 0);
}

/* --- the page ------------------------------------------------------------------------------ */

static const char *render(bool for_admin)
{
	struct report_source source = fixture_source();
	struct mustache *templates;
	struct buf out;

	fixture_questions[1].answer = "<script>alert(1)</script>";
	CHECK_INT(mustache_load(arena, "templates", &templates), OK);
	buf_init(&out, arena);
	CHECK_INT(mustache_render(templates, "partials/report_body", LANG_EN,
	                          report_view(arena, report_build(arena, &source, NULL), for_admin),
	                          &out),
	          OK);
	return out.data;
}

#define HAS(text, part)   CHECK(strstr(text, part) != NULL)
#define LACKS(text, part) CHECK(strstr(text, part) == NULL)

static void page_shows_the_evidence(void)
{
	const char *html = render(false);

	HAS(html, "<mark id=\"answer-1-0\" data-points=\"1\">The e</mark>");
	HAS(html, "<mark id=\"answer-1-5\" data-points=\"1 2\">ffect</mark>");
	HAS(html, "<strong>8.5</strong> / 30");
	HAS(html, "id=\"rubric-chart\"");
	HAS(html, "<rect class=\"bar part\" x=\"0\" width=\"50%\"");
	HAS(html, "<td>2.5</td>");
	HAS(html, "<b>not said</b>: POST makes duplicates.");
	HAS(html, "href=\"/reports/i1/report.pdf\"");
	HAS(html, "href=\"/reports/i1/report.txt\"");
	HAS(html, "&lt;script&gt;");
	LACKS(html, "<script");
	LACKS(html, "style=");
	HAS(html, "<h3>Growth areas</h3>");
}

static void only_admins_see_the_recruiters_text(void)
{
	LACKS(render(false), "For the recruiter");
	LACKS(render(false), "too few answers to judge");
	HAS(render(true), "For the recruiter");
	HAS(render(true), "too few answers to judge");
}

static void quotations_within_others_have_marks_of_their_own(void)
{
	CHECK_STR(phrase_nested(arena, "Тезис «кнопка «Да» и «Нет»» и «ещё»."),
	          "Тезис «кнопка „Да“ и „Нет“» и «ещё».");
	CHECK_STR(phrase_nested(arena, "«не закрыта\n«вторая» строка»"),
	          "«не закрыта\n«вторая» строка»");
	CHECK_STR(phrase_nested(arena, "“a” \"b\""), "“a” \"b\"");
	CHECK_STR(phrase_nested(arena, ""), "");
}

/* A reader who adds up the dimensions as they stand there comes to the shown total. */
static void rubric_adds_up_as_it_is_shown(void)
{
	cJSON *item = cJSON_CreateObject();
	const cJSON *rubric;

	normalize_set_rubric(item,
	                     &(struct score_rubric){ 3.3349, 2.7351, 3.3349, 2.9449, 3.1149 });
	rubric = json_get(item, "rubric");
	CHECK_STR(format_decimal(arena, LANG_EN, json_number(rubric, "depth", 0), 3), "2.945");
	CHECK_NEAR(json_number(rubric, "depth", 0), 2.945, 0);
	/* 4 * 3.335 + 4 * 2.735 + 5 * 3.335 + 4 * 2.945 + 3 * 3.115 */
	CHECK_NEAR(json_number(rubric, "overall", 0), 62.08, 1e-9);
}

static void formats_for_people(void)
{
	CHECK_STR(format_number(arena, LANG_RU, 8.5), "8,5");
	CHECK_STR(format_percent(arena, LANG_EN, 0.5), "50%");
	CHECK_STR(format_duration(arena, LANG_EN, 61), "1 min 1 s");
	CHECK_STR(format_date(arena, FIXTURE_MS(0)), "14.11.2023 22:13");
}

/* --- the cache ------------------------------------------------------------------------------- */

static const char *get(struct cache *cache, const char *key)
{
	struct cache_text found;

	return cache_get(cache, arena, key, &found) ? found.text : NULL;
}

static void cache_keeps_and_evicts(void)
{
	struct cache *cache = cache_create(2, 1000);
	const char *held;

	CHECK(get(cache, "a") == NULL);
	cache_put(cache, "a", "text a", 6);
	cache_put(cache, "b", "text b", 6);
	held = get(cache, "b");
	CHECK_STR(get(cache, "a"), "text a");
	cache_put(cache, "c", "text c", 6); /* "b" was not used for the longest time */
	CHECK(get(cache, "b") == NULL);
	CHECK_STR(get(cache, "a"), "text a");
	CHECK_STR(get(cache, "c"), "text c");
	cache_put(cache, "a", "other", 5);
	CHECK_STR(get(cache, "a"), "text a");
	CHECK_STR(held, "text b"); /* a reader keeps what was evicted */
	arena_reset(arena);
	cache_destroy(cache);
	cache_destroy(NULL);
}

static void cache_is_bounded_in_bytes(void)
{
	struct cache *cache = cache_create(100, 400);
	char text[101] = "";
	int kept = 0;

	memset(text, 'x', 100);
	for (int i = 0; i < 50; i++)
		cache_put(cache, arena_printf(arena, "%d", i), text, 100);
	for (int i = 0; i < 50; i++)
		kept += get(cache, arena_printf(arena, "%d", i)) != NULL;
	CHECK_INT(kept, 4);
	CHECK(get(cache, "49") != NULL);
	cache_put(cache, "large", arena_alloc(arena, 101), 101);
	CHECK(get(cache, "large") == NULL);
	arena_reset(arena);
	cache_destroy(cache);
}

static void *use_cache(void *cache)
{
	struct arena *own = arena_create();
	void *wrong = NULL;

	for (int i = 0; i < 2000; i++) {
		const char *key = arena_printf(own, "%d", i % 7);
		struct cache_text found;

		cache_put(cache, key, key, 1);
		if (cache_get(cache, own, key, &found) && strcmp(found.text, key) != 0)
			wrong = cache;
		if (i % 10 == 9)
			arena_reset(own);
	}
	arena_destroy(own);
	return wrong;
}

static void cache_serves_threads(void)
{
	struct cache *cache = cache_create(3, 100);
	pthread_t threads[4];

	for (size_t i = 0; i < 4; i++)
		CHECK_INT(pthread_create(&threads[i], NULL, use_cache, cache), 0);
	for (size_t i = 0; i < 4; i++) {
		void *wrong = cache;

		pthread_join(threads[i], &wrong);
		CHECK(wrong == NULL);
	}
	cache_destroy(cache);
}

int main(void)
{
	RUN(segments_mark_the_evidence);
	RUN(segments_mark_what_is_denied);
	RUN(overlapping_spans_are_cut);
	RUN(segments_give_the_whole_answer_back);
	RUN(segments_name_their_points);
	RUN(blocks_are_split);
	RUN(blocks_of_markdown_and_plain_text);
	RUN(page_shows_the_evidence);
	RUN(only_admins_see_the_recruiters_text);
	RUN(quotations_within_others_have_marks_of_their_own);
	RUN(rubric_adds_up_as_it_is_shown);
	RUN(formats_for_people);
	RUN(cache_keeps_and_evicts);
	RUN(cache_is_bounded_in_bytes);
	RUN(cache_serves_threads);
	return check_done();
}
