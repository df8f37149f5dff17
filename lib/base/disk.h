/* What files and the disk they are on take. */
#ifndef VIVA_BASE_DISK_H
#define VIVA_BASE_DISK_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes of a file; -1 when there is none. */
int64_t disk_file_size(const char *path);

/* When a file was last written, milliseconds since 1970 UTC; 0 when there is none. */
int64_t disk_file_time(const char *path);

/* Bytes that an ordinary user may still write where the path is; -1 when that is not known. */
int64_t disk_free(const char *path);

/* True if a call that failed with this errno wanted room: of a disk, a quota or one file. */
bool disk_is_full(int error);

#endif
