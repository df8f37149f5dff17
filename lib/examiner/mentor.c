#include "examiner/mentor.h"

#include <string.h>

#include "base/text.h"
#include "examiner/mentor_rows.h"

enum { MAX_QUOTE = 120 };

const struct mentor_row mentor_rows_common[] = {
	{ "NameError", "the function ",
	  N_("The function that the task asks for was not found. Keep its name exactly as it is "
	     "given, and do not put it inside another one.") },
	{ "ReferenceError", "the function ",
	  N_("The function that the task asks for was not found. Keep its name exactly as it is "
	     "given, and do not put it inside another one.") },
	{ "NoAnswer", "without an answer",
	  N_("The program ended before it gave an answer. Do not leave it with exit: return the "
	     "result from the function.") },
	{ "NoAnswer", "cycle",
	  N_("The list or tree that was returned contains itself. Check where the last links "
	     "point.") },
	{ "NoAnswer", "too deep",
	  N_("The answer contains itself, so it cannot be written down. Return plain values "
	     "only.") },
	{ "NoAnswer", "cannot be",
	  N_("What the function returned cannot be an answer. Return numbers, texts, lists or "
	     "whatever type the task names.") },
	{ "ExitStatus", NULL,
	  N_("The program ended with a status that reports a failure. End it normally, with "
	     "status 0, once the answer is printed.") },
	{ "SIGSYS", NULL,
	  N_("The program tried something that is not allowed here, such as files, the network or "
	     "other processes. The task needs none of these.") },
	{ "SIGKILL", NULL, MENTOR_MEMORY },
	{ NULL, NULL, NULL },
};

const struct mentor_row *mentor_rows_of(const char *code_language)
{
	static const struct {
		const char *name;
		const struct mentor_row *rows;
	} tables[] = {
		{ "python", mentor_rows_python }, { "javascript", mentor_rows_javascript },
		{ "sql", mentor_rows_sql },       { "c", mentor_rows_c },
		{ "cpp", mentor_rows_c },         { "go", mentor_rows_go },
		{ "java", mentor_rows_java },     { "rust", mentor_rows_rust },
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(tables[i].name, code_language) == 0)
			return tables[i].rows;
	return NULL;
}

/* --- finding a row -------------------------------------------------------------- */

static bool is(const struct mentor_case *facts, const char *verdict)
{
	return strcmp(facts->verdict, verdict) == 0;
}

/* "out_of_range" of "std::out_of_range", "ParseError" of "java.util.ParseError". */
static const char *last_part(const char *class)
{
	size_t end = strlen(class);

	while (end > 0 && strchr(".:$", class[end - 1]) == NULL)
		end--;
	return class + end;
}

static const struct mentor_row *row_of_exception(const struct mentor_row *rows,
                                                 const struct mentor_case *facts)
{
	const char *class = facts->class != NULL ? last_part(facts->class) : "";
	const char *message = facts->message != NULL && !facts->is_hidden ? facts->message : "";

	for (; rows->text != NULL; rows++)
		if ((rows->class == NULL || strcmp(rows->class, class) == 0) &&
		    (rows->part == NULL || strstr(message, rows->part) != NULL))
			return rows;
	return NULL;
}

/* Where a compiler's output has what the row is about; NULL: nowhere. */
static const char *place_of(const struct mentor_row *row, const char *class, const char *output)
{
	const char *place = output, *part;

	if (row->class != NULL && strcmp(row->class, class) != 0)
		place = strstr(output, row->class);
	if (place == NULL || row->part == NULL)
		return place;
	part = strstr(place, row->part);
	return part != NULL && row->class != NULL ? place : part;
}

/* The complaint that comes first: later ones often follow from it. */
static const struct mentor_row *first_complaint(const struct mentor_row *rows, const char *class,
                                                const char *output)
{
	const struct mentor_row *found = NULL;
	const char *first = NULL;

	for (; rows->text != NULL; rows++) {
		const char *place = place_of(rows, class, output);

		if (place != NULL && (first == NULL || place < first)) {
			first = place;
			found = rows;
		}
	}
	return found;
}

