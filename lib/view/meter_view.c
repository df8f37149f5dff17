#include "view/meter_view.h"

#include <inttypes.h>

#include "base/process.h"
#include "base/version.h"
#include "judge/judge.h"
#include "view/metrics_view.h"

/* --- lines --------------------------------------------------------------------- */

/* Microseconds as seconds, exactly. */
static void add_seconds(struct buf *out, int64_t microseconds)
{
	buf_printf(out, "%" PRId64 ".%06d\n", microseconds / 1000000,
	           (int)(microseconds % 1000000));
}

static void add_single(struct buf *out, const char *name, const char *type, const char *help,
                       int64_t value)
{
	metrics_view_family(out, name, type, help);
	buf_printf(out, "%s %" PRId64 "\n", name, value);
}

/* A value that is not known has no line. */
static void add_known(struct buf *out, const char *name, const char *help, int64_t value)
{
	if (value >= 0)
		add_single(out, name, "gauge", help, value);
}

static void add_labelled(struct buf *out, const char *name, const char *label, const char *value,
                         int64_t number)
{
	buf_printf(out, "%s{", name);
	metrics_view_label(out, label, value);
	buf_printf(out, "} %" PRId64 "\n", number);
}

static void add_bucket(struct buf *out, const char *name, const char *program, int bound,
                       int64_t count)
{
	buf_printf(out, "%s_bucket{", name);
	if (program != NULL) {
		metrics_view_label(out, "program", program);
		buf_char(out, ',');
	}
	if (bound < METER_BOUNDS)
		buf_printf(out, "le=\"%g\"} %" PRId64 "\n", (double)meter_bounds_us[bound] / 1e6,
		           count);
	else
		buf_printf(out, "le=\"+Inf\"} %" PRId64 "\n", count);
}

/* The count is the sum of the buckets, so that the two agree whatever goes on meanwhile. */
static void add_histogram(struct buf *out, const char *name, const char *program,
                          const struct meter_histogram *histogram)
{
	const char *labels = "";
	struct buf text;
	int64_t count = 0;

	if (program != NULL) {
		buf_init(&text, out->arena);
		buf_char(&text, '{');
		metrics_view_label(&text, "program", program);
		buf_char(&text, '}');
		labels = text.data;
	}
	for (int i = 0; i < METER_BUCKETS; i++) {
		count += histogram->buckets[i];
		add_bucket(out, name, program, i, count);
	}
	buf_printf(out, "%s_sum%s ", name, labels);
	add_seconds(out, histogram->sum_us);
	buf_printf(out, "%s_count%s %" PRId64 "\n", name, labels, count);
}

/* --- requests --------------------------------------------------------------------- */

static void add_requests(struct buf *out, const struct meter_reading *meter)
{
	static const char name[] = "viva_requests_total";

	metrics_view_family(out, name, "counter",
	                    "Requests by pattern of their path and class of status.");
	for (size_t i = 0; i < meter->route_count; i++) {
		const struct meter_route *route = &meter->routes[i];

		for (int j = 0; j < METER_CLASSES; j++) {
			if (route->answers[j] == 0)
				continue;
			buf_printf(out, "%s{", name);
			metrics_view_label(out, "program", route->program);
			buf_char(out, ',');
			metrics_view_label(out, "method", route->method);
			buf_char(out, ',');
			metrics_view_label(out, "route", route->route);
			buf_printf(out, ",status=\"%dxx\"} %" PRId64 "\n", j + 1,
			           route->answers[j]);
		}
	}
}

static void add_programs(struct buf *out, const struct meter_reading *meter)
{
	metrics_view_family(out, "viva_request_duration_seconds", "histogram",
	                    "Time of a request, a stream with all of its length.");
	for (size_t i = 0; i < meter->program_count; i++)
		add_histogram(out, "viva_request_duration_seconds", meter->programs[i].name,
		              &meter->programs[i].times);
	metrics_view_family(out, "viva_requests_in_flight", "gauge", "Requests under way.");
	for (size_t i = 0; i < meter->program_count; i++)
		add_labelled(out, "viva_requests_in_flight", "program", meter->programs[i].name,
		             meter->programs[i].in_flight);
	metrics_view_family(out, "viva_process_starts_total", "counter",
	                    "Processes that were started to serve.");
	for (size_t i = 0; i < meter->program_count; i++)
		add_labelled(out, "viva_process_starts_total", "program", meter->programs[i].name,
		             meter->programs[i].starts);
}

/* --- processes ----------------------------------------------------------------------- */

struct process_line {
	const struct meter_process *process;
	struct process_facts facts;
};

static void add_of_process(struct buf *out, const char *name, const struct meter_process *process,
                           int64_t value)
{
	buf_printf(out, "%s{", name);
	metrics_view_label(out, "program", process->program);
	buf_printf(out, ",pid=\"%d\"} %" PRId64 "\n", process->pid, value);
}

static void add_processes(struct buf *out, const struct meter_reading *meter)
{
	struct process_line *lines = arena_array(out->arena, meter->process_count + 1,
	                                         sizeof(*lines));
	size_t count = 0;

	for (size_t i = 0; i < meter->process_count; i++) {
		lines[count].process = &meter->processes[i];
		count += process_read(meter->processes[i].pid, &lines[count].facts);
	}
	metrics_view_family(out, "viva_process_start_time_seconds", "gauge",
	                    "When a process that serves was started.");
	for (size_t i = 0; i < count; i++)
		add_of_process(out, "viva_process_start_time_seconds", lines[i].process,
		               lines[i].facts.started_at / 1000);
	metrics_view_family(out, "viva_process_resident_memory_bytes", "gauge",
	                    "Resident memory of a process that serves.");
	for (size_t i = 0; i < count; i++)
		add_of_process(out, "viva_process_resident_memory_bytes", lines[i].process,
		               lines[i].facts.resident_bytes);
	metrics_view_family(out, "viva_process_open_fds", "gauge",
	                    "Open descriptors of a process that serves.");
	for (size_t i = 0; i < count; i++)
		if (lines[i].facts.descriptors >= 0)
			add_of_process(out, "viva_process_open_fds", lines[i].process,
			               lines[i].facts.descriptors);
}

