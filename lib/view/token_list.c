#include "view/token_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "view/options.h"

static const char *const lifetimes[] = { "7", "30", "90", "366" };

static const char *scope_name(enum language language, const char *scope)
{
	if (strcmp(scope, "admin") == 0)
		return i18n(language, "Everything, also what admins may do");
	return strcmp(scope, "write") == 0 ? i18n(language, "Read and change")
	                                   : i18n(language, "Read only");
}

void token_list_add(struct arena *arena, cJSON *page, const struct personal_token_list *list,
                    enum language language)
{
	cJSON *rows = json_set_array(page, "tokens");

	for (size_t i = 0; i < list->count; i++) {
		const struct personal_token *token = &list->items[i];
		cJSON *row = json_add_object(rows);

		json_set_string(row, "id", token->id);
		json_set_string(row, "name", token->name);
		json_set_string(row, "scope", scope_name(language, token->scope));
		json_set_string(row, "made", format_date(arena, token->created_at));
		json_set_string(row, "used",
		                token->seen_at != 0 ? format_date(arena, token->seen_at)
		                                    : i18n(language, "never"));
		json_set_string(row, "ends", format_date(arena, token->expires_at));
	}
	json_set_bool(page, "has_tokens", list->count > 0);
	json_set_bool(page, "is_full", list->count >= PERSONAL_TOKENS_MAX);
}

void token_list_choices(struct arena *arena, cJSON *page, const struct token_choice *choice,
                        enum language language)
{
	cJSON *scopes = json_set_array(page, "scopes");
	cJSON *ends = json_set_array(page, "lifetimes");

	options_add(scopes, "read", scope_name(language, "read"), choice->scope);
	options_add(scopes, "write", scope_name(language, "write"), choice->scope);
	if (choice->is_admin)
		options_add(scopes, "admin", scope_name(language, "admin"), choice->scope);
	for (size_t i = 0; i < sizeof(lifetimes) / sizeof(lifetimes[0]); i++) {
		const int days = atoi(lifetimes[i]);

		options_add(
		        ends, lifetimes[i],
		        arena_printf(arena, i18n_plural(language, "%d day", "%d days", days), days),
		        choice->days);
	}
}
