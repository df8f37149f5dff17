#include "tokens.h"

#include <ctype.h>
#include <string.h>

struct scanner {
	enum code_syntax syntax;
	const char *at;
	int line, depth;
	struct tokens *tokens;
};

bool token_is(const struct tokens *tokens, size_t index, const char *text)
{
	const struct token *token;

	if (index >= tokens->count)
		return false;
	token = &tokens->items[index];
	return token->len == strlen(text) &&
	       memcmp(tokens->code + token->start, text, token->len) == 0;
}

static bool starts(const char *at, const char *prefix)
{
	return strncmp(at, prefix, strlen(prefix)) == 0;
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || ((unsigned char)c & 0x80) != 0;
}

/* Past a comment that begins here; the same place when none does. */
static const char *skip_comment(const struct scanner *scanner)
{
	const char *const line[] = { "#", "//", "--" };
	const char *at = scanner->at, *end;

	if (starts(at, line[scanner->syntax]))
		return at + strcspn(at, "\n");
	if (scanner->syntax == SYNTAX_PYTHON || !starts(at, "/*"))
		return at;
	end = strstr(at + 2, "*/");
	return end == NULL ? at + strlen(at) : end + 2;
}

/* A slash begins a regular expression where a value is expected. */
static bool begins_regex(const struct scanner *scanner)
{
	const struct tokens *tokens = scanner->tokens;
	size_t last = tokens->count - 1;

	if (scanner->syntax != SYNTAX_JAVASCRIPT || *scanner->at != '/')
		return false;
	if (tokens->count == 0 || token_is(tokens, last, "return"))
		return true;
	return tokens->items[last].kind == TOKEN_SIGN && !token_is(tokens, last, ")") &&
	       !token_is(tokens, last, "]") && !token_is(tokens, last, "}");
}

static const char *regex_end(const char *at)
{
	bool in_class = false;

	for (at++; *at != '\0' && *at != '\n' && (in_class || *at != '/'); at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '[' || *at == ']')
			in_class = *at == '[';
	}
	if (*at == '/')
		at++;
	while (is_word_char(*at))
		at++;
	return at;
}

static const char *string_end(const struct scanner *scanner)
{
	const char *at = scanner->at, *end;
	char quote = *at, triple[] = { quote, quote, quote, '\0' };

	if (scanner->syntax == SYNTAX_PYTHON && starts(at, triple)) {
		end = strstr(at + 3, triple);
		return end == NULL ? at + strlen(at) : end + 3;
	}
	for (at++; *at != '\0' && *at != quote; at++)
		if (*at == '\\' && scanner->syntax != SYNTAX_SQL && at[1] != '\0')
			at++;
	return *at == '\0' ? at : at + 1;
}

static const char *sign_end(const char *at)
{
	static const char *const signs[] = { "===", "!==", "**=", "//=", "...", "==", "!=",
		                             "<=",  ">=",  "<>",  "=>",  "->",  "&&", "||",
		                             "??",  "?.",  "++",  "--",  "+=",  "-=", "*=",
		                             "/=",  "%=",  "**",  "//",  "<<",  ">>", ":=" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (starts(at, signs[i]))
			return at + strlen(signs[i]);
	return at + 1;
}

static void add(struct scanner *scanner, enum token_kind kind, const char *end)
{
	struct tokens *tokens = scanner->tokens;
	char c = *scanner->at;

	if (kind == TOKEN_SIGN && strchr(")]}", c) != NULL)
		scanner->depth--;
	tokens->items[tokens->count++] = (struct token){
		.kind = kind,
		.start = (size_t)(scanner->at - tokens->code),
		.len = (size_t)(end - scanner->at),
		.line = scanner->line,
		.depth = scanner->depth,
	};
	if (kind == TOKEN_SIGN && strchr("([{", c) != NULL)
		scanner->depth++;
}

static void scan_token(struct scanner *scanner)
{
	const char *quotes = scanner->syntax == SYNTAX_JAVASCRIPT ? "\"'`" : "\"'";
	const char *end = scanner->at;

	if (strchr(quotes, *end) != NULL || begins_regex(scanner)) {
		end = strchr(quotes, *end) != NULL ? string_end(scanner) : regex_end(end);
		add(scanner, TOKEN_STRING, end);
	} else if (is_word_char(*end)) {
		bool is_number = isdigit((unsigned char)*end);

		while (is_word_char(*end) || (is_number && *end == '.'))
			end++;
		add(scanner, is_number ? TOKEN_NUMBER : TOKEN_WORD, end);
	} else {
		end = sign_end(end);
		add(scanner, TOKEN_SIGN, end);
	}
	for (; scanner->at < end; scanner->at++)
		scanner->line += *scanner->at == '\n';
}

void tokens_scan(struct arena *arena, enum code_syntax syntax, const char *code,
                 struct tokens *ret_tokens)
{
	struct tokens tokens = { .code = code };
	struct scanner scanner = { .syntax = syntax, .at = code, .line = 1, .tokens = &tokens };

	tokens.items = arena_array(arena, strlen(code) + 1, sizeof(*tokens.items));
	while (*scanner.at != '\0') {
		const char *past = skip_comment(&scanner);

		if (past == scanner.at && isspace((unsigned char)*past))
			past++;
		if (past == scanner.at) {
			scan_token(&scanner);
			continue;
		}
		for (; scanner.at < past; scanner.at++)
			scanner.line += *scanner.at == '\n';
	}
	*ret_tokens = tokens;
}
