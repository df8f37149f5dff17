/* Switches off one protection at a time, for tests/hostile/mutants.sh; never in a program. */
#ifndef VIVA_JUDGE_BOX_MUTANT_H
#define VIVA_JUDGE_BOX_MUTANT_H

#ifndef JUDGE_MUTANT
#define JUDGE_MUTANT 0
#endif

enum mutant {
	MUTANT_NONE,
	MUTANT_NO_FILTER,      /* no system call filter at all */
	MUTANT_WEAK_TEST,      /* tests get the compilers' filter */
	MUTANT_WEAK_FORKED,    /* a zygote's children get the tests' filter */
	MUTANT_NO_NET_NS,      /* the host's network */
	MUTANT_NO_PID_NS,      /* the host's processes */
	MUTANT_NO_IPC_NS,      /* the host's System V IPC */
	MUTANT_HOST_ROOT,      /* the host's files (A), no Landlock (B, C) */
	MUTANT_WRITABLE,       /* what is shown can be written if its owner lets one */
	MUTANT_NO_UID,         /* programs keep the init's user */
	MUTANT_KEEP_CAPS,      /* programs keep the init's capabilities */
	MUTANT_NO_LIMITS,      /* no rlimits */
	MUTANT_OLD_TMP,        /* /tmp is not emptied */
	MUTANT_NO_SWEEP,       /* processes survive a compiler */
	MUTANT_LEAK_FDS,       /* descriptors of the init are inherited */
	MUTANT_NO_SEAL,        /* /box stays writable */
	MUTANT_NO_WATCH,       /* nobody watches time and memory */
	MUTANT_NEW_PRIVILEGES, /* no no_new_privs */
	MUTANT_SHOWN,          /* the hidden folder is shown */
	MUTANT_ODD_OPEN,       /* files open with access mode 3 */
	MUTANT_SHARED_MEMORY   /* tests have shared memory */
};

#define MUTANT(name) (JUDGE_MUTANT == MUTANT_##name)

#endif
