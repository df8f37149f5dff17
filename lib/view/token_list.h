/* Personal tokens for the page that lists and makes them. */
#ifndef VIVA_VIEW_TOKEN_LIST_H
#define VIVA_VIEW_TOKEN_LIST_H

#include <cjson/cJSON.h>

#include "store/token.h"

/* Adds `tokens`, `has_tokens` and `is_full` (no more may be made) to the page. */
void token_list_add(struct arena *arena, cJSON *page, const struct personal_token_list *list,
                    enum language language);

/* What the form shows as chosen. */
struct token_choice {
	const char *scope, *days;
	bool is_admin; /* the scope admin may be chosen */
};

/* Adds the form's `scopes` and `lifetimes`. */
void token_list_choices(struct arena *arena, cJSON *page, const struct token_choice *choice,
                        enum language language);

#endif
