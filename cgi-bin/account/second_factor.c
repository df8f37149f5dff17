/* The second factor in the settings: switching it on and off, recovery codes. */
#include <string.h>

#include "account.h"
#include "base/json.h"
#include "store/login.h"
#include "view/factor_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/second_factor.h"
#include "web/session.h"
#include "web/throttle.h"
#include "web/token.h"
#include "web/trail.h"

enum { SEED_BYTES = 16, SETUP_S = 60 * 60 };

static const char COOKIE[] = "viva_setup";

/* The same until it is switched on, so that an app keeps the key it has when a page is reloaded. */
static const char *pending_secret(struct request *request)
{
	const char *seed = request_cookie(request, COOKIE);

	if (strlen(seed) != SEED_BYTES * 2) {
		seed = token_random(request->arena, SEED_BYTES);
		session_set_cookie(request, COOKIE, seed, SETUP_S);
	}
	return second_factor_secret(request->arena, request->csrf_key,
	                            arena_printf(request->arena, "%s %s", request->user->id, seed));
}

static enum err show_setup(struct request *request, int status, const char *error)
{
	const char *typed = form_value(request, "secret", "");
	const char *secret = second_factor_is_secret(typed) ? typed : pending_secret(request);
	const char *uri = second_factor_uri(request->arena, request->user->username, secret);
	cJSON *page = factor_view_setup(request->arena, secret, uri, request->language);

	json_set_string(page, "error", error);
	return reply_page_status(request, status, "second_factor", page);
}

static enum err show_on(struct request *request, int status, const char *error)
{
	int left;
	const char *set;
	enum err err = recovery_left(request->store, request->user->id, &left);
	cJSON *page;

	if (err == OK)
		err = second_factor_set(request, &set);
	if (err != OK)
		return err;
	page = factor_view_on(request->arena, left, request->language);
	json_set_string(page, "set", set);
	json_set_string(page, "error", error);
	return reply_page_status(request, status, "second_factor", page);
}

static enum err show(struct request *request, int status, const char *error)
{
	return second_factor_is_on(request->user) ? show_on(request, status, error)
	                                          : show_setup(request, status, error);
}

/* Shown as the answer itself: what stands here is kept nowhere, so no other page could. */
static enum err show_codes(struct request *request, const char *const codes[RECOVERY_CODES])
{
	cJSON *page = factor_view_codes(codes, RECOVERY_CODES);

	json_set_string(page, "encoded",
	                form_encode(request->arena,
	                            factor_view_file(request->arena, codes, RECOVERY_CODES)));
	json_set_bool(page, "is_shown_once", true);
	return reply_page(request, "recovery_codes", page);
}

static enum err get_second_factor(struct request *request)
{
	return show(request, 200, NULL);
}

static const char *code_fault(const struct request *request)
{
	return i18n(request->language, "This code is wrong or was used before. The app shows a new "
	                               "one every 30 seconds.");
}

/* For who sends a form again: a double click, a reload of the page of codes, another tab. */
static enum err show_was_shown(struct request *request)
{
	return show_on(request, 409,
	               i18n(request->language,
	                    "This form was sent before, and its recovery codes were shown then. "
	                    "Whoever has not kept them makes new ones below."));
}

static enum err post_on(struct request *request)
{
	const char *codes[RECOVERY_CODES], *secret = form_value(request, "secret", ""), *fault;
	enum err err;

	if (second_factor_is_on(request->user))
		return show_was_shown(request);
	if (!second_factor_is_secret(secret))
		return ERR_INVALID;
	fault = account_password_fault(request, "password");
	if (fault != NULL)
		return show_setup(request, 403, fault);
	err = second_factor_enable(request, secret, form_value(request, "code", ""), codes);
	if (err == ERR_LOGIN)
		return show_setup(request, 400, code_fault(request));
	if (err == ERR_CONFLICT)
		return show_was_shown(request);
	if (err == OK)
		err = trail_account(request, request->user, "factor.on");
	if (err != OK)
		return err;
	session_set_cookie(request, COOKIE, "", 0);
	return show_codes(request, codes);
}

static enum err post_codes(struct request *request)
{
	const char *codes[RECOVERY_CODES], *fault;
	enum err err;

	if (!second_factor_is_on(request->user))
		return reply_redirect(request, "/settings/second-factor");
	fault = account_password_fault(request, "password");
	if (fault != NULL)
		return show(request, 403, fault);
	err = second_factor_renew(request, form_value(request, "set", ""), codes);
	if (err == ERR_CONFLICT)
		return show_was_shown(request);
	if (err == OK)
		err = trail_account(request, request->user, "factor.codes");
	return err == OK ? show_codes(request, codes) : err;
}

static enum err switch_off(struct request *request)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = totp_disable(request->store, request->user->id);
	if (err == OK)
		err = trail_account(request, request->user, "factor.off");
	return err == OK ? store_commit(request->store) : err;
}

static enum err post_off(struct request *request)
{
	const struct user *user = request->user;
	const char *fault;
	int wait_min = 0;
	enum err err;

	if (!second_factor_is_on(user))
		return reply_redirect(request, "/settings/second-factor");
	fault = account_password_fault(request, "password");
	if (fault != NULL)
		return show(request, 403, fault);
	err = second_factor_check(request, user, form_value(request, "code", ""), &wait_min);
	if (err == ERR_LIMITED)
		return show(request, 429, throttle_text(request, wait_min));
	if (err == ERR_LOGIN)
		return show(request, 403, code_fault(request));
	if (err == OK)
		err = switch_off(request);
	if (err != OK)
		return err;
	flash_set(request, FLASH_FACTOR_OFF);
	return reply_redirect(request, "/settings");
}

static const struct route routes[] = {
	{ GET, "/settings/second-factor", CANDIDATE, get_second_factor, NULL },
	{ POST, "/settings/second-factor", CANDIDATE, post_on, "secret password code" },
	{ POST, "/settings/second-factor/codes", CANDIDATE, post_codes, "set password" },
	{ POST, "/settings/second-factor/off", CANDIDATE, post_off, "password code" },
};

const struct route_table second_factor_routes = ROUTE_TABLE(routes);
