#include "witness/trace_span.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "witness/trace_otlp.h"

#define TRACE_NAME "interview"

enum { TRACE_DIGITS = 32, SPAN_DIGITS = 16 };

/* Longer words are cut: a request stays small enough for any collector. */
enum { MAX_WORDS = 16000 };

static const char *make_id(const struct trace_talk *talk, const char *kind, const char *row,
                           size_t digits)
{
	const char *const names[] = { "viva trace", talk->interview->id, kind, row, NULL };

	return arena_copy(talk->arena, hash_texts(talk->arena, names), digits);
}

struct trace_talk trace_span_talk(struct arena *arena, const struct interview *interview,
                                  bool has_content)
{
	struct trace_talk talk = { .arena = arena,
		                   .interview = interview,
		                   .has_content = has_content };

	talk.trace_id = make_id(&talk, "trace", "", TRACE_DIGITS);
	talk.root_id = make_id(&talk, "root", "", SPAN_DIGITS);
	return talk;
}

/* What names a span and when it was; `row` with `kind` is unique in the interview. */
struct moment {
	const char *name, *kind;
	int64_t row;
	int64_t start_ms, end_ms;
	bool is_client;
};

static void set_common(const struct trace_talk *talk, cJSON *span)
{
	trace_otlp_text(span, "session.id", talk->interview->id);
	trace_otlp_text(span, "user.id", talk->interview->owner_id);
	trace_otlp_text(span, "langfuse.trace.name", TRACE_NAME);
}

static cJSON *begin(const struct trace_talk *talk, const struct moment *moment)
{
	const char *row = arena_printf(talk->arena, "%" PRId64, moment->row);
	const struct trace_otlp_span head = {
		.trace_id = talk->trace_id,
		.span_id = make_id(talk, moment->kind, row, SPAN_DIGITS),
		.parent_id = talk->root_id,
		.name = moment->name,
		.is_client = moment->is_client,
		.start_ms = moment->start_ms,
		.end_ms = moment->end_ms,
	};
	cJSON *span = trace_otlp_begin(talk->arena, &head);

	set_common(talk, span);
	return span;
}

static void set_integer(const struct trace_talk *talk, cJSON *span, const char *key, int64_t value)
{
	trace_otlp_integer(talk->arena, span, key, value);
}

/* Words only go out when the operator says so. */
static void set_words(const struct trace_talk *talk, cJSON *span, const char *key,
                      const char *words)
{
	if (talk->has_content && words != NULL)
		trace_otlp_text(span, key, text_shortened(talk->arena, words, MAX_WORDS));
}

/* --- turns -------------------------------------------------------------------- */

static void add_said(const struct trace_talk *talk, const struct turn *turn,
                     const struct turn *before, cJSON *spans)
{
	const bool is_candidate = strcmp(turn->author, "candidate") == 0;
	const bool is_reaction = !is_candidate && before != NULL &&
	                         strcmp(before->author, "candidate") == 0;
	const char *name = strcmp(turn->kind, "greeting") == 0 ? "greeting"
	                   : is_candidate                      ? "user_message"
	                                                       : "interviewer_response";
	cJSON *span = begin(talk,
	                    &(struct moment){
	                            .name = name,
	                            .kind = "turn",
	                            .row = turn->seq,
	                            .start_ms = is_reaction ? before->created_at : turn->created_at,
	                            .end_ms = turn->created_at,
	                    });

	set_integer(talk, span, "viva.turn", turn->seq);
	trace_otlp_text(span, "viva.turn.kind", turn->kind);
	trace_otlp_text(span, "viva.question.id", turn->question_id);
	if (!is_candidate) {
		trace_otlp_text(span, "viva.engine", turn->engine);
		trace_otlp_bool(span, "viva.turn.is_cut", turn->is_cut);
	}
	set_words(talk, span,
	          is_candidate ? "langfuse.observation.input" : "langfuse.observation.output",
	          turn->body);
	json_add(spans, span);
}

static void add_observation(const struct trace_talk *talk, const struct turn *turn,
                            const cJSON *seen, int64_t at, cJSON *spans)
{
	cJSON *span = begin(talk, &(struct moment){ .name = "observer_analysis",
	                                            .kind = "observation",
	                                            .row = turn->seq,
	                                            .start_ms = at,
	                                            .end_ms = at });

	trace_otlp_text(span, "viva.engine", "builtin");
	trace_otlp_text(span, "viva.observation.class", json_string(seen, "class", ""));
	trace_otlp_text(span, "viva.observation.next_step", json_string(seen, "next_step", ""));
	trace_otlp_number(span, "viva.observation.quality", json_number(seen, "quality", NAN));
	trace_otlp_bool(span, "viva.observation.answered",
	                json_bool(seen, "answered_last_question", false));
	set_words(talk, span, "langfuse.observation.output", turn->observation);
	json_add(spans, span);
}

