#include "llm/quirks.h"

#include <string.h>

static bool names(const char *message, const char *word)
{
	return strcasestr(message, word) != NULL;
}

static bool learn_tokens(struct quirks *quirks, const char *message)
{
	/* The hint to use the new name names both. */
	if (quirks->tokens == TOKENS_OLD_NAME && names(message, "max_tokens")) {
		quirks->tokens = TOKENS_NEW_NAME;
		return true;
	}
	if (quirks->tokens == TOKENS_NEW_NAME && names(message, "max_completion_tokens")) {
		quirks->tokens = TOKENS_UNSENT;
		return true;
	}
	return false;
}

static bool learn_format(struct quirks *quirks, const char *message)
{
	if (quirks->format == FORMAT_PROMPT ||
	    !(names(message, "response_format") || names(message, "schema") ||
	      names(message, "json_object")))
		return false;
	quirks->format++;
	return true;
}

bool quirks_learn(struct quirks *quirks, const struct llm_request *request, int status,
                  const char *message)
{
	if (status != 400 && status != 422)
		return false;
	if (!quirks->no_stream_options && names(message, "stream_options"))
		return quirks->no_stream_options = true;
	if (request->max_tokens > 0 && learn_tokens(quirks, message))
		return true;
	if (request->temperature >= 0 && !quirks->no_temperature && names(message, "temperature"))
		return quirks->no_temperature = true;
	return request->schema != NULL && learn_format(quirks, message);
}

void quirks_join(struct quirks *known, const struct quirks *learned)
{
	if (learned->tokens > known->tokens)
		known->tokens = learned->tokens;
	if (learned->format > known->format)
		known->format = learned->format;
	known->no_temperature |= learned->no_temperature;
	known->no_stream_options |= learned->no_stream_options;
}
