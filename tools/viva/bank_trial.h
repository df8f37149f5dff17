/* The rules for coding tasks that need the sandbox. */
#ifndef VIVA_TOOLS_BANK_TRIAL_H
#define VIVA_TOOLS_BANK_TRIAL_H

#include "bank/rules.h"

/*
 * Runs every reference solution, every starter and wrong variants of the references of
 * check->tasks in the sandbox; says so when there is none. Verbose: names the variants that no
 * hidden test fails.
 */
void bank_trials(struct rules_check *check, bool verbose);

#endif
