#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "store/idempotency.h"
#include "web/api_internal.h"
#include "web/reply.h"

enum { KEY_MAX = 200 };

static bool is_key(const char *key)
{
	size_t len = strlen(key);

	for (const char *p = key; *p != '\0'; p++)
		if ((unsigned char)*p < 0x21 || (unsigned char)*p > 0x7E)
			return false;
	return len > 0 && len <= KEY_MAX;
}

/* What makes two requests the same one. The path is readable: history_delete looks for ids. */
static const char *hash_request(const struct request *request)
{
	const char *const texts[] = { request->path, request_param(request, "QUERY_STRING"),
		                      request->api->body, NULL };

	return arena_printf(request->arena, "%s %s", hash_texts(request->arena, texts),
	                    request->path);
}

/* The first answer once more; its headers are kept as lines. */
static void repeat(struct request *request, const struct idempotency *before)
{
	request->reply.status = before->status;
	buf_str(&request->reply.headers, before->headers);
	reply_header(request, "Idempotency-Replayed", "true");
	request->reply.bytes = before->body;
	request->reply.len = strlen(before->body);
}

static enum err judge_repeat(struct request *request, const char *hash,
                             const struct idempotency *before, bool *ret_is_answered)
{
	if (strcmp(before->request_hash, hash) != 0)
		return api_refuse(request, 422, "key-reused",
		                  i18n(request->language,
		                       "This Idempotency-Key was used for another request."));
	if (before->status == 0) {
		reply_header(request, "Retry-After", "1");
		api_fault(request, NULL,
		          i18n(request->language,
		               "The first request with this Idempotency-Key is still at work."));
		return ERR_CONFLICT;
	}
	repeat(request, before);
	*ret_is_answered = true;
	return OK;
}

enum err api_once_claim(struct request *request, bool *ret_is_answered)
{
	const char *key = request_param(request, "HTTP_IDEMPOTENCY_KEY");
	struct idempotency claim, before;
	enum err err;

	*ret_is_answered = false;
	if (key[0] == '\0' || request->method != POST || request->user == NULL)
		return OK;
	if (!is_key(key))
		return api_fault(request, NULL,
		                 i18n(request->language, "An Idempotency-Key has 1 to 200 visible "
		                                         "ASCII characters."));
	claim = (struct idempotency){ .user_id = request->user->id,
		                      .name = key,
		                      .request_hash = hash_request(request) };
	err = idempotency_claim(request->store, request->arena, &claim, &before);
	if (err == ERR_CONFLICT)
		return judge_repeat(request, claim.request_hash, &before, ret_is_answered);
	if (err == OK)
		request->api->claimed_key = key;
	if (err == ERR_LIMITED) {
		reply_header(request, "Retry-After", "3600"); /* keys end one by one */
		api_fault(request, NULL,
		          i18n(request->language,
		               "Too many Idempotency-Keys: 1000 are kept for a day."));
	}
	return err;
}

/* What the same request may get right when it comes again. */
static bool is_passing(int status)
{
	return status >= 500 || status == 401 || status == 429;
}

void api_once_settle(struct request *request)
{
	const struct reply *reply = &request->reply;
	const struct idempotency answer = {
		.user_id = request->user != NULL ? request->user->id : "",
		.name = request->api->claimed_key,
		.status = reply->status,
		.headers = reply->headers.data,
		.body = reply->bytes,
	};
	enum err err;

	if (answer.name == NULL)
		return;
	if (is_passing(reply->status) || request->gateway.is_streaming)
		err = idempotency_drop(request->store, answer.user_id, answer.name);
	else
		err = idempotency_finish(request->store, &answer);
	if (err != OK && err != ERR_NOT_FOUND) /* it was deleted along with what it is about */
		log_error("the answer to an Idempotency-Key could not be kept: %s", err_name(err));
}
