#include "base/mustache.h"

#include <sys/stat.h>

#include "fixture.h"

struct example {
	const char *source, *data, *expected;
	const char *partials;
};

static cJSON *parse(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(json_parse(text, strlen(text), &value), OK);
	return value;
}

static const char *render(const char *source, const char *data, const char *partials)
{
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(mustache_render_text(source, partials == NULL ? NULL : parse(partials),
	                               parse(data), &out),
	          OK);
	return out.data;
}

static void check_examples(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		CHECK_STR(render(examples[i].source, examples[i].data, examples[i].partials),
		          examples[i].expected);
}

#define CHECK_EXAMPLES(examples) check_examples(examples, sizeof(examples) / sizeof((examples)[0]))

static void values_print_and_escape(void)
{
	static const struct example examples[] = {
		{ "Hi {{ name }}.", "{\"name\":\"Ann & <Bob>\"}", "Hi Ann &amp; &lt;Bob&gt;.",
		  NULL },
		{ "{{{x}}}{{&x}}{{{ x }}}", "{\"x\":\"<\\\"'>\"}", "<\"'><\"'><\"'>", NULL },
		{ "{{x}}", "{\"x\":\"<\\\"'>\"}", "&lt;&quot;&#39;&gt;", NULL },
		{ "[{{none}}{{null}}{{a.b}}]", "{\"null\":null,\"a\":7}", "[]", NULL },
		{ "{{yes}} {{no}}", "{\"yes\":true,\"no\":false}", "true false", NULL },
		{ "[{{list}}{{object}}]", "{\"list\":[1],\"object\":{\"a\":1}}", "[]", NULL },
		{ "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"deep\"}}}", "deep", NULL },
		{ "{{a.b}}", "{\"a.b\":\"flat\"}", "", NULL },
		{ "{{.}}", "\"itself\"", "itself", NULL },
		{ "{x} }} {", "{\"x\":1}", "{x} }} {", NULL },
		{ "{{Name}}{{name}}", "{\"name\":1}", "1", NULL },
		{ "", "{}", "", NULL },
	};

	CHECK_EXAMPLES(examples);
}

static void numbers_print_in_their_shortest_form(void)
{
	static const struct example examples[] = {
		{ "{{.}}", "85", "85", NULL },
		{ "{{.}}", "1.21", "1.21", NULL },
		{ "{{.}}", "0.1", "0.1", NULL },
		{ "{{.}}", "-0.0", "0", NULL },
		{ "{{.}}", "-12", "-12", NULL },
		{ "{{.}}", "100000000000000000000", "1e+20", NULL },
		{ "{{.}}", "9007199254740991", "9007199254740991", NULL },
		{ "{{.}}", "0.30000000000000004", "0.30000000000000004", NULL },
		{ "{{.}}", "33.333333333333336", "33.333333333333336", NULL },
		{ "{{.}}", "2.50", "2.5", NULL },
	};

	CHECK_EXAMPLES(examples);
}

static void sections_follow_their_value(void)
{
	static const struct example examples[] = {
		{ "{{#a}}{{b}}{{c}}{{/a}}", "{\"a\":{\"b\":1},\"c\":2}", "12", NULL },
		{ "{{#a}}<{{.}}>{{/a}}", "{\"a\":[1,\"x\",true]}", "<1><x><true>", NULL },
		{ "{{#a}}{{#.}}{{.}}{{/.}};{{/a}}", "{\"a\":[[1,2],[],[3]]}", "12;;3;", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":\"\"}", "y", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":0}", "y", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":0.5}", "x", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":{}}", "x", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":[]}", "y", NULL },
		{ "{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":[0]}", "x", NULL },
		{ "{{#a.b}}{{c}}{{/a.b}}", "{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]}}", "12", NULL },
		{ "{{#a}}{{b.c}}{{/a}}", "{\"a\":{\"b\":{}},\"b\":{\"c\":1}}", "", NULL },
		{ "{{#a}}{{#a}}{{x}}{{/a}}{{/a}}", "{\"a\":{\"x\":1}}", "1", NULL },
		{ "{{#t}}{{.}}{{/t}}", "{\"t\":[1,2]}", "12", NULL },
	};

	CHECK_EXAMPLES(examples);
}

