/* Spans in OTLP's JSON: hexadecimal ids, 64-bit integers as strings, attributes as a list. */
#ifndef VIVA_WITNESS_TRACE_OTLP_H
#define VIVA_WITNESS_TRACE_OTLP_H

#include <stdbool.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/buf.h"

struct trace_otlp_span {
	const char *trace_id, *span_id; /* 32 and 16 hexadecimal digits */
	const char *parent_id;          /* NULL: the root */
	const char *name;
	bool is_client;           /* a call of another server */
	int64_t start_ms, end_ms; /* since 1970 */
};

/* A span without attributes, in the thread's cJSON arena as all here. */
cJSON *trace_otlp_begin(struct arena *arena, const struct trace_otlp_span *span);

/* Attributes; a text that is NULL or "" and a number that is not finite are left out. */
void trace_otlp_text(cJSON *span, const char *key, const char *value);
void trace_otlp_integer(struct arena *arena, cJSON *span, const char *key, int64_t value);
void trace_otlp_number(cJSON *span, const char *key, double value);
void trace_otlp_bool(cJSON *span, const char *key, bool value);
void trace_otlp_texts(cJSON *span, const char *key, const char *value);

/* Marks the span as failed; `message` may be "". */
void trace_otlp_fail(cJSON *span, const char *message);

/* The body of a request: `spans` are their JSON texts, separated by commas. */
const char *trace_otlp_request(struct arena *arena, const struct buf *spans);

#endif
