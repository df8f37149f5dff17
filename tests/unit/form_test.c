#include "check.h"

#include "web/dispatch.h"
#include "web/form.h"

static const char *value(const struct form *form, const char *name)
{
	const struct form_field *field = form_find(form, name);

	return field != NULL ? field->value : NULL;
}

static enum err parse(const char *body, struct form *ret_form)
{
	return form_parse_urlencoded(arena, body, strlen(body), ret_form);
}

static enum err parse_parts(const char *body, struct form *ret_form)
{
	return form_parse_multipart(arena, body, strlen(body), "b", ret_form);
}

static void urlencoded_fields_are_decoded(void)
{
	struct form form;

	CHECK(parse("a=1+2&b=%D0%BA%D0%BE%D1%82&c=&d&e=x%3Dy", &form) == OK);
	CHECK_STR(value(&form, "a"), "1 2");
	CHECK_STR(value(&form, "b"), "кот");
	CHECK_STR(value(&form, "c"), "");
	CHECK_STR(value(&form, "d"), "");
	CHECK_STR(value(&form, "e"), "x=y");
	CHECK(value(&form, "f") == NULL);
}

static void line_ends_become_unix(void)
{
	struct form form;

	CHECK(parse("a=one%0D%0Atwo%0Dthree", &form) == OK);
	CHECK_STR(value(&form, "a"), "one\ntwo\nthree");
}

static void broken_urlencoded_is_refused(void)
{
	struct form form;
	struct buf many;

	CHECK(parse("a=%", &form) == ERR_INVALID);
	CHECK(parse("a=%4", &form) == ERR_INVALID);
	CHECK(parse("a=%zz", &form) == ERR_INVALID);
	CHECK(parse("a=%00", &form) == ERR_INVALID);
	CHECK(parse("a=%FF", &form) == ERR_INVALID);
	CHECK(parse("a=1&a=2", &form) == ERR_INVALID);
	buf_init(&many, arena);
	for (int i = 0; i <= FORM_MAX_FIELDS; i++)
		buf_printf(&many, "f%d=1&", i);
	CHECK(parse(many.data, &form) == ERR_INVALID);
}

static void multipart_fields_and_files_are_read(void)
{
	struct form form;

	CHECK(parse_parts(
	              "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nодин\r\n"
	              "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.pdf\"\r\n"
	              "Content-Type: application/pdf\r\n\r\n%PDF\r\n--bogus\r\n--b--\r\n",
	              &form) == OK);
	CHECK_INT((long long)form.count, 2);
	CHECK_STR(value(&form, "a"), "один");
	CHECK_STR(value(&form, "f"), "%PDF\r\n--bogus");
	CHECK_STR(form_find(&form, "f")->file_name, "x.pdf");
}

static void broken_multipart_is_refused(void)
{
	struct form form;

	CHECK(parse_parts("", &form) == ERR_INVALID);
	CHECK(parse_parts("--b", &form) == ERR_INVALID);
	CHECK(parse_parts("--x\r\n", &form) == ERR_INVALID);
	CHECK(parse_parts("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nopen", &form) ==
	      ERR_INVALID);
	CHECK(parse_parts("--b\r\nno headers\r\n--b--", &form) == ERR_INVALID);
	CHECK(parse_parts("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", &form) ==
	      ERR_INVALID);
	CHECK(parse_parts("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--b--",
	                  &form) == ERR_INVALID);
}

static struct request request_with(const char *body)
{
	struct request request = { .arena = arena };

	CHECK(parse(body, &request.form) == OK);
	return request;
}

static void accessors_check_bounds(void)
{
	struct request request = request_with("t=%20%20abc%20&n=7&big=700&c=two&empty=");
	const struct form_range range = { .min = 1, .max = 9, .fallback = 5 };
	const char *text;
	int number;

	CHECK(form_text(&request, "t", 1, 3, &text) == OK);
	CHECK_STR(text, "abc");
	CHECK(form_text(&request, "t", 4, 9, &text) == ERR_INVALID);
	CHECK(form_text(&request, "t", 0, 2, &text) == ERR_INVALID);
	CHECK(form_text(&request, "none", 1, 3, &text) == ERR_INVALID);
	CHECK(form_integer(&request, "n", range, &number) == OK && number == 7);
	CHECK(form_integer(&request, "big", range, &number) == ERR_INVALID);
	CHECK(form_integer(&request, "empty", range, &number) == OK && number == 5);
	CHECK(form_choice(&request, "c", "one two", &text) == OK);
	CHECK(form_choice(&request, "c", "one twofold", &text) == ERR_INVALID);
}

static void unknown_fields_are_seen(void)
{
	struct request request = request_with("csrf=1&name=2");

	CHECK(form_has_only(&request.form, "name other"));
	CHECK(!form_has_only(&request.form, "other"));
	CHECK(!form_has_only(&request.form, "na"));
	CHECK(!form_word_in("a b", "a b"));
	CHECK(!form_word_in("a b", ""));
}

static void encoding_is_undone_by_decoding(void)
{
	const char *decoded;
	const char *encoded = form_encode(arena, "/a b?ї=&%");

	CHECK_STR(encoded, "%2Fa%20b%3F%D1%97%3D%26%25");
	CHECK(form_decode(arena, encoded, strlen(encoded), false, &decoded));
	CHECK_STR(decoded, "/a b?ї=&%");
}

static void routes_match_whole_paths(void)
{
	const char *params[REQUEST_MAX_PARAMS] = { NULL };

	CHECK(dispatch_match(arena, "/interviews/*/turns", "/interviews/17/turns", params));
	CHECK_STR(params[0], "17");
	CHECK(!dispatch_match(arena, "/interviews/*/turns", "/interviews//turns", params));
	CHECK(!dispatch_match(arena, "/interviews/*", "/interviews/17/turns", params));
	CHECK(!dispatch_match(arena, "/interviews", "/interviews/", params));
	CHECK(dispatch_match(arena, "/", "/", params));
}

int main(void)
{
	RUN(urlencoded_fields_are_decoded);
	RUN(line_ends_become_unix);
	RUN(broken_urlencoded_is_refused);
	RUN(multipart_fields_and_files_are_read);
	RUN(broken_multipart_is_refused);
	RUN(accessors_check_bounds);
	RUN(unknown_fields_are_seen);
	RUN(encoding_is_undone_by_decoding);
	RUN(routes_match_whole_paths);
	return check_done();
}
