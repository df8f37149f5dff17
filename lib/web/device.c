#include "web/device.h"

#include <string.h>

#include "web/session.h"
#include "web/token.h"

enum { NAME_BYTES = 16, NAME_DIGITS = NAME_BYTES * 2, YEAR_S = 365 * 24 * 60 * 60 };

static const char COOKIE[] = "viva_device";

static const char *signature(struct request *request, const char *name, const struct user *user)
{
	return token_sign(request->arena, request->csrf_key,
	                  arena_printf(request->arena, "device:%s:%s:%s", name, user->id,
	                               user->password_hash));
}

void device_remember(struct request *request, const struct user *user)
{
	const char *name = device_known(request, user);

	if (name == NULL)
		name = token_random(request->arena, NAME_BYTES);
	session_set_cookie(
	        request, COOKIE,
	        arena_printf(request->arena, "%s%s", name, signature(request, name, user)), YEAR_S);
}

const char *device_known(struct request *request, const struct user *user)
{
	const char *cookie = request_cookie(request, COOKIE), *name;

	if (strlen(cookie) <= NAME_DIGITS || strspn(cookie, "0123456789abcdef") != strlen(cookie))
		return NULL;
	name = arena_copy(request->arena, cookie, NAME_DIGITS);
	return token_equal(cookie + NAME_DIGITS, signature(request, name, user)) ? name : NULL;
}
