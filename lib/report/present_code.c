#include "report/present_code.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/phrase.h"
#include "report/present_growth.h"
#include "report/ruling.h"
#include "report/terms.h"

/* Characters of a test's value; the document has more. */
enum { MAX_SHOWN = 400 };

struct reader {
	struct arena *arena;
	enum language language;
};

static char *figure(const struct reader *reader, double value)
{
	return format_number(reader->arena, reader->language, value);
}

static int count_of(const cJSON *object, const char *name)
{
	return (int)json_number(object, name, 0);
}

/* --- how the score came about ----------------------------------------------------- */

/* "3/3"; 1 for a part without tests, which counts as passed. */
static const char *share(const struct reader *reader, int passed, int total)
{
	return total > 0 ? arena_printf(reader->arena, "%d/%d", passed, total) : "1";
}

/* "10 × (0.4 × 3/3 + 0.6 × 5/7) = 8.29" */
static const char *best_sum(const struct reader *reader, const cJSON *coding, const cJSON *scoring)
{
	const cJSON *computation = json_get(coding, "computation");

	return arena_printf(reader->arena, "%s × (%s × %s + %s × %s) = %s",
	                    figure(reader, json_number(scoring, "max_score", NAN)),
	                    figure(reader, json_number(scoring, "public_weight", NAN)),
	                    share(reader, count_of(coding, "public_tests_passed"),
	                          count_of(coding, "public_tests_total")),
	                    figure(reader, json_number(scoring, "hidden_weight", NAN)),
	                    share(reader, count_of(coding, "hidden_tests_passed"),
	                          count_of(coding, "hidden_tests_total")),
	                    figure(reader, json_number(computation, "before_prices", NAN)));
}

/* The sum up to the score before the cap; NULL when nothing was judged. */
static const char *sum_before_cap(const struct reader *reader, const cJSON *coding,
                                  const cJSON *scoring)
{
	const cJSON *computation = json_get(coding, "computation");
	const char *best, *hint, *failure, *score;
	int level = count_of(computation, "hint_level");
	int failures = count_of(computation, "failed_attempts");
	enum language language = reader->language;

	if (!cJSON_IsObject(computation))
		return NULL;
	best = best_sum(reader, coding, scoring);
	hint = figure(reader, json_number(computation, "hint_price", 0));
	failure = figure(reader, json_number(computation, "failure_price", 0));
	score = figure(reader, json_number(computation, "before_cap", 0));
	if (level > 0 && failures > 0)
		return arena_printf(reader->arena,
		                    i18n_plural(language,
		                                "%s, minus %s for hints up to level %d, minus %s "
		                                "for %d failed submission = %s",
		                                "%s, minus %s for hints up to level %d, minus %s "
		                                "for %d failed submissions = %s",
		                                failures),
		                    best, hint, level, failure, failures, score);
	if (level > 0)
		return arena_printf(reader->arena,
		                    i18n(language, "%s, minus %s for hints up to level %d = %s"),
		                    best, hint, level, score);
	if (failures > 0)
		return arena_printf(
		        reader->arena,
		        i18n_plural(language, "%s, minus %s for %d failed submission = %s",
		                    "%s, minus %s for %d failed submissions = %s", failures),
		        best, failure, failures, score);
	if (json_number(computation, "before_prices", 0) ==
	    json_number(computation, "before_cap", 0))
		return best;
	return arena_printf(reader->arena, i18n(language, "%s, rounded to %s"), best, score);
}

/* The whole sum; it goes on where the shown model answer took points away. */
static const char *sum(const struct reader *reader, const cJSON *question, const cJSON *scoring)
{
	const cJSON *coding = json_get(json_get(question, "metrics"), "coding");
	const char *before = sum_before_cap(reader, coding, json_get(scoring, "coding"));
	double uncapped = json_number(json_get(coding, "computation"), "before_cap", 0);
	double score = ruling_by_examiner(question);

	if (before == NULL || !json_bool(question, "model_answer_shown", false) ||
	    uncapped <= score)
		return before;
	return arena_printf(
	        reader->arena,
	        i18n(reader->language, "%s, at most %s because the model answer was shown = %s"),
	        before, figure(reader, json_number(scoring, "model_answer_cap", NAN)),
	        figure(reader, score));
}

