/*
 * Small files that the processes of an installation map together. Whatever happens to such a
 * file while it is mapped (cut off, deleted, replaced, a full disk below it) kills nobody: the
 * process goes on with memory of its own that begins with zeros, until shared_mend_all finds
 * or makes the file again. Its memory stays at the same address all the time.
 */
#ifndef VIVA_BASE_SHARED_H
#define VIVA_BASE_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shared;

/*
 * The first eight bytes are the magic, set when the file is new; all else is zero then. What is
 * in a file may be anything: `is_sound` (NULL: it does not matter) looks at a copy of it and
 * says whether it can be used. A file that is no such file, or is not sound, is replaced or
 * left alone; then the memory is this process's own.
 */
struct shared_file {
	const char *path; /* NULL: own memory */
	size_t bytes;     /* whole pages */
	uint64_t magic;
	bool replaces; /* what is not ours, or not sound */
	bool (*is_sound)(const void *memory);
};

/* Maps it; NULL (logged): there is no memory, or too many are open. */
struct shared *shared_open(const struct shared_file *file);
void shared_close(struct shared *shared);

/* Its memory, from the magic on, at the same place until shared_close. */
void *shared_memory(const struct shared *shared);

/* Maps anew what was lost or replaced; one system call for each file when nothing was. */
void shared_mend_all(void);

#endif