static void lines_with_only_a_tag_vanish(void)
{
	static const struct example examples[] = {
		{ "a\n  {{#x}}  \nb\n\t{{/x}}\nc\n", "{\"x\":[1,2]}", "a\nb\nb\nc\n", NULL },
		{ "a\r\n{{^x}}\r\nb\r\n{{/x}}\r\nc", "{}", "a\r\nb\r\nc", NULL },
		{ "{{! one\n two }}\na", "{}", "a", NULL },
		{ "a {{! one }}\nb", "{}", "a \nb", NULL },
		{ "{{#x}}{{/x}}\na", "{\"x\":1}", "\na", NULL },
		{ "  {{x}}\n", "{\"x\":1}", "  1\n", NULL },
		{ "{{=<% %>=}}\n<%x%>{{x}}\n<%={{ }}=%>\n{{x}}", "{\"x\":1}", "1{{x}}\n1", NULL },
		{ "{{=| |=}}|{x}||&x||x|", "{\"x\":\"<\"}", "<<&lt;", NULL },
	};

	CHECK_EXAMPLES(examples);
}

static void partials_keep_their_indentation(void)
{
	static const struct example examples[] = {
		{ "{{>p}}", "{\"x\":1}", "[1]", "{\"p\":\"[{{x}}]\"}" },
		{ "[{{>none}}]", "{}", "[]", "{}" },
		{ "[{{>none}}]", "{}", "[]", NULL },
		{ "<\n  {{>p}}\n>", "{\"x\":\"1\\n2\"}", "<\n  a\n  1\n2\n>",
		  "{\"p\":\"a\\n{{{x}}}\\n\"}" },
		{ "  {{>p}}\n", "{}", "    a\n    b\n  c\n",
		  "{\"p\":\"  {{>q}}\\nc\\n\",\"q\":\"a\\nb\\n\"}" },
		{ " {{>p}}\n", "{}", " -a\nb-\n", "{\"p\":\"-{{>q}}-\\n\",\"q\":\"a\\nb\"}" },
		{ " {{>p}}\n", "{\"l\":[1,2]}", " <\n 1;\n 2;\n >\n",
		  "{\"p\":\"<\\n{{#l}}\\n{{.}};\\n{{/l}}\\n>\\n\"}" },
		{ " {{>p}}\n", "{}", " x\n", "{\"p\":\"{{!c}}x\\n\"}" },
		{ "{{=| |=}}|>p|", "{\"x\":1}", "1|x|", "{\"p\":\"{{x}}|x|\"}" },
		{ "{{>tree}}", "{\"v\":1,\"kids\":[{\"v\":2,\"kids\":[]},{\"v\":3,\"kids\":[]}]}",
		  "1(2()3())", "{\"tree\":\"{{v}}({{#kids}}{{>tree}}{{/kids}})\"}" },
		{ "{{#l}}{{>*kind}};{{/l}}",
		  "{\"l\":[{\"kind\":\"a\"},{\"kind\":\"b\"},{\"kind\":\"c\"},{\"kind\":1}]}",
		  "A;B;;;", "{\"a\":\"A\",\"b\":\"B\"}" },
	};

	CHECK_EXAMPLES(examples);
}

static void parents_take_arguments(void)
{
	static const struct example examples[] = {
		{ "{{$a}}one{{/a}}", "{\"a\":2}", "one", NULL },
		{ "{{<p}} x {{$a}}two{{/a}} y {{/p}}", "{}", "(two|B)",
		  "{\"p\":\"({{$a}}A{{/a}}|{{$b}}B{{/b}})\"}" },
		{ "{{<p}}{{$a}}{{/a}}{{/p}}", "{}", "()", "{\"p\":\"({{$a}}A{{/a}})\"}" },
		{ "{{<p}}{{$a}}{{x}}{{/a}}{{/p}}", "{\"x\":1,\"s\":{\"x\":2}}", "2",
		  "{\"p\":\"{{#s}}{{$a}}A{{/a}}{{/s}}\"}" },
		{ "{{<p}}{{$a}}one{{/a}}{{/p}}", "{}", "one",
		  "{\"p\":\"{{<q}}{{$a}}two{{/a}}{{/q}}\",\"q\":\"{{$a}}three{{/a}}\"}" },
		{ "{{<p}}{{$a}}[{{$a}}own{{/a}}]{{/a}}{{/p}}", "{}", "[own]",
		  "{\"p\":\"{{$a}}A{{/a}}\"}" },
		{ "{{<*name}}{{$a}}x{{/a}}{{/*name}}", "{\"name\":\"p\"}", "<x>",
		  "{\"p\":\"<{{$a}}A{{/a}}>\"}" },
		{ "x{{<none}}{{$a}}y{{/a}}{{/none}}z", "{}", "xz", NULL },
	};

	CHECK_EXAMPLES(examples);
}

