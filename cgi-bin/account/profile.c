/* The profile: who the candidate is, and their interviews. */
#include "account.h"
#include "base/json.h"
#include "sign_up.h"
#include "store/interview.h"
#include "view/options.h"
#include "view/people_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { LINE_MAX_CHARS = 200, ABOUT_MAX = 5000 };

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

static const struct route routes[] = {
	{ GET, "/profile", CANDIDATE, get_profile, NULL },
	{ POST, "/profile", CANDIDATE, post_profile, "full_name position level stack about" },
};

const struct route_table profile_routes = ROUTE_TABLE(routes);
