/* The API's door: accounts, log-ins of programs and their tokens. */
#include <string.h>

#include "account.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "person.h"
#include "sign_up.h"
#include "store/token.h"
#include "web/access_token.h"
#include "web/api.h"
#include "web/password.h"
#include "web/password_check.h"
#include "web/reply.h"
#include "web/second_factor.h"
#include "web/throttle.h"
#include "web/token.h"
#include "web/trail.h"

enum { REFRESH_BYTES = 32, TOKEN_CHARS = 200, CODE_CHARS = 40, AGENT_CHARS = 200 };

static const int64_t DAY_S = 24LL * 60 * 60;

/* --- registration ----------------------------------------------------------------- */

static enum err read_password(struct request *request, size_t min, const char **ret_password)
{
	const struct api_text wish = { "password", min, PASSWORD_MAX, NULL };

	return api_verbatim(request, &wish, ret_password);
}

static void note_rule(struct request *request, const char *name, const char *fault)
{
	if (fault != NULL)
		api_fault(request, name, fault);
}

/* All faults at once; ERR_INVALID when there is any. */
static enum err read_new_user(struct request *request, struct user *user, const char **ret_password)
{
	const struct api_text name = { "username", NAME_MIN, NAME_MAX, NULL };
	const struct api_text full_name = { "full_name", 0, FULL_NAME_MAX, "" };
	const struct api_choice language = { "language", "en ru uk",
		                             language_code(request->language) };
	const char *code = "";

	user->username = "";
	if (api_text(request, &name, &user->username) == OK)
		note_rule(request, "username", sign_up_name_fault(request, user->username));
	if (read_password(request, PASSWORD_MIN, ret_password) == OK)
		note_rule(request, "password",
		          password_fault(request, *ret_password, user->username));
	api_text(request, &full_name, &user->full_name);
	if (api_choice(request, &language, &code) == OK)
		language_parse(code, &user->language);
	return api_outcome(request);
}

static enum err post_register(struct request *request)
{
	struct user user = { 0 };
	const char *password = "";
	enum err err = read_new_user(request, &user, &password);

	if (err == OK)
		err = sign_up(request, &user, password);
	if (err == ERR_CONFLICT)
		api_fault(request, NULL, i18n(request->language, "This user name is taken."));
	if (err != OK)
		return err;
	return api_reply_created(request, "/api/me", person_document(request->arena, &user));
}

/* --- tokens ------------------------------------------------------------------------ */

static enum err reply_tokens(struct request *request, const struct access_claims *who,
                             const char *refresh_token)
{
	struct access_claims claims = *who;
	cJSON *answer = cJSON_CreateObject();
	const char *token;
	enum err err;

	claims.issued_at = clock_now_ms() / 1000;
	claims.expires_at = claims.issued_at + ACCESS_TOKEN_S;
	err = access_token_make(request->arena, request->jwt_key, &claims, &token);
	if (err != OK)
		return err;
	json_set_string(answer, "access_token", token);
	json_set_string(answer, "token_type", "Bearer");
	json_set_number(answer, "expires_in", ACCESS_TOKEN_S);
	json_set_string(answer, "refresh_token", refresh_token);
	json_set_number(answer, "refresh_expires_in", (double)(config()->session_days * DAY_S));
	return api_reply(request, 200, answer);
}

static int64_t refresh_expiry(void)
{
	return clock_now_ms() + config()->session_days * DAY_S * 1000;
}

/* A log-in and, of an admin, its entry in the audit log come to be together. */
static enum err keep_family(struct request *request, const struct user *user,
                            struct token_family *family, const char *refresh_token)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = token_family_add(request->store, request->arena, family,
		                       token_hash(request->arena, refresh_token));
	if (err == OK)
		err = trail_account(request, user, "admin.log-in");
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

static enum err begin_family(struct request *request, const struct user *user)
{
	const char *refresh_token = token_random(request->arena, REFRESH_BYTES);
	const char *agent = text_shortened(request->arena,
	                                   request_param(request, "HTTP_USER_AGENT"), AGENT_CHARS);
	struct token_family family = {
		.user_id = user->id,
		.user_agent = text_valid(agent, strlen(agent)) ? agent : "",
		.expires_at = refresh_expiry(),
	};
	const enum err err = keep_family(request, user, &family, refresh_token);

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_LOGIN : err; /* deleted a moment ago */
	return reply_tokens(request,
	                    &(struct access_claims){ .user_id = user->id, .family = family.id },
	                    refresh_token);
}

