/* The inside of struct judge, for the files of lib/judge. */
#ifndef VIVA_JUDGE_INTERNAL_H
#define VIVA_JUDGE_INTERNAL_H

#include <stdatomic.h>

#include "base/buf.h"
#include "judge/judge.h"
#include "judge/language.h"

/* Slots for code; the one behind them is for tools (judge/convert.h). */
enum { JUDGE_MAX_SLOTS = 64 };

struct judge {
	const char *programs, *folder; /* real paths */
	const char *hidden;            /* real path or NULL */
	const char *tier;              /* NULL: none */
	const char *refusal;
	int slot_count;
	/*
	 * Who is in which slot in this process: a number that is never used twice, and the
	 * descriptor of its lock; 0 when no one is. The only thing that changes.
	 */
	_Atomic uint64_t *holders;
	_Atomic uint32_t *entries; /* the last of those numbers */
};

/*
 * Finds the tier: runs `judge-box probe`, or reads what it said when it was last run on
 * this machine. Sets tier and refusal.
 */
void judge_probe(struct judge *judge, struct arena *arena, const char *tiers);

/* judge_enter for the slot of tools, of which a machine has one. */
enum err judge_enter_tools(const struct judge *judge, struct arena *arena, int *ret_slot);

#endif
