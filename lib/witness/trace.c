#include "witness/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "llm/json_find.h"
#include "llm/llm.h"
#include "witness/trace_otlp.h"
#include "witness/trace_span.h"
#include "witness/trace_target.h"

/* One request carries as much at most, unless a single turn or call is larger. */
enum { MOST_SPANS = 128, MOST_BYTES = 512 * 1024 };

/* One request, and all requests of a batch together. */
enum { POST_MS = 10000, BATCH_MS = 20000 };

enum { LOOK_EVERY_MS = 2000, FIRST_PAUSE_MS = 5000 };
enum { LONGEST_REST_MS = 5 * 60 * 1000, LONGEST_RETRY_MS = 60 * 60 * 1000 };

/* An interview in which nothing was said for so long has ended. */
#define SILENCE_MS INT64_C(86400000)

struct trace {
	struct trace_target targets[TRACE_TARGETS];
	size_t target_count;
	int64_t look_at_us; /* monotonic */
	int failures;       /* in a row, of trace_step */
};

struct trace *trace_open(struct arena *lasting)
{
	struct trace *trace = arena_alloc(lasting, sizeof(*trace));

	trace->target_count = trace_target_read(lasting, trace->targets);
	return trace->target_count > 0 ? trace : NULL;
}

/* --- a batch ------------------------------------------------------------------ */

struct batch {
	struct store *store;
	struct arena *arena;
	struct trace_talk talk;
	struct interview interview;
	struct turn_list turns;
	struct llm_call_list calls;
	struct report_row report; /* id NULL: there is none */
	struct trace_cursor cursor;
	struct trace_cursor next; /* when all of it was taken */
	struct trace_scores scores;
	struct buf spans; /* their JSON, separated by commas */
	size_t count, most;
	bool is_full, is_over;
};

/* Adds the spans of one row, all or none. */
static bool put(struct batch *batch, const cJSON *spans)
{
	const size_t more = (size_t)cJSON_GetArraySize(spans);
	const char *text = json_text(spans);
	const size_t len = strlen(text) - 2; /* without the brackets */

	batch->is_full = batch->count > 0 &&
	                 (batch->count + more > batch->most || batch->spans.len + len > MOST_BYTES);
	if (batch->is_full)
		return false;
	if (batch->count > 0)
		buf_char(&batch->spans, ',');
	buf_add(&batch->spans, text + 1, len);
	batch->count += more;
	return true;
}

static void put_turns(struct batch *batch)
{
	for (size_t i = 0; i < batch->turns.count && !batch->is_full; i++) {
		const struct turn *turn = &batch->turns.items[i];
		cJSON *spans = cJSON_CreateArray();

		if (turn->seq <= batch->cursor.turn_seq)
			continue;
		trace_span_add_turn(&batch->talk, &batch->turns, i, spans);
		if (put(batch, spans))
			batch->next.turn_seq = turn->seq;
	}
}

static void put_calls(struct batch *batch)
{
	for (size_t i = 0; i < batch->calls.count && !batch->is_full; i++) {
		cJSON *spans = cJSON_CreateArray();

		trace_span_add_call(&batch->talk, &batch->calls.items[i], spans);
		if (put(batch, spans))
			batch->next.call_id = batch->calls.items[i].id;
	}
	/* As many as were asked for: there may be more. */
	batch->is_full = batch->is_full || batch->calls.count == batch->most;
}

/* --- the end of an interview ---------------------------------------------------- */

