#include "mutants.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hash.h"
#include "tokens.h"

struct edit {
	size_t start, len;
	const char *text; /* what comes in place of these bytes */
	int line;
	uint64_t rank; /* edits with the smallest ranks are taken */
};

struct maker {
	struct arena *arena;
	enum code_syntax syntax;
	struct tokens tokens;
	struct edit *edits;
	size_t count, capacity;
};

/* The tokens of one line. */
struct line {
	size_t first, end; /* tokens [first, end) */
	int depth;         /* of brackets where it begins */
	bool is_balanced;  /* it closes what it opens and no more */
};

struct swap {
	const char *from, *to;
};

static const struct swap sign_swaps[] = {
	{ "+", "-" },     { "-", "+" },   { "*", "+" },   { "/", "*" },   { "//", "*" },
	{ "%", "*" },     { "==", "!=" }, { "!=", "==" }, { "<", "<=" },  { "<", ">=" },
	{ "<=", "<" },    { "<=", ">" },  { ">", ">=" },  { ">", "<=" },  { ">=", ">" },
	{ ">=", "<" },    { "&&", "||" }, { "||", "&&" }, { "++", "--" }, { "--", "++" },
	{ "===", "!==" }, { "+=", "-=" }, { "-=", "+=" }, { "*=", "+=" }, { "<>", "=" },
	{ "!==", "===" }, { "??", "&&" }, { "!", "" },    { NULL, NULL },
};

static const struct swap python_swaps[] = {
	{ "and", "or" },         { "or", "and" },    { "True", "False" }, { "False", "True" },
	{ "min", "max" },        { "max", "min" },   { "not", "" },       { "break", "continue" },
	{ "continue", "break" }, { "any", "all" },   { "all", "any" },    { "sorted", "list" },
	{ "popleft", "pop" },    { "is", "is not" }, { NULL, NULL },
};

static const struct swap javascript_swaps[] = {
	{ "true", "false" },     { "false", "true" },     { "min", "max" },    { "max", "min" },
	{ "break", "continue" }, { "continue", "break" }, { "some", "every" }, { "every", "some" },
	{ "floor", "ceil" },     { "ceil", "floor" },     { "shift", "pop" },  { "pop", "shift" },
	{ "push", "unshift" },   { NULL, NULL },
};

static const struct swap sql_swaps[] = {
	{ "AND", "OR" },    { "OR", "AND" },  { "DESC", "" },           { "LEFT", "" },
	{ "MIN", "MAX" },   { "MAX", "MIN" }, { "SUM", "AVG" },         { "DISTINCT", "" },
	{ "NOT", "" },      { "ALL", "" },    { "RANK", "DENSE_RANK" }, { "RANK", "ROW_NUMBER" },
	{ "COUNT", "MAX" }, { "=", "<>" },    { NULL, NULL },
};

static const struct swap *const word_swaps[] = { python_swaps, javascript_swaps, sql_swaps };

static void add_edit(struct maker *maker, size_t start, size_t len, const char *text, int line)
{
	struct edit *edit;

	if (maker->count == maker->capacity)
		return;
	edit = &maker->edits[maker->count++];
	*edit = (struct edit){ .start = start, .len = len, .text = text, .line = line };
	edit->rank = hash_text(HASH_START + start * 31 + len, text);
	edit->rank = hash_text(edit->rank, maker->tokens.code);
}

static bool word_is(const struct maker *maker, size_t index, const char *word)
{
	const struct token *token = &maker->tokens.items[index];

	if (maker->syntax != SYNTAX_SQL)
		return token_is(&maker->tokens, index, word);
	return token->len == strlen(word) &&
	       strncasecmp(maker->tokens.code + token->start, word, token->len) == 0;
}

static bool is_one_of(const struct maker *maker, size_t index, const char *const *words)
{
	for (; *words != NULL; words++)
		if (word_is(maker, index, *words))
			return true;
	return false;
}

