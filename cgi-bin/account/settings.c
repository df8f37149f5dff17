/* Settings: how one is called, language and time zone, the password, the list of log-ins. */
#include <string.h>

#include "account.h"
#include "base/format.h"
#include "base/json.h"
#include "base/zone.h"
#include "sign_up.h"
#include "store/token.h"
#include "view/log_ins.h"
#include "view/options.h"
#include "web/device.h"
#include "web/form.h"
#include "web/password.h"
#include "web/password_check.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"
#include "web/trail.h"

enum { ZONE_CHARS = 64, LANGUAGE_COOKIE_S = 365 * 24 * 60 * 60 };

/* What is wrong with a form of the page; NULL: nothing. */
struct faults {
	const char *account, *password;
};

/* --- the page ------------------------------------------------------------------- */

static enum err add_log_ins(struct request *request, cJSON *page)
{
	struct session_list sessions;
	struct token_family_list families;
	enum err err = session_list(request->store, request->arena, request->user->id, &sessions);

	if (err == OK)
		err = token_family_list(request->store, request->arena, request->user->id,
		                        &families);
	if (err != OK)
		return err;
	log_ins_add(request->arena, page,
	            &(struct log_ins){
	                    .sessions = &sessions,
	                    .families = &families,
	                    .current_hash = token_hash(request->arena, request->session_token),
	            },
	            request->language);
	return OK;
}

static void add_account(const struct request *request, cJSON *page)
{
	const struct user *user = request->user;
	const char *language = form_value(request, "language", language_code(user->language));
	cJSON *choices = json_set_array(page, "interface_languages");
	cJSON *zones = json_set_array(page, "zones");

	for (enum language i = 0; i < LANG_COUNT; i++)
		options_add(choices, language_code(i), language_name(i), language);
	for (const char *const *name = zone_names(); *name != NULL; name++)
		json_add_string(zones, *name);
	json_set_string(page, "current_username", user->username);
	json_set_string(page, "username", form_value(request, "username", user->username));
	json_set_string(page, "full_name", form_value(request, "full_name", user->full_name));
	json_set_string(page, "time_zone", form_value(request, "time_zone", user->time_zone));
	json_set_string(page, "now", format_date(request->arena, clock_now_ms()));
}

static enum err show_settings(struct request *request, int status, const struct faults *faults)
{
	cJSON *page = cJSON_CreateObject();
	enum err err = add_log_ins(request, page);

	if (err != OK)
		return err;
	add_account(request, page);
	json_set_string(json_set_object(page, "account_form"), "error", faults->account);
	json_set_string(json_set_object(page, "password_form"), "error", faults->password);
	json_set_bool(page, "has_second_factor", request->user->totp_secret != NULL);
	return reply_page_status(request, status, "settings", page);
}

static enum err get_settings(struct request *request)
{
	return show_settings(request, 200, &(struct faults){ 0 });
}

/* --- name, language, time zone ------------------------------------------------------ */

/* Reads the form into `user`; what is wrong with it, or NULL. */
static const char *read_account(const struct request *request, struct user *user)
{
	const enum language language = request->language;
	const char *code, *zone, *fault;

	if (form_text(request, "username", 0, NAME_MAX, &user->username) != OK)
		user->username = "";
	fault = sign_up_name_fault(request, user->username);
	if (fault != NULL)
		return fault;
	if (form_text(request, "full_name", 0, FULL_NAME_MAX, &user->full_name) != OK)
		return i18n(language, "The full name is too long: 100 characters at most.");
	if (form_choice(request, "language", "en ru uk", &code) != OK)
		return i18n(language, "Choose one of the languages.");
	language_parse(code, &user->language);
	if (form_text(request, "time_zone", 0, ZONE_CHARS, &zone) != OK)
		zone = "?";
	user->time_zone = zone[0] != '\0' ? zone_find(zone) : "";
	if (user->time_zone == NULL)
		return i18n(language, "There is no such time zone. Choose one of the list, such as "
		                      "Europe/Kyiv, or leave the field empty.");
	return NULL;
}

static enum err save_account(struct request *request, const struct user *user)
{
	struct store *store = request->store;
	enum err err = store_begin(store);

