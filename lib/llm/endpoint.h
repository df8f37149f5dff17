/*
 * What all processes know of an endpoint: how long a 429 pauses it, and its circuit, which
 * opens after failures in a row so that a dead endpoint costs nobody a wait. Kept in a
 * small file that the processes map; in own memory where there is no file.
 */
#ifndef VIVA_LLM_ENDPOINT_H
#define VIVA_LLM_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>

struct endpoint;

/* Failures in a row that open the circuit; for how long at first and at most. */
enum { ENDPOINT_FAILURES = 3, ENDPOINT_OPEN_MS = 15000, ENDPOINT_OPEN_MAX_MS = 240000 };

/* The endpoint at that address; NULL (logged): there is no memory. */
struct endpoint *endpoint_open(const char *state_path, const char *url);
void endpoint_close(struct endpoint *endpoint);

/*
 * True if a call may start now: no pause, circuit closed, or open and due for one probe,
 * which this caller is then to be. Otherwise `ret_wait_ms` says when to ask again.
 */
bool endpoint_enter(struct endpoint *endpoint, int64_t *ret_wait_ms);

/* The same without becoming the probe. */
bool endpoint_is_ready(const struct endpoint *endpoint, int64_t *ret_wait_ms);

/* How long a pause still lasts, milliseconds; 0: none. Circuits do not matter. */
int64_t endpoint_paused_ms(const struct endpoint *endpoint);

/* An answer came: the circuit is closed. */
void endpoint_worked(struct endpoint *endpoint);

/* A request failed for the endpoint's sake; `weight` failures at once (a time-out counts 2). */
void endpoint_failed(struct endpoint *endpoint, int weight);

/* A probe ended without telling anything, for it was cancelled: another one may start. */
void endpoint_cancelled(struct endpoint *endpoint);

/* Nobody calls for that long. */
void endpoint_pause(struct endpoint *endpoint, int64_t ms);

#endif
