#include "web/api.h"

#include <math.h>
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "web/api_internal.h"
#include "web/form.h"

/* An address that cannot be decoded has no path, but its sender wants a problem as well. */
static const char *path_of(const struct request *request)
{
	const char *address = request_param(request, "REQUEST_URI");
	const char *base = config()->base_path;

	if (request->path[0] != '\0' || !text_starts(address, base))
		return request->path;
	return address + strlen(base);
}

bool api_is(const struct request *request)
{
	return text_starts(path_of(request), "/api/");
}

/* --- faults --------------------------------------------------------------------- */

/* RFC 6901: ~ and / of a name are written as ~0 and ~1. */
static const char *pointer_to(struct arena *arena, const char *name)
{
	struct buf out;

	buf_init(&out, arena);
	buf_char(&out, '/');
	for (; *name != '\0'; name++) {
		if (*name == '~' || *name == '/')
			buf_str(&out, *name == '~' ? "~0" : "~1");
		else
			buf_char(&out, *name);
	}
	return out.data;
}

enum err api_fault(struct request *request, const char *name, const char *text)
{
	struct api_notes *notes = request->api;
	cJSON *fault;

	if (name == NULL) {
		notes->detail = text;
		return ERR_INVALID;
	}
	if (notes->faults == NULL)
		notes->faults = cJSON_CreateArray();
	fault = json_add_object(notes->faults);
	json_set_string(fault, "pointer", pointer_to(request->arena, name));
	json_set_string(fault, "detail", text);
	return ERR_INVALID;
}

enum err api_outcome(const struct request *request)
{
	return request->api->faults != NULL ? ERR_INVALID : OK;
}

void api_tell(struct request *request, const char *name, cJSON *value)
{
	if (request->api->extra == NULL)
		request->api->extra = cJSON_CreateObject();
	json_set(request->api->extra, name, value);
}

enum err api_refuse(struct request *request, int status, const char *type, const char *text)
{
	request->api->status = status;
	request->api->type = type;
	request->api->detail = text;
	return ERR_INVALID;
}

/* --- the body ------------------------------------------------------------------- */

enum { NAME_SHOWN = 40, VALUES_MAX = 10000 };

static bool is_repeated(const cJSON *member)
{
	for (const cJSON *other = member->next; other != NULL; other = other->next)
		if (strcmp(other->string, member->string) == 0)
			return true;
	return false;
}

/* The first unknown or repeated member ends it: a body may have very many of them. */
static enum err check_members(struct request *request, const char *fields)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, request->json)
	{
		const char *name = text_shortened(request->arena, member->string, NAME_SHOWN);

		if (!form_word_in(fields, member->string))
			return api_fault(request, name,
			                 i18n(request->language, "There is no such member."));
		if (is_repeated(member))
			return api_fault(request, name,
			                 i18n(request->language, "It is there twice."));
	}
	return OK;
}

/* True if the text has so many values that parsing it would take too much memory. */
static bool has_too_many(const char *text, size_t len)
{
	bool is_in_text = false;
	int values = 0;

	for (size_t i = 0; i < len && values <= VALUES_MAX; i++) {
		if (text[i] == '"')
			is_in_text = !is_in_text;
		else if (is_in_text && text[i] == '\\')
			i++;
		else if (!is_in_text)
			values += text[i] == ',' || text[i] == '[' || text[i] == '{';
	}
	return values > VALUES_MAX;
}

enum err api_read_body(struct request *request, const char *fields)
{
	const struct api_notes *notes = request->api;
	cJSON *body = NULL;

	if (notes->len == 0) {
		request->json = cJSON_CreateObject();
		return OK;
	}
	if (!form_is_type(request_param(request, "CONTENT_TYPE"), "application/json"))
		return ERR_MEDIA_TYPE;
	if (has_too_many(notes->body, notes->len))
		return ERR_TOO_LARGE;
	if (json_parse_strict(notes->body, notes->len, &body) != OK)
		return api_fault(request, NULL,
		                 i18n(request->language, "The body is not well-formed JSON."));
	if (!cJSON_IsObject(body))
		return api_fault(request, NULL,
		                 i18n(request->language, "The body must be a JSON object."));
	request->json = body;
	return check_members(request, fields != NULL ? fields : "");
}

bool api_has(const struct request *request, const char *name)
{
	return json_get(request->json, name) != NULL;
}

/* The member for one that must or may be there: ERR_NOT_FOUND, and an absent one is fine. */
static enum err find_member(struct request *request, const char *name, bool is_optional,
                            const cJSON **ret_member)
{
	*ret_member = json_get(request->json, name);
	if (*ret_member != NULL)
		return OK;
	if (is_optional)
		return ERR_NOT_FOUND;
	return api_fault(request, name, i18n(request->language, "This member is missing."));
}

static enum err length_fault(struct request *request, const struct api_text *wish)
{
	return api_fault(
	        request, wish->name,
	        arena_printf(request->arena,
	                     i18n(request->language, "It must have %zu to %zu characters."),
	                     wish->min, wish->max));
}

static enum err read_text(struct request *request, const struct api_text *wish, bool is_trimmed,
                          const char **ret_text)
{
	const cJSON *member;
	const char *text;
	size_t count;
	enum err err = find_member(request, wish->name, wish->fallback != NULL, &member);

	if (err == ERR_NOT_FOUND) {
		*ret_text = wish->fallback;
		return OK;
	}
	if (err != OK)
		return err;
	if (!cJSON_IsString(member))
		return api_fault(request, wish->name,
		                 i18n(request->language, "It must be a text."));
	text = is_trimmed ? text_trimmed(request->arena, member->valuestring) : member->valuestring;
	count = text_count(text, strlen(text));
	if (count < wish->min || count > wish->max)
		return length_fault(request, wish);
	*ret_text = text;
	return OK;
}

enum err api_text(struct request *request, const struct api_text *wish, const char **ret_text)
{
	return read_text(request, wish, true, ret_text);
}

enum err api_verbatim(struct request *request, const struct api_text *wish, const char **ret_text)
{
	return read_text(request, wish, false, ret_text);
}

enum err api_integer(struct request *request, const struct api_integer *wish, int *ret_number)
{
	const cJSON *member;
	enum err err = find_member(request, wish->name, wish->is_optional, &member);

	if (err == ERR_NOT_FOUND) {
		*ret_number = wish->fallback;
		return OK;
	}
	if (err != OK)
		return err;
	if (!cJSON_IsNumber(member) || member->valuedouble < wish->min ||
	    member->valuedouble > wish->max || member->valuedouble != trunc(member->valuedouble))
		return api_fault(request, wish->name,
		                 arena_printf(request->arena,
		                              i18n(request->language,
		                                   "It must be a whole number from %d to %d."),
		                              wish->min, wish->max));
	*ret_number = (int)member->valuedouble;
	return OK;
}

enum err api_choice(struct request *request, const struct api_choice *wish, const char **ret_choice)
{
	const cJSON *member;
	enum err err = find_member(request, wish->name, wish->fallback != NULL, &member);

	if (err == ERR_NOT_FOUND) {
		*ret_choice = wish->fallback;
		return OK;
	}
	if (err != OK)
		return err;
	if (!cJSON_IsString(member) || !form_word_in(wish->choices, member->valuestring))
		return api_fault(request, wish->name,
		                 arena_printf(request->arena,
		                              i18n(request->language, "It must be one of: %s."),
		                              wish->choices));
	*ret_choice = member->valuestring;
	return OK;
}
