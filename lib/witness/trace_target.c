#include "witness/trace_target.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "llm/address.h"

#define TRACES_PATH "/v1/traces"

enum { MAX_HEADERS = 32 };

/* The address without slashes at its end; NULL (logged): it is none. */
static const char *base_of(struct arena *arena, const char *variable, const char *address)
{
	char *base = text_trimmed(arena, address);
	const char *checked, *fault;
	size_t len = strlen(base);

	if (address_base(arena, base, &checked, &fault) != OK) {
		log_error("%s cannot be used, traces do not go there: %s", variable, fault);
		return NULL;
	}
	while (len > 0 && base[len - 1] == '/')
		base[--len] = '\0';
	return base;
}

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* --- Langfuse ----------------------------------------------------------------- */

static bool read_langfuse(struct arena *arena, struct trace_target *target)
{
	const struct config *settings = config();
	const char **headers = arena_array(arena, 3, sizeof(*headers)), *base, *key;

	if (settings->langfuse_url[0] == '\0')
		return false;
	if (settings->langfuse_public_key[0] == '\0' || settings->langfuse_secret_key[0] == '\0') {
		log_error("LANGFUSE_HOST is set but its keys are not: no traces go there");
		return false;
	}
	base = base_of(arena, "LANGFUSE_HOST", settings->langfuse_url);
	if (base == NULL)
		return false;
	key = arena_printf(arena, "%s:%s", settings->langfuse_public_key,
	                   settings->langfuse_secret_key);
	headers[0] = arena_printf(arena, "Authorization: Basic %s",
	                          base64_encode(arena, key, strlen(key)));
	headers[1] = "x-langfuse-ingestion-version: 4";
	*target = (struct trace_target){
		.spans_url = arena_printf(arena, "%s/api/public/otel" TRACES_PATH, base),
		.scores_url = arena_printf(arena, "%s/api/public/scores", base),
		.headers = headers,
	};
	return true;
}

/* --- a collector -------------------------------------------------------------- */

static int hex_value(char c)
{
	const char *const digits = "0123456789abcdef", *found;

	if (c >= 'A' && c <= 'F')
		c = (char)(c - 'A' + 'a');
	found = c != '\0' ? strchr(digits, c) : NULL;
	return found != NULL ? (int)(found - digits) : -1;
}

static const char *percent_decoded(struct arena *arena, const char *text)
{
	struct buf out;

	buf_init(&out, arena);
	for (; *text != '\0'; text++) {
		const int high = *text == '%' ? hex_value(text[1]) : -1;
		const int low = high >= 0 ? hex_value(text[2]) : -1;

		if (low < 0) {
			buf_char(&out, *text);
			continue;
		}
		buf_char(&out, (char)(high * 16 + low));
		text += 2;
	}
	return out.data;
}

static bool is_header_name(const char *name)
{
	return name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
	                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                                            "0123456789!#$%&'*+-.^_`|~")] == '\0';
}

/* No line end, or a value could bring a header or a body of its own. */
static bool is_header_value(const char *value)
{
	if (value[0] == '\0')
		return false;
	for (; *value != '\0'; value++)
		if (((unsigned char)*value < ' ' && *value != '\t') || *value == 0x7f)
			return false;
	return true;
}

/* "name=value" as a header line; NULL: it is none. */
static const char *header_line(struct arena *arena, const char *pair)
{
	const char *equals = strchr(pair, '='), *name, *value;

	if (equals == NULL)
		return NULL;
	name = text_trimmed(arena, arena_copy(arena, pair, (size_t)(equals - pair)));
	value = percent_decoded(arena, text_trimmed(arena, equals + 1));
	if (!is_header_name(name) || !is_header_value(value))
		return NULL;
	return arena_printf(arena, "%s: %s", name, value);
}

static const char *const *read_headers(struct arena *arena, const char *list)
{
	const char **headers = arena_array(arena, MAX_HEADERS + 1, sizeof(*headers));
	char *rest = arena_strdup(arena, list), *pair;
	size_t count = 0, number = 0;

	while ((pair = strsep(&rest, ",")) != NULL) {
		const char *line = header_line(arena, pair);

		number++;
		if (line != NULL && count < MAX_HEADERS)
			headers[count++] = line;
		else if (text_trimmed(arena, pair)[0] != '\0')
			log_error("OTEL_EXPORTER_OTLP_HEADERS: entry %zu is no header and is left "
			          "out",
			          number);
	}
	return headers;
}

/* The address is a base, as OpenTelemetry has it; one that names the path itself is kept. */
static bool read_collector(struct arena *arena, struct trace_target *target)
{
	const char *base;

	if (config()->otlp_url[0] == '\0')
		return false;
	base = base_of(arena, "OTEL_EXPORTER_OTLP_ENDPOINT", config()->otlp_url);
	if (base == NULL)
		return false;
	*target = (struct trace_target){
		.spans_url = ends_with(base, TRACES_PATH)
		                     ? base
		                     : arena_printf(arena, "%s" TRACES_PATH, base),
		.headers = read_headers(arena, config()->otlp_headers),
	};
	return true;
}

size_t trace_target_read(struct arena *arena, struct trace_target targets[TRACE_TARGETS])
{
	size_t count = 0;

	count += read_langfuse(arena, &targets[count]);
	count += read_collector(arena, &targets[count]);
	return count;
}
