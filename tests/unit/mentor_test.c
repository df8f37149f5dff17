#include "check.h"

#include "examiner/mentor.h"
#include "examiner/mentor_rows.h"

#define HAS(text, part)   CHECK(strstr(text, part) != NULL)
#define LACKS(text, part) CHECK(strstr(text, part) == NULL)

static const char code[] = "def f(a):\n    i = 3\n    x = a[i]\n    return x\n";

static const char *explain(const char *code_language, const char *verdict, const char *class,
                           const char *message)
{
	return mentor_explain(arena, &(struct mentor_case){
	                                     .language = LANG_EN,
	                                     .code_language = code_language,
	                                     .verdict = verdict,
	                                     .class = class,
	                                     .message = message,
	                             });
}

static const char *broke(const char *code_language, const char *class, const char *message)
{
	return explain(code_language, "runtime_error", class, message);
}

static const char *refused(const char *code_language, const char *message)
{
	return explain(code_language, "compile_error", NULL, message);
}

static void line_is_quoted(void)
{
	struct mentor_case facts = { .language = LANG_EN,
		                     .code_language = "python",
		                     .verdict = "runtime_error",
		                     .class = "IndexError",
		                     .message = "list index out of range",
		                     .line = 3,
		                     .code = code };

	HAS(mentor_explain(arena, &facts), "Line 3: `x = a[i]`. An index is outside the list");
	facts.line = 4;
	HAS(mentor_explain(arena, &facts), "Line 4: `return x`. ");
	facts.line = 40;
	CHECK(strncmp(mentor_explain(arena, &facts), "An index", 8) == 0);
	facts.line = 0;
	CHECK(strncmp(mentor_explain(arena, &facts), "An index", 8) == 0);
	facts.line = 1;
	facts.code = "";
	CHECK(strncmp(mentor_explain(arena, &facts), "An index", 8) == 0);
	facts.code = NULL;
	CHECK(strncmp(mentor_explain(arena, &facts), "An index", 8) == 0);
}

static void python_exceptions(void)
{
	HAS(broke("python", "NameError", "name 'x' is not defined"), "spelling");
	HAS(broke("python", "NameError", "the function two_sum is not defined"), "Keep its name");
	HAS(broke("python", "TypeError", "f() missing 1 required positional argument: 'b'"),
	    "fewer arguments");
	HAS(broke("python", "TypeError", "f() takes 1 positional argument but 2 were given"),
	    "wrong number");
	HAS(broke("python", "TypeError", "'NoneType' object is not subscriptable"), "is empty");
	HAS(broke("python", "TypeError", "unsupported operand type(s) for +: 'int' and 'str'"),
	    "operation does not work");
	HAS(broke("python", "TypeError", "'int' object is not subscriptable"), "Square brackets");
	HAS(broke("python", "TypeError", "'list' object is not callable"), "not a function");
	HAS(broke("python", "TypeError", "unhashable type: 'list'"), "tuple");
	HAS(broke("python", "TypeError", "something new"), "type()");
	HAS(broke("python", "KeyError", "'a'"), "no entry");
	HAS(broke("python", "ValueError", "invalid literal for int() with base 10: 'x'"),
	    "read as a number");
	HAS(broke("python", "ValueError", "not enough values to unpack (expected 2, got 1)"),
	    "number of variables");
	HAS(broke("python", "ZeroDivisionError", "division by zero"), "divided by zero");
	HAS(broke("python", "AttributeError", "'list' object has no attribute 'push'"),
	    "no field or method");
	HAS(broke("python", "AttributeError", "'NoneType' object has no attribute 'next'"),
	    "is empty");
	HAS(broke("python", "RecursionError", "maximum recursion depth exceeded"), "nest too deep");
	HAS(broke("python", "ModuleNotFoundError", "No module named 'numpy'"), "not installed");
	HAS(broke("python", "UnboundLocalError", "x"), "of the function");
	HAS(broke("python", "StopIteration", ""), "next()");
	HAS(broke("python", "AssertionError", ""), "check in your own code");
	HAS(broke("python", "EOFError", "EOF when reading a line"), "more input");
	HAS(broke("python", "RuntimeError", "dictionary changed size during iteration"),
	    "walks over it");
	HAS(refused("python",
	            "  File \"solution.py\", line 2\nIndentationError: unexpected indent"),
	    "indentation does not fit");
	HAS(refused("python", "  File \"solution.py\", line 2\nSyntaxError: expected ':'"),
	    "colon is missing");
	HAS(refused("python", "SyntaxError: '(' was never closed"), "bracket is opened");
	HAS(refused("python", "SyntaxError: invalid syntax"), "cannot be read");
	HAS(explain("python", "compile_error", "TabError", "inconsistent use of tabs"), "Tabs");
	HAS(explain("python", "compile_error", "SyntaxError", "expected ':'"), "colon is missing");
}