void present_code_scoring(struct arena *arena, enum language language, cJSON *item,
                          const cJSON *scoring)
{
	const struct reader reader = { .arena = arena, .language = language };
	const cJSON *coding = json_get(scoring, "coding"), *price;
	const char *prices[8];
	cJSON *shown;
	size_t count = 0;

	if (!cJSON_IsObject(coding))
		return;
	cJSON_ArrayForEach(price, json_get(coding, "hint_prices")) if (count < 8)
	        prices[count++] = figure(&reader, price->valuedouble);
	shown = json_set_object(item, "coding");
	json_set_string(shown, "max_score", figure(&reader, json_number(coding, "max_score", NAN)));
	json_set_string(shown, "public_weight",
	                figure(&reader, json_number(coding, "public_weight", NAN)));
	json_set_string(shown, "hidden_weight",
	                figure(&reader, json_number(coding, "hidden_weight", NAN)));
	json_set_string(shown, "hint_prices", phrase_joined(arena, prices, count, " / "));
	json_set_string(shown, "failure_price",
	                figure(&reader, json_number(coding, "failure_price", NAN)));
	json_set_string(shown, "failures_price_max",
	                figure(&reader, json_number(coding, "failures_price_max", NAN)));
}

/* --- attempts ------------------------------------------------------------------------ */

static char *passed_of(const struct reader *reader, int passed, int total)
{
	return arena_printf(reader->arena, "%d / %d", passed, total);
}

/* "ZeroDivisionError: division by zero (line 3)" */
static char *exception_text(const struct reader *reader, const cJSON *exception)
{
	const char *class = json_string(exception, "class", ""),
	           *message = json_string(exception, "message", "");
	int line = count_of(exception, "line");
	char *text;

	if (!cJSON_IsObject(exception))
		return NULL;
	text = arena_printf(reader->arena, "%s%s%s", class,
	                    class[0] != '\0' && message[0] != '\0' ? ": " : "", message);
	if (line == 0)
		return text;
	return arena_printf(reader->arena, i18n(reader->language, "%s (line %d)"), text, line);
}

static void set_value(const struct reader *reader, cJSON *row, const char *name, const char *value)
{
	json_set_string(row, name,
	                value != NULL ? text_shortened(reader->arena, value, MAX_SHOWN) : NULL);
}

static void add_tests(const struct reader *reader, cJSON *item, const cJSON *tests)
{
	static const char *const values[] = { "input", "expected", "got" };
	cJSON *shown = json_set_array(item, "tests");
	const cJSON *test;
	int number = 0;

	cJSON_ArrayForEach(test, tests)
	{
		const char *verdict = json_string(test, "verdict", "");
		cJSON *row = json_add_object(shown);

		json_set_number(row, "number", ++number);
		json_set_string(row, "verdict_code", verdict);
		json_set_string(row, "verdict", terms_test_verdict(reader->language, verdict));
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
			set_value(reader, row, values[i], json_string(test, values[i], NULL));
		json_set_string(row, "exception",
		                exception_text(reader, json_get(test, "exception")));
	}
	json_set_bool(item, "has_tests", number > 0);
}

static void add_attempt(const struct reader *reader, cJSON *row, const cJSON *attempt)
{
	const char *state = json_string(attempt, "state", "");

	json_set_number(row, "number", json_number(attempt, "attempt_number", 0));
	json_set_string(row, "code_language",
	                terms_code_language(json_string(attempt, "language", "")));
	json_set_bool(row, "is_judged", strcmp(state, "done") == 0);
	json_set_string(row, "state", terms_code_state(reader->language, state));
	json_set_string(row, "public",
	                passed_of(reader, count_of(attempt, "passed_public"),
	                          count_of(attempt, "public_total")));
	json_set_string(row, "hidden",
	                passed_of(reader, count_of(attempt, "passed_hidden"),
	                          count_of(attempt, "hidden_total")));
	json_set_string(row, "points", figure(reader, json_number(attempt, "score", NAN)));
	json_set_string(row, "errors", figure(reader, json_number(attempt, "errors", 0)));
	json_set_string(row, "level", figure(reader, json_number(attempt, "hints_used", 0)));
	json_set_string(row, "spent",
	                format_duration(reader->arena, reader->language,
	                                json_number(attempt, "time_spent", 0)));
	json_set_string(row, "source", json_string(attempt, "code", ""));
	json_set_string(row, "compile_error",
	                exception_text(reader, json_get(attempt, "compile_error")));
}

