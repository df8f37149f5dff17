/* Files that are read whole. */
#ifndef VIVA_BASE_FILE_H
#define VIVA_BASE_FILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * The bytes of a file and a NUL behind them. ERR_NOT_FOUND: it cannot be opened;
 * ERR_TOO_LARGE: it has more than `max` bytes. Both are logged.
 */
enum err file_read(struct arena *arena, const char *path, size_t max, char **ret_text,
                   size_t *ret_len);

/*
 * Gives a file or folder the owner of another one, where root made it: what an operator makes is
 * for the programs, which are not root. Nothing for others.
 */
void file_give(const char *path, const char *like);

#endif
