/* viva export-traces: sends what the programs' own exporter would, for plain CGI and at once. */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "sending.h"
#include "viva.h"

enum err send_traces(struct store *store, const struct trace *trace)
{
	struct arena *arena = arena_create();
	enum err err = OK;

	while (err == OK) {
		json_bind(arena);
		err = trace_export(store, arena, trace, false);
		arena_reset(arena);
	}
	json_bind(NULL);
	arena_destroy(arena);
	return err;
}

/* What came of it, in words; the exit status. */
static int explain(enum err err)
{
	switch (err) {
	case ERR_NOT_FOUND:
		return 0;
	case ERR_BUSY:
		fputs("viva: another exporter is at work, or the database is busy\n", stderr);
		break;
	case ERR_UPSTREAM:
		fputs("viva: a collector did not take what it was sent; nothing is lost\n", stderr);
		break;
	default:
		fputs("viva: the traces could not be read\n", stderr);
	}
	return 1;
}

int export_traces(struct arena *arena, int argc, char **argv)
{
	struct trace *trace = trace_open(arena);
	struct store *store;
	struct trace_counts counts;
	int status;

	(void)argc;
	(void)argv;
	if (trace == NULL) {
		fputs("viva: no collector is configured; set LANGFUSE_HOST and its keys, or "
		      "OTEL_EXPORTER_OTLP_ENDPOINT\n",
		      stderr);
		return 1;
	}
	store = open_store(arena);
	if (store == NULL)
		return 1;
	status = explain(send_traces(store, trace));
	if (trace_counts(store, &counts) != OK)
		return 1;
	printf("spans sent since the beginning  %" PRId64 "\n", counts.sent);
	printf("rejected by the collector       %" PRId64 "\n", counts.rejected);
	printf("requests that failed            %" PRId64 "\n", counts.failed);
	printf("turns and calls that wait       %" PRId64 "\n", counts.waiting);
	return status;
}
