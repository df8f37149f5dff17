/* Metrics for Prometheus. */
#include <string.h>
#include <strings.h>

#include <arpa/inet.h>

#include "account.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/disk.h"
#include "care/shelf.h"
#include "judge/judge.h"
#include "view/meter_view.h"
#include "view/metrics_view.h"
#include "web/reply.h"
#include "web/token.h"

/* A body that is no page, as it is; not copied. */
static enum err reply_text(struct request *request, const char *type, const char *text)
{
	reply_header(request, "Content-Type", type);
	request->reply.bytes = text;
	request->reply.len = strlen(text);
	return OK;
}

static bool is_loopback(const char *address)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
	if (inet_pton(AF_INET6, address, &six) != 1)
		return false;
	return IN6_IS_ADDR_LOOPBACK(&six) ||
	       (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == IN_LOOPBACKNET);
}

/* Behind a proxy on this machine everybody comes from here. */
static bool is_from_here(const struct request *request)
{
	return is_loopback(request_param(request, "REMOTE_ADDR")) &&
	       request_param(request, "HTTP_X_FORWARDED_FOR")[0] == '\0' &&
	       request_param(request, "HTTP_FORWARDED")[0] == '\0';
}

static bool has_token(const struct request *request)
{
	static const char scheme[] = "Bearer ";
	const char *header = request_param(request, "HTTP_AUTHORIZATION");
	const size_t len = sizeof(scheme) - 1;

	return strncasecmp(header, scheme, len) == 0 &&
	       token_equal(header + len, config()->metrics_token);
}

/* Where nothing is exported, all would be waiting for ever. */
static bool has_exporter(void)
{
	return config()->otlp_url[0] != '\0' || config()->langfuse_url[0] != '\0';
}

static enum err read_page(struct request *request, struct meter_page *ret_page)
{
	struct arena *arena = request->arena;
	const char *path = arena_printf(arena, "%s/viva.db", config()->var);
	struct meter_page page = {
		.now = clock_now_ms(),
		.database_bytes = disk_file_size(path),
		.log_bytes = disk_file_size(arena_printf(arena, "%s-wal", path)),
		.free_bytes = disk_free(path),
		.model = model_state(arena),
	};
	struct shelf backups;
	enum err err = health_read(request->store, arena, &page.health);

	if (err == OK)
		err = health_count(request->store, &page.counts);
	if (err != OK)
		return err;
	page.slots = judge_count_slots(arena_printf(arena, "%s/judge", config()->var),
	                               config()->judge_slots, &page.slots_busy);
	shelf_read(arena, shelf_folder(arena), &backups);
	page.backup_at = backups.count > 0 ? backups.items[0].made_at : 0;
	meter_read(arena, &page.meter);
	*ret_page = page;
	return OK;
}

static enum err reply_metrics(struct request *request)
{
	struct llm_metric_list list;
	struct trace_counts traces;
	struct meter_page page;
	struct buf out;
	enum err err = read_page(request, &page);

	if (err == OK)
		err = llm_metric_list(request->store, request->arena, &list);
	if (err == OK && has_exporter())
		err = trace_counts(request->store, &traces);
	if (err != OK)
		return err;
	buf_init(&out, request->arena);
	meter_view_add(&out, &page);
	metrics_view_add(&out, &list);
	if (has_exporter())
		metrics_view_add_traces(&out, &traces);
	return reply_text(request, METRICS_VIEW_TYPE, out.data);
}

static enum err get_metrics(struct request *request)
{
	if (config()->metrics_token[0] == '\0' && !is_from_here(request))
		return ERR_NOT_FOUND;
	if (config()->metrics_token[0] != '\0' && !has_token(request)) {
		request->reply.status = 401;
		reply_header(request, "WWW-Authenticate", "Bearer");
		return reply_text(request, "text/plain; charset=utf-8", "no valid token\n");
	}
	return reply_metrics(request);
}

static const struct route routes[] = {
	{ GET, "/metrics", ANYONE, get_metrics, NULL },
};

const struct route_table metrics_routes = ROUTE_TABLE(routes);
