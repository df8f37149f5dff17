/*
 * Runs a fixed program of this machine on a stranger's bytes, in the same sandbox that
 * runs candidates' code: pdftotext on a PDF. The program sees its input as a file and
 * says its result on standard output.
 */
#ifndef VIVA_JUDGE_CONVERT_H
#define VIVA_JUDGE_CONVERT_H

#include "base/buf.h"
#include "judge/judge.h"

struct judge_tool {
	const char *path;        /* of the program: "/usr/bin/pdftotext" */
	const char *const *argv; /* NULL-ended; the input is /box/input */
	int threads;             /* it may have */
	int wait_ms;             /* for the slot */
	int address_mb;          /* address space; its libraries count; 0: no limit */
	/* `output_kb` of what it writes is kept, the rest is dropped. */
	struct judge_limits limits;
};

enum judge_stop { JUDGE_STOP_NONE, JUDGE_STOP_TIME, JUDGE_STOP_MEMORY, JUDGE_STOP_OUTPUT };

struct judge_converted {
	enum judge_stop stop; /* which limit ended it */
	int status;           /* its exit status; -1: a signal or a limit ended it */
	const char *text;     /* what it wrote: valid UTF-8, never NULL */
	bool is_cut;          /* it wrote more */
	const char *errors;   /* its standard error, at most 4 KiB, valid UTF-8 */
	int wall_ms;
	int64_t memory_kb;
};

/* True if there is a tier and the program. */
bool judge_has_tool(const struct judge *judge, const struct judge_tool *tool);

/*
 * One conversion runs at a time on a machine, in a slot of its own, so that it never takes
 * one from code that waits to be judged. ERR_BUSY: it was not free in time.
 * ERR_UPSTREAM: there is no tier or no such program. ERR_INTERNAL, logged: the box broke
 * twice. OK whatever the program does with its input.
 */
enum err judge_convert(const struct judge *judge, struct arena *arena,
                       const struct judge_tool *tool, const struct buf *input,
                       struct judge_converted *ret_converted);

#endif
