#include "web/session.h"

#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "web/device.h"
#include "web/form.h"
#include "web/token.h"
#include "web/trail.h"

enum { TOKEN_BYTES = 32, TOKEN_DIGITS = TOKEN_BYTES * 2, FLASH_AGE_S = 60 };

static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;

static const char SESSION_COOKIE[] = "viva_session";
static const char VISITOR_COOKIE[] = "viva_visitor";
static const char FLASH_COOKIE[] = "viva_flash";

void session_set_cookie(struct request *request, const char *name, const char *value,
                        long long max_age_s)
{
	const char *base = config()->base_path;

	buf_printf(&request->reply.headers,
	           "Set-Cookie: %s=%s; Path=%s/; Max-Age=%lld; HttpOnly; SameSite=Lax%s\r\n", name,
	           value, base, max_age_s, request->is_https ? "; Secure" : "");
}

/* A cookie of ours is hexadecimal digits; anything else is as good as none. */
static const char *token_cookie(struct request *request, const char *name)
{
	const char *token = request_cookie(request, name);

	if (strlen(token) != TOKEN_DIGITS || strspn(token, "0123456789abcdef") != TOKEN_DIGITS)
		return "";
	return token;
}

static int64_t expiry(void)
{
	return clock_now_ms() + config()->session_days * DAY_MS;
}

enum err session_load(struct request *request)
{
	struct user user;
	enum err err;

	request->visitor_token = token_cookie(request, VISITOR_COOKIE);
	request->session_token = token_cookie(request, SESSION_COOKIE);
	if (request->session_token[0] == '\0')
		return OK;
	err = session_user(request->store, request->arena,
	                   token_hash(request->arena, request->session_token), expiry(), &user);
	if (err == ERR_NOT_FOUND) {
		request->session_token = "";
		return OK;
	}
	if (err != OK)
		return err;
	request->user = arena_alloc(request->arena, sizeof(user));
	*request->user = user;
	request->language = user.language;
	return OK;
}

/* An admin's log-in and its entry in the audit log come to be together. */
static enum err keep_session(struct request *request, const struct user *user, const char *hash,
                             const char *agent)
{
	enum err err;

	if (!user->is_admin)
		return session_add(request->store, hash, user->id, agent, expiry());
	err = store_begin(request->store);
	if (err == OK)
		err = session_add(request->store, hash, user->id, agent, expiry());
	if (err == OK)
		err = trail_account(request, user, "admin.log-in");
	if (err == OK)
		return store_commit(request->store);
	store_rollback(request->store);
	return err;
}

enum err session_start(struct request *request, struct user *user)
{
	const char *token = token_random(request->arena, TOKEN_BYTES);
	const char *agent = text_shortened(request->arena,
	                                   request_param(request, "HTTP_USER_AGENT"), 200);
	enum err err;

	if (!text_valid(agent, strlen(agent)))
		agent = "";
	err = keep_session(request, user, token_hash(request->arena, token), agent);
	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_LOGIN : err; /* deleted a moment ago */
	request->session_token = token;
	request->user = user;
	session_set_cookie(request, SESSION_COOKIE, token, config()->session_days * DAY_MS / 1000);
	device_remember(request, user);
	return OK;
}

enum err session_end(struct request *request)
{
	enum err err = session_delete(request->store,
	                              token_hash(request->arena, request->session_token));

	if (err != OK)
		return err;
	request->user = NULL;
	request->session_token = "";
	session_set_cookie(request, SESSION_COOKIE, "", 0);
	return OK;
}

const char *session_csrf(struct request *request)
{
	if (request->session_token[0] != '\0')
		return token_sign(request->arena, request->csrf_key, request->session_token);
	if (request->visitor_token[0] == '\0') {
		request->visitor_token = token_random(request->arena, TOKEN_BYTES);
		session_set_cookie(request, VISITOR_COOKIE, request->visitor_token, DAY_MS / 1000);
	}
	return token_sign(request->arena, request->csrf_key, request->visitor_token);
}

/* Browsers that say where a request comes from must not name another site. */
static bool is_foreign(const struct request *request)
{
	const char *site = request_param(request, "HTTP_SEC_FETCH_SITE");

	return site[0] != '\0' && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

bool session_csrf_valid(struct request *request)
{
	const struct form_field *field = form_find(&request->form, "csrf");
	const char *token = request->session_token[0] != '\0' ? request->session_token
	                                                      : request->visitor_token;

	if (field == NULL || token[0] == '\0' || is_foreign(request))
		return false;
	return token_equal(field->value, token_sign(request->arena, request->csrf_key, token));
}

#define FLASH_TEXT(name, text) text,
static const char *const flash_texts[] = { FLASH_LIST(FLASH_TEXT) };

void flash_set(struct request *request, enum flash flash)
{
	session_set_cookie(request, FLASH_COOKIE, arena_printf(request->arena, "%d", (int)flash),
	                   FLASH_AGE_S);
}

const char *flash_take(struct request *request)
{
	const char *cookie = request_cookie(request, FLASH_COOKIE);
	long long flash;

	if (cookie[0] == '\0')
		return NULL;
	session_set_cookie(request, FLASH_COOKIE, "", 0);
	if (!text_integer(cookie, 0, FLASH_NONE - 1, &flash))
		return NULL;
	return i18n(request->language, flash_texts[flash]);
}
