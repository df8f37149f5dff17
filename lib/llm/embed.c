/* llm_embed: vectors of texts. */
#include <math.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "llm/tries.h"

enum { BATCH = 32, DIMENSION_MAX = 16384 };

struct embedding {
	struct llm_client *client;
	struct arena *arena;
	const struct llm_texts *texts;
	struct llm_vectors *vectors;
	struct llm_result *result;
	struct tries tries;
	struct trial *trial;
};

static const char *body_of(const struct embedding *embedding, size_t first, size_t count)
{
	cJSON *body = cJSON_CreateObject(), *input;

	json_set_string(body, "model", embedding->texts->model);
	input = json_set_array(body, "input");
	for (size_t i = first; i < first + count; i++)
		json_add_string(input, embedding->texts->items[i]);
	json_set_string(body, "encoding_format", "float");
	return json_text(body);
}

/* Little-endian single floats, whatever this machine has. */
static size_t floats_of_text(struct arena *arena, const char *text, float **ret_values)
{
	size_t len = 0, count;
	const unsigned char *bytes = base64_decode(arena, text, &len);
	float *values;

	count = len % 4 == 0 ? len / 4 : 0;
	values = arena_array(arena, count + 1, sizeof(*values));
	for (size_t i = 0; i < count; i++) {
		const unsigned char *four = bytes + 4 * i;
		uint32_t bits = (uint32_t)four[0] | (uint32_t)four[1] << 8 |
		                (uint32_t)four[2] << 16 | (uint32_t)four[3] << 24;

		memcpy(&values[i], &bits, sizeof(bits));
	}
	*ret_values = values;
	return count;
}

static size_t floats_of_array(struct arena *arena, const cJSON *array, float **ret_values)
{
	const size_t count = (size_t)cJSON_GetArraySize(array);
	const cJSON *number;
	size_t i = 0;

	*ret_values = arena_array(arena, count + 1, sizeof(float));
	cJSON_ArrayForEach(number, array)(*ret_values)[i++] = cJSON_IsNumber(number)
	                                                              ? (float)number->valuedouble
	                                                              : NAN;
	return count;
}

/* NULL, or what is wrong with the numbers of a vector. */
static const char *fault_of_numbers(const float *values, size_t count)
{
	bool is_zero = true;

	for (size_t i = 0; i < count; i++) {
		if (!isfinite(values[i]))
			return "a vector holds what is no finite number";
		is_zero &= values[i] == 0;
	}
	return is_zero ? "a vector is all zeros" : NULL;
}

/* Puts a vector in its place; the first one says how long all are. */
static const char *store_vector(struct embedding *embedding, size_t place, const float *values,
                                size_t dimension)
{
	struct llm_vectors *vectors = embedding->vectors;
	const char *fault = fault_of_numbers(values, dimension);

	if (fault != NULL)
		return fault;
	if (vectors->values == NULL) {
		vectors->dimension = dimension;
		vectors->values = arena_array(embedding->arena, embedding->texts->count * dimension,
		                              sizeof(float));
	}
	if (dimension != vectors->dimension)
		return "the vectors are of different lengths";
	memcpy(vectors->values + place * dimension, values, dimension * sizeof(float));
	return NULL;
}

static const char *read_vector(struct embedding *embedding, size_t place, const cJSON *item)
{
	const cJSON *vector = json_get(item, "embedding");
	float *values;
	size_t dimension;

	if (cJSON_IsString(vector))
		dimension = floats_of_text(embedding->arena, vector->valuestring, &values);
	else if (cJSON_IsArray(vector))
		dimension = floats_of_array(embedding->arena, vector, &values);
	else
		return "a vector is missing";
	if (dimension == 0 || dimension > DIMENSION_MAX)
		return "a vector has no sensible length";
	return store_vector(embedding, place, values, dimension);
}

/* Each text's vector exactly once, wherever it stands in the list. */
static const char *read_vectors(struct embedding *embedding, const cJSON *data, size_t first,
                                size_t count)
{
	bool *seen = arena_array(embedding->arena, count, sizeof(*seen));
	const char *fault = NULL;
	const cJSON *item;
	size_t position = 0;

	if (!cJSON_IsArray(data) || (size_t)cJSON_GetArraySize(data) != count)
		return "the endpoint did not give one vector for each text";
	cJSON_ArrayForEach(item, data)
	{
		const double index = json_number(item, "index", (double)position++);

		if (!(index >= 0 && index < (double)count) || index != floor(index) ||
		    seen[(size_t)index])
			return "the endpoint gave a vector twice, or for no text";
		seen[(size_t)index] = true;
		fault = read_vector(embedding, first + (size_t)index, item);
		if (fault != NULL)
			return fault;
	}
	return NULL;
}

