/* The rules for coding tasks that need the sandbox. */
#ifndef VIVA_TOOLS_BANK_TRIAL_H
#define VIVA_TOOLS_BANK_TRIAL_H

#include "bank/rules.h"
#include "bank_proofs.h"

struct bank_trial_order {
	bool is_verbose;            /* name the wrong variants that no hidden test fails */
	bool is_whole;              /* proved tasks as well */
	struct bank_proofs *proofs; /* NULL: none are known or kept; with is_whole only */
};

/*
 * Runs every reference solution, every starter and wrong variants of the references of
 * check->tasks in the sandbox; says so when there is none. References must stay within a third
 * of the processor time a test may take, and their times must not be seen to grow otherwise than
 * the task asks. Adds to the proofs what is proved.
 */
void bank_trials(struct rules_check *check, const struct bank_trial_order *order);

#endif