void person_pause(struct request *request, int wait_min)
{
	reply_header(request, "Retry-After", arena_printf(request->arena, "%d", wait_min * 60));
	api_fault(request, NULL, throttle_text(request, wait_min));
}

/* Words for a log-in that was refused, and for how long. */
static enum err refuse_login(struct request *request, enum err err, int wait_min)
{
	if (err == ERR_LOGIN)
		api_fault(request, NULL,
		          i18n(request->language, "The user name or the password is wrong."));
	if (err == ERR_LIMITED)
		person_pause(request, wait_min);
	return err;
}

/* The password was right. A code that is not there is asked for and counts as no try. */
static enum err check_code(struct request *request, const struct user *user, const char *code,
                           int *ret_wait_min)
{
	enum err err;

	if (!second_factor_is_on(user))
		return OK;
	if (code[0] == '\0')
		return api_refuse(request, 401, "code-needed",
		                  i18n(request->language,
		                       "This account has a second factor: send its code, too."));
	err = second_factor_check(request, user, code, ret_wait_min);
	if (err != ERR_LOGIN)
		return err;
	return api_refuse(request, 401, "unauthorized",
	                  i18n(request->language, "This code is wrong or was used before. The app "
	                                          "shows a new one every 30 seconds."));
}

static enum err post_login(struct request *request)
{
	const struct api_text name_wish = { "username", 1, NAME_MAX, NULL };
	const struct api_text code_wish = { "code", 0, CODE_CHARS, "" };
	const char *username = "", *password = "", *code = "";
	struct user user = { 0 };
	int wait_min = 0;
	enum err err;

	api_text(request, &name_wish, &username);
	read_password(request, 1, &password);
	api_text(request, &code_wish, &code);
	err = api_outcome(request);
	if (err == OK)
		err = password_login(request, username, password, &user, &wait_min);
	if (err == OK)
		err = check_code(request, &user, code, &wait_min);
	return err == OK ? begin_family(request, &user) : refuse_login(request, err, wait_min);
}

static enum err post_refresh(struct request *request)
{
	const struct api_text wish = { "refresh_token", 1, TOKEN_CHARS, NULL };
	const char *fresh = token_random(request->arena, REFRESH_BYTES);
	struct token_exchange exchange = {
		.new_hash = token_hash(request->arena, fresh),
		.expires_at = refresh_expiry(),
	};
	const char *old;
	enum err err = api_text(request, &wish, &old);

	if (err != OK)
		return err;
	exchange.old_hash = token_hash(request->arena, old);
	err = token_rotate(request->store, request->arena, &exchange);
	if (err == ERR_LOGIN)
		api_fault(request, NULL,
		          i18n(request->language,
		               "The refresh token is not valid, or it was used before. Please "
		               "log in again."));
	if (err != OK)
		return err;
	return reply_tokens(request,
	                    &(struct access_claims){ .user_id = exchange.user.id,
	                                             .family = exchange.family_id },
	                    fresh);
}

static enum err post_logout(struct request *request)
{
	enum err err;

	if (request->family == NULL) {
		api_fault(request, NULL,
		          i18n(request->language,
		               "A personal token has no log-in to end. Revoke it on the page of "
		               "your tokens."));
		return ERR_FORBIDDEN;
	}
	err = token_family_revoke(request->store, request->user->id, request->family);
	return err == OK || err == ERR_NOT_FOUND ? reply_empty(request) : err;
}

static const struct route routes[] = {
	{ POST, "/api/register", ANYONE, post_register, "username password full_name language" },
	{ POST, "/api/login", ANYONE, post_login, "username password code" },
	{ POST, "/api/token/refresh", ANYONE, post_refresh, "refresh_token" },
	{ POST, "/api/logout", CANDIDATE, post_logout, "" },
};

const struct route_table api_login_routes = ROUTE_TABLE(routes);
