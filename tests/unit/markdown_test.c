#include "check.h"

#include "view/markdown.h"

#define CHECK_HTML(markdown, html) CHECK_STR(markdown_html(arena, markdown), html)

static void ordinary_text_becomes_html(void)
{
	CHECK_HTML("", "");
	CHECK_HTML("One *two* **three** `four` ~~five~~",
	           "<p>One <em>two</em> <strong>three</strong> <code>four</code> "
	           "<del>five</del></p>\n");
	CHECK_HTML("a  \nb\nc", "<p>a<br>\nb\nc</p>\n");
	CHECK_HTML("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n");
	CHECK_HTML("3. a\n4. b", "<ol start=\"3\"><li>a</li>\n<li>b</li>\n</ol>\n");
	CHECK_HTML("> a\n\n---", "<blockquote><p>a</p>\n</blockquote>\n<hr>\n");
	CHECK_HTML("```python\nif a < b:\n```",
	           "<pre tabindex=\"0\"><code>if a &lt; b:\n</code></pre>\n");
	CHECK_HTML("|a|b|\n|---|---|\n|1|2|",
	           "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th>a</th>\n"
	           "<th>b</th>\n</tr>\n</thead>\n<tbody><tr><td>1</td>\n<td>2</td>\n</tr>\n"
	           "</tbody>\n</table></div>\n");
}

static void headings_begin_below_those_of_the_page(void)
{
	CHECK_HTML("# a", "<h3>a</h3>\n");
	CHECK_HTML("### a", "<h5>a</h5>\n");
	CHECK_HTML("###### a", "<h6>a</h6>\n");
}

static void raw_html_is_text(void)
{
	CHECK_HTML("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
	CHECK_HTML("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
	CHECK_HTML("&lt;b&gt; &amp; &#60;", "<p>&lt;b&gt; &amp; &#60;</p>\n");
	CHECK_HTML("\"'&", "<p>&quot;&#39;&amp;</p>\n");
}

#define LINK "<a rel=\"noopener noreferrer nofollow\" href="

static void only_addresses_of_the_web_and_of_mail_are_links(void)
{
	CHECK_HTML("[a](https://b.c/?d=e&f)", "<p>" LINK "\"https://b.c/?d=e&amp;f\">a</a></p>\n");
	CHECK_HTML("<HTTP://b.c>", "<p>" LINK "\"HTTP://b.c\">HTTP://b.c</a></p>\n");
	CHECK_HTML("[a](mailto:b@c)", "<p>" LINK "\"mailto:b@c\">a</a></p>\n");
	CHECK_HTML("[a](https://b \"title\" )", "<p>" LINK "\"https://b\">a</a></p>\n");
	CHECK_HTML("[a](https://b\"c)", "<p>" LINK "\"https://b&quot;c\">a</a></p>\n");
	CHECK_HTML("[a](javascript:alert(1))", "<p>a</p>\n");
	CHECK_HTML("[a](JaVaScRiPt:alert)", "<p>a</p>\n");
	CHECK_HTML("[a](&#106;avascript:alert)", "<p>a</p>\n");
	CHECK_HTML("[a](javascript&colon;alert)", "<p>a</p>\n");
	CHECK_HTML("[a](\x01javascript:alert)", "<p>[a](\x01javascript:alert)</p>\n");
	CHECK_HTML("[a](data:text/html,x)", "<p>a</p>\n");
	CHECK_HTML("[a](//b.c)", "<p>a</p>\n");
	CHECK_HTML("[a](/logout)", "<p>a</p>\n");
	CHECK_HTML("[a](https:)", "<p>a</p>\n");
	CHECK_HTML("<javascript:alert>", "<p>javascript:alert</p>\n");
	CHECK_HTML("[a *b*](x:y)", "<p>a <em>b</em></p>\n");
}

/* Of md4c 0.4.8: it tells of the first ~ and of no second one. */
static void what_is_open_ends_with_its_block(void)
{
	CHECK_HTML("~[a](~) *b*\n\nc", "<p><del>a <em>b</em></del></p>\n<p>c</p>\n");
}

static void images_are_their_descriptions(void)
{
	CHECK_HTML("![a *b* `c`](https://d/e.png)", "<p>a b c</p>\n");
	CHECK_HTML("![<x>](y) *z*", "<p>&lt;x&gt; <em>z</em></p>\n");
	CHECK_HTML("[![a](b)](https://c)", "<p>" LINK "\"https://c\">a</a></p>\n");
	CHECK_HTML("![[a](https://b)](c)", "<p>a</p>\n");
}

static void what_cannot_be_rendered_is_shown_as_it_is(void)
{
	char *deep = arena_alloc(arena, 2002);
	char *broken = arena_strdup(arena, "a\xFF<b>");
	char *large = arena_alloc(arena, 256 * 1024 + 2);

	memset(deep, '>', 2000);
	deep[2000] = 'x';
	CHECK(strncmp(markdown_html(arena, deep), "<pre tabindex=\"0\">&gt;&gt;", 26) == 0);
	CHECK_HTML(broken, "<pre tabindex=\"0\">a\xEF\xBF\xBD&lt;b&gt;</pre>\n");
	memset(large, '*', 256 * 1024 + 1);
	CHECK(strncmp(markdown_html(arena, large), "<pre tabindex=\"0\">***", 21) == 0);
}

int main(void)
{
	RUN(ordinary_text_becomes_html);
	RUN(headings_begin_below_those_of_the_page);
	RUN(raw_html_is_text);
	RUN(only_addresses_of_the_web_and_of_mail_are_links);
	RUN(what_is_open_ends_with_its_block);
	RUN(images_are_their_descriptions);
	RUN(what_cannot_be_rendered_is_shown_as_it_is);
	return check_done();
}
