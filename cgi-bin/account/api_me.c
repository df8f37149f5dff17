/* The API about the person who asks, and the catalogue of roles. */
#include <string.h>

#include "account.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/zone.h"
#include "person.h"
#include "sign_up.h"
#include "store/bank.h"
#include "web/api.h"
#include "web/password.h"
#include "web/password_check.h"
#include "web/reply.h"

enum { ZONE_CHARS = 64, YEARS_MAX = 60 };

cJSON *person_document(struct arena *arena, const struct user *user)
{
	cJSON *person = cJSON_CreateObject();

	json_set_string(person, "id", user->id);
	json_set_string(person, "username", user->username);
	json_set_string(person, "full_name", user->full_name);
	json_set_string(person, "role", user->is_admin ? "admin" : "candidate");
	json_set_string(person, "language", language_code(user->language));
	json_set_string(person, "time_zone", user->time_zone);
	json_set_string(person, "position", user->position);
	json_set_string(person, "level", strcmp(user->level, "middle") == 0 ? "mid" : user->level);
	json_set_string(person, "stack", user->stack);
	json_set_string(person, "about", user->about);
	if (user->experience_years < 0)
		json_set_null(person, "experience_years");
	else
		json_set_number(person, "experience_years", user->experience_years);
	json_set_bool(person, "second_factor", user->totp_secret != NULL);
	json_set_string(person, "created_at", clock_iso(arena, user->created_at));
	return person;
}

static enum err get_me(struct request *request)
{
	return api_reply(request, 200, person_document(request->arena, request->user));
}

static void read_time_zone(struct request *request, struct user *user)
{
	const struct api_text wish = { "time_zone", 0, ZONE_CHARS, user->time_zone };
	const char *typed, *zone;

	if (api_text(request, &wish, &typed) != OK || typed[0] == '\0') {
		user->time_zone = "";
		return;
	}
	zone = zone_find(typed);
	if (zone == NULL)
		api_fault(request, "time_zone",
		          i18n(request->language,
		               "There is no such time zone. Names look like Europe/Kyiv."));
	else
		user->time_zone = zone;
}

/* A number, or null for unknown. */
static void read_years(struct request *request, struct user *user)
{
	const cJSON *member = json_get(request->json, "experience_years");

	if (cJSON_IsNull(member))
		user->experience_years = -1;
	else if (cJSON_IsNumber(member) && member->valuedouble >= 0 &&
	         member->valuedouble <= YEARS_MAX)
		user->experience_years = member->valuedouble;
	else if (member != NULL)
		api_fault(request, "experience_years",
		          i18n(request->language, "It must be a number from 0 to 60, or null."));
}

/* One of the levels; "" or null for none. */
static void read_level(struct request *request, struct user *user)
{
	const struct api_choice wish = { "level", "junior mid middle senior", user->level };

	if (cJSON_IsNull(json_get(request->json, "level")) ||
	    json_string(request->json, "level", "none")[0] == '\0')
		user->level = "";
	else
		api_choice(request, &wish, &user->level);
	if (strcmp(user->level, "mid") == 0)
		user->level = "middle";
}

/* What the body does not name stays as it is. */
static enum err read_profile(struct request *request, struct user *user)
{
	const struct api_text full_name = { "full_name", 0, FULL_NAME_MAX, user->full_name };
	const struct api_text position = { "position", 0, POSITION_MAX, user->position };
	const struct api_text stack = { "stack", 0, STACK_MAX, user->stack };
	const struct api_text about = { "about", 0, ABOUT_MAX, user->about };
	const struct api_choice language = { "language", "en ru uk",
		                             language_code(user->language) };
	const char *code = "";

	api_text(request, &full_name, &user->full_name);
	user->full_name = text_name(request->arena, user->full_name);
	api_text(request, &position, &user->position);
	if (api_text(request, &stack, &user->stack) == OK && !profile_stack_fits(user->stack))
		api_fault(request, "stack",
		          i18n(request->language,
		               "Too many technologies: 60 and 1,000 characters at most."));
	api_text(request, &about, &user->about);
	read_level(request, user);
	if (api_choice(request, &language, &code) == OK)
		language_parse(code, &user->language);
	read_time_zone(request, user);
	read_years(request, user);
	return api_outcome(request);
}

/* Reads and writes in one transaction: nothing of another change at the same time is lost. */
static enum err change(struct request *request, struct user *user)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = user_by_id(request->store, request->arena, request->user->id, user);
	if (err == OK)
		err = read_profile(request, user);
	if (err == OK)
		err = user_save_profile(request->store, user);
	if (err == OK)
		err = user_save_time_zone(request->store, user->id, user->time_zone);
	return err == OK ? store_commit(request->store) : err;
}

static enum err patch_me(struct request *request)
{
	struct user user;
	enum err err = change(request, &user);

	if (err != OK)
		return err;
	return api_reply(request, 200, person_document(request->arena, &user));
}

/* The password is asked for, and guessing it is slowed down, as at a log-in. */
static enum err check_password(struct request *request)
{
	const struct api_text wish = { "password", 1, PASSWORD_MAX, NULL };
	const char *password;
	int wait_min = 0;
	enum err err = api_verbatim(request, &wish, &password);

	if (err == OK)
		err = password_confirm(request, password, &wait_min);
	if (err == ERR_LOGIN) {
		api_fault(request, NULL, i18n(request->language, "The password is wrong."));
		return ERR_FORBIDDEN;
	}
	if (err == ERR_LIMITED)
		person_pause(request, wait_min);
	return err;
}

static enum err delete_me(struct request *request)
{
	enum err err = check_password(request);

	if (err != OK)
		return err;
	err = user_delete(request->store, request->arena, request->user->id);
	if (err == ERR_FORBIDDEN)
		api_fault(request, NULL,
		          i18n(request->language,
		               "Nobody else could administer Viva: the last admin stays."));
	return err == OK ? reply_empty(request) : err;
}

static cJSON *role_document(const struct role *role, enum language language)
{
	cJSON *document = cJSON_CreateObject(), *tags = NULL;

	json_set_string(document, "id", role->id);
	json_set_string(document, "title", role->title[language]);
	json_set_string(document, "track", role->track);
	if (json_parse(role->skill_tags, strlen(role->skill_tags), &tags) != OK)
		tags = cJSON_CreateArray();
	json_set(document, "skill_tags", tags);
	return document;
}

static enum err get_roles(struct request *request)
{
	cJSON *document = cJSON_CreateObject();
	cJSON *roles = json_set_array(document, "roles");
	struct role_list list;
	enum err err = role_list(request->store, request->arena, &list);

	if (err != OK)
		return err;
	for (size_t i = 0; i < list.count; i++)
		json_add(roles, role_document(&list.items[i], request->language));
	return api_reply(request, 200, document);
}

static const struct route routes[] = {
	{ GET, "/api/me", CANDIDATE, get_me, NULL },
	{ PATCH, "/api/me", CANDIDATE, patch_me,
	  "full_name language time_zone position level stack about "
	  "experience_years" },
	{ DELETE, "/api/me", CANDIDATE, delete_me, "password" },
	{ GET, "/api/roles", CANDIDATE, get_roles, NULL },
};

const struct route_table api_me_routes = ROUTE_TABLE(routes);
