#include "sign_up.h"

#include <string.h>

#include "base/text.h"
#include "web/password.h"
#include "web/reply.h"

/* Letters, digits and . _ - only, so that names can be told apart and read aloud. */
static bool is_username(const char *name)
{
	const char *end = name + strlen(name);
	const size_t count = text_count(name, strlen(name));

	while (name < end) {
		uint32_t c = text_next(&name, end);

		if (!text_is_letter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '_' &&
		    c != '-')
			return false;
	}
	return count >= NAME_MIN && count <= NAME_MAX;
}

const char *sign_up_name_fault(const struct request *request, const char *username)
{
	if (is_username(username))
		return NULL;
	return i18n(request->language, "A user name has 3 to 40 letters, digits, dots, dashes or "
	                               "underscores.");
}

enum err sign_up(struct request *request, struct user *user, const char *password)
{
	int wait_min = 0;
	enum err err = password_may_register(request, &wait_min);

	if (err == ERR_LIMITED)
		reply_header(request, "Retry-After",
		             arena_printf(request->arena, "%d", wait_min * 60));
	user->position = user->level = user->stack = user->about = user->time_zone = "";
	user->experience_years = -1;
	if (err != OK)
		return err;
	store_rest(request->store); /* hashing takes long */
	err = password_hash(request->arena, password, &user->password_hash);
	if (err != OK)
		return err;
	err = user_add(request->store, request->arena, user);
	if (err != OK)
		password_did_not_register(request);
	return err;
}
