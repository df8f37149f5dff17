#include "view/health_view.h"

#include "base/format.h"
#include "base/json.h"
#include "base/version.h"
#include "view/labels.h"

/* From there on a line asks for a look. */
static const int64_t FREE_BYTES = INT64_C(1) << 30, LOG_BYTES = INT64_C(256) << 20;
static const int64_t ROUND_MS = 15LL * 60 * 1000, QUEUE_MS = 2LL * 60 * 1000;
static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;
static const double MIB = 1024.0 * 1024;

struct lines {
	struct arena *arena;
	cJSON *rows;
	enum language language;
	int wrong;
};

static void add_line(struct lines *lines, const char *title, const char *value, bool is_well)
{
	cJSON *row = json_add_object(lines->rows);

	json_set_string(row, "title", i18n(lines->language, title));
	json_set_string(row, "value", value);
	json_set_bool(row, "is_well", is_well);
	json_set_string(row, "state",
	                is_well ? i18n(lines->language, N_("In order"))
	                        : i18n(lines->language, N_("Needs a look")));
	lines->wrong += !is_well;
}

static const char *size_text(const struct lines *lines, int64_t bytes)
{
	if (bytes < 0)
		return i18n(lines->language, "not known");
	return arena_printf(lines->arena, i18n(lines->language, "%s MiB"),
	                    format_decimal(lines->arena, lines->language, (double)bytes / MIB, 1));
}

/* The time, or what stands for none. */
static const char *time_text(const struct lines *lines, int64_t ms, const char *none)
{
	return ms != 0 ? format_date(lines->arena, ms) : i18n(lines->language, none);
}

static void add_program(struct lines *lines, const struct health_page *page)
{
	add_line(lines, N_("Version"), VIVA_VERSION, true);
	add_line(lines, N_("Edition of the database"),
	         arena_printf(lines->arena, "%d", page->health.edition), true);
	add_line(lines, N_("Started"), time_text(lines, page->started_at, N_("with this request")),
	         true);
}

static void add_storage(struct lines *lines, const struct health_page *page)
{
	add_line(lines, N_("Size of the database"), size_text(lines, page->database_bytes),
	         page->database_bytes >= 0);
	add_line(lines, N_("Size of its write-ahead log"),
	         page->log_bytes < 0 ? size_text(lines, 0) : size_text(lines, page->log_bytes),
	         page->log_bytes < LOG_BYTES);
	add_line(lines, N_("Free disk space"), size_text(lines, page->free_bytes),
	         page->free_bytes > FREE_BYTES);
	add_line(lines, N_("Copy made before the last upgrade"),
	         time_text(lines, page->copied_at, N_("none: it was not upgraded yet")), true);
}

/* A young installation has no backup yet and is no worse for it. */
static void add_backup(struct lines *lines, const struct health_page *page)
{
	const struct shelf *shelf = &page->backups;
	const struct shelf_item *newest = shelf->count > 0 ? &shelf->items[0] : NULL;
	const int64_t since = newest != NULL ? newest->made_at : page->began_at;

	add_line(lines, N_("Newest backup"),
	         newest == NULL ? i18n(lines->language, "none yet")
	                        : arena_printf(lines->arena, "%s, %s",
	                                       format_date(lines->arena, newest->made_at),
	                                       size_text(lines, newest->bytes)),
	         page->now - since < 2 * DAY_MS);
}

static void add_judge(struct lines *lines, const struct health_page *page)
{
	const struct health *health = &page->health;
	const char *tier = health->judge;

	if (tier == NULL)
		tier = i18n(lines->language, "not known: the program of the judge has not started");
	else if (tier[0] == '\0')
		tier = i18n(lines->language, "none: code is kept but not run");
	add_line(lines, N_("Protection of the judge"), tier,
	         health->judge != NULL && health->judge[0] != '\0');
	add_line(lines, N_("Code that waits, that runs"),
	         arena_printf(lines->arena, "%d, %d", health->queued, health->running),
	         health->queued == 0 || page->now - health->oldest_queued_at < QUEUE_MS);
}

static void add_model(struct lines *lines, const struct health_page *page)
{
	static const char *const states[] = {
		[MODEL_NONE] = N_("not configured: the built-in examiner works"),
		[MODEL_READY] = N_("ready"),
		[MODEL_PAUSED] = N_("asked for a pause"),
		[MODEL_OPEN] = N_("does not work: the built-in examiner takes its place"),
	};
	const struct health *health = &page->health;

	add_line(lines, N_("Endpoint of the model"), i18n(lines->language, states[page->model]),
	         page->model != MODEL_OPEN);
	if (page->model == MODEL_NONE && health->error_at == 0)
		return;
	add_line(lines, N_("Last call of a model that failed, in a week"),
	         health->error_at == 0
	                 ? i18n(lines->language, "none")
	                 : arena_printf(lines->arena, "%s, %s: %s",
	                                format_date(lines->arena, health->error_at),
	                                label_agent(lines->language, health->error_agent),
	                                health->error_outcome),
	         page->now - health->error_at > DAY_MS);
	add_line(lines, N_("Last refresh of the questions"),
	         time_text(lines, health->refreshed_at, N_("none yet")), !health->refresh_failed);
}

static void add_errands(struct lines *lines, const struct health_page *page)
{
	const struct health *health = &page->health;

	add_line(lines, N_("Last round of the housekeeping"),
	         time_text(lines, health->housekeeping_at, N_("none yet")),
	         page->now - health->housekeeping_at < ROUND_MS);
	add_line(lines, N_("Finished interviews without a report, in a week"),
	         arena_printf(lines->arena, "%d", health->reports_missing), true);
	if (page->has_webhook || page->has_traces)
		add_line(lines, N_("Last round of webhooks and traces"),
		         time_text(lines, health->errands_at, N_("none yet")),
		         page->now - health->errands_at < ROUND_MS);
	if (page->has_webhook)
		add_line(lines, N_("Webhook: waiting, given up in a week"),
		         arena_printf(lines->arena, "%d, %d", health->deliveries_waiting,
		                      health->deliveries_failed),
		         health->deliveries_failed == 0);
	if (page->has_traces)
		add_line(lines, N_("Traces that could not be sent and are tried again"),
		         arena_printf(lines->arena, "%d", health->traces_failing),
		         health->traces_failing == 0);
	add_line(lines, N_("Newest row of the audit log"),
	         arena_printf(lines->arena, "%lld", (long long)health->audit_head), true);
}

cJSON *health_view(struct arena *arena, const struct health_page *page, enum language language)
{
	cJSON *object = cJSON_CreateObject();
	struct lines lines = { .arena = arena,
		               .rows = json_set_array(object, "lines"),
		               .language = language };

	add_program(&lines, page);
	add_storage(&lines, page);
	add_backup(&lines, page);
	add_judge(&lines, page);
	add_model(&lines, page);
	add_errands(&lines, page);
	json_set_string(object, "summary",
	                lines.wrong == 0
	                        ? i18n(language, "Everything is in order.")
	                        : arena_printf(arena,
	                                       i18n_plural(language, "%d line needs a look.",
	                                                   "%d lines need a look.", lines.wrong),
	                                       lines.wrong));
	json_set_bool(object, "is_well", lines.wrong == 0);
	return object;
}
