/* Hostile acts that a box must withstand, each tried in a process of its own. */
#ifndef VIVA_JUDGE_BOX_CANARY_H
#define VIVA_JUDGE_BOX_CANARY_H

#include "judge/box/box.h"

/* What a canary knows of the world outside. */
struct canary_world {
	const struct box *box;
	enum phase phase;
	pid_t outside;       /* a process outside, of the judge's user */
	const char *planted; /* a file of the judge's user in its folder */
};

enum canary_phases { IN_COMPILE = 1, IN_TEST = 2, IN_FORKED = 4, IN_ALL = 7 };

struct canary {
	const char *name;
	unsigned phases;
	/*
	 * Runs in the box; `data` is a struct canary_world. 0: the box held; else the number of
	 * the act that went through, from 1.
	 */
	int (*act)(void *data);
	bool dies; /* the box holds by killing it */
};

/* NULL name at the end. */
extern const struct canary canaries[];

/* What the act of that number of the canary "system calls" is called. */
const char *canary_call_name(int number);

/* Acts of the self-tests of probe.c; `data` is ignored. */
int canary_burn(void *data);   /* spins for 20 ms of CPU time */
int canary_spin(void *data);   /* spins for good */
int canary_sleep(void *data);  /* sleeps for good, deaf to what can be ignored */
int canary_fill(void *data);   /* touches 96 MiB and sleeps for good */
int canary_leave(void *data);  /* leaves a daemon that holds descriptor 1, and ends */
int canary_litter(void *data); /* leaves files and folders in /tmp */
int canary_find(void *data);   /* 1 if something lies in /tmp; `data` as above */

#endif
