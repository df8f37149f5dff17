#include "base/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

enum { MAX_LINE = 4096, MAX_PATH = 520, MAX_WORD = 80, CHECK_EVERY_US = 1000000 };

struct log_file {
	char path[512];
	int fd;
	ino_t inode;
	_Atomic int64_t checked_us;
};

/* Held for writing while a file is opened; lines are appended by single calls. */
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static struct log_file system_log = { .fd = STDERR_FILENO };
static struct log_file personal_log = { .fd = STDERR_FILENO };
static char program_name[32] = "viva", log_folder[480];
static int zone_minutes;
static _Thread_local char request_id[40];

static void open_file(struct log_file *file)
{
	struct stat status;
	int fd;

	mkdir(log_folder, 0700); /* mostly there already */
	fd = open(file->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return; /* keep what is open: a full disk must not silence the log */
	if (file->fd > STDERR_FILENO)
		close(file->fd);
	file->fd = fd;
	file->inode = fstat(fd, &status) == 0 ? status.st_ino : 0;
}

/* logrotate renames the file: at most once a second, look whether it did. */
static void reopen_if_rotated(struct log_file *file)
{
	int64_t now = clock_monotonic_us();
	struct stat status;

	if (file->path[0] == '\0' || now - file->checked_us < CHECK_EVERY_US)
		return;
	pthread_rwlock_wrlock(&lock);
	file->checked_us = now;
	if (stat(file->path, &status) != 0 || status.st_ino != file->inode)
		open_file(file);
	pthread_rwlock_unlock(&lock);
}

void log_open(const char *program, const char *folder, int offset_minutes)
{
	pthread_rwlock_wrlock(&lock);
	snprintf(program_name, sizeof(program_name), "%s", program);
	zone_minutes = offset_minutes;
	if (folder != NULL) {
		snprintf(log_folder, sizeof(log_folder), "%s", folder);
		snprintf(system_log.path, sizeof(system_log.path), "%s/system.log", folder);
		snprintf(personal_log.path, sizeof(personal_log.path), "%s/personal.log", folder);
		open_file(&system_log);
		open_file(&personal_log);
	}
	pthread_rwlock_unlock(&lock);
}

void log_set_request(const char *id)
{
	snprintf(request_id, sizeof(request_id), "%s", id);
}

/* "2026-11-21T01:20:00.123+02:00" */
static size_t put_time(char *out, size_t size)
{
	int64_t now = clock_now_ms();
	time_t seconds = (time_t)(now / 1000) + zone_minutes * 60;
	int zone = zone_minutes < 0 ? -zone_minutes : zone_minutes;
	struct tm parts;
	size_t len;

	gmtime_r(&seconds, &parts);
	len = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &parts);
	len += (size_t)snprintf(out + len, size - len, ".%03d%c%02d:%02d", (int)(now % 1000),
	                        zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
	return len;
}

/* What a terminal may obey or show in another order, and what is no character. */
static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFFFD;
}

/* Copies `text` with the bytes of unsafe characters as \xNN; returns the new length. */
static size_t put_safe(char *out, size_t size, const char *text)
{
	enum { LONGEST = 4 * 4 + 1 };
	const char *end = text + strlen(text);
	size_t len = 0;

	while (text < end && len + LONGEST < size) {
		const char *start = text;
		const bool is_bad = is_unsafe(text_next(&text, end));

		for (; start < text; start++) {
			if (is_bad)
				len += (size_t)snprintf(out + len, size - len, "\\x%02x",
				                        (unsigned char)*start);
			else
				out[len++] = *start;
		}
	}
	return len;
}

/* A path with the spaces escaped: what follows it in the line cannot be made up in it. */
static void put_word(char *out, size_t size, const char *path)
{
	size_t len = 0;

	for (; *path != '\0' && len + 5 < size; path++) {
		if (*path == ' ')
			len += (size_t)snprintf(out + len, size - len, "\\x20");
		else
			out[len++] = *path;
	}
	out[len] = '\0';
}

static void put_line(struct log_file *file, const char *level, const char *message)
{
	char line[MAX_LINE];
	size_t len = put_time(line, sizeof(line));

	len += (size_t)snprintf(line + len, sizeof(line) - len, " %s %s[%d] %s%s", level,
	                        program_name, (int)getpid(), request_id[0] ? "req=" : "",
	                        request_id);
	if (request_id[0] != '\0')
		line[len++] = ' ';
	len += put_safe(line + len, sizeof(line) - len - 1, message);
	line[len++] = '\n';
	reopen_if_rotated(file);
	pthread_rwlock_rdlock(&lock);
	if (write(file->fd, line, len) < 0)
		file->checked_us = 0; /* nothing better can be done than to try again */
	pthread_rwlock_unlock(&lock);
}

void log_write(enum log_level level, const char *format, ...)
{
	static const char *const names[] = { "debug", "info", "warning", "error" };
	char message[MAX_LINE - 256];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	put_line(&system_log, names[level], message);
}

void log_request(const struct log_access *access)
{
	char message[MAX_LINE - 256], path[MAX_PATH], address[MAX_WORD];

	put_word(path, sizeof(path), access->path);
	put_word(address, sizeof(address), access->address ? access->address : "-");
	snprintf(message, sizeof(message), "%.32s %s status=%d ms=%.2f user=%s from=%s",
	         access->method, path, access->status, (double)access->microseconds / 1000,
	         access->user_id ? access->user_id : "-", address);
	put_line(&personal_log, "request", message);
}
