#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "interview/coding.h"

enum {
	FINGERPRINT_MIN = 120, /* bytes after evening out; fewer could come from anybody */
	NAMES_MAX = 1000       /* that are told apart; further ones stay as they are */
};

/* What stands before a name in its line. */
enum before { BEFORE_SIGN, BEFORE_NAME, BEFORE_TYPE };

/*
 * Words that keep their meaning whoever writes them, in any of the languages: a name that
 * stands in the place of one of them would be another program.
 */
static const char *const fixed_words[] = {
	"and",     "any",      "as",      "async",  "await",    "bool",  "boolean",  "break",
	"by",      "case",     "catch",   "char",   "class",    "const", "continue", "def",
	"default", "defer",    "del",     "delete", "desc",     "do",    "double",   "elif",
	"else",    "enum",     "except",  "false",  "False",    "final", "finally",  "float",
	"fn",      "for",      "from",    "func",   "function", "go",    "group",    "having",
	"if",      "impl",     "import",  "in",     "include",  "int",   "is",       "join",
	"lambda",  "let",      "limit",   "long",   "loop",     "match", "mut",      "new",
	"nil",     "None",     "not",     "null",   "nullptr",  "on",    "or",       "order",
	"package", "pass",     "private", "pub",    "public",   "raise", "range",    "return",
	"select",  "self",     "short",   "signed", "static",   "std",   "string",   "struct",
	"switch",  "this",     "throw",   "true",   "True",     "try",   "type",     "undefined",
	"union",   "unsigned", "use",     "using",  "var",      "void",  "where",    "while",
	"with",    "yield",
};

struct name {
	const char *text;
	size_t len;
};

struct scanner {
	const char *cursor;
	bool has_hash_comments, has_dash_comments;
	bool after_dot; /* the name to come is a member's */
	enum before before;
	struct name *names; /* NAMES_MAX, in the order of their first appearance */
	size_t name_count;
	struct buf out;
};

static bool is_name_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
	return is_name_start(c) || isdigit((unsigned char)c);
}

static bool is_fixed(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(fixed_words) / sizeof(*fixed_words); i++)
		if (strlen(fixed_words[i]) == len && memcmp(fixed_words[i], text, len) == 0)
			return true;
	return false;
}

static size_t find_name(const struct scanner *scanner, const char *text, size_t len)
{
	size_t i = 0;

	while (i < scanner->name_count &&
	       (scanner->names[i].len != len || memcmp(scanner->names[i].text, text, len) != 0))
		i++;
	return i;
}

/*
 * Somebody else's names stay: members, and functions that are called and not defined here.
 * What is defined ("int max(", "def max(") has a name before it in its line.
 */
static bool is_foreign(const struct scanner *scanner, const char *text, size_t len)
{
	const char *next = scanner->cursor + strspn(scanner->cursor, " \t");

	if (scanner->after_dot || is_fixed(text, len))
		return true;
	return *next == '(' && scanner->before == BEFORE_SIGN &&
	       find_name(scanner, text, len) == scanner->name_count;
}

