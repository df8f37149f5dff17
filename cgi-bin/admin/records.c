/* Records of talks and the usage of models. */
#include <string.h>

#include "admin.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/interview.h"
#include "view/usage_view.h"
#include "web/reply.h"
#include "witness/record.h"

enum { MAX_DISAGREEMENTS = 50 };

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
