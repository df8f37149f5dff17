#include "web/bearer.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/token.h"
#include "web/access_token.h"
#include "web/token.h"

static enum err load_personal(struct request *request, const char *token, struct user *user)
{
	return personal_token_user(request->store, request->arena,
	                           token_hash(request->arena, token), user, &request->scope);
}

static enum err load_access(struct request *request, const char *token, struct user *user)
{
	struct access_claims claims;
	enum err err = access_token_read(request->arena, request->jwt_key, token,
	                                 clock_now_ms() / 1000, &claims);

	if (err != OK)
		return ERR_NOT_FOUND;
	err = token_family_user(request->store, request->arena, claims.family, user);
	if (err != OK)
		return err;
	if (strcmp(user->id, claims.user_id) != 0)
		return ERR_NOT_FOUND;
	request->family = claims.family;
	request->scope = user->is_admin ? "admin" : "write";
	return OK;
}

enum err bearer_load(struct request *request, bool *ret_has_failed)
{
	static const char scheme[] = "Bearer ";
	const char *header = request_param(request, "HTTP_AUTHORIZATION");
	const char *token = header + sizeof(scheme) - 1;
	struct user *user = arena_alloc(request->arena, sizeof(*user));
	enum err err;

	*ret_has_failed = header[0] != '\0';
	if (strncasecmp(header, scheme, sizeof(scheme) - 1) != 0 ||
	    strnlen(token, ACCESS_TOKEN_MAX + 1) > ACCESS_TOKEN_MAX)
		return OK;
	err = text_starts(token, BEARER_PERSONAL) ? load_personal(request, token, user)
	                                          : load_access(request, token, user);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	*ret_has_failed = false;
	user->is_admin = user->is_admin && strcmp(request->scope, "admin") == 0;
	request->user = user;
	request->language = user->language;
	return OK;
}