/* Words behind which a function's name is its definition. */
static bool is_type(const char *text, size_t len)
{
	static const char *const words[] = { "def",    "func", "function", "fn",     "int",
		                             "long",   "bool", "boolean",  "double", "float",
		                             "string", "void", "char" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
			return true;
	return false;
}

/* Writes a name of the candidate's as its number in order of appearance. */
static void add_own(struct scanner *scanner, const char *text, size_t len)
{
	const size_t number = find_name(scanner, text, len);

	if (number == NAMES_MAX) {
		buf_add(&scanner->out, text, len);
		return;
	}
	if (number == scanner->name_count)
		scanner->names[scanner->name_count++] = (struct name){ text, len };
	buf_printf(&scanner->out, "n%zu", number);
}

static void take_name(struct scanner *scanner)
{
	const char *start = scanner->cursor;
	size_t len;

	while (is_name_part(*scanner->cursor))
		scanner->cursor++;
	len = (size_t)(scanner->cursor - start);
	if (is_foreign(scanner, start, len))
		buf_add(&scanner->out, start, len);
	else
		add_own(scanner, start, len);
	buf_char(&scanner->out, ' ');
	scanner->before = is_type(start, len)    ? BEFORE_TYPE
	                  : is_fixed(start, len) ? BEFORE_SIGN
	                                         : BEFORE_NAME;
	scanner->after_dot = false;
}

/* Strings in single, double, triple and back quotes are part of what a program does. */
static void take_string(struct scanner *scanner)
{
	const char quote = *scanner->cursor, *start = scanner->cursor++;

	while (*scanner->cursor != '\0' && *scanner->cursor != quote &&
	       (quote == '`' || *scanner->cursor != '\n'))
		scanner->cursor += scanner->cursor[0] == '\\' && scanner->cursor[1] != '\0' ? 2 : 1;
	if (*scanner->cursor == quote)
		scanner->cursor++;
	buf_add(&scanner->out, start, (size_t)(scanner->cursor - start));
	buf_char(&scanner->out, ' ');
}

static bool skip_comment(struct scanner *scanner)
{
	const char *at = scanner->cursor, *end;

	if (at[0] == '/' && at[1] == '*') {
		end = strstr(at + 2, "*/");
		scanner->cursor = end != NULL ? end + 2 : at + strlen(at);
		return true;
	}
	if (!(scanner->has_hash_comments && at[0] == '#') &&
	    !(scanner->has_dash_comments && at[0] == '-' && at[1] == '-') &&
	    !(!scanner->has_hash_comments && at[0] == '/' && at[1] == '/'))
		return false;
	scanner->cursor = at + strcspn(at, "\n");
	return true;
}

static void take_sign(struct scanner *scanner)
{
	const char c = *scanner->cursor++;

	if (c == '\n')
		scanner->before = BEFORE_SIGN;
	if (isspace((unsigned char)c) || c == ';')
		return;
	scanner->after_dot = c == '.';
	/* "int *max(" and "List<int> max(" define as well. */
	if (scanner->before != BEFORE_TYPE || strchr("*&[]>", c) == NULL)
		scanner->before = BEFORE_SIGN;
	buf_char(&scanner->out, c);
}

static void take_number(struct scanner *scanner)
{
	const char *start = scanner->cursor;

	while (is_name_part(*scanner->cursor))
		scanner->cursor++;
	buf_add(&scanner->out, start, (size_t)(scanner->cursor - start));
	buf_char(&scanner->out, ' ');
	scanner->before = BEFORE_SIGN;
}

/* FNV-1a, 64 bits: it tells programs apart, it is no defence against who wants a collision. */
static uint64_t hash(const char *text)
{
	uint64_t value = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return value;
}

char *coding_fingerprint(struct arena *arena, const char *code_language, const char *code)
{
	struct scanner scanner = {
		.cursor = code,
		.names = arena_array(arena, NAMES_MAX, sizeof(*scanner.names)),
		.has_hash_comments = strcmp(code_language, "python") == 0,
		.has_dash_comments = strcmp(code_language, "sql") == 0,
	};

	buf_init(&scanner.out, arena);
	while (*scanner.cursor != '\0') {
		const char c = *scanner.cursor;

		if (skip_comment(&scanner))
			continue;
		if (is_name_start(c))
			take_name(&scanner);
		else if (isdigit((unsigned char)c))
			take_number(&scanner);
		else if (c == '"' || c == '\'' || c == '`')
			take_string(&scanner);
		else
			take_sign(&scanner);
	}
	if (scanner.out.len < FINGERPRINT_MIN)
		return arena_strdup(arena, "");
	return arena_printf(arena, "%s-%016" PRIx64, code_language, hash(scanner.out.data));
}
