/* How much the bank holds, by roles and levels, against what it is to hold. */
#ifndef VIVA_TOOLS_BANK_TABLE_H
#define VIVA_TOOLS_BANK_TABLE_H

#include "bank/rules.h"

/*
 * Prints the table of check->questions and check->tasks. What FOLDER/targets.json asks for and
 * is not there is a fault; without that file nothing is asked for.
 */
void bank_table(struct rules_check *check, const char *folder);

#endif