	if (err == OK)
		err = user_rename(store, user->id, user->username);
	if (err == OK)
		err = user_save_profile(store, user);
	if (err == OK)
		err = user_save_time_zone(store, user->id, user->time_zone);
	if (err == OK)
		err = trail_account(request, user, "settings.save");
	if (err == OK)
		return store_commit(store);
	store_rollback(store);
	return err;
}

static enum err post_settings(struct request *request)
{
	struct user user = *request->user;
	const char *fault = read_account(request, &user);
	enum err err;

	if (fault != NULL)
		return show_settings(request, 400, &(struct faults){ .account = fault });
	err = save_account(request, &user);
	if (err == ERR_CONFLICT)
		return show_settings(
		        request, 409,
		        &(struct faults){
		                .account = i18n(request->language, "This user name is taken.") });
	if (err != OK)
		return err;
	session_set_cookie(request, "viva_lang", language_code(user.language), LANGUAGE_COOKIE_S);
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/settings");
}

/* --- the password --------------------------------------------------------------------- */

/* The other log-ins end with the old password: it may have been changed because of them. */
static enum err save_password(struct request *request, const char *hash)
{
	struct store *store = request->store;
	const char *id = request->user->id;
	enum err err = store_begin(store);

	if (err == OK)
		err = user_save_password(store, id, hash);
	if (err == OK)
		err = user_end_log_ins(store, id,
		                       token_hash(request->arena, request->session_token));
	if (err == OK)
		err = trail_account(request, request->user, "password.change");
	if (err == OK)
		return store_commit(store);
	store_rollback(store);
	return err;
}

static const char *new_password_fault(const struct request *request, const char *password)
{
	if (strcmp(password, form_value(request, "old_password", "")) == 0)
		return i18n(request->language, "This is the password that you have already.");
	return password_fault(request, password, request->user->username);
}

static enum err post_password(struct request *request)
{
	const char *password = form_value(request, "new_password", "");
	struct user user = *request->user;
	struct faults faults = { .password = account_password_fault(request, "old_password") };
	enum err err;

	if (faults.password != NULL)
		return show_settings(request, 403, &faults);
	faults.password = new_password_fault(request, password);
	if (faults.password != NULL)
		return show_settings(request, 400, &faults);
	err = password_hash(request->arena, password, &user.password_hash);
	if (err == OK)
		err = save_password(request, user.password_hash);
	if (err != OK)
		return err;
	device_remember(request, &user);
	flash_set(request, FLASH_PASSWORD_CHANGED);
	return reply_redirect(request, "/settings");
}

/* --- log-ins ---------------------------------------------------------------------------- */

/* A browser's or a program's, for ids of both are unique. */
static enum err post_end(struct request *request)
{
	const char *id, *user_id = request->user->id;
	enum err err = form_text(request, "id", 1, ZONE_CHARS, &id);

	if (err == OK)
		err = session_delete_one(request->store, user_id, id);
	if (err == ERR_NOT_FOUND)
		err = token_family_revoke(request->store, user_id, id);
	if (err != OK && err != ERR_NOT_FOUND) /* ended already, as when the form comes twice */
		return err;
	flash_set(request, FLASH_LOG_IN_ENDED);
	return reply_redirect(request, "/settings");
}

static enum err post_everywhere(struct request *request)
{
	enum err err = user_end_log_ins(request->store, request->user->id, NULL);

	if (err == OK)
		err = session_end(request);
	if (err != OK)
		return err;
	flash_set(request, FLASH_LOGGED_OUT_EVERYWHERE);
	return reply_redirect(request, "/login");
}

static const struct route routes[] = {
	{ GET, "/settings", CANDIDATE, get_settings, NULL },
	{ POST, "/settings", CANDIDATE, post_settings, "username full_name language time_zone" },
	{ POST, "/settings/password", CANDIDATE, post_password,
	  "username old_password new_password" },
	{ POST, "/settings/log-ins/end", CANDIDATE, post_end, "id" },
	{ POST, "/settings/log-out-everywhere", CANDIDATE, post_everywhere, "" },
};

const struct route_table settings_routes = ROUTE_TABLE(routes);
