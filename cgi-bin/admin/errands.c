/* What works beside the requests here, where people are few: traces, webhooks, late reports. */
#include "admin.h"

#include "base/clock.h"
#include "notify/webhook.h"
#include "report/report.h"
#include "store/health.h"
#include "witness/trace.h"

/* NULL: it is not configured. */
struct errands {
	struct trace *trace;
	struct webhook *webhook;
	int64_t started_at;
	/* Monotonic; only this process's one thread has them. */
	int64_t report_at_us, note_at_us;
};

enum { LOOK_EVERY_S = 10, NOTE_EVERY_S = 60 };

bool errands_start(struct arena *lasting, struct background_work *work)
{
	struct errands *errands = arena_alloc(lasting, sizeof(*errands));

	errands->trace = trace_open(lasting);
	errands->webhook = webhook_open(lasting);
	errands->started_at = clock_now_ms();
	work->context = errands;
	work->threads = errands->trace != NULL || errands->webhook != NULL ? 1 : 0;
	return true;
}

static bool write_late_report(struct store *store, struct arena *arena, struct errands *errands)
{
	if (errands->webhook == NULL || clock_monotonic_us() < errands->report_at_us)
		return false;
	errands->report_at_us = clock_monotonic_us() + LOOK_EVERY_S * INT64_C(1000000);
	return report_write_late(store, arena) == OK;
}

int64_t errands_started_at(const void *context)
{
	const struct errands *errands = context;

	return errands->started_at;
}

static void leave_note(struct store *store, struct errands *errands)
{
	if (clock_monotonic_us() < errands->note_at_us)
		return;
	errands->note_at_us = clock_monotonic_us() + NOTE_EVERY_S * INT64_C(1000000);
	health_note(store, HEALTH_ERRANDS, "");
}

/* One after the other: neither makes the others wait for more than one request. */
bool errands_step(struct store *store, struct arena *arena, void *context)
{
	struct errands *errands = context;
	bool worked = write_late_report(store, arena, errands);

	leave_note(store, errands);
	if (errands->webhook != NULL)
		worked = webhook_step(store, arena, errands->webhook) || worked;
	if (errands->trace != NULL)
		worked = trace_step(store, arena, errands->trace) || worked;
	return worked;
}