/* Swaps of signs and words by the tables. */
static void add_swaps(struct maker *maker, size_t index)
{
	const struct token *token = &maker->tokens.items[index];
	const struct swap *tables[] = { sign_swaps, word_swaps[maker->syntax] };

	/* `is not` is a word of two parts; its second one is swapped. */
	if (token_is(&maker->tokens, index, "is") && token_is(&maker->tokens, index + 1, "not"))
		return;
	for (int i = 0; i < 2; i++)
		for (const struct swap *swap = tables[i]; swap->from != NULL; swap++)
			if (word_is(maker, index, swap->from))
				add_edit(maker, token->start, token->len, swap->to, token->line);
}

/* A whole number becomes one more and one less. */
static void add_neighbours(struct maker *maker, const struct token *token)
{
	const char *digits = maker->tokens.code + token->start;
	long long value = strtoll(digits, NULL, 10);

	if (strspn(digits, "0123456789") != token->len || token->len > 15)
		return;
	add_edit(maker, token->start, token->len, arena_printf(maker->arena, "%lld", value + 1),
	         token->line);
	add_edit(maker, token->start, token->len, arena_printf(maker->arena, "%lld", value - 1),
	         token->line);
}

/* The bracket that closes the one at `index`; the last token when none does. */
static size_t closing(const struct tokens *tokens, size_t index)
{
	size_t i = index + 1;

	while (i + 1 < tokens->count && tokens->items[i].depth > tokens->items[index].depth)
		i++;
	return i;
}

/* len(x) and x.length become one less. */
static void add_shorter(struct maker *maker, size_t index)
{
	const struct tokens *tokens = &maker->tokens;
	const struct token *last = &tokens->items[index];

	if (maker->syntax == SYNTAX_PYTHON && token_is(tokens, index, "len") &&
	    token_is(tokens, index + 1, "("))
		last = &tokens->items[closing(tokens, index + 1)];
	else if (maker->syntax != SYNTAX_JAVASCRIPT || !token_is(tokens, index, "length"))
		return;
	add_edit(maker, last->start + last->len, 0, " - 1", last->line);
}

/* A slice loses the bound it has and gets the other: [:n] and [n:]. */
static void add_slice(struct maker *maker, size_t index)
{
	const struct tokens *tokens = &maker->tokens;
	const struct token *open = &tokens->items[index], *bound;
	bool is_upper = token_is(tokens, index + 1, ":");
	size_t len;

	if (maker->syntax != SYNTAX_PYTHON || !token_is(tokens, index, "[") ||
	    !token_is(tokens, index + 3, "]") || is_upper == (bool)token_is(tokens, index + 2, ":"))
		return;
	bound = &tokens->items[index + (is_upper ? 2 : 1)];
	len = tokens->items[index + 3].start + 1 - open->start;
	add_edit(maker, open->start, len,
	         arena_printf(maker->arena, is_upper ? "[%.*s:]" : "[:%.*s]", (int)bound->len,
	                      tokens->code + bound->start),
	         open->line);
}

static struct line line_from(const struct tokens *tokens, size_t first)
{
	struct line line = { .first = first, .end = first, .depth = tokens->items[first].depth };
	int depth = 0, least = 0;

	if (strchr(")]}", tokens->code[tokens->items[first].start]) != NULL)
		line.depth++;
	for (;
	     line.end < tokens->count && tokens->items[line.end].line == tokens->items[first].line;
	     line.end++) {
		const struct token *token = &tokens->items[line.end];
		char c = token->kind == TOKEN_SIGN ? tokens->code[token->start] : ' ';

		depth += (strchr("([{", c) != NULL) - (strchr(")]}", c) != NULL);
		least = depth < least ? depth : least;
	}
	line.is_balanced = depth == 0 && least == 0;
	return line;
}

