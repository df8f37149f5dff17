#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "web/api_internal.h"
#include "web/token.h"

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 100, SIGNATURE_DIGITS = 32, CURSOR_MAX = 200 };

/* Of a position in this list for this visitor: no cursor can be used elsewhere. */
static const char *sign(const struct request *request, const char *position)
{
	struct arena *arena = request->arena;
	const char *message = arena_printf(arena, "cursor %s %s %s",
	                                   request->user != NULL ? request->user->id : "",
	                                   request->path, position);

	return arena_printf(arena, "%.*s", SIGNATURE_DIGITS,
	                    token_sign(arena, request->csrf_key, message));
}

/* "<signature>.<time>.<id>" */
static bool read_cursor(const struct request *request, const char *cursor, struct api_page *page)
{
	struct arena *arena = request->arena;
	const char *dot = strchr(cursor, '.'), *id;
	long long at;

	if (dot == NULL || strlen(cursor) > CURSOR_MAX ||
	    !token_equal(arena_copy(arena, cursor, (size_t)(dot - cursor)), sign(request, dot + 1)))
		return false;
	id = strchr(dot + 1, '.');
	if (id == NULL ||
	    !text_integer(arena_copy(arena, dot + 1, (size_t)(id - dot - 1)), 0, INT64_MAX, &at))
		return false;
	page->at = at;
	page->id = id + 1;
	return true;
}

enum err api_read_page(struct request *request, struct api_page *ret_page)
{
	const char *cursor = request_query(request, "cursor", NULL);
	struct api_page page = { .limit = LIMIT_DEFAULT, .at = INT64_MAX, .id = "" };
	long long limit = LIMIT_DEFAULT;

	if (!text_integer(request_query(request, "limit", "20"), 1, LIMIT_MAX, &limit))
		return api_fault(request, NULL,
		                 i18n(request->language, "limit is a number from 1 to 100."));
	if (cursor != NULL && !read_cursor(request, cursor, &page))
		return api_fault(request, NULL,
		                 i18n(request->language, "The cursor is not one of this list."));
	page.limit = (int)limit;
	*ret_page = page;
	return OK;
}

void api_set_next(struct request *request, cJSON *document, bool has_more,
                  const struct api_page *last)
{
	const char *position;

	if (!has_more) {
		json_set_null(document, "next_cursor");
		return;
	}
	position = arena_printf(request->arena, "%lld.%s", (long long)last->at, last->id);
	json_set_string(document, "next_cursor",
	                arena_printf(request->arena, "%s.%s", sign(request, position), position));
}