static void add_difficulty(const struct trace_talk *talk, const struct turn *turn,
                           const cJSON *change, cJSON *spans)
{
	cJSON *span = begin(talk, &(struct moment){ .name = "difficulty_change",
	                                            .kind = "difficulty",
	                                            .row = turn->seq,
	                                            .start_ms = turn->created_at,
	                                            .end_ms = turn->created_at });

	set_integer(talk, span, "viva.difficulty.from", (int64_t)json_number(change, "from", 0));
	set_integer(talk, span, "viva.difficulty.to", (int64_t)json_number(change, "to", 0));
	json_add(spans, span);
}

void trace_span_add_turn(const struct trace_talk *talk, const struct turn_list *turns, size_t at,
                         cJSON *spans)
{
	const struct turn *turn = &turns->items[at];
	const struct turn *before = at > 0 ? &turns->items[at - 1] : NULL;
	cJSON *seen;

	add_said(talk, turn, before, spans);
	if (turn->observation == NULL ||
	    json_parse(turn->observation, strlen(turn->observation), &seen) != OK)
		return;
	if (strcmp(json_string(seen, "engine", "builtin"), "builtin") == 0)
		add_observation(talk, turn, seen,
		                before != NULL ? before->created_at : turn->created_at, spans);
	if (cJSON_IsObject(json_get(seen, "difficulty")))
		add_difficulty(talk, turn, json_get(seen, "difficulty"), spans);
}

/* --- calls -------------------------------------------------------------------- */

static void set_parameters(const struct trace_talk *talk, cJSON *span, const char *parameters)
{
	cJSON *json;

	if (json_parse(parameters, strlen(parameters), &json) != OK)
		return;
	trace_otlp_number(span, "gen_ai.request.temperature",
	                  json_number(json, "temperature", NAN));
	if (json_number(json, "max_tokens", 0) > 0)
		set_integer(talk, span, "gen_ai.request.max_tokens",
		            (int64_t)json_number(json, "max_tokens", 0));
	trace_otlp_text(span, "gen_ai.output.type",
	                cJSON_IsString(json_get(json, "schema")) ? "json" : "text");
}

/* A message of the conventions: a role and parts of text. */
static cJSON *message_of(const struct trace_talk *talk, const char *role, const char *words)
{
	cJSON *message = cJSON_CreateObject(), *part;

	json_set_string(message, "role", role);
	part = json_add_object(json_set_array(message, "parts"));
	json_set_string(part, "type", "text");
	json_set_string(part, "content", text_shortened(talk->arena, words, MAX_WORDS));
	return message;
}

static void set_messages(const struct trace_talk *talk, cJSON *span, const struct llm_call *call)
{
	cJSON *asked, *input = cJSON_CreateArray(), *output = cJSON_CreateArray();
	const cJSON *message;

	if (!talk->has_content)
		return;
	if (json_parse(call->prompt, strlen(call->prompt), &asked) == OK)
		cJSON_ArrayForEach(message, asked)
		        json_add(input, message_of(talk, json_string(message, "role", "user"),
		                                   json_string(message, "content", "")));
	trace_otlp_text(span, "gen_ai.input.messages", json_text(input));
	json_set_string(json_add(output, message_of(talk, "assistant", call->reply)),
	                "finish_reason", call->finish);
	trace_otlp_text(span, "gen_ai.output.messages", json_text(output));
}

static void set_usage(const struct trace_talk *talk, cJSON *span, const struct llm_call *call)
{
	set_integer(talk, span, "gen_ai.usage.input_tokens", call->prompt_tokens);
	set_integer(talk, span, "gen_ai.usage.output_tokens", call->completion_tokens);
	if (call->reasoning_tokens > 0)
		set_integer(talk, span, "gen_ai.usage.reasoning.output_tokens",
		            call->reasoning_tokens);
	trace_otlp_bool(span, "viva.usage.is_estimated", call->is_estimated);
	set_integer(talk, span, "viva.requests", call->requests);
	if (call->first_token_ms >= 0)
		trace_otlp_number(span, "gen_ai.response.time_to_first_chunk",
		                  (double)call->first_token_ms / 1000);
}

void trace_span_add_call(const struct trace_talk *talk, const struct llm_call *call, cJSON *spans)
{
	const bool is_observer = strcmp(call->agent, "observer") == 0;
	cJSON *span = begin(talk, &(struct moment){
	                                  .name = is_observer ? "observer_analysis" : call->agent,
	                                  .kind = "call",
	                                  .row = call->id,
	                                  .start_ms = call->created_at,
	                                  .end_ms = call->created_at + call->latency_ms,
	                                  .is_client = true,
	                          });

	trace_otlp_text(span, "langfuse.observation.type", "generation");
	trace_otlp_text(span, "gen_ai.operation.name", "chat");
	trace_otlp_text(span, "gen_ai.provider.name", "openai");
	trace_otlp_text(span, "gen_ai.request.model", call->model);
	trace_otlp_bool(span, "gen_ai.request.stream", true);
	trace_otlp_text(span, "gen_ai.agent.name", call->agent);
	trace_otlp_text(span, "gen_ai.conversation.id", talk->interview->id);
	set_parameters(talk, span, call->parameters);
	set_usage(talk, span, call);
	trace_otlp_texts(span, "gen_ai.response.finish_reasons", call->finish);
	trace_otlp_text(span, "viva.question.id", call->question_id);
	trace_otlp_text(span, "viva.outcome", call->outcome);
	set_messages(talk, span, call);
	if (strcmp(call->outcome, "ok") != 0) {
		trace_otlp_text(span, "error.type", call->outcome);
		trace_otlp_fail(span, talk->has_content ? call->error : "");
	}
	json_add(spans, span);
}