static void javascript_exceptions(void)
{
	HAS(broke("javascript", "ReferenceError", "x is not defined"), "spelling");
	HAS(broke("javascript", "ReferenceError", "Cannot access 'x' before initialization"),
	    "above its declaration");
	HAS(broke("javascript", "TypeError", "Cannot read properties of undefined (reading 'a')"),
	    "is empty");
	HAS(broke("javascript", "TypeError", "a.foo is not a function"), "is called");
	HAS(broke("javascript", "TypeError", "a is not iterable"), "Object.keys");
	HAS(broke("javascript", "TypeError", "Assignment to constant variable."), "unchangeable");
	HAS(broke("javascript", "TypeError",
	          "Cannot mix BigInt and other types, use explicit conversions"),
	    "Number()");
	HAS(broke("javascript", "RangeError", "Maximum call stack size exceeded"), "nest too deep");
	HAS(broke("javascript", "RangeError", "Invalid array length"), "negative");
	HAS(broke("javascript", "NoAnswer", "the promise was never settled"), "resolve");
	HAS(refused("javascript", "SyntaxError: Unexpected token '}'"), "cannot be read");
}

static void typed_languages_at_run_time(void)
{
	HAS(broke("c", "SIGSEGV", "Segmentation fault"), "not its own");
	HAS(broke("cpp", "SIGFPE", "Arithmetic exception"), "divided by zero");
	HAS(broke("cpp", "std::out_of_range", "vector::_M_range_check"), "outside the list");
	HAS(broke("cpp", "std::invalid_argument", "stoi"), "read as a number");
	HAS(broke("c", "SIGABRT", "Aborted"), "stopped itself");
	HAS(broke("c", "SIGABRT", "free(): double free detected"), "freed twice");
	HAS(broke("go", "panic", "runtime error: index out of range [5] with length 3"),
	    "outside the list");
	HAS(broke("go", "panic", "assignment to entry in nil map"), "make first");
	HAS(broke("go", "fatal error", "all goroutines are asleep - deadlock!"), "waits");
	HAS(broke("java", "java.lang.NullPointerException", NULL), "is empty");
	HAS(broke("java", "ArrayIndexOutOfBoundsException", "Index 3 out of bounds"), "outside");
	HAS(broke("java", "StackOverflowError", NULL), "nest too deep");
	HAS(broke("java", "java.util.ConcurrentModificationException", NULL), "walks over it");
	HAS(broke("rust", "panic", "index out of bounds: the len is 3 but the index is 5"),
	    "outside the list");
	HAS(broke("rust", "panic", "called `Option::unwrap()` on a `None` value"), "unwrap");
	HAS(broke("rust", "panic", "attempt to subtract with overflow"), "unsigned");
}

static void compilers_are_understood(void)
{
	HAS(refused("c", "solution.c:3:5: error: 'x' undeclared (first use in this function)"),
	    "spelling");
	HAS(refused("c", "solution.c:3:5: error: expected ';' before 'return'"), "semicolon");
	HAS(refused("cpp", "a.cpp:3: error: expected ‘;’ before ‘}’ token"), "semicolon");
	HAS(refused("c", "/usr/bin/ld: a.o: undefined reference to `two_sum'\n"
	                 "collect2: error: ld returned 1 exit status"),
	    "never defined");
	HAS(refused("cpp", "x.cpp:1: error: invalid conversion from 'const char*' to 'int'"),
	    "Compare the two types");
	HAS(refused("go", "./solution.go:4:2: declared and not used: x"), "is an error");
	HAS(refused("go", "./solution.go:9:1: missing return"), "every path");
	HAS(refused("java", "Solution.java:3: error: cannot find symbol"), "spelling");
	HAS(refused("java", "Solution.java:3: error: incompatible types: int"), "two types");
	HAS(refused("java", "Solution.java:3: error: ';' expected"), "semicolon");
	HAS(refused("rust", "error[E0382]: borrow of moved value: `a`"), "moved away");
	HAS(refused("rust", "error[E0502]: cannot borrow `a` as mutable"), "still borrows");
	HAS(refused("rust", "error[E0308]: mismatched types"), "two types");
	/* Warnings come before, more errors after the one that counts. */
	HAS(refused("c", "a.c:1: warning: passing incompatible pointer\n"
	                 "a.c:3: error: 'x' undeclared\na.c:4: error: expected ';'"),
	    "spelling");
	HAS(refused("rust", "something nobody has seen"), "could not be compiled");
}

