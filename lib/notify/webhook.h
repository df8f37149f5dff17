/*
 * Tells another program of finished interviews, as Standard Webhooks 1.0 says
 * (github.com/standard-webhooks): a signed POST, at least once, with the same id at each try.
 * What is told was stored with the report; no request waits for the other side.
 */
#ifndef VIVA_NOTIFY_WEBHOOK_H
#define VIVA_NOTIFY_WEBHOOK_H

#include <stdbool.h>

#include "base/hash.h"
#include "store/webhook.h"

struct webhook;

enum webhook_state {
	WEBHOOK_NONE, /* no address is configured */
	WEBHOOK_READY,
	WEBHOOK_NO_SECRET,  /* an address, but nothing to sign with */
	WEBHOOK_BAD_SECRET, /* it is not whsec_ and base64 of 24 to 64 bytes */
	WEBHOOK_BAD_URL     /* it is no http or https address, or has a user name in it */
};

/* What the configuration comes to; `ret_webhook` is NULL unless that is WEBHOOK_READY. */
enum webhook_state webhook_configure(struct arena *lasting, struct webhook **ret_webhook);

/* The same with a line in the log when it cannot be used; NULL: it is off. */
struct webhook *webhook_open(struct arena *lasting);

/* Scheme, host and port that events go to: the rest of the address may be a secret. */
const char *webhook_origin(const struct webhook *webhook);

/* The key of "whsec_..."; ERR_INVALID: it is none, or shorter or longer than it may be. */
enum err webhook_key(struct arena *arena, const char *secret, struct hash_key *ret_key);

/* The value of the header webhook-signature. `timestamp` is in seconds since 1970. */
const char *webhook_signature(struct arena *arena, const struct hash_key *key,
                              const struct webhook_delivery *delivery, int64_t timestamp);

/*
 * Milliseconds until the next try when `tries` (1 and up) have failed, without the dice;
 * -1: there is none. A day at most is added when the other side asks for a pause.
 */
int64_t webhook_pause_ms(int tries, int64_t asked_ms);

/* The error of a try that was refused here: nobody was asked. */
#define WEBHOOK_NOT_PUBLIC "the address is not a public one"

/* What came of a try. */
struct webhook_reply {
	bool is_taken;          /* 2xx */
	int status;             /* HTTP; 0: no answer */
	const char *error;      /* English, one line; "" when it was taken */
	const char *text;       /* up to 4 KiB of the answer */
	int64_t retry_after_ms; /* that it asks for; 0: nothing */
	int64_t latency_ms;
};

/* Sends the body once, signed with the time it is now; nothing is stored. */
void webhook_try(struct arena *arena, const struct webhook *webhook,
                 const struct webhook_delivery *delivery, struct webhook_reply *ret_reply);

/* An event of type "webhook.test" that no interview stands behind. */
struct webhook_delivery webhook_test_event(struct arena *arena);

/*
 * Sends the delivery that is due and stores what came of it. ERR_NOT_FOUND: none is due.
 * ERR_UPSTREAM: it was not taken. ERR_BUSY: another process is sending.
 */
enum err webhook_send(struct store *store, struct arena *arena, const struct webhook *webhook);

/*
 * For a thread that has other work too: webhook_send now and then, more rarely while the
 * other side fails. False: there was nothing to do. `context` is a struct webhook.
 */
bool webhook_step(struct store *store, struct arena *arena, void *context);

#endif