/* Behind what is called an error, so that a warning before it does not count. */
static const char *errors_of(const char *output)
{
	const char *error = output;

	while ((error = strstr(error, "error")) != NULL && error[5] != ':' && error[5] != '[')
		error++;
	return error;
}

static const struct mentor_row *row_of_compiler(const struct mentor_row *rows,
                                                const struct mentor_case *facts)
{
	const char *class = facts->class != NULL ? last_part(facts->class) : "";
	const char *output = facts->message != NULL ? facts->message : "";
	const char *errors = errors_of(output);
	const struct mentor_row *row = NULL;

	if (errors != NULL)
		row = first_complaint(rows, class, errors);
	return row != NULL ? row : first_complaint(rows, class, output);
}

static const struct mentor_row *row_of(const struct mentor_case *facts)
{
	const struct mentor_row *rows = mentor_rows_of(facts->code_language), *row;

	if (is(facts, "compile_error"))
		return rows != NULL ? row_of_compiler(rows, facts) : NULL;
	if (!is(facts, "runtime_error") || (facts->class == NULL && facts->message == NULL))
		return NULL;
	row = row_of_exception(mentor_rows_common, facts);
	return row == NULL && rows != NULL ? row_of_exception(rows, facts) : row;
}

/* --- verdicts ---------------------------------------------------------------------- */

static const char *wrong_answer(const struct mentor_case *facts)
{
	if (facts->is_hidden)
		return i18n(facts->language,
		            "The visible tests pass, a hidden one does not. Think of edge cases: "
		            "empty input, a single element, equal or negative values, the largest "
		            "sizes; try them as your own input.");
	return i18n(facts->language,
	            "The program runs, but its answer differs from the expected one. Follow your "
	            "code by hand on this input, and find the first value that is not what you "
	            "expect.");
}

static const char *by_verdict(const struct mentor_case *facts)
{
	enum language language = facts->language;

	if (is(facts, "wrong_answer"))
		return wrong_answer(facts);
	if (is(facts, "time_limit"))
		return i18n(language,
		            "The program took too long. Either a loop never ends, or there are too "
		            "many steps: look for loops inside loops, and ask what could be "
		            "remembered instead of computed again.");
	if (is(facts, "memory_limit"))
		return i18n(language, MENTOR_MEMORY);
	if (is(facts, "output_limit"))
		return i18n(language,
		            "The program printed far too much. Remove prints inside loops; a loop "
		            "that never ends is a frequent reason, too.");
	if (is(facts, "compile_error"))
		return i18n(
		        language,
		        "The code could not be compiled, so no test was run. Begin with the first "
		        "message of the compiler: the later ones often follow from it.");
	if (is(facts, "runtime_error"))
		return i18n(
		        language,
		        "The program broke off with an error before it gave an answer. Read the "
		        "message, and check the values just before the line it names.");
	if (is(facts, "accepted"))
		return "";
	return i18n(language,
	            "Something broke on our side while your code was judged. Nothing is lost: send "
	            "it once more.");
}

/* --- the candidate's line ------------------------------------------------------------ */

/* The line of that number without the space around it; "" when there is none. */
static const char *line_of(struct arena *arena, const char *code, int number)
{
	const char *end;

	for (int i = 1; i < number && code != NULL; i++) {
		code = strchr(code, '\n');
		code = code != NULL ? code + 1 : NULL;
	}
	if (code == NULL || number < 1)
		return "";
	end = strchr(code, '\n');
	code = arena_copy(arena, code, end != NULL ? (size_t)(end - code) : strlen(code));
	return text_shortened(arena, text_trimmed(arena, code), MAX_QUOTE);
}

char *mentor_explain(struct arena *arena, const struct mentor_case *facts)
{
	const struct mentor_row *row = row_of(facts);
	const char *text = row != NULL ? i18n(facts->language, row->text) : by_verdict(facts);
	const char *line = facts->code != NULL ? line_of(arena, facts->code, facts->line) : "";

	if (text[0] == '\0' || line[0] == '\0')
		return arena_strdup(arena, text);
	return arena_printf(arena, i18n(facts->language, "Line %d: `%s`. %s"), facts->line, line,
	                    text);
}
