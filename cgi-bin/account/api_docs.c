/* The document of the API, and a page about it. */
#include <string.h>

#include "account.h"
#include "base/config.h"
#include "base/file.h"
#include "base/json.h"
#include "view/api_guide.h"
#include "web/api.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_DOCUMENT = 1024 * 1024 };

/* With the path at which this installation is found. */
static enum err read_document(struct request *request, const char **ret_yaml)
{
	static const char server[] = "\n  - url: /\n";
	const char *path = arena_printf(request->arena, "%s/openapi.yaml", config()->home);
	const char *place;
	char *yaml;
	size_t len;

	if (file_read(request->arena, path, MAX_DOCUMENT, &yaml, &len) != OK)
		return ERR_INTERNAL;
	place = strstr(yaml, server);
	*ret_yaml = yaml;
	if (place != NULL && config()->base_path[0] != '\0')
		*ret_yaml = arena_printf(request->arena, "%.*s\n  - url: %s\n%s",
		                         (int)(place - yaml), yaml, config()->base_path,
		                         place + sizeof(server) - 1);
	return OK;
}

static enum err get_document(struct request *request)
{
	const char *yaml;
	enum err err = read_document(request, &yaml);

	if (err != OK)
		return err;
	return api_reply_tagged(request, "application/yaml", yaml, strlen(yaml));
}

/* Commands to try, with the address at which the visitor found this page. */
static void add_examples(struct request *request, cJSON *page)
{
	const char *address = request_origin(request);

	json_set_string(page, "login_example",
	                arena_printf(request->arena,
	                             "curl %s/api/login \\\n"
	                             "  -H 'Content-Type: application/json' \\\n"
	                             "  -d '{\"username\": \"…\", \"password\": \"…\"}'",
	                             address));
	json_set_string(page, "token_example",
	                arena_printf(request->arena,
	                             "curl %s/api/interviews \\\n"
	                             "  -H \"Authorization: Bearer $TOKEN\"",
	                             address));
}

/* A page like all others, though it lies below /api: for the browser's user, in their words. */
static enum err get_guide(struct request *request)
{
	const char *yaml;
	cJSON *page;
	enum err err = read_document(request, &yaml);

	if (err != OK)
		return err;
	language_parse(request_cookie(request, "viva_lang"), &request->language);
	err = session_load(request);
	if (err != OK)
		return err;
	page = api_guide(request->arena, yaml, request->language);
	add_examples(request, page);
	return reply_page(request, "api", page);
}

static const struct route routes[] = {
	{ GET, "/api", ANYONE, get_guide, NULL },
	{ GET, "/api/openapi.yaml", ANYONE, get_document, NULL },
};

const struct route_table api_docs_routes = ROUTE_TABLE(routes);
