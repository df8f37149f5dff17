/* The counters of the models' calls and of traces for Prometheus (text format 0.0.4). */
#ifndef VIVA_VIEW_METRICS_VIEW_H
#define VIVA_VIEW_METRICS_VIEW_H

#include "base/buf.h"
#include "store/llm_call.h"
#include "store/trace.h"

#define METRICS_VIEW_TYPE "text/plain; version=0.0.4; charset=utf-8"

/*
 * Appends viva_llm_calls_total, viva_llm_tokens_total, viva_llm_latency_seconds and
 * viva_llm_first_token_seconds. The rows must come by agent, model and outcome.
 */
void metrics_view_add(struct buf *out, const struct llm_metric_list *list);

/* Appends viva_trace_spans_total and viva_trace_waiting. */
void metrics_view_add_traces(struct buf *out, const struct trace_counts *counts);

/* Appends HELP and TYPE of a family; its lines must follow. */
void metrics_view_family(struct buf *out, const char *name, const char *type, const char *help);

/* Appends a label with any value, escaped. */
void metrics_view_label(struct buf *out, const char *name, const char *value);

#endif
