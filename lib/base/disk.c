#include "base/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
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

int64_t disk_newest(const char *folder)
{
	DIR *entries = opendir(folder);
	int64_t newest = 0;

	if (entries == NULL)
		return 0;
	for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
		struct stat file;

		if (fstatat(dirfd(entries), entry->d_name, &file, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(file.st_mode) && (int64_t)file.st_mtime * 1000 > newest)
			newest = (int64_t)file.st_mtime * 1000;
	}
	closedir(entries);
	return newest;
}

int64_t disk_free(const char *path)
{
	struct statvfs disk;

	return statvfs(path, &disk) == 0 ? (int64_t)(disk.f_bavail * disk.f_frsize) : -1;
}