/* --- the end ------------------------------------------------------------------ */

void trace_span_add_report(const struct trace_talk *talk, const struct report_row *report,
                           cJSON *spans)
{
	const int64_t finished_at = talk->interview->finished_at;
	cJSON *span = begin(talk,
	                    &(struct moment){
	                            .name = "final_feedback",
	                            .kind = "report",
	                            .start_ms = finished_at > 0 ? finished_at : report->created_at,
	                            .end_ms = report->created_at,
	                    });

	trace_otlp_text(span, "viva.report.id", report->id);
	trace_otlp_text(span, "viva.report.version", report->version);
	trace_otlp_number(span, "viva.report.total_score", report->total_score);
	trace_otlp_number(span, "viva.report.max_score", report->max_score);
	set_words(talk, span, "langfuse.observation.output", report->body);
	json_add(spans, span);
}

bool trace_span_score(const struct trace_scores *scores, size_t i, const char **ret_name,
                      double *ret_value)
{
	const struct {
		const char *name;
		double value;
	} rows[TRACE_SCORES] = {
		{ "total_tokens", scores->total_tokens },
		{ "total_turns", scores->total_turns },
		{ "llm_calls", scores->llm_calls },
		{ "avg_tokens_per_turn", scores->avg_tokens_per_turn },
		{ "confidence_score", scores->confidence_score },
	};

	if (i >= TRACE_SCORES || !isfinite(rows[i].value))
		return false;
	*ret_name = rows[i].name;
	*ret_value = rows[i].value;
	return true;
}

const char *trace_span_score_id(const struct trace_talk *talk, const char *name)
{
	return make_id(talk, "score", name, TRACE_DIGITS);
}

static void set_scores(const struct trace_talk *talk, const struct trace_scores *scores,
                       cJSON *span)
{
	for (size_t i = 0; i < TRACE_SCORES; i++) {
		const char *name;
		double value;

		if (trace_span_score(scores, i, &name, &value))
			trace_otlp_number(span, arena_printf(talk->arena, "viva.score.%s", name),
			                  value);
	}
}

static void add_metrics(const struct trace_talk *talk, const struct trace_sum *sum, cJSON *spans)
{
	int64_t prompt = 0, completion = 0, reasoning = 0, errors = 0;
	cJSON *span = begin(talk, &(struct moment){ .name = "session_token_metrics",
	                                            .kind = "metrics",
	                                            .start_ms = sum->ended_at,
	                                            .end_ms = sum->ended_at });

	for (size_t i = 0; i < sum->usage->count; i++) {
		const struct llm_usage_row *row = &sum->usage->items[i];

		prompt += row->prompt_tokens;
		completion += row->completion_tokens;
		reasoning += row->reasoning_tokens;
		errors += row->errors;
	}
	set_integer(talk, span, "viva.tokens.prompt", prompt);
	set_integer(talk, span, "viva.tokens.completion", completion);
	set_integer(talk, span, "viva.tokens.reasoning", reasoning);
	set_integer(talk, span, "viva.llm_errors", errors);
	set_scores(talk, &sum->scores, span);
	for (size_t i = 0; i < sum->usage->count; i++) {
		const struct llm_usage_row *row = &sum->usage->items[i];

		set_integer(
		        talk, span,
		        arena_printf(talk->arena, "viva.tokens.of.%s.%s", row->agent, row->model),
		        row->prompt_tokens + row->completion_tokens);
	}
	json_add(spans, span);
}

static void add_root(const struct trace_talk *talk, const struct trace_sum *sum, cJSON *spans)
{
	const struct interview *interview = talk->interview;
	cJSON *span = trace_otlp_begin(talk->arena, &(struct trace_otlp_span){
	                                                    .trace_id = talk->trace_id,
	                                                    .span_id = talk->root_id,
	                                                    .name = TRACE_NAME,
	                                                    .start_ms = interview->created_at,
	                                                    .end_ms = sum->ended_at,
	                                            });

	set_common(talk, span);
	trace_otlp_text(span, "viva.role", interview->role_id);
	trace_otlp_text(span, "viva.level", interview->level);
	trace_otlp_text(span, "viva.type", interview->type);
	trace_otlp_text(span, "viva.language", language_code(interview->language));
	trace_otlp_text(span, "viva.status", interview->status);
	set_integer(talk, span, "viva.questions", interview->question_count);
	set_scores(talk, &sum->scores, span);
	json_add(spans, span);
}

void trace_span_add_end(const struct trace_talk *talk, const struct trace_sum *sum, cJSON *spans)
{
	add_metrics(talk, sum, spans);
	add_root(talk, sum, spans);
}
