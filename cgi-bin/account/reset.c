/* A new password for who has a code of an admin. */
#include <string.h>

#include "account.h"
#include "base/config.h"
#include "base/json.h"
#include "store/login.h"
#include "web/form.h"
#include "web/one_time.h"
#include "web/password.h"
#include "web/password_check.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/throttle.h"
#include "web/trail.h"

static enum err show_reset(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "code", form_value(request, "code", ""));
	return reply_page_status(request, status, "reset", page);
}

static enum err get_reset(struct request *request)
{
	return show_reset(request, 200, NULL);
}

/* What is wrong with the new password of a user; NULL: nothing. */
static const char *new_password_fault(const struct request *request, const struct user *user)
{
	const char *password = form_value(request, "password", "");

	if (strcmp(password, form_value(request, "password_again", "")) != 0)
		return i18n(request->language, "The two passwords differ.");
	return password_fault(request, password, user->username);
}

/* Wrong codes are counted, right ones are not. */
static enum err find_user(struct request *request, const char *hash, struct user *ret_user,
                          int *ret_wait_min)
{
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "reset:%s", throttle_network(request)),
		.allowed = config()->login_tries,
		.window_ms = (int64_t)config()->login_pause_s * 1000,
	};
	enum err err = throttle_count(request, &throttle, 1, ret_wait_min);

	if (err == OK)
		err = reset_user(request->store, request->arena, hash, ret_user);
	return err == OK ? throttle_give_back(request->store, &throttle, 1) : err;
}

static enum err show_unknown(struct request *request)
{
	return show_reset(request, 400,
	                  i18n(request->language, "This code does not count, or no longer: please "
	                                          "ask for a new one."));
}

static enum err post_reset(struct request *request)
{
	const char *hash = one_time_hash(request->arena, form_value(request, "code", ""));
	const char *fault, *password = NULL;
	struct user user;
	int wait_min = 0;
	enum err err = find_user(request, hash, &user, &wait_min);

	if (err == ERR_LIMITED)
		return show_reset(request, 429, throttle_text(request, wait_min));
	if (err == ERR_NOT_FOUND)
		return show_unknown(request);
	if (err != OK)
		return err;
	fault = new_password_fault(request, &user);
	if (fault != NULL)
		return show_reset(request, 400, fault);
	err = password_hash(request->arena, form_value(request, "password", ""), &password);
	if (err == OK)
		err = reset_use(request->store, request->arena, hash, password);
	if (err == ERR_NOT_FOUND)
		return show_unknown(request);
	if (err == OK)
		err = trail_account(request, &user, "password.reset");
	if (err != OK)
		return err;
	flash_set(request, FLASH_PASSWORD_SET);
	return reply_redirect(request, "/login");
}

static const struct route routes[] = {
	{ GET, "/reset", ANYONE, get_reset, NULL },
	{ POST, "/reset", ANYONE, post_reset, "code password password_again" },
};

const struct route_table reset_routes = ROUTE_TABLE(routes);
