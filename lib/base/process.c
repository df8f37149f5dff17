#include "base/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1024 };

/* The beginning of /proc/<pid>/<name>; false: it cannot be read. */
static bool read_proc(int pid, const char *name, char text[TEXT])
{
	char path[64];
	ssize_t len;
	int file;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	len = read(file, text, TEXT - 1);
	close(file);
	text[len > 0 ? len : 0] = '\0';
	return len > 0;
}

/* proc(5): the start is field 22; the name, which may have spaces, is the second, in brackets. */
int64_t process_started(int pid)
{
	enum { FIELDS_BEFORE = 20 };
	char text[TEXT];
	const char *field;

	if (!read_proc(pid, "stat", text))
		return -1;
	field = strrchr(text, ')');
	for (int i = 0; i < FIELDS_BEFORE && field != NULL; i++)
		field = strchr(field + 1, ' ');
	return field != NULL ? strtoll(field, NULL, 10) : -1;
}

static int count_descriptors(int pid)
{
	char path[64];
	int count = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	folder = opendir(path);
	if (folder == NULL)
		return -1;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(folder);
	return count;
}

static int64_t ms_of(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool process_read(int pid, struct process_facts *ret_facts)
{
	const int64_t started = process_started(pid);
	const int64_t booted_at = ms_of(CLOCK_REALTIME) - ms_of(CLOCK_BOOTTIME);
	char text[TEXT];
	const char *resident;

	if (started < 0 || !read_proc(pid, "statm", text))
		return false;
	resident = strchr(text, ' ');
	*ret_facts = (struct process_facts){
		.started_at = booted_at + started * 1000 / sysconf(_SC_CLK_TCK),
		.resident_bytes =
		        resident != NULL ? strtoll(resident, NULL, 10) * sysconf(_SC_PAGESIZE) : 0,
		.descriptors = count_descriptors(pid),
	};
	return true;
}
