/* The tries of one call: when the next may start, and whether there is to be one. */
#ifndef VIVA_LLM_TRIES_H
#define VIVA_LLM_TRIES_H

#include "llm/trial.h"

struct tries {
	struct llm_client *client;
	struct arena *arena;
	struct llm_wait wait;
	int64_t start_us;
	int total_ms;

	int failures; /* that count towards the client's tries */
	int rounds;   /* all that were waited for, those of a loading model too */
	bool had_junk, has_entered;
	int64_t delay_ms; /* before the next */

	/* Why there is no trial or no further one. */
	enum llm_class class;
	const char *error;
	int64_t retry_after_ms; /* 0: none */
};

/* Begins the clock; `request` gives deadline, cancellation and on_wait, NULL for none. */
void tries_begin(struct tries *tries, struct llm_client *client, struct arena *arena,
                 const struct llm_request *request);

/*
 * Waits until a request may be sent: delay, pause of the endpoint, a turn among the calls.
 * False: there is none, `class`, `error` and `retry_after_ms` say why. The turn is given
 * back with client_leave.
 */
bool tries_enter(struct tries *tries);

/*
 * Takes note of a failed trial. True if it is to be repeated, after `delay_ms`. Otherwise
 * `retry_after_ms` is set when the server wants a longer wait than there is.
 */
bool tries_again(struct tries *tries, const struct trial *trial);

/* Tells the endpoint's circuit how the call ended; NULL: without any trial. */
void tries_end(struct tries *tries, const struct trial *last, enum llm_class class);

#endif
