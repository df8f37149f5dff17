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
#include "web/trail.h"

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

static enum err set_disabled(struct request *request, bool is_disabled)
{
	const struct audit_subject person = { AUDIT_USER, request->params[0] };
	enum err err = store_begin(request->store);

	if (err == OK)
		err = user_set_disabled(request->store, person.id, is_disabled);
	if (err == OK)
		err = trail_add(request, is_disabled ? "user.disable" : "user.enable", person,
		                NULL);
	if (err == OK)
		err = store_commit(request->store);
	return err == OK ? back(request, is_disabled ? FLASH_DISABLED : FLASH_ENABLED) : err;
}

static enum err post_disable(struct request *request)
{
	/* Nobody shuts out the last admin this way. */
	if (strcmp(request->params[0], request->user->id) == 0)
		return ERR_FORBIDDEN;
	return set_disabled(request, true);
}

static enum err post_enable(struct request *request)
{
	return set_disabled(request, false);
}

/* What follows the # stays in browsers. */
static const char *reset_link(const struct request *request, const char *code)
{
	return arena_printf(request->arena, "%s/reset#%s", request_origin(request), code);
}

/* The answer itself shows the code: it is kept nowhere, so no other page could. */
static enum err show_reset(struct request *request, struct user *user, const char *code,
                           const struct password_reset *reset)
{
	cJSON *page = cJSON_CreateObject();
	bool is_hidden;
	const enum err err = blind_user(request, user, &is_hidden);

	if (err != OK)
		return err;

	json_set_string(page, "id", user->id);
	json_set_string(page, "username", user->username);
	json_set_string(page, "link", reset_link(request, code));
	json_set_string(page, "code", code);
	json_set_string(page, "until", format_date(request->arena, reset->expires_at));
	json_set_bool(page, "drops_factor", reset->drops_factor);
	json_set_bool(page, "is_shown_once", true);
	return reply_page(request, "reset_code", page);
}

static enum err issue(struct request *request, const struct password_reset *reset)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = reset_issue(request->store, reset);
	if (err == OK)
		err = trail_add(request, "user.reset",
		                (struct audit_subject){ AUDIT_USER, reset->user_id },
		                reset->drops_factor ? "{\"drops_factor\":true}" : NULL);
	return err == OK ? store_commit(request->store) : err;
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
	err = issue(request, &reset);
	return err == OK ? show_reset(request, &user, code, &reset) : err;
}

static const struct route routes[] = {
	{ POST, "/admin/participants/*/disable", ADMIN, post_disable, "" },
	{ POST, "/admin/participants/*/enable", ADMIN, post_enable, "" },
	{ POST, "/admin/participants/*/reset", ADMIN, post_reset, "factor" },
};

const struct route_table account_routes = ROUTE_TABLE(routes);
