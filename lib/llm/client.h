/* Inside of the client: what all calls of a process share. */
#ifndef VIVA_LLM_CLIENT_H
#define VIVA_LLM_CLIENT_H

#include <pthread.h>

#include "llm/endpoint.h"
#include "llm/http.h"
#include "llm/llm.h"
#include "llm/quirks.h"

enum { CLIENT_IDLE = 64, CLIENT_MODELS = 32, CLIENT_MODEL_NAME = 96 };

/* A call that waits for its turn, on the stack of its thread. */
struct client_waiter {
	struct client_waiter *next;
	pthread_cond_t turn;
	bool is_due;
};

struct client_model {
	char name[CLIENT_MODEL_NAME];
	struct quirks quirks;
};

struct llm_client {
	struct arena *arena;
	struct llm_settings settings;
	const char *base, *chat_url, *embeddings_url;
	struct curl_slist *headers;
	struct endpoint *endpoint;

	pthread_mutex_t mutex; /* of all below */
	int busy;              /* calls under way */
	struct client_waiter *first, *last;
	struct http_channel idle[CLIENT_IDLE]; /* newest last */
	int idle_count;
	struct client_model models[CLIENT_MODELS];
	int model_count;
};

/*
 * Waits for a turn among the calls at once, first come first served; WAIT_OVER: it is this
 * one's, give it back with client_leave.
 */
enum wait_end client_enter(struct llm_client *client, struct llm_wait *wait);
void client_leave(struct llm_client *client);

/* A channel, the one used last if there is any; false as http_open. Give it back. */
bool client_take_channel(struct llm_client *client, struct http_channel *ret_channel);
void client_give_channel(struct llm_client *client, struct http_channel *channel);

/* What is known of a model at this endpoint, and something new about it. */
struct quirks client_quirks(struct llm_client *client, const char *model);
void client_learn(struct llm_client *client, const char *model, const struct quirks *learned);

/* A copy of `text` without the key in it; NULL gives "". */
const char *client_redacted(const struct llm_client *client, struct arena *arena, const char *text);

#endif
