/* account: register, log in and out, profile with the history panel, language. */
#include <string.h>
#include <strings.h>

#include <arpa/inet.h>

#include "base/config.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "store/interview.h"
#include "view/metrics_view.h"
#include "view/options.h"
#include "view/people_view.h"
#include "web/app.h"
#include "web/form.h"
#include "web/password.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"
#include "witness/model.h"

enum { NAME_MIN = 3, NAME_MAX = 40, FULL_NAME_MAX = 100, LINE_MAX_CHARS = 200, ABOUT_MAX = 5000 };

/* --- the front page ----------------------------------------------------------- */

static enum err get_front(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, "/profile");
	return reply_page(request, "front", cJSON_CreateObject());
}

/* --- for machines --------------------------------------------------------------- */

/* The database decides: without a model the built-in examiner does the work. */
static enum err get_health(struct request *request)
{
	cJSON *health = cJSON_CreateObject();
	const char *key;
	const bool works = setting_get(request->store, request->arena, "csrf_key", &key) == OK;

	json_set_string(health, "status", works ? "ok" : "error");
	json_set_string(health, "database", works ? "ok" : "error");
	json_set_string(health, "model", model_state_name(model_state(request->arena)));
	request->reply.status = works ? 200 : 503;
	return reply_json(request, json_text(health));
}

/* A body that is no page, as it is; not copied. */
static enum err reply_text(struct request *request, const char *type, const char *text)
{
	reply_header(request, "Content-Type", type);
	request->reply.bytes = text;
	request->reply.len = strlen(text);
	return OK;
}

static bool is_loopback(const char *address)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
	if (inet_pton(AF_INET6, address, &six) != 1)
		return false;
	return IN6_IS_ADDR_LOOPBACK(&six) ||
	       (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == IN_LOOPBACKNET);
}

/* Behind a proxy on this machine everybody comes from here. */
static bool is_from_here(const struct request *request)
{
	return is_loopback(request_param(request, "REMOTE_ADDR")) &&
	       request_param(request, "HTTP_X_FORWARDED_FOR")[0] == '\0' &&
	       request_param(request, "HTTP_FORWARDED")[0] == '\0';
}

static bool has_token(const struct request *request)
{
	static const char scheme[] = "Bearer ";
	const char *header = request_param(request, "HTTP_AUTHORIZATION");
	const size_t len = sizeof(scheme) - 1;

	return strncasecmp(header, scheme, len) == 0 &&
	       token_equal(header + len, config()->metrics_token);
}

/* Where nothing is exported, all would be waiting for ever. */
static bool has_exporter(void)
{
	return config()->otlp_url[0] != '\0' || config()->langfuse_url[0] != '\0';
}

static enum err get_metrics(struct request *request)
{
	struct llm_metric_list list;
	struct trace_counts traces;
	struct buf out;
	enum err err;

	if (config()->metrics_token[0] == '\0' && !is_from_here(request))
		return ERR_NOT_FOUND;
	if (config()->metrics_token[0] != '\0' && !has_token(request)) {
		request->reply.status = 401;
		reply_header(request, "WWW-Authenticate", "Bearer");
		return reply_text(request, "text/plain; charset=utf-8", "no valid token\n");
	}
	err = llm_metric_list(request->store, request->arena, &list);
	if (err == OK && has_exporter())
		err = trace_counts(request->store, &traces);
	if (err != OK)
		return err;
	buf_init(&out, request->arena);
	metrics_view_add(&out, &list);
	if (has_exporter())
		metrics_view_add_traces(&out, &traces);
	return reply_text(request, METRICS_VIEW_TYPE, out.data);
}

/* --- log-in ------------------------------------------------------------------- */

/* Only a path of ours may follow the log-in: no other site, no control characters. */
static const char *safe_next(const char *next)
{
	if (next[0] != '/' || next[1] == '/' || strchr(next, '\\') != NULL)
		return "/profile";
	for (const char *p = next; *p != '\0'; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F)
			return "/profile";
	return next;
}

static enum err show_login(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "username", form_value(request, "username", ""));
	json_set_string(
	        page, "next",
	        safe_next(form_value(request, "next", request_query(request, "next", "/"))));
	return reply_page_status(request, status, "login", page);
}

static enum err get_login(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, "/profile");
	return show_login(request, 200, NULL);
}

static const char *pause_text(const struct request *request, int wait_min)
{
	return arena_printf(request->arena,
	                    i18n_plural(request->language, "Too many tries. Please wait %d minute.",
	                                "Too many tries. Please wait %d minutes.", wait_min),
	                    wait_min);
}

static enum err post_login(struct request *request)
{
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	const char *username, *next = safe_next(form_value(request, "next", "/profile"));
	int wait_min = 0;
	enum err err = form_text(request, "username", 1, NAME_MAX, &username);

	if (err == OK)
		err = password_login(request, username, form_value(request, "password", ""), user,
		                     &wait_min);
	if (err == ERR_LIMITED)
		return show_login(request, 429, pause_text(request, wait_min));
	if (err == ERR_LOGIN || err == ERR_INVALID)
		return show_login(
		        request, 401,
		        i18n(request->language, "The user name or the password is wrong."));
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

static enum err show_register(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "username", form_value(request, "username", ""));
	json_set_string(page, "full_name", form_value(request, "full_name", ""));
	return reply_page_status(request, status, "register", page);
}

