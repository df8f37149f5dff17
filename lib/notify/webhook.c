#include "notify/webhook.h"

#include <string.h>
#include <sys/random.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "base/text.h"
#include "llm/address.h"
#include "llm/llm.h"

#define SECRET_PREFIX "whsec_"

enum { KEY_MIN = 24, KEY_MAX = 64 };

/* One try; the answer says nothing that is needed, so little of it is waited for. */
enum { POST_MS = 10000, ANSWER_BYTES = 4096, ERROR_LENGTH = 200 };

enum { LOOK_EVERY_MS = 1000, FIRST_REST_MS = 2000, LONGEST_REST_MS = 5 * 60 * 1000 };

enum { GONE = 410, REDIRECTS = 300, REFUSALS = 400, JITTER_SHARE = 10 };

#define LONGEST_ASKED_MS INT64_C(86400000)

struct webhook {
	const char *url, *origin;
	struct hash_key key;
	int64_t look_at_us; /* monotonic */
	int failures;       /* in a row, of webhook_step */
};

/* --- configuration -------------------------------------------------------------- */

enum err webhook_key(struct arena *arena, const char *secret, struct hash_key *ret_key)
{
	const char *text = text_trimmed(arena, secret);
	struct hash_key key = { 0 };

	if (strncmp(text, SECRET_PREFIX, strlen(SECRET_PREFIX)) != 0)
		return ERR_INVALID;
	key.bytes = base64_decode(arena, text + strlen(SECRET_PREFIX), &key.len);
	if (key.bytes == NULL || key.len < KEY_MIN || key.len > KEY_MAX)
		return ERR_INVALID;
	*ret_key = key;
	return OK;
}

enum webhook_state webhook_configure(struct arena *lasting, struct webhook **ret_webhook)
{
	const char *url = text_trimmed(lasting, config()->webhook_url), *fault;
	struct webhook *webhook = arena_alloc(lasting, sizeof(*webhook));

	*ret_webhook = NULL;
	if (url[0] == '\0')
		return WEBHOOK_NONE;
	if (config()->webhook_secret[0] == '\0')
		return WEBHOOK_NO_SECRET;
	if (webhook_key(lasting, config()->webhook_secret, &webhook->key) != OK)
		return WEBHOOK_BAD_SECRET;
	if (address_check(url, &fault) != OK)
		return WEBHOOK_BAD_URL;
	webhook->url = url;
	webhook->origin = address_origin(lasting, url);
	*ret_webhook = webhook;
	return WEBHOOK_READY;
}

struct webhook *webhook_open(struct arena *lasting)
{
	static const char *const faults[] = {
		[WEBHOOK_NO_SECRET] = "VIVA_WEBHOOK_URL is set but VIVA_WEBHOOK_SECRET is not",
		[WEBHOOK_BAD_SECRET] = "VIVA_WEBHOOK_SECRET must be whsec_ and base64 of 24 to 64 "
		                       "bytes",
		[WEBHOOK_BAD_URL] = "VIVA_WEBHOOK_URL must be an http or https address without "
		                    "user name and password",
	};
	struct webhook *webhook;
	const enum webhook_state state = webhook_configure(lasting, &webhook);

	if (state != WEBHOOK_NONE && state != WEBHOOK_READY)
		log_error("%s: the webhook is off", faults[state]);
	return webhook;
}

const char *webhook_origin(const struct webhook *webhook)
{
	return webhook->origin;
}

/* --- one try -------------------------------------------------------------------- */

const char *webhook_signature(struct arena *arena, const struct hash_key *key,
                              const struct webhook_delivery *delivery, int64_t timestamp)
{
	unsigned char mac[HASH_BYTES];

	hash_hmac(key,
	          arena_printf(arena, "%s.%lld.%s", delivery->id, (long long)timestamp,
	                       delivery->body),
	          mac);
	return arena_printf(arena, "v1,%s", base64_encode(arena, mac, sizeof(mac)));
}

static const char *error_of(struct arena *arena, const struct llm_result *result)
{
	const char *error = result->error;

	if (result->class == LLM_OK)
		return "";
	if (strcmp(result->code, "not_public") == 0)
		return WEBHOOK_NOT_PUBLIC;
	if (result->status >= REDIRECTS && result->status < REFUSALS)
		error = arena_printf(arena, "HTTP %d: redirects are not followed", result->status);
	return text_shortened(arena, text_one_line(arena, error), ERROR_LENGTH);
}

