/* Python, JavaScript and SQL: what their rows prepare, and what their harnesses make of code. */
#include "judge_fixture.h"

#include "judge/harness.h"
#include "judge/language.h"
#include "judge/value.h"

/* One test of one job. `tells`: the answer as JSON, or the class of the exception. */
struct row {
	const char *code, *args;
	enum judge_verdict verdict;
	const char *tells;
	int line; /* of the exception */
};

#define ROWS(rows) rows, sizeof(rows) / sizeof((rows)[0])

static const char *told(const struct judge_outcome *outcome)
{
	if (outcome->exception.class != NULL)
		return outcome->exception.class;
	return outcome->got == NULL ? "" : json_text(outcome->got);
}

static void run_row(const struct judge *judge, const struct judge_job *job, const struct row *row)
{
	struct judge_result result = { .compile_message = "" };
	int slot = -1, failures = check_failures;

	CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(judge_run(judge, arena, slot, job, &result), OK);
	judge_leave(judge, slot);
	CHECK_INT((long long)result.count, 1);
	if (result.count == 1) {
		CHECK_STR(judge_verdict_name(result.outcomes[0].verdict),
		          judge_verdict_name(row->verdict));
		if (row->tells != NULL && row->verdict != JUDGE_COMPILE_ERROR)
			CHECK_STR(told(&result.outcomes[0]), row->tells);
		CHECK_INT(row->verdict == JUDGE_COMPILE_ERROR ? result.compile_line
		                                              : result.outcomes[0].exception.line,
		          row->line);
	}
	if (check_failures != failures)
		printf("# in %s: %s\n", job->language, row->code);
}

/* With every digit of the integers. */
static const cJSON *value_of(const char *text)
{
	cJSON *value = NULL;

	CHECK_INT(value_parse(arena, text, strlen(text), &value), OK);
	return value;
}

/* Every row is an own job; `shape` has what they have in common. */
static void run_rows(const struct judge_job *shape, const struct row *rows, size_t count)
{
	struct judge *judge = fixture_judge();

	for (size_t i = 0; judge != NULL && i < count; i++) {
		bool is_function = shape->kind == JUDGE_FUNCTION;
		const struct judge_case test = {
			.args = is_function ? value_of(rows[i].args) : NULL,
			.stdin_text = rows[i].args,
			.setup = rows[i].args,
		};
		struct judge_job job = *shape;

		job.code = rows[i].code;
		job.code_len = strlen(rows[i].code);
		job.cases = &test;
		job.count = 1;
		run_row(judge, &job, &rows[i]);
	}
}

static struct judge_job shape_of(const char *language, enum judge_kind kind)
{
	struct judge_job job = fixture_job(language, "", NULL, 0);

	job.kind = kind;
	job.limits.cpu_ms = 1500;
	job.limits.memory_mb = 64;
	return job;
}

/* --- Python ----------------------------------------------------------------------- */

