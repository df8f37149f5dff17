/* Accounts of others: disabling them, codes for who has lost the password. */
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/format.h"
#include "base/json.h"
#include "store/login.h"
#include "web/form.h"
#include "web/one_time.h"
#include "web/reply.h"
#include "web/session.h"

static const int64_t RESET_LIFE_MS = 24LL * 60 * 60 * 1000;

void accounts_add(const struct request *request, cJSON *page, const struct user *user)
{
	cJSON *account = json_set_object(page, "account");
	const bool is_own = strcmp(user->id, request->user->id) == 0;

	json_set_string(account, "id", user->id);
	json_set_bool(account, "is_disabled", user->is_disabled);
	json_set_bool(account, "may_disable", !is_own && !user->is_disabled);
	json_set_bool(account, "may_reset", !user->is_admin && !user->is_disabled);
	json_set_bool(account, "has_factor", user->totp_secret != NULL);
}

static enum err back(struct request *request, enum flash flash)
{
	flash_set(request, flash);
	return reply_redirect(request, arena_printf(request->arena, "/admin/participants/%s",
	                                            request->params[0]));
}

static enum err post_disable(struct request *request)
{
	enum err err;

	/* Nobody shuts out the last admin this way. */
	if (strcmp(request->params[0], request->user->id) == 0)
		return ERR_FORBIDDEN;
	err = user_set_disabled(request->store, request->params[0], true);
	return err == OK ? back(request, FLASH_DISABLED) : err;
}

static enum err post_enable(struct request *request)
{
	const enum err err = user_set_disabled(request->store, request->params[0], false);

	return err == OK ? back(request, FLASH_ENABLED) : err;
}

/* As this admin's browser knows the place. What follows the # stays in browsers. */
static const char *reset_link(const struct request *request, const char *code)
{
	return arena_printf(request->arena, "%s://%s%s/reset#%s",
	                    request->is_https ? "https" : "http",
	                    request_param(request, "HTTP_HOST"), config()->base_path, code);
}

/* The answer itself shows the code: it is kept nowhere, so no other page could. */
static enum err show_reset(struct request *request, const struct user *user, const char *code,
                           const struct password_reset *reset)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", user->id);
	json_set_string(page, "username", user->username);
	json_set_string(page, "link", reset_link(request, code));
	json_set_string(page, "code", code);
	json_set_string(page, "until", format_date(request->arena, reset->expires_at));
	json_set_bool(page, "drops_factor", reset->drops_factor);
	json_set_bool(page, "is_shown_once", true);
	return reply_page(request, "reset_code", page);
}

/* Not for other admins: that is the operator's, `viva user reset`. */
static enum err post_reset(struct request *request)
{
	const char *code = one_time_code(request->arena);
	struct password_reset reset = {
		.code_hash = one_time_hash(request->arena, code),
		.issued_by = request->user->id,
		.expires_at = clock_now_ms() + RESET_LIFE_MS,
		.drops_factor = form_find(&request->form, "factor") != NULL,
	};
	struct user user;
	enum err err = user_by_id(request->store, request->arena, request->params[0], &user);

	if (err == OK && (user.is_admin || user.is_disabled))
		err = ERR_FORBIDDEN;
	if (err != OK)
		return err;
	reset.user_id = user.id;
	err = reset_issue(request->store, &reset);
	return err == OK ? show_reset(request, &user, code, &reset) : err;
}

static const struct route routes[] = {
	{ POST, "/admin/participants/*/disable", ADMIN, post_disable, "" },
	{ POST, "/admin/participants/*/enable", ADMIN, post_enable, "" },
	{ POST, "/admin/participants/*/reset", ADMIN, post_reset, "factor" },
};

const struct route_table account_routes = ROUTE_TABLE(routes);