/* --- the judge, models, the database, errands -------------------------------------------- */

static void add_judge(struct buf *out, const struct meter_page *page)
{
	const struct meter_reading *meter = &page->meter;
	const struct health *health = &page->health;

	add_single(out, "viva_judge_queue_length", "gauge", "Submissions that wait.",
	           health->queued);
	add_single(out, "viva_judge_queue_oldest_seconds", "gauge",
	           "Age of the submission that waits longest.",
	           health->oldest_queued_at > 0 && page->now > health->oldest_queued_at
	                   ? (page->now - health->oldest_queued_at) / 1000
	                   : 0);
	add_single(out, "viva_judge_slots", "gauge", "Submissions this machine judges at once.",
	           page->slots);
	add_single(out, "viva_judge_slots_busy", "gauge", "Slots of the judge in use.",
	           page->slots_busy);
	metrics_view_family(out, "viva_judge_available", "gauge",
	                    "1: code is judged, in the sandbox of that tier.");
	add_labelled(out, "viva_judge_available", "tier",
	             health->judge != NULL ? health->judge : "",
	             health->judge != NULL && health->judge[0] != '\0');
	metrics_view_family(out, "viva_judge_tests_total", "counter",
	                    "Tests of candidates' code by verdict.");
	for (int i = JUDGE_ERROR; i <= JUDGE_ACCEPTED; i++)
		add_labelled(out, "viva_judge_tests_total", "verdict",
		             judge_verdict_name((enum judge_verdict)i),
		             meter->counters[METER_VERDICTS + i]);
	add_single(out, "viva_judge_errors_total", "counter",
	           "Submissions that the judge could not judge.",
	           meter->counters[METER_JUDGE_ERRORS]);
	metrics_view_family(out, "viva_judge_duration_seconds", "histogram",
	                    "Time to judge a submission.");
	add_histogram(out, "viva_judge_duration_seconds", NULL, &meter->times[METER_JUDGING]);
	metrics_view_family(out, "viva_judge_wait_seconds", "histogram",
	                    "Time of a submission in the queue.");
	add_histogram(out, "viva_judge_wait_seconds", NULL, &meter->times[METER_QUEUE]);
}

static void add_model(struct buf *out, enum model_state state)
{
	metrics_view_family(out, "viva_llm_state", "gauge",
	                    "1 for the state of the model's endpoint; open: its circuit is.");
	for (int i = MODEL_NONE; i <= MODEL_OPEN; i++)
		add_labelled(out, "viva_llm_state", "state", model_state_name((enum model_state)i),
		             i == (int)state);
}

static void add_database(struct buf *out, const struct meter_page *page)
{
	const int64_t *counters = page->meter.counters;

	add_known(out, "viva_database_bytes", "Size of the database.", page->database_bytes);
	add_known(out, "viva_database_wal_bytes", "Size of its write-ahead log.",
	          page->log_bytes < 0 ? 0 : page->log_bytes);
	add_known(out, "viva_disk_free_bytes", "Room where the database is.", page->free_bytes);
	add_single(out, "viva_database_edition", "gauge", "Edition of the schema.",
	           page->health.edition);
	add_single(out, "viva_database_busy_waits_total", "counter",
	           "Statements that waited for a lock.", counters[METER_BUSY_WAITS]);
	add_single(out, "viva_database_busy_failures_total", "counter",
	           "Statements that waited for a lock in vain.", counters[METER_BUSY_FAILURES]);
	add_single(out, "viva_database_errors_total", "counter",
	           "Statements that failed otherwise.", counters[METER_DATABASE_ERRORS]);
	metrics_view_family(out, "viva_database_transaction_seconds", "histogram",
	                    "Transactions that wrote, from their lock to the end.");
	add_histogram(out, "viva_database_transaction_seconds", NULL,
	              &page->meter.times[METER_TRANSACTION]);
	add_single(out, "viva_sessions", "gauge", "Log-ins of browsers.", page->counts.sessions);
	add_single(out, "viva_interviews_running", "gauge", "Interviews under way.",
	           page->counts.interviews);
}

/* What never happened has no line. */
static void add_errands(struct buf *out, const struct meter_page *page)
{
	static const char name[] = "viva_last_success_timestamp_seconds";
	const struct health *health = &page->health;
	const struct {
		const char *task;
		int64_t at;
	} tasks[] = {
		{ "housekeeping", health->housekeeping_at },
		{ "errands", health->errands_at },
		{ "refresh", health->refresh_failed ? 0 : health->refreshed_at },
		{ "backup", page->backup_at },
	};

	metrics_view_family(out, name, "gauge", "When what runs by itself last went well.");
	for (size_t i = 0; i < sizeof(tasks) / sizeof(*tasks); i++)
		if (tasks[i].at > 0)
			add_labelled(out, name, "task", tasks[i].task, tasks[i].at / 1000);
}

void meter_view_add(struct buf *out, const struct meter_page *page)
{
	metrics_view_family(out, "viva_build_info", "gauge", "Always 1; its label is the version.");
	add_labelled(out, "viva_build_info", "version", VIVA_VERSION, 1);
	add_requests(out, &page->meter);
	add_programs(out, &page->meter);
	add_processes(out, &page->meter);
	add_judge(out, page);
	add_model(out, page->model);
	add_database(out, page);
	add_errands(out, page);
}
