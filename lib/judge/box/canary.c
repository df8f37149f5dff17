#include "judge/box/canary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MEGABYTE = 1 << 20 };

static bool can_open(const char *path, int flags)
{
	int file = open(path, flags | O_CLOEXEC, 0600);

	if (file >= 0)
		close(file);
	return file >= 0;
}

/* The number of the first of these paths that can be opened so, from 1. */
static int first_open(const char *const *paths, int flags)
{
	for (int i = 0; paths[i] != NULL; i++)
		if (can_open(paths[i], flags))
			return i + 1;
	return 0;
}

static int keep_identity(void *data)
{
	const struct canary_world *world = data;
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct caps[2] = { 0 };
	bool has_groups = world->box->tier == TIER_A2 || world->box->tier == TIER_C;

	if (getuid() == 0 || geteuid() == 0 || getuid() != world->box->uid)
		return 1;
	if (getgid() != world->box->gid || (!has_groups && getgroups(0, NULL) != 0))
		return 2;
	if (syscall(SYS_capget, &header, caps) < 0 || caps[0].permitted != 0 ||
	    caps[1].permitted != 0 || caps[0].inheritable != 0 || caps[1].inheritable != 0)
		return 3;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 4;
	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2)
		return 5;
	if (setuid(0) == 0 || setresuid(0, 0, 0) == 0 || setgid(0) == 0)
		return 6;
	return getsid(0) == getpid() || world->phase != PHASE_TEST ? 0 : 7;
}

static int raise_limits(void *data)
{
	const struct canary_world *world = data;
	static const int limits[] = { RLIMIT_CORE,  RLIMIT_NOFILE, RLIMIT_FSIZE,
		                      RLIMIT_NPROC, RLIMIT_AS,     RLIMIT_CPU };
	const int count = sizeof limits / sizeof limits[0];

	for (int i = 0; i < count; i++) {
		struct rlimit limit;

		if (getrlimit((__rlimit_resource_t)limits[i], &limit) < 0 ||
		    limit.rlim_max == RLIM_INFINITY)
			return i + 1;
		limit.rlim_max++;
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit((__rlimit_resource_t)limits[i], &limit) == 0)
			return i + 1;
	}
	if (mmap(NULL, (size_t)2048 * MEGABYTE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
	         -1, 0) != MAP_FAILED)
		return count + 1;
	return world->phase == PHASE_TEST && dup2(0, 64) == 64 ? count + 2 : 0;
}

static int find_descriptors(void *data)
{
	(void)data;
	for (int i = 3; i < 4096; i++)
		if (fcntl(i, F_GETFD) >= 0)
			return i;
	return 0;
}

static int read_files(void *data)
{
	const struct canary_world *world = data;
	const char *const paths[] = { world->planted, "/etc/passwd", "/etc/shadow", "/etc/hosts",
		                      "/etc/mtab",    "/dev/mem",    "/dev/tty",    "/dev/shm",
		                      "/dev/ptmx",    "/dev/kmsg",   NULL };

	return first_open(paths, O_RDONLY | O_NOCTTY);
}

/* With access mode 3, for which Landlock wants no right, and with calls that hide the mode. */
static int open_oddly(void *data)
{
	const struct canary_world *world = data;
	const char *const paths[] = { world->planted, "/usr/bin/env", "/etc/passwd", "/dev/null",
		                      NULL };
	const uint64_t how[3] = { O_ACCMODE };
	int through = first_open(paths, O_ACCMODE);

	if (through > 0)
		return through;
	if (first_open(paths, O_ACCMODE | O_TRUNC) > 0)
		return 10;
#ifdef SYS_open
	if (syscall(SYS_open, "/dev/null", O_ACCMODE) >= 0)
		return 11;
#endif
	return syscall(SYS_openat2, AT_FDCWD, "/dev/null", how, sizeof how) != -1 || errno != ENOSYS
	               ? 12
	               : 0;
}

/* Memory that stays when it is not mapped any more. */
static int share_memory(void *data)
{
	(void)data;
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) !=
	    MAP_FAILED)
		return 1;
	return can_open("/dev/zero", O_RDWR) ? 2 : 0;
}

