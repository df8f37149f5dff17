/* The database holds keys and log-ins: nobody but its owner is to read or replace it. */
#ifndef VIVA_STORE_PROTECT_H
#define VIVA_STORE_PROTECT_H

#include "base/err.h"

/*
 * Takes the rights of everybody else to the database and its log, where there are any (logged).
 * ERR_FORBIDDEN (logged, with what to do): they cannot be taken, or everybody may write to the
 * folder. Files that are not there are none's.
 */
enum err store_protect(const char *path);

#endif
