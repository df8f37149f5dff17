/* Wrong variants of reference solutions: tools/viva/mutants.c and tokens.c. */
#include "../../tools/viva/mutants.c"
#include "../../tools/viva/tokens.c"

#include "check.h"

enum { ALL = 1000 };

static struct mutant_list all_of(const char *language, const char *code)
{
	struct mutant_list list;

	mutants_make(arena, language, code, ALL, &list);
	return list;
}

static bool has_code(const struct mutant_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].code, code) == 0)
			return true;
	return false;
}

static bool has_change(const struct mutant_list *list, const char *change)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].change, change) == 0)
			return true;
	return false;
}

static void tokens_know_strings_and_comments(void)
{
	struct tokens tokens;

	tokens_scan(arena, SYNTAX_JAVASCRIPT,
	            "a = b / 2; // + 1\nc = /[/+]\\/1/g.test(`x\n+1`); /* -\n1 */ d\n", &tokens);
	CHECK_INT((long long)tokens.count, 16);
	CHECK(token_is(&tokens, 8, "/[/+]\\/1/g") && tokens.items[8].kind == TOKEN_STRING);
	CHECK(token_is(&tokens, 15, "d") && tokens.items[15].line == 4);
	tokens_scan(arena, SYNTAX_PYTHON, "x = '''1 + \"2\n'''  # 3 + 4\ny[0] //= 'it\\'s' + z",
	            &tokens);
	CHECK_INT((long long)tokens.count, 11);
	CHECK(token_is(&tokens, 7, "//=") && tokens.items[7].line == 3);
	CHECK(tokens.items[5].kind == TOKEN_NUMBER && tokens.items[5].depth == 1);
	tokens_scan(arena, SYNTAX_SQL, "SELECT 'it''s' -- + 1\n<> 'a\\'", &tokens);
	CHECK(token_is(&tokens, 3, "<>") && token_is(&tokens, 4, "'a\\'"));
	tokens_scan(arena, SYNTAX_PYTHON, "'''open", &tokens);
	CHECK_INT((long long)tokens.count, 1);
	tokens_scan(arena, SYNTAX_JAVASCRIPT, "/* open", &tokens);
	CHECK_INT((long long)tokens.count, 0);
}

static void every_variant_differs_from_the_code(void)
{
	const char *code = "def f(n):\n    total = 0\n    for i in range(1, n):\n"
	                   "        if i % 2 == 0 and i < 9:\n            total += i\n"
	                   "    return total\n";
	struct mutant_list list = all_of("python", code);

	CHECK(list.count > 15);
	for (size_t i = 0; i < list.count; i++) {
		CHECK(strcmp(list.items[i].code, code) != 0);
		for (size_t k = 0; k < i; k++)
			CHECK(strcmp(list.items[i].code, list.items[k].code) != 0);
	}
	CHECK(has_change(&list, "line 4: % becomes *"));
	CHECK(has_change(&list, "line 4: < becomes <="));
	CHECK(has_change(&list, "line 4: < becomes >="));
	CHECK(has_change(&list, "line 4: and becomes or"));
	CHECK(has_change(&list, "line 3: 1 becomes 2"));
	CHECK(has_change(&list, "line 5: += becomes -="));
	CHECK(has_change(&list, "line 5: total += i becomes pass"));
	CHECK(has_change(&list, "line 5: with return total"));
}

static void python_code_changes_in_place(void)
{
	struct mutant_list list = all_of("python", "def f(a):\n    if a:\n        a = a[:2]\n"
	                                           "    return len(a)\n");

	CHECK(has_code(&list,
	               "def f(a):\n    if not (a):\n        a = a[:2]\n    return len(a)\n"));
	CHECK(has_code(&list, "def f(a):\n    if a:\n        a = a[2:]\n    return len(a)\n"));
	CHECK(has_code(&list, "def f(a):\n    if a:\n        a = a[:3]\n    return len(a)\n"));
	CHECK(has_code(&list, "def f(a):\n    if a:\n        a = a[:2]\n    return len(a) - 1\n"));
	CHECK(has_code(&list, "def f(a):\n    if a:\n        a = a[:2]\n    pass\n"));
	CHECK(has_code(&list, "def f(a):\n    if a:\n        return len(a)\n        a = a[:2]\n"
	                      "    return len(a)\n"));
}

static void python_negations_and_heads(void)
{
	struct mutant_list list = all_of("python", "import x1\nclass C1(D):\n    def f(a=1):\n"
	                                           "        return a is not None and not a\n");

	CHECK(has_change(&list, "line 4: without not"));
	CHECK(!has_change(&list, "line 4: is becomes is not"));
	CHECK(!has_change(&list, "line 3: 1 becomes 2"));
	for (size_t i = 0; i < list.count; i++)
		CHECK(strncmp(list.items[i].change, "line 4: ", 8) == 0);
}