static void send_batch(struct embedding *embedding, size_t first, size_t count)
{
	struct trial *trial = arena_alloc(embedding->arena, sizeof(*trial));
	const char *body = body_of(embedding, first, count);

	trial->client = embedding->client;
	trial->arena = embedding->arena;
	trial->wait = &embedding->tries.wait;
	trial->url = embedding->client->embeddings_url;
	trial->body = body;
	trial->len = strlen(body);
	trial->is_raw = true;
	embedding->trial = trial;
	trial_run(trial, NULL, NULL);
	client_leave(embedding->client);
	embedding->result->requests += trial->requests;
}

static void count_tokens(struct embedding *embedding, const cJSON *answer)
{
	const double tokens = json_number(json_get(answer, "usage"), "prompt_tokens", -1);

	if (tokens >= 0 && tokens < 1e9) {
		embedding->result->usage.prompt_tokens += (int)tokens;
		embedding->result->usage.is_known = true;
	}
}

/* The vectors of an answer; what is no JSON may be repeated, what is wrong may not. */
static void read_answer(struct embedding *embedding, size_t first, size_t count)
{
	struct trial *trial = embedding->trial;
	cJSON *answer = NULL;
	const char *fault;

	if (json_parse(trial->held.data, trial->held.len, &answer) != OK) {
		trial->class = LLM_RETRYABLE;
		trial->is_junk = trial->is_fault = true;
		trial->error = "the answer is no JSON";
		return;
	}
	fault = read_vectors(embedding, json_get(answer, "data"), first, count);
	count_tokens(embedding, answer);
	if (fault == NULL)
		return;
	trial->class = LLM_PERMANENT;
	trial->is_final = true;
	llm_reply_body(&trial->reply, trial->held.data, trial->held.len);
	trial->error = trial->reply.error != NULL ? trial->reply.error : fault;
}

static bool is_too_large(const struct trial *trial)
{
	return trial->class == LLM_PERMANENT &&
	       (trial->status == 400 || trial->status == 413 || trial->status == 422);
}

/* One batch with its tries. False: it failed; `ret_is_large`: a smaller one may not. */
static bool embed_batch(struct embedding *embedding, size_t first, size_t count, bool *ret_is_large)
{
	*ret_is_large = false;
	for (;;) {
		if (!tries_enter(&embedding->tries)) {
			embedding->result->class = embedding->tries.class;
			embedding->result->error = embedding->tries.error;
			return false;
		}
		send_batch(embedding, first, count);
		if (embedding->trial->class == LLM_OK)
			read_answer(embedding, first, count);
		if (embedding->trial->class == LLM_OK)
			return true;
		if (!tries_again(&embedding->tries, embedding->trial))
			break;
	}
	embedding->result->class = embedding->trial->class;
	embedding->result->error = embedding->trial->error;
	*ret_is_large = is_too_large(embedding->trial);
	return false;
}

static void embed_all(struct embedding *embedding)
{
	size_t batch = BATCH, first = 0;
	bool is_large;

	while (first < embedding->texts->count) {
		const size_t left = embedding->texts->count - first;
		const size_t count = batch < left ? batch : left;

		if (embed_batch(embedding, first, count, &is_large)) {
			first += count;
			embedding->tries.failures = embedding->tries.rounds = 0;
			embedding->tries.had_junk = false;
		} else if (is_large && count > 1) {
			batch = count / 2;
		} else {
			return;
		}
	}
	embedding->result->class = LLM_OK;
	embedding->result->error = "";
	embedding->vectors->count = embedding->texts->count;
}

static void report(struct embedding *embedding)
{
	struct llm_result *result = embedding->result;
	const struct trial *trial = embedding->trial;

	if (trial != NULL) {
		result->status = trial->status;
		result->code = result->class == LLM_OK ? "" : trial->code;
	}
	result->error = client_redacted(embedding->client, embedding->arena, result->error);
	result->code = client_redacted(embedding->client, embedding->arena, result->code);
	result->retry_after_ms = embedding->tries.retry_after_ms;
	result->latency_ms = (clock_monotonic_us() - embedding->tries.start_us) / 1000;
	if (result->class != LLM_OK)
		*embedding->vectors = (struct llm_vectors){ 0 };
	tries_end(&embedding->tries, trial, result->class);
}

void llm_embed(struct llm_client *client, struct arena *arena, const struct llm_texts *texts,
               struct llm_vectors *ret_vectors, struct llm_result *ret_result)
{
	struct embedding embedding = {
		.client = client,
		.arena = arena,
		.texts = texts,
		.vectors = ret_vectors,
		.result = ret_result,
	};

	*ret_vectors = (struct llm_vectors){ 0 };
	*ret_result = (struct llm_result){
		.text = "",
		.reasoning = "",
		.finish = "",
		.note = "",
		.error = "",
		.code = "",
		.first_token_ms = -1,
	};
	json_bind(arena);
	tries_begin(&embedding.tries, client, arena, NULL);
	embed_all(&embedding);
	report(&embedding);
}