static void python_answers(void)
{
	static const struct row rows[] = {
		{ "def f(): return (1, [True, None], {'a': 2.5})", "[]", JUDGE_ACCEPTED,
		  "[1,[true,null],{\"a\":2.5}]", 0 },
		{ "def f(): return {3, 1, 2}", "[]", JUDGE_ACCEPTED, "[1,2,3]", 0 },
		{ "def f(): return [{1, 'a'}, (i for i in 'xy'), range(2), map(str, [1])]", "[]",
		  JUDGE_ACCEPTED, "[[\"a\",1],[\"x\",\"y\"],[0,1],[\"1\"]]", 0 },
		{ "def f(): return {1: 2, None: {}.keys()}", "[]", JUDGE_ACCEPTED,
		  "{\"1\":2,\"null\":[]}", 0 },
		{ "def f(n): return n * 10 ** 20 + 1", "[123456789012345678]", JUDGE_ACCEPTED,
		  "12345678901234567800000000000000000001", 0 },
		{ "def f(): return [float('nan'), float('-inf')]", "[]", JUDGE_ACCEPTED,
		  "[{\"$float\":\"nan\"},{\"$float\":\"-inf\"}]", 0 },
		{ "async def f():\n import asyncio\n await asyncio.sleep(0)\n return 5", "[]",
		  JUDGE_ACCEPTED, "5", 0 },
		{ "class Solution:\n def f(self, n): return n + 1", "[4]", JUDGE_ACCEPTED, "5", 0 },
		{ "if __name__ == '__main__': exit()\ndef f(): return input", "[]",
		  JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "def f():\n a = []; a.append(a); return a", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer",
		  0 },
		{ "def f(): return '\\ud800'", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "def f(): return '\\0'", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "def f(): return '\\\\u0000'", "[]", JUDGE_ACCEPTED, "\"\\\\u0000\"", 0 },
		{ "def f(): return object()", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
	};
	const struct judge_job shape = shape_of("python", JUDGE_FUNCTION);

	run_rows(&shape, ROWS(rows));
}

static void python_failures(void)
{
	static const struct row rows[] = {
		{ "def g():\n return 1 / 0\ndef f(): g()", "[]", JUDGE_RUNTIME_ERROR,
		  "ZeroDivisionError", 2 },
		{ "def f():\n return f()", "[]", JUDGE_RUNTIME_ERROR, "RecursionError", 2 },
		/* A recursion through C functions. */
		{ "class A:\n def __getattr__(s, n): return getattr(s, n)\n"
		  "def f(): return A().x",
		  "[]", JUDGE_RUNTIME_ERROR, "RecursionError", 2 },
		{ "def f(a): pass", "[]", JUDGE_RUNTIME_ERROR, "TypeError", 0 },
		{ "def g(): pass", "[]", JUDGE_RUNTIME_ERROR, "NameError", 0 },
		{ "class E(Exception):\n def __str__(s): raise s\ndef f(): raise E", "[]",
		  JUDGE_RUNTIME_ERROR, "E", 3 },
		{ "import sys\ndef f(): sys.exit(0)", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "import os\nos._exit(0)", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "import os\ndef f(): os.closerange(0, 99)", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer",
		  0 },
		{ "import os\ndef f(): os.fork()", "[]", JUDGE_RUNTIME_ERROR, NULL, 2 },
		{ "def f():\n x = []\n while True: x.append([])", "[]", JUDGE_MEMORY_LIMIT, NULL,
		  0 },
		{ "x = 1\ndef f(:\n pass", "[]", JUDGE_COMPILE_ERROR, NULL, 2 },
		{ "def f():\n\tx = 1\n        y = 2", "[]", JUDGE_COMPILE_ERROR, NULL, 3 },
		{ "((((((((((((((((((((((((((((((", "[]", JUDGE_COMPILE_ERROR, NULL, 1 },
	};
	struct judge_job shape = shape_of("python", JUDGE_FUNCTION);

	shape.limits.cpu_ms = 4000;
	run_rows(&shape, ROWS(rows));
}

/* What a solution breaks is its own, not the judge's. */
static void python_is_robust(void)
{
	static const struct row rows[] = {
		{ "import builtins, json, math, os, struct, sys\n"
		  "builtins.len = builtins.type = builtins.sorted = builtins.isinstance = None\n"
		  "json.dumps = json.loads = math.isfinite = struct.pack = os.write = os._exit = "
		  "0\n"
		  "sys.modules.clear()\n"
		  "sys.stdout = None\n"
		  "def f(): return {2, 1}",
		  "[]", JUDGE_ACCEPTED, "[1,2]", 0 },
		{ "def f():\n print('{\"ok\": 5}')\n return 4", "[]", JUDGE_ACCEPTED, "4", 0 },
		{ "import os\nos.write(4, b'\\0\\0\\0\\x08{\"ok\":5}')\ndef f(): return 4", "[]",
		  JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "import sys\ndef f(): return [sys.stdin.read(), sorted(sys.modules['__main__']"
		  ".__dict__.keys() & {'serve', 'f'})]",
		  "[]", JUDGE_ACCEPTED, "[\"\",[\"f\"]]", 0 },
	};
	const struct judge_job shape = shape_of("python", JUDGE_FUNCTION);

	run_rows(&shape, ROWS(rows));
}

static void python_programs(void)
{
	static const struct row rows[] = {
		{ "print(sum(map(int, open(0).read().split())))", "1 2\n3", JUDGE_ACCEPTED,
		  "\"6\\n\"", 0 },
		{ "import sys\nfor line in sys.stdin: print(line, end='')\nexit()", "a\nb",
		  JUDGE_ACCEPTED, "\"a\\nb\"", 0 },
		{ "import sys, threading\nsys.setrecursionlimit(10**6)\n"
		  "threading.stack_size(1 << 29)\n"
		  "def d(n): return n and 1 + d(n - 1)\n"
		  "threading.Thread(target=lambda: print(d(50000))).start()",
		  "", JUDGE_ACCEPTED, "\"50000\\n\"", 0 },
		{ "import atexit\natexit.register(print, 'late', __name__)", "", JUDGE_ACCEPTED,
		  "\"late __main__\\n\"", 0 },
		{ "\ninput()", "", JUDGE_RUNTIME_ERROR, "EOFError", 2 },
		{ "exit(3)", "", JUDGE_RUNTIME_ERROR, "ExitStatus", 0 },
		{ "\nx = = 1", "", JUDGE_COMPILE_ERROR, NULL, 2 },
	};
	const struct judge_job shape = shape_of("python", JUDGE_STDIN);

	run_rows(&shape, ROWS(rows));
}

/* --- JavaScript ------------------------------------------------------------------- */

static void javascript_answers(void)
{
	static const struct row rows[] = {
		{ "const f = a => new Set(a)", "[[3, 1, 20]]", JUDGE_ACCEPTED, "[1,3,20]", 0 },
		{ "module.exports = { f: () => [new Map([['a', 1]]), 2n ** 64n, -0, NaN, undefined,"
		  "new Int8Array(1), (function* () { yield 1; })(), { a: undefined }] }",
		  "[]", JUDGE_ACCEPTED,
		  "[{\"a\":1},18446744073709551616,0,{\"$float\":\"nan\"},null,[0],[1],{}]", 0 },
		{ "async function f(n) { await new Promise(r => setTimeout(r, 5)); return n; }",
		  "[5]", JUDGE_ACCEPTED, "5", 0 },
		{ "function f(n) { return n ? 1 + f(n - 1) : 0; }", "[30000]", JUDGE_ACCEPTED,
		  "30000", 0 },
		{ "function f(a) { return [a instanceof Array, typeof require('fs').readSync]; }",
		  "[[]]", JUDGE_ACCEPTED, "[true,\"function\"]", 0 },
		{ "require('fs').writeSync = JSON.stringify = Array.prototype.join = null\n"
		  "process.stdout.write = null\nfunction f() { return [1, 'a']; }",
		  "[]", JUDGE_ACCEPTED, "[1,\"a\"]", 0 },
		{ "function f() { const a = []; a.push(a); return a; }", "[]", JUDGE_RUNTIME_ERROR,
		  "NoAnswer", 0 },
		{ "function f() { return '\\ud800'; }", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
	};
	const struct judge_job shape = shape_of("javascript", JUDGE_FUNCTION);

	run_rows(&shape, ROWS(rows));
}

static void javascript_failures(void)
{
	static const struct row rows[] = {
		{ "function f(a) {\n  return a.x.y;\n}", "[{}]", JUDGE_RUNTIME_ERROR, "TypeError",
		  2 },
		{ "function f() { throw 'text'; }", "[]", JUDGE_RUNTIME_ERROR, "Uncaught", 0 },
		{ "function f() { return f() + 1; }", "[]", JUDGE_RUNTIME_ERROR, "RangeError", 1 },
		{ "function f() { return new Promise(() => {}); }", "[]", JUDGE_RUNTIME_ERROR,
		  "NoAnswer", 0 },
		{ "function f() {\n setTimeout(() => { throw new TypeError(); }, 1);\n"
		  " return new Promise(() => {});\n}",
		  "[]", JUDGE_RUNTIME_ERROR, "TypeError", 2 },
		{ "function f() { process.exit(0); }", "[]", JUDGE_RUNTIME_ERROR, "NoAnswer", 0 },
		{ "var x", "[]", JUDGE_RUNTIME_ERROR, "ReferenceError", 0 },
		{ "function f() {\n  return JSON.parse('{');\n}", "[]", JUDGE_RUNTIME_ERROR,
		  "SyntaxError", 2 },
		{ "function f() {\n  return 1 +;\n}", "[]", JUDGE_COMPILE_ERROR, NULL, 2 },
		{ "function f() {\n const a = [];\n for (;;) a.push(new Array(1000).fill(1.5));\n}",
		  "[]", JUDGE_MEMORY_LIMIT, NULL, 0 },
	};
	struct judge_job shape = shape_of("javascript", JUDGE_FUNCTION);

	shape.limits.cpu_ms = 4000;
	run_rows(&shape, ROWS(rows));
}

static void javascript_programs(void)
{
	static const struct row rows[] = {
		{ "console.log(require('fs').readFileSync('/dev/stdin', 'utf8').length)", "abc",
		  JUDGE_ACCEPTED, "\"3\\n\"", 0 },
		{ "require('readline').createInterface({ input: process.stdin })"
		  ".on('line', line => console.log(line * 2))",
		  "1\n2", JUDGE_ACCEPTED, "\"2\\n4\\n\"", 0 },
		{ "\nnull.x", "", JUDGE_RUNTIME_ERROR, "TypeError", 2 },
		{ "\nJSON.parse('{')", "", JUDGE_RUNTIME_ERROR, "SyntaxError", 2 },
		{ "process.exit(3)", "", JUDGE_RUNTIME_ERROR, "ExitStatus", 0 },
		{ "let x = 1\nlet y = = 2", "", JUDGE_COMPILE_ERROR, NULL, 2 },
	};
	const struct judge_job shape = shape_of("javascript", JUDGE_STDIN);

	run_rows(&shape, ROWS(rows));
}

/* --- SQL -------------------------------------------------------------------------- */

static void sql_answers(void)
{
	static const struct row rows[] = {
		{ "SELECT b, a FROM t ORDER BY a DESC", "INSERT INTO t VALUES (1, 'x'), (2, NULL)",
		  JUDGE_ACCEPTED, "[[null,2],[\"x\",1]]", 0 },
		{ "SELECT 1; UPDATE t SET a = a + 1; SELECT sum(a) FROM t; -- end",
		  "INSERT INTO t VALUES (1, 'x')", JUDGE_ACCEPTED, "[[2]]", 0 },
		{ "SELECT 9007199254740993, 0.1, 2.0, 9e999, x'00ff', 'a\"\n', cast(x'ff' AS TEXT)",
		  "", JUDGE_ACCEPTED,
		  "[[9007199254740993,0.1,2.0,{\"$float\":\"inf\"},\"00ff\",\"a\\\"\\n\","
		  "\"\xEF\xBF\xBD\"]]",
		  0 },
		{ "SELECT 1 WHERE 0", "", JUDGE_ACCEPTED, "[]", 0 },
		{ "DELETE FROM t", "", JUDGE_RUNTIME_ERROR, "NoRows", 0 },
		{ "SELECT a\nFROM t\nWHERE nope", "", JUDGE_RUNTIME_ERROR, "SQLError", 3 },
		{ "SELECT 1;\n\n/* ; */ SELECT abs(-9223372036854775808)", "", JUDGE_RUNTIME_ERROR,
		  "SQLError", 3 },
		{ "ATTACH '/tmp/x' AS x", "", JUDGE_RUNTIME_ERROR, "SQLError", 1 },
		{ "VACUUM INTO '/tmp/x'", "", JUDGE_RUNTIME_ERROR, "SQLError", 1 },
		{ "SELECT load_extension('/box/x')", "", JUDGE_RUNTIME_ERROR, "SQLError", 1 },
		{ "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema", "", JUDGE_RUNTIME_ERROR,
		  "SQLError", 1 },
		{ "SELECT 1", "nonsense", JUDGE_RUNTIME_ERROR, "SetupError", 0 },
		{ "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) "
		  "FROM c",
		  "", JUDGE_TIME_LIMIT, NULL, 0 },
		{ "CREATE TEMP TABLE u AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 "
		  "FROM c) SELECT randomblob(10000) FROM c",
		  "", JUDGE_MEMORY_LIMIT, NULL, 0 },
	};
	struct judge_job shape = shape_of("sql", JUDGE_SQL);

	shape.schema = "CREATE TABLE t (a INTEGER, b TEXT);";
	run_rows(&shape, ROWS(rows));
}

/* --- what the rows prepare -------------------------------------------------------- */

static struct signature parsed(const char *text)
{
	struct signature signature = { .name = "" };
	const char *fault = NULL;

	CHECK_INT(signature_parse(arena, text, &signature, &fault), OK);
	return signature;
}

static void nodes_pass_through(void)
{
	static const struct row python[] = {
		{ "def f(h, t):\n n, h.next = h.next, None\n t.left = None\n return [n, n.next, h]",
		  "[[1, 2, 3], [1, 2, 3]]", JUDGE_ACCEPTED, "[[2,3],[3],[1]]", 0 },
		{ "def f(h, t):\n h.next = h\n return [h]", "[[1], []]", JUDGE_RUNTIME_ERROR,
		  "NoAnswer", 0 },
	};
	static const struct row javascript[] = {
		{ "function f(h, t) { return [h.next, new ListNode(t.right.left.val)]; }",
		  "[[1, 2], [1, null, 2, 3]]", JUDGE_ACCEPTED, "[[2],[3]]", 0 },
	};
	struct signature signature = parsed("f(h: list_node, t: tree_node) -> list_node[]");
	struct judge_job shape = shape_of("python", JUDGE_FUNCTION);

	shape.signature = &signature;
	run_rows(&shape, ROWS(python));
	shape.language = "javascript";
	run_rows(&shape, ROWS(javascript));
}

static void changes_in_place(void)
{
	static const struct row python = { "def f(t):\n t.left, t.right = t.right, t.left",
		                           "[[1, 2, 3, null, 4]]", JUDGE_ACCEPTED,
		                           "[1,3,2,null,null,null,4]", 0 };
	static const struct row javascript = { "function f(t) { [t.left, t.right] = "
		                               "[t.right, t.left]; }",
		                               "[[1, 2, 3, null, 4]]", JUDGE_ACCEPTED,
		                               "[1,3,2,null,null,null,4]", 0 };
	struct signature signature = parsed("f(t: tree_node) -> void");
	struct judge_job shape = shape_of("python", JUDGE_FUNCTION);

	shape.signature = &signature;
	shape.in_place = true;
	run_rows(&shape, &python, 1);
	shape.language = "javascript";
	run_rows(&shape, &javascript, 1);
}

static void spells_names_and_starters(void)
{
	const struct judge_language *python = language_by_name("python");
	const struct judge_language *javascript = language_by_name("javascript");
	struct signature signature = parsed("two_sum(the_nums: int[][], root: tree_node) -> bool");

	CHECK(language_by_name("cobol") == NULL);
	CHECK_STR(language_function_name(arena, python, "two_sum"), "two_sum");
	CHECK_STR(language_function_name(arena, javascript, "two_sum_2"), "twoSum2");
	CHECK_STR(language_function_name(arena, language_by_name("go"), "two_sum"), "twoSum");
	CHECK_STR(language_function_name(arena, language_by_name("rust"), "two_sum"), "two_sum");
	CHECK_STR(language_starter(arena, python, &signature),
	          "# TreeNode has val, left and right.\n"
	          "def two_sum(the_nums: list[list[int]], root: TreeNode | None) -> bool:\n"
	          "    pass\n");
	CHECK_STR(language_starter(arena, javascript, &signature),
	          "/**\n * @param {number[][]} theNums\n * @param {?TreeNode} root\n"
	          " * @returns {boolean}\n */\nfunction twoSum(theNums, root) {\n\n}\n");
	CHECK(language_starter(arena, language_by_name("sql"), &signature) == NULL);
}

static void refuses_what_makes_no_sense(void)
{
	const struct judge_case test = { .args = fixture_json("[1]") };
	struct judge_job job = fixture_job("python", "", &test, 1);
	struct signature signature = parsed("f(a: int, b: int) -> int");
	const struct judge_language *python = language_by_name("python");
	struct program program;
	const char *fault = NULL;

	CHECK_INT(python->prepare(arena, &job, &program, &fault), OK);
	CHECK_STR(program.files[1].name, "zygote.py");
	CHECK(program.files[1].size == harness_file("zygote.py")->size &&
	      program.files[1].size > 5000);
	job.function = "f\", \"args";
	CHECK_INT(python->prepare(arena, &job, &program, &fault), ERR_INVALID);
	job.function = "f";
	job.signature = &signature;
	CHECK_INT(python->prepare(arena, &job, &program, &fault), ERR_INVALID);
	CHECK(fault != NULL);
}

int main(void)
{
	fixture_open();
	RUN(python_answers);
	RUN(python_failures);
	RUN(python_is_robust);
	RUN(python_programs);
	RUN(javascript_answers);
	RUN(javascript_failures);
	RUN(javascript_programs);
	RUN(sql_answers);
	RUN(nodes_pass_through);
	RUN(changes_in_place);
	RUN(spells_names_and_starters);
	RUN(refuses_what_makes_no_sense);
	fixture_close();
	return check_done();
}
