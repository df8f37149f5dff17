#include "llm/tries.h"

#include "base/clock.h"
#include "llm/retry.h"

void tries_begin(struct tries *tries, struct llm_client *client, struct arena *arena,
                 const struct llm_request *request)
{
	const int64_t now = clock_monotonic_us();

	*tries = (struct tries){
		.client = client,
		.arena = arena,
		.start_us = now,
		.total_ms = client->settings.total_ms,
		.class = LLM_RETRYABLE,
		.error = "",
		.wait = { .cancel_fd = -1, .quiet_us = now },
	};
	if (request != NULL) {
		tries->wait.cancel_fd = request->cancel_fd;
		tries->wait.on_wait = request->on_wait;
		tries->wait.context = request->context;
		if (request->total_ms > 0 && request->total_ms < tries->total_ms)
			tries->total_ms = request->total_ms;
	}
	tries->wait.until_us = now + (int64_t)tries->total_ms * 1000;
}

static int64_t left_ms(const struct tries *tries)
{
	return (tries->wait.until_us - clock_monotonic_us()) / 1000;
}

static bool give_up(struct tries *tries, enum wait_end end)
{
	tries->class = end == WAIT_CANCELLED ? LLM_CANCELLED : LLM_TIMEOUT;
	tries->error = end == WAIT_CANCELLED ? "cancelled"
	                                     : arena_printf(tries->arena, "no answer within %g s",
	                                                    tries->total_ms / 1000.0);
	return false;
}

/* The pause is longer than anybody here can wait. */
static bool report_pause(struct tries *tries, int64_t ms)
{
	tries->class = LLM_RETRYABLE;
	tries->retry_after_ms = ms;
	tries->error = arena_printf(tries->arena, "the endpoint wants no calls for another %.1f s",
	                            (double)ms / 1000);
	return false;
}

/* Sits out the pause of the endpoint and a bit more, so that not all come back at once. */
static bool sit_out_pause(struct tries *tries)
{
	enum wait_end end;
	int64_t ms;

	while ((ms = endpoint_paused_ms(tries->client->endpoint)) > 0) {
		if (ms >= left_ms(tries) || ms > tries->client->settings.max_retry_after_ms)
			return report_pause(tries, ms);
		end = wait_for(&tries->wait, ms + retry_spread_ms(ms));
		if (end != WAIT_OVER)
			return give_up(tries, end);
	}
	return true;
}

/* The circuit is asked once a call: its tries belong together. */
static bool pass_circuit(struct tries *tries)
{
	int64_t wait_ms = 0;

	while (!tries->has_entered) {
		tries->has_entered = endpoint_enter(tries->client->endpoint, &wait_ms);
		if (tries->has_entered)
			break;
		if (endpoint_paused_ms(tries->client->endpoint) == 0) {
			tries->class = LLM_RETRYABLE;
			tries->error = "the endpoint failed again and again; it is left alone for "
			               "a while";
			return false;
		}
		if (!sit_out_pause(tries))
			return false;
	}
	return true;
}

bool tries_enter(struct tries *tries)
{
	enum wait_end end = wait_for(&tries->wait, tries->delay_ms);

	tries->delay_ms = 0;
	if (end != WAIT_OVER)
		return give_up(tries, end);
	for (;;) {
		if (!sit_out_pause(tries) || !pass_circuit(tries))
			return false;
		end = client_enter(tries->client, &tries->wait);
		if (end != WAIT_OVER)
			return give_up(tries, end);
		/* While it stood in line another call may have been told to wait. */
		if (endpoint_paused_ms(tries->client->endpoint) == 0)
			return true;
		client_leave(tries->client);
	}
}

static bool is_worth_it(const struct trial *trial)
{
	if (trial->is_final || trial->should_retry == 0)
		return false;
	if (trial->class == LLM_RETRYABLE || trial->class == LLM_INCOMPLETE)
		return true;
	return trial->class == LLM_PERMANENT && trial->should_retry == 1 && trial->status >= 400;
}

/* Counts it; false when there were enough. A loading model has all the time of the call. */
static bool may_fail(struct tries *tries, const struct trial *trial)
{
	tries->rounds++;
	if (trial->is_loading)
		return true;
	if (trial->is_junk && tries->had_junk)
		return false;
	tries->had_junk |= trial->is_junk;
	return ++tries->failures < tries->client->settings.tries;
}

bool tries_again(struct tries *tries, const struct trial *trial)
{
	const int64_t most_ms = tries->client->settings.max_retry_after_ms;
	const int64_t asked_ms = trial->retry_after_ms;
	const bool is_limit = trial->status == 429 && trial->class == LLM_RETRYABLE;
	int64_t delay_ms;
	bool may;

	if (trial->is_fault)
		endpoint_failed(tries->client->endpoint, 1);
	if (!is_worth_it(trial))
		return false;
	may = may_fail(tries, trial);
	delay_ms = asked_ms > 0 ? asked_ms : retry_backoff_ms(tries->rounds);
	if (is_limit)
		endpoint_pause(tries->client->endpoint, delay_ms < most_ms ? delay_ms : most_ms);
	if (asked_ms > 0 && (asked_ms > most_ms || asked_ms >= left_ms(tries))) {
		tries->retry_after_ms = asked_ms;
		return false;
	}
	if (!may || delay_ms >= left_ms(tries))
		return false;
	/* The pause is waited for with all others. */
	tries->delay_ms = is_limit ? 0 : delay_ms + (asked_ms > 0 ? retry_spread_ms(asked_ms) : 0);
	return true;
}

/* A time-out of the call is the endpoint's fault only if it had the time to answer. */
static bool was_slow(const struct tries *tries, const struct trial *last)
{
	return last->end != HTTP_DEADLINE ||
	       (last->http.event_us == 0 &&
	        2 * tries->total_ms >= tries->client->settings.total_ms);
}

void tries_end(struct tries *tries, const struct trial *last, enum llm_class class)
{
	struct endpoint *endpoint = tries->client->endpoint;

	if (!tries->has_entered)
		return;
	if (last == NULL || class == LLM_CANCELLED || last->is_loading)
		endpoint_cancelled(endpoint);
	else if (class == LLM_TIMEOUT && last->class == LLM_TIMEOUT && was_slow(tries, last))
		endpoint_failed(endpoint, 2);
	else if (class == LLM_TIMEOUT && last->class == LLM_TIMEOUT)
		endpoint_cancelled(endpoint);
	else if (!last->is_fault)
		endpoint_worked(endpoint);
}