void webhook_try(struct arena *arena, const struct webhook *webhook,
                 const struct webhook_delivery *delivery, struct webhook_reply *ret_reply)
{
	const int64_t timestamp = clock_now_ms() / 1000;
	const char *const headers[] = {
		arena_printf(arena, "webhook-id: %s", delivery->id),
		arena_printf(arena, "webhook-timestamp: %lld", (long long)timestamp),
		arena_printf(arena, "webhook-signature: %s",
		             webhook_signature(arena, &webhook->key, delivery, timestamp)),
		NULL,
	};
	const struct llm_post post = {
		.url = webhook->url,
		.content_type = "application/json",
		.body = delivery->body,
		.len = strlen(delivery->body),
		.headers = headers,
		.total_ms = POST_MS,
		.answer_most = ANSWER_BYTES,
		.is_direct = true,
		.is_public_only = !config()->webhook_private,
	};
	struct llm_result result;

	llm_post(arena, &post, &result);
	*ret_reply = (struct webhook_reply){
		.is_taken = result.class == LLM_OK,
		.status = result.status,
		.error = error_of(arena, &result),
		.text = result.text,
		.retry_after_ms = result.retry_after_ms,
		.latency_ms = result.latency_ms,
	};
}

struct webhook_delivery webhook_test_event(struct arena *arena)
{
	cJSON *event = cJSON_CreateObject();

	json_set_string(event, "type", "webhook.test");
	json_set_string(event, "timestamp", clock_iso(arena, clock_now_ms()));
	json_set_object(event, "data");
	return (struct webhook_delivery){ .id = store_new_id(arena), .body = json_text(event) };
}

/* --- trying again --------------------------------------------------------------- */

int64_t webhook_pause_ms(int tries, int64_t asked_ms)
{
	/* The specification's schedule: ten tries in 76 hours. */
	static const int pauses_s[] = { 5,         5 * 60,    30 * 60,   2 * 3600, 5 * 3600,
		                        10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600 };
	const int count = sizeof(pauses_s) / sizeof(*pauses_s);
	const int64_t asked = asked_ms < LONGEST_ASKED_MS ? asked_ms : LONGEST_ASKED_MS;
	int64_t pause;

	if (tries > count)
		return -1;
	pause = pauses_s[tries < 1 ? 0 : tries - 1] * INT64_C(1000);
	return asked > pause ? asked : pause;
}

/* Up to a tenth of the pause: what failed together does not come back together. */
static int64_t jitter_ms(int64_t pause_ms)
{
	uint32_t dice;

	if (getrandom(&dice, sizeof(dice), GRND_NONBLOCK) != (ssize_t)sizeof(dice))
		dice = (uint32_t)clock_monotonic_us();
	return dice % (pause_ms / JITTER_SHARE + 1);
}

static void set_failed(struct webhook_delivery *delivery, const struct webhook_reply *reply)
{
	const int64_t pause_ms = webhook_pause_ms(delivery->tries, reply->retry_after_ms);
	const bool is_over = reply->status == GONE || pause_ms < 0;

	delivery->error = reply->error;
	if (is_over)
		delivery->state = "failed";
	else
		delivery->next_at = clock_now_ms() + pause_ms + jitter_ms(pause_ms);
	log_warning("webhook %s was not taken at try %d%s: %s", delivery->id, delivery->tries,
	            is_over ? ", the last one" : "", reply->error);
}

/* No transaction is open while the other side is waited for. */
static enum err send_and_note(struct store *store, struct arena *arena,
                              const struct webhook *webhook, struct webhook_delivery *delivery)
{
	const int64_t read_next_at = delivery->next_at;
	struct webhook_reply reply;
	enum err err;

	webhook_try(arena, webhook, delivery, &reply);
	delivery->tries++;
	delivery->status = reply.status;
	if (reply.is_taken) {
		delivery->state = "delivered";
		delivery->error = "";
		delivery->delivered_at = clock_now_ms();
	} else {
		set_failed(delivery, &reply);
	}
	err = webhook_note(store, delivery, read_next_at);
	return err == OK && !reply.is_taken ? ERR_UPSTREAM : err;
}

enum err webhook_send(struct store *store, struct arena *arena, const struct webhook *webhook)
{
	struct webhook_delivery delivery;
	struct lock *lock;
	enum err err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var), "webhook",
	                         0, &lock);

	if (err != OK)
		return err;
	err = webhook_next(store, arena, clock_now_ms(), &delivery);
	if (err == OK)
		err = send_and_note(store, arena, webhook, &delivery);
	lock_release(lock);
	return err;
}

static int64_t rest_ms(int failures)
{
	const int doublings = failures < 16 ? failures - 1 : 15;
	const int64_t rest = INT64_C(1) * FIRST_REST_MS << doublings;

	return rest < LONGEST_REST_MS ? rest : LONGEST_REST_MS;
}

bool webhook_step(struct store *store, struct arena *arena, void *context)
{
	struct webhook *webhook = context;
	int64_t pause_ms = LOOK_EVERY_MS;
	enum err err;

	if (clock_monotonic_us() < webhook->look_at_us)
		return false;
	err = webhook_send(store, arena, webhook);
	if (err == OK) {
		webhook->failures = 0;
		pause_ms = 0; /* the next one need not wait */
	} else if (err == ERR_UPSTREAM) {
		pause_ms = rest_ms(++webhook->failures);
	}
	webhook->look_at_us = clock_monotonic_us() + 1000 * pause_ms;
	return err == OK;
}