static void sql_errors(void)
{
	HAS(broke("sql", "SQLError", "no such table: usres"), "tables in the task");
	HAS(broke("sql", "SQLError", "no such column: nmae"), "single quotation marks");
	HAS(broke("sql", "SQLError", "near \"FORM\": syntax error"), "quoted word");
	HAS(broke("sql", "SQLError", "ambiguous column name: id"), "alias");
	HAS(broke("sql", "SQLError", "misuse of aggregate: COUNT()"), "HAVING");
}

static void verdicts_without_exception(void)
{
	CHECK_STR(explain("python", "accepted", NULL, NULL), "");
	HAS(explain("c", "time_limit", NULL, NULL), "took too long");
	HAS(explain("c", "memory_limit", "bad_alloc", NULL), "more memory");
	HAS(explain("c", "output_limit", NULL, NULL), "printed far too much");
	HAS(explain("c", "wrong_answer", NULL, NULL), "differs from the expected");
	HAS(explain("c", "judge_error", NULL, NULL), "on our side");
	HAS(explain("cobol", "runtime_error", "Oops", "?"), "broke off");
	HAS(broke("python", "NoAnswer", "the program ended without an answer"), "exit");
	HAS(broke("java", "NoAnswer", "the list is too long or has a cycle"), "contains itself");
	HAS(broke("c", "ExitStatus", "the program ended with status 1"), "status 0");
}

/* What the candidate may not know of a hidden test stands in its messages. */
static void hidden_tests_stay_hidden(void)
{
	struct mentor_case facts = { .language = LANG_EN,
		                     .code_language = "python",
		                     .verdict = "runtime_error",
		                     .class = "ValueError",
		                     .message = "invalid literal for int() with base 10: 'secret'",
		                     .is_hidden = true };
	const char *text = mentor_explain(arena, &facts);

	LACKS(text, "secret");
	LACKS(text, "read as a number");
	HAS(text, "not allowed here");
	facts.verdict = "wrong_answer";
	facts.class = facts.message = NULL;
	HAS(mentor_explain(arena, &facts), "edge cases");
}

static const char *const code_languages[] = { "python", "javascript", "sql",  "c",
	                                      "cpp",    "go",         "java", "rust" };

/* A row that an earlier one hides would never be said. */
static void every_row_can_be_reached(void)
{
	for (size_t i = 0; i < sizeof(code_languages) / sizeof(code_languages[0]); i++) {
		const struct mentor_row *rows = mentor_rows_of(code_languages[i]);

		CHECK(rows != NULL);
		for (const struct mentor_row *row = rows; row->text != NULL; row++) {
			const char *part = row->part != NULL ? row->part : "";
			const char *as_run = broke(code_languages[i], row->class, part);
			const char *as_compile = explain(code_languages[i], "compile_error",
			                                 row->class, part);

			if (strcmp(as_run, row->text) != 0 && strcmp(as_compile, row->text) != 0)
				printf("# %s: %s %s\n", code_languages[i],
				       row->class != NULL ? row->class : "", part);
			CHECK(strcmp(as_run, row->text) == 0 || strcmp(as_compile, row->text) == 0);
		}
	}
	CHECK(mentor_rows_of("cobol") == NULL);
}

int main(void)
{
	RUN(line_is_quoted);
	RUN(python_exceptions);
	RUN(javascript_exceptions);
	RUN(typed_languages_at_run_time);
	RUN(compilers_are_understood);
	RUN(sql_errors);
	RUN(verdicts_without_exception);
	RUN(hidden_tests_stay_hidden);
	RUN(every_row_can_be_reached);
	return check_done();
}