static int list_folders(void *data)
{
	const struct canary_world *world = data;
	const char *const folders[] = { "/root", "/home", "/var", "/run",  "/proc/1", "/sys",
		                        "/srv",  "/opt",  "/mnt", "/boot", NULL };
	bool is_built = world->box->tier <= TIER_A2;
	struct stat info;

	/* In its own root there is not even the name. */
	for (int i = 0; is_built && folders[i] != NULL; i++)
		if (stat(folders[i], &info) == 0)
			return i + 1;
	if (is_built && stat(world->planted, &info) == 0)
		return 20;
	return is_built ? 0 : first_open(folders, O_RDONLY | O_DIRECTORY);
}

static int look_at_hidden(void *data)
{
	const struct canary_world *world = data;
	DIR *entries = opendir(world->box->hidden);
	int count = 0;

	if (entries == NULL)
		return 0;
	while (readdir(entries) != NULL)
		count++;
	closedir(entries);
	return count > 2 ? 1 : 0;
}

static int write_files(void *data)
{
	const struct canary_world *world = data;
	const char *const paths[] = { "/canary",     "/usr/canary",  "/usr/bin/env", "/etc/canary",
		                      "/dev/canary", world->planted, "canary",       NULL };
	const char *const own[] = { "/", "/usr", NULL };
	int through = first_open(paths, O_WRONLY | O_CREAT);
	struct statvfs info;

	if (through > 0)
		return through;
	/* Whoever owns the files: nobody may write there. */
	for (int i = 0; world->box->tier <= TIER_A2 && own[i] != NULL; i++)
		if (statvfs(own[i], &info) < 0 || (info.f_flag & ST_RDONLY) == 0 ||
		    (info.f_flag & ST_NOSUID) == 0)
			return 10 + i;
	return 0;
}

static int change_files(void *data)
{
	const struct canary_world *world = data;
	const char *path = world->planted;
	const struct timespec times[2] = { 0 };

	if (chmod(path, 0600) == 0)
		return 1;
	if (utimensat(AT_FDCWD, path, times, 0) == 0)
		return 2;
	if (truncate(path, 0) == 0)
		return 3;
	if (rename(path, "canary") == 0 || unlink(path) == 0)
		return 4;
	return link(path, "canary") == 0 ? 5 : 0;
}

/* What tests may not even do to their own files. */
static int link_files(void *data)
{
	(void)data;
	if (symlink("/etc/passwd", "/tmp/canary") == 0)
		return 1;
	return mknod("/tmp/canary", S_IFIFO | 0600, 0) == 0 ? 2 : 0;
}

static int make_processes(void *data)
{
	pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	(void)data;
	if (child == 0)
		_exit(0);
	if (child > 0)
		return 1;
	child = (pid_t)syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
	if (child == 0)
		_exit(0);
	return child > 0 ? 2 : 0;
}

static int execute(void *data)
{
	char *const nothing[] = { NULL };

	(void)data;
	/* It would end with status 0 only by a miracle: it has not even a name. */
	execve("/usr/bin/false", nothing, nothing);
	return errno == EPERM ? 0 : 1;
}

/* What is aimed at a process outside; in the same user only the filter stands before it. */
static int touch_outside(void *data)
{
	const struct canary_world *world = data;
	pid_t pid = world->outside;
	struct rlimit limit = { 1, 1 };
	char byte;
	struct iovec own = { &byte, 1 }, other = { (void *)world->planted, 1 };
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	if (kill(pid, SIGURG) == 0 || syscall(SYS_tgkill, pid, pid, SIGURG) == 0 ||
	    syscall(SYS_tkill, pid, SIGURG) == 0)
		return 1;
	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0)
		return 2;
	if (process_vm_readv(pid, &own, 1, &other, 1, 0) >= 0)
		return 3;
	if (prlimit(pid, RLIMIT_CORE, &limit, NULL) == 0)
		return 4;
	if (setpriority(PRIO_PROCESS, (id_t)pid, 19) == 0)
		return 5;
	return sched_setaffinity(pid, sizeof set, &set) == 0 ? 6 : 0;
}

