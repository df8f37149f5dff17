/*
 * Two logs. The system log tells what the programs do and what breaks; the
 * personal log has a line per request with the user's id, kept apart so that it
 * can be kept for a shorter time. Files are reopened after a rotation. Control
 * characters are written as \xNN, so a visitor cannot forge a line.
 */
#ifndef VIVA_BASE_LOG_H
#define VIVA_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/*
 * Names the program and the folder for system.log and personal.log; a NULL
 * folder means standard error. Lines carry local time, `offset_minutes` east.
 */
void log_open(const char *program, const char *folder, int offset_minutes);

/* The request id that this thread's lines carry from now on; "" for none. */
void log_set_request(const char *request_id);

/* One line in the system log. */
void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One line in the personal log about a request that was answered. */
struct log_access {
	const char *method, *path, *user_id, *address;
	int status;
	int64_t microseconds;
};
void log_request(const struct log_access *access);

#define log_info(...)    log_write(LOG_INFO, __VA_ARGS__)
#define log_warning(...) log_write(LOG_WARNING, __VA_ARGS__)
#define log_error(...)   log_write(LOG_ERROR, __VA_ARGS__)

#endif
