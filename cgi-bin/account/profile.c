/* The profile: who the candidate is, and their interviews. */
#include "account.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "sign_up.h"
#include "store/history.h"
#include "view/cv_view.h"
#include "view/options.h"
#include "view/history_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { SHOWN_INTERVIEWS = 5 };

/* --- profile ------------------------------------------------------------------ */

static enum err show_profile(struct request *request, int status, const char *error)
{
	const struct user *user = request->user;
	cJSON *page = cJSON_CreateObject();
	const struct history_query latest = { .owner_id = user->id,
		                              .titles = request->language,
		                              .page = 1,
		                              .page_size = SHOWN_INTERVIEWS };
	struct history_list history;
	enum err err = history_page(request->store, request->arena, &latest, &history);

	if (err != OK)
		return err;
	history_view_panel(request->arena, page, &history, request->language);
	json_set_string(page, "error", error);
	json_set_string(page, "username", user->username);
	json_set_string(page, "full_name", form_value(request, "full_name", user->full_name));
	json_set_string(page, "position", form_value(request, "position", user->position));
	json_set_string(page, "stack", form_value(request, "stack", user->stack));
	json_set_string(page, "years",
	                form_value(request, "years",
	                           cv_view_years(request->arena, user->experience_years)));
	json_set_string(page, "about", form_value(request, "about", user->about));
	options_levels(page, form_value(request, "level", user->level), request->language);
	return reply_page_status(request, status, "profile", page);
}

static enum err get_profile(struct request *request)
{
	return show_profile(request, 200, NULL);
}

/* "3", "3.5" or "3,5" within what the database takes; "" is unknown. */
static bool read_years(const char *text, double *ret_years)
{
	const size_t digits = strspn(text, "0123456789"), sign = strspn(text + digits, ".,");
	const char *fraction = text + digits + sign;

	*ret_years = -1;
	if (text[0] == '\0')
		return true;
	if (digits == 0 || digits > 2 || sign > 1 || strspn(fraction, "0123456789") > 2 ||
	    fraction[strspn(fraction, "0123456789")] != '\0')
		return false;
	*ret_years = (double)strtol(text, NULL, 10);
	if (fraction[0] != '\0')
		*ret_years += (double)strtol(fraction, NULL, 10) / (fraction[1] == '\0' ? 10 : 100);
	return *ret_years <= 60;
}

static size_t entry_count(const char *list)
{
	size_t count = 1;

	for (; *list != '\0'; list++)
		count += *list == ',';
	return count;
}

bool profile_stack_fits(const char *stack)
{
	return text_count(stack, strlen(stack)) <= STACK_MAX && entry_count(stack) <= STACK_ENTRIES;
}

/* The list without empty entries and those that stand there twice, in either case. */
static const char *clean_list(struct arena *arena, const char *list)
{
	struct buf clean;

	buf_init(&clean, arena);
	while (*list != '\0') {
		const size_t len = strcspn(list, ",");
		const char *entry = text_trimmed(arena, arena_copy(arena, list, len));

		if (entry[0] != '\0' && !text_is_listed(arena, clean.data, entry))
			buf_printf(&clean, "%s%s", clean.len == 0 ? "" : ", ", entry);
		list += len + (list[len] == ',');
	}
	return clean.data;
}

const char *profile_read(const struct request *request, const char *stack, struct user *user)
{
	const enum language language = request->language;
	const char *years = text_trimmed(request->arena, form_value(request, "years", ""));

	user->stack = text_one_line(request->arena, stack);
	if (form_value(request, "level", "")[0] == '\0')
		user->level = "";
	else if (form_choice(request, "level", "junior middle senior", &user->level) != OK)
		return i18n(language, "Choose one of the levels, or none.");
	if (form_text(request, "position", 0, POSITION_MAX, &user->position) != OK)
		return i18n(language, "The position is too long: 200 characters at most.");
	if (!profile_stack_fits(user->stack))
		return i18n(language, "Too many technologies: 60 and 1,000 characters at most.");
	user->stack = clean_list(request->arena, user->stack);
	if (!read_years(years, &user->experience_years))
		return i18n(language, "Years of experience are a number from 0 to 60.");
	return NULL;
}

static const char *read_form(const struct request *request, struct user *user)
{
	const char *stack = text_trimmed(request->arena, form_value(request, "stack", ""));

	if (form_text(request, "full_name", 0, FULL_NAME_MAX, &user->full_name) != OK)
		return i18n(request->language,
		            "The full name is too long: 100 characters at most.");
	if (form_text(request, "about", 0, ABOUT_MAX, &user->about) != OK)
		return i18n(request->language,
		            "The text about you is too long: 5,000 characters at most.");
	return profile_read(request, stack, user);
}

static enum err post_profile(struct request *request)
{
	struct user user;
	const char *fault;
	enum err err = store_begin(request->store); /* what is not in the form stays as it is now */

	if (err == OK)
		err = user_by_id(request->store, request->arena, request->user->id, &user);
	if (err != OK)
		return err;
	fault = read_form(request, &user);
	if (fault != NULL)
		return show_profile(request, 400, fault);
	err = user_save_profile(request->store, &user);
	if (err == OK)
		err = store_commit(request->store);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/profile");
}

static const struct route routes[] = {
	{ GET, "/profile", CANDIDATE, get_profile, NULL },
	{ POST, "/profile", CANDIDATE, post_profile, "full_name position level years stack about" },
};

const struct route_table profile_routes = ROUTE_TABLE(routes);
