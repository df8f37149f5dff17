#include "judge/box/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/landlock.h"
#include "judge/box/mutant.h"
#include "judge/box/root.h"
#include "judge/box/watch.h"

enum {
	NICE = 10,
	FILES_OF_TESTS = 64,
	FILES_OF_COMPILERS = 1024,
	STACK_MB = 8,
	SPARE_TASKS = 2, /* the zygote, and one in case somebody counts otherwise */
	TASKS_MAX = 1 << 16
};

/* Shared with the child until it executes its program. */
static char *fault;

static bool set_limit(pid_t pid, __rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	struct rlimit now, limit = { soft, hard };

	if (prlimit(pid, what, NULL, &now) < 0)
		return false;
	if (limit.rlim_max > now.rlim_max)
		limit.rlim_max = now.rlim_max;
	if (limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	return prlimit(pid, what, &limit, NULL) == 0;
}

static bool set_size(pid_t pid, __rlimit_resource_t what, int amount, rlim_t unit)
{
	rlim_t bytes = (rlim_t)amount * unit;

	return amount <= 0 || set_limit(pid, what, bytes, bytes);
}

static bool set_cpu(pid_t pid, const struct box_limits *limits)
{
	/* A backstop: whoever watches is to be the first to notice. */
	rlim_t seconds = (rlim_t)limits->cpu_ms / 1000 + 2;

	return limits->cpu_ms <= 0 || set_limit(pid, RLIMIT_CPU, seconds, seconds + 1);
}

static bool limit_sizes(pid_t pid, const struct box_limits *limits)
{
	if (MUTANT(NO_LIMITS))
		return true;
	return set_cpu(pid, limits) && set_size(pid, RLIMIT_AS, limits->address_mb, 1 << 20) &&
	       set_size(pid, RLIMIT_DATA, limits->data_mb, 1 << 20) &&
	       set_size(pid, RLIMIT_FSIZE, limits->file_kb, 1 << 10);
}

bool spawn_limit(const struct box *box, pid_t pid, const struct box_limits *limits)
{
	bool ok = limit_sizes(pid, limits);

	if (ok || (box->tier != TIER_A1 && box->tier != TIER_B))
		return ok;
	/* In containers root has no right to limit others; one may limit who is really oneself. */
	ok = setresgid(box->gid, (gid_t)-1, (gid_t)-1) == 0 &&
	     setresuid(box->uid, (uid_t)-1, (uid_t)-1) == 0 && limit_sizes(pid, limits);
	return setresuid(0, 0, 0) == 0 && setresgid(0, 0, 0) == 0 && ok;
}

/* Whether one more process can be made where so many tasks are the most. */
static bool may_fork(rlim_t tasks)
{
	struct rlimit now;
	pid_t child;
	int error;

	if (getrlimit(RLIMIT_NPROC, &now) < 0 || !set_limit(0, RLIMIT_NPROC, tasks, now.rlim_max))
		return true;
	child = fork();
	error = errno;
	if (child == 0)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
	setrlimit(RLIMIT_NPROC, &now);
	return child > 0 || error != EAGAIN;
}

/* The kernel counts those of the same user id in other containers, too, which cannot be seen. */
static rlim_t user_tasks(const struct box *box)
{
	rlim_t tasks = (rlim_t)watch_user_tasks(box->proc, getuid());

	while (tasks < TASKS_MAX && !may_fork(tasks + 1))
		tasks += 1 + tasks / 8;
	return tasks;
}

static bool bind_limits(const struct box *box, const struct spawn *program)
{
	const struct box_limits *limits = program->limits;
	struct box_limits own = *limits;
	rlim_t files = program->phase == PHASE_COMPILE ? FILES_OF_COMPILERS : FILES_OF_TESTS;
	rlim_t tasks = (rlim_t)limits->threads + SPARE_TASKS;
	rlim_t stack = (rlim_t)STACK_MB << 20;

	if (MUTANT(NO_LIMITS))
		return true;
	/* What lives through many tests is measured in each of them instead. */
	if (program->is_lasting)
		own.cpu_ms = 0;
	/* Here the user has other processes, too. */
	if (box->tier == TIER_C)
		tasks += user_tasks(box);
	return limit_sizes(0, &own) && set_limit(0, RLIMIT_CORE, 0, 0) &&
	       set_limit(0, RLIMIT_NOFILE, files, files) &&
	       set_limit(0, RLIMIT_STACK, stack, RLIM_INFINITY) &&
	       set_limit(0, RLIMIT_MSGQUEUE, 0, 0) && set_limit(0, RLIMIT_MEMLOCK, 65536, 65536) &&
	       set_limit(0, RLIMIT_SIGPENDING, 128, 128) &&
	       (limits->threads <= 0 || set_limit(0, RLIMIT_NPROC, tasks, tasks));
}

static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (MUTANT(KEEP_CAPS))
		return true;
	return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
	       syscall(SYS_capset, &header, none) == 0;
}

