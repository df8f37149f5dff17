/* What the rules for questions and those for coding tasks have in common. */
#ifndef VIVA_TOOLS_BANK_RULES_H
#define VIVA_TOOLS_BANK_RULES_H

#include <stdbool.h>

#include "bank_files.h"
#include "base/buf.h"

struct check {
	struct arena *arena;
	const struct bank_files *files;
	bool verbose;
	const char *id; /* of what is looked at */
	int faults;
	struct buf *told; /* faults go there, a line each; NULL: to standard error, with the id */
};

/* Tells a fault of what is looked at and counts it. */
void check_fault(struct check *check, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* True if the NULL-ended list has the value; NULL is never in it. */
bool check_is_one_of(const char *value, const char *const *choices);

/* True for lower-case letters, digits and hyphens. */
bool check_is_slug(const char *id);

/* Id, level, difficulty, track, skill tags, roles; minutes for an answer up to `most_minutes`. */
void check_common(struct check *check, const cJSON *item, int most_minutes);

/* The rules for questions. */
void check_question(struct check *check, const cJSON *question);

/* The rules for coding tasks, without running anything. */
void check_task(struct check *check, const cJSON *task);

/*
 * Runs every reference solution, every starter and wrong variants of the references in
 * the sandbox; says so when there is none.
 */
void check_trials(struct check *check);

#endif
