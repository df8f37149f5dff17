/*
 * What `viva doctor` looks at: checks, each a small function in a table, that say in words how a
 * part of the installation is and what to do. No secret is ever in a line.
 */
#ifndef VIVA_CARE_DOCTOR_H
#define VIVA_CARE_DOCTOR_H

#include <stdbool.h>

#include "judge/judge.h"
#include "store/store.h"

enum doctor_level { DOCTOR_OK, DOCTOR_WARNING, DOCTOR_ERROR };

/* "ok", "warning", "error" */
const char *doctor_level_name(enum doctor_level level);

struct doctor_line {
	enum doctor_level level;
	const char *area; /* "settings", "database", ... */
	const char *text;
	const char *advice; /* what to do; NULL: nothing */
};

struct doctor {
	/* Set by the caller. */
	struct arena *arena;       /* the thread is bound to it */
	struct store *store;       /* NULL: the database cannot be opened */
	const struct judge *judge; /* NULL: not looked at */
	bool is_whole;             /* every page and index of the database */

	/* What was found. */
	struct doctor_line *lines;
	size_t count;
	const char *area; /* of the check at work */
};

/* Runs all checks on the configured installation. */
void doctor_run(struct doctor *doctor);

/* The worst level of the lines. */
enum doctor_level doctor_worst(const struct doctor *doctor);

/* Adds a line; advice NULL: none. For checks. */
void doctor_say(struct doctor *doctor, enum doctor_level level, const char *advice,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

struct doctor_check {
	const char *area;
	void (*run)(struct doctor *doctor);
};

/* The tables, each ended by a row without a function. */
extern const struct doctor_check doctor_setup_checks[];
extern const struct doctor_check doctor_data_checks[];
extern const struct doctor_check doctor_machine_checks[];

#endif