static bool become_user(const struct box *box)
{
	bool can_drop = box->tier == TIER_A1 || box->tier == TIER_B;

	if (can_drop && MUTANT(KEEP_CAPS))
		prctl(PR_SET_SECUREBITS, 1 << 2 /* SECBIT_NO_SETUID_FIXUP */);
	if (can_drop && !MUTANT(NO_UID) &&
	    (setgroups(0, NULL) < 0 || setresgid(box->gid, box->gid, box->gid) < 0 ||
	     setresuid(box->uid, box->uid, box->uid) < 0))
		return false;
	return drop_capabilities();
}

static bool place_files(const struct spawn *program)
{
	/* The kernel gave all of them numbers above those where they go. */
	for (int i = 0; i < program->fd_count; i++)
		if (dup2(program->fds[i], i) < 0)
			return false;
	return true;
}

static bool close_others(const struct spawn *program, int keep)
{
	unsigned first = (unsigned)program->fd_count;

	if (MUTANT(LEAK_FDS))
		return true;
	if (keep >= 0 && (unsigned)keep > first &&
	    syscall(SYS_close_range, first, (unsigned)keep - 1, 0) < 0)
		return false;
	return syscall(SYS_close_range, keep < 0 ? first : (unsigned)keep + 1, ~0U, 0) == 0;
}

/* Not any more what the init set for itself. */
static void reset_signals(const struct spawn *program)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	/* Its children may raise this one; it must not hurt the zygote. */
	if (program->phase == PHASE_ZYGOTE)
		signal(SIGABRT, SIG_IGN);
}

static bool load_filters(struct box *box, const struct spawn *program)
{
	if (MUTANT(NO_FILTER))
		return true;
	return filter_load(&box->filters[program->phase], getpid());
}

#define STEP(what, call)                                                       \
	do {                                                                   \
		if (!(call)) {                                                 \
			snprintf(fault, 160, "%s: %s", what, strerror(errno)); \
			_exit(127);                                            \
		}                                                              \
	} while (0)

/* A compiler made it of the candidate's code: that it is no program is not our fault. */
static bool is_candidates(const struct box *box, const struct spawn *program)
{
	const char *path = program->argv[0];
	size_t length = strlen(box->box_path);

	return program->phase == PHASE_TEST && errno != EAGAIN &&
	       (path[0] != '/' ||
	        (strncmp(path, box->box_path, length) == 0 && path[length] == '/'));
}

static void run(struct box *box, const struct spawn *program, pid_t parent)
{
	int rules = box->landlock[program->phase == PHASE_COMPILE ? 0 : 1];

	STEP("session", setsid() >= 0);
	umask(077);
	STEP("working folder", fchdir(box->box_dir) == 0);
	STEP("descriptors", place_files(program));
	STEP("limits", bind_limits(box, program));
	setpriority(PRIO_PROCESS, 0, NICE);
	/* Else a page that is used may count as 512, by chance. */
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	STEP("user", become_user(box));
	STEP("death signal", prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent);
	STEP("close descriptors", close_others(program, rules));
	if (rules >= 0 && !MUTANT(HOST_ROOT))
		STEP("Landlock", landlock_bind(rules));
	reset_signals(program);
	STEP("filter", load_filters(box, program));
	if (program->function != NULL)
		_exit(program->function(program->data));
	execve(program->argv[0], program->argv, program->env);
	STEP(program->argv[0], is_candidates(box, program));
	_exit(127);
}

bool spawn_filter(struct box *box, enum phase phase)
{
	static const enum filter_kind kinds[] = { [PHASE_COMPILE] = FILTER_BASE,
		                                  [PHASE_TEST] = FILTER_TEST,
		                                  [PHASE_FORKED] = FILTER_FORKED,
		                                  [PHASE_ZYGOTE] = FILTER_BASE };
	enum filter_kind kind = kinds[phase];

	if (box->filters[phase].length > 0)
		return true;
	if (kind == FILTER_BASE && box->tier == TIER_C)
		kind = FILTER_SHARED;
	if (MUTANT(WEAK_TEST) && phase == PHASE_TEST)
		kind = FILTER_BASE;
	if (MUTANT(WEAK_FORKED) && phase == PHASE_FORKED)
		kind = FILTER_BASE;
	return filter_make(&box->filters[phase], kind) || box_fault(box, "filter");
}

pid_t spawn(struct box *box, const struct spawn *program)
{
	pid_t parent = getpid(), child;

	if (fault == NULL) {
		fault = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (fault == MAP_FAILED) {
			fault = NULL;
			return box_fault(box, "shared page") - 1;
		}
	}
	fault[0] = '\0';
	if (!spawn_filter(box, program->phase) || (box->tier <= TIER_A2 && program->argv != NULL &&
	                                           !root_name_program(box, program->argv[0])))
		return -1;
	child = fork();
	if (child == 0)
		run(box, program, parent);
	if (child < 0)
		box_fault(box, "fork");
	return child;
}

const char *spawn_fault(void)
{
	return fault == NULL ? "" : fault;
}