/* The best attempt in full; of code that was not judged the last one. */
static void add_best(const struct reader *reader, cJSON *code, const cJSON *attempt)
{
	cJSON *best = json_set_object(code, "best");

	add_attempt(reader, best, attempt);
	add_tests(reader, best, json_get(attempt, "public_tests"));
	present_growth(reader->arena, reader->language, best, json_get(attempt, "growth"));
	json_set_string(best, "hidden_sentence",
	                arena_printf(reader->arena,
	                             i18n(reader->language, "Hidden tests: %d of %d passed."),
	                             count_of(attempt, "passed_hidden"),
	                             count_of(attempt, "hidden_total")));
}

static void add_attempts(const struct reader *reader, cJSON *code, const cJSON *question)
{
	const cJSON *coding = json_get(json_get(question, "metrics"), "coding");
	int best = count_of(json_get(coding, "computation"), "best_attempt");
	const cJSON *attempt, *shown = NULL;
	cJSON *rows = json_set_array(code, "attempts");

	cJSON_ArrayForEach(attempt, json_get(question, "code_attempts"))
	{
		bool is_best = best > 0 && count_of(attempt, "attempt_number") == best;
		cJSON *row = json_add_object(rows);

		add_attempt(reader, row, attempt);
		json_set_bool(row, "is_best", is_best && json_number(attempt, "score", 0) > 0);
		if (is_best || best == 0)
			shown = attempt;
	}
	json_set_bool(code, "has_attempts", rows->child != NULL);
	if (shown != NULL)
		add_best(reader, code, shown);
	json_set_bool(code, "is_unjudged", shown != NULL && best == 0);
}

/* --- help that was given ----------------------------------------------------------- */

/* Who wrote the words; a model's are Markdown. Documents of old do not say. */
static void add_author(const struct reader *reader, cJSON *row, const cJSON *help)
{
	const char *engine = json_string(help, "engine", NULL);

	json_set_bool(row, "is_markdown", engine != NULL && strcmp(engine, "builtin") != 0);
	json_set_string(row, "author",
	                engine != NULL ? arena_printf(reader->arena,
	                                              i18n(reader->language, "Written by %s."),
	                                              terms_engine(reader->language, engine))
	                               : NULL);
}

static void add_hints(const struct reader *reader, cJSON *code, const cJSON *hints)
{
	cJSON *rows = json_set_array(code, "hints");
	const cJSON *hint;

	cJSON_ArrayForEach(hint, hints)
	{
		cJSON *row = json_add_object(rows);

		json_set_number(row, "hint_level", json_number(hint, "level", 0));
		json_set_string(row, "hint_price", figure(reader, json_number(hint, "price", 0)));
		json_set_string(row, "hint_text", json_string(hint, "text", ""));
		add_author(reader, row, hint);
	}
	json_set_bool(code, "has_hints", rows->child != NULL);
}

static void add_explanations(const struct reader *reader, cJSON *code, const cJSON *explanations)
{
	cJSON *rows = json_set_array(code, "explanations");
	const cJSON *explanation;

	cJSON_ArrayForEach(explanation, explanations)
	{
		int attempt = count_of(explanation, "attempt_number");
		cJSON *row = json_add_object(rows);

		json_set_string(
		        row, "where",
		        attempt > 0 ? arena_printf(reader->arena,
		                                   i18n(reader->language, "Mentor on attempt %d"),
		                                   attempt)
		                    : arena_printf(reader->arena,
		                                   i18n(reader->language, "Mentor on run %d"),
		                                   count_of(explanation, "run")));
		json_set_string(row, "words", json_string(explanation, "text", ""));
		add_author(reader, row, explanation);
	}
	json_set_bool(code, "has_explanations", rows->child != NULL);
}

void present_code(struct arena *arena, enum language language, cJSON *item, const cJSON *question,
                  const cJSON *scoring)
{
	const struct reader reader = { .arena = arena, .language = language };
	const cJSON *task = json_get(question, "code_task");
	const char *code_language = json_string(task, "language", "");
	cJSON *code = json_set_object(item, "code");

	json_set_string(code, "description",
	                text_trimmed(arena, json_string(task, "description_markdown", "")));
	json_set_string(code, "code_language", terms_code_language(code_language));
	json_set_string(code, "signature", json_string(task, "function_signature", NULL));
	if (json_get(task, "variant") != NULL)
		json_set_number(code, "variant", json_number(task, "variant", 0));
	json_set_string(code, "computation", sum(&reader, question, scoring));
	add_attempts(&reader, code, question);
	add_hints(&reader, code, json_get(question, "hints"));
	add_explanations(&reader, code, json_get(question, "error_explanations"));
}