static void javascript_code_changes_in_place(void)
{
	struct mutant_list list =
	        all_of("javascript", "function f(a) {\n  if (a.length > 0) {\n    a.push(1);\n  }\n"
	                             "  return a;\n}\n");

	CHECK(has_code(&list, "function f(a) {\n  if (!(a.length > 0)) {\n    a.push(1);\n  }\n"
	                      "  return a;\n}\n"));
	CHECK(has_code(&list, "function f(a) {\n  if (a.length - 1 > 0) {\n    a.push(1);\n  }\n"
	                      "  return a;\n}\n"));
	CHECK(has_code(&list, "function f(a) {\n  if (a.length > 0) {\n    ;\n  }\n"
	                      "  return a;\n}\n"));
	CHECK(has_code(&list,
	               "function f(a) {\n  if (a.length > 0) {\n    return a;\n    a.push(1);\n"
	               "  }\n  return a;\n}\n"));
	CHECK(has_change(&list, "line 2: > becomes >="));
	CHECK(has_change(&list, "line 3: push becomes unshift"));
}

static void javascript_declarations_stay(void)
{
	struct mutant_list list = all_of("javascript", "const fs = require(\"1\") + 1;\n"
	                                               "let n = 1 !== 2 || !m;\n");

	CHECK(!has_change(&list, "line 1: + becomes -"));
	CHECK(has_change(&list, "line 2: || becomes &&"));
	CHECK(has_change(&list, "line 2: !== becomes ==="));
	CHECK(has_change(&list, "line 2: without !"));
	CHECK(!has_change(&list, "line 2: without let n = 1 !== 2 || !m;"));
}

static void first_assignments_stay_later_ones_go(void)
{
	struct mutant_list list = all_of("python",
	                                 "def f(n):\n    m, k = n\n    m = k\n    g(m=n)\n");

	CHECK(!has_change(&list, "line 2: m, k = n becomes pass"));
	CHECK(has_change(&list, "line 3: m = k becomes pass"));
	CHECK(has_change(&list, "line 4: g(m=n) becomes pass"));
}

static void sql_ignores_case(void)
{
	struct mutant_list list = all_of("sql", "select Min(x) from a\nleft join b on a.x = b.x\n"
	                                        "where y >= 3\norder by y desc;\n");

	CHECK(has_change(&list, "line 1: Min becomes MAX"));
	CHECK(has_change(&list, "line 2: without left"));
	CHECK(has_change(&list, "line 2: = becomes <>"));
	CHECK(has_change(&list, "line 3: >= becomes >"));
	CHECK(has_change(&list, "line 3: without where y >= 3"));
	CHECK(has_change(&list, "line 4: without desc"));
	CHECK(has_change(&list, "line 4: without order by y desc"));
}

static void sample_is_bounded_and_repeatable(void)
{
	const char *code = "def f(a, b):\n    return a + b * 2 - 3 if a < b else min(a, b) // 4\n";
	struct mutant_list list = all_of("python", code), some, again;

	mutants_make(arena, "python", code, 5, &some);
	mutants_make(arena, "python", code, 5, &again);
	CHECK_INT((long long)some.count, 5);
	for (size_t i = 0; i < 5; i++) {
		CHECK_STR(some.items[i].code, again.items[i].code);
		CHECK(has_code(&list, some.items[i].code));
	}
}

static void strange_code_gives_no_harm(void)
{
	static const char *const codes[] = { "",   "\n",   "if", "if:",  "while (",  ")",
		                             "]]", "len(", "[:", "[:x]", "x.length", "return",
		                             "'",  "/",    "!",  "\xd0" };
	static const char *const names[] = { "python", "javascript", "sql" };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		for (int k = 0; k < 3; k++) {
			struct mutant_list list = all_of(names[k], codes[i]);

			for (size_t m = 0; m < list.count; m++)
				CHECK(strcmp(list.items[m].code, codes[i]) != 0);
		}
	CHECK_INT((long long)all_of("cobol", "a + b").count, 0);
}

int main(void)
{
	RUN(tokens_know_strings_and_comments);
	RUN(every_variant_differs_from_the_code);
	RUN(python_code_changes_in_place);
	RUN(python_negations_and_heads);
	RUN(javascript_code_changes_in_place);
	RUN(javascript_declarations_stay);
	RUN(first_assignments_stay_later_ones_go);
	RUN(sql_ignores_case);
	RUN(sample_is_bounded_and_repeatable);
	RUN(strange_code_gives_no_harm);
	return check_done();
}