static enum err get_register(struct request *request)
{
	if (request->user != NULL)
		return reply_redirect(request, "/profile");
	return show_register(request, 200, NULL);
}

/* Letters, digits and . _ - only, so that names can be told apart and read aloud. */
static bool is_username(const char *name)
{
	const char *end = name + strlen(name);

	while (name < end) {
		uint32_t c = text_next(&name, end);

		if (!text_is_letter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '_' &&
		    c != '-')
			return false;
	}
	return true;
}

/* What is wrong with the registration form, for the visitor; NULL if nothing. */
static const char *register_fault(const struct request *request, struct user *user)
{
	enum language language = request->language;
	const char *password = form_value(request, "password", "");
	size_t length = text_count(password, strlen(password));

	if (form_text(request, "username", NAME_MIN, NAME_MAX, &user->username) != OK ||
	    !is_username(user->username))
		return i18n(language, "A user name has 3 to 40 letters, digits, dots, dashes or "
		                      "underscores.");
	if (form_text(request, "full_name", 0, FULL_NAME_MAX, &user->full_name) != OK)
		return i18n(language, "The full name is too long: 100 characters at most.");
	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		return i18n(language, "A password has 8 to 256 characters.");
	return NULL;
}

static enum err post_register(struct request *request)
{
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	const char *fault = register_fault(request, user);
	enum err err;

	if (fault != NULL)
		return show_register(request, 400, fault);
	user->language = request->language;
	user->position = user->level = user->stack = user->about = "";
	err = password_may_register(request);
	if (err == OK)
		err = password_hash(request->arena, form_value(request, "password", ""),
		                    &user->password_hash);
	if (err == OK)
		err = user_add(request->store, request->arena, user);
	if (err == ERR_CONFLICT)
		return show_register(request, 409,
		                     i18n(request->language, "This user name is taken."));
	if (err == OK)
		err = session_start(request, user);
	if (err != OK)
		return err;
	flash_set(request, FLASH_WELCOME);
	return reply_redirect(request, "/interviews/new");
}

/* --- profile ------------------------------------------------------------------ */

static enum err show_profile(struct request *request, int status, const char *error)
{
	const struct user *user = request->user;
	cJSON *page = cJSON_CreateObject();
	struct history_list history;
	enum err err = interview_history(request->store, request->arena, user->id,
	                                 request->language, &history);

	if (err != OK)
		return err;
	people_add_history(request->arena, page, &history, request->language);
	json_set_string(page, "error", error);
	json_set_string(page, "username", user->username);
	json_set_string(page, "full_name", form_value(request, "full_name", user->full_name));
	json_set_string(page, "position", form_value(request, "position", user->position));
	json_set_string(page, "stack", form_value(request, "stack", user->stack));
	json_set_string(page, "about", form_value(request, "about", user->about));
	options_levels(page, form_value(request, "level", user->level), request->language);
	return reply_page_status(request, status, "profile", page);
}

static enum err get_profile(struct request *request)
{
	return show_profile(request, 200, NULL);
}

static enum err read_profile(const struct request *request, struct user *user)
{
	enum err err = form_text(request, "full_name", 0, FULL_NAME_MAX, &user->full_name);

	if (err == OK)
		err = form_text(request, "position", 0, LINE_MAX_CHARS, &user->position);
	if (err == OK)
		err = form_text(request, "stack", 0, LINE_MAX_CHARS, &user->stack);
	if (err == OK)
		err = form_text(request, "about", 0, ABOUT_MAX, &user->about);
	if (err == OK && form_choice(request, "level", "junior middle senior", &user->level) != OK)
		user->level = "";
	return err;
}

static enum err post_profile(struct request *request)
{
	struct user user = *request->user;
	enum err err = read_profile(request, &user);

	if (err != OK)
		return show_profile(request, 400,
		                    i18n(request->language, "One of the fields is too long."));
	err = user_save_profile(request->store, &user);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/profile");
}

/* --- language ----------------------------------------------------------------- */

static enum err post_language(struct request *request)
{
	const char *code, *back = safe_next(form_value(request, "back", "/"));
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
	{ GET, "/", ANYONE, get_front, NULL },
	{ GET, "/health", ANYONE, get_health, NULL },
	{ GET, "/metrics", ANYONE, get_metrics, NULL },
	{ POST, "/language", ANYONE, post_language, "language back" },
	{ GET, "/login", ANYONE, get_login, NULL },
	{ POST, "/login", ANYONE, post_login, "username password next" },
	{ POST, "/logout", CANDIDATE, post_logout, "" },
	{ GET, "/profile", CANDIDATE, get_profile, NULL },
	{ POST, "/profile", CANDIDATE, post_profile, "full_name position level stack about" },
	{ GET, "/register", ANYONE, get_register, NULL },
	{ POST, "/register", ANYONE, post_register, "username full_name password" },
};

int main(void)
{
	return app_run("account", ROUTES(routes));
}