static int touch_parent(void *data)
{
	pid_t pid = getppid() > 0 ? getppid() : 1;

	(void)data;
	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0 || ptrace(PTRACE_TRACEME) == 0)
		return 1;
	if (kill(pid, SIGURG) == 0 || kill(-1, SIGURG) == 0)
		return 2;
	if (syscall(SYS_tgkill, pid, pid, SIGURG) == 0)
		return 3;
	return syscall(SYS_pidfd_send_signal, 0, SIGURG, NULL, 0) == 0 ? 4 : 0;
}

struct call {
	const char *name;
	long number, arguments[4];
};

static const struct call calls[] = {
	{ "socket inet", SYS_socket, { AF_INET, SOCK_STREAM } },
	{ "socket udp", SYS_socket, { AF_INET6, SOCK_DGRAM } },
	{ "socket unix", SYS_socket, { AF_UNIX, SOCK_STREAM } },
	{ "socket netlink", SYS_socket, { AF_NETLINK, SOCK_RAW } },
	{ "socket vsock", SYS_socket, { AF_VSOCK, SOCK_STREAM } },
	{ "socketpair inet", SYS_socketpair, { AF_INET, SOCK_STREAM } },
	{ "socketpair datagram", SYS_socketpair, { AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC } },
	{ "socketpair raw", SYS_socketpair, { AF_UNIX, SOCK_RAW } },
	{ "connect", SYS_connect, { -1 } },
	{ "shmget", SYS_shmget, { 0, 4096, 01600 } },
	{ "msgget", SYS_msgget, { 0, 01600 } },
	{ "semget", SYS_semget, { 0, 1, 01600 } },
	{ "mq_open", SYS_mq_open, { 0 } },
	{ "keyctl", SYS_keyctl, { 0 } },
	{ "add_key", SYS_add_key, { 0 } },
	{ "memfd_create", SYS_memfd_create, { 0 } },
	{ "ptrace", SYS_ptrace, { 0x4206, -1 } },
	{ "process_vm_writev", SYS_process_vm_writev, { -1 } },
	{ "pidfd_getfd", SYS_pidfd_getfd, { -1 } },
	{ "unshare user", SYS_unshare, { CLONE_NEWUSER } },
	{ "unshare mount", SYS_unshare, { CLONE_NEWNS } },
	{ "clone user", SYS_clone, { CLONE_NEWUSER | CLONE_THREAD } },
	{ "clone net", SYS_clone, { CLONE_NEWNET | CLONE_THREAD } },
	{ "setns", SYS_setns, { -1 } },
	{ "mount", SYS_mount, { 0 } },
	{ "umount2", SYS_umount2, { 0 } },
	{ "pivot_root", SYS_pivot_root, { 0 } },
	{ "chroot", SYS_chroot, { 0 } },
	{ "move_mount", SYS_move_mount, { -1 } },
	{ "fsopen", SYS_fsopen, { 0 } },
	{ "open_by_handle_at", SYS_open_by_handle_at, { -1 } },
	{ "io_uring_setup", SYS_io_uring_setup, { 1 } },
	{ "userfaultfd", SYS_userfaultfd, { 1 } },
	{ "bpf", SYS_bpf, { 0 } },
	{ "perf_event_open", SYS_perf_event_open, { 0 } },
	{ "personality", SYS_personality, { 0xffffffff } },
	{ "quotactl", SYS_quotactl, { 0 } },
	{ "kexec_load", SYS_kexec_load, { 0 } },
	{ "init_module", SYS_init_module, { 0 } },
	{ "TIOCSTI", SYS_ioctl, { 0, TIOCSTI } },
	{ "TIOCSTI with high bits", SYS_ioctl, { 0, TIOCSTI | 1L << 40 } },
	{ "F_SETOWN", SYS_fcntl, { 0, F_SETOWN, 1 } },
	{ "F_SETSIG", SYS_fcntl, { 0, 10, SIGKILL } },
	{ "PR_SET_THP_DISABLE", SYS_prctl, { PR_SET_THP_DISABLE } },
	{ "prlimit64", SYS_prlimit64, { 1, RLIMIT_CORE } },
	{ "setpriority", SYS_setpriority, { PRIO_PROCESS, 0, 19 } }
};

enum { CALLS = sizeof calls / sizeof calls[0] };

