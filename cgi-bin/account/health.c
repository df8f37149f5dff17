/* What a load balancer and a supervisor ask: is the program alive, can it do its work. */
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/disk.h"
#include "base/json.h"
#include "store/health.h"
#include "web/reply.h"
#include "witness/model.h"

enum { KEPT_US = 1000000, ANSWER_BYTES = 512, WAIT_MS = 500 };

/* Less free space than this: an upload or a busy hour could fill it. */
static const int64_t LEAST_FREE = INT64_C(64) * 1024 * 1024;

/* Code that waits longer than this waits for a judge that is not there. */
static const int64_t LONGEST_WAIT_MS = INT64_C(15) * 60 * 1000;

/* An answer that is given to everybody for a second: asking costs nothing. */
struct answer {
	pthread_mutex_t mutex;
	int64_t until_us;
	bool is_good;
	char text[ANSWER_BYTES];
};

static enum err reply_answer(struct request *request, struct answer *answer,
                             bool (*ask)(struct request *request, cJSON *answer))
{
	const int64_t now_us = clock_monotonic_us();
	const char *text;

	pthread_mutex_lock(&answer->mutex);
	if (now_us >= answer->until_us) {
		cJSON *json = cJSON_CreateObject();

		json_set_string(json, "status", "ok");
		answer->is_good = ask(request, json);
		if (!answer->is_good)
			json_set_string(json, "status", "error");
		text = json_text(json);
		if (strlen(text) < sizeof(answer->text))
			strcpy(answer->text, text);
		answer->until_us = clock_monotonic_us() + KEPT_US;
	}
	request->reply.status = answer->is_good ? 200 : 503;
	text = arena_strdup(request->arena, answer->text);
	pthread_mutex_unlock(&answer->mutex);
	return reply_json(request, text);
}

/* --- alive ---------------------------------------------------------------------------- */

/* The database decides: without a model the built-in examiner does the work. */
static bool ask_health(struct request *request, cJSON *answer)
{
	const char *key;
	const bool works = request->store != NULL &&
	                   setting_get(request->store, request->arena, "csrf_key", &key) == OK;

	json_set_string(answer, "database", works ? "ok" : "error");
	json_set_string(answer, "model", model_state_name(model_state(request->arena)));
	return works;
}

static enum err get_health(struct request *request)
{
	static struct answer answer = { .mutex = PTHREAD_MUTEX_INITIALIZER };

	return reply_answer(request, &answer, ask_health);
}

/* --- ready ------------------------------------------------------------------------------ */

static const char *database_state(struct request *request, const struct health *health)
{
	enum err err;

	if (!health_edition_fits(health))
		return "other edition";
	err = health_try_writing(request->store, WAIT_MS);
	return err == OK ? "ok" : err == ERR_BUSY ? "busy" : "not writable";
}

static const char *judge_state(const struct health *health, int64_t now)
{
	if (health->judge == NULL)
		return "unknown";
	if (health->judge[0] == '\0')
		return "none";
	return health->oldest_queued_at > 0 && now - health->oldest_queued_at > LONGEST_WAIT_MS
	               ? "stuck"
	               : "ok";
}

static const char *disk_state(void)
{
	const int64_t bytes = disk_free(config()->var);

	return bytes < 0 ? "unknown" : bytes < LEAST_FREE ? "full" : "ok";
}

static bool is_there(struct arena *arena, const char *name)
{
	return access(arena_printf(arena, "%s/%s", config()->home, name), R_OK) == 0;
}

/*
 * Adds the state of a part; true unless it is a bad one. A busy database is one that is written
 * to, and a machine without a sandbox keeps code unjudged: both do their work.
 */
static bool add_state(cJSON *answer, const char *part, const char *state)
{
	static const char *const good[] = { "ok", "busy", "none", "unknown" };

	json_set_string(answer, part, state);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (strcmp(state, good[i]) == 0)
			return true;
	return false;
}

static bool ask_ready(struct request *request, cJSON *answer)
{
	struct health health;
	bool is_ready;

	if (request->store == NULL || health_read(request->store, request->arena, &health) != OK)
		return add_state(answer, "database", "error");
	is_ready = add_state(answer, "database", database_state(request, &health));
	is_ready &= add_state(answer, "judge", judge_state(&health, clock_now_ms()));
	is_ready &= add_state(answer, "disk", disk_state());
	is_ready &= add_state(answer, "templates",
	                      is_there(request->arena, "templates/layout.html") ? "ok" : "missing");
	return is_ready;
}

static enum err get_ready(struct request *request)
{
	static struct answer answer = { .mutex = PTHREAD_MUTEX_INITIALIZER };

	return reply_answer(request, &answer, ask_ready);
}

static const struct route routes[] = {
	{ GET, "/health", ANYONE, get_health, NULL },
	{ GET, "/ready", ANYONE, get_ready, NULL },
};

const struct route_table health_routes = ROUTE_TABLE(routes);
