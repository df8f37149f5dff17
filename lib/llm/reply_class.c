#include <string.h>

#include "llm/reply.h"

static bool has_one(const char *text, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++)
		if (strcasestr(text, *phrases) != NULL)
			return true;
	return false;
}

/* What is used up does not come back within minutes: money, or the day's share. */
static bool is_used_up(const char *code, const char *message)
{
	static const char *const codes[] = { "insufficient_quota",
		                             "insufficient_balance",
		                             "insufficient_credits",
		                             "budget_exceeded",
		                             "billing_hard_limit",
		                             "day_quota",
		                             NULL };
	static const char *const phrases[] = { "insufficient_quota",
		                               "insufficient balance",
		                               "insufficient credit",
		                               "budget has been exceeded",
		                               "budget exceeded",
		                               "exceeded budget",
		                               "billing hard limit",
		                               "credit balance is too low",
		                               "out of credits",
		                               "per day",
		                               "per-day",
		                               "PerDay",
		                               "daily limit",
		                               "daily quota",
		                               NULL };
	static const char *const soon[] = { "resource_exhausted", "retryDelay", "retry in", NULL };

	if (has_one(code, codes) || has_one(message, phrases))
		return true;
	/* One server says so of its account, another one of a minute's share. */
	return strcasestr(message, "exceeded your current quota") != NULL && !has_one(code, soon) &&
	       !has_one(message, soon);
}

bool llm_is_context_overflow(int status, const char *code, const char *message)
{
	static const char *const codes[] = { "context_length", "context_window",
		                             "ContextWindowExceeded", "exceed_context_size", NULL };
	static const char *const phrases[] = { "maximum context length",
		                               "exceeds the available context size",
		                               "exceeds the context",
		                               "exceed context",
		                               "exceeded the context",
		                               "context length exceeded",
		                               "context window exceeded",
		                               "context size exceeded",
		                               "longer than the model's context",
		                               "prompt is too long",
		                               "input is too long",
		                               "maximum number of tokens allowed",
		                               NULL };

	if (status != 0 && status != 400 && status != 413 && status != 422 && status != 500)
		return false;
	return has_one(code, codes) || has_one(message, phrases);
}

enum llm_class llm_status_class(int status, const char *code, const char *message)
{
	bool is_passing = status == 408 || status == 409 || status == 429 ||
	                  (status >= 500 && status < 600);

	if (!is_passing || is_used_up(code, message))
		return LLM_PERMANENT;
	return llm_is_context_overflow(status, code, message) ? LLM_PERMANENT : LLM_RETRYABLE;
}
