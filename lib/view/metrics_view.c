#include "view/metrics_view.h"

#include <inttypes.h>
#include <string.h>

/* Backslash, quotation mark and line end must not end the value. */
static void add_value(struct buf *out, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value == '\n')
			buf_str(out, "\\n");
		else if (*value == '\\' || *value == '"')
			buf_printf(out, "\\%c", *value);
		else
			buf_char(out, *value);
	}
}

void metrics_view_label(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s=\"", name);
	add_value(out, value);
	buf_char(out, '"');
}

static void add_labels(struct buf *out, const char *metric, const struct llm_metric_row *row)
{
	buf_printf(out, "%s{", metric);
	metrics_view_label(out, "agent", row->agent);
	buf_char(out, ',');
	metrics_view_label(out, "model", row->model);
}

void metrics_view_family(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_calls(struct buf *out, const struct llm_metric_list *list)
{
	metrics_view_family(out, "viva_llm_calls_total", "counter",
	                    "Calls of models by how they ended.");
	for (size_t i = 0; i < list->count; i++) {
		add_labels(out, "viva_llm_calls_total", &list->items[i]);
		buf_char(out, ',');
		metrics_view_label(out, "outcome", list->items[i].outcome);
		buf_printf(out, "} %" PRId64 "\n", list->items[i].calls);
	}
}

/* --- sums over the outcomes --------------------------------------------------- */

static void add_up(struct llm_metric_row *sum, const struct llm_metric_row *row)
{
	sum->calls += row->calls;
	sum->prompt_tokens += row->prompt_tokens;
	sum->completion_tokens += row->completion_tokens;
	sum->latency_sum_ms += row->latency_sum_ms;
	sum->first_count += row->first_count;
	sum->first_sum_ms += row->first_sum_ms;
	for (int i = 0; i < LLM_BUCKETS; i++) {
		sum->within[i] += row->within[i];
		sum->first_within[i] += row->first_within[i];
	}
}

/* One row for each agent and model. */
static struct llm_metric_list without_outcomes(struct arena *arena,
                                               const struct llm_metric_list *list)
{
	struct llm_metric_list sums = {
		.items = arena_array(arena, list->count + 1, sizeof(*sums.items)),
	};

	for (size_t i = 0; i < list->count; i++) {
		const struct llm_metric_row *row = &list->items[i];
		struct llm_metric_row *last = sums.count > 0 ? &sums.items[sums.count - 1] : NULL;

		if (last != NULL && strcmp(last->agent, row->agent) == 0 &&
		    strcmp(last->model, row->model) == 0)
			add_up(last, row);
		else
			sums.items[sums.count++] = *row;
	}
	return sums;
}

static void add_tokens(struct buf *out, const struct llm_metric_list *sums)
{
	metrics_view_family(out, "viva_llm_tokens_total", "counter", "Tokens sent and received.");
	for (size_t i = 0; i < sums->count; i++) {
		const struct llm_metric_row *row = &sums->items[i];

		add_labels(out, "viva_llm_tokens_total", row);
		buf_printf(out, ",kind=\"prompt\"} %" PRId64 "\n", row->prompt_tokens);
		add_labels(out, "viva_llm_tokens_total", row);
		buf_printf(out, ",kind=\"completion\"} %" PRId64 "\n", row->completion_tokens);
	}
}

/* --- histograms --------------------------------------------------------------- */

struct histogram {
	const char *name;
	int64_t count, sum_ms;
	const int64_t *within;
};

static void add_histogram(struct buf *out, const struct histogram *histogram,
                          const struct llm_metric_row *row)
{
	char *bucket = arena_printf(out->arena, "%s_bucket", histogram->name);

	for (int i = 0; i < LLM_BUCKETS; i++) {
		add_labels(out, bucket, row);
		buf_printf(out, ",le=\"%g\"} %" PRId64 "\n", (double)llm_bucket_ms[i] / 1000,
		           histogram->within[i]);
	}
	add_labels(out, bucket, row);
	buf_printf(out, ",le=\"+Inf\"} %" PRId64 "\n", histogram->count);
	add_labels(out, arena_printf(out->arena, "%s_sum", histogram->name), row);
	buf_printf(out, "} %" PRId64 ".%03d\n", histogram->sum_ms / 1000,
	           (int)(histogram->sum_ms % 1000));
	add_labels(out, arena_printf(out->arena, "%s_count", histogram->name), row);
	buf_printf(out, "} %" PRId64 "\n", histogram->count);
}

static void add_latency(struct buf *out, const struct llm_metric_list *sums)
{
	static const char name[] = "viva_llm_latency_seconds";

	metrics_view_family(out, name, "histogram", "Time of a call with all its tries.");
	for (size_t i = 0; i < sums->count; i++) {
		const struct llm_metric_row *row = &sums->items[i];

		add_histogram(
		        out,
		        &(struct histogram){ name, row->calls, row->latency_sum_ms, row->within },
		        row);
	}
}

static void add_first_token(struct buf *out, const struct llm_metric_list *sums)
{
	static const char name[] = "viva_llm_first_token_seconds";

	metrics_view_family(out, name, "histogram",
	                    "Time to the first token, of calls that got one.");
	for (size_t i = 0; i < sums->count; i++) {
		const struct llm_metric_row *row = &sums->items[i];

		add_histogram(out,
		              &(struct histogram){ name, row->first_count, row->first_sum_ms,
		                                   row->first_within },
		              row);
	}
}

void metrics_view_add(struct buf *out, const struct llm_metric_list *list)
{
	const struct llm_metric_list sums = without_outcomes(out->arena, list);

	add_calls(out, list);
	add_tokens(out, &sums);
	add_latency(out, &sums);
	add_first_token(out, &sums);
}

/* --- traces ------------------------------------------------------------------- */

static void add_spans(struct buf *out, const char *outcome, int64_t count)
{
	buf_str(out, "viva_trace_spans_total{");
	metrics_view_label(out, "outcome", outcome);
	buf_printf(out, "} %" PRId64 "\n", count);
}

void metrics_view_add_traces(struct buf *out, const struct trace_counts *counts)
{
	metrics_view_family(
	        out, "viva_trace_spans_total", "counter",
	        "Spans that a collector took or rejected; failed: requests, sent again later.");
	add_spans(out, "sent", counts->sent);
	add_spans(out, "rejected", counts->rejected);
	add_spans(out, "failed", counts->failed);
	metrics_view_family(out, "viva_trace_waiting", "gauge",
	                    "Turns and calls that were not sent yet.");
	buf_printf(out, "viva_trace_waiting %" PRId64 "\n", counts->waiting);
}
