/* What handlers of the API use: members of the body, faults, pages of lists. */
#include "web/api.h"

#include <stdlib.h>

#include "check.h"
#include "web/api_internal.h"
#include "web/form.h"
#include "web/token.h"

static struct request *fresh(const char *body, const char *fields, enum err *ret_err)
{
	struct request *request = arena_alloc(arena, sizeof(*request));

	request->arena = arena;
	request->path = "/api/things";
	request->csrf_key = "0123456789abcdef";
	request->query.fields = arena_array(arena, FORM_MAX_FIELDS, sizeof(struct form_field));
	buf_init(&request->reply.headers, arena);
	api_begin(request);
	request->api->body = body;
	request->api->len = strlen(body);
	*ret_err = api_read_body(request, fields);
	return request;
}

static const char *pointer(const struct request *request, int index)
{
	return json_string(cJSON_GetArrayItem(request->api->faults, index), "pointer", "");
}

static void members_are_read_within_bounds(void)
{
	const struct api_text name = { "name", 1, 3, NULL };
	const struct api_text absent = { "absent", 1, 3, "else" };
	const struct api_integer size = { "size", -1, 9, false, 0 };
	const struct api_integer other = { "other", 0, 9, true, 5 };
	const struct api_choice kind = { "kind", "one two", NULL };
	const char *text;
	int number;
	enum err err;
	struct request *request = fresh("{\"name\":\" \\u0451\\u0451\\u0451 \",\"size\":9.0,"
	                                "\"kind\":\"two\"}",
	                                "name size kind absent other", &err);

	CHECK_INT(err, OK);
	CHECK_INT(api_text(request, &name, &text), OK);
	CHECK_STR(text, "ёёё");
	CHECK_INT(api_verbatim(request, &name, &text), ERR_INVALID);
	CHECK_INT(api_text(request, &absent, &text), OK);
	CHECK_STR(text, "else");
	CHECK_INT(api_integer(request, &size, &number), OK);
	CHECK_INT(number, 9);
	CHECK_INT(api_integer(request, &other, &number), OK);
	CHECK_INT(number, 5);
	CHECK_INT(api_choice(request, &kind, &text), OK);
	CHECK_STR(text, "two");
	CHECK(api_has(request, "name") && !api_has(request, "absent"));
}

static void every_fault_is_told_with_its_place(void)
{
	static const char *const bad[] = { "1.5", "10", "-2", "\"1\"", "null", "true", "1e300" };
	const struct api_text text_wish = { "a/b", 1, 3, NULL };
	const struct api_integer wish = { "n", -1, 9, false, 0 };
	const char *text;
	int number;
	enum err err;
	struct request *request = fresh("{\"a/b\":\"\"}", "a/b n", &err);

	CHECK_INT(api_outcome(request), OK);
	CHECK_INT(api_text(request, &text_wish, &text), ERR_INVALID);
	CHECK_INT(api_integer(request, &wish, &number), ERR_INVALID);
	CHECK_INT(api_outcome(request), ERR_INVALID);
	CHECK_STR(pointer(request, 0), "/a~1b");
	CHECK_STR(pointer(request, 1), "/n");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		request = fresh(arena_printf(arena, "{\"n\":%s}", bad[i]), "n", &err);
		CHECK_INT(api_integer(request, &wish, &number), ERR_INVALID);
	}
}

static void a_body_is_an_object_of_known_members(void)
{
	static const char *const bad[] = { "[]",        "1",       "\"x\"",     "null",
		                           "{",         "{}x",     "{\"x\":1}", "{\"a\":1,\"a\":1}",
		                           "{\"A\":1}", "{\"\":1}" };
	enum err err;

	fresh("", "a", &err);
	CHECK_INT(err, OK);
	fresh("{\"a\":1}", "a", &err);
	CHECK_INT(err, OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fresh(bad[i], "a", &err);
		CHECK_INT(err, ERR_INVALID);
	}
}

static void very_many_values_are_not_even_parsed(void)
{
	struct buf body;
	enum err err;

	buf_init(&body, arena);
	buf_str(&body, "{\"a\":[1");
	for (int i = 0; i < 11000; i++)
		buf_str(&body, ",1");
	buf_str(&body, "]}");
	fresh(body.data, "a", &err);
	CHECK_INT(err, ERR_TOO_LARGE);
	fresh(arena_printf(arena, "{\"a\":\"%s\\\",,\"}", body.data + 6), "a", &err);
	CHECK_INT(err, OK); /* in a text they are letters */
}

/* --- pages ------------------------------------------------------------------------ */

static void ask(struct request *request, const char *name, const char *value)
{
	request->query.fields[request->query.count++] =
	        (struct form_field){ .name = name, .value = value, .len = strlen(value) };
}

