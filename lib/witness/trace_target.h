/* Where traces go: Langfuse, an OpenTelemetry collector, or both, as configured. */
#ifndef VIVA_WITNESS_TRACE_TARGET_H
#define VIVA_WITNESS_TRACE_TARGET_H

#include <stddef.h>

#include "base/arena.h"

struct trace_target {
	const char *spans_url;
	const char *scores_url;     /* NULL: it takes no scores */
	const char *const *headers; /* whole lines, ended by NULL; secret */
};

enum { TRACE_TARGETS = 2 };

/*
 * Reads them from the configuration and gives their number. One that cannot be used is left
 * out and told in the log, without its secrets.
 */
size_t trace_target_read(struct arena *arena, struct trace_target targets[TRACE_TARGETS]);

#endif