static void arguments_are_indented_anew(void)
{
	static const struct example examples[] = {
		{ "{{<p}}\n{{$a}}\n      one\n        two\n{{/a}}\n{{/p}}\n", "{}",
		  "<\n  one\n    two\n>\n", "{\"p\":\"<\\n  {{$a}}\\n  {{/a}}\\n>\\n\"}" },
		{ "{{<p}}\n  {{$a}}\n  one\n\n  two\n  {{/a}}\n{{/p}}\n", "{}",
		  "<\n    one\n    \n    two\n>\n",
		  "{\"p\":\"<\\n{{$a}}\\n    default\\n{{/a}}\\n>\\n\"}" },
		{ "  {{<p}}{{$a}}\none\ntwo{{/a}}{{/p}}\n-", "{}", "  <b>one\n  two</b>\n-",
		  "{\"p\":\"<b>{{$a}}{{/a}}</b>\\n\"}" },
		{ "{{<p}}{{$a}}\n    {{>q}}\n{{/a}}{{/p}}", "{}", "  x\n  y\n",
		  "{\"p\":\"  {{$a}}\\n  {{/a}}\\n\",\"q\":\"x\\ny\\n\"}" },
		{ "{{<p}}{{$a}}{{#l}}{{.}}\n{{/l}}{{/a}}{{/p}}", "{\"l\":[1,2]}", " 1\n 2\n ",
		  "{\"p\":\"{{$a}}\\n d\\n{{/a}}\\n\"}" },
		{ "{{<p}}{{$a}}\n  one\n  two\n{{/a}}{{/p}}", "{}", " <one\ntwo\n>",
		  "{\"p\":\" <{{$a}}d{{/a}}>\"}" },
		{ "{{<p}}{{$a}}{{/a}}{{/p}}", "{}", "<\n>",
		  "{\"p\":\"<\\n  {{$a}}\\n  d\\n  {{/a}}\\n>\"}" },
		{ "{{<p}}{{$a}}\n  {{#l}}\n  {{.}}\n  {{/l}}\n{{/a}}{{/p}}", "{\"l\":[1,2]}",
		  " 1\n 2\n>", "{\"p\":\" {{$a}}d{{/a}}>\"}" },
		{ "{{<p}}{{$a}}\n  {{>q}}\n{{/a}}{{/p}}", "{}", " x\n y\n>",
		  "{\"p\":\"{{! }}\\n {{$a}}d{{/a}}>\",\"q\":\"x\\ny\\n\"}" },
	};

	CHECK_EXAMPLES(examples);
}

static void raw_items_are_html_already(void)
{
	cJSON *data = cJSON_CreateObject();
	struct buf out;

	json_set_html(data, "body", "<p>&amp;</p>");
	json_set_html(data, "empty", "");
	buf_init(&out, arena);
	buf_str(&out, ">");
	CHECK_INT(mustache_render_text("{{body}}{{#body}}+{{.}}{{/body}}{{^empty}}-{{/empty}}",
	                               NULL, data, &out),
	          OK);
	CHECK_STR(out.data, "><p>&amp;</p>+<p>&amp;</p>-");
}

static void check_fails(const char *source, const char *partials, enum err expected)
{
	struct buf out;

	buf_init(&out, arena);
	buf_str(&out, "kept");
	CHECK_INT(mustache_render_text(source, partials == NULL ? NULL : parse(partials),
	                               parse("{\"l\":[1,1,1,1,1,1,1,1,1,1]}"), &out),
	          expected);
	CHECK_STR(out.data, "kept");
}

