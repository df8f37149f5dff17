#include "witness/trace_otlp.h"

#include <inttypes.h>
#include <math.h>

#include "base/json.h"

/* SpanKind and StatusCode of the protocol. */
enum { KIND_INTERNAL = 1, KIND_CLIENT = 3, STATUS_ERROR = 2 };

static void set_time(struct arena *arena, cJSON *span, const char *name, int64_t ms)
{
	json_set_string(span, name, ms <= 0 ? "0" : arena_printf(arena, "%" PRId64 "000000", ms));
}

cJSON *trace_otlp_begin(struct arena *arena, const struct trace_otlp_span *span)
{
	const int64_t end_ms = span->end_ms > span->start_ms ? span->end_ms : span->start_ms;
	cJSON *item = cJSON_CreateObject();

	json_set_string(item, "traceId", span->trace_id);
	json_set_string(item, "spanId", span->span_id);
	if (span->parent_id != NULL)
		json_set_string(item, "parentSpanId", span->parent_id);
	json_set_string(item, "name", span->name);
	json_set_number(item, "kind", span->is_client ? KIND_CLIENT : KIND_INTERNAL);
	set_time(arena, item, "startTimeUnixNano", span->start_ms);
	set_time(arena, item, "endTimeUnixNano", end_ms);
	json_set_array(item, "attributes");
	json_set_object(item, "status");
	return item;
}

/* The value object of a new attribute. */
static cJSON *add(cJSON *span, const char *key)
{
	cJSON *attribute = json_add_object(cJSON_GetObjectItemCaseSensitive(span, "attributes"));

	json_set_string(attribute, "key", key);
	return json_set_object(attribute, "value");
}

void trace_otlp_text(cJSON *span, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_set_string(add(span, key), "stringValue", value);
}

void trace_otlp_integer(struct arena *arena, cJSON *span, const char *key, int64_t value)
{
	json_set_string(add(span, key), "intValue", arena_printf(arena, "%" PRId64, value));
}

void trace_otlp_number(cJSON *span, const char *key, double value)
{
	if (isfinite(value))
		json_set_number(add(span, key), "doubleValue", value);
}

void trace_otlp_bool(cJSON *span, const char *key, bool value)
{
	json_set_bool(add(span, key), "boolValue", value);
}

void trace_otlp_texts(cJSON *span, const char *key, const char *value)
{
	cJSON *values;

	if (value == NULL || value[0] == '\0')
		return;
	values = json_set_array(json_set_object(add(span, key), "arrayValue"), "values");
	json_set_string(json_add_object(values), "stringValue", value);
}

void trace_otlp_fail(cJSON *span, const char *message)
{
	cJSON *status = cJSON_GetObjectItemCaseSensitive(span, "status");

	json_set_number(status, "code", STATUS_ERROR);
	if (message[0] != '\0')
		json_set_string(status, "message", message);
}

const char *trace_otlp_request(struct arena *arena, const struct buf *spans)
{
	static const char head[] =
	        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
	        "\"value\":{\"stringValue\":\"viva\"}}]},\"scopeSpans\":[{\"scope\":"
	        "{\"name\":\"viva\"},\"spans\":[";
	struct buf body;

	buf_init(&body, arena);
	buf_reserve(&body, spans->len + sizeof(head) + 8);
	buf_str(&body, head);
	buf_add(&body, spans->data, spans->len);
	buf_str(&body, "]}]}]}");
	return body.data;
}
