/* How the installation is. */
#include "admin.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/disk.h"
#include "view/health_view.h"
#include "web/reply.h"

/* The copy that the newest change of the schema left behind. */
static int64_t copied_at(struct arena *arena, const char *path, int edition)
{
	return disk_file_time(arena_printf(arena, "%s.before-%d", path, edition));
}

static enum err get_health(struct request *request)
{
	struct arena *arena = request->arena;
	const char *path = config_var_path("viva.db");
	struct health_page page = {
		.now = clock_now_ms(),
		.started_at = request->context != NULL ? errands_started_at(request->context) : 0,
		.database_bytes = disk_file_size(path),
		.log_bytes = disk_file_size(arena_printf(arena, "%s-wal", path)),
		.free_bytes = disk_free(path),
		.model = model_state(arena),
		.has_webhook = config()->webhook_url[0] != '\0',
		.has_traces = config()->otlp_url[0] != '\0' || config()->langfuse_url[0] != '\0',
	};
	enum err err = health_read(request->store, arena, &page.health);

	if (err != OK)
		return err;
	page.began_at = shelf_began_at(request->store, arena);
	shelf_read(arena, shelf_folder(arena), &page.backups);
	page.copied_at = copied_at(arena, path, page.health.edition);
	return reply_page(request, "health", health_view(arena, &page, request->language));
}

static const struct route routes[] = {
	{ GET, "/admin/health", ADMIN, get_health, NULL },
};

const struct route_table health_routes = ROUTE_TABLE(routes);
