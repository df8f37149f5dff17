/* The second factor in the settings: switching it on and off, recovery codes. */
#include "account.h"
#include "base/json.h"
#include "store/login.h"
#include "view/factor_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/second_factor.h"
#include "web/session.h"
#include "web/throttle.h"

static enum err show_setup(struct request *request, int status, const char *error)
{
	const char *typed = form_value(request, "secret", "");
	const char *secret = second_factor_is_secret(typed) ? typed
	                                                    : second_factor_secret(request->arena);
	const char *uri = second_factor_uri(request->arena, request->user->username, secret);
	cJSON *page = factor_view_setup(request->arena, secret, uri, request->language);

	json_set_string(page, "error", error);
	return reply_page_status(request, status, "second_factor", page);
}

static enum err show_on(struct request *request, int status, const char *error)
{
	int left;
	const enum err err = recovery_left(request->store, request->user->id, &left);
	cJSON *page;

	if (err != OK)
		return err;
	page = factor_view_on(request->arena, left, request->language);
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

static enum err post_on(struct request *request)
{
	const char *codes[RECOVERY_CODES], *secret = form_value(request, "secret", "");
	enum err err;

	if (second_factor_is_on(request->user))
		return reply_redirect(request, "/settings/second-factor");
	if (!second_factor_is_secret(secret))
		return ERR_INVALID;
	err = second_factor_enable(request, secret, form_value(request, "code", ""), codes);
	if (err == ERR_LOGIN)
		return show_setup(request, 400, code_fault(request));
	return err == OK ? show_codes(request, codes) : err;
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
	err = second_factor_renew(request, codes);
	return err == OK ? show_codes(request, codes) : err;
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
		err = totp_disable(request->store, user->id);
	if (err != OK)
		return err;
	flash_set(request, FLASH_FACTOR_OFF);
	return reply_redirect(request, "/settings");
}

static const struct route routes[] = {
	{ GET, "/settings/second-factor", CANDIDATE, get_second_factor, NULL },
	{ POST, "/settings/second-factor", CANDIDATE, post_on, "secret code" },
	{ POST, "/settings/second-factor/codes", CANDIDATE, post_codes, "password" },
	{ POST, "/settings/second-factor/off", CANDIDATE, post_off, "password code" },
};

const struct route_table second_factor_routes = ROUTE_TABLE(routes);
