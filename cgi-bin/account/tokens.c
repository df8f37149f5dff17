/* Personal tokens: what a person makes for programs of theirs. */
#include <string.h>

#include "account.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "store/token.h"
#include "view/token_list.h"
#include "web/bearer.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"
#include "web/trail.h"

enum { NAME_CHARS = 60, NONCE_BYTES = 16, NONCE_MAX = 80 };

static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;
static const int64_t NONCE_AGE_MS = 60LL * 60 * 1000;

/* "<when it was made>-<random>" */
static const char *new_nonce(struct request *request)
{
	return arena_printf(request->arena, "%lld-%s", (long long)clock_now_ms(),
	                    token_random(request->arena, NONCE_BYTES));
}

static enum err show_tokens(struct request *request, int status, cJSON *page)
{
	const struct token_choice choice = {
		.scope = form_value(request, "scope", "read"),
		.days = form_value(request, "days", "90"),
		.is_admin = request->user->is_admin,
	};
	struct personal_token_list list;
	enum err err = personal_token_list(request->store, request->arena, request->user->id,
	                                   &list);

	if (err != OK)
		return err;
	token_list_add(request->arena, page, &list, request->language);
	token_list_choices(request->arena, page, &choice, request->language);
	json_set_string(page, "nonce", new_nonce(request));
	if (status != 200)
		json_set_string(page, "typed_name", form_value(request, "name", ""));
	return reply_page_status(request, status, "tokens", page);
}

static enum err get_tokens(struct request *request)
{
	return show_tokens(request, 200, cJSON_CreateObject());
}

static enum err show_fault(struct request *request, int status, const char *fault)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", i18n(request->language, fault));
	return show_tokens(request, status, page);
}

/*
 * The token follows from the form's nonce and a key of ours: a form that is sent twice makes
 * one token and shows it both times. A nonce ends soon, so that none comes back long after it
 * was revoked.
 */
static const char *token_of(struct request *request, const char *nonce)
{
	const char *message = arena_printf(request->arena, "personal token %s %s",
	                                   request->user->id, nonce);

	return arena_printf(request->arena, BEARER_PERSONAL "%s",
	                    token_sign(request->arena, request->csrf_key, message));
}

static bool is_nonce(struct request *request, const char *nonce)
{
	const size_t digits = strcspn(nonce, "-");
	long long made;

	return strlen(nonce) == digits + 1 + (size_t)NONCE_BYTES * 2 && strlen(nonce) < NONCE_MAX &&
	       text_integer(arena_copy(request->arena, nonce, digits),
	                    clock_now_ms() - NONCE_AGE_MS, clock_now_ms(), &made);
}

/* What is wrong with the form; NULL: nothing. */
static const char *read_form(struct request *request, struct personal_token *token)
{
	int days;

	if (form_text(request, "name", 1, NAME_CHARS, &token->name) != OK)
		return N_("A token needs a name of 1 to 60 characters.");
	if (form_choice(request, "scope",
	                request->user->is_admin ? "read write admin" : "read write",
	                &token->scope) != OK)
		return N_("Choose what the token may do.");
	if (form_integer(request, "days", (struct form_range){ 1, 366, 0 }, &days) != OK ||
	    days == 0)
		return N_("A token ends after 1 to 366 days.");
	if (!is_nonce(request, form_value(request, "nonce", "")))
		return N_("This page was open for too long. Please send the form again.");
	token->user_id = request->user->id;
	token->expires_at = clock_now_ms() + days * DAY_MS;
	return NULL;
}

static enum err post_token(struct request *request)
{
	struct personal_token token = { 0 };
	cJSON *page = cJSON_CreateObject();
	const char *fault = read_form(request, &token), *secret;
	enum err err;

	if (fault != NULL)
		return show_fault(request, 400, fault);
	secret = token_of(request, form_value(request, "nonce", ""));
	token.token_hash = token_hash(request->arena, secret);
	err = personal_token_add(request->store, request->arena, &token);
	if (err == ERR_LIMITED)
		return show_fault(request, 409,
		                  N_("You have as many tokens as one person may have. Revoke one "
		                     "first."));
	if (err == ERR_CONFLICT)
		err = personal_token_same(request->store, &token);
	if (err == ERR_NOT_FOUND)
		return show_fault(request, 409,
		                  N_("This form made a token already. Please send it again to make "
		                     "another one."));
	if (err == OK)
		err = trail_account(request, request->user, "token.create");
	if (err != OK)
		return err;
	json_set_bool(page, "is_shown_once", true);
	json_set_string(page, "secret", secret);
	json_set_string(page, "secret_name", token.name);
	return show_tokens(request, 200, page);
}

static enum err post_revoke(struct request *request)
{
	enum err err = personal_token_delete(request->store, request->user->id, request->params[0]);

	if (err == OK)
		err = trail_account(request, request->user, "token.revoke");
	if (err != OK && err != ERR_NOT_FOUND) /* gone already, as when the form comes twice */
		return err;
	flash_set(request, FLASH_TOKEN_REVOKED);
	return reply_redirect(request, "/settings/tokens");
}

static const struct route routes[] = {
	{ GET, "/settings/tokens", CANDIDATE, get_tokens, NULL },
	{ POST, "/settings/tokens", CANDIDATE, post_token, "name scope days nonce" },
	{ POST, "/settings/tokens/*/revoke", CANDIDATE, post_revoke, "" },
};

const struct route_table tokens_routes = ROUTE_TABLE(routes);
