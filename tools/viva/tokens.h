/* Words, numbers and signs of Python, JavaScript and SQL code; strings and comments in between. */
#ifndef VIVA_TOOLS_TOKENS_H
#define VIVA_TOOLS_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_SIGN, TOKEN_STRING };

struct token {
	enum token_kind kind;
	size_t start, len;
	int line;  /* from 1 */
	int depth; /* of brackets around it; a bracket counts as outside */
};

struct tokens {
	const char *code;
	struct token *items;
	size_t count;
};

enum code_syntax { SYNTAX_PYTHON, SYNTAX_JAVASCRIPT, SYNTAX_SQL };

/* Cuts the code into tokens; comments and white space are left out, template strings
 * and regular expressions are strings. */
void tokens_scan(struct arena *arena, enum code_syntax syntax, const char *code,
                 struct tokens *ret_tokens);

/* True if the token has exactly this text. */
bool token_is(const struct tokens *tokens, size_t index, const char *text);

#endif
