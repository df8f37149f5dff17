#include "base/disk.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

int64_t disk_file_size(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 ? (int64_t)file.st_size : -1;
}

int64_t disk_file_time(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 ? (int64_t)file.st_mtime * 1000 : 0;
}

int64_t disk_free(const char *path)
{
	struct statvfs disk;

	return statvfs(path, &disk) == 0 ? (int64_t)(disk.f_bavail * disk.f_frsize) : -1;
}

bool disk_is_full(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG;
}
