#include "interview/flow.h"

#include <string.h>

static const struct flow_share technical[] = {
	{ "core", 50 },
	{ "advanced", 30 },
	{ "practical", 20 },
};
static const struct flow_share hr[] = {
	{ "behavioural", 40 },
	{ "situational", 30 },
	{ "role_specific", 30 },
};
static const struct flow_share cases[] = {
	{ "problem_solving", 60 },
	{ "system_design", 40 },
};
static const struct flow_share mixed[] = {
	{ "technical", 33 },
	{ "hr", 33 },
	{ "case", 33 },
};

#define SHARES(table) table, sizeof(table) / sizeof(*table)

static const struct {
	const char *type;
	const struct flow_share *shares;
	size_t count;
} types[] = {
	{ "technical", SHARES(technical) },
	{ "hr", SHARES(hr) },
	{ "case", SHARES(cases) },
	{ "mixed", SHARES(mixed) },
};

const struct flow_share *flow_shares(const char *type, size_t *ret_count)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (strcmp(types[i].type, type) == 0) {
			*ret_count = types[i].count;
			return types[i].shares;
		}
	}
	return NULL;
}
