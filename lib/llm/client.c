#include "llm/client.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "llm/address.h"

enum { IDLE_MAX_S = 90, ASK_CANCEL_MS = 50, KEY_MIN = 6 };

static const char *const class_names[] = {
	[LLM_OK] = "ok",
	[LLM_INCOMPLETE] = "incomplete",
	[LLM_RETRYABLE] = "retryable",
	[LLM_PERMANENT] = "permanent",
	[LLM_CANCELLED] = "cancelled",
	[LLM_TIMEOUT] = "timeout",
};

struct llm_result llm_unasked(enum llm_class class, const char *error)
{
	return (struct llm_result){
		.class = class,
		.text = "",
		.reasoning = "",
		.finish = "",
		.note = "",
		.error = error,
		.code = "",
		.first_token_ms = -1,
	};
}

const char *llm_class_name(enum llm_class class)
{
	return class_names[class];
}

bool llm_class_parse(const char *name, enum llm_class *ret_class)
{
	for (size_t i = 0; i < sizeof(class_names) / sizeof(class_names[0]); i++)
		if (strcmp(name, class_names[i]) == 0) {
			*ret_class = (enum llm_class)i;
			return true;
		}
	return false;
}

static const char *or_empty(struct arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : "";
}

/* A key with a line end in it would be further headers. */
static bool is_header_safe(const char *key)
{
	for (; *key != '\0'; key++)
		if ((unsigned char)*key < 0x21 || (unsigned char)*key == 0x7f)
			return false;
	return true;
}

static bool add_header(struct curl_slist **headers, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*headers, line);

	if (longer != NULL)
		*headers = longer;
	return longer != NULL;
}

static bool make_headers(struct llm_client *client)
{
	static const char *const fixed[] = {
		"Content-Type: application/json",
		"Accept: text/event-stream, application/json",
		"User-Agent: viva",
		/* libcurl would ask first whether a large body is welcome. */
		"Expect:",
	};
	const char *key = client->settings.api_key;

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (!add_header(&client->headers, fixed[i]))
			return false;
	return key[0] == '\0' ||
	       add_header(&client->headers,
	                  arena_printf(client->arena, "Authorization: Bearer %s", key));
}

static int or_default(int value, int fallback)
{
	return value > 0 ? value : fallback;
}

static void copy_settings(struct llm_client *client, const struct llm_settings *settings)
{
	struct llm_settings *own = &client->settings;

	*own = *settings;
	own->api_key = or_empty(client->arena, settings->api_key);
	own->state_path = arena_strdup(client->arena, settings->state_path);
	own->connect_ms = or_default(settings->connect_ms, 10000);
	own->first_byte_ms = or_default(settings->first_byte_ms, 300000);
	own->idle_ms = or_default(settings->idle_ms, 60000);
	own->total_ms = or_default(settings->total_ms, 120000);
	own->tries = or_default(settings->tries, 1);
	own->max_retry_after_ms = or_default(settings->max_retry_after_ms, 120000);
}

/* NULL, or why there can be no client. */
static const char *set_up(struct llm_client *client, const struct llm_settings *settings)
{
	const char *fault = NULL;

	if (settings->base_url == NULL || settings->base_url[0] == '\0')
		return "no address is set";
	if (!is_header_safe(client->settings.api_key))
		return "its key holds characters that no key has";
	if (address_base(client->arena, settings->base_url, &client->base, &fault) != OK)
		return fault;
	client->settings.base_url = client->base;
	client->chat_url = address_below(client->arena, client->base, "/chat/completions");
	client->embeddings_url = address_below(client->arena, client->base, "/embeddings");
	client->endpoint = endpoint_open(client->settings.state_path, client->base);
	if (client->endpoint == NULL)
		return "its state cannot be kept";
	return make_headers(client) ? NULL : "out of memory";
}

struct llm_client *llm_client_create(const struct llm_settings *settings)
{
	struct arena *arena = arena_create();
	struct llm_client *client = arena_alloc(arena, sizeof(*client));
	const char *fault;

	client->arena = arena;
	pthread_mutex_init(&client->mutex, NULL);
	copy_settings(client, settings);
	fault = set_up(client, settings);
	if (fault == NULL)
		return client;
	log_error("the model cannot be called: %s", fault);
	llm_client_destroy(client);
	return NULL;
}

void llm_client_destroy(void *object)
{
	struct llm_client *client = object;

	if (client == NULL)
		return;
	while (client->idle_count > 0)
		http_close(&client->idle[--client->idle_count]);
	curl_slist_free_all(client->headers);
	endpoint_close(client->endpoint);
	pthread_mutex_destroy(&client->mutex);
	arena_destroy(client->arena);
}

bool llm_is_open_for_calls(struct llm_client *client, int patience_ms)
{
	int64_t wait_ms = 0, paused_ms;

	if (endpoint_is_ready(client->endpoint, &wait_ms))
		return true;
	/* A pause alone is worth waiting for; both clocks were read a moment apart. */
	paused_ms = endpoint_paused_ms(client->endpoint);
	return paused_ms > 0 && wait_ms <= paused_ms + 50 && wait_ms <= patience_ms;
}

/* The next in the line may go if there is room. */
static void call_next(struct llm_client *client)
{
	struct client_waiter *next = client->first;

	if (next == NULL || client->busy >= client->settings.parallel)
		return;
	client->first = next->next;
	if (client->first == NULL)
		client->last = NULL;
	client->busy++;
	next->is_due = true;
	pthread_cond_signal(&next->turn);
}