/* Heads of functions and imports; a change there is no mistake of the solution. */
static bool is_head(const struct maker *maker, const struct line *line)
{
	static const char *const first[] = { "def",   "class",    "import",   "from",
		                             "async", "function", "nonlocal", NULL };
	static const char *const anywhere[] = { "require", NULL };

	if (maker->syntax == SYNTAX_SQL)
		return false;
	if (is_one_of(maker, line->first, first))
		return true;
	for (size_t i = line->first; i < line->end; i++)
		if (is_one_of(maker, i, anywhere))
			return true;
	return false;
}

/* The condition of an if or while becomes its opposite. */
static void add_negation(struct maker *maker, const struct line *line)
{
	static const char *const words[] = { "if", "elif", "while", NULL };
	const struct tokens *tokens = &maker->tokens;
	const struct token *keyword = &tokens->items[line->first];
	size_t from = line->first + 1, to = line->end - 1; /* tokens [from, to) */
	size_t start, end;

	if (maker->syntax == SYNTAX_SQL || !is_one_of(maker, line->first, words) ||
	    line->end - line->first < 3)
		return;
	if (maker->syntax == SYNTAX_JAVASCRIPT) {
		to = closing(tokens, from);
		from++;
	} else if (!token_is(tokens, to, ":")) {
		return;
	}
	start = tokens->items[from].start;
	end = tokens->items[to].start;
	add_edit(maker, start, end - start,
	         arena_printf(maker->arena,
	                      maker->syntax == SYNTAX_PYTHON ? "not (%.*s)" : "!(%.*s)",
	                      (int)(end - start), tokens->code + start),
	         keyword->line);
}

/* The first assignment of a name: without it nothing would run at all. */
static bool is_first_assignment(const struct maker *maker, const struct line *line)
{
	const struct tokens *tokens = &maker->tokens;
	const struct token *name = &tokens->items[line->first];
	const char *text = arena_copy(maker->arena, tokens->code + name->start, name->len);
	bool is_assignment = false;

	for (size_t i = line->first; i < line->end; i++)
		is_assignment = is_assignment ||
		                (tokens->items[i].depth == line->depth && token_is(tokens, i, "="));
	for (size_t i = 0; is_assignment && i < line->first; i++)
		is_assignment = !token_is(tokens, i, text);
	return is_assignment;
}

/* True for a line that is one whole statement which can go. */
static bool is_statement(const struct maker *maker, const struct line *line)
{
	static const char *const kept[] = { "const", "let", "var",    "case", "default",
		                            "pass",  "}",   "SELECT", NULL };
	static const char *const clauses[] = { "WHERE", "HAVING", "ORDER", NULL };

	if (!line->is_balanced || is_head(maker, line))
		return false;
	if (maker->syntax == SYNTAX_SQL)
		return is_one_of(maker, line->first, clauses);
	if (is_one_of(maker, line->first, kept) || is_first_assignment(maker, line))
		return false;
	if (maker->syntax == SYNTAX_PYTHON)
		return line->depth == 0 && !token_is(&maker->tokens, line->end - 1, ":");
	return token_is(&maker->tokens, line->end - 1, ";");
}

static size_t column_of(const struct tokens *tokens, size_t index)
{
	size_t start = tokens->items[index].start, column = 0;

	while (column < start && tokens->code[start - column - 1] != '\n')
		column++;
	return column;
}

static size_t text_len(const struct tokens *tokens, const struct line *line)
{
	const struct token *last = &tokens->items[line->end - 1];

	return last->start + last->len - tokens->items[line->first].start;
}

static void add_removal(struct maker *maker, const struct line *line)
{
	const char *const nothing[] = { "pass", ";", "" };
	const struct token *first = &maker->tokens.items[line->first];
	size_t len = text_len(&maker->tokens, line);

	/* The last clause of a query carries its semicolon. */
	if (maker->syntax == SYNTAX_SQL && token_is(&maker->tokens, line->end - 1, ";"))
		len--;
	add_edit(maker, first->start, len, nothing[maker->syntax], first->line);
}