const char *canary_call_name(int number)
{
	if (number > CALLS)
		return number == CALLS + 1 ? "clone3" : "a call newer than the filter";
	return number < 1 ? "" : calls[number - 1].name;
}

/* They must be refused as such: not for want of sense in the arguments. */
static int call_kernel(void *data)
{
	(void)data;
	for (int i = 0; i < CALLS; i++) {
		const long *at = calls[i].arguments;

		if (syscall(calls[i].number, at[0], at[1], at[2], at[3], 0, 0) != -1 ||
		    errno != EPERM)
			return i + 1;
	}
	if (syscall(435 /* clone3 */, 0, 0) != -1 || errno != ENOSYS)
		return CALLS + 1;
	return syscall(451 /* cachestat */, -1, 0, 0, 0) != -1 || errno != ENOSYS ? CALLS + 2 : 0;
}

/* Ways into the kernel that a filter for the usual one does not see. */
static int call_foreign(void *data)
{
	(void)data;
#ifdef __x86_64__
	long number = 20; /* getpid */

	__asm__ volatile("int $0x80" : "+a"(number)::"memory");
#else
	raise(SIGSYS);
#endif
	return 1;
}

static int call_x32(void *data)
{
	(void)data;
#ifdef __x86_64__
	syscall(0x40000000 | SYS_getpid);
#else
	raise(SIGSYS);
#endif
	return 1;
}

const struct canary canaries[] = { { "identity", IN_ALL, keep_identity, false },
	                           { "limits", IN_ALL, raise_limits, false },
	                           { "descriptors", IN_ALL, find_descriptors, false },
	                           { "read files", IN_ALL, read_files, false },
	                           { "access mode 3", IN_ALL, open_oddly, false },
	                           { "shared memory", IN_TEST | IN_FORKED, share_memory, false },
	                           { "list folders", IN_ALL, list_folders, false },
	                           { "hidden folder", IN_ALL, look_at_hidden, false },
	                           { "write files", IN_TEST | IN_FORKED, write_files, false },
	                           { "change files", IN_ALL, change_files, false },
	                           { "link files", IN_TEST | IN_FORKED, link_files, false },
	                           { "processes", IN_TEST | IN_FORKED, make_processes, false },
	                           { "exec", IN_FORKED, execute, false },
	                           { "process outside", IN_ALL, touch_outside, false },
	                           { "parent", IN_TEST | IN_FORKED, touch_parent, false },
	                           { "system calls", IN_ALL, call_kernel, false },
	                           { "foreign system calls", IN_ALL, call_foreign, true },
	                           { "x32 system calls", IN_ALL, call_x32, true },
	                           { NULL, 0, NULL, false } };

int canary_burn(void *data)
{
	struct timespec used;

	(void)data;
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	while (used.tv_sec == 0 && used.tv_nsec < 20000000);
	return 0;
}

int canary_spin(void *data)
{
	for (volatile bool *go = data; *go;)
		;
	return 1;
}

int canary_sleep(void *data)
{
	(void)data;
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_IGN);
	for (;;)
		pause();
}

int canary_fill(void *data)
{
	char *memory = mmap(NULL, 96 * MEGABYTE, PROT_READ | PROT_WRITE,
	                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (memory == MAP_FAILED)
		return 1;
	return canary_sleep(data);
}

int canary_leave(void *data)
{
	(void)data;
	if (fork() != 0)
		return 0;
	setsid();
	if (fork() != 0)
		_exit(0);
	/* It may well be that nobody finds it. */
	sleep(30);
	return 0;
}

int canary_litter(void *data)
{
	const struct canary_world *world = data;

	if (chdir(world->box->tmp_path) < 0)
		return 0;
	can_open("canary", O_WRONLY | O_CREAT);
	for (int i = 0; i < 20 && mkdir("folder", 0700) == 0 && chdir("folder") == 0; i++)
		can_open("canary", O_WRONLY | O_CREAT);
	return 0;
}

int canary_find(void *data)
{
	const struct canary_world *world = data;
	DIR *entries = opendir(world->box->tmp_path);
	int count = 0;

	for (; entries != NULL && readdir(entries) != NULL; count++)
		;
	return count > 2 ? 1 : 0;
}