static const char *next_of(struct request *request, int64_t at, const char *id)
{
	const struct api_page last = { .at = at, .id = id };
	cJSON *document = cJSON_CreateObject();

	api_set_next(request, document, true, &last);
	return json_string(document, "next_cursor", "");
}

static enum err read_cursor(const char *path, const char *cursor, struct api_page *page)
{
	enum err err;
	struct request *request = fresh("", "", &err);

	request->path = path;
	ask(request, "cursor", cursor);
	return api_read_page(request, page);
}

static void a_cursor_leads_behind_its_row(void)
{
	enum err err;
	struct request *request = fresh("", "", &err);
	const char *cursor = next_of(request, 1800000000000, "some-id.with.dots");
	cJSON *document = cJSON_CreateObject();
	struct api_page page;

	CHECK_INT(api_read_page(request, &page), OK);
	CHECK(page.limit == 20 && page.at == INT64_MAX);
	CHECK_STR(page.id, "");
	CHECK_INT(read_cursor("/api/things", cursor, &page), OK);
	CHECK(page.at == 1800000000000);
	CHECK_STR(page.id, "some-id.with.dots");
	api_set_next(request, document, false, &page);
	CHECK(cJSON_IsNull(json_get(document, "next_cursor")));
}

static void cursors_of_others_are_refused(void)
{
	enum err err;
	const char *cursor = next_of(fresh("", "", &err), 1800000000000, "id");
	const char *const bad[] = {
		"", "x", ".", "..", "0.0.", cursor + 1, arena_printf(arena, "%sx", cursor)
	};
	struct api_page page;

	CHECK_INT(read_cursor("/api/others", cursor, &page), ERR_INVALID);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(read_cursor("/api/things", bad[i], &page), ERR_INVALID);
	for (size_t i = 0; cursor[i] != '\0'; i++) {
		char *changed = arena_strdup(arena, cursor);

		changed[i] = changed[i] == '0' ? '1' : '0';
		CHECK_INT(read_cursor("/api/things", changed, &page), ERR_INVALID);
	}
}

static void a_limit_is_from_1_to_100(void)
{
	static const char *const bad[] = { "0", "101", "-1", "x", "", "1.5" };
	struct api_page page;
	enum err err;
	struct request *request = fresh("", "", &err);

	ask(request, "limit", "100");
	CHECK_INT(api_read_page(request, &page), OK);
	CHECK_INT(page.limit, 100);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		request = fresh("", "", &err);
		ask(request, "limit", bad[i]);
		CHECK_INT(api_read_page(request, &page), ERR_INVALID);
	}
}

/* --- tags ---------------------------------------------------------------------------- */

static int tagged(const char *if_none_match, const char **ret_headers)
{
	enum err err;
	struct request *request = fresh("", "", &err);

	setenv("HTTP_IF_NONE_MATCH", if_none_match, 1);
	request->reply.status = 200;
	CHECK_INT(api_reply_tagged(request, "text/plain", "words", 5), OK);
	*ret_headers = request->reply.headers.data;
	CHECK_INT((long long)request->reply.len, request->reply.status == 304 ? 0 : 5);
	unsetenv("HTTP_IF_NONE_MATCH");
	return request->reply.status;
}

static void an_unchanged_text_is_not_sent_again(void)
{
	const char *headers, *tag;

	CHECK_INT(tagged("", &headers), 200);
	tag = strstr(headers, "ETag: ") + strlen("ETag: ");
	tag = arena_copy(arena, tag, strcspn(tag, "\r"));
	CHECK_INT(tagged(tag, &headers), 304);
	CHECK_INT(tagged(arena_printf(arena, "W/%s", tag), &headers), 304);
	CHECK_INT(tagged(arena_printf(arena, "\"x\" , %s,\"y\"", tag), &headers), 304);
	CHECK_INT(tagged("*", &headers), 304);
	CHECK_INT(tagged("\"x\"", &headers), 200);
	CHECK_INT(tagged(arena_printf(arena, "x%s", tag), &headers), 200);
	CHECK_INT(tagged(arena_copy(arena, tag, strlen(tag) - 1), &headers), 200);
	CHECK_INT(tagged(",,, ", &headers), 200);
}

int main(void)
{
	CHECK(token_init());
	setenv("CONTENT_TYPE", "application/json", 1);
	RUN(members_are_read_within_bounds);
	RUN(every_fault_is_told_with_its_place);
	RUN(a_body_is_an_object_of_known_members);
	RUN(very_many_values_are_not_even_parsed);
	RUN(a_cursor_leads_behind_its_row);
	RUN(cursors_of_others_are_refused);
	RUN(a_limit_is_from_1_to_100);
	RUN(an_unchanged_text_is_not_sent_again);
	return check_done();
}
