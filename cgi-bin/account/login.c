/* Registering, logging in and out, the language of the pages. */
#include <string.h>

#include "account.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "sign_up.h"
#include "web/form.h"
#include "web/password.h"
#include "web/password_check.h"
#include "web/reply.h"
#include "web/second_factor.h"
#include "web/session.h"
#include "web/throttle.h"

/* --- log-in ------------------------------------------------------------------- */

const char *login_next(const char *next)
{
	if (next[0] != '/' || next[1] == '/' || strchr(next, '\\') != NULL)
		return "/profile";
	for (const char *p = next; *p != '\0'; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F)
			return "/profile";
	return next;
}

/* Where the visitor wanted to go; the form and the link to the other form carry it on. */
static void add_next(const struct request *request, cJSON *page)
{
	const char *next =
	        login_next(form_value(request, "next", request_query(request, "next", "/")));

	json_set_string(page, "next", next);
	if (strcmp(next, "/") != 0)
		json_set_string(page, "next_encoded", form_encode(request->arena, next));
}

static enum err show_login(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "username", form_value(request, "username", ""));
	add_next(request, page);
	return reply_page_status(request, status, "login", page);
}

static enum err get_login(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, login_next(request_query(request, "next", "")));
	return show_login(request, 200, NULL);
}

static enum err post_login(struct request *request)
{
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	const char *username, *next = login_next(form_value(request, "next", "/profile"));
	int wait_min = 0;
	enum err err = form_text(request, "username", 1, NAME_MAX, &username);

	if (err == OK)
		err = password_login(request, username, form_value(request, "password", ""), user,
		                     &wait_min);
	if (err == ERR_LIMITED)
		return show_login(request, 429, throttle_text(request, wait_min));
	if (err == ERR_LOGIN || err == ERR_INVALID)
		return show_login(
		        request, 401,
		        i18n(request->language, "The user name or the password is wrong."));
	if (err == OK && second_factor_is_on(user))
		return code_ask(request, user, next);
	if (err == OK)
		err = session_start(request, user);
	return err == OK ? reply_redirect(request, next) : err;
}

static enum err post_logout(struct request *request)
{
	enum err err = session_end(request);

	if (err != OK)
		return err;
	flash_set(request, FLASH_LOGGED_OUT);
	return reply_redirect(request, "/");
}

/* --- registration ------------------------------------------------------------- */

enum { SENT_TWICE_MS = 60 * 1000 };

static enum err show_register(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "username", form_value(request, "username", ""));
	json_set_string(page, "full_name", form_value(request, "full_name", ""));
	add_next(request, page);
	return reply_page_status(request, status, "register", page);
}

static enum err get_register(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, login_next(request_query(request, "next", "")));
	return show_register(request, 200, NULL);
}

/* What is wrong with the registration form, for the visitor; NULL if nothing. */
static const char *register_fault(const struct request *request, struct user *user)
{
	const char *fault;

	user->username = text_trimmed(request->arena, form_value(request, "username", ""));
	fault = sign_up_name_fault(request, user->username);
	if (fault != NULL)
		return fault;
	if (form_text(request, "full_name", 0, FULL_NAME_MAX, &user->full_name) != OK)
		return i18n(request->language,
		            "The full name is too long: 100 characters at most.");
	return password_fault(request, form_value(request, "password", ""), user->username);
}

/*
 * A form that was sent twice finds its own account taken: a log-in to one that is as new, and
 * counted as a log-in, so that nobody learns more here than there.
 */
static enum err enter_new(struct request *request, const char *username, struct user *ret_user)
{
	int wait_min;
	enum err err = user_by_name(request->store, request->arena, username, ret_user);

	if (err == OK && clock_now_ms() - ret_user->created_at > SENT_TWICE_MS)
		return ERR_CONFLICT;
	if (err == OK)
		err = password_login(request, username, form_value(request, "password", ""),
		                     ret_user, &wait_min);
	return err == OK && !second_factor_is_on(ret_user) ? OK : ERR_CONFLICT;
}

/* The wait was counted in vain a moment ago, so counting again takes nothing. */
static enum err show_full(struct request *request)
{
	int wait_min = 1;
	const enum err err = password_may_register(request, &wait_min);

	if (err != OK && err != ERR_LIMITED)
		return err;
	return show_register(
	        request, 429,
	        arena_printf(request->arena,
	                     i18n_plural(request->language,
	                                 "Too many accounts were opened from your network. "
	                                 "Please wait %d minute.",
	                                 "Too many accounts were opened from your network. "
	                                 "Please wait %d minutes.",
	                                 wait_min),
	                     wait_min));
}

/* To what the newcomer came for; for want of that, to the start of a first interview. */
static enum err enter_first(struct request *request)
{
	const char *next = form_value(request, "next", "/");

	if (strcmp(next, "/") != 0)
		return reply_redirect(request, login_next(next));
	flash_set(request, FLASH_WELCOME);
	return reply_redirect(request, "/interviews/new");
}

static enum err post_register(struct request *request)
{
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	const char *fault = register_fault(request, user), *username = user->username;
	enum err err;

	if (fault != NULL)
		return show_register(request, 400, fault);
	user->language = request->language;
	err = sign_up(request, user, form_value(request, "password", ""));
	if (err == ERR_LIMITED)
		return show_full(request);
	if (err == ERR_CONFLICT)
		err = enter_new(request, username, user);
	if (err == ERR_CONFLICT)
		return show_register(request, 409,
		                     i18n(request->language, "This user name is taken."));
	if (err == OK)
		err = session_start(request, user);
	if (err != OK)
		return err;
	return enter_first(request);
}

/* --- language ----------------------------------------------------------------- */

static enum err post_language(struct request *request)
{
	const char *code, *back = login_next(form_value(request, "back", "/"));
	enum language language;
	enum err err = form_choice(request, "language", "en ru uk", &code);

	if (err != OK)
		return err;
	language_parse(code, &language);
	session_set_cookie(request, "viva_lang", code, 365LL * 24 * 60 * 60);
	if (request->user != NULL)
		err = user_save_language(request->store, request->user->id, language);
	return err == OK ? reply_redirect(request, back) : err;
}

static const struct route routes[] = {
	{ POST, "/language", ANYONE, post_language, "language back" },
	{ GET, "/login", ANYONE, get_login, NULL },
	{ POST, "/login", ANYONE, post_login, "username password next" },
	{ POST, "/logout", CANDIDATE, post_logout, "" },
	{ GET, "/register", ANYONE, get_register, NULL },
	{ POST, "/register", ANYONE, post_register, "username full_name password next" },
};

const struct route_table login_routes = ROUTE_TABLE(routes);
