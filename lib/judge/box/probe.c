#include "judge/box/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/canary.h"
#include "judge/box/spawn.h"
#include "judge/box/watch.h"

enum {
	REPORT_MAX = 8192,
	PATIENCE_MS = 2000, /* after which a canary counts as one that cannot be killed */
	TRIAL_MS = 15000    /* for all of a tier */
};

/* A folder that is there everywhere and full: it plays the judge's own. */
static const char hidden[] = "/usr/share";

/* What every canary is allowed. */
static const struct box_limits roomy = { .cpu_ms = 1000,
	                                 .wall_ms = 1500,
	                                 .memory_mb = 512,
	                                 .address_mb = 1024,
	                                 .file_kb = 1024,
	                                 .threads = 8 };

struct place {
	const char *folder, *planted; /* the judge's folder, a file in it */
};

struct trial {
	struct box *box;
	struct canary_world world;
	int report; /* pipe: a line for every failure, "done" at the end */
	int null;
};

/* What came of a process in the box. */
struct end {
	int status;
	enum box_reason reason;
	int64_t cpu_us;
};

static void fail(const struct trial *trial, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void fail(const struct trial *trial, const char *format, ...)
{
	char line[256];
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	vsnprintf(line, sizeof line - 1, format, arguments);
	va_end(arguments);
	length = strlen(line);
	line[length] = '\n';
	/* A report that is full has enough failures in it. */
	if (write(trial->report, line, length + 1) < 0)
		_exit(1);
}

static void put_to_death(const struct watch *watch)
{
	syscall(SYS_pidfd_send_signal, watch->pidfd, SIGKILL, NULL, 0);
}

/* Runs an act in the box, watched as a program is. False when it could not be run. */
static bool try_act(struct trial *trial, const struct spawn *program, struct end *ret_end)
{
	struct watch watch;
	struct rusage used;
	pid_t pid = spawn(trial->box, program);
	int64_t patience = (int64_t)PATIENCE_MS * 1000;

	if (pid < 0 || !watch_open(&watch, pid, trial->box->proc))
		return false;
	watch_start(&watch, program->limits);
	for (;;) {
		struct pollfd end = { .fd = watch.pidfd, .events = POLLIN };
		int wait_ms = 5;

		if (watch.is_limited && watch_look(&watch, &wait_ms)) {
			put_to_death(&watch);
			watch_stop(&watch);
		}
		if (poll(&end, 1, wait_ms) > 0)
			break;
		if (watch_wall_us(&watch) > patience)
			put_to_death(&watch);
	}
	*ret_end = (struct end){ .reason = watch.reason };
	wait4(pid, &ret_end->status, 0, &used);
	ret_end->cpu_us = (int64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
	                  used.ru_utime.tv_usec + used.ru_stime.tv_usec;
	watch_close(&watch);
	return true;
}

static struct spawn make_program(const struct trial *trial, enum phase phase, int (*act)(void *))
{
	return (struct spawn){ .phase = phase,
		               .function = act,
		               .data = (void *)&trial->world,
		               .fds = { trial->null, trial->null, trial->null },
		               .fd_count = 3,
		               .limits = &roomy };
}

static void judge_canary(const struct trial *trial, const struct canary *canary,
                         const struct end *end)
{
	static const char *const phases[] = { "compiling", "test", "zygote's child" };
	const char *phase = phases[trial->world.phase];
	int act = WEXITSTATUS(end->status);

	if (WIFSIGNALED(end->status) && !canary->dies)
		fail(trial, "%s (%s): died by signal %d", canary->name, phase,
		     WTERMSIG(end->status));
	else if (WIFEXITED(end->status) && act == 127)
		fail(trial, "%s (%s): %s", canary->name, phase, spawn_fault());
	else if (WIFEXITED(end->status) && (act != 0 || canary->dies))
		fail(trial, "%s (%s): act %d %s", canary->name, phase, act,
		     strcmp(canary->name, "system calls") == 0 ? canary_call_name(act) : "");
}

static void run_canaries(struct trial *trial)
{
	for (int phase = PHASE_COMPILE; phase <= PHASE_FORKED; phase++)
		for (const struct canary *canary = canaries; canary->name != NULL; canary++) {
			struct spawn program = make_program(trial, (enum phase)phase, canary->act);
			struct end end;

			if ((canary->phases & 1U << phase) == 0)
				continue;
			trial->world.phase = (enum phase)phase;
			if (try_act(trial, &program, &end))
				judge_canary(trial, canary, &end);
			else
				fail(trial, "%s: %s", canary->name, trial->box->error);
		}
}

/* Limits hold, and what is used is known. */
static void run_limits(struct trial *trial)
{
	static const struct {
		const char *name;
		int (*act)(void *);
		enum box_reason reason;
		struct box_limits limits;
	} tests[] = {
		{ "CPU time is measured", canary_burn, BOX_BY_ITSELF, { .cpu_ms = 1000 } },
		{ "CPU time is limited", canary_spin, BOX_BY_CPU, { .cpu_ms = 30 } },
		{ "a sleeper is killed", canary_sleep, BOX_BY_WALL, { .wall_ms = 20 } },
		{ "memory is limited", canary_fill, BOX_BY_MEMORY, { .memory_mb = 48 } },
	};
	static bool go = true;

	for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
		struct spawn program = make_program(trial, PHASE_TEST, tests[i].act);
		struct box_limits limits = tests[i].limits;
		struct end end = { 0 };

		limits.threads = 8;
		if (limits.wall_ms == 0)
			limits.wall_ms = 1000;
		program.limits = &limits;
		program.data = &go;
		if (!try_act(trial, &program, &end) || end.reason != tests[i].reason ||
		    (end.reason != BOX_BY_ITSELF && !WIFSIGNALED(end.status)) ||
		    (tests[i].act == canary_burn && end.cpu_us < 19000))
			fail(trial, "%s: not so (status %x, %lld us)", tests[i].name,
			     (unsigned)end.status, (long long)end.cpu_us);
	}
}

/* As a zygote's child is limited, which this process does not start itself. */
static void run_limiting(struct trial *trial)
{
	struct spawn sleeper = make_program(trial, PHASE_FORKED, canary_sleep);
	struct box_limits limits = { .cpu_ms = 100, .address_mb = 300, .file_kb = 10 };
	pid_t pid = spawn(trial->box, &sleeper);

	if (pid < 0)
		return fail(trial, "limit another process: %s", trial->box->error);
	/* Until it has become the other user. */
	usleep(3000);
	if (!spawn_limit(trial->box, pid, &limits))
		fail(trial, "limit another process: %s", strerror(errno));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Nothing stays: neither files for the next test nor processes after a compiler. */
static void run_leftovers(struct trial *trial)
{
	struct spawn litter = make_program(trial, PHASE_COMPILE, canary_litter);
	struct spawn find = make_program(trial, PHASE_TEST, canary_find);
	struct spawn leave = make_program(trial, PHASE_COMPILE, canary_leave);
	struct end end;
	int pipes[2];
	char byte;

	if (!try_act(trial, &litter, &end) || !box_empty_tmp(trial->box) ||
	    !try_act(trial, &find, &end) || end.status != 0)
		fail(trial, "a file is left for the next test");
	if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK) < 0)
		return fail(trial, "pipe: %s", strerror(errno));
	leave.fds[1] = pipes[1];
	if (!try_act(trial, &leave, &end))
		fail(trial, "daemon: %s", trial->box->error);
	close(pipes[1]);
	box_sweep(trial->box, NULL, NULL);
	if (read(pipes[0], &byte, 1) != 0)
		fail(trial, "a process is left after compiling");
	close(pipes[0]);
}

