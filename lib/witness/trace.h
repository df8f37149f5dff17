/*
 * Exports traces of interviews to where the configuration says (OTLP/HTTP, Langfuse). All is
 * made of stored rows, by a thread or a command of its own: no request waits for a collector.
 */
#ifndef VIVA_WITNESS_TRACE_H
#define VIVA_WITNESS_TRACE_H

#include <stdbool.h>

#include "store/trace.h"

struct trace;

/* The exporter in `lasting`; NULL: none is configured, or (logged) none that can be used. */
struct trace *trace_open(struct arena *lasting);

/*
 * Sends the next batch of one interview and moves its cursor. OK: sent. ERR_NOT_FOUND:
 * nothing is to be sent. ERR_BUSY: another process is at it. ERR_UPSTREAM (logged): a
 * collector did not take it; nothing is lost, the interview waits longer each time.
 * `is_patient`: interviews that wait after a failure are left alone. The database must not be
 * in a transaction. What was sent when the process died before the cursor moved is sent
 * again with the same ids.
 */
enum err trace_export(struct store *store, struct arena *arena, const struct trace *trace,
                      bool is_patient);

/*
 * A step of web/background, for one thread of a process: looks every few seconds, rests
 * longer each time after failures.
 */
bool trace_step(struct store *store, struct arena *arena, void *context);

#endif
