/*
 * What the judge says to judge-box. The judge starts one judge-box for a submission with
 * a SOCK_SEQPACKET socket as descriptor 3; every datagram is a struct box_request with
 * its strings behind it and descriptors as SCM_RIGHTS, or a struct box_reply. When the
 * socket closes, or the thread that started it ends, the box and all in it are gone.
 *
 *   judge-box run TIER FOLDER SLOT   serves requests; FOLDER is the judge's own, 0700
 *   judge-box probe TIERS FOLDER     tries the tiers in that order, each with its
 *                                    canaries; prints one JSON line, see box/README
 */
#ifndef VIVA_JUDGE_BOX_PROTOCOL_H
#define VIVA_JUDGE_BOX_PROTOCOL_H

#include <stdint.h>

enum {
	BOX_SOCKET = 3,
	BOX_MESSAGE_MAX = 65536, /* bytes of a datagram */
	BOX_FDS_MAX = 6,
	BOX_VERSION = 1
};

enum box_command {
	/*
	 * Copies descriptor 0 (a sealed memfd) to /box/NAME, made anew, owned by the
	 * program's user, mode 0644 or 0755 (flag BOX_EXECUTABLE). Only before BOX_SEAL.
	 * Strings: the name. Replies BOX_DONE.
	 */
	BOX_FILE,
	/*
	 * Runs argv with /box writable and processes allowed, then kills every process in
	 * the box. Descriptors: 0, 1, 2. Replies BOX_ENDED.
	 */
	BOX_COMPILE,
	/* Makes /box read-only for good. Replies BOX_DONE. */
	BOX_SEAL,
	/*
	 * RUN_EXEC: empties /tmp, runs argv in one process (threads allowed) with the
	 * limits. Descriptors 0..4. Replies BOX_ENDED once it is dead.
	 */
	BOX_TEST,
	/*
	 * Starts a server or zygote (flag BOX_ZYGOTE) that outlives a test. Descriptors
	 * 0..4; a zygote gets 0, 1, 2 and as 3 the box's own socket, as 4 a memfd with the
	 * BPF program (struct sock_filter[]) that its children install. Replies BOX_DONE
	 * once it is started, BOX_ENDED if it dies outside a test.
	 */
	BOX_START,
	/*
	 * RUN_SERVE: empties /tmp and measures the server from now on against the limits.
	 * No descriptors. Replies BOX_DONE once the clock runs: not before then may the
	 * server get its input. The next reply follows BOX_STOP (BOX_ENDED with alive = 1),
	 * or the server's death (BOX_ENDED). If it is dead already there is no BOX_DONE.
	 */
	BOX_MEASURE,
	BOX_STOP,
	/*
	 * RUN_FORK: empties /tmp and lets the zygote fork a child. Descriptors 0..4 of the
	 * child. Replies BOX_ENDED once it is dead.
	 */
	BOX_FORK,
	/* Kills what is measured (too much output); BOX_ENDED follows with reason BOX_BY_JUDGE. */
	BOX_KILL
};

/*
 * The zygote's side of BOX_FORK. It reads from its descriptor 3 a datagram with a
 * struct box_fork and six descriptors: the child's 0..4 and a pipe. It forks twice; the
 * middle process writes the child's pid as a datagram (int32_t; -1: fork failed) to 3
 * and exits, so that the child belongs to the box's init, which alone learns what it
 * used. The child reads one byte from the pipe (init has set limits and the clock by
 * then), moves 0..4 into place, closes all other descriptors, installs the BPF program,
 * and runs the candidate's code.
 */
struct box_fork {
	int32_t test; /* counted from 0 */
};

enum { BOX_EXECUTABLE = 1, BOX_ZYGOTE = 2 };

struct box_limits {
	int32_t cpu_ms, wall_ms;
	int32_t memory_mb;  /* resident: the watchdog kills above it */
	int32_t address_mb; /* RLIMIT_AS; 0: none */
	int32_t data_mb;    /* RLIMIT_DATA; 0: none */
	int32_t file_kb;    /* RLIMIT_FSIZE */
	int32_t threads;
};

struct box_request {
	int32_t version, command, flags;
	struct box_limits limits;
	int32_t argc, envc; /* strings that follow, each with its NUL: argv, then environment */
};

enum box_reply_kind { BOX_DONE, BOX_ENDED, BOX_FAILED };

enum box_reason { BOX_BY_ITSELF, BOX_BY_CPU, BOX_BY_WALL, BOX_BY_MEMORY, BOX_BY_JUDGE };

struct box_reply {
	int32_t version, kind;
	int32_t reason;                     /* enum box_reason: who ended it */
	int32_t status;                     /* as from wait(2) */
	int32_t alive;                      /* 1: the server goes on */
	int64_t cpu_us, wall_us, memory_kb; /* of this test */
	char error[160];                    /* BOX_FAILED: what broke, English */
};

#endif