static int64_t later(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

static int64_t ended_at(const struct batch *batch)
{
	int64_t at = later(batch->interview.created_at, batch->interview.finished_at);

	if (batch->turns.count > 0)
		at = later(at, batch->turns.items[batch->turns.count - 1].created_at);
	for (size_t i = 0; i < batch->calls.count; i++)
		at = later(at, batch->calls.items[i].created_at + batch->calls.items[i].latency_ms);
	return batch->report.id != NULL ? later(at, batch->report.created_at) : at;
}

/* What the assessor said of its own certainty; NaN: it said nothing. */
static enum err read_confidence(struct batch *batch, double *ret_confidence)
{
	const char *reply, *fault;
	double confidence = NAN;
	cJSON *json;
	enum err err = trace_last_reply(batch->store, batch->arena, batch->interview.id, "assessor",
	                                &reply);

	if (err == OK && llm_json_find(batch->arena, reply, NULL, &json, &fault) == OK)
		confidence = json_number(json, "confidence", NAN);
	*ret_confidence = confidence >= 0 && confidence <= 1 ? confidence : NAN;
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err sum_up(struct batch *batch, struct llm_usage_list *usage)
{
	struct trace_scores *scores = &batch->scores;
	int turns = 0;
	enum err err = llm_usage_of_interview(batch->store, batch->arena, batch->interview.id,
	                                      usage);

	if (err == OK)
		err = turn_count(batch->store, batch->interview.id, &turns);
	if (err == OK)
		err = read_confidence(batch, &scores->confidence_score);
	if (err != OK)
		return err;
	for (size_t i = 0; i < usage->count; i++) {
		const struct llm_usage_row *row = &usage->items[i];

		scores->total_tokens += (double)(row->prompt_tokens + row->completion_tokens);
		scores->llm_calls += (double)row->calls;
	}
	scores->total_turns = turns;
	scores->avg_tokens_per_turn = turns > 0 ? json_rounded(scores->total_tokens / turns) : 0;
	return OK;
}

/* The report and, unless that was sent, the root span with what the interview came to. */
static enum err put_end(struct batch *batch)
{
	const enum trace_end end = batch->report.id != NULL ? TRACE_WHOLE : TRACE_ENDED;
	cJSON *spans = cJSON_CreateArray();
	struct llm_usage_list usage;
	struct trace_sum sum = { .usage = &usage, .ended_at = ended_at(batch) };
	enum err err;

	if (batch->report.id != NULL)
		trace_span_add_report(&batch->talk, &batch->report, spans);
	if (batch->cursor.end == TRACE_OPEN) {
		err = sum_up(batch, &usage);
		if (err != OK)
			return err;
		sum.scores = batch->scores;
		trace_span_add_end(&batch->talk, &sum, spans);
	}
	if (put(batch, spans))
		batch->next.end = end;
	return OK;
}

/* --- reading ------------------------------------------------------------------ */

static struct trace_clock clock_of(bool is_patient)
{
	const int64_t now = clock_now_ms();

	return (struct trace_clock){
		.now = is_patient ? now : INT64_MAX,
		.silent_since = now - SILENCE_MS,
		/* A report that a model writes is worth waiting for, if somebody asked for it. */
		.finished_since = config()->llm_url[0] == '\0'
		                          ? INT64_MAX
		                          : now - 2 * INT64_C(1000) * config()->llm_report_s,
	};
}

static enum err read_rows(struct batch *batch)
{
	const char *id = batch->cursor.interview_id;
	const struct trace_calls wanted = {
		.interview_id = id,
		.after_id = batch->cursor.call_id,
		.most = (int)batch->most,
		.has_content = config()->trace_content,
	};
	enum err err = interview_by_id(batch->store, batch->arena, id, &batch->interview);

	if (err == OK)
		err = turn_list(batch->store, batch->arena, id, &batch->turns);
	if (err == OK)
		err = trace_call_list(batch->store, batch->arena, &wanted, &batch->calls);
	if (err != OK)
		return err;
	err = report_of_interview(batch->store, batch->arena, id, &batch->report);
	/* One whose texts a model still writes is as good as none: what that costs belongs here. */
	if (err == OK && batch->report.texts_due)
		batch->report = (struct report_row){ 0 };
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err build(struct batch *batch)
{
	enum err err = read_rows(batch);

	if (err != OK)
		return err;
	batch->talk = trace_span_talk(batch->arena, &batch->interview, config()->trace_content);
	batch->next = batch->cursor;
	put_turns(batch);
	if (!batch->is_full)
		put_calls(batch);
	return batch->is_over && !batch->is_full ? put_end(batch) : OK;
}

/* Smaller after each failure: it may have been too much for the collector. */
static size_t most_spans(const struct trace_cursor *cursor)
{
	const int halvings = cursor->failures < 16 ? cursor->failures : 16;
	const int most = MOST_SPANS >> halvings;

	return most > 1 ? (size_t)most : 1;
}

static enum err load(struct batch *batch, bool is_patient)
{
	const struct trace_clock clock = clock_of(is_patient);
	enum err err = store_begin_read(batch->store);

	if (err != OK)
		return err;
	err = trace_next(batch->store, batch->arena, &clock, &batch->cursor, &batch->is_over);
	if (err == OK) {
		batch->most = most_spans(&batch->cursor);
		err = build(batch);
	}
	/* No transaction is open while a collector is waited for. */
	store_rollback(batch->store);
	return err;
}

/* --- sending ------------------------------------------------------------------ */

struct sending {
	const struct batch *batch;
	int64_t until_us;
	int64_t rejected; /* spans that a collector answered with success but did not take */
};

static enum err post(const struct sending *sending, const struct trace_target *target,
                     const char *url, const char *body, struct llm_result *result)
{
	const int64_t left_ms = (sending->until_us - clock_monotonic_us()) / 1000;
	const struct llm_post post = {
		.url = url,
		.content_type = "application/json",
		.body = body,
		.len = strlen(body),
		.headers = target->headers,
		.total_ms = left_ms < POST_MS ? (int)left_ms : POST_MS,
	};

	if (left_ms <= 0) {
		log_warning("a collector of traces takes too long");
		return ERR_UPSTREAM;
	}
	llm_post(sending->batch->arena, &post, result);
	if (result->class == LLM_OK)
		return OK;
	log_warning("a collector of traces did not take what it was sent: %s", result->error);
	return ERR_UPSTREAM;
}

/* The number is a string in the protocol's JSON; some say it plainly. */
static double rejected_of(const cJSON *partial)
{
	const cJSON *value = json_get(partial, "rejectedSpans");

	if (cJSON_IsString(value))
		return strtod(value->valuestring, NULL);
	return cJSON_IsNumber(value) ? value->valuedouble : 0;
}

/* Spans of a batch that a successful answer says were not taken: they must not be resent. */
static int64_t count_rejected(const struct batch *batch, const char *answer)
{
	const size_t len = strlen(answer);
	double rejected = (double)batch->count;
	cJSON *json;

	if (len == 0)
		return 0;
	if (json_parse(answer, len, &json) == OK && cJSON_IsObject(json))
		rejected = rejected_of(json_get(json, "partialSuccess"));
	if (!(rejected > 0))
		return 0;
	log_warning("a collector of traces answered with success but did not take %.0f spans",
	            rejected);
	return rejected < (double)batch->count ? (int64_t)rejected : (int64_t)batch->count;
}

static enum err post_scores(const struct sending *sending, const struct trace_target *target)
{
	const struct batch *batch = sending->batch;
	struct llm_result result;
	enum err err = OK;

	for (size_t i = 0; err == OK && i < TRACE_SCORES; i++) {
		cJSON *score = cJSON_CreateObject();
		const char *name;
		double value;

		if (!trace_span_score(&batch->scores, i, &name, &value))
			continue;
		json_set_string(score, "id", trace_span_score_id(&batch->talk, name));
		json_set_string(score, "traceId", batch->talk.trace_id);
		json_set_string(score, "name", name);
		json_set_number(score, "value", value);
		json_set_string(score, "dataType", "NUMERIC");
		err = post(sending, target, target->scores_url, json_text(score), &result);
	}
	return err;
}

/* Scores first: they may come twice, for their ids tell, but the root span should not. */
static enum err send_to(struct sending *sending, const struct trace_target *target,
                        const char *body)
{
	const struct batch *batch = sending->batch;
	const bool has_scores = batch->cursor.end == TRACE_OPEN && batch->next.end != TRACE_OPEN;
	struct llm_result result;
	enum err err = OK;

	if (has_scores && target->scores_url != NULL)
		err = post_scores(sending, target);
	if (err == OK)
		err = post(sending, target, target->spans_url, body, &result);
	if (err == OK)
		sending->rejected = later(sending->rejected, count_rejected(batch, result.text));
	return err;
}

static enum err send_all(const struct batch *batch, const struct trace *trace,
                         int64_t *ret_rejected)
{
	const char *body = trace_otlp_request(batch->arena, &batch->spans);
	struct sending sending = {
		.batch = batch,
		.until_us = clock_monotonic_us() + BATCH_MS * INT64_C(1000),
	};
	enum err err = OK;

	for (size_t i = 0; err == OK && i < trace->target_count; i++)
		err = send_to(&sending, &trace->targets[i], body);
	*ret_rejected = sending.rejected;
	return err;
}

/* --- exporting ---------------------------------------------------------------- */

static int64_t pause_ms(int failures, int64_t longest)
{
	const int doublings = failures < 16 ? failures - 1 : 15;
	const int64_t pause = INT64_C(1) * FIRST_PAUSE_MS << doublings;

	return pause < longest ? pause : longest;
}

static enum err save(struct batch *batch, const struct trace_counts *more)
{
	enum err err = store_begin(batch->store);

	if (err != OK)
		return err;
	err = trace_save(batch->store, &batch->next);
	if (err == OK)
		err = trace_count(batch->store, more);
	if (err == OK)
		return store_commit(batch->store);
	store_rollback(batch->store);
	return err;
}

static enum err send_and_save(struct batch *batch, const struct trace *trace)
{
	struct trace_counts more = { 0 };
	enum err sent = send_all(batch, trace, &more.rejected), saved;

	if (sent == OK) {
		more.sent = (int64_t)batch->count - more.rejected;
		batch->next.failures = 0;
		batch->next.retry_at = 0;
	} else {
		more = (struct trace_counts){ .failed = 1 };
		batch->next = batch->cursor;
		batch->next.failures++;
		batch->next.retry_at = clock_now_ms() +
		                       pause_ms(batch->next.failures, LONGEST_RETRY_MS);
	}
	saved = save(batch, &more);
	return sent != OK ? sent : saved;
}

enum err trace_export(struct store *store, struct arena *arena, const struct trace *trace,
                      bool is_patient)
{
	struct batch batch = { .store = store, .arena = arena };
	struct lock *lock;
	enum err err = lock_take(arena, arena_printf(arena, "%s/locks", config()->var), "traces", 0,
	                         &lock);

	if (err != OK)
		return err;
	buf_init(&batch.spans, arena);
	err = load(&batch, is_patient);
	if (err == OK)
		err = batch.count > 0 ? send_and_save(&batch, trace) : ERR_NOT_FOUND;
	lock_release(lock);
	return err;
}

bool trace_step(struct store *store, struct arena *arena, void *context)
{
	struct trace *trace = context;
	enum err err;

	if (clock_monotonic_us() < trace->look_at_us)
		return false;
	err = trace_export(store, arena, trace, true);
	if (err == OK)
		trace->failures = 0;
	else if (err == ERR_UPSTREAM)
		trace->failures++;
	trace->look_at_us = clock_monotonic_us() +
	                    1000 * (err == ERR_UPSTREAM ? pause_ms(trace->failures, LONGEST_REST_MS)
	                                                : LOOK_EVERY_MS);
	/* After one batch the next one need not wait. */
	if (err == OK)
		trace->look_at_us = 0;
	return err == OK;
}
