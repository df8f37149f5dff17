/* Bodies of requests to the API: read, then asked for members of every kind. */
#include "target.h"

#include "base/json.h"
#include "web/api_internal.h"

static void read_members(struct request *request)
{
	const struct api_text text = { "text", 1, 10, NULL };
	const struct api_integer number = { "number", -5, 5, true, 0 };
	const struct api_choice choice = { "choice", "one two", "one" };
	const char *words;
	int value;

	if (api_integer(request, &number, &value) == OK && (value < -5 || value > 5))
		abort();
	(void)api_text(request, &text, &words);
	(void)api_verbatim(request, &text, &words);
	(void)api_choice(request, &choice, &words);
}

FUZZ_TARGET("api_body")
{
	struct request request = { .arena = arena_create(), .path = "/api/x", .id = "id" };

	setenv("CONTENT_TYPE", "application/json", 1);
	json_bind(request.arena);
	buf_init(&request.reply.headers, request.arena);
	api_begin(&request);
	request.api->body = arena_copy(request.arena, data, size);
	request.api->len = size;
	if (api_read_body(&request, "text number choice") == OK)
		read_members(&request);
	api_problem(&request, ERR_INVALID);
	json_bind(NULL);
	arena_destroy(request.arena);
	return 0;
}
