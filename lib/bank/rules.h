/*
 * The rules of bank/README.md for roles, questions and coding tasks, for files and for what is
 * edited in pages alike. Faults are told in English: they are for authors.
 */
#ifndef VIVA_BANK_RULES_H
#define VIVA_BANK_RULES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "bank/members.h"
#include "base/buf.h"

struct rules_check {
	struct arena *arena;
	const cJSON *roles;             /* array of the roles that there are */
	const cJSON *questions, *tasks; /* arrays in which an id may stand once; NULL: none */
	const char *id;                 /* of what is looked at */
	const char *part;               /* of it: "variant 2"; NULL: the whole */
	int faults;
	struct buf *told; /* faults go there, a line each; NULL: to standard error, with the id */
};

/* Tells a fault of what is looked at and counts it. */
void rules_fault(struct rules_check *check, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* True if the NULL-ended list has the value; NULL is never in it. */
bool rules_is_one_of(const char *value, const char *const *choices);

/* True for lower-case letters, digits and hyphens. */
bool rules_is_slug(const char *id);

/* Id, level, difficulty, track, skill tags, roles; minutes for an answer up to `most_minutes`. */
void rules_common(struct rules_check *check, const cJSON *item, int most_minutes);

/* Members that are not in the list, and characters that steer the reader's eye, are faults. */
void rules_members(struct rules_check *check, const struct member *members, const cJSON *item);

/* The rules for roles. */
void rules_role(struct rules_check *check, const cJSON *role);

/* The rules for questions. */
void rules_question(struct rules_check *check, const cJSON *question);

/* The rules for coding tasks, without running anything. */
void rules_task(struct rules_check *check, const cJSON *task);

#endif
