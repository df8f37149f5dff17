/* The second step of a log-in: a code of the app or a recovery code. */
#include "account.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/login.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/second_factor.h"
#include "web/session.h"
#include "web/throttle.h"
#include "web/token.h"

enum { TOKEN_BYTES = 32, LIFE_S = 5 * 60 };

static const char COOKIE[] = "viva_challenge";

static const char *page_path(struct request *request, const char *page, const char *next)
{
	return arena_printf(request->arena, "%s?next=%s", page, form_encode(request->arena, next));
}

enum err code_ask(struct request *request, const struct user *user, const char *next)
{
	const char *token = token_random(request->arena, TOKEN_BYTES);
	enum err err = challenge_add(request->store, token_hash(request->arena, token), user->id,
	                             clock_now_ms() + LIFE_S * 1000);

	if (err != OK)
		return err;
	session_set_cookie(request, COOKIE, token, LIFE_S);
	return reply_redirect(request, page_path(request, "/login/code", next));
}

static const char *next_of(const struct request *request)
{
	return login_next(form_value(request, "next", request_query(request, "next", "/profile")));
}

/* Without a password that was right there is nothing to prove here. */
static enum err start_again(struct request *request)
{
	session_set_cookie(request, COOKIE, "", 0);
	flash_set(request, FLASH_LOGIN_AGAIN);
	return reply_redirect(request, page_path(request, "/login", next_of(request)));
}

static enum err show_code(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "next", next_of(request));
	json_set_string(page, "next_encoded", form_encode(request->arena, next_of(request)));
	return reply_page_status(request, status, "login_code", page);
}

static enum err find_challenge(struct request *request, const char **ret_hash,
                               struct user *ret_user)
{
	*ret_hash = token_hash(request->arena, request_cookie(request, COOKIE));
	return challenge_user(request->store, request->arena, *ret_hash, ret_user);
}

static enum err get_code(struct request *request)
{
	struct user user;
	const char *hash;
	enum err err;

	if (request->user != NULL)
		return reply_redirect(request, next_of(request));
	err = find_challenge(request, &hash, &user);
	if (err == ERR_NOT_FOUND)
		return start_again(request);
	return err == OK ? show_code(request, 200, NULL) : err;
}

static enum err wrong_code(struct request *request)
{
	struct user user;
	const char *hash;
	const enum err err = find_challenge(request, &hash, &user);

	if (err == ERR_NOT_FOUND)
		return start_again(request);
	if (err != OK)
		return err;
	return show_code(request, 401,
	                 i18n(request->language, "This code is wrong or was used before. The app "
	                                         "shows a new one every 30 seconds."));
}

static enum err enter(struct request *request, const char *hash, struct user *user)
{
	enum err err = challenge_delete(request->store, hash);

	if (err == OK)
		err = session_start(request, user);
	if (err != OK)
		return err;
	session_set_cookie(request, COOKIE, "", 0);
	return reply_redirect(request, next_of(request));
}

static enum err post_code(struct request *request)
{
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	const char *hash;
	int wait_min = 0;
	enum err err = find_challenge(request, &hash, user);

	if (err == OK)
		err = challenge_try(request->store, hash);
	if (err == ERR_NOT_FOUND)
		return start_again(request);
	if (err == OK)
		err = second_factor_check(request, user, form_value(request, "code", ""),
		                          &wait_min);
	if (err == ERR_LIMITED)
		return show_code(request, 429, throttle_text(request, wait_min));
	if (err == ERR_LOGIN)
		return wrong_code(request);
	return err == OK ? enter(request, hash, user) : err;
}

static const struct route routes[] = {
	{ GET, "/login/code", ANYONE, get_code, NULL },
	{ POST, "/login/code", ANYONE, post_code, "code next" },
};

const struct route_table code_routes = ROUTE_TABLE(routes);