static void syntax_errors_are_refused(void)
{
	static const char *const sources[] = {
		"{{x",
		"{{{x}}",
		"{{}}",
		"{{#}}{{/}}",
		"{{#a}}",
		"{{/a}}",
		"{{#a}}{{/b}}",
		"{{#a}}{{#b}}{{/a}}{{/b}}",
		"{{a b}}",
		"{{#if x}}{{/if x}}",
		"{{=x=}}",
		"{{=a b c=}}",
		"{{=<= =>=}}",
		"{{= =}}",
		"{{=12345678901234567 x=}}",
		"{{<p}}",
		"{{$b}}",
		"{{>}}",
		"{{>*}}",
		"{{<p}}{{$a}}{{/p}}{{/a}}",
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		check_fails(sources[i], NULL, ERR_INVALID);
	check_fails("{{>p}}", "{\"p\":\"{{#a}}\"}", ERR_INVALID);
}

static const char *repeated(const char *text, size_t times)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < times; i++)
		buf_str(&buf, text);
	return buf.data;
}

static void depth_and_size_have_limits(void)
{
	const char *nested = arena_printf(arena, "%s%s", repeated("{{#l}}", 64),
	                                  repeated("{{/l}}", 64));

	check_fails(nested, NULL, ERR_TOO_LARGE); /* ten lists of ten of ten ... */
	check_fails(repeated("{{^x}}", 65), NULL, ERR_INVALID);
	check_fails(repeated("{{#l}}", 100000), NULL, ERR_INVALID);
	check_fails("{{>p}}", "{\"p\":\"{{>p}}\"}", ERR_TOO_LARGE);
	check_fails("{{<p}}{{/p}}", "{\"p\":\"x{{<p}}{{$a}}{{/a}}{{/p}}\"}", ERR_TOO_LARGE);
	check_fails("{{>p}}",
	            arena_printf(arena, "{\"p\":\"%s{{>p}}%s\"}", repeated("{{^x}}", 60),
	                         repeated("{{/x}}", 60)),
	            ERR_TOO_LARGE);
	check_fails(arena_printf(arena, "%s%s%s", repeated("{{#l}}", 8), repeated("x", 4000),
	                         repeated("{{/l}}", 8)),
	            NULL, ERR_TOO_LARGE);
	CHECK_STR(render(repeated("{{x}}", 20000), "{}", NULL), "");
}

/* Sixty partials in one another are fine, so that a tree of that depth can be shown. */
static void recursion_within_limits_works(void)
{
	struct buf data;

	buf_init(&data, arena);
	for (int i = 0; i < 60; i++)
		buf_str(&data, "{\"k\":");
	buf_str(&data, "null");
	for (int i = 0; i < 60; i++)
		buf_char(&data, '}');
	CHECK_INT((long long)strlen(render("{{>p}}", data.data, "{\"p\":\"x{{#k}}{{>p}}{{/k}}\"}")),
	          60);
}

/* --- sets ------------------------------------------------------------------ */

static void put(const char *folder, const char *name, const char *text)
{
	write_file(folder, name, text, strlen(text));
}

static void load_translations(void)
{
	static const struct message ru[] = {
		MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		MESSAGE("Hello, {{name}}! <b>Log in</b> now.", "<b>Войдите</b>, {{name}}."),
		MESSAGE("Hint", "Подсказка"),
	};
	static const struct message uk[] = {
		MESSAGE("", CATALOGUE_HEADER(CATALOGUE_RULE)),
		MESSAGE("Broken", "{{#a}}"),
	};
	const char *folder = make_folder();
	struct buf bytes = catalogue_bytes(ru, 3, false);

	write_file(folder, "ru.mo", bytes.data, bytes.len);
	bytes = catalogue_bytes(uk, 2, false);
	write_file(folder, "uk.mo", bytes.data, bytes.len);
	CHECK_INT(i18n_load(folder), OK);
}

static const char *show(const struct mustache *set, const char *name, enum language language)
{
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(mustache_render(set, name, language, parse("{\"name\":\"<Ann>\",\"t\":1}"), &out),
	          OK);
	return out.data;
}

