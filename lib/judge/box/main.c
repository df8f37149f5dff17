/*
 * judge-box: the launcher of the sandbox. See protocol.h for what it is told, README for
 * the tiers. It knows no task, no language and no expected value.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge/box/box.h"
#include "judge/box/probe.h"
#include "judge/box/serve.h"

/*
 * Lets nothing in that the judge had open, and occupies the low numbers, so that every
 * descriptor from now on lies above those which programs get.
 */
static bool settle_files(int first_foreign)
{
	int null;

	if (syscall(SYS_close_range, first_foreign, ~0U, 0) < 0)
		return false;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int next = null; next >= 0 && next < BOX_RESERVED - 1;)
		next = fcntl(null, F_DUPFD_CLOEXEC, null + 1);
	return null >= 0;
}

static int run(int argc, char **argv)
{
	static struct box box;
	struct stat info;
	char *end;
	long slot = strtol(argv[4], &end, 10);
	enum tier tier = tier_by_name(argv[2], strlen(argv[2]));
	pid_t init;

	if (tier == TIER_COUNT || *end != '\0' || slot < 0 || slot >= BOX_SLOTS)
		return 2;
	/* If the judge has gone already nobody is told. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (fstat(BOX_SOCKET, &info) < 0 || !S_ISSOCK(info.st_mode) ||
	    fcntl(BOX_SOCKET, F_SETFD, FD_CLOEXEC) < 0 || !settle_files(BOX_SOCKET + 1))
		return 2;
	if (!box_describe(&box, tier, argv[3], (int)slot, argc > 5 ? argv[5] : NULL)) {
		serve_refusal(box.error);
		return 1;
	}
	init = box_enter(&box);
	if (init < 0 || (init == 0 && box.error[0] != '\0')) {
		serve_refusal(box.error);
		return 1;
	}
	if (init > 0) {
		close(BOX_SOCKET);
		return box_leave(&box, init) == 0 ? 0 : 1;
	}
	serve(&box);
	/* The outer one may be dead. */
	if (tier > TIER_A2)
		box_sweep(&box, NULL, NULL);
	return 0;
}

int main(int argc, char **argv)
{
	static char hidden[4096], folder[4096];

	signal(SIGPIPE, SIG_IGN);
	umask(022); /* programs must see the box's folders, whatever the caller is used to */
	if (argc < 4 || realpath(argv[3], folder) == NULL) {
		fprintf(stderr, "usage: judge-box run TIER FOLDER SLOT [HIDDEN]\n"
		                "       judge-box probe TIER,... FOLDER\n");
		return 2;
	}
	argv[3] = folder;
	if (argc == 6) {
		/* A folder that is not there needs no hiding. */
		if (realpath(argv[5], hidden) == NULL || strcmp(hidden, "/") == 0)
			argc = 5;
		argv[5] = hidden;
	}
	if (strcmp(argv[1], "run") == 0 && (argc == 5 || argc == 6))
		return run(argc, argv);
	if (strcmp(argv[1], "probe") == 0 && argc == 4)
		return probe(argv[2], argv[3]);
	return 2;
}