/* The final return comes already before a statement that is nested deeper. */
static void add_return(struct maker *maker, const struct line *line, const struct line *final)
{
	const struct tokens *tokens = &maker->tokens;
	const struct token *first = &tokens->items[line->first];
	size_t column = column_of(tokens, line->first);

	if (final->end == 0 || column <= column_of(tokens, final->first) ||
	    word_is(maker, line->first, "return"))
		return;
	add_edit(maker, first->start, 0,
	         arena_printf(maker->arena, "%.*s\n%*s", (int)text_len(tokens, final),
	                      tokens->code + tokens->items[final->first].start, (int)column, ""),
	         first->line);
}

/* The last line that is a whole return statement; `end` 0 when there is none. */
static struct line final_return(const struct maker *maker)
{
	struct line found = { 0 };

	for (size_t i = 0; i < maker->tokens.count;) {
		struct line line = line_from(&maker->tokens, i);

		if (word_is(maker, i, "return") && is_statement(maker, &line))
			found = line;
		i = line.end;
	}
	return found;
}

static void add_edits_of_line(struct maker *maker, const struct line *line,
                              const struct line *final)
{
	if (is_head(maker, line))
		return;
	for (size_t i = line->first; i < line->end; i++) {
		const struct token *token = &maker->tokens.items[i];

		if (token->kind == TOKEN_STRING)
			continue;
		if (token->kind == TOKEN_NUMBER)
			add_neighbours(maker, token);
		add_swaps(maker, i);
		add_shorter(maker, i);
		add_slice(maker, i);
	}
	add_negation(maker, line);
	if (is_statement(maker, line)) {
		add_removal(maker, line);
		add_return(maker, line, final);
	}
}

static int by_rank(const void *a, const void *b)
{
	const struct edit *left = a, *right = b;

	return (left->rank > right->rank) - (left->rank < right->rank);
}

static struct mutant apply(const struct maker *maker, const struct edit *edit)
{
	const char *code = maker->tokens.code, *text = edit->text;
	bool is_removed = text[strspn(text, " ;")] == '\0';
	const char *old = arena_copy(maker->arena, code + edit->start, edit->len);

	return (struct mutant){
		.code = arena_printf(maker->arena, "%.*s%s%s", (int)edit->start, code, text,
		                     code + edit->start + edit->len),
		.change = is_removed ? arena_printf(maker->arena, "line %d: without %s", edit->line,
		                                    old)
		          : *old == '\0' ? arena_printf(maker->arena, "line %d: with %.*s",
		                                        edit->line, (int)strcspn(text, "\n"), text)
		                         : arena_printf(maker->arena, "line %d: %s becomes %s",
		                                        edit->line, old, text),
	};
}

void mutants_make(struct arena *arena, const char *language, const char *code, size_t most,
                  struct mutant_list *ret_mutants)
{
	static const char *const names[] = { "python", "javascript", "sql" };
	struct maker maker = { .arena = arena, .capacity = 4 * strlen(code) + 1 };
	struct mutant_list list = { 0 };
	struct line final;
	int syntax = 0;

	while (syntax < 3 && strcmp(names[syntax], language) != 0)
		syntax++;
	*ret_mutants = list;
	if (syntax == 3)
		return;
	maker.syntax = (enum code_syntax)syntax;
	maker.edits = arena_array(arena, maker.capacity, sizeof(*maker.edits));
	tokens_scan(arena, maker.syntax, code, &maker.tokens);
	final = final_return(&maker);
	for (size_t i = 0; i < maker.tokens.count;) {
		struct line line = line_from(&maker.tokens, i);

		add_edits_of_line(&maker, &line, &final);
		i = line.end;
	}
	qsort(maker.edits, maker.count, sizeof(*maker.edits), by_rank);
	list.items = arena_array(arena, maker.count + 1, sizeof(*list.items));
	while (list.count < maker.count && list.count < most) {
		list.items[list.count] = apply(&maker, &maker.edits[list.count]);
		list.count++;
	}
	*ret_mutants = list;
}
