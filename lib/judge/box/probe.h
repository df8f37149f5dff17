/* Which tier holds on this machine: tried, not guessed from versions. */
#ifndef VIVA_JUDGE_BOX_PROBE_H
#define VIVA_JUDGE_BOX_PROBE_H

/*
 * Tries the tiers ("A1,A2,B,C") in that order until one stands up to every canary, and
 * prints one line of JSON. The exit status of the program: 0 if it could be printed.
 */
int probe(const char *tiers, const char *folder);

#endif