static void a_set_is_loaded_and_translated(void)
{
	const char *folder = make_folder();
	struct mustache *set = NULL;

	load_translations();
	CHECK_INT(mkdir(arena_printf(arena, "%s/parts", folder), 0700), 0);
	put(folder, "page.html",
	    "<p>\n  {{#t}}\n  Hello, {{name}}!\n  <b>Log in</b>   now.\n  "
	    "{{/t}}\n</p>\n{{>parts/hint}}\n");
	put(folder, "parts/hint.html", "{{#t}}Hint{{/t}}: {{>parts/name}}{{^t}}-{{/t}}\n");
	put(folder, "parts/name.html", "{{name}}");
	put(folder, "parts/name.txt", "{{name}}!");
	put(folder, "mail.txt", "{{>parts/name}} {{>parts/name.html}} {{name}}");
	put(folder, "text.md", "{{name}}");
	put(folder, "mixed.html", "{{>text}}");
	put(folder, "noending", "{{name}}");
	put(folder, ".hidden.html", "{{#never}}");
	put(folder, "page.html~", "{{#never}}");
	CHECK_INT(mustache_load(arena, folder, &set), OK);
	if (set == NULL)
		return;
	CHECK_STR(show(set, "page", LANG_EN),
	          "<p>\n  Hello, &lt;Ann&gt;! <b>Log in</b> now.\n</p>\nHint: &lt;Ann&gt;\n");
	CHECK_STR(show(set, "page", LANG_RU),
	          "<p>\n  <b>Войдите</b>, &lt;Ann&gt;.\n</p>\nПодсказка: &lt;Ann&gt;\n");
	CHECK_STR(show(set, "page", LANG_UK), show(set, "page", LANG_EN));
	CHECK_STR(show(set, "mail", LANG_RU), "<Ann>! &lt;Ann&gt; <Ann>");
	CHECK_STR(show(set, "parts/name", LANG_EN), "&lt;Ann&gt;");
	CHECK_STR(show(set, "parts/name.txt", LANG_EN), "<Ann>!");
	CHECK_STR(show(set, "text", LANG_EN), "<Ann>");
	CHECK_STR(show(set, "mixed", LANG_EN), "&lt;Ann&gt;");
	CHECK_STR(show(set, "noending", LANG_EN), "<Ann>");
}

static void values_in_plain_text_stay_on_their_lines(void)
{
	const cJSON *context = parse("{\"text\":\"a\\n\\u001bScore: 10\\r\\n\\u202e<b>\"}");
	const char *folder = make_folder();
	struct mustache *set = NULL;
	struct buf out;

	put(folder, "plain.txt", "{{text}}\n  {{text}}\n  \"{{text}}\"\n{{>page.html}}");
	put(folder, "page.html", "{{text}}");
	CHECK_INT(mustache_load(arena, folder, &set), OK);
	if (set == NULL)
		return;
	buf_init(&out, arena);
	CHECK_INT(mustache_render(set, "plain", LANG_EN, context, &out), OK);
	CHECK_STR(out.data, "a\n\uFFFDScore: 10\n\uFFFD<b>\n"
	                    "  a\n  \uFFFDScore: 10\n  \uFFFD<b>\n"
	                    "  \"a\n      \uFFFDScore: 10\n      \uFFFD<b>\"\n"
	                    "a\n\x1BScore: 10\r\n\u202e&lt;b&gt;");
}

static void an_unknown_template_is_an_error(void)
{
	const char *folder = make_folder();
	struct mustache *set = NULL;
	struct buf out;

	put(folder, "loop.html", "x{{>loop}}");
	CHECK_INT(mustache_load(arena, folder, &set), OK);
	if (set == NULL)
		return;
	buf_init(&out, arena);
	CHECK_INT(mustache_render(set, "nowhere", LANG_EN, NULL, &out), ERR_INTERNAL);
	CHECK_INT(mustache_render(set, "loop", LANG_EN, NULL, &out), ERR_INTERNAL);
	CHECK_STR(out.data, "");
	CHECK(strstr(log_text(), "there is no template \"nowhere\"") != NULL);
	CHECK(strstr(log_text(), "loop.html nests too deep") != NULL);
}