static void stand_in_line(struct llm_client *client, struct client_waiter *waiter)
{
	if (client->last != NULL)
		client->last->next = waiter;
	else
		client->first = waiter;
	client->last = waiter;
}

static void leave_line(struct llm_client *client, const struct client_waiter *waiter)
{
	struct client_waiter **link = &client->first, *before = NULL;

	while (*link != waiter) {
		before = *link;
		link = &before->next;
	}
	*link = waiter->next;
	if (client->last == waiter)
		client->last = before;
}

/* Sleeps a little, or until its turn; the mutex is held before and after. */
static void doze(struct llm_client *client, struct client_waiter *waiter)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ASK_CANCEL_MS * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_cond_timedwait(&waiter->turn, &client->mutex, &until);
}

/* The same, asking the caller (who may take his time) without holding up the others. */
static enum wait_end wait_in_line(struct llm_client *client, struct client_waiter *waiter,
                                  struct llm_wait *wait)
{
	bool is_cancelled;

	for (;;) {
		doze(client, waiter);
		if (waiter->is_due)
			return WAIT_OVER;
		pthread_mutex_unlock(&client->mutex);
		is_cancelled = wait_is_cancelled(wait);
		pthread_mutex_lock(&client->mutex);
		if (waiter->is_due)
			return WAIT_OVER;
		if (is_cancelled || clock_monotonic_us() >= wait->until_us) {
			leave_line(client, waiter);
			return is_cancelled ? WAIT_CANCELLED : WAIT_DEADLINE;
		}
	}
}

static enum wait_end queue_up(struct llm_client *client, struct llm_wait *wait)
{
	struct client_waiter waiter = { 0 };
	pthread_condattr_t monotonic;
	enum wait_end end;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&waiter.turn, &monotonic);
	pthread_condattr_destroy(&monotonic);
	stand_in_line(client, &waiter);
	end = wait_in_line(client, &waiter, wait);
	pthread_cond_destroy(&waiter.turn);
	return end;
}

enum wait_end client_enter(struct llm_client *client, struct llm_wait *wait)
{
	enum wait_end end = WAIT_OVER;

	if (client->settings.parallel <= 0)
		return WAIT_OVER;
	pthread_mutex_lock(&client->mutex);
	if (client->first == NULL && client->busy < client->settings.parallel)
		client->busy++;
	else
		end = queue_up(client, wait);
	pthread_mutex_unlock(&client->mutex);
	return end;
}

void client_leave(struct llm_client *client)
{
	if (client->settings.parallel <= 0)
		return;
	pthread_mutex_lock(&client->mutex);
	client->busy--;
	call_next(client);
	pthread_mutex_unlock(&client->mutex);
}

bool client_take_channel(struct llm_client *client, struct http_channel *ret_channel)
{
	bool is_there;

	pthread_mutex_lock(&client->mutex);
	is_there = client->idle_count > 0;
	if (is_there)
		*ret_channel = client->idle[--client->idle_count];
	pthread_mutex_unlock(&client->mutex);
	return is_there || http_open(ret_channel);
}

void client_give_channel(struct llm_client *client, struct http_channel *channel)
{
	struct http_channel surplus = { 0 };

	channel->idle_since_us = clock_monotonic_us();
	pthread_mutex_lock(&client->mutex);
	/* The oldest goes when it was not needed for long, or when there are too many. */
	if (client->idle_count == CLIENT_IDLE ||
	    (client->idle_count > 0 && channel->idle_since_us - client->idle[0].idle_since_us >
	                                       IDLE_MAX_S * INT64_C(1000000))) {
		surplus = client->idle[0];
		client->idle_count--;
		memmove(client->idle, client->idle + 1,
		        (size_t)client->idle_count * sizeof(client->idle[0]));
	}
	client->idle[client->idle_count++] = *channel;
	pthread_mutex_unlock(&client->mutex);
	http_close(&surplus);
}

/* The model's row or NULL; the mutex is held. */
static struct client_model *find_model(struct llm_client *client, const char *model)
{
	for (int i = 0; i < client->model_count; i++)
		if (strcmp(client->models[i].name, model) == 0)
			return &client->models[i];
	return NULL;
}

struct quirks client_quirks(struct llm_client *client, const char *model)
{
	struct quirks quirks = { 0 };
	struct client_model *known;

	pthread_mutex_lock(&client->mutex);
	known = find_model(client, model);
	if (known != NULL)
		quirks = known->quirks;
	pthread_mutex_unlock(&client->mutex);
	return quirks;
}

void client_learn(struct llm_client *client, const char *model, const struct quirks *learned)
{
	struct client_model *known;

	if (strlen(model) >= CLIENT_MODEL_NAME)
		return;
	pthread_mutex_lock(&client->mutex);
	known = find_model(client, model);
	if (known == NULL && client->model_count < CLIENT_MODELS) {
		known = &client->models[client->model_count++];
		memcpy(known->name, model, strlen(model) + 1);
	}
	if (known != NULL)
		quirks_join(&known->quirks, learned);
	pthread_mutex_unlock(&client->mutex);
}

const char *client_redacted(const struct llm_client *client, struct arena *arena, const char *text)
{
	const char *key = client->settings.api_key, *found;
	struct buf clean;

	/* What people write for "no key" is no secret, and may be part of any word. */
	if (text == NULL || strlen(key) < KEY_MIN)
		return text != NULL ? text : "";
	buf_init(&clean, arena);
	while ((found = strstr(text, key)) != NULL) {
		buf_add(&clean, text, (size_t)(found - text));
		buf_str(&clean, "***");
		text = found + strlen(key);
	}
	buf_str(&clean, text);
	return clean.data;
}
