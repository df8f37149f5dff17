/* A judge-box that was started for a job: what the judge tells it and hears from it. */
#ifndef VIVA_JUDGE_BOX_CLIENT_H
#define VIVA_JUDGE_BOX_CLIENT_H

#include <stdbool.h>
#include <sys/types.h>

#include "judge/box/protocol.h"
#include "judge/judge_internal.h"

struct box_client {
	pid_t pid;
	int socket;
	int pidfd; /* readable once it is dead */
};

/* Starts judge-box for the slot. False, logged, when it cannot be started. */
bool box_open(const struct judge *judge, int slot, struct box_client *ret_box);

/* Has it end, with everything in it, and waits for that. */
void box_close(struct box_client *box);

struct box_order {
	int32_t command, flags;
	const struct box_limits *limits;      /* NULL: none */
	const char *const *argv, *const *env; /* NULL-ended; NULL: none */
	int fds[BOX_FDS_MAX], fd_count;
};

/* Sends a request. False, logged, when it is too large or no one listens. */
bool box_send(const struct box_client *box, const struct box_order *order);

enum box_news { BOX_SILENT, BOX_REPLIED, BOX_BROKEN };

/* The next reply, without waiting. BOX_BROKEN, logged: it is dead or speaks nonsense. */
enum box_news box_receive(struct box_client *box, struct box_reply *ret_reply);

/* Waits for a reply. False, logged, if none comes within so many milliseconds. */
bool box_await(struct box_client *box, int timeout_ms, struct box_reply *ret_reply);

/* Sends a request and waits for BOX_DONE. False, logged, if something else comes. */
bool box_do(struct box_client *box, const struct box_order *order);

/* A read-only file in memory with these bytes, its offset 0; -1, logged, on failure. */
int box_memory_file(const void *bytes, size_t len);

/*
 * Runs a program and appends its standard output (at most 64 KiB of it) to `output`; it is
 * killed after so many milliseconds. `argv[0]` is its path. False, logged, and nothing
 * appended unless it ends with status 0 in time.
 */
bool box_run_program(const char *const *argv, int timeout_ms, struct buf *output);

#endif
