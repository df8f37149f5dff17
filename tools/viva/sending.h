/* What is sent to other programs until nothing is due, for several commands. */
#ifndef VIVA_TOOLS_SENDING_H
#define VIVA_TOOLS_SENDING_H

#include "notify/webhook.h"
#include "witness/trace.h"

struct event_counts {
	int sent, failed;
};

/*
 * Sends events until none is due (ERR_NOT_FOUND, the good end) and adds to the counts; the other
 * side is left alone when it fails again and again. ERR_BUSY: another process is sending.
 */
enum err send_events(struct store *store, const struct webhook *webhook,
                     struct event_counts *counts);

/* Sends traces, one batch after the other; errors as of trace_export. */
enum err send_traces(struct store *store, const struct trace *trace);

#endif
