/* Records of talks and the usage of models. */
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/interview.h"
#include "view/usage_view.h"
#include "web/reply.h"
#include "web/trail.h"
#include "witness/record.h"

enum { MAX_DISAGREEMENTS = 50 };

enum err blind_disagreements(struct request *request, struct disagreement_list *list)
{
	const struct blind_reader reader = blind_reader_of(request);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < list->count; i++)
		err = blind_interview_name(request->store, request->arena, &reader,
		                           list->items[i].interview_id, &list->items[i].candidate);
	return err;
}

/* What models were sent holds the profile in words of its own: it is left out. */
static enum err blind_record(struct request *request, const struct interview *interview,
                             cJSON *document)
{
	const struct blind_reader reader = blind_reader_of(request);
	struct blind blind;
	cJSON *call;
	enum err err = blind_interview(request->store, request->arena, &reader, interview, &blind);

	if (err != OK || blind.alias == NULL)
		return err;
	cJSON_ArrayForEach(call, cJSON_GetObjectItemCaseSensitive(document, "calls"))
	        cJSON_ReplaceItemInObjectCaseSensitive(call, "prompt", cJSON_CreateNull());
	blind_document(request->arena, &blind, document);
	return OK;
}

static enum err reply_record(struct request *request, bool is_detailed)
{
	struct arena *arena = request->arena;
	struct interview interview;
	cJSON *document;
	const char *text;
	enum err err = interview_by_id(request->store, arena, request->params[0], &interview);

	if (err == OK)
		err = is_detailed ? record_detailed(request->store, arena, &interview, &document)
		                  : record_turns(request->store, arena, &interview, &document);
	if (err == OK)
		err = blind_record(request, &interview, document);
	if (err == OK)
		err = trail_add(request, "log.download",
		                (struct audit_subject){ AUDIT_INTERVIEW, interview.id },
		                is_detailed ? "{\"form\":\"detailed\"}" : NULL);
	if (err != OK)
		return err;
	text = json_text(document);
	return reply_download(request, record_file_name(arena, &interview, is_detailed),
	                      "application/json", text, strlen(text));
}

static enum err get_log(struct request *request)
{
	return reply_record(request, false);
}

static enum err get_detailed(struct request *request)
{
	return reply_record(request, true);
}

static enum err get_usage(struct request *request)
{
	struct usage_page usage = { .period = request_query(request, "period", "day") };
	enum err err;

	if (usage_view_period_ms(usage.period) == 0)
		usage.period = "day";
	err = llm_usage_list(request->store, request->arena,
	                     clock_now_ms() - usage_view_period_ms(usage.period), &usage.usage);
	if (err == OK)
		err = disagreement_list(request->store, request->arena, MAX_DISAGREEMENTS,
		                        &usage.disagreements);
	if (err == OK)
		err = blind_disagreements(request, &usage.disagreements);
	if (err != OK)
		return err;
	usage.state = model_state(request->arena);
	return reply_page(request, "usage",
	                  usage_view_page(request->arena, &usage, request->language));
}

static const struct route routes[] = {
	{ GET, "/admin/interviews/*/detailed.json", ADMIN, get_detailed, NULL },
	{ GET, "/admin/interviews/*/log.json", ADMIN, get_log, NULL },
	{ GET, "/admin/usage", ADMIN, get_usage, NULL },
};

const struct route_table record_routes = ROUTE_TABLE(routes);
