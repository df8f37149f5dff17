/* What a CV says about its writer, as it is proposed to them. */
#ifndef VIVA_PROFILE_PROPOSAL_H
#define VIVA_PROFILE_PROPOSAL_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

/* A value and the words of the CV that it came from; both NULL when there is none. */
struct proposal_value {
	const char *value, *quote;
};

struct proposal {
	struct proposal_value position;
	struct proposal_value level; /* "junior", "middle", "senior" */
	double years;                /* of experience, to half a year; below 0: unknown */
	const char *years_quote;
	struct proposal_value *technologies; /* the most important first */
	size_t count;
};

/*
 * As it is stored: {"position": {"value", "quote"} or null, "level": the same, "years":
 * {"value": number, "quote"} or null, "technologies": [{"value", "quote"}]}.
 */
cJSON *proposal_json(const struct proposal *proposal);

/* Reads it back. ERR_INVALID: it is nothing of the kind. */
enum err proposal_read(struct arena *arena, const char *json, struct proposal *ret_proposal);

#endif