static void check_namespaces(const struct trial *trial)
{
	const struct box *box = trial->box;

	for (int i = 0; box->tier <= TIER_A2 && i < 6; i++) {
		char path[32];
		struct stat info;

		snprintf(path, sizeof path, "self/ns/%s", box_namespaces[i]);
		if (fstatat(box->proc, path, &info, 0) < 0 || info.st_ino == box->namespaces[i])
			fail(trial, "the host's %s namespace", box_namespaces[i]);
	}
}

/* In a process of its own, as a tier may cost it its rights. */
static void try_tier(struct trial *trial, const char *folder, enum tier tier)
{
	struct box *box = trial->box;
	pid_t init;

	/* Whoever gives up waiting kills only the probe. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!box_describe(box, tier, folder, BOX_SLOTS - 1, hidden))
		fail(trial, "%s", box->error);
	else if ((init = box_enter(box)) < 0 || (init == 0 && box->error[0] != '\0'))
		fail(trial, "%s", box->error);
	else if (init > 0)
		_exit(box_leave(box, init) == 0 ? 0 : 1);
	else {
		/* There is no request loop that could end by itself. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		check_namespaces(trial);
		run_leftovers(trial);
		run_limits(trial);
		run_limiting(trial);
		if (!box_seal(box))
			fail(trial, "%s", box->error);
		run_canaries(trial);
		if (write(trial->report, "done\n", 5) != 5)
			_exit(1);
	}
	_exit(0);
}

static void read_report(int from, char *report)
{
	size_t length = 0;
	struct pollfd ready = { .fd = from, .events = POLLIN };

	while (length < REPORT_MAX - 1 && poll(&ready, 1, TRIAL_MS) > 0) {
		ssize_t size = read(from, report + length, REPORT_MAX - 1 - length);

		if (size <= 0)
			break;
		length += (size_t)size;
	}
	report[length] = '\0';
}

/* True if the tier stood; `report` then is "done\n", else it holds the failures. */
static bool try_apart(enum tier tier, const struct place *place, char *report)
{
	static struct box box;
	struct trial trial = { .box = &box,
		               .world = { &box, PHASE_TEST, getpid(), place->planted } };
	int pipes[2];
	pid_t child;

	report[0] = '\0';
	trial.null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (pipe2(pipes, O_CLOEXEC) < 0)
		return false;
	child = fork();
	if (child == 0) {
		trial.report = pipes[1];
		try_tier(&trial, place->folder, tier);
	}
	close(pipes[1]);
	read_report(pipes[0], report);
	close(pipes[0]);
	close(trial.null);
	if (child > 0) {
		kill(child, strstr(report, "done\n") == NULL ? SIGKILL : 0);
		waitpid(child, NULL, 0);
	}
	return child > 0 && strcmp(report, "done\n") == 0;
}

static void print_text(const char *text, size_t length)
{
	putchar('"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < ' ' || c > '~')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void print_failures(const char *report)
{
	const char *comma = "";

	for (const char *line = report, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
		if (strncmp(line, "done\n", 5) != 0) {
			fputs(comma, stdout);
			print_text(line, (size_t)(end - line));
			comma = ",";
		}
	if (report[0] == '\0')
		print_text("ended without a word", 20);
}

/* Adds what first failed in a tier to what the operator reads. */
static void explain(char *refusal, size_t size, enum tier tier, const char *report)
{
	size_t length = strlen(refusal);

	snprintf(refusal + length, size - length, "; %s: %.*s", tier_name(tier),
	         (int)strcspn(report, "\n"), report[0] == '\0' ? "ended without a word" : report);
}

/* The first tier that stands; prints what was tried on the way. */
static enum tier choose(const char *tiers, const struct place *place, char *refusal, size_t size)
{
	static char report[REPORT_MAX];
	const char *comma = "";

	while (*tiers != '\0') {
		size_t length = strcspn(tiers, ",");
		enum tier tier = tier_by_name(tiers, length);
		bool ok = tier != TIER_COUNT && try_apart(tier, place, report);

		if (tier != TIER_COUNT) {
			printf("%s{\"tier\":\"%s\",\"ok\":%s,\"failed\":[", comma, tier_name(tier),
			       ok ? "true" : "false");
			print_failures(report);
			printf("]}");
			comma = ",";
		}
		if (ok)
			return tier;
		if (tier != TIER_COUNT)
			explain(refusal, size, tier, report);
		tiers += length + (tiers[length] == ',');
	}
	return TIER_COUNT;
}

int probe(const char *tiers, const char *folder)
{
	char planted[4200], refusal[1000] = "no tier of the sandbox holds on this machine";
	struct place place = { folder, planted };
	enum tier tier = TIER_COUNT;
	int file;

	/* A signal that does nothing unless one is listening. */
	signal(SIGURG, SIG_IGN);
	snprintf(planted, sizeof planted, "%s/canary-%d", folder, getpid());
	file = open(planted, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	printf("{\"tried\":[");
	fflush(stdout);
	if (file >= 0) {
		close(file);
		tier = choose(tiers, &place, refusal, sizeof refusal);
		unlink(planted);
	} else {
		snprintf(refusal, sizeof refusal, "%s: %s", folder, strerror(errno));
	}
	printf("],\"tier\":");
	if (tier == TIER_COUNT)
		printf("null");
	else
		print_text(tier_name(tier), strlen(tier_name(tier)));
	printf(",\"refusal\":");
	print_text(refusal, tier == TIER_COUNT ? strlen(refusal) : 0);
	printf("}\n");
	return fflush(stdout) == 0 ? 0 : 1;
}
