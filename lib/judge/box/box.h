/* A box: what one submission runs in. Set up once, then programs are spawned into it. */
#ifndef VIVA_JUDGE_BOX_BOX_H
#define VIVA_JUDGE_BOX_BOX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "judge/box/filter.h"
#include "judge/box/protocol.h"

enum tier { TIER_A1, TIER_A2, TIER_B, TIER_C, TIER_COUNT };

enum {
	BOX_FIRST_UID = 60100, /* programs of slot n run as this plus n, unless that is taken: */
	BOX_ROUNDS = 10,       /* so often BOX_SLOTS later there is another one */
	BOX_SLOTS = 400,
	BOX_RESERVED = 16 /* descriptors below are never given out by the kernel in a box */
};

/* What a program in the box may do, see filter.h. */
enum phase { PHASE_COMPILE, PHASE_TEST, PHASE_FORKED, PHASE_ZYGOTE };

struct box {
	enum tier tier;
	int slot;
	const char *folder, *hidden; /* real paths; hidden may be NULL */
	uid_t uid;
	gid_t gid;                /* of programs, as this process sees them */
	int proc;                 /* the host's /proc */
	char name[16];            /* of its folder in tiers B and C */
	int box_dir, tmp_dir;     /* /box and /tmp */
	char box_path[256];       /* where they are: other paths in tiers B and C */
	char tmp_path[256];       /* ditto */
	int landlock[2];          /* rule sets for compiling and for the rest; -1 in tier A */
	struct filter filters[4]; /* by phase */
	ino_t namespaces[6];      /* of the process that started it, as box_namespaces[] */
	bool is_sealed;
	char error[160]; /* what broke, English */
};

/* Kinds of namespace that tier A has of its own: "net", ...; as in /proc/self/ns. */
extern const char *const box_namespaces[6];

/* "A1", ... */
const char *tier_name(enum tier tier);

/* TIER_COUNT when there is none of that name (`length` bytes). */
enum tier tier_by_name(const char *name, size_t length);

/* Notes "WHAT: error text of errno" in box->error; always false. */
bool box_fault(struct box *box, const char *what);

/* Notes a fault that has no errno; always false. */
bool box_refuse(struct box *box, const char *why);

/*
 * Fills what can be known before, and checks that FOLDER is a directory of ours with mode
 * 0700. `hidden` may be NULL. False with box->error.
 */
bool box_describe(struct box *box, enum tier tier, const char *folder, int slot,
                  const char *hidden);

/*
 * Forks the box's init into namespaces of its own (tier A) and returns its pid; 0 in the
 * init, which is set up and may spawn; -1 with box->error on failure in this process. In
 * the init box->error is set (and not "") if it could not be set up.
 */
pid_t box_enter(struct box *box);

/*
 * Waits for the init, then kills what it may have left (tiers B and C). The init's
 * status as from wait(2).
 */
int box_leave(struct box *box, pid_t init);

/* A file of the box from a descriptor; `name` is checked. False with box->error. */
bool box_file(struct box *box, const char *name, int source, bool is_executable);

/*
 * Makes what lies in /box executable, which a compiler of tier C may not do itself. Only
 * when no process is left in the box.
 */
void box_let_execute(struct box *box);

/* No one writes to /box any more. False with box->error. */
bool box_seal(struct box *box);

/* Empties /tmp. False with box->error. */
bool box_empty_tmp(struct box *box);

/*
 * Kills every process in the box except its init and waits for them; adds their CPU time
 * to `*cpu_us` and raises `*memory_kb` (both may be NULL).
 */
void box_sweep(struct box *box, int64_t *cpu_us, int64_t *memory_kb);

#endif