static void faulty_sets_are_refused_with_file_and_line(void)
{
	static const struct {
		const char *name, *text, *logged;
	} cases[] = {
		{ "a.html", "one\n\n{{>lost}}\n", "a.html:3: there is no template \"lost\"" },
		{ "b.html", "{{<gone}}{{/gone}}", "b.html:1: there is no template \"gone\"" },
		{ "c.html", "\n{{#x}}\n{{/y}}", "c.html:3: {{/y}} stands where \"x\"" },
		{ "d.html", "\n\n\n{{x", "d.html:4: a tag that does not end" },
		{ "e.html", "{{#t}}\nHint", "e.html:1: a message that does not end" },
		{ "f.html", "{{#t}} {{/t}}", "f.html:1: an empty message" },
		{ "g.html", "{{#t}}a{{#t}}b{{/t}}{{/t}}", "g.html:1: a message inside a message" },
		{ "h.html", "\n{{#t}}Broken{{/t}}\n", "h.html:2: a section is left open in" },
		{ "i.html", "{{#a}}\n{{#t}}{{/a}}{{/t}}", "i.html:2: {{/a}} closes nothing" },
		{ "j.html", "{{#t}}a{{=<% %>=}}b{{/t}}", "j.html:1: delimiters cannot change" },
		{ "l.html", "\n{{#a}}\n\n{{x}}", "l.html:2: \"a\" is not closed" },
		{ "k.html", "\xC3(", "k.html is not UTF-8 text" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *folder = make_folder();
		struct mustache *set = NULL;

		put(folder, cases[i].name, cases[i].text);
		CHECK_INT(mustache_load(arena, folder, &set), ERR_INTERNAL);
		CHECK(set == NULL);
		if (strstr(log_text(), cases[i].logged) == NULL)
			CHECK_STR(cases[i].logged, "logged");
	}
}

static void folders_are_checked(void)
{
	const char *folder = make_folder();
	struct mustache *set = NULL;

	CHECK_INT(mustache_load(arena, "/nonexistent", &set), ERR_INTERNAL);
	write_file(folder, "large.html", arena_alloc(arena, 1024 * 1024 + 1), 1024 * 1024 + 1);
	CHECK_INT(mustache_load(arena, folder, &set), ERR_INTERNAL);
	write_file(folder, "large.html", "a\0b", 3);
	CHECK_INT(mustache_load(arena, folder, &set), ERR_INTERNAL);
	put(folder, "large.html", "a");
	CHECK_INT(mustache_load(arena, arena_printf(arena, "%s/", folder), &set), OK);
	CHECK_STR(show(set, "large", LANG_UK), "a");
}

static void a_set_keeps_the_texts_it_was_loaded_with(void)
{
	const char *folder = make_folder();
	struct mustache *set = NULL;

	put(folder, "page.html", "old {{name}}");
	CHECK_INT(mustache_load(arena, folder, &set), OK);
	put(folder, "page.html", "new {{>lost}}");
	if (set != NULL)
		CHECK_STR(show(set, "page", LANG_RU), "old &lt;Ann&gt;");
}

static void a_set_that_is_only_opened_finds_faults_when_it_is_used(void)
{
	const char *folder = make_folder();
	struct mustache *set = NULL;
	struct buf out;

	put(folder, "good.html", "{{name}}");
	put(folder, "bad.html", "{{#open}}");
	put(folder, "lost.html", "{{>bad}}");
	CHECK_INT(mustache_open(arena, folder, &set), OK);
	if (set == NULL)
		return;
	CHECK_STR(show(set, "good", LANG_EN), "&lt;Ann&gt;");
	buf_init(&out, arena);
	CHECK_INT(mustache_render(set, "lost", LANG_EN, NULL, &out), ERR_INTERNAL);
	CHECK(strstr(log_text(), "bad.html:1: \"open\" is not closed") != NULL);
}

int main(void)
{
	log_folder();
	RUN(a_set_keeps_the_texts_it_was_loaded_with);
	RUN(a_set_that_is_only_opened_finds_faults_when_it_is_used);
	RUN(values_print_and_escape);
	RUN(numbers_print_in_their_shortest_form);
	RUN(sections_follow_their_value);
	RUN(lines_with_only_a_tag_vanish);
	RUN(partials_keep_their_indentation);
	RUN(parents_take_arguments);
	RUN(arguments_are_indented_anew);
	RUN(raw_items_are_html_already);
	RUN(syntax_errors_are_refused);
	RUN(depth_and_size_have_limits);
	RUN(recursion_within_limits_works);
	RUN(a_set_is_loaded_and_translated);
	RUN(values_in_plain_text_stay_on_their_lines);
	RUN(an_unknown_template_is_an_error);
	RUN(faulty_sets_are_refused_with_file_and_line);
	RUN(folders_are_checked);
	remove_folder(log_folder());
	return check_done();
}
